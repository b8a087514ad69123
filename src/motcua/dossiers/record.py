"""How an act is written: lock the row and claim the request, append the event, project it. A statement each."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql
from psycopg.types.json import Jsonb

from motcua.dossiers import transfers, travels
from motcua.dossiers.attachments import NewAttachment, with_sheet
from motcua.dossiers.consulted import keep
from motcua.dossiers.content import NewContent, open_body
from motcua.dossiers.events import HolderFact, PaperMark
from motcua.dossiers.interests import OWN
from motcua.dossiers.mandated import check_hours
from motcua.dossiers.policy import check
from motcua.dossiers.projections.base import Custody
from motcua.dossiers.projector import Meta, holding_row, project, standing
from motcua.dossiers.recorded import Imagined, Recorded as Recorded, imagine, who
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow, NotFound
from motcua.ledger.chain import Head
from motcua.ledger.operations import (
    CLAIM_NEXT,
    Appended,
    EventData,
    append,
    claim,
    claim_arguments,
    refuse_repeated,
)
from motcua.pads import operations as pads

_JSON = (
    "pauses", "extensions", "step_kinds", "supplement", "fees", "payment", "suspension", "proposal",
    "approval", "pending", "answers", "quantities", "reopened", "transfer", "earlier", "to_tell",
    "components", "parties", "degraded", "filled", "claims", "filing", "sent", "children", "beside", "barred",
    "consultations", "consulting", "delay", "travels",
)  # fmt: skip


_LOCK = f"""
WITH owner AS (SELECT * FROM dossiers_dossier WHERE code = %(code)s FOR NO KEY UPDATE),
     claimed AS ({CLAIM_NEXT})
SELECT EXISTS (SELECT FROM claimed), d.*, {OWN} AS own FROM owner d
"""  # noqa: S608 - fixed parts only


def lock(code: str, *, act: Act, actor: Actor, at: datetime) -> Row:
    """The dossier's row, locked until the end of the unit of work, with the open request claimed, for `actor` to
    do `act`. One statement.

    A request that came before is answered first, whatever the dossier has become since: raises AlreadyDone,
    KeyReused. Then NotFound, Denied, NotAllowedNow: whoever may not act learns nothing more, and claims nothing.
    """
    row = _lock(code, actor=actor, at=at)
    check(actor, act, row, standing(row))
    return row


def lock_to_note(code: str, *, check: Callable[[Actor, Row], None], actor: Actor, at: datetime) -> Row:
    """The same for what is no act of the table: an answer to what is proposed, a note of the desk. `check` says
    whether they may."""
    row = _lock(code, actor=actor, at=at)
    check(actor, row)
    return row


def _lock(code: str, *, actor: Actor, at: datetime) -> Row:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, {"code": code, **claim_arguments(actor=actor, at=at)})
        found = cursor.fetchone()
        if found is None:
            raise no_such(code)
        row = as_row([c.name for c in cursor.description[1:]], found[1:])
    if not found[0]:
        refuse_repeated(actor=actor, at=at)
    return counted(row)


def counted(row: Row) -> Row:
    """The row, of a child with the supplement requests of its parent: all that one applicant is asked count together
    (ND 63/2010 art. 20(4)). One statement for a child."""
    if row["parent"] is None:
        return row
    with connection.cursor() as cursor:
        cursor.execute("SELECT supplement_count FROM dossiers_dossier WHERE id = %s", [row["parent"]])
        return {**row, "supplement_count": cursor.fetchone()[0]}


def lock_all(codes: Sequence[str], *, act: Act, actor: Actor, at: datetime) -> list[Row]:
    """The rows of `codes` in the order of their ids, locked, for `actor` to do `act` on each; the open request is
    claimed for the first. Two statements. Raises as `lock` does, naming the dossier."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT d.*, {OWN} AS own FROM dossiers_dossier d WHERE code = ANY(%s) ORDER BY id FOR NO KEY UPDATE",  # noqa: S608
            [list(codes)],
        )
        names = [c.name for c in cursor.description]
        rows = [as_row(names, values) for values in cursor.fetchall()]
    if missing := sorted(set(codes) - {row["code"] for row in rows}):
        raise no_such(missing[0])
    claim(stream=rows[0]["id"], seq=rows[0]["head_seq"] + 1, actor=actor, at=at)
    for row in rows:
        try:
            check(actor, act, row, standing(row))
        except NotAllowedNow as refusal:
            raise NotAllowedNow(f"{row['code']}: {refusal.vi}", f"{row['code']}: {refusal.en}") from None
    return rows


