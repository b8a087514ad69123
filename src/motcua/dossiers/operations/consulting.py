"""Others are asked for their opinion: asked, handed on, reminded, answered, silent, taken back (ADR 0056)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.calendars.calendar import WorkCalendar
from motcua.dossiers import events as e
from motcua.dossiers.attachments import OPINION, QUESTION, attach, files_of
from motcua.dossiers.consulted import (
    ANSWERS,
    PARTS,
    Asked,
    awaited,
    body_fact,
    is_inside,
    may_answer,
    not_given_to,
    one_of,
    open_ones,
)
from motcua.dossiers.due import due_fact
from motcua.dossiers.operations.common import StepDue, happened_at, reason_content
from motcua.dossiers.policy import check
from motcua.dossiers.projections.base import holder_before
from motcua.dossiers.projector import standing
from motcua.dossiers.record import Recorded, record
from motcua.dossiers.row import Row, ended_pauses, paused
from motcua.dossiers.states import Act
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.kernel.text import clean
from motcua.kernel.time import local, parse_utc

MOST_AT_ONCE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is asked of whom, in which open step, and what they see of the dossier: `parts` of PARTS and components.
    `ground` "" where the clock runs on; else until when it may stand still at most."""

    about: str
    bodies: tuple[e.AskedBody, ...]
    limit: e.LimitFact
    step: int
    parts: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    uploads: tuple[UUID, ...] = ()
    plan: str = ""
    tacit: bool = False
    ground: str = ""
    basis: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What a body answers: one of ANSWERS, its words, who signed it under which number, the files of it."""

    outcome: str
    text: str
    signed: str
    number: str
    uploads: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """By whose office hours: the dossier's agency, the body that was asked; and the open step's due moment."""

    own: WorkCalendar
    theirs: WorkCalendar
    step_due: StepDue


def ask(
    *,
    row: Row,
    asking: Asking,
    calendar: WorkCalendar,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Ask the bodies of `asking`, each with a clock of its own. One that pauses stops the dossier's, and the first body
    asked has it meanwhile.

    Raises Invalid without words or a body, for a paper the dossier does not have, and for a time past what the ground
    allows; NotAllowedNow where somebody asked has not answered the same yet.
    """
    check(actor, Act.CONSULT, row, standing(row))
    when = happened_at(at, paper, row)
    _check_asking(row, asking, when)
    about = reason_content("consultation", asking.about, field="about")
    attached = attach({QUESTION: asking.uploads}, actor=actor, at=at)
    begins = bool(asking.ground) and row["consulting"] is None
    event = e.ConsultationAsked(
        step=asking.step,
        plan=asking.plan,
        about=about.ref,
        parts=asking.parts,
        papers=asking.papers,
        files=files_of(attached),
        bodies=asking.bodies,
        limit=asking.limit,
        tacit=asking.tacit,
        pauses=bool(asking.ground),
        ground=asking.ground,
        basis=asking.basis,
        until=_until(row, asking) if asking.ground else None,
        holder=_holder(asking.bodies[0].agency, asking.bodies[0].unit) if begins else None,
        due=due_fact(row, calendar, pauses=paused(row["pauses"], when, "consultation", asking.ground))
        if begins
        else None,
        occurred_at=when,
        paper=paper,
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[about], attached=attached, paper=paper)


def _until(row: Row, asking: Asking) -> datetime | None:
    """How long the clock may stand still: since the first one that stopped it was asked."""
    kept = (row["consulting"] or {}).get("until")
    return parse_utc(kept) if kept else asking.until


