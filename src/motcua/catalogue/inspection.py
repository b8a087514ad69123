"""What `ledger check` compares with the events of procedure versions: the decisions about findings."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.catalogue.decisions import decision_digest
from motcua.catalogue.events import FindingDecided, FindingReopened
from motcua.ledger.chain import Fault
from motcua.ledger.inspection import Batch

TYPES = frozenset({FindingDecided.TYPE, FindingReopened.TYPE})
_COLUMNS = 'id, what, "where", words::text, value::text, note, replaces, decided_by'


def decisions(batch: Batch) -> Iterator[Fault]:
    """Decisions that are not as their events say, or are gone."""
    told = {
        UUID(event.data["decision"]): event
        for _, envelopes in batch
        for event in envelopes
        if event.type in TYPES
    }
    if not told:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM catalogue_decision WHERE id = ANY(%s)",  # noqa: S608 - fixed columns
            [list(told)],
        )
        rows = {row[0]: row for row in cursor.fetchall()}
    for decision, event in told.items():
        row = rows.get(decision)
        if row is None:
            yield Fault(event.stream, event.seq, f"deleted: the decision {decision}")
        elif _digest(*row) != event.data["digest"]:
            yield Fault(event.stream, event.seq, f"altered: the decision {decision}")


def _digest(key: UUID, what: str, where: str, words: str, value: str | None, *rest: Any) -> str:
    told = json.loads(words), None if value is None else json.loads(value)
    return decision_digest(key, what, where, *told, *rest).hex()


def strays() -> Iterator[Fault]:
    """Decisions that no event tells of."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.version, d.id FROM catalogue_decision d WHERE NOT EXISTS (SELECT FROM ledger_event e"
            " WHERE e.stream = d.version AND e.type = ANY(%s) AND e.envelope LIKE '%%' || d.id || '%%')"
            " ORDER BY d.id LIMIT 200",
            [sorted(TYPES)],
        )
        for version, decision in cursor.fetchall():
            yield Fault(version, 0, f"added: no event tells of the decision {decision}")
