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
    """An agency came into the installation with its units and seats."""

    TYPE: ClassVar[str] = "agency_added"
    VERSION: ClassVar[int] = 1

    code: str
    name: str
    level: str
    parent: str | None
    units: tuple[UnitFact, ...]
    positions: tuple[PositionFact, ...]


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
class ProcessAdopted:
    """The agency took up a version of a process for a variant of a procedure."""

    TYPE: ClassVar[str] = "process_adopted"
    VERSION: ClassVar[int] = 1

    adoption: UUID
    procedure: str
    variant: str
    process_version: UUID
    valid_from: date
