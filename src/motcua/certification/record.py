"""How an act on a book is written: lock the book and claim the request, append the event, change its rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql
from psycopg.types.json import Jsonb

from motcua.certification.events import BookOpened
from motcua.certification.projector import BOOK, Row, Update, project
from motcua.dossiers.content import NewContent
from motcua.dossiers.projector import Meta
from motcua.dossiers.recorded import who
from motcua.kernel.actor import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.ids import uuid7
from motcua.ledger.chain import Head
from motcua.ledger.operations import (
    CLAIM_NEXT,
    EventData,
    append,
    claim_arguments,
    refuse_repeated,
)

_OF_YEAR = "agency = %(agency)s AND of_kind = %(kind)s AND year = %(year)s"
_BY_ID = "id = %(book)s"
_CLAIMING = """
WITH owner AS (SELECT * FROM certification_book WHERE {where} FOR NO KEY UPDATE), claimed AS ({claim})
SELECT EXISTS (SELECT FROM claimed), owner.* FROM owner
"""
_PLAIN = "SELECT true, b.* FROM certification_book b WHERE {where} FOR NO KEY UPDATE"
_JSON = frozenset({"corrections", "lines"})


def lock(*, agency: str, kind: str, year: int, actor: Actor, at: datetime, claims: bool = True) -> Row:
    """The book's row, locked until the end of the unit of work; opened where there is none yet.

    `claims`: the open request is claimed with it (where no other owner of a stream has done so). Raises AlreadyDone,
    KeyReused.
    """
    wanted = {"agency": agency, "kind": kind, "year": year}
    found = _locked(_OF_YEAR, wanted, actor, at, claims=claims)
    if found is None:
        _open(agency, kind, year, actor, at)
        found = _locked(_OF_YEAR, wanted, actor, at, claims=claims)
        assert found is not None  # noqa: S101 - it was just written, or waited for
    return found


def lock_by_id(book: UUID, *, actor: Actor, at: datetime, claims: bool = True) -> Row:
    """The same for a book that is there. Raises NotFound, AlreadyDone, KeyReused."""
    found = _locked(_BY_ID, {"book": book}, actor, at, claims=claims)
    if found is None:
        raise no_such_book()
    return found


def no_such_book() -> NotFound:
    """The refusal for a book that is not there, or not for this person."""
    return NotFound("Không có sổ này.", "There is no such book.")


def _locked(where: str, wanted: Row, actor: Actor, at: datetime, *, claims: bool) -> Row | None:
    statement = (_CLAIMING if claims else _PLAIN).format(where=where, claim=CLAIM_NEXT)
    with connection.cursor() as cursor:
        cursor.execute(statement, wanted | (claim_arguments(actor=actor, at=at) if claims else {}))
        found = cursor.fetchone()
        if found is None:
            return None
        row = dict(zip([c.name for c in cursor.description[1:]], found[1:], strict=True))
    if not found[0]:
        refuse_repeated(actor=actor, at=at)
    row["head_hash"] = bytes(row["head_hash"])
    return row


def _open(agency: str, kind: str, year: int, actor: Actor, at: datetime) -> None:
    """The first who writes in a book opens it; a second waits for them and finds it open."""
    book: Row = {"id": uuid7()}
    event = BookOpened(agency=agency, kind=kind, year=year)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO certification_book (id, agency, of_kind, year, last, head_seq, head_hash)"
            " VALUES (%s, %s, %s, %s, 0, 0, ''::bytea) ON CONFLICT (agency, of_kind, year) DO NOTHING",
            [book["id"], agency, kind, year],
        )
        if not cursor.rowcount:
            return
    done = append(head=Head(stream=book["id"]), event=event, agency=agency, actor=actor, at=at)
    meta = Meta(book["id"], done.head.seq, done.head.hash, done.at, done.origin, who(actor))
    _change(Update(BOOK, book, project(book, event, meta).book))


def record(
    *, book: Row, event: EventData, actor: Actor, at: datetime, contents: Sequence[NewContent] = ()
) -> Row:
    """Write one event of a locked book, with the texts it names; returns the book's row after it."""
    if contents:
        _write_texts(book["id"], contents)
    head = Head(stream=book["id"], seq=book["head_seq"], hash=book["head_hash"], at=book["head_at"])
    done = append(head=head, event=event, agency=book["agency"], actor=actor, at=at)
    meta = Meta(book["id"], done.head.seq, done.head.hash, done.at, done.origin, who(actor))
    changes = project(book, event, meta)
    for table, rows in changes.inserts:
        _insert(table, rows)
    for update in changes.updates:
        _change(update)
    for table, where in changes.deletes:
        _delete(table, where)
    _change(Update(BOOK, {"id": book["id"]}, changes.book))
    return book | changes.book


def _adapt(name: str, value: Any) -> Any:
    return Jsonb(value) if name in _JSON else value


def _insert(table: str, rows: Sequence[Row]) -> None:
    names = sorted(rows[0])
    places = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(names)))
    command = sql.SQL("INSERT INTO {} ({}) VALUES {}").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.SQL(", ").join([places] * len(rows)),
    )
    with connection.cursor() as cursor:
        cursor.execute(command, [_adapt(n, row[n]) for row in rows for n in names])


def _change(update: Update) -> None:
    sets = [sql.SQL("{} = %s").format(sql.Identifier(n)) for n in update.values]
    sets += [sql.SQL("{0} = {0} || %s").format(sql.Identifier(n)) for n in update.append]
    command = sql.SQL("UPDATE {} SET {} WHERE {}").format(
        sql.Identifier(update.table), sql.SQL(", ").join(sets), _where(update.where)
    )
    values = [*update.values.values(), *(Jsonb(added) for added in update.append.values())]
    with connection.cursor() as cursor:
        cursor.execute(command, [*values, *update.where.values()])


def _delete(table: str, where: Row) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("DELETE FROM {} WHERE {}").format(sql.Identifier(table), _where(where)),
            [*where.values()],
        )


def _where(where: Row) -> sql.Composed:
    return sql.SQL(" AND ").join(
        sql.SQL("{} = ANY(%s)" if isinstance(value, list) else "{} = %s").format(sql.Identifier(name))
        for name, value in where.items()
    )


def _write_texts(book: UUID, contents: Sequence[NewContent]) -> None:
    values = ", ".join(["(%s, %s, %s, %s, %s)"] * len(contents))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO certification_text (id, book, digest, salt, sealed) VALUES {values}",  # noqa: S608
            [v for c in contents for v in (c.id, book, c.digest, c.salt, c.sealed())],
        )
