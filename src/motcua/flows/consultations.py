"""The opinion of others on a dossier: asked, handed on, answered, taken back; silent when its time is over. Order and
transaction; the rules are `dossiers.operations.consulting`'s (ADR 0056)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from motcua.agencies.positions import POSITION_KINDS, WORKING
from motcua.agencies.selectors import account_names, agency as agency_facts, seats, stands_for, units
from motcua.agencies.series import next_in_series
from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.clock import compute
from motcua.calendars.selectors import calendars_of
from motcua.calendars.terms import Limit
from motcua.catalogue.selectors import version as procedure_version
from motcua.catalogue.shapes import GroundKind
from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.consulted import RECEIVING, Asked, gives_none, is_inside, not_given_to, one_of, overdue
from motcua.dossiers.due import RULE
from motcua.dossiers.grounds import amount_of, clock_limit, ground_of, pause_end
from motcua.dossiers.operations import Asking, Clocks, Opinion, Recorded
from motcua.dossiers.policy import may
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act
from motcua.flows.courses import done, step_due_of
from motcua.flows.forecasts import forecast_of
from motcua.kernel.actor import Actor
from motcua.kernel.codec import encode
from motcua.kernel.errors import Denied, Invalid, NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.say import Say
from motcua.kernel.text import clean
from motcua.kernel.time import local
from motcua.ledger.operations import claim
from motcua.processes import acting
from motcua.processes.forecast import Forecast, Verdict
from motcua.processes.selectors import version as process_version
from motcua.processes.shapes import Consultation

Paper = e.PaperMark | None
OUTSIDE = "outside:"
LETTERS = "LYK"
GROUND = GroundKind.PAUSING_CONSULTATION.value
# In which units the time of an answer may be told.
UNITS = ("working_day", "working_hour")


def consult(
    *,
    code: str,
    whom: Sequence[str],
    about: str,
    value: str,
    unit: str,
    actor: Actor,
    at: datetime,
    parts: Sequence[str] = (),
    papers: Sequence[str] = (),
    uploads: Sequence[UUID] = (),
    plan: str = "",
    step: int | None = None,
    pauses: bool = False,
    paper: Paper = None,
) -> Recorded:
    """Ask `whom` ("agency:H99.01.02", "unit:desk", "position:clerk"; units and positions are of the asking agency;
    "outside:Ban Quản lý ...": a body outside the system, which gets a numbered letter) for an opinion within
    `value` `unit`s. `plan`: a consultation of an open step (`step`: its row in the table; None: the first one's that
    has it); whom, time, silence and pausing are then as the process says, and `whom` is asked in place of those that
    can't be asked any more. Who was merged into another agency is asked there.

    Raises Invalid for whom there is not, and for a pause on no ground of the pinned version; Denied for a pause that
    neither the process foresees nor a leader asks for.
    """
    row = _locked(code, Act.CONSULT, actor, at, paper)
    number, foreseen = acting.foreseen(row, process_version(row["process_version"]), plan, step)
    limit = Limit(amount_of(value), unit)
    tacit, ground = False, GROUND if pauses else ""
    if foreseen is not None:
        whom, tacit = _in_place(foreseen, whom, row, actor, at), foreseen.tacit
        limit = clock_limit(foreseen.limit)
        ground = (foreseen.ground or GROUND) if foreseen.pauses else ""
    elif unit not in UNITS:
        raise Invalid("Hãy chọn đơn vị của hạn trả lời.", "Choose the unit of the time.", field="unit")
    elif pauses:
        _refuse_pause(row, actor)
    when = paper.occurred_at if paper else max(at, row["head_at"])
    own, bodies = _bodies(row, list(dict.fromkeys(whom)), limit, when, actor, at)
    asking = Asking(
        about=about,
        bodies=bodies,
        limit=e.LimitFact(value=str(limit.value), unit=limit.unit, rule=RULE),
        parts=tuple(dict.fromkeys(parts)),
        papers=tuple(dict.fromkeys(papers)),
        uploads=tuple(uploads),
        step=number,
        plan=plan,
        tacit=tacit,
    )
    if ground:
        asking = _pausing(row, asking, ground, when, own)
    recorded = dossiers.ask(row=row, asking=asking, calendar=own, actor=actor, at=at, paper=paper)
    return done(recorded)


def made_late(
    row: Row,
    *,
    whom: Sequence[str],
    value: str,
    unit: str,
    at: datetime,
    plan: str = "",
    step: int | None = None,
    pauses: bool = False,
) -> Forecast | None:
    """The forecast of the dossier of `row` if an opinion were asked for at `at` (arguments as of `consult`) and came at
    the end of its time, where that makes it late, or later; else None, as where its clock stands still meanwhile.
    Raises Invalid for a time that is none. Source: ADR 0061."""
    number, foreseen = acting.foreseen(row, process_version(row["process_version"]), plan, step)
    limit = Limit(amount_of(value), unit) if foreseen is None else clock_limit(foreseen.limit)
    if pauses if foreseen is None else foreseen.pauses:
        return None
    named = whom if foreseen is None else map(acting.named, foreseen.whom)
    agencies = [code for kind, _, code in (one.partition(":") for one in named) if kind == "agency"]
    own, *theirs = calendars_of(row["competent_agency"], *agencies)
    dues = [compute(start=at, limit=limit, calendar=calendar).due_at for calendar in theirs or [own]]
    until = max(due for due in dues if due is not None)
    asked = {"step": number, "due_at": encode(until), "pauses": False, "ended_at": None}
    before = forecast_of(row, calendar=own, at=at)
    after = forecast_of({**row, "consultations": [*row["consultations"], asked]}, calendar=own, at=at)
    if before is None or after is None or after.verdict is not Verdict.LATE:
        return None
    return after if after.ends_at > before.ends_at else None


def plans(row: Row) -> list[tuple[int, Consultation]]:
    """The consultations that the process foresees for the open steps, each with its step's row in the table."""
    if row["process_version"] is None:
        return []
    return acting.plans(row, process_version(row["process_version"]))