def lock_by_id(dossier: UUID) -> Row:
    """The same by id, for reactions, which claim only when there is something to write."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM dossiers_dossier WHERE id = %s FOR NO KEY UPDATE", [dossier])
        found = cursor.fetchone()
        if found is None:
            raise no_such(str(dossier))
        return as_row([c.name for c in cursor.description], found)


def row_of_code(code: str) -> Row:
    """The row of a dossier as it stands, not locked. The caller has checked who may read it. Raises NotFound."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM dossiers_dossier WHERE code = %s", [code])
        found = cursor.fetchone()
        if found is None:
            raise no_such(code)
        return as_row([c.name for c in cursor.description], found)


def no_such(code: str) -> NotFound:
    """The refusal for a dossier that does not exist, or not for this viewer."""
    return NotFound(
        f"Không có hồ sơ {code}, hoặc hồ sơ ngoài phạm vi của bạn.",
        f"There is no dossier {code}, or it is outside your scope.",
    )


def as_row(names: Sequence[str], values: Sequence[Any]) -> Row:
    """A database row as the projector takes it: bytes as bytes, JSON decoded."""
    row = dict(zip(names, values, strict=True))
    for name, value in row.items():
        if isinstance(value, memoryview):
            row[name] = bytes(value)
        elif name in _JSON and isinstance(value, str):
            row[name] = [] if value == "[]" else {} if value == "{}" else json.loads(value)
    return row


def record(
    *,
    row: Row,
    event: EventData,
    actor: Actor,
    at: datetime,
    contents: Sequence[NewContent] = (),
    attached: Sequence[NewAttachment] = (),
    paper: PaperMark | None = None,
) -> Recorded:
    """Write one act on a dossier: contents, event, row, holding. The caller has locked it and claimed the request. Of
    one that is only thought of nothing is written (`imagine`)."""
    if isinstance(row, Imagined):
        return imagine(event, row=row, actor=actor, at=at)
    if paper is not None:
        check_hours(actor, paper.occurred_at)
        clock = row["due_at"] if row["decided_at"] is None and row["reopened"] is None else None
        pads.enter(paper, subject=row["code"], what=event.TYPE, actor=actor, at=at, due_at=clock)
        attached = with_sheet(attached, paper.photo, actor=actor, at=at)
    _write_contents(row["id"], contents, attached=attached, seq=row["head_seq"] + 1)
    head = Head(stream=row["id"], seq=row["head_seq"], hash=row["head_hash"], at=row["head_at"])
    done = append(
        head=head,
        event=event,
        agency=actor.agency or row["desk_agency"],
        actor=actor,
        at=at,
        paper=paper is not None,
    )
    meta = _meta(done, row["origin"], actor)
    changes = project(row, event, meta)
    changed = {k: v for k, v in changes.row.items() if row.get(k, row) != v}
    after = {**row, **changes.row}
    _update(row["id"], changed, transfers.moved_on(row, after, event, meta.seq))
    keep(row["id"], row["consultations"], after["consultations"])
    travels.keep(row["id"], row["travels"], after["travels"])
    if changes.holder is not None:
        _hand_on(changes.holder, meta, after["holder_since"], held=row["holder_kind"] != "none")
    if changes.custody is not None:
        _move_on(row["id"], changes.custody)
    return Recorded(row=after, event=event, meta=meta)


