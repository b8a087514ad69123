"""Each transfer as its table keeps it: from the dossier's row before and after an event. Pure."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from psycopg import sql

from motcua.dossiers import events as e
from motcua.dossiers.row import Row
from motcua.kernel.time import parse_utc


def moved_on(before: Mapping[str, Any], after: Mapping[str, Any], event: Any, seq: int) -> Row:
    """What an event tells of the transfer: a whole row where one begins, else news of the open one; nothing where it
    tells nothing."""
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
    elif news:
        rows[-1] |= news


def kept(news: Row, dossier: UUID) -> tuple[sql.Composable, list[Any]]:
    """What brings the table up to date, with its values, to stand before the update of the dossier's row: it costs no
    statement. Nothing where there are no news."""
    if not news:
        return sql.SQL(""), []
    names = sorted(news)
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
        keys = [dossier]
    return sql.SQL("WITH moved AS ({}) ").format(command), [*(news[name] for name in names), *keys]
