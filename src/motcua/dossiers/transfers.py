"""Each transfer as its table keeps it: from the dossier's row before and after an event. Pure."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from psycopg import sql

from motcua.dossiers import events as e
from motcua.dossiers.row import Row
from motcua.kernel.time import parse_utc


def moved_on(before: Mapping[str, Any], after: Mapping[str, Any], event: Any, seq: int) -> Row:
    """What an event tells of the transfer: a whole row where one begins, else news of the open one, or who stands for
    whom; nothing where it tells nothing."""
    if isinstance(event, e.DossierPassedOn):
        return {"predecessor": event.predecessor, "successor": event.successor}
    was, now = before.get("transfer"), after["transfer"]
    if was == now:
        return {}
    if was is not None and now is None:
        came = {"delivered_at": event.occurred_at} if was["answer_by"] is None else {}
        return {**came, "answered_at": event.occurred_at, "outcome": _outcome(event)}
    if was is None:
        sent = parse_utc(now["since"])
        return {
            "dossier": after["id"],
            "seq": seq,
            "giver": now["giver"],
            "to": now["to"],
            "sent_at": sent,
            "delivered_at": sent if now["answer_by"] else None,
            "answered_at": None,
            "outcome": "",
        }
    arrived = {"delivered_at": event.occurred_at} if now["answer_by"] and not was["answer_by"] else {}
    return {"giver": now["giver"], "to": now["to"], **arrived}


def _outcome(event: Any) -> str:
    if isinstance(event, e.TransferAccepted):
        return "silent" if event.silent else "accepted"
    if isinstance(event, e.TransferDeclined):
        return "returned" if event.silent else "declined"
    return "ended"


def told(rows: list[Row], news: Row) -> None:
    """Add a transfer that begins to `rows`, or the news of the open one to it: what `kept` does to the table."""
    if "seq" in news:
        rows.append(news)
    elif "successor" in news:
        rows[:] = [_passed_on(row, **news) for row in rows]
    elif news:
        rows[-1] |= news


def _passed_on(row: Row, *, predecessor: str, successor: str) -> Row:
    """A transfer of a dossier that is passed on: its receiver, who may have the papers still, is its successor, and of
    one that is open the giver too."""
    sides = ("to",) if row["answered_at"] else ("giver", "to")
    return row | {side: successor for side in sides if row[side] == predecessor}


_PASSED_ON = sql.SQL(
    'UPDATE dossiers_transfer SET "to" = CASE "to" WHEN %s THEN %s ELSE "to" END,'
    " giver = CASE WHEN giver = %s AND answered_at IS NULL THEN %s ELSE giver END WHERE dossier = %s"
)


def kept(news: Row, dossier: UUID) -> tuple[sql.Composable, list[Any]]:
    """What brings the table up to date, with its values, to stand before the update of the dossier's row: it costs no
    statement. Nothing where there are no news."""
    if not news:
        return sql.SQL(""), []
    names, keys = sorted(news), [dossier]
    if "successor" in news:
        one_for_other = [news["predecessor"], news["successor"]]
        return sql.SQL("WITH moved AS ({}) ").format(_PASSED_ON), [*one_for_other * 2, dossier]
    if "seq" in news:
        command = sql.SQL("INSERT INTO dossiers_transfer ({}) VALUES ({})").format(
            sql.SQL(", ").join(map(sql.Identifier, names)),
            sql.SQL(", ").join([sql.Placeholder()] * len(names)),
        )
        keys = []
    else:
        command = sql.SQL(
            "UPDATE dossiers_transfer SET {} WHERE dossier = %s AND answered_at IS NULL"
        ).format(sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in names))
    return sql.SQL("WITH moved AS ({}) ").format(command), [*(news[name] for name in names), *keys]
