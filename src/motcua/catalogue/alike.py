"""Findings of one publisher where the same words stand in many procedures, and deciding them a handful at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from motcua.catalogue.national.decisions import words_of
from motcua.catalogue.national.findings import FindingKind
from motcua.catalogue.national.record import raw_record, read_record
from motcua.catalogue.national.words import words_digest
from motcua.catalogue.operations import Choice
from motcua.catalogue.policy import announcing_seat
from motcua.catalogue.worklist import Place
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import NotFound

AT_ONCE = 50
_OF = (
    " FROM catalogue_finding f JOIN catalogue_announcement a ON a.id = f.announcement_id"
    " JOIN catalogue_procedure p ON p.code = f.procedure_id"
    " WHERE f.what = %(what)s AND f.alike = %(alike)s AND f.alike <> '' AND a.publisher = %(publisher)s"
)


@dataclass(frozen=True, slots=True)
class AlikeLine:
    """A procedure in which the words stand at so many places."""

    code: str
    title: str
    places: int


@dataclass(frozen=True, slots=True)
class Alike:
    """A page of them; `open` and `decided`: in how many procedures in all; `sample`: the first open place, with its
    words, None where all are decided."""

    kind: FindingKind
    publisher: str
    alike: str
    open: int
    decided: int
    sample: Place | None
    body: str
    lines: tuple[AlikeLine, ...]
    following: str | None


def alike_findings(
    *, what: FindingKind, publisher: str, alike: str, after: str = "", viewer: Viewer
) -> Alike:
    """The open ones, by code. Three statements. Raises Denied, and NotFound where there never were any."""
    announcing_seat(viewer)
    of = {"what": what.value, "alike": alike, "publisher": publisher}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT p.code) FILTER (WHERE f.decided_at IS NULL),"
            f" count(DISTINCT p.code) FILTER (WHERE f.decided_at IS NOT NULL){_OF}",
            of,
        )
        undecided, decided = cursor.fetchone()
        cursor.execute(
            f"SELECT p.code, p.title, count(*){_OF} AND f.decided_at IS NULL AND p.code > %(after)s"
            " GROUP BY p.code, p.title ORDER BY p.code LIMIT %(limit)s",
            {**of, "after": after, "limit": AT_ONCE + 1},
        )
        rows = [AlikeLine(*row) for row in cursor.fetchall()]
        cursor.execute(
            f'SELECT p.code, p.title, f."where", f.text, a.body{_OF}'
            ' ORDER BY f.decided_at IS NOT NULL, p.code, f."where" LIMIT 1',
            of,
        )
        first = cursor.fetchone()
    if first is None:
        raise NotFound("Không có phát hiện nào cùng lời như vậy.", "No finding has such words.")
    lines = tuple(rows[:AT_ONCE])
    return Alike(
        what,
        publisher,
        alike,
        undecided,
        decided,
        _sample(what, publisher, first) if undecided else None,
        first[4],
        lines,
        lines[-1].code if len(rows) > AT_ONCE else None,
    )


def _sample(what: FindingKind, publisher: str, row: Sequence[Any]) -> Place:
    code, title, where, text, body = row
    words = words_of(read_record(raw_record(body)), what, where)
    return Place(code, title, publisher, what, where, text, words=words)


def choices_of(
    found: Alike, *, value: Mapping[str, Any], note: str, viewer: Viewer
) -> dict[str, list[Choice]]:
    """The same decision for every place of the procedures of this page. One statement. Raises Denied."""
    announcing_seat(viewer)
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT p.code, f."where", a.body{_OF} AND f.decided_at IS NULL AND p.code = ANY(%(codes)s)',
            {
                "what": found.kind.value,
                "alike": found.alike,
                "publisher": found.publisher,
                "codes": [line.code for line in found.lines],
            },
        )
        rows = cursor.fetchall()
    records = {code: read_record(raw_record(body)) for code, _, body in rows}
    choices: dict[str, list[Choice]] = {}
    for code, where, _ in rows:
        shown = words_digest(words_of(records[code], found.kind, where) or ())
        choices.setdefault(code, []).append(Choice(found.kind, where, shown, value, note))
    return choices
