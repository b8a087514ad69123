"""What `ledger check` compares with the events around receptions: what was told, and what the manager said of it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.kernel.contents import references, vouched_for, wrong
from motcua.ledger.chain import Fault
from motcua.ledger.inspection import Batch
from motcua.reception.projector import TYPES


def contents(batch: Batch) -> Iterator[Fault]:
    """Texts of guidance records that are not those their events vouch for, are gone, or stand without an event."""
    streams = {
        stream: (envelopes[0].agency, [x for x in envelopes if x.type in TYPES])
        for stream, envelopes in batch
        if envelopes[0].type == "agency_added"
    }
    if not streams:
        return
    rows = _rows([agency for agency, _ in streams.values()])
    for stream, (agency, envelopes) in streams.items():
        mine = rows.get(agency, {})
        for event in envelopes:
            for content, digest in references(event.data):
                row = mine.pop(content, None)
                if row is None or vouched_for(content, row, digest) is None:
                    yield Fault(stream, event.seq, f"{wrong(row)}: the text {content}")
        for content in mine:
            yield Fault(stream, 0, f"added: no event names the text {content}")


def _rows(agencies: list[str]) -> dict[str, dict[UUID, dict[str, Any]]]:
    found: dict[str, dict[UUID, dict[str, Any]]] = {}
    with connection.cursor() as cursor:
        for table in ("reception_guidance", "reception_word"):
            cursor.execute(
                f"SELECT agency, id, digest, salt, sealed FROM {table} WHERE agency = ANY(%s)",  # noqa: S608
                [agencies],
            )
            for agency, content, digest, salt, sealed in cursor.fetchall():
                known = found.setdefault(agency, {})
                known[content] = {"digest": digest, "salt": salt, "sealed": sealed}
    return found