def _check_asking(row: Row, asking: Asking, when: datetime) -> None:
    if not asking.bodies or len(asking.bodies) > MOST_AT_ONCE:
        raise Invalid(
            f"Hãy chọn từ 1 đến {MOST_AT_ONCE} nơi cần lấy ý kiến.",
            f"Choose from 1 to {MOST_AT_ONCE} to be asked.",
            field="whom",
        )
    if set(asking.parts) - set(PARTS) or set(asking.papers) - {c["component"] for c in row["components"]}:
        raise Invalid("Hồ sơ không có phần đã chọn.", "The dossier has no such part.", field="papers")
    for body in asking.bodies:
        if body.due_at <= when:
            raise Invalid(
                "Hạn trả lời phải ở phía trước.", "The answer's time must lie ahead.", field="value"
            )
        again = [one for one in awaited(row) if _same_body(one, body)]
        if again:
            raise NotAllowedNow(
                f"{body.name} đang được hỏi và chưa trả lời; hãy đợi, nhắc hoặc rút việc lấy ý kiến trước.",
                f"{body.name_en} was asked and has not answered yet: wait, remind, or take that back first.",
            )
    if asking.ground and row["paused"] and row["consulting"] is None:
        raise NotAllowedNow("Thời hạn của hồ sơ đang dừng.", "The dossier's clock stands still already.")
    latest = _until(row, asking) if asking.ground else None
    if latest is not None and max(body.due_at for body in asking.bodies) > latest:
        raise Invalid(
            f"Căn cứ này chỉ cho tạm dừng đến {local(latest):%H:%M %d/%m/%Y}; hãy đặt hạn trả lời ngắn hơn.",
            f"This ground stops the clock until {local(latest):%H:%M %d/%m/%Y} at most; set a shorter time.",
            field="value",
        )


def _same_body(one: Asked, body: e.AskedBody) -> bool:
    unit = "" if body.unit is None else str(body.unit)
    if body.letter or one.get("letter"):
        return bool(body.letter and one.get("letter")) and one["name"] == body.name
    return (one["agency"], one["unit"] or "", tuple(one["kinds"])) == (body.agency, unit, body.kinds)


def _holder(agency: str, unit: UUID | None) -> e.HolderFact:
    """The body that is asked as holder: on no work list, it sees only what was shared with it."""
    return e.HolderFact(holder="consulted", agency=agency, unit=unit)


