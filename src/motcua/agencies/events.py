"""What is decided on an agency's stream."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFact:
    """A unit as it was set up."""

    id: UUID
    code: str
    name: str
    is_desk: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionFact:
    """A seat as it was set up."""

    id: UUID
    unit: UUID
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyAdded:
    """An agency came into the installation with its units and seats. Version 1 knew no `body` (all were People's
    Committees) and no `serves`: whose places it serves too."""

    TYPE: ClassVar[str] = "agency_added"
    VERSION: ClassVar[int] = 2

    code: str
    name: str
    level: str
    parent: str | None
    units: tuple[UnitFact, ...]
    positions: tuple[PositionFact, ...]
    body: str = "committee"
    serves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAppointed:
    """A person was given a seat."""

    TYPE: ClassVar[str] = "person_appointed"
    VERSION: ClassVar[int] = 1

    appointment: UUID
    account: UUID
    position: UUID
    valid_from: datetime
    valid_to: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentativePosted:
    """Another agency posted the person of this appointment to the desk."""

    TYPE: ClassVar[str] = "representative_posted"
    VERSION: ClassVar[int] = 1

    appointment: UUID
    account: UUID
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandInAppointed:
    """A person was given another's seat for a while, by a document that says so.

    Version 2 adds the form of signing (`kind`), the document's day, the acts and procedures it is for alone (none:
    all), and whether it holds only while the other is absent. Version 3 adds `sectors`, and knows a vacant seat, which
    is nobody's (`acting_for` None, Q.).
    """

    TYPE: ClassVar[str] = "stand_in_appointed"
    VERSION: ClassVar[int] = 3

    appointment: UUID
    account: UUID
    position: UUID
    acting_for: UUID | None
    mandate: str
    valid_from: datetime
    valid_to: datetime
    kind: str = ""
    dated: date | None = None
    acts: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    when_absent: bool = False
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentEnded:
    """A person gave a seat back, or never came to sit there."""

    TYPE: ClassVar[str] = "appointment_ended"
    VERSION: ClassVar[int] = 1

    appointment: UUID
    account: UUID
    position: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkHandedOver:
    """Of the work of who leaves the seat of `appointment` one piece (`what` of agencies.handovers.WHAT, of the dossier
    `code`) went to the account `to`, or to the seats' shared list (None)."""

    TYPE: ClassVar[str] = "work_handed_over"
    VERSION: ClassVar[int] = 1

    handover: UUID
    appointment: UUID
    account: UUID
    what: str
    code: str
    to: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaysFact:
    """What others answer without who leaves, as WorkHandedOver names it."""

    what: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverRecorded:
    """Who had the seat of `appointment` has left it: the record `number` lists what was handed over, and what `stays`
    with others."""

    TYPE: ClassVar[str] = "handover_recorded"
    VERSION: ClassVar[int] = 1

    handover: UUID
    appointment: UUID
    account: UUID
    position: UUID
    number: str
    stays: tuple[StaysFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergerProposed:
    """The agency of this stream is to be merged into `successor` from a day on, by the document `basis`."""

    TYPE: ClassVar[str] = "merger_proposed"
    VERSION: ClassVar[int] = 1

    merger: UUID
    successor: str
    takes_effect: date
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergerConfirmed:
    """A second person confirmed it: from that day the successor is competent for all that was the predecessor's."""

    TYPE: ClassVar[str] = "merger_confirmed"
    VERSION: ClassVar[int] = 1

    merger: UUID
    successor: str
    takes_effect: date
    basis: str
    proposed_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MergerDropped:
    """It was not confirmed: taken back by who proposed it, or declined."""

    TYPE: ClassVar[str] = "merger_dropped"
    VERSION: ClassVar[int] = 1

    merger: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceNoted:
    """A person is away from when to when; `reason` is leave, mission, sick or other."""

    TYPE: ClassVar[str] = "absence_noted"
    VERSION: ClassVar[int] = 1

    absence: UUID
    account: UUID
    reason: str
    valid_from: datetime
    valid_to: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceEnded:
    """A person is back before the time, or never went."""

    TYPE: ClassVar[str] = "absence_ended"
    VERSION: ClassVar[int] = 1

    absence: UUID
    account: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdded:
    """A person came to the agency and got an account."""

    TYPE: ClassVar[str] = "person_added"
    VERSION: ClassVar[int] = 1

    account: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLocked:
    """A person's account was closed."""

    TYPE: ClassVar[str] = "account_locked"
    VERSION: ClassVar[int] = 1

    account: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountUnlocked:
    """A person's account was opened again."""

    TYPE: ClassVar[str] = "account_unlocked"
    VERSION: ClassVar[int] = 1

    account: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorsReset:
    """A person's second factors were taken away, to be enrolled anew."""

    TYPE: ClassVar[str] = "factors_reset"
    VERSION: ClassVar[int] = 1

    account: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordReset:
    """A person was given a new password, to be changed at the first sign-in."""

    TYPE: ClassVar[str] = "password_reset"
    VERSION: ClassVar[int] = 1

    account: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenLockSet:
    """After how many idle minutes the agency's screens lock themselves."""

    TYPE: ClassVar[str] = "screen_lock_set"
    VERSION: ClassVar[int] = 1

    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessAdopted:
    """The agency took up a version of a process for a variant of a procedure."""

    TYPE: ClassVar[str] = "process_adopted"
    VERSION: ClassVar[int] = 1

    adoption: UUID
    procedure: str
    variant: str
    process_version: UUID
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessStopped:
    """The agency runs no process for these variants of a procedure from a day on, unless it adopts one again."""

    TYPE: ClassVar[str] = "process_stopped"
    VERSION: ClassVar[int] = 1

    procedure: str
    variants: tuple[str, ...]
    valid_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessMoveOrdered:
    """By the document `basis`, the agency's running dossiers go on under a version of their process: those that were
    shown to (`dossiers`), as they were shown to (`shown`: the digest of the preview)."""

    TYPE: ClassVar[str] = "process_move_ordered"
    VERSION: ClassVar[int] = 1

    process: str
    process_version: UUID
    number: int
    basis: str
    dossiers: int
    shown: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessMoveEnded:
    """What was ordered is done, or was stopped: so many dossiers went on under the version, so many stayed."""

    TYPE: ClassVar[str] = "process_move_ended"
    VERSION: ClassVar[int] = 1

    process_version: UUID
    basis: str
    moved: int
    stayed: int
    stopped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterCell:
    """Who sits at a counter on a day, and who stands in for them."""

    counter: UUID
    day: date
    officer: UUID | None
    backup: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterSet:
    """The week's roster of a desk, whole: what it does not name is empty."""

    TYPE: ClassVar[str] = "roster_set"
    VERSION: ClassVar[int] = 1

    monday: date
    cells: tuple[RosterCell, ...]
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaServed:
    """A part of the agency's territory, by its code and what it is called, and who serves it."""

    code: str
    name: str
    account: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritorySet:
    """The parts of the agency's territory with who serves each, whole: what it does not name is none any more."""

    TYPE: ClassVar[str] = "territory_set"
    VERSION: ClassVar[int] = 1

    areas: tuple[AreaServed, ...]


EVENTS: tuple[type, ...] = (
    AgencyAdded,
    PersonAppointed,
    RepresentativePosted,
    StandInAppointed,
    AppointmentEnded,
    WorkHandedOver,
    HandoverRecorded,
    MergerProposed,
    MergerConfirmed,
    MergerDropped,
    AbsenceNoted,
    AbsenceEnded,
    PersonAdded,
    AccountLocked,
    AccountUnlocked,
    FactorsReset,
    PasswordReset,
    ScreenLockSet,
    ProcessAdopted,
    ProcessStopped,
    ProcessMoveOrdered,
    ProcessMoveEnded,
    RosterSet,
    TerritorySet,
)
