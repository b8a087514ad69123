"""The catalogue as anybody may take it: every procedure with its versions and what agencies set of it, and what
changed, in the ledger's order."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from motcua.catalogue.differences import differences
from motcua.catalogue.events import (
    ProcedureClosed,
    ProcedureLocalised,
    ProcedureReopened,
    ProcedureVersionPublished,
    ProcedureVersionWithdrawn,
)
from motcua.catalogue.shapes import Amount, Channel, HandledIn, Limit, ProcedureVersion
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
class LocalPromise:
    """A shorter time that an agency gave, for itself and those below it, from a day on."""

    agency: str
    valid_from: date
    valid_to: date | None
    basis: str
    variant: str
    channel: Channel
    limit: Limit


@dataclass(frozen=True, slots=True)
class LocalFee:
    """The amounts of a fee rule that a province's council set, from a day on."""

    agency: str
    valid_from: date
    basis: str
    rule: str
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class LocalPlace:
    """Where an agency takes the dossiers from a day on; no address: at its desk."""

    agency: str
    valid_from: date
    basis: str
    address: str | None


@dataclass(frozen=True, slots=True)
class LocalSystem:
    """Which system handles it for an agency (none named: for all) in a period."""

    agency: str | None
    valid_from: date
    valid_to: date | None
    basis: str | None
    handled_in: HandledIn


@dataclass(frozen=True, slots=True)
class Localised:
    """What agencies set of a procedure; of the same thing what began last is in force."""

    promises: tuple[LocalPromise, ...]
    fees: tuple[LocalFee, ...]
    places: tuple[LocalPlace, ...]
    systems: tuple[LocalSystem, ...]


@dataclass(frozen=True, slots=True)
class PublishedProcedure:
    """A procedure with all its versions, the first one first; `closed_on`: since when the national catalogue names it
    no more."""

    code: str
    closed_on: date | None
    versions: tuple[PublishedVersion, ...]
    localised: Localised


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
            " max(id::text), (SELECT count(closed_on) FROM catalogue_procedure),"
            # Uuids that rise with time: the greatest is the newest.
            " (SELECT max(id::text) FROM catalogue_promise), (SELECT max(id::text) FROM catalogue_schedule),"
            " (SELECT max(id::text) FROM catalogue_place), (SELECT max(id::text) FROM catalogue_handling)"
            " FROM catalogue_version"
        )
        row = cursor.fetchone()
    versions, at, procedures = row[:3]
    text = sha256(repr(row).encode()).hexdigest()[:20]
    return Stamp(text, at, procedures, versions)


_VERSION = (
    "jsonb_build_object('id', v.id, 'number', v.number, 'published_at', v.published_at,"
    " 'effective_from', v.effective_from, 'document', v.body, 'withdrawn_at', v.withdrawn_at)"
)
_LOCALISED = """
jsonb_build_object(
    'promises', coalesce((SELECT jsonb_agg(jsonb_build_object('agency', l.agency, 'valid_from', l.valid_from,
        'valid_to', l.valid_to, 'basis', l.basis, 'variant', l.variant, 'channel', l.channel,
        'limit', jsonb_build_object('unit', l.unit, 'value', nullif(l.value, ''))) ORDER BY l.valid_from, l.id)
        FROM catalogue_promise l WHERE l.procedure_id = {code}), '[]'),
    'fees', coalesce((SELECT jsonb_agg(jsonb_build_object('agency', l.agency, 'valid_from', l.valid_from,
        'basis', l.basis, 'rule', fee->>'rule', 'amounts', fee->'amounts') ORDER BY l.valid_from, l.id)
        FROM catalogue_schedule l, jsonb_array_elements(l.body->'fees') fee WHERE fee->>'procedure' = {code}
        AND l.body @> jsonb_build_object('fees', jsonb_build_array(jsonb_build_object('procedure', {code})))), '[]'),
    'places', coalesce((SELECT jsonb_agg(jsonb_build_object('agency', l.agency, 'valid_from', l.valid_from,
        'basis', l.basis, 'address', nullif(l.address, '')) ORDER BY l.valid_from, l.id)
        FROM catalogue_place l WHERE l.procedure_id = {code}), '[]'),
    'systems', coalesce((SELECT jsonb_agg(jsonb_build_object('agency', nullif(l.agency, ''), 'valid_from', l.valid_from,
        'valid_to', l.valid_to, 'basis', nullif(l.basis, ''), 'handled_in', l.handled_in)
        ORDER BY l.valid_from, l.id) FROM catalogue_handling l WHERE l.procedure_id = {code}), '[]'))
"""
_WHOLE = f"""
SELECT jsonb_build_object('code', p.code, 'closed_on', p.closed_on, 'localised', {_LOCALISED.format(code="p.code")},
       'versions', (SELECT jsonb_agg({_VERSION} ORDER BY v.number) FROM catalogue_version v
                    WHERE v.procedure_id = p.code))::text
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


# Streams of versions and agencies are few beside those of dossiers: their events are found from them, never by walking
# the ledger.
_CHANGES = f"""
WITH mine AS MATERIALIZED (
    SELECT p.position, p.stream, p.seq
    FROM (SELECT id AS stream FROM catalogue_version UNION ALL SELECT stream FROM agencies_agency) s
    JOIN ledger_position p ON p.stream = s.stream WHERE p.position > %(after)s
), page AS MATERIALIZED (
    SELECT m.position, m.stream, e.type, e.envelope
    FROM mine m JOIN ledger_event e ON e.stream = m.stream AND e.seq = m.seq
    WHERE e.type = ANY(%(types)s) ORDER BY m.position LIMIT %(most)s
)
SELECT p.position, p.type, p.envelope,
       CASE WHEN p.type = '{ProcedureVersionPublished.TYPE}' THEN
           ({_VERSION} || jsonb_build_object('withdrawn_at', NULL))::text END,
       (SELECT b.body::text FROM catalogue_version b WHERE b.procedure_id = v.procedure_id AND b.number < v.number
        AND (b.withdrawn_at IS NULL OR b.withdrawn_at > v.published_at) ORDER BY b.number DESC LIMIT 1),
       CASE WHEN p.type = '{ProcedureVersionPublished.TYPE}' THEN v.body::text END,
       CASE WHEN p.type = '{ProcedureVersionWithdrawn.TYPE}' THEN to_jsonb(v.withdrawn_at)::text END,
       CASE WHEN p.type = '{ProcedureLocalised.TYPE}' THEN {_LOCALISED.format(code="named.code")}::text END
