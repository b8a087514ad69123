"""What a paper says, as plain values. They come frozen from events: the same facts, the same bytes."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPerson:
    """A person or body as printed; empty texts are left out."""

    name: str
    identity: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentLine:
    """One paper of the dossier and how many of it were handed in; `files` were sent electronically; `struck`
    out: it is no longer asked for."""

    name: str
    originals: int = 0
    copies: int = 0
    files: int = 0
    struck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperHead:
    """What heads each paper: who gives it, where, and about which dossier.

    `number` is printed after "Số:"; a receipt's number is the dossier's code. `qr` is the whole text of the
    QR symbol, the tracking address with its token; empty, no symbol is printed. `trial` marks each page,
    `void` strikes it out. `numbered` False: a book, which has a code and no number of a letter.
    """

    trial: bool
    parent_agency: str
    agency: str
    place: str
    code: str
    number: str = ""
    qr: str = ""
    void: bool = False
    numbered: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptFacts:
    """Form 01. `limit`, `promise` and `fee` are texts in Vietnamese ("3 ngày làm việc"); moments are aware.

    `due_at` None: the law sets no date. `expected`: the desk's agency is not the competent one, so the date
    becomes binding only when that agency accepts (Decree 118/2025 art. 17.3). `provisional`: a year whose
    holidays are not decreed yet. An empty `fee` prints no line, never "free". `corrected`: how many times it was put
    right; `due_before` is the date of the print before, where the correction moved it.
    """

    head: PaperHead
    desk: str
    submitter: PaperPerson
    applicants: tuple[PaperPerson, ...]
    procedure: str
    procedure_code: str
    components: tuple[ComponentLine, ...]
    limit: str
    received_at: datetime
    due_at: datetime | None
    officer: str
    variant: str = ""
    competent_agency: str = ""
    sets: int = 1
    promise: str = ""
    expected: bool = False
    provisional: bool = False
    fee: str = ""
    return_way: str = ""
    register_book: str = ""
    register_number: str = ""
    tracking_url: str = ""
    pin: str = ""
    hotline: str = ""
    corrected: int = 0
    corrected_at: datetime | None = None
    due_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementFacts:
    """Form 02: everything that is missing, at once, and why (Decree 118/2025 art. 17.2.a)."""

    head: PaperHead
    to: PaperPerson
    procedure: str
    items: tuple[str, ...]
    reason: str
    basis: str
    issued_at: datetime
    contact: str
    officer: str
    answer_by: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalFacts:
    """Form 03: that a request is not received, why in words, and what the person may do (Decree 63/2010 art. 18.5)."""

    head: PaperHead
    to: PaperPerson
    procedure: str
    reasons: tuple[str, ...]
    basis: str
    issued_at: datetime
    contact: str
    officer: str
    advice: str = ""
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApologyFacts:
    """Form 04: why the result is late and the new date. The due date itself does not move."""

    head: PaperHead
    to: PaperPerson
    procedure: str
    received_at: datetime
    due_at: datetime
    new_date: datetime
    reason: str
    issued_at: datetime
    signer: str
    signer_position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopFacts:
    """Form 05: that the dossier is stopped, on which ground, and what becomes of papers and money."""

    head: PaperHead
    to: PaperPerson
    procedure: str
    received_at: datetime
    reason: str
    basis: str
    then: str
    issued_at: datetime
    signer: str
    signer_position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionFacts:
    """A letter that asks a body outside the system for its opinion: what about, what goes with it, until when."""

    head: PaperHead
    to: str
    procedure: str
    applicant: str
    about: str
    enclosed: tuple[str, ...]
    answer_by: datetime
    silence: str
    issued_at: datetime
    signer: str
    signer_position: str


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet: its head, its share of the width, and how its cells are set (left, right, center)."""

    head: str
    share: int
    align: str = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFacts:
    """A table on A4: a manifest, a book, a list. `rows` have a text for each column; `totals` one more row, in bold;
    `signers` are the titles under it; `landscape` else portrait; `months`: of each row, where a long table is to begin
    each month on a new page."""

    head: PaperHead
    title: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    issued_at: datetime
    subtitle: str = ""
    totals: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    landscape: bool = True