def _in_place(foreseen: Consultation, whom: Sequence[str], row: Row, actor: Actor, at: datetime) -> list[str]:
    """Whom the process asks; `whom` in place of those that can't be asked any more. Raises Invalid, saying why they
    can't, where nobody is named instead."""
    found, lost = [], None
    for one in map(acting.named, foreseen.whom):
        try:
            _body(one, row, actor, at)
            found.append(one)
        except Invalid as reason:
            lost = reason
    if lost is not None and not whom:
        raise lost
    return found if lost is None else [*found, *whom]


def _refuse_pause(row: Row, actor: Actor) -> None:
    """Only a leader stops the clock, as for a suspension, where the process does not foresee it."""
    if (denied := may(actor, Act.SUSPEND, row)) is not None:
        raise Denied(denied.vi, denied.en)


def _pausing(row: Row, asking: Asking, code: str, when: datetime, calendar: WorkCalendar) -> Asking:
    """On which ground the clock stands still, and until when at most."""
    grounds = procedure_version(row["procedure_version"]).suspension_grounds(row["variant"])
    ground = ground_of(grounds, code)
    until = None if row["consulting"] else pause_end(row, ground, when, calendar)
    return replace(asking, ground=code, basis=ground.basis, until=until)


def _bodies(
    row: Row, whom: Sequence[str], limit: Limit, when: datetime, actor: Actor, at: datetime
) -> tuple[WorkCalendar, tuple[e.AskedBody, ...]]:
    """The calendar of the agency that asks; and who is asked, until when by their own."""
    asks = row["competent_agency"]
    found = [_body(one, row, actor, at) for one in whom]
    own, *calendars = calendars_of(asks, *[agency for agency, *_ in found])
    bodies = []
    for (agency, unit, kinds, name), calendar, named in zip(found, calendars, whom, strict=True):
        due = compute(start=when, limit=limit, calendar=calendar).due_at
        if due is None:
            raise Invalid("Hãy ghi hạn trả lời.", "Say by when it is to be answered.", field="value")
        bodies.append(
            e.AskedBody(
                id=uuid7(),
                agency=agency,
                unit=unit,
                kinds=kinds,
                name=name.vi,
                name_en=name.en,
                due_at=due,
                letter=_letter(asks, when) if named.startswith(OUTSIDE) else "",
            )
        )
    return own, tuple(bodies)


