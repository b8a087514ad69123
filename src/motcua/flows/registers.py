"""Asking a state register about people: each question logged before it goes out, and what is made of an answer."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.access_log.operations import note_answer, note_question
from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.degraded import place_of
from motcua.dossiers.operations import Recorded
from motcua.dossiers.people import told
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act
from motcua.flows.courses import done
from motcua.kernel.actor import Actor
from motcua.kernel.errors import OutsideUnitOfWork
from motcua.kernel.time import Clock
from motcua.kernel.unit_of_work import is_open
from motcua.parties.papers import PERSONAL_NUMBER
from motcua.parties.ports import POPULATION, population
from motcua.parties.registers import OF_IDENTITY, Answer, Outcome, Question, compare


def is_connected() -> bool:
    """Whether this installation has a population register to ask."""
    return population() is not None


def ask(
    *,
    question: Question,
    procedure: str,
    subject: str,
    agency: str,
    actor: Actor,
    clock: Clock,
    officer: str = "",
) -> Answer | None:
    """What the population register says; None where there is none. `subject`: a dossier's code, or an intake's id;
    `officer`: the account the register knows them by.

    Slow, and outside every unit of work: nothing of a dossier is locked meanwhile.
    """
    register = population()
    if register is None:
        return None
    if is_open():
        raise OutsideUnitOfWork("a register is never asked inside a unit of work")
    at = clock()
    number = note_question(
        register=POPULATION, agency=agency, procedure=procedure, subject=subject, actor=actor, at=at
    )
    outcome, person = register.ask(question, number=str(number), officer=officer)
    note_answer(number=number, outcome=outcome.value, at=clock())
    return Answer(
        register=POPULATION,
        number=str(number),
        asked_at=at,
        question=question,
        outcome=outcome,
        person=person,
    )


def backfill(
    *, code: str, field: str, shown: str, actor: Actor, at: datetime, paper: e.PaperMark | None = None
) -> Recorded:
    """Fill `field` of a dossier by a paper that was looked at. Raises Denied, NotAllowedNow, Invalid, NotFound."""
    row = dossiers.lock(code, act=Act.BACKFILL, actor=actor, at=at)
    return done(dossiers.backfill(row=row, field=field, shown=shown, actor=actor, at=at, paper=paper))


def keep_answer(
    *, dossier: UUID, field: str, answer: Answer, about: UUID, actor: Actor, at: datetime
) -> Recorded | None:
    """Keep what the register says of `field` now. None where it no longer waits for that, or the person `about` whom
    it was asked (a snapshot) is no longer the one who stands there: a mistake was mended meanwhile."""
    row = dossiers.lock_by_id(dossier)
    person = person_at(row, field)
    if person is None or person[0] != about or not answer.outcome.is_answer:
        return None
    recorded = dossiers.answered(
        row=row,
        field=field,
        outcome=judged(answer, person[1]),
        number=answer.number,
        told=finding(answer, person[1]),
        actor=actor,
        at=at,
    )
    return None if recorded is None else done(recorded)


Fields = Mapping[str, Any]


def person_at(row: Row, field: str) -> tuple[UUID, Fields] | None:
    """The snapshot of the person whose `field` it is, and what it says; None where nobody stands there, or was
    erased. One statement."""
    place = place_of(field)
    if place is None or place >= len(row["parties"]):
        return None
    snapshot = UUID(row["parties"][place]["snapshot"])
    return next(((snapshot, one.fields) for one in told([row["id"]]) if one.snapshot == snapshot), None)


def question_about(fields: Fields) -> Question | None:
    """What the register is asked of a person as received; None without a personal number."""
    number = str(fields.get("number", ""))
    if not PERSONAL_NUMBER.fullmatch(number):
        return None
    return Question(number=number, name=str(fields["name"]), born_on=_born(fields))


def judged(answer: Answer, fields: Fields) -> str:
    """What an answer means for a field that waits: same, differs or not_found."""
    if answer.person is None:
        return Outcome.NOT_FOUND.value
    return "differs" if finding(answer, fields) else "same"


_WORDS = {"name": "họ tên", "born_on": "ngày sinh"}


def finding(answer: Answer, fields: Fields) -> str:
    """What the register has otherwise than the dossier, for the step's officer; "" where they agree in who it is."""
    if answer.person is None:
        return ""
    compared = compare(answer.person, name=str(fields["name"]), born_on=_born(fields))
    unlike = [one for one in compared if one.field in OF_IDENTITY and not one.same]
    return "; ".join(f"CSDL dân cư ghi {_WORDS[one.field]}: {one.registered}" for one in unlike)


def _born(fields: Fields) -> date | None:
    return date.fromisoformat(fields["born_on"]) if fields.get("born_on") else None
