"""The findings of procedures as they stand: of the last record, with the decisions that speak about it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from motcua.catalogue.models import Decision as DecisionRow, Finding
from motcua.catalogue.national.decisions import Decision, Settled, settle, words_of
from motcua.catalogue.national.findings import Finding as Found, FindingKind
from motcua.catalogue.national.record import Record
from motcua.catalogue.national.structure import Structured
from motcua.catalogue.national.values import RULES
from motcua.catalogue.national.words import alike, words_digest
from motcua.kernel.ids import uuid7


def keep_findings(found: Mapping[str, tuple[UUID, Record, Settled, Sequence[Found]]]) -> None:
    """For each procedure the announcement, its record, what is decided and all that was found take the place of what
    stood there."""
    used = {decision.id for _, _, decided, _ in found.values() for decision in decided.values()}
    since = dict(DecisionRow.objects.filter(id__in=used).values_list("id", "decided_at")) if used else {}
    Finding.objects.filter(procedure_id__in=found).delete()
    Finding.objects.bulk_create(
        Finding(
            id=uuid7(),
            procedure_id=code,
            announcement_id=announcement,
            what=one.kind.value,
            where=one.where,
            text=one.text,
            alike=alike_digest(record, one),
            decision=decision.id if decision else None,
            decided_at=since[decision.id] if decision else None,
        )
        for code, (announcement, record, decided, all_found) in found.items()
        for one in all_found
        for decision in [decided.get((one.kind, one.where))]
    )


def decided_of(made: Structured, record: Record, decisions: Sequence[Decision]) -> Settled:
    """What of the findings is decided: also that somebody knows of a version drafted here, which no making finds."""
    known = {key: one for key, one in settle(record, decisions).items() if key[0] is FindingKind.DRAFTED_HERE}
    return {**made.decided, **known}


def alike_digest(record: Record, found: Found) -> str:
    """What findings have in common that one decision may be given for; blank where none is given."""
    if found.kind not in RULES:
        return ""
    words = words_of(record, found.kind, found.where)
    return words_digest(alike(words)) if words else ""
