"""Asking a state register about people: each question logged before it goes out, and what is made of an answer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Semaphore
from typing import Any
from uuid import UUID

from motcua.access_log.operations import note_answer, note_question
from motcua.access_log.selectors import last_ended
from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.backfill_sentences import FIELDS
from motcua.dossiers.degraded import SETTLES, name_of, person_fields, place_of, still
from motcua.dossiers.operations import Recorded
from motcua.dossiers.people import told
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act
from motcua.flows.courses import done
from motcua.kernel.actor import Actor
from motcua.kernel.codec import encode
from motcua.kernel.errors import Invalid, NotAllowedNow, OutsideUnitOfWork
from motcua.kernel.time import Clock
from motcua.kernel.unit_of_work import is_open
from motcua.parties.operations import Particulars
from motcua.parties.papers import PERSONAL_NUMBER
from motcua.parties.ports import POPULATION, population
from motcua.parties.registers import Answer, Outcome, Question, judge

# How long a register that was silent is taken to be away, by who would wait for it at a page.
AWAY_FOR = timedelta(minutes=1)
# A page that waits for a register holds a thread of its web process: never more than one of them.
_WAITING = Semaphore()


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
        register=POPULATION,
        agency=agency,
        procedure=procedure,
        subject=subject,
        whom=question.number,
        actor=actor,
        at=at,
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


def ask_now(
    *,
    question: Question,
    procedure: str,
    subject: str,
    agency: str,
    actor: Actor,
    clock: Clock,
    officer: str,
) -> Answer | None:
    """Like `ask`, for an officer who waits at a page; a register that hangs holds no other page up. One that was silent
    within AWAY_FOR is not asked again: the answer says that nobody was asked, and has no number.

    Raises NotAllowedNow while another page of this web process waits for the register.
    """
    if not _WAITING.acquire(blocking=False):
        raise NotAllowedNow(
            "CSDL dân cư đang được hỏi cho một người khác; hãy tra lại sau giây lát.",
            "The population register is being asked about somebody else; look up again in a moment.",
        )
    try:
        return _unasked(question, clock()) or ask(
            question=question,
            procedure=procedure,
            subject=subject,
            agency=agency,
            actor=actor,
            clock=clock,
            officer=officer,
        )
    finally:
        _WAITING.release()


def _unasked(question: Question, at: datetime) -> Answer | None:
    last = last_ended(POPULATION) if is_connected() else None
    if last is None or last.outcome != Outcome.SILENT or not last.at <= at < last.at + AWAY_FOR:
        return None
    return Answer(
        register=POPULATION,
        number="",
        asked_at=at,
        question=question,
        outcome=Outcome.UNASKED,
    )


def to_look_up(people: Sequence[Particulars]) -> tuple[str, ...]:
    """What a register is to be asked about `people`, once their dossier is there: of those with a personal number of
    whom it has said nothing yet. Nothing where this installation has none to ask."""
    if not is_connected():
        return ()
    return tuple(
        field
        for place, told in enumerate(people)
        if not _is_answered(told) and PERSONAL_NUMBER.fullmatch(told.number)
        for field in person_fields(place, told)
    )


def _is_answered(told: Particulars) -> bool:
    return told.looked_up is not None and Outcome(told.looked_up.outcome).is_answer


def to_look_into(
    people: Sequence[Particulars], heard: Mapping[int, Answer]
) -> dict[int, list[dossiers.Finding]]:
    """What somebody has to look into of the answers `heard` at the desk, by the place of whom they are about: what the
    register has otherwise or has no data of, or everything of whom it does not know."""
    found = {
        place: [
            finding(answer, encode(people[place]), field) for field in person_fields(place, people[place])
        ]
        for place, answer in heard.items()
        if answer.outcome.is_answer
    }
    opened = {place: [one for one in all_ if one.outcome not in SETTLES] for place, all_ in found.items()}
    return {place: findings for place, findings in opened.items() if findings}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the register said of the person at `place`, whose snapshot is `about`."""

    answer: Answer
    place: int
    about: UUID


