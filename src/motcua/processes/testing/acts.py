"""What each row of a test does: the act itself, on a dossier that is only thought of. Who may, and when, is looked at
as the lock of a dossier does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid5

from motcua.agencies.positions import POSITION_KINDS
from motcua.calendars.clock import compute
from motcua.calendars.terms import Limit
from motcua.catalogue.shapes import Ground, GroundKind
from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.consulted import RECEIVING, Asked, awaited, is_asked, overdue
from motcua.dossiers.delays import OTHER
from motcua.dossiers.due import RULE
from motcua.dossiers.grounds import clock_limit, extension, ground_of, pause_end
from motcua.dossiers.open_steps import chosen, open_steps, seen_from
from motcua.dossiers.operations import Clocks, Opinion, Recorded
from motcua.dossiers.operations.consulting import Asking
from motcua.dossiers.operations.endings import Receiver
from motcua.dossiers.operations.money import Paid
from motcua.dossiers.operations.steps import IssuedPaper
from motcua.dossiers.operations.supplements import MissingPaper
from motcua.dossiers.policy import check, may
from motcua.dossiers.projector import standing
from motcua.dossiers.states import Act
from motcua.dossiers.whose_turn import IN_OTHER_HANDS, not_ones_turn
from motcua.kernel.actor import SYSTEM, Actor
from motcua.kernel.errors import Denied
from motcua.kernel.ids import uuid7
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.processes import acting, routing
from motcua.processes.testing.house import AGENCY, UNIT, House, calendar, person, receive
from motcua.processes.testing.shapes import ActRow, Does

# Words that an act needs and no rule reads.
WORDS = "Bài thử"
_CHARGE = "test"
Do = Callable[[House, ActRow, Actor], Recorded]


def done(house: House, row: ActRow) -> list[Recorded]:
    """Do a row; waiting leaves nothing. Raises the refusals of the act, and nothing is done."""
    if row.act is Does.WAIT:
        return []
    if row.act is Does.RECEIVE:
        return [house.went(receive(house, house.actor(row)))]
    actor = house.actor(row)
    if row.act is Does.ANSWER_CONSULTATION:
        actor = _of_body(house, row, actor)
    before = _taken_over(house, row, actor)
    check(actor, Act(row.act.value), house.dossier, standing(house.dossier))
    return [*before, house.went(_DO[row.act](house, row, actor))]


def _taken_over(house: House, row: ActRow, actor: Actor) -> list[Recorded]:
    """Who does a row on a step in another's name has taken it over: tests have no rows of their own for that."""
    opened = [one for one in open_steps(house.dossier) if actor.position_kind in one.kinds]
    here = next((one for one in opened if _number(house, row) in (None, one.number)), None)
    if (
        here is None
        or not_ones_turn(actor, Act(row.act.value), seen_from(house.dossier, here)) is not IN_OTHER_HANDS
    ):
        return []
    step = routing.by_number(house.process, here.number)
    holder = routing.held_by(UUID(actor.id), step, AGENCY, house.staff)
    taken = dossiers.claim(
        row=house.dossier, step=here, holder=holder, reason=WORDS, actor=actor, at=house.at
    )
    return [house.went(taken)]


def lapsed(house: House) -> list[Recorded]:
    """Note the consultations whose time is over, as reactions.consultations does."""
    return [
        house.went(
            dossiers.lapse(row=house.dossier, one=one, clocks=_clocks(house), actor=SYSTEM, at=house.at)
        )
        for one in overdue(house.dossier, house.at)
    ]


def _number(house: House, row: ActRow) -> int | None:
    return None if row.step is None else house.process.step(row.step).order


def _start(house: House, row: ActRow, actor: Actor) -> Recorded:
    return acting.start(house.dossier, house.process, house.staff, actor=actor, at=house.at)


def _assign(house: House, row: ActRow, actor: Actor) -> Recorded:
    here = chosen(house.dossier, _number(house, row))
    step = routing.by_number(house.process, here.number)
    account = person(step.positions[0], row.person)
    holder = routing.held_by(account, step, AGENCY, house.staff)
    return dossiers.assign(
        row=house.dossier, step=here, holder=holder, reason=WORDS, actor=actor, at=house.at
    )


def _step(house: House, row: ActRow, actor: Actor) -> Recorded:
    recorded = acting.step(
        house.dossier,
        house.course,
        house.staff,
        outcome=row.outcome or "granted",
        note=WORDS,
        basis=WORDS,
        way=row.way or "",
        number=_number(house, row),
        actor=actor,
        at=house.at,
    )
    code = routing.by_number(house.process, recorded.event.done).code
    house.did[code] = house.did.get(code, frozenset()) | {UUID(actor.id)}
    return recorded