def _letter(agency: str, when: datetime) -> str:
    """The number of the letter to a body outside the system."""
    year = str(local(when).year)
    return f"{next_in_series(agency=agency, series=LETTERS, period=year):02}/{year}/{LETTERS}"


def _body(one: str, row: Row, actor: Actor, at: datetime) -> tuple[str, UUID | None, tuple[str, ...], Say]:
    """(agency, unit, kinds of seats, what it is called) of one that is named; somebody has to sit there who may give
    an opinion, and is not who asks."""
    asks = row["competent_agency"]
    kind, _, code = one.partition(":")
    if one.startswith(OUTSIDE):
        name = clean(code)[:200]
        if not name:
            raise Invalid("Hãy ghi tên nơi cần lấy ý kiến.", "Name whom to ask.", field="outside")
        return asks, None, RECEIVING, Say(name, name)
    agency = stands_for(code, on=local(at).date()) if kind == "agency" else asks
    try:
        facts = agency_facts(agency)
    except NotFound as missing:
        raise Invalid(missing.vi, missing.en, field="whom") from missing
    held = [
        seat
        for seat in seats(agency, at=at)
        if seat.kind in WORKING
        and {str(account) for account in seat.accounts} - actor.people - gives_none(row)
    ]
    if kind == "agency" and agency != asks:
        there = [seat for seat in held if seat.kind in RECEIVING]
        answer: tuple[str, UUID | None, tuple[str, ...], Say] = (agency, None, RECEIVING, facts.called)
    elif kind == "unit" and (unit := next((u for u in units(agency) if u.code == code), None)):
        there = [seat for seat in held if seat.unit == unit.id]
        answer = agency, unit.id, (), unit.called
    elif kind == "position" and code in WORKING:
        there = [seat for seat in held if seat.kind == code]
        answer = agency, None, (code,), POSITION_KINDS[code].title
    else:
        raise Invalid(
            "Hãy chọn nơi cần lấy ý kiến trong danh sách.", "Choose whom to ask from the list.", field="whom"
        )
    if not there:
        raise Invalid(
            f"Chưa có ai ở {answer[3].vi} nhận việc lấy ý kiến; hãy chọn nơi khác.",
            f"Nobody sits at {answer[3].en} who could be asked; choose another.",
            field="whom",
        )
    return answer


def answer(
    *,
    code: str,
    consultation: UUID,
    outcome: str,
    text: str,
    signed: str,
    number: str,
    actor: Actor,
    at: datetime,
    uploads: Sequence[UUID] = (),
    paper: Paper = None,
) -> Recorded:
    """Answer for the body that was asked; with the last one that paused the dossier, its clock goes on. Inside one's
    own agency nobody else has to sign: who answers does."""
    row = _locked(code, Act.ANSWER_CONSULTATION, actor, at, paper)
    one = one_of(row, consultation)
    if is_inside(one) and not clean(signed):
        signed = account_names({UUID(actor.id)})[UUID(actor.id)]
    opinion = Opinion(outcome=outcome, text=text, signed=signed, number=number, uploads=tuple(uploads))
    recorded = dossiers.answer(
        row=row,
        consultation=consultation,
        opinion=opinion,
        clocks=_clocks(row, one, at),
        actor=actor,
        at=at,
        paper=paper,
    )
    return done(recorded)


