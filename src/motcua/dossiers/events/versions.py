"""A running dossier goes on under the next version of its procedure. Frozen: a change is a new version."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from motcua.dossiers.facts import DueFact, FeeFact, LimitFact, StepDueFact


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionMoved:
    """The dossier goes on under version `number` of its procedure, which favours the applicant, on `basis`.

    Papers and answers stay as received, start and code too. `fee_order` is set where something is less now; what was
    settled or asked for stays. `old` and `new`: the due moments before and after. Version 1 knew no steps beside
    the leading one.
    """

    TYPE: ClassVar[str] = "dossier_version_moved"
    VERSION: ClassVar[int] = 2

    before: UUID
    procedure_version: UUID
    number: int
    basis: str
    limit: LimitFact
    promise: LimitFact
    old: DueFact
    new: DueFact
    step_due_at: datetime | None
    fee_order: tuple[FeeFact, ...] | None
    occurred_at: datetime
    beside_due: tuple[StepDueFact, ...] = ()


EVENTS = (VersionMoved,)