def ask_about(*, row: Row, place: int, actor: Actor, clock: Clock, officer: str) -> Asked:
    """Ask the register about the person at `place` of a dossier, for the officer who works on it; outside every unit of
    work. Raises Invalid where nobody can be asked about, NotAllowedNow where there is no register, or like `ask_now`.
    """
    person = person_at(row, place) if fields_at(row, place) else None
    question = question_about(person[1]) if person else None
    if person is None or question is None:
        raise Invalid(
            "Người này không có thông tin nào chờ tra cứu.", "Nothing of this person waits to be looked up."
        )
    answer = ask_now(
        question=question,
        procedure=row["procedure"],
        subject=row["code"],
        agency=actor.agency,
        actor=actor,
        clock=clock,
        officer=officer,
    )
    if answer is None:
        raise NotAllowedNow(
            "Hệ thống này chưa kết nối CSDL dân cư; hãy đối chiếu bằng giấy tờ.",
            "This installation is connected to no population register; check by a paper.",
        )
    return Asked(answer, place, person[0])


def backfill(
    *,
    code: str,
    fields: Collection[str],
    shown: str,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Fill `fields` of a dossier by a paper that was looked at. Raises Denied, NotAllowedNow, Invalid, NotFound."""
    row = dossiers.lock(code, act=Act.BACKFILL, actor=actor, at=at)
    return done(dossiers.backfill(row=row, fields=fields, shown=shown, actor=actor, at=at, paper=paper))


def keep_answer(
    *, dossier: UUID, place: int, answer: Answer, about: UUID, actor: Actor, at: datetime
) -> Recorded | None:
    """Keep what the register says of the person at `place` now. None where nothing of them waits any more, or whom it
    was asked `about` (a snapshot) is no longer the one who stands there: a mistake was mended meanwhile."""
    row = dossiers.lock_by_id(dossier)
    person = person_at(row, place)
    if person is None or person[0] != about or not answer.outcome.is_answer:
        return None
    recorded = dossiers.answered(
        row=row,
        findings=[finding(answer, person[1], field) for field in fields_at(row, place)],
        number=answer.number,
        actor=actor,
        at=at,
    )
    return None if recorded is None else done(recorded)


Fields = Mapping[str, Any]


def fields_at(row: Row, place: int) -> list[str]:
    """What waits for the register of the person at `place`."""
    return [field for field in still(row) if place_of(field) == place]


def person_at(row: Row, place: int) -> tuple[UUID, Fields] | None:
    """The snapshot of the person at `place`, and what it says; None where nobody stands there, or was erased. One
    statement."""
    if place >= len(row["parties"]):
        return None
    snapshot = UUID(row["parties"][place]["snapshot"])
    people = told([row["id"]], viewer=None)
    return next(((snapshot, one.fields) for one in people if one.snapshot == snapshot), None)


def question_about(fields: Fields) -> Question | None:
    """What the register is asked of a person as received; None without a personal number."""
    number = str(fields.get("number", ""))
    if not PERSONAL_NUMBER.fullmatch(number):
        return None
    return Question(number=number, name=str(fields["name"]), born_on=_born(fields))


def finding(answer: Answer, fields: Fields, field: str) -> dossiers.Finding:
    """What an answer means for one field that waits, in words for the step's officer where the register has something
    else."""
    name = name_of(field)
    judged = judge(
        answer,
        name,
        name=str(fields["name"]),
        born_on=_born(fields),
        sex=str(fields.get("sex", "")),
        address=str(fields.get("address", "")),
    )
    told = f"CSDL dân cư ghi {FIELDS[name].vi}: {_said(judged.registered)}" if judged.registered else ""
    return dossiers.Finding(field=field, outcome=judged.outcome, told=told)


def _said(registered: str) -> str:
    return {"male": "nam", "female": "nữ"}.get(registered, registered)


def _born(fields: Fields) -> date | None:
    return date.fromisoformat(fields["born_on"]) if fields.get("born_on") else None
