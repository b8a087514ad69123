"""What a state register is asked about a person, what it answers, and what that says of what was told. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from motcua.kernel.text import clean, fold


class Outcome(StrEnum):
    """How a question ended. The last four are no answers: the register is away, fails at this one question or speaks
    nonsense, or nobody was asked, as it was away a moment ago."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    SILENT = "silent"
    FAILED = "failed"
    UNREADABLE = "unreadable"
    UNASKED = "unasked"

    @property
    def is_answer(self) -> bool:
        """Whether the register has said anything."""
        return self in (Outcome.FOUND, Outcome.NOT_FOUND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Whom the register is asked for; `born_on` is left out where it is not known."""

    number: str
    name: str
    born_on: date | None = None

    def is_same(self, other: "Question") -> bool:
        """Whether a register would read both alike."""
        return (self.number, fold(self.name), self.born_on) == (other.number, fold(other.name), other.born_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A person as the register has them. `born_year` stands alone where it knows no day; `sex` is one of SEXES."""

    number: str
    name: str
    born_on: date | None = None
    born_year: int | None = None
    sex: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What `register` said at `asked_at` to the request `number` ("" where nobody was asked); `person` where somebody
    was found."""

    register: str
    number: str
    asked_at: datetime
    question: Question
    outcome: Outcome
    person: Registered | None = None

    def is_about(self, told: Question) -> bool:
        """Whether it still speaks of whoever is told now. A number names one person; that nobody was found holds for
        what was asked alone."""
        if self.outcome is Outcome.NOT_FOUND:
            return self.question.is_same(told)
        return self.question.number == told.number


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedUp:
    """Where the particulars of a party come from: `same` are the fields that stand as the register has them, `unlike`
    those in which it differs."""

    register: str
    number: str
    asked_at: datetime
    outcome: str
    same: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()


# What a register may be held against, field by field.
FIELDS = ("name", "born_on", "sex", "address")
# What tells who somebody is; people live elsewhere than they are registered.
OF_IDENTITY = frozenset({"name", "born_on", "sex"})
# What the first events meant by a person's field.
OF_FIRST_EVENTS = ("name", "born_on")
SEXES = ("male", "female")


@dataclass(frozen=True, slots=True)
class Compared:
    """One field: what the register has, and whether what was told is the same."""

    field: str
    registered: str
    same: bool


def compare(
    person: Registered, *, name: str, born_on: date | None, sex: str = "", address: str = ""
) -> tuple[Compared, ...]:
    """What the register has beside what was told, field by field; nothing where it has nothing. A sex that was not told
    is not held against anything."""
    return tuple(_compared(person, name, born_on, sex, address))


def _compared(
    person: Registered, name: str, born_on: date | None, sex: str, address: str
) -> Iterator[Compared]:
    # Accents tell people apart, capitals don't: registers write names in them.
    yield Compared("name", person.name, clean(name).casefold() == clean(person.name).casefold())
    if person.born_on is not None:
        yield Compared("born_on", f"{person.born_on:%d/%m/%Y}", born_on == person.born_on)
    elif person.born_year is not None:
        told = None if born_on is None else born_on.year
        yield Compared("born_on", str(person.born_year), told == person.born_year)
    if person.sex and sex:
        yield Compared("sex", person.sex, sex == person.sex)
    if person.address:
        yield Compared("address", person.address, is_same_place(address, person.address))


def is_same_place(told: str, registered: str) -> bool:
    """Whether two addresses name one place: hamlet, commune, province, of which one of the two may leave the province
    out."""
    shorter, longer = sorted((_parts(told), _parts(registered)), key=len)
    is_whole = len(longer) == len(shorter) or (len(shorter) > 1 and len(longer) == len(shorter) + 1)
    return is_whole and longer[: len(shorter)] == shorter


def _parts(address: str) -> list[str]:
    return [fold(clean(part)) for part in address.split(",")]


@dataclass(frozen=True, slots=True)
class Judged:
    """What an answer means for one field that waits: same, heard, differs, unstated or not_found; `registered` is what
    the register has otherwise."""

    outcome: str
    registered: str = ""


def judge(
    answer: Answer, field: str, *, name: str, born_on: date | None, sex: str = "", address: str = ""
) -> Judged:
    """How `field` of what was told stands with `answer`, which is one. What tells who somebody is must agree; with
    anything else it is enough that the register was heard."""
    if answer.person is None:
        return Judged("not_found")
    compared = compare(answer.person, name=name, born_on=born_on, sex=sex, address=address)
    one = next((one for one in compared if one.field == field), None)
    if one is not None and one.same:
        return Judged("same")
    registered = one.registered if one else ""
    if field not in OF_IDENTITY:
        return Judged("heard", registered)
    return Judged("differs", registered) if one else Judged("unstated")


def provenance(answer: Answer, *, name: str, born_on: date | None, sex: str = "", address: str) -> LookedUp:
    """What `answer` says of the particulars as they are received."""
    found = (
        compare(answer.person, name=name, born_on=born_on, sex=sex, address=address)
        if answer.person is not None
        else ()
    )
    return LookedUp(
        register=answer.register,
        number=answer.number,
        asked_at=answer.asked_at,
        outcome=answer.outcome.value,
        same=tuple(one.field for one in found if one.same),
        unlike=tuple(one.field for one in found if not one.same),
    )
