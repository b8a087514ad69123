"""A running dossier goes on under another version of its procedure, or process. Frozen: a change is a new version."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from motcua.dossiers.facts import DueFact, FeeFact, HolderFact, LimitFact, StepDueFact, StepFact, TextRef


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


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedStepFact:
    """A step that is open: its row under the version before, and the row in which it goes on, with who holds it."""

    before: int
    step: StepFact
    holder: HolderFact


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFact:
    """The rows of one code, by their numbers under both versions."""

    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessMoved:
    """The dossier goes on under version `number` of its process, as `ordered_by` (an account) of its agency ordered by
    the document `basis`.

    Its due moments stay; `places` are the open steps, the leading one first, `rows` what stands in both versions, so
    that what is done stays done.
    """

    TYPE: ClassVar[str] = "dossier_process_moved"
    VERSION: ClassVar[int] = 1

    before: UUID
    process_version: UUID
    number: int
    basis: str
    reason: TextRef
    ordered_by: str
    places: tuple[MovedStepFact, ...]
    rows: tuple[RowFact, ...]
    occurred_at: datetime


EVENTS = (VersionMoved, ProcessMoved)