def relabel(dossier: UUID, label: tuple[str, str, str]) -> None:
    """List and find a dossier by the corrected name of its first applicant; `label` as in `open_stream`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE dossiers_label SET agency = %s, name = %s, name_folded = %s WHERE dossier = %s",
            [*label, dossier],
        )


def opened_texts(*contents: UUID) -> list[str]:
    """Sealed texts of a dossier, opened, in the order asked for; "" for one that was erased."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, sealed FROM dossiers_content WHERE id = ANY(%s)", [list(contents)])
        texts = {content: open_body(content, sealed) or "" for content, sealed in cursor.fetchall()}
    return [texts.get(content, "") for content in contents]


def open_stream(
    *,
    dossier: UUID,
    event: EventData,
    actor: Actor,
    at: datetime,
    contents: Sequence[NewContent],
    label: tuple[str, str, str],
    attached: Sequence[NewAttachment] = (),
    paper: PaperMark | None = None,
) -> Recorded:
    """Write the first act of a dossier. The caller has claimed the request and taken a number just before.

    `label` is (agency, name, folded name) of the first applicant. Raises Invalid where the code is taken.
    """
    if paper is not None:
        check_hours(actor, paper.occurred_at)
        attached = with_sheet(attached, paper.photo, actor=actor, at=at)
    _write_contents(dossier, contents, label, attached=attached)
    done = append(
        head=Head(stream=dossier),
        event=event,
        agency=actor.agency or label[0],
        actor=actor,
        at=at,
        paper=paper is not None,
    )
    meta = _meta(done, done.origin, actor)
    changes = project(None, event, meta)
    if paper is not None:
        pads.enter(paper, subject=changes.row["code"], what=event.TYPE, actor=actor, at=at)
    if not _insert("dossiers_dossier", changes.row, " ON CONFLICT (code) DO NOTHING"):
        code = changes.row["code"]
        raise Invalid(f"Mã hồ sơ {code} đã có.", f"Dossier code {code} is taken.", field="code")
    if changes.holder is not None and changes.holder.holder != "none":
        _insert("dossiers_holding", holding_row(changes.holder, meta, changes.row["holder_since"]))
    return Recorded(row=changes.row, event=event, meta=meta)


