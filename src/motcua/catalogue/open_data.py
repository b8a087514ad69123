"""The catalogue as anybody may take it: every procedure with its versions, and what changed, in the ledger's order."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.catalogue.differences import differences
from motcua.catalogue.events import ProcedureClosed, ProcedureVersionPublished, ProcedureVersionWithdrawn
from motcua.catalogue.shapes import ProcedureVersion
from motcua.kernel.errors import NotFound

MOST_BYTES = 1_000_000  # of documents in one page of changes


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """A version as published. Published means immutable: under its `id` nothing else is ever told. In force from
    `effective_from` until the next one, unless it was `withdrawn_at` a moment before."""

    id: UUID
    number: int
    published_at: datetime
    effective_from: date
    document: ProcedureVersion
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class PublishedProcedure:
    """A procedure with all its versions, the first one first; `closed_on`: since when the national catalogue names it
    no more."""

    code: str
    closed_on: date | None
    versions: tuple[PublishedVersion, ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the catalogue held at a moment: `text` changes when anything in it does, `at` is the last time it did."""

    text: str
    at: datetime | None
    procedures: int
    versions: int


def stamp() -> Stamp:
    """The catalogue's stamp. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), max(head_at), (SELECT count(*) FROM catalogue_procedure), sum(head_seq),"
            " max(id::text), (SELECT count(closed_on) FROM catalogue_procedure) FROM catalogue_version"
        )
        row = cursor.fetchone()
    versions, at, procedures = row[:3]
    text = sha256(repr(row).encode()).hexdigest()[:20]
    return Stamp(text, at, procedures, versions)


_VERSION = (
    "jsonb_build_object('id', v.id, 'number', v.number, 'published_at', v.published_at,"
    " 'effective_from', v.effective_from, 'document', v.body, 'withdrawn_at', v.withdrawn_at)"
)
_WHOLE = f"""
SELECT jsonb_build_object('code', p.code, 'closed_on', p.closed_on, 'versions',
       (SELECT jsonb_agg({_VERSION} ORDER BY v.number) FROM catalogue_version v WHERE v.procedure_id = p.code))::text
FROM catalogue_procedure p
"""  # noqa: S608 - fixed parts only


def whole(code: str) -> str:
    """The procedure `code` with all its versions, as JSON. One statement. Raises NotFound."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_WHOLE} WHERE p.code = %s", [code])
        row = cursor.fetchone()
    if row is None:
        raise NotFound(f"Không có thủ tục {code}.", f"There is no procedure {code}.")
    return str(row[0])


def lines() -> Iterator[str]:
    """Every procedure as `whole` tells it, by code, one at a time: memory stays small."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"{_WHOLE} ORDER BY p.code")
        for (line,) in cursor:
            yield line


_IN_FORCE = """
SELECT p.code, v.body->'title', v.body->'sector'->'name', v.number, v.effective_from, v.published_at, v.decision,
       v.body->'levels', coalesce(v.body->>'handled_in', 'here')
FROM catalogue_procedure p
JOIN LATERAL (SELECT * FROM catalogue_version WHERE procedure_id = p.code AND effective_from <= %(on)s
              AND withdrawn_at IS NULL ORDER BY effective_from DESC, number DESC LIMIT 1) v ON true
WHERE p.code > %(after)s AND (p.closed_on IS NULL OR p.closed_on > %(on)s) ORDER BY p.code LIMIT %(most)s
"""


def in_force(*, on: date, after: str, most: int) -> list[dict[str, Any]]:
    """The procedures in force on a day, by code, after the code `after`. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE, {"on": on, "after": after, "most": most})
        return [
            {
                "code": code,
                "title": json.loads(title),
                "sector": json.loads(sector),
                "version": number,
                "effective_from": since.isoformat(),
                "published_at": at.isoformat(),
                "decision": decision,
                "levels": json.loads(levels),
                "handled_in": handled_in,
            }
            for code, title, sector, number, since, at, decision, levels, handled_in in cursor.fetchall()
        ]


def last_changes(*, on: date) -> list[tuple[str, date]]:
    """Each procedure in force on a day with the day its page last changed, by code. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT v.procedure_id, max(greatest(v.effective_from, (v.published_at AT TIME ZONE 'Asia/Ho_Chi_Minh')"
            "::date)) FROM catalogue_version v JOIN catalogue_procedure p ON p.code = v.procedure_id"
            " WHERE v.withdrawn_at IS NULL AND v.effective_from <= %(on)s"
            " AND (p.closed_on IS NULL OR p.closed_on > %(on)s)"
            " GROUP BY v.procedure_id ORDER BY v.procedure_id",
            {"on": on},
        )
        return [(code, day) for code, day in cursor.fetchall()]


# Streams of versions are few beside those of dossiers: their events are found from them, never by walking the ledger.
_CHANGES = f"""
WITH mine AS MATERIALIZED (
    SELECT p.position, p.stream, p.seq FROM catalogue_version v JOIN ledger_position p ON p.stream = v.id
    WHERE p.position > %(after)s
)
SELECT m.position, e.type, e.envelope, v.procedure_id, {_VERSION}::text,
       (SELECT b.body::text FROM catalogue_version b WHERE b.procedure_id = v.procedure_id AND b.number < v.number
        ORDER BY b.number DESC LIMIT 1)
FROM mine m JOIN ledger_event e ON e.stream = m.stream AND e.seq = m.seq JOIN catalogue_version v ON v.id = m.stream
WHERE e.type = ANY(%(types)s) ORDER BY m.position LIMIT %(most)s
"""  # noqa: S608 - fixed parts only
_KINDS = (ProcedureVersionPublished.TYPE, ProcedureClosed.TYPE, ProcedureVersionWithdrawn.TYPE)


@dataclass(frozen=True, slots=True)
class Changes:
    """A page of changes, as JSON makes them; `last`: the position of the last one, `more`: whether others follow."""

    changes: tuple[Mapping[str, Any], ...]
    last: int
    more: bool


def changes(*, after: int, most: int) -> Changes:
    """What was published, changed and closed after the position `after`, at most `most` and about a megabyte.

    In the ledger's one order: an event that was committed later never comes before one that was told already, as with
    an order by time it could (design, section 8.2). One statement.
    """
    told: list[Mapping[str, Any]] = []
    size, last = 0, after
    with connection.cursor() as cursor:
        cursor.execute(_CHANGES, {"after": after, "types": list(_KINDS), "most": most + 1})
        for position, kind, envelope, *version in cursor:
            if len(told) == most or size > MOST_BYTES:
                return Changes(tuple(told), last, more=True)
            told.append(_change(position, kind, json.loads(envelope), *version))
            size, last = size + len(version[1]), position
    return Changes(tuple(told), last, more=False)


def _change(
    position: int, kind: str, envelope: Mapping[str, Any], code: str, told: str, before: str | None
) -> Mapping[str, Any]:
    version = json.loads(told)
    change = {"position": position, "at": envelope["at"], "code": code}
    if kind == ProcedureClosed.TYPE:
        return {**change, "kind": "closed", "closed_on": envelope["data"]["closed_on"]}
    if kind == ProcedureVersionWithdrawn.TYPE:
        return {
            **change,
            "kind": "withdrawn",
            "number": version["number"],
            "withdrawn_at": version["withdrawn_at"],
        }
    found = differences(json.loads(before), version["document"]) if before else ()
    return {
        **change,
        "kind": "changed" if before else "published",
        # As it was published: that it was withdrawn later is told in its place.
        "version": {**version, "withdrawn_at": None},
        "differences": [{"where": d.where, "before": d.before, "after": d.after} for d in found],
    }
