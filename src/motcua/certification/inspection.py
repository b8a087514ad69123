"""What `ledger check` compares with a book's events: its texts, and that its numbers are 1 to n without a gap."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.db import connection

from motcua.certification.projector import TYPES
from motcua.dossiers.content import digest_of, open_body
from motcua.ledger.chain import Fault
from motcua.ledger.inspection import Batch


def texts(batch: Batch) -> Iterator[Fault]:
    """Sealed texts that are not those their book's events vouch for, are gone, or stand there without an event."""
    books = {stream: envelopes for stream, envelopes in batch if envelopes[0].type in TYPES}
    if not books:
        return
    wanted = {
        content: (stream, event.seq, digest)
        for stream, envelopes in books.items()
        for event in envelopes
        for content, digest in _references(event.data)
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, book, digest, salt, sealed FROM certification_text WHERE book = ANY(%s)",
            [list(books)],
        )
        rows = {content: row for content, *row in cursor.fetchall()}
    for content, (stream, seq, digest) in wanted.items():
        row = rows.pop(content, None)
        if row is None:
            yield Fault(stream, seq, f"deleted: the text {content}")
        elif not _is_told(content, row, digest):
            yield Fault(stream, seq, f"altered: the text {content}")
    for content, (book, *_) in rows.items():
        yield Fault(book, 0, f"added: no event names the text {content}")


def _references(data: Any) -> Iterator[tuple[UUID, str]]:
    if isinstance(data, Mapping):
        if "content" in data and "digest" in data:
            yield UUID(data["content"]), data["digest"]
        for value in data.values():
            yield from _references(value)
    elif isinstance(data, list):
        for value in data:
            yield from _references(value)


def _is_told(content: UUID, row: list[Any], digest: str) -> bool:
    _book, kept, salt, sealed = row
    if salt is None or bytes(kept).hex() != digest:
        return False
    try:
        body = open_body(content, sealed) or ""
    except (InvalidTag, ValueError):  # not sealed by us, or no text
        return False
    return digest_of(bytes(salt), body.encode()).hex() == digest


def strays() -> Iterator[Fault]:
    """Texts that belong to no book."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.book, t.id FROM certification_text t"
            " WHERE NOT EXISTS (SELECT FROM certification_book WHERE id = t.book) ORDER BY t.id LIMIT 200"
        )
        for book, content in cursor.fetchall():
            yield Fault(book, 0, f"added: no event names the text {content}")


def numbers() -> Iterator[Fault]:
    """Books whose entries are not exactly the numbers 1 to the last one given."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT b.id, b.agency, b.of_kind, b.year, b.last, count(e.number), coalesce(max(e.number), 0)"
            " FROM certification_book b LEFT JOIN certification_entry e ON e.book = b.id"
            " GROUP BY b.id HAVING count(e.number) <> b.last OR coalesce(max(e.number), 0) <> b.last LIMIT 200"
        )
        for book, agency, kind, year, last, found, highest in cursor.fetchall():
            yield Fault(
                book,
                0,
                f"numbers: the book {kind} of {agency} for {year} gave {last}; {found} stand, the last is {highest}",
            )