def next_number(agency: str, day: date) -> int:
    """The next number of `agency` on local day `day`: gap-free from 1, as it goes up with the act or not at all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossiers_number (agency, day, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (agency, day) DO UPDATE SET last = dossiers_number.last + 1 RETURNING last",
            [agency, day],
        )
        return int(cursor.fetchone()[0])


def _meta(done: Appended, origin: str, actor: Actor) -> Meta:
    return Meta(
        stream=done.head.stream,
        seq=done.head.seq,
        hash=done.head.hash,
        at=done.at,
        origin=origin,
        actor=who(actor),
    )


def _adapt(name: str, value: Any) -> Any:
    return Jsonb(value) if name in _JSON and value is not None else value


def _update(dossier: UUID, changed: Mapping[str, Any], moved: Row) -> None:
    before, values = transfers.kept(moved, dossier)
    names = sorted(changed)
    command = sql.SQL("{}UPDATE dossiers_dossier SET {} WHERE id = %s").format(
        before, sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(n)) for n in names)
    )
    with connection.cursor() as cursor:
        cursor.execute(command, [*values, *(_adapt(n, changed[n]) for n in names), dossier])


def _insert(table: str, row: Mapping[str, Any], otherwise: str = "") -> bool:
    names = sorted(row)
    command = sql.SQL("INSERT INTO {} ({}) VALUES ({}){}").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.SQL(", ").join([sql.Placeholder()] * len(names)),
        sql.SQL(otherwise),
    )
    with connection.cursor() as cursor:
        cursor.execute(command, [_adapt(n, row[n]) for n in names])
        return bool(cursor.rowcount)


def _hand_on(holder: HolderFact, meta: Meta, since: datetime, *, held: bool) -> None:
    if not held and holder.holder != "none":  # an ended dossier comes back: there is nothing to close
        _insert("dossiers_holding", holding_row(holder, meta, since))
        return
    close = "UPDATE dossiers_holding SET until = %s WHERE dossier = %s AND until IS NULL"
    with connection.cursor() as cursor:
        if holder.holder == "none":
            cursor.execute(close, [since, meta.stream])
            return
        # The insert reads what the update returns, so the old row is closed before the new one opens.
        cursor.execute(
            f"WITH closed AS ({close} RETURNING dossier)"  # noqa: S608 - fixed text
            " INSERT INTO dossiers_holding (dossier, seq, holder_kind, agency, unit, account, queue, since)"
            " SELECT closed.dossier, %s, %s, %s, %s, %s, %s, %s FROM closed",
            [
                since,
                meta.stream,
                meta.seq,
                holder.holder,
                holder.agency,
                holder.unit,
                holder.account,
                holder.queue,
                since,
            ],
        )


_CONTENT = "INSERT INTO dossiers_content (id, dossier, what, digest, salt, sealed) VALUES "
_LABEL = "INSERT INTO dossiers_label (dossier, agency, name, name_folded) VALUES "
_ATTACHMENT = "INSERT INTO dossiers_attachment (id, dossier, seq, number, component, file_id, sealed) VALUES "


def _move_on(dossier: UUID, custody: Custody) -> None:
    ended = (
        "UPDATE dossiers_custody SET until = %s, outcome = %s"
        " WHERE dossier = %s AND until IS NULL AND %s IN ('', what) RETURNING dossier"
    )
    arguments: list[Any] = [custody.since, custody.outcome, dossier, custody.what]
    with connection.cursor() as cursor:
        if custody.opens is None:
            cursor.execute(ended, arguments)
            return
        names = sorted(custody.opens)
        # The insert counts what the update ended, so the old link ends before the new one opens.
        command = sql.SQL(
            "WITH ended AS ({}) INSERT INTO dossiers_custody ({}) SELECT {} FROM (SELECT count(*) FROM ended) e"
        ).format(
            sql.SQL(ended),
            sql.SQL(", ").join(map(sql.Identifier, names)),
            sql.SQL(", ").join([sql.Placeholder()] * len(names)),
        )
        cursor.execute(command, [*arguments, *(custody.opens[name] for name in names)])


def _write_contents(
    dossier: UUID,
    contents: Sequence[NewContent],
    label: tuple[str, str, str] | None = None,
    *,
    attached: Sequence[NewAttachment] = (),
    seq: int = 1,
) -> None:
    """Everything personal that an act leaves, in one statement; none where there is nothing."""
    inserts: list[tuple[str, list[tuple[Any, ...]]]] = [
        (_LABEL, [(dossier, *label)] if label else []),
        (
            _ATTACHMENT,
            [(a.id, dossier, seq, a.number, a.component, a.file.digest, a.sealed()) for a in attached],
        ),
        (_CONTENT, [(c.id, dossier, c.what, c.digest, c.salt, c.sealed()) for c in contents]),
    ]
    written = [(_values(insert, rows), rows) for insert, rows in inserts if rows]
    if not written:
        return
    *before, (last, _rows) = written
    beside = ", ".join(f"part{i} AS ({insert})" for i, (insert, _rows) in enumerate(before))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {beside} {last}" if beside else last,
            [value for _insert, rows in written for row in rows for value in row],
        )


def _values(insert: str, rows: Sequence[tuple[Any, ...]]) -> str:
    row = f"({', '.join(['%s'] * len(rows[0]))})"
    return insert + ", ".join([row] * len(rows))
