"""What the certification desk shows: an order counted, a group of numbers, what is pending."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from motcua.agencies.selectors import account_names
from motcua.certification.rules import Kind, kind as kind_of, rules
from motcua.certification.selectors import EntryShown, Pending
from motcua.flows.certification_orders import Order, count
from motcua.kernel.errors import Refusal
from motcua.kernel.say import Say
from motcua.web.certification.words import SEATS

_PAPERS = {p.code: p.label for p in rules().papers}


def paper_label(code: str) -> Say:
    """The name of a paper type; an unknown one by its code."""
    return _PAPERS.get(code, Say(code, code))


@dataclass(frozen=True, slots=True)
class CountedLine:
    """One line as the rules see it."""

    label: Say
    clause: Say | None
    pages: int
    count: int
    fee: int | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What an order comes to."""

    lines: tuple[CountedLine, ...]
    total: int | None


def outlook(order: Order, *, at: datetime) -> Outlook | None:
    """What `order` comes to so far, whoever asks; None while a line can't be counted."""
    try:
        bare = Order(agency=order.agency, kind=order.kind, lines=order.lines)
        counted = count(bare, at=at, asking=False)
    except Refusal:
        return None
    lines = tuple(
        CountedLine(
            paper_label(p.line.paper),
            counted.kind.clause(p.line.clause).label if len(counted.kind.clauses) > 1 else None,
            p.line.pages,
            p.line.count,
            p.fee,
        )
        for p in counted.priced
    )
    return Outlook(lines, counted.total)


def seat_words(entry: EntryShown, name_of: Callable[[UUID], str]) -> str:
    """The seat in which a number is signed; of who sits in for somebody also for whom, and by which mandate."""
    seat = SEATS[entry.signer_seat].vi
    if entry.signer_for is None:
        return seat
    return f"Làm thay {seat} {name_of(entry.signer_for)} theo {entry.signer_mandate}"


@dataclass(frozen=True, slots=True)
class Group:
    """The numbers of one dossier, as the page and the clauses need them."""

    entries: tuple[EntryShown, ...]
    kind: Kind
    agency: str
    names: dict[str, str]

    def name_of(self, account: UUID) -> str:
        """A name; "" when unknown."""
        return self.names.get(str(account), "")

    @property
    def dossier(self) -> UUID:
        """The dossier they belong to, or will."""
        return self.entries[0].dossier

    @property
    def year(self) -> int:
        """The year of the book."""
        return self.entries[0].year

    @property
    def day(self) -> date:
        """The day they stand under."""
        return self.entries[0].day

    @property
    def first(self) -> int:
        """The first number."""
        return self.entries[0].number

    @property
    def is_open(self) -> bool:
        """Whether a number waits for its signature."""
        return any(entry.state == "entered" for entry in self.entries)

    @property
    def total(self) -> int | None:
        """The fees in đồng of what is not struck out; None while one is not known."""
        fees = [entry.fee for entry in self.entries if entry.state != "void"]
        return None if None in fees else sum(fee or 0 for fee in fees)

    @property
    def signer(self) -> str:
        """Who signs."""
        return self.names.get(str(self.entries[0].signer), "")

    @property
    def officer(self) -> str:
        """Who entered them."""
        return self.names.get(self.entries[0].officer, "")

    @property
    def person(self) -> str:
        """Who asked, or all parties; "" where nobody said."""
        return self.entries[0].now("parties" if self.kind.several else "name")

    @property
    def numbers(self) -> str:
        """The numbers in large letters: one, or from-to."""
        last = self.entries[-1].number
        return str(self.first) if last == self.first else f"{self.first}–{last}"


def group_of(entries: Sequence[EntryShown]) -> Group:
    """The numbers of a dossier with the people they name. One statement."""
    people = {entries[0].signer, *(UUID(e.officer) for e in entries)}
    people |= {e.signer_for for e in entries if e.signer_for}
    names = {str(account): name for account, name in account_names(people).items()}
    return Group(tuple(entries), kind_of(entries[0].kind), entries[0].agency, names)


@dataclass(frozen=True, slots=True)
class PendingRow:
    """Something begun and not handed over."""

    item: Pending
    label: Say


def pending_rows(items: Sequence[Pending]) -> list[PendingRow]:
    """The same with the kind in words."""
    return [PendingRow(item, kind_of(item.kind).label) for item in items]
