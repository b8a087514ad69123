"""What follows from time alone: a register that was away is asked again about what waits for it."""

from datetime import timedelta
from uuid import UUID

from motcua.access_log.selectors import last_outcome
from motcua.dossiers.row import Row
from motcua.dossiers.selectors import degraded_after
from motcua.flows import registers
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Refusal
from motcua.kernel.time import Clock
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone
from motcua.parties.ports import POPULATION
from motcua.parties.registers import Outcome

_PAGE = 100
# A register that is away is tried again so often, by one question: it comes back to no rush, and a log of none.
PAUSE = timedelta(minutes=5)
# One process sequences, dispatches and does this: what is left of a long list has the next round.
LONGEST_ROUND = timedelta(seconds=5)


def ask_again(*, clock: Clock, origin: str = "live") -> int:
    """Ask the register about each field that waits and that it has said nothing of yet, one unit of work for each
    answer; returns how many there were. Silence ends the round, for five minutes."""
    if not registers.is_connected() or _is_away(clock):
        return 0
    after: UUID | None = None
    answered, begun = 0, clock()
    while page := degraded_after(after=after, limit=_PAGE):
        for row in page:
            for one in row["degraded"]:
                if one["outcome"]:
                    continue
                kept = _one(row, one["field"], clock, origin)
                if kept is None or clock() > begun + LONGEST_ROUND:
                    return answered + (kept or 0)
                answered += kept
        after = page[-1]["id"]
    return answered


def _is_away(clock: Clock) -> bool:
    last = last_outcome(POPULATION, who=SYSTEM.id)
    return (
        last is not None and last[1] not in (Outcome.FOUND, Outcome.NOT_FOUND) and clock() < last[0] + PAUSE
    )


def _one(row: Row, field: str, clock: Clock, origin: str) -> int | None:
    """1 for an answer that was kept, 0 for nothing to keep, None for a register that is silent."""
    person = registers.person_at(row, field)
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
                dossier=row["id"], field=field, answer=answer, about=person[0], actor=SYSTEM, at=at
            )
    except (AlreadyDone, Refusal):
        return 0
    return int(kept is not None)
