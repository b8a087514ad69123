"""The day as a table: when somebody comes, what for, who serves them."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.proof.day import scenes as of
from tests.proof.day.desk import Desk
from tests.proof.day.people import Person, someone

Does = Callable[[Desk, list[Person]], object]
MINUTES = 7
OPENING, REST, AFTERNOON = 7 * 60 + 31, 11 * 60 + 24, 13 * 60 + 1


@dataclass(frozen=True)
class Visit:
    """One person's time at the desk, and who stands in the queue behind them."""

    time: str
    what: str
    does: Does
    people: list[Person]


_DAY: tuple[tuple[str, Does], ...] = (
    ("certified copy", of.copies("tiepnhan1", ("cccd", 1, 2))),
    ("intake by card", of.received("tiepnhan2", of.SINGLE)),
    ("certified copies", of.copies("tiepnhan1", ("gks", 1, 3), ("so do", 4, 2))),
    ("same-day extract, paid in cash", of.same_day),
    ("certified signature", of.signature("tiepnhan1", ("syll", 3, 1))),
    ("intake without a card", of.without_card("tiepnhan2", of.DEATH)),
    ("certified copy", of.copies("tiepnhan1", ("hb", 6, 2))),
    ("guidance instead of reception", of.guidance),
    ("certified copy", of.copies("tiepnhan2", ("btn", 1, 5))),
    ("refused before there is a dossier", of.turned_away),
    ("three dossiers on one slip", of.three),
    ("certified copies", of.copies("tiepnhan2", ("cccd", 1, 1), ("gks", 1, 1), ("kh", 1, 1))),
    ("papers supplied, first item", of.supplied("1")),
    ("certified signature", of.signature("tiepnhan2", ("ck", 1, 2))),
    ("result handed over to its applicant", of.handed_over),
    ("certified copy", of.copies("tiepnhan1", ("qd", 3, 10))),
    ("somebody known, found by name", of.known),
    ("certified copy", of.copies("tiepnhan1", ("gplx", 1, 2))),
    ("brought by another", of.by_another),
    ("certified copies", of.copies("tiepnhan2", ("hc", 4, 2), ("cccd", 1, 2))),
    ("marriage: two applicants", of.two),
    ("certification refused", of.refused),
    ("an intake parked, the next person taken; an exemption on evidence", of.parked),
    ("certified copy", of.copies("tiepnhan1", ("dkkd", 2, 3))),
    ("result for an authorised person, who signs on the screen", of.authorised),
    ("copies with a slip for the afternoon", of.copies_later),
    ("land: conditional papers", of.received("tiepnhan2", of.LAND, what="long intake")),
    ("certified signature", of.signature("tiepnhan1", ("uq", 2, 2))),
    ("withdrawal, papers given back", of.withdrawn),
    ("certified copy", of.copies("tiepnhan1", ("ksk", 1, 2))),
    ("guided in the morning, back with the papers", of.back_again),
    ("certified copy", of.copies("tiepnhan1", ("cccd", 1, 4))),
    ("a list of people", of.a_list),
    ("certified copies", of.copies("tiepnhan2", ("gks", 1, 2), ("hb", 8, 1))),
    ("papers supplied, last item", of.supplied("2")),
    ("certified copy", of.copies("tiepnhan1", ("gct", 1, 3))),
    ("receipt lost", of.receipt_lost),
    ("extract from the register", of.register_copy),
    ("written on the pad at midday", of.from_pad),
    ("the morning's cash closed, a fee refunded", of.refunded),
    ("certified copy", of.copies("tiepnhan2", ("bk", 1, 2))),
    ("a reception corrected", of.corrected),
    ("certified copy", of.copies("tiepnhan1", ("cch", 2, 2))),
    ("a receipt voided", of.voided),
    ("certified copy", of.copies("tiepnhan2", ("hd", 5, 3))),
    ("found by telephone; a duplicate closed", of.duplicate),
    ("translator's signature", of.translator),
    ("adoption: conditional papers", of.received("tiepnhan1", of.ADOPTION, what="long intake")),
    ("certified copy", of.copies("tiepnhan2", ("cccd", 1, 2))),
    ("a late dossier: apology, extension, suspension, stop", of.leader),
    ("certified copy", of.copies("tiepnhan1", ("btn", 1, 2))),
    ("transfer to the next commune", of.transferred),
    ("certified copies", of.copies("tiepnhan2", ("so do", 4, 3), ("cccd", 1, 3))),
    ("a fee during the process, receipt replaced", of.paid_on_the_way),
    ("certified copy", of.copies("tiepnhan1", ("tthn", 1, 2))),
    ("fee at return, waived for another", of.paid_at_return),
    ("certified copy", of.copies("tiepnhan2", ("gk", 2, 2))),
    ("reopened for correction", of.reopened),
    ("certified signature", of.signature("tiepnhan1", ("don", 1, 1))),
    ("results by post", of.posted),
    ("certified copy", of.copies("tiepnhan2", ("sth", 1, 2))),
    ("certified transaction, two parties", of.transaction),
    ("two officers at one computer", of.switched),
)


def the_day(seed: int) -> list[Visit]:
    """The visits in their order, seven minutes each, with a midday rest."""
    chance = Random(seed)  # noqa: S311 - no secret
    found = []
    minute = OPENING
    for what, does in _DAY:
        if REST < minute < AFTERNOON:
            minute = AFTERNOON
        people = [someone(chance) for _ in range(12)]
        found.append(Visit(f"{minute // 60:02}:{minute % 60:02}", what, does, people))
        minute += MINUTES
    return found