def _return_step(house: House, row: ActRow, actor: Actor) -> Recorded:
    return acting.return_step(
        house.dossier,
        house.course,
        house.staff,
        to=row.to or "",
        reason=WORDS,
        number=_number(house, row),
        actor=actor,
        at=house.at,
    )


def _request_supplement(house: House, row: ActRow, actor: Actor) -> Recorded:
    items = [MissingPaper(component=None, text=WORDS)]
    return dossiers.request_supplement(
        row=house.dossier, items=items, calendar=calendar(), actor=actor, at=house.at
    )


def _supply(house: House, row: ActRow, actor: Actor) -> Recorded:
    items = [one["item"] for one in house.dossier["supplement"]["items"]]
    return dossiers.supply(
        row=house.dossier,
        items=items,
        calendar=calendar(),
        step_due=_step_due(house),
        actor=actor,
        at=house.at,
    )


def _request_payment(house: House, row: ActRow, actor: Actor) -> Recorded:
    told = house.test.facts
    rules = () if house.procedure is None else house.procedure.fees_of(told.variant, told.channel)
    return dossiers.request_payment(
        row=house.dossier,
        charges=[e.ChargeFact(charge=_CHARGE, rule=_CHARGE, amount=1)],
        pauses=any(rule.pauses for rule in rules),
        calendar=calendar(),
        actor=actor,
        at=house.at,
    )


def _pay(house: House, row: ActRow, actor: Actor) -> Recorded:
    return dossiers.pay(
        row=house.dossier,
        charges=[_CHARGE],
        paid=Paid(receipt=UNIT, number="1"),
        calendar=calendar(),
        step_due=_step_due(house),
        actor=actor,
        at=house.at,
    )


def _suspend(house: House, row: ActRow, actor: Actor) -> Recorded:
    found = ground_of(_pausing(house), row.ground or "")
    return dossiers.suspend(
        row=house.dossier,
        ground=found.code.value,
        basis=found.basis,
        reason=WORDS,
        until=pause_end(house.dossier, found, house.at, calendar()),
        calendar=calendar(),
        actor=actor,
        at=house.at,
    )


def _pausing(house: House) -> Sequence[Ground]:
    return () if house.procedure is None else house.procedure.suspension_grounds(house.test.facts.variant)


def _resume(house: House, row: ActRow, actor: Actor) -> Recorded:
    return dossiers.resume(
        row=house.dossier, calendar=calendar(), step_due=_step_due(house), actor=actor, at=house.at
    )


def _extend(house: House, row: ActRow, actor: Actor) -> Recorded:
    told = house.procedure
    grounds = () if told is None else told.extension_grounds(house.test.facts.variant)
    code = row.ground or ""
    found, value, unit = extension(
        house.dossier, grounds, code, f"{row.value or 0:f}", at=house.at, calendar=calendar()
    )
    return dossiers.extend(
        row=house.dossier,
        value=value,
        unit=unit,
        ground=code,
        basis=found.basis,
        reason=WORDS,
        calendar=calendar(),
        step_due=_step_due(house),
        actor=actor,
        at=house.at,
    )


def _notify_delay(house: House, row: ActRow, actor: Actor) -> Recorded:
    day = local(house.at).date()
    for _ in range(int(row.value or 1)):
        day = calendar().next_working_day(day)
    return dossiers.notify_delay(
        row=house.dossier,
        apology_date=day,
        cause=OTHER,
        reason=WORDS,
        calendar=calendar(),
        actor=actor,
        at=house.at,
    )


def _consult(house: House, row: ActRow, actor: Actor) -> Recorded:
    number, plan = acting.foreseen(house.dossier, house.process, row.plan or "", _number(house, row))
    whom, limit = list(row.whom), Limit(row.value or Decimal(1), "working_day")
    ground = row.ground or ""
    if plan is not None:
        whom, limit = [acting.named(one) for one in plan.whom], clock_limit(plan.limit)
        ground = (plan.ground or GroundKind.PAUSING_CONSULTATION.value) if plan.pauses else ""
    elif ground and (denied := may(actor, Act.SUSPEND, house.dossier)) is not None:
        raise Denied(denied.vi, denied.en)
    found = ground_of(_pausing(house), ground) if ground else None
    due = compute(start=house.at, limit=limit, calendar=calendar()).due_at
    assert due is not None  # noqa: S101 - a consultation's limit has a value (processes.checks)
    asking = Asking(
        about=WORDS,
        bodies=tuple(_body(one, due) for one in whom),
        limit=e.LimitFact(value=str(limit.value), unit=limit.unit, rule=RULE),
        step=number,
        plan=row.plan or "",
        tacit=plan is not None and plan.tacit,
        ground=ground,
        basis=found.basis if found else "",
        until=pause_end(house.dossier, found, house.at, calendar()) if found else None,
    )
    return dossiers.ask(row=house.dossier, asking=asking, calendar=calendar(), actor=actor, at=house.at)