def hand_on(
    *,
    row: Row,
    consultation: UUID,
    account: UUID,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Let `account`, who is of those asked as the flow has seen, answer. Raises Denied for who was not asked, Invalid
    for who asked it, has the dossier or takes no part in it: theirs is no other's opinion; NotAllowedNow where
    it is theirs already."""
    one = _asked_of(row, consultation, Act.HAND_ON_CONSULTATION, actor)
    if str(account) in not_given_to(row, one):
        raise Invalid(
            "Người hỏi, người đang giữ hồ sơ và người có xung đột lợi ích không cho ý kiến; hãy giao người khác.",
            "Who asked, who has the dossier and who has a conflict of interest give no opinion; choose another.",
            field="to",
        )
    if one["account"] == str(account):
        raise NotAllowedNow("Việc này đã giao cho người ấy.", "It is theirs already.")
    event = e.ConsultationHandedOn(
        body=body_fact(one), account=account, occurred_at=happened_at(at, paper, row), paper=paper
    )
    return record(row=row, event=event, actor=actor, at=at, paper=paper)


def remind(
    *, row: Row, consultation: UUID, actor: Actor, at: datetime, paper: e.PaperMark | None = None
) -> Recorded:
    """Remind a body that has not answered, also once its time is over."""
    check(actor, Act.REMIND_CONSULTED, row, standing(row))
    one = _still(row, consultation, awaited(row))
    event = e.ConsultationReminded(body=body_fact(one), occurred_at=happened_at(at, paper, row), paper=paper)
    return record(row=row, event=event, actor=actor, at=at, paper=paper)


def answer(
    *,
    row: Row,
    consultation: UUID,
    opinion: Opinion,
    clocks: Clocks,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Answer for a body that was asked; past its time the answer is marked late. Raises Denied for who was not asked;
    Invalid without words or signer, and of another agency without a number; NotAllowedNow once it is answered."""
    one = _asked_of(row, consultation, Act.ANSWER_CONSULTATION, actor)
    when = happened_at(at, paper, row)
    if opinion.outcome not in ANSWERS:
        raise Invalid("Hãy chọn ý kiến.", "Choose the opinion.", field="outcome")
    number = clean(opinion.number)[:100]
    if not number and not is_inside(one):
        raise Invalid("Hãy ghi số văn bản.", "Write the paper's number.", field="number")
    words = reason_content("opinion", opinion.text, field="text")
    signed = reason_content("opinion_signer", opinion.signed, field="signed")
    attached = attach({OPINION: opinion.uploads}, actor=actor, at=at)
    event = e.ConsultationAnswered(
        outcome=opinion.outcome,
        text=words.ref,
        signed=signed.ref,
        number=number,
        files=files_of(attached),
        late=when > parse_utc(one["due_at"]),
        paper=paper,
        **_ended(row, one, when, clocks),
    )
    return record(
        row=row, event=event, actor=actor, at=at, contents=[words, signed], attached=attached, paper=paper
    )


def lapse(*, row: Row, one: Asked, clocks: Clocks, actor: Actor, at: datetime) -> Recorded:
    """Note that the time of one is over, as of when it was. The caller has seen that it is, and claimed the request."""
    when = parse_utc(one["due_at"])
    event = e.ConsultationLapsed(tacit=one["tacit"], **_ended(row, one, when, clocks))
    return record(row=row, event=event, actor=actor, at=at)


def take_back_consultation(
    *,
    row: Row,
    consultation: UUID,
    reason: str,
    clocks: Clocks,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Ask no more; what the clock stood still until now stays left out."""
    check(actor, Act.TAKE_BACK_CONSULTATION, row, standing(row))
    one = _still(row, consultation, open_ones(row))
    kept = reason_content("consultation_reason", reason)
    when = happened_at(at, paper, row)
    event = e.ConsultationTakenBack(reason=kept.ref, paper=paper, **_ended(row, one, when, clocks))
    return record(row=row, event=event, actor=actor, at=at, contents=[kept], paper=paper)


def _asked_of(row: Row, consultation: UUID, act: Act, actor: Actor) -> Asked:
    """The consultation, which `actor` may do `act` about. Person first."""
    check(actor, act, row, standing(row))
    one = one_of(row, consultation)
    if not may_answer(actor, row, one):
        raise Denied(
            "Chỉ nơi được lấy ý kiến làm được việc này, và không phải người hỏi hay người đang giữ hồ sơ.",
            "Only those whose opinion is asked do this, and not who asked it or has the dossier.",
        )
    return _still(row, consultation, awaited(row))


def _still(row: Row, consultation: UUID, among: Sequence[Asked]) -> Asked:
    one = one_of(row, consultation)
    if one["id"] not in {other["id"] for other in among}:
        raise NotAllowedNow(
            "Lượt lấy ý kiến này đã trả lời, đã hết hạn hoặc đã rút.",
            "This was answered, its time is over, or it was taken back.",
        )
    return one


def _ended(row: Row, one: Asked, when: datetime, clocks: Clocks) -> dict[str, Any]:
    """What every end of `one` says: of whom, when, how long it took, and who has the dossier now."""
    ends = {"body": body_fact(one), "used_minutes": _used(one, when, clocks.theirs), "occurred_at": when}
    return ends | _goes_on(row, one, when, clocks)


def _used(one: Asked, when: datetime, calendar: WorkCalendar) -> int:
    """Of the body's office hours, in minutes, from being asked to `when`."""
    asked = parse_utc(one["asked_at"])
    return int(calendar.office_time_between(asked, max(asked, when)).total_seconds() // 60)


def _goes_on(row: Row, one: Asked, when: datetime, clocks: Clocks) -> dict[str, Any]:
    """Who has the dossier once `one` has ended, and its due moments where no other holds the clock."""
    still: dict[str, Any] = {"holder": None, "resumed_at": None, "due": None, "step_due_at": None}
    still["beside_due"] = ()
    if not one["pauses"] or one["ended_at"] is not None:
        return still
    first, *others = [other for other in open_ones(row) if other["pauses"]]
    if first["id"] != one["id"]:
        return still
    if others:
        unit = others[0]["unit"]
        return still | {"holder": _holder(others[0]["agency"], UUID(unit) if unit else None)}
    due = due_fact(row, clocks.own, pauses=ended_pauses(row["pauses"], when))
    return {
        "holder": holder_before(row["consulting"]["back_to"]),
        "resumed_at": when,
        "due": due,
        "step_due_at": clocks.step_due(due),
        "beside_due": clocks.step_due.of_beside(due),
    }