def hand_on(
    *, code: str, consultation: UUID, to: str, actor: Actor, at: datetime, paper: Paper = None
) -> Recorded:
    """Say who of those asked answers. Raises Invalid for somebody else, who asked, and who has the dossier."""
    row = dossiers.lock(code, act=Act.HAND_ON_CONSULTATION, actor=actor, at=at)
    if to not in {str(account) for account in people_asked(one_of(row, consultation), at=at)}:
        raise Invalid("Hãy chọn người nhận việc.", "Choose who is to do it.", field="to")
    recorded = dossiers.hand_on(
        row=row, consultation=consultation, account=UUID(to), actor=actor, at=at, paper=paper
    )
    return done(recorded)


def people_asked(one: Asked, *, at: datetime) -> tuple[UUID, ...]:
    """Who of those asked may be given the opinion `one`: of another agency, or for a body outside the system, who works
    on dossiers in that agency; inside one's own, who does so in the unit that was asked, or where that kind of seat is.
    One statement."""
    held = [seat for seat in seats(one["agency"], at=at) if seat.kind in WORKING]
    if is_inside(one):
        asked = {seat.unit for seat in held if str(seat.unit) == one["unit"] or seat.kind in one["kinds"]}
        held = [seat for seat in held if seat.unit in asked]
    return tuple(dict.fromkeys(account for seat in held for account in seat.accounts))


def able_to_answer(row: Row, one: Asked, *, at: datetime) -> tuple[UUID, ...]:
    """The same without who asked and who has the dossier: whom the opinion is handed on to."""
    barred = not_given_to(row, one)
    return tuple(account for account in people_asked(one, at=at) if str(account) not in barred)


def remind(*, code: str, consultation: UUID, actor: Actor, at: datetime, paper: Paper = None) -> Recorded:
    """Remind a body that has not answered."""
    row = dossiers.lock(code, act=Act.REMIND_CONSULTED, actor=actor, at=at)
    return done(dossiers.remind(row=row, consultation=consultation, actor=actor, at=at, paper=paper))


def take_back(
    *, code: str, consultation: UUID, reason: str, actor: Actor, at: datetime, paper: Paper = None
) -> Recorded:
    """Ask a body no more."""
    row = _locked(code, Act.TAKE_BACK_CONSULTATION, actor, at, paper)
    recorded = dossiers.take_back_consultation(
        row=row,
        consultation=consultation,
        reason=reason,
        clocks=_clocks(row, one_of(row, consultation), at),
        actor=actor,
        at=at,
        paper=paper,
    )
    return done(recorded)


def lapse(*, dossier: UUID, actor: Actor, at: datetime) -> int:
    """Note whose time is over at `at`; how many. Looked at again under the dossier's lock: twice is once."""
    row = dossiers.lock_by_id(dossier)
    if not overdue(row, at):
        return 0
    claim(stream=row["id"], seq=row["head_seq"] + 1, actor=actor, at=at)
    return int(_note_overdue(row, actor=actor, at=at, until=at)["head_seq"] - row["head_seq"])


def _locked(code: str, act: Act, actor: Actor, at: datetime, paper: Paper) -> Row:
    """The dossier's row, locked for `act`, once those are noted whose time was over when it happened."""
    row = dossiers.lock(code, act=act, actor=actor, at=at)
    return _note_overdue(row, actor=actor, at=at, until=paper.occurred_at if paper else at)


def _note_overdue(row: Row, *, actor: Actor, at: datetime, until: datetime) -> Row:
    """The row once those are noted whose time was over at `until`: before anything is done about the others."""
    for one in overdue(row, until):
        row = done(dossiers.lapse(row=row, one=one, clocks=_clocks(row, one, at), actor=actor, at=at)).row
    return row


def _clocks(row: Row, one: Asked, at: datetime) -> Clocks:
    own, theirs = calendars_of(row["competent_agency"], one["agency"])
    return Clocks(own=own, theirs=theirs, step_due=step_due_of(row, at, own))
