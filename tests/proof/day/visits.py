"""The day as a table: when somebody comes, what for, who serves them."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.proof.day import certify, intake, money
from tests.proof.day.desk import Desk
from tests.proof.day.intake import by_card, by_hand, ordinary
from tests.proof.day.people import Person, someone

Does = Callable[[Desk, Person], object]
ONE, TWO = "tiepnhan1", "tiepnhan2"


@dataclass(frozen=True)
class Visit:
    """One person's time at the desk."""

    time: str
    what: str
    does: Does
    person: Person


def _copies(login: str, *lines: certify.Line) -> Does:
    return lambda desk, person: certify.certify(desk, login, lines)


def _named(login: str, kind: str, *lines: certify.Line) -> Does:
    return lambda desk, person: certify.certify(
        desk, login, lines, kind=kind, name=person.name, number=person.number
    )


def _received(login: str, matter: intake.Matter) -> Does:
    return lambda desk, person: ordinary(desk, login, matter, person, by_card(person))


def _without_card(login: str, matter: intake.Matter) -> Does:
    return lambda desk, person: ordinary(desk, login, matter, person, by_hand(person))


def _paying(login: str, matter: intake.Matter, **tender: object) -> Does:
    def does(desk: Desk, person: Person) -> None:
        one = ordinary(desk, login, matter, person, by_card(person))
        money.take(desk, one.code, **tender)

    return does


_DAY: tuple[tuple[str, Does], ...] = (
    ("certified copy", _copies(ONE, ("cccd", 1, 2))),
    ("intake by card", _received(TWO, intake.SINGLE)),
    ("certified copies", _copies(ONE, ("gks", 1, 3), ("so do", 4, 2))),
    ("intake, paid in cash", _paying(TWO, intake.EXTRACT, given=50_000)),
    ("intake without a card", _without_card(ONE, intake.DEATH)),
    ("certified signature", _named(ONE, "signature", ("syll", 3, 1))),
    ("intake, paid by card", _paying(TWO, intake.EXTRACT, card="004211")),
    ("certified copy", _copies(ONE, ("hb", 6, 2))),
    ("intake by card", _received(ONE, intake.POOR)),
    ("certified signature", _named(TWO, "signature", ("ck", 1, 1))),
    ("certified copies", _copies(ONE, ("btn", 1, 5), ("hb", 4, 2), ("cccd", 1, 1))),
    ("intake, paid in cash", _paying(TWO, intake.SINGLE)),
    ("certified copy", _copies(TWO, ("kh", 2, 3))),
    ("intake without a card", _without_card(ONE, intake.SINGLE)),
    ("certified copy", _copies(ONE, ("qd", 3, 10))),
)


def the_day(seed: int) -> list[Visit]:
    """The visits in their order, eight minutes each, with a midday rest."""
    chance = Random(seed)  # noqa: S311 - no secret
    found = []
    for place, (what, does) in enumerate(_DAY):
        minutes = 7 * 60 + 32 + 8 * place
        if minutes >= 11 * 60 + 28:
            minutes += 92
        found.append(Visit(f"{minutes // 60:02}:{minutes % 60:02}", what, does, someone(chance)))
    return found
