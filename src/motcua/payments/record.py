"""How money is written: lock what owns the stream, append the event, project it. A statement each."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql
from psycopg.types.json import Jsonb

from motcua.kernel.actor import Actor
from motcua.kernel.contents import NewContent, text
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.text import clean
from motcua.ledger.chain import Head
from motcua.ledger.operations import Appended, EventData, append
from motcua.payments import events as e
from motcua.payments.numbering import year_of
from motcua.payments.projector import (
    TABLES,
    Issued,
    Meta,
    Row as Row,
    lines_of,
    matches_of,
    project,
    settled_of,
)

_JSON = ("lines", "counts", "account")
LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a deed left: the row after it, the typed event, its place in the stream."""

    row: Row
    event: Any
    meta: Meta


def lock(table: str, stream: UUID) -> Row:
    """The row of a receipt, refund or book, locked to the end of the unit of work. Raises NotFound."""
    found = rows(f"SELECT * FROM {table} WHERE id = %s FOR NO KEY UPDATE", [stream])  # noqa: S608 - our own names
    if not found:
        raise no_such()
    return found[0]


def rows(statement: str, arguments: Sequence[Any] | Mapping[str, Any]) -> list[Row]:
    """The rows of `statement` as plain data: bytes as bytes."""
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        names = [c.name for c in cursor.description]
        return [{n: _plain(n, v) for n, v in zip(names, values, strict=True)} for values in cursor.fetchall()]


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, memoryview):
        return bytes(value)
    return json.loads(value) if name in _JSON and isinstance(value, str) else value


def no_such() -> NotFound:
    """The refusal for money papers that do not exist, or not for this viewer."""
    return NotFound(
        "Không có chứng từ này, hoặc ngoài phạm vi của bạn.",
        "There is no such paper, or it is outside your scope.",
    )


def open_book(*, agency: str, actor: Actor, at: datetime) -> Row:
    """The day's book of `agency`, kept from being closed until the end of the unit of work; begun if need be.

    Many may take money at once (a shared lock); a closing waits for them, and they for a closing: what comes in
    after it belongs to the next book.
    """
    asked = "SELECT * FROM payments_book WHERE agency = %s AND closed_at IS NULL FOR SHARE"
    while not (found := rows(asked, [agency])):
        _begin_book(agency, actor, at)
    return found[0]


def book_of(receipt: Row) -> Row:
    """The book a cashier's receipt stands in, neither closed nor opened again until the end of the unit of work."""
    return rows("SELECT * FROM payments_book WHERE id = %s FOR SHARE", [receipt["book"]])[0]


def _meta(done: Appended, actor: Actor) -> Meta:
    return Meta(done.head.stream, done.head.seq, done.head.hash, done.at, actor.id, actor.acting_for or "")


def _begin_book(agency: str, actor: Actor, at: datetime) -> None:
    last = rows(
        "SELECT number, counted - handed_in AS kept FROM payments_book WHERE agency = %s"
        " ORDER BY number DESC LIMIT 1",
        [agency],
    )
    number, carried = (last[0]["number"] + 1, last[0]["kept"]) if last else (1, 0)
    stream = uuid7()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO payments_book (id, agency, number, opened_at, carried, closed_by, closed_for,"
            " cash_in, cash_out, card_in, card_out, receipts, voided, counts, counted, expected, handed_in,"
            " seconded, confirmed_by, reopening_by, reopening_for, reopened, head_seq, head_hash)"
            " VALUES (%s, %s, %s, %s, %s, '', '', 0, 0, 0, 0, 0, 0, '{}', 0, 0, 0, false, '', '', '', 0, 0, '')"
            " ON CONFLICT DO NOTHING",
            [stream, agency, number, at, carried],
        )
        if not cursor.rowcount:
            return  # somebody else has begun it meanwhile
    event = e.BookOpened(agency=agency, number=number, carried=carried, occurred_at=at)
    done = append(head=Head(stream=stream), event=event, agency=agency, actor=actor, at=at)
    columns = project(None, event, _meta(done, actor))
    _update("payments_book", stream, {k: v for k, v in columns.items() if k.startswith("head_")})


