"""What `ledger check` compares with a dossier's events: its texts, the name it is found by, the numbers given."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.dossiers.attachments import NAMED_BY
from motcua.dossiers.events import DossierPassedOn, ReceptionCorrected
from motcua.dossiers.projector import TYPES
from motcua.kernel.contents import references, vouched_for, wrong
from motcua.kernel.text import fold
from motcua.kernel.time import ZONE
from motcua.ledger.chain import Fault
from motcua.ledger.inspection import Batch


def contents(batch: Batch) -> Iterator[Fault]:
    """Sealed texts that are not those their events vouch for, are gone, or stand there without an event."""
    streams = {stream: envelopes for stream, envelopes in batch if envelopes[0].type in TYPES}
    if not streams:
        return
    wanted = {
        (stream, content): (event.seq, digest)
        for stream, envelopes in streams.items()
        for event in envelopes
        for content, digest in references(event.data)
    }
    rows, names = _rows(list(streams))
    bodies: dict[UUID, str] = {}
    for (stream, content), (seq, digest) in wanted.items():
        row = rows.pop((stream, content), None)
        body = vouched_for(content, row, digest) if row else None
        if body is not None:
            bodies[content] = body
        else:
            yield Fault(stream, seq, f"{wrong(row)}: the text {content}")
    for stream, content in rows:
        yield Fault(stream, 0, f"added: no event names the text {content}")
    for stream, envelopes in streams.items():
        # A correction of the reception names the parties anew, and the dossier is listed by the new name.
        named = [x for x in envelopes if x is envelopes[0] or x.type == ReceptionCorrected.TYPE][-1]
        applicant = next((p for p in named.data["parties"] if p["role"] == "applicant"), None)
        if applicant is None:
            continue  # a certified copy asks nobody's name
        body = bodies.get(UUID(applicant["snapshot"]))
        name = json.loads(body)["name"] if body else None
        listed = names.get(stream)
        # A correction lists it anew under the agency that its desk was merged into meanwhile.
        desks = {envelopes[0].data["desk_agency"]} | {
            x.data["successor"] for x in envelopes if x.type == DossierPassedOn.TYPE
        }
        if name is not None and listed not in {(name, fold(name), desk) for desk in desks}:
            yield Fault(stream, 1, "altered: it is not listed and found by its applicant's name at its desk")


def attachments(batch: Batch) -> Iterator[Fault]:
    """Files that an event names and the dossier has not, or the other way round. What a file holds is checked by
    itself: it opens only whole, and only under the digest that the event names."""
    streams = {stream: envelopes for stream, envelopes in batch if envelopes[0].type in TYPES}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT dossier, seq, component, encode(file_id, 'hex') FROM dossiers_attachment"
            " WHERE dossier = ANY(%s)",
            [list(streams)],
        )
        there = set(cursor.fetchall())
    wanted = {
        (stream, event.seq, component, digest)
        for stream, envelopes in streams.items()
        for event in envelopes
        for component, digest in _files(event.data)
    }
    for stream, seq, component, digest in sorted(wanted - there):
        yield Fault(stream, seq, f"deleted: the file {digest} of {component or 'another paper'}")
    for stream, seq, component, digest in sorted(there - wanted):
        yield Fault(stream, seq, f"added: no event names the file {digest} of {component or 'another paper'}")


def _files(data: Any) -> Iterator[tuple[str, str]]:
    """(component, digest) of every file an event's data names; replies to items repeat what is named by component."""
    if isinstance(data, Mapping):
        for digest in data.get("file_digests", ()) if "component" in data else ():
            yield data["component"], digest
        for what, field in NAMED_BY.items():
            if data.get(field):
                yield what, data[field]
        for value in data.values():
            yield from _files(value)
    elif isinstance(data, list):
        for value in data:
            yield from _files(value)


def numbers() -> Iterator[Fault]:
    """Agencies and days that gave more or fewer numbers than dossiers stand: whole dossiers removed, or the counter
    set back. Codes from elsewhere take no number, and never begin as the desk's own do."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency, day, coalesce(given, 0), coalesce(standing, 0) FROM"
            " (SELECT agency, day, last AS given FROM dossiers_number) n FULL JOIN"
            " (SELECT desk AS agency, count(*) AS standing,"
            "  (coalesce(submitted_at, received_at) AT TIME ZONE %s)::date AS day FROM dossiers_dossier"
            "  CROSS JOIN LATERAL (SELECT coalesce(nullif(numbered_by, ''), desk_agency) AS desk) by"
            "  WHERE starts_with(code, upper(desk) || '-') AND origin <> 'import'"
            "  AND parent IS NULL GROUP BY desk, day) d USING (agency, day)"
            " WHERE given IS DISTINCT FROM standing ORDER BY agency, day LIMIT 200",
            [ZONE.key],
        )
        for agency, day, given, found in cursor.fetchall():
            yield Fault(None, 0, f"numbers: {agency} gave {given} on {day}, and {found} dossiers stand")


def _rows(
    streams: list[UUID],
) -> tuple[dict[tuple[UUID, UUID], dict[str, Any]], dict[UUID, tuple[str, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT dossier, id, digest, salt, sealed FROM dossiers_content WHERE dossier = ANY(%s)",
            [streams],
        )
        rows = {
            (dossier, content): {"digest": digest, "salt": salt, "sealed": sealed}
            for dossier, content, digest, salt, sealed in cursor.fetchall()
        }
        cursor.execute(
            "SELECT dossier, name, name_folded, agency FROM dossiers_label WHERE dossier = ANY(%s)", [streams]
        )
        return rows, {dossier: tuple(told) for dossier, *told in cursor.fetchall()}
