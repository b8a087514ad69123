"""What is written in a certification book, and who may sign. Frozen: a change is a new version, never an edit."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from motcua.dossiers.facts import TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFact:
    """One paper: its number in the book, its type, its pages, how many copies (or signed papers), its fee in đồng.

    `told` is content: who asked, with which identity paper, and what else the clause names.
    """

    number: int
    paper: str
    pages: int
    count: int
    fee: int | None
    clause: str
    told: TextRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFact:
    """One paper that waits for its certification: it has no number yet."""

    paper: str
    pages: int
    count: int
    fee: int | None
    clause: str
    told: TextRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookOpened:
    TYPE: ClassVar[str] = "certification_book_opened"
    VERSION: ClassVar[int] = 1

    agency: str
    kind: str
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersEntered:
    """Papers of one dossier were numbered. They are signed and handed over next, or struck out.

    Version 2 adds `signer_for`: whose seat the signer sits in, by `signer_mandate`.
    """

    TYPE: ClassVar[str] = "certification_entered"
    VERSION: ClassVar[int] = 2

    dossier: UUID
    day: date
    signer: UUID
    signer_seat: str
    signer_mandate: str | None
    entries: tuple[EntryFact, ...]
    visit: UUID | None
    waited: bool
    occurred_at: datetime
    signer_for: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersTakenIn:
    """Papers that can't be certified at once were taken in with a slip; they get their numbers when they are."""

    TYPE: ClassVar[str] = "certification_taken_in"
    VERSION: ClassVar[int] = 1

    dossier: UUID
    code: str
    due_at: datetime | None
    lines: tuple[LineFact, ...]
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingEnded:
    """Papers taken in no longer wait in this book: their dossier ended, or another year's book numbered them."""

    TYPE: ClassVar[str] = "certification_waiting_ended"
    VERSION: ClassVar[int] = 1

    dossier: UUID
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersSigned:
    """The papers of a dossier were signed, sealed and handed over."""

    TYPE: ClassVar[str] = "certification_signed"
    VERSION: ClassVar[int] = 1

    dossier: UUID
    code: str
    numbers: tuple[int, ...]
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationRefused:
    TYPE: ClassVar[str] = "certification_refused"
    VERSION: ClassVar[int] = 1

    day: date
    paper: str
    ground: str
    basis: str
    told: TextRef | None
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCorrected:
    """A value of an entry was corrected, or the entry struck out (`what` "void"). The old value stays readable;
    a name's values are content."""

    TYPE: ClassVar[str] = "certification_corrected"
    VERSION: ClassVar[int] = 1

    number: int
    what: str
    old: str
    new: str
    reason: TextRef
    new_text: TextRef | None
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DayClosed:
    TYPE: ClassVar[str] = "certification_day_closed"
    VERSION: ClassVar[int] = 1

    day: date
    last: int
    count: int
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReopened:
    TYPE: ClassVar[str] = "certification_day_reopened"
    VERSION: ClassVar[int] = 1

    day: date
    reason: TextRef
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class YearClosed:
    TYPE: ClassVar[str] = "certification_year_closed"
    VERSION: ClassVar[int] = 1

    last: int
    count: int
    struck_out: int
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerAuthorised:
    """A person may sign certifications of the agency from a day to a day; on the agency's stream."""

    TYPE: ClassVar[str] = "certification_signer_authorised"
    VERSION: ClassVar[int] = 1

    authorisation: UUID
    account: UUID
    kinds: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisationEnded:
    """An authorisation to sign ends after this day; on the agency's stream."""

    TYPE: ClassVar[str] = "certification_authorisation_ended"
    VERSION: ClassVar[int] = 1

    authorisation: UUID
    last_day: date


BOOK_EVENTS: tuple[type[Any], ...] = (
    BookOpened,
    PapersEntered,
    PapersTakenIn,
    WaitingEnded,
    PapersSigned,
    CertificationRefused,
    EntryCorrected,
    DayClosed,
    DayReopened,
    YearClosed,
)
EVENTS: tuple[type[Any], ...] = (*BOOK_EVENTS, SignerAuthorised, AuthorisationEnded)