FROM page p LEFT JOIN catalogue_version v ON v.id = p.stream
CROSS JOIN LATERAL (SELECT CASE WHEN v.id IS NULL THEN p.envelope::jsonb->'data'->>'procedure' END AS code) named
ORDER BY p.position
"""  # noqa: S608 - fixed parts only
_KINDS = [
    kind.TYPE
    for kind in (
        ProcedureVersionPublished,
        ProcedureVersionWithdrawn,
        ProcedureClosed,
        ProcedureReopened,
        ProcedureLocalised,
    )
]


@dataclass(frozen=True, slots=True)
class Changes:
    """A page of changes, each as JSON; `last`: the position of the last one, `more`: whether others follow."""

    changes: tuple[str, ...]
    last: int
    more: bool


def changes(*, after: int, most: int) -> Changes:
    """What was published, changed, withdrawn, closed, opened again and set locally after the position `after`, at most
    `most` and about a megabyte.

    In the ledger's one order: an event that was committed later never comes before one that was told already, as with
    an order by time it could (design, section 8.2). One statement.
    """
    told: list[str] = []
    size, last = 0, after
    with connection.cursor() as cursor:
        cursor.execute(_CHANGES, {"after": after, "types": _KINDS, "most": most + 1})
        for row in cursor:
            if len(told) == most or size > MOST_BYTES:
                return Changes(tuple(told), last, more=True)
            told.append(_change(_Row(*row)))
            size, last = size + len(told[-1]), row[0]
    return Changes(tuple(told), last, more=False)


class _Row(NamedTuple):
    """What the statement gives of one event; texts of JSON, None where it is not of that kind."""

    position: int
    type: str
    envelope: str
    version: str | None
    before: str | None
    body: str | None
    withdrawn_at: str | None
    localised: str | None


def _change(row: _Row) -> str:
    envelope = json.loads(row.envelope)
    data = envelope["data"]
    told = {"position": row.position, "at": envelope["at"], "code": data["procedure"]}
    if row.version is not None and row.body is not None:
        found = differences(json.loads(row.before), json.loads(row.body)) if row.before else ()
        told |= {
            "kind": "changed" if row.before else "published",
            "differences": [{"where": d.where, "before": d.before, "after": d.after} for d in found],
        }
        return _with(told, "version", row.version)
    if row.withdrawn_at is not None:
        told |= {"kind": "withdrawn", "number": data["number"], "basis": data["basis"]}
        return _with(told, "withdrawn_at", row.withdrawn_at)
    if row.localised is not None:
        told |= {
            "kind": "localised",
            "agency": envelope["agency"],
            "what": data["what"],
            "basis": data["basis"],
        }
        return _with(told | {"valid_from": data["valid_from"]}, "localised", row.localised)
    if row.type == ProcedureClosed.TYPE:
        return json.dumps(told | {"kind": "closed", "closed_on": data["closed_on"]})
    return json.dumps(told | {"kind": "reopened"})


def _with(told: Mapping[str, Any], key: str, text: str) -> str:
    """`told` as JSON, with `text`, which is JSON already, under one more key: a document is not read to be written."""
    return f"{json.dumps(told, ensure_ascii=False)[:-1]}, {json.dumps(key)}: {text}}}"