def _body(one: str, due_at: datetime) -> e.AskedBody:
    kind, _, code = one.partition(":")
    title = POSITION_KINDS[code].title if kind == "position" else Say(code, code)
    return e.AskedBody(
        id=uuid7(),
        agency=code if kind == "agency" else AGENCY,
        unit=uuid5(UNIT, code) if kind == "unit" else None,
        kinds={"agency": RECEIVING, "position": (code,)}.get(kind, ()),
        name=title.vi,
        name_en=title.en,
        due_at=due_at,
    )


def _asked_of(house: House, row: ActRow, actor: Actor) -> Asked | None:
    """The consultation that a row answers: the first awaited of its plan, by whoever sits in such a seat there."""
    for one in awaited(house.dossier):
        if one["plan"] == (row.plan or "") and is_asked(_at(one, actor), one, actor.id):
            return one
    return None


def _at(one: Asked, actor: Actor) -> Actor:
    return replace(actor, agency=one["agency"], unit=UUID(one["unit"]) if one["unit"] else UNIT)


def _of_body(house: House, row: ActRow, actor: Actor) -> Actor:
    """Who answers sits in the body that was asked."""
    one = _asked_of(house, row, actor)
    return actor if one is None else _at(one, actor)


def _answer(house: House, row: ActRow, actor: Actor) -> Recorded:
    one = _asked_of(house, row, actor)
    if one is None:
        raise Denied(
            "Chỉ nơi được lấy ý kiến làm được việc này.", "Only those whose opinion is asked do this."
        )
    opinion = Opinion(outcome=row.answer or "agree", text=WORDS, signed=WORDS, number="1")
    return dossiers.answer(
        row=house.dossier,
        consultation=UUID(one["id"]),
        opinion=opinion,
        clocks=_clocks(house),
        actor=actor,
        at=house.at,
    )


def _clocks(house: House) -> Clocks:
    return Clocks(own=calendar(), theirs=calendar(), step_due=_step_due(house))


def _step_due(house: House) -> routing.StepDues:
    return routing.StepDues(house.course, tuple(step.number for step in open_steps(house.dossier)))


def _decide(house: House, row: ActRow, actor: Actor) -> Recorded:
    last = routing.by_number(house.process, house.dossier["step"])
    routing.refuse_apart(actor, last, house.staff)
    acting.refuse_unsigned(house.dossier, house.process)
    codes = house.procedure.result_codes if house.procedure is not None else ()
    issued = IssuedPaper(
        role="result", kind=codes[0] if codes else "", number="1", date=local(house.at).date()
    )
    holder = routing.desk(house.desk_agency, None)
    return dossiers.decide(row=house.dossier, papers=[issued], holder=holder, actor=actor, at=house.at)


def _make_available(house: House, row: ActRow, actor: Actor) -> Recorded:
    return dossiers.make_available(row=house.dossier, shelf="", actor=actor, at=house.at)


def _hand_over(house: House, row: ActRow, actor: Actor) -> Recorded:
    return dossiers.hand_over(
        row=house.dossier,
        way="in_person",
        receiver=Receiver(recipient=WORDS, checked_by=WORDS),
        receipt_lost=False,
        actor=actor,
        at=house.at,
    )


def _withdraw(house: House, row: ActRow, actor: Actor) -> Recorded:
    shown_by = "account" if actor.kind == "citizen" else "signed_paper"
    return dossiers.withdraw(row=house.dossier, shown_by=shown_by, reason="", actor=actor, at=house.at)


def _stop(house: House, row: ActRow, actor: Actor) -> Recorded:
    return dossiers.stop(
        row=house.dossier, ground=row.ground or "", basis=WORDS, reason=WORDS, actor=actor, at=house.at
    )


_DO: Mapping[Does, Do] = {
    Does.START: _start,
    Does.ASSIGN: _assign,
    Does.STEP: _step,
    Does.RETURN_STEP: _return_step,
    Does.REQUEST_SUPPLEMENT: _request_supplement,
    Does.SUPPLY: _supply,
    Does.REQUEST_PAYMENT: _request_payment,
    Does.PAY: _pay,
    Does.SUSPEND: _suspend,
    Does.RESUME: _resume,
    Does.EXTEND: _extend,
    Does.NOTIFY_DELAY: _notify_delay,
    Does.CONSULT: _consult,
    Does.ANSWER_CONSULTATION: _answer,
    Does.DECIDE: _decide,
    Does.MAKE_AVAILABLE: _make_available,
    Does.HAND_OVER: _hand_over,
    Does.WITHDRAW: _withdraw,
    Does.STOP: _stop,
}
