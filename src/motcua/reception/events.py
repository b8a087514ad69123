"""What is decided around a reception. Frozen: a change is a new version, never an edit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from motcua.kernel.contents import TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceGiven:
    """Somebody was told, once, all that is missing; there is no dossier yet (ND 118/2025 art. 17(2)(a)).

    `told` is content: who came, the texts of what is missing, the advice.
    """

    TYPE: ClassVar[str] = "guidance_given"
    VERSION: ClassVar[int] = 1

    number: str
    procedure: str
    procedure_version: UUID
    variant: str
    answers: Mapping[str, str]
    missing: tuple[str, ...]
    told: TextRef
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalGiven:
    """Somebody's request was turned away before there was a dossier, in writing (form 03; ND 63/2010 art. 18(5)).

    `procedure` is "" and `procedure_version` None where what was asked is no procedure of the desk. `told` is
    content: who came, what they asked, the reason, where to go.
    """

    TYPE: ClassVar[str] = "refusal_given"
    VERSION: ClassVar[int] = 1

    number: str
    procedure: str
    procedure_version: UUID | None
    variant: str
    ground: str
    told: TextRef
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnProposed:
    """A third return of one matter, proposed by the officer and given only with the desk manager's word.

    `form` "02" or "03"; `earlier` names the returns before it: numbers of records, codes of dossiers.
    """

    TYPE: ClassVar[str] = "return_proposed"
    VERSION: ClassVar[int] = 1

    number: str
    form: str
    procedure: str
    procedure_version: UUID
    variant: str
    answers: Mapping[str, str]
    missing: tuple[str, ...]
    ground: str
    earlier: tuple[str, ...]
    told: TextRef
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnAnswered:
    """The desk manager's word on a proposed return: it is given, or the matter is to be received."""

    TYPE: ClassVar[str] = "return_answered"
    VERSION: ClassVar[int] = 1

    number: str
    approved: bool
    word: TextRef
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceClosed:
    """The matter of a guidance record has been received: `dossier` is the code it came in under."""

    TYPE: ClassVar[str] = "guidance_closed"
    VERSION: ClassVar[int] = 1

    number: str
    dossier: str
    occurred_at: datetime


EVENTS: tuple[type[Any], ...] = (
    GuidanceGiven,
    RefusalGiven,
    ReturnProposed,
    ReturnAnswered,
    GuidanceClosed,
)