def begin(
    *,
    stream: UUID,
    event: EventData,
    agency: str,
    actor: Actor,
    at: datetime,
    contents: Sequence[NewContent],
) -> Recorded:
    """Write the first event of a stream of money. The caller has claimed the request for it, or for what it is part
    of."""
    done = append(head=Head(stream=stream), event=event, agency=agency, actor=actor, at=at)
    meta = _meta(done, actor)
    _write_contents(stream, contents)
    row = project(None, event, meta)
    _insert(TABLES[event.TYPE], [row])
    if isinstance(event, Issued):
        _insert("payments_line", lines_of(stream, event))
    elif isinstance(event, e.SettlementClosed):
        _insert("payments_settledline", settled_of(stream, event))
    return Recorded(row, event, meta)


def carry_on(
    *,
    table: str,
    row: Row,
    event: EventData,
    actor: Actor,
    at: datetime,
    contents: Sequence[NewContent] = (),
) -> Recorded:
    """Write the next event of what `row`, locked by the caller, owns."""
    head = Head(stream=row["id"], seq=row["head_seq"], hash=row["head_hash"], at=row["head_at"])
    done = append(head=head, event=event, agency=row["agency"], actor=actor, at=at)
    meta = _meta(done, actor)
    _write_contents(row["id"], contents)
    columns = project(row, event, meta)
    _update(table, row["id"], columns)
    if isinstance(event, e.ReceiptVoided):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE payments_line SET standing = false WHERE receipt = %s", [row["id"]])
    elif isinstance(event, e.CreditMatched):
        _insert("payments_match", matches_of(row, event))
    return Recorded({**row, **columns}, event, meta)


def next_number(agency: str, series: str, at: datetime) -> e.NumberFact:
    """The next number of `series`: gap-free from 1, as it goes up with the deed or not at all. Locked last."""
    year = year_of(at)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO payments_number (agency, series, year, last) VALUES (%s, %s, %s, 1)"
            " ON CONFLICT (agency, series, year) DO UPDATE SET last = payments_number.last + 1 RETURNING last",
            [agency, series, year],
        )
        return e.NumberFact(series=series, year=year, number=cursor.fetchone()[0])


def words_of(what: str, body: str, *, field: str = "reason") -> NewContent:
    """A reason or a name as content. Raises Invalid when nothing is written, or far too much."""
    tidy = clean(body)
    if not tidy:
        missing = (
            ("Hãy ghi lý do.", "Write the reason.")
            if field == "reason"
            else ("Hãy ghi tên.", "Write the name.")
        )
        raise Invalid(*missing, field=field)
    if len(tidy) > LONGEST_REASON:
        raise Invalid(
            f"Nội dung dài quá {LONGEST_REASON} chữ.",
            f"The text is longer than {LONGEST_REASON} letters.",
            field=field,
        )
    return text(what, tidy)


def _adapt(name: str, value: Any) -> Any:
    return Jsonb(value) if name in _JSON and value is not None else value


def _insert(table: str, new: Sequence[Row]) -> None:
    names = sorted(new[0])
    places = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(names)))
    command = sql.SQL("INSERT INTO {} ({}) VALUES {}").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.SQL(", ").join([places] * len(new)),
    )
    with connection.cursor() as cursor:
        cursor.execute(command, [_adapt(n, row[n]) for row in new for n in names])


def _update(table: str, stream: UUID, columns: Row) -> None:
    names = sorted(columns)
    command = sql.SQL("UPDATE {} SET {} WHERE id = %s").format(
        sql.Identifier(table),
        sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(n)) for n in names),
    )
    with connection.cursor() as cursor:
        cursor.execute(command, [*(_adapt(n, columns[n]) for n in names), stream])


def _write_contents(owner: UUID, contents: Sequence[NewContent]) -> None:
    if contents:
        _insert(
            "payments_content",
            [
                {
                    "id": c.id,
                    "owner": owner,
                    "what": c.what,
                    "digest": c.digest,
                    "salt": c.salt,
                    "sealed": c.sealed(),
                }
                for c in contents
            ],
        )
