"""Versions of procedures that come into force, and those that have and whose running dossiers are to be seen to."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from motcua.catalogue.models import Version
from motcua.catalogue.transition import Transition
from motcua.kernel.time import local


@dataclass(frozen=True, slots=True)
class Coming:
    """A version published ahead: from which day it is in force, and by which decision."""

    number: int
    effective_from: date
    decision: str


def coming(procedure: str, *, on: date) -> Coming | None:
    """The next version that comes into force after `on`, if one is published. One statement."""
    rows = Version.objects.filter(procedure_id=procedure, withdrawn_at=None, effective_from__gt=on)
    found = rows.order_by("effective_from", "-number").values_list("number", "effective_from", "decision")
    first = found.first()
    return None if first is None else Coming(*first)


@dataclass(frozen=True, slots=True)
class Awaited:
    """A version in force whose transition is to be carried out, and on what basis."""

    id: UUID
    procedure: str
    number: int
    effective_from: date
    basis: str


def awaited(*, at: datetime) -> list[Awaited]:
    """Versions in force at `at` whose running dossiers were not seen to yet, the oldest first. One statement."""
    found = Version.objects.filter(
        transition=Transition.FAVOUR,
        settled_at=None,
        withdrawn_at=None,
        effective_from__lte=local(at).date(),
        published_at__lte=at,
    ).order_by("effective_from", "number")
    return [
        Awaited(row.id, row.procedure_id, row.number, row.effective_from, row.transition_basis)
        for row in found.only("procedure_id", "number", "effective_from", "transition_basis")
    ]
