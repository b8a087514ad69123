"""What follows from time alone: registers are asked about what waits for them, once a dossier is there."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from motcua.access_log.selectors import asked_since, last_asked
from motcua.dossiers.degraded import place_of
from motcua.dossiers.row import Row
from motcua.dossiers.unanswered import id_of, unanswered
from motcua.flows import registers
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Refusal
from motcua.kernel.time import Clock
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone
from motcua.parties.ports import POPULATION
from motcua.parties.registers import Outcome

_PAGE = 100
# A register that is away is tried again so often, by one question: it comes back to no rush, and a log of none. Nor is
# one dossier asked about more often, whatever the register makes of it.
PAUSE = timedelta(minutes=5)
# One process sequences, dispatches and does this: what is left of a long list has the next round.
LONGEST_ROUND = timedelta(seconds=5)


def ask_again(*, clock: Clock, origin: str = "live") -> int:
    """Ask the register about each person of whom something waits that it has said nothing of yet, one unit of work for
    each answer; returns how many there were. It goes on where the last round ended. Silence ends the round, for five
    minutes; what can't be read only waits its turn."""
    if not registers.is_connected():
        return 0
    begun = clock()
    last = last_asked(POPULATION, who=SYSTEM.id)
    if last is not None and last.outcome in ("", Outcome.SILENT) and begun < last.at + PAUSE:
        return 0
    asked = asked_since(POPULATION, who=SYSTEM.id, since=begun - PAUSE)
    answered = 0
    for row in _in_turn(id_of(last.subject) if last else None):
        if row["code"] in asked:
            continue
        for place in _places(row):
            kept = _one(row, place, clock, origin)
            answered += kept or 0
            if kept is None or clock() > begun + LONGEST_ROUND:
                return answered
    return answered


def _in_turn(last: UUID | None) -> Iterator[Row]:
    """All that wait, beginning after `last` and ending with it."""
    yield from _rows(after=last, upto=None)
    if last is not None:
        yield from _rows(after=None, upto=last)


def _rows(*, after: UUID | None, upto: UUID | None) -> Iterator[Row]:
    while page := unanswered(after=after, upto=upto, limit=_PAGE):
        yield from page
        after = page[-1]["id"]


def _places(row: Row) -> list[int]:
    found = {place_of(one["field"]) for one in row["degraded"] if not one["outcome"]}
    return sorted(place for place in found if place is not None)


def _one(row: Row, place: int, clock: Clock, origin: str) -> int | None:
    """1 for an answer that was kept, 0 for nothing to keep, None for a register that is silent."""
    person = registers.person_at(row, place)
    question = registers.question_about(person[1]) if person else None
    if person is None or question is None:
        return 0
    answer = registers.ask(
        question=question,
        procedure=row["procedure"],
        subject=row["code"],
        agency=row["competent_agency"],
        actor=SYSTEM,
        clock=clock,
    )
    if answer is None or answer.outcome is Outcome.SILENT:
        return None
    if not answer.outcome.is_answer:
        return 0
    request, at = Request.of(f"register/{answer.number}"), clock()
    try:
        with unit_of_work(actor=SYSTEM, at=at, request=request, origin=origin):
            kept = registers.keep_answer(
                dossier=row["id"], place=place, answer=answer, about=person[0], actor=SYSTEM, at=at
            )
    except (AlreadyDone, Refusal):
        return 0
    return int(kept is not None)
