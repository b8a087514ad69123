"""A test made of a dossier of the house that has ended: who (which kind of seat) did what after how much working time,
and what came of it. Nobody's name, no text, no paper, no day goes into it; of the answers only what conditions read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.selectors import calendar_of
from motcua.catalogue.policy import announcing_seat
from motcua.catalogue.selectors import version as procedure_version
from motcua.catalogue.shapes import Channel
from motcua.dossiers import events as e
from motcua.dossiers.news import news_of
from motcua.dossiers.open_steps import open_steps
from motcua.dossiers.projector import TYPES, Meta, project
from motcua.dossiers.record import row_of_code
from motcua.dossiers.row import Row
from motcua.dossiers.states import ENDED, State
from motcua.dossiers.went_before import Ended, ended_under
from motcua.eforms.rules import variables
from motcua.kernel.actor import Viewer
from motcua.kernel.codec import decode
from motcua.kernel.errors import Invalid
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.ledger.chain import Envelope
from motcua.ledger.selectors import history
from motcua.processes.models import Version
from motcua.processes.selectors import version as process_version
from motcua.processes.shapes import ProcessVersion
from motcua.processes.testing.house import calendar as shipped_calendar
from motcua.processes.testing.running import run
from motcua.processes.testing.shapes import (
    BEGINS,
    MOST_PEOPLE,
    MOST_ROWS,
    NO_DUE,
    ActRow,
    Answer,
    Does,
    Expected,
    Facts,
    ProcessTest,
    Quantity,
    Skip,
    SkipUnit,
)

_MICROSECOND = Decimal(3_600_000_000)
_SAME = timedelta(minutes=1)
MOST_OFFERED = 10


@dataclass(frozen=True, slots=True)
class Recording:
    """A test, and what of the dossier does not go into it."""

    test: ProcessTest
    notes: tuple[Say, ...]


@dataclass(slots=True)
class _Walk:
    """The events of a dossier walked through: rows so far, who was seen in which kind of seat, and how much office time
    was left to the due date after each row."""

    process: ProcessVersion
    calendar: WorkCalendar
    row: Row | None = None
    rows: list[ActRow] = field(default_factory=list)
    people: dict[str, list[str]] = field(default_factory=dict)
    left: list[timedelta | None] = field(default_factory=list)
    begun: datetime | None = None
    before: datetime | None = None


def recordable(process: str, *, viewer: Viewer) -> list[Ended]:
    """The newest dossiers that went through a version of `process` and are decided or ended: MOST_OFFERED at most. Who
    announces sees codes and days, no names. Raises Denied for who does not. Two statements."""
    announcing_seat(viewer)
    versions = list(Version.objects.filter(code=process).values_list("id", flat=True))
    return ended_under(versions, limit=MOST_OFFERED)


def recorded(code: str, *, process: str, viewer: Viewer) -> Recording:
    """The dossier `code`, which went through a version of `process`, as a test.

    Raises Denied for who does not announce; NotFound; Invalid for one that has not ended, ran another process, or had
    acts that a test does not know. Reads the dossier whole: the caller notes the look.
    """
    announcing_seat(viewer)
    found = row_of_code(code)
    version = found["process_version"]
    ran = Version.objects.filter(id=version).values_list("code", "number").first() if version else None
    if State(found["state"]) not in ENDED | {State.DECIDED}:
        raise Invalid(
            "Hồ sơ chưa giải quyết xong; hãy chọn hồ sơ đã kết thúc.",
            "The dossier has not ended; choose one that has.",
            field="dossier",
        )
    if found["received_at"] is None:
        raise Invalid(
            "Hồ sơ này không được tiếp nhận nên chưa qua bước nào của quy trình; hãy chọn hồ sơ đã được tiếp nhận.",
            "This dossier was not received, so it went through no step of a process; choose one that was.",
            field="dossier",
        )
    if ran is None or ran[0] != process:
        raise Invalid(
            f"Hồ sơ này không chạy quy trình {process}; hãy chọn hồ sơ khác.",
            f"This dossier did not run the process {process}; choose another.",
            field="dossier",
        )
    walk = _Walk(process_version(version), calendar_of(found["competent_agency"]))
    for envelope in history(found["id"]):
        _walked(walk, envelope)
    return _made(walk, found, number=ran[1])


def _walked(walk: _Walk, envelope: Envelope) -> None:
    event = decode(TYPES[envelope.type], envelope.data)
    before = walk.row
    meta = Meta(envelope.stream, envelope.seq, envelope.hash, envelope.at, envelope.origin, envelope.actor)
    row = {**(before or {}), **project(before, event, meta).row}
    walk.row = row
    if row["received_at"] is None:
        return  # what comes before reception is none of the process
    told = _ROWS.get(envelope.type)
    more = told(walk, event) if told is not None else None
    if more is None:
        if told is None and _matters(before or {}, row):
            raise Invalid(
                "Hồ sơ này có việc mà bài thử chưa diễn được (chuyển cơ quan, đính chính, rút lại, liên thông…);"
                " hãy chọn hồ sơ khác, hoặc viết bài thử bằng tay.",
                "This dossier had acts that a test does not know (transfer, correction, recall, parts of others…);"
                " choose another, or write the test by hand.",
                field="dossier",
            )
        return
    happened: datetime = event.occurred_at
    news = news_of(envelope.type, envelope.data, row)
    expect = Expected(
        state=State(row["state"]),
        steps=tuple(walk.process.steps[one.number - 1].code for one in open_steps(row)),
        messages=(news[0],) if news is not None else (),
    )
    does = more.pop("act")
    position = _position(does, envelope.actor)
    walk.rows.append(
        ActRow(
            act=does,
            position=position,
            person=_person(walk, position, str(envelope.actor["id"])),
            after=_skip(walk, happened),
            expect=expect,
            **more,
        )
    )
    walk.left.append(
        walk.calendar.office_time_between(happened, row["due_at"]) if row["due_at"] is not None else None
    )
    walk.begun, walk.before = walk.begun or happened, happened


_STANDING = ("state", "step", "beside", "due_at", "pauses", "suspended", "approval", "proposal")


def _matters(before: Row, after: Row) -> bool:
    """Whether an event that a test has no row for changed what the process goes by."""
    return any(_told(before, name) != _told(after, name) for name in _STANDING)


def _told(row: Row, name: str) -> Any:
    told = row.get(name)
    return {**told, "since": None} if told and name == "proposal" else told


def _position(does: Does, actor: Mapping[str, Any]) -> str | None:
    """Which kind of seat did it; None for the applicant, and for what came by itself."""
    if does is Does.PAY:
        return "cashier"
    return str(actor["position_kind"]) or None


def _person(walk: _Walk, position: str | None, account: str) -> int:
    if position is None:
        return 1
    seen = walk.people.setdefault(position, [])
    if account not in seen:
        seen.append(account)
    return min(seen.index(account) + 1, MOST_PEOPLE)


def _skip(walk: _Walk, happened: datetime) -> Skip | None:
    if walk.before is None or happened <= walk.before:
        return None
    office = walk.calendar.office_time_between(walk.before, happened)
    value = (Decimal(office // timedelta(microseconds=1)) / _MICROSECOND).quantize(Decimal("0.000001"))
    return Skip(value, SkipUnit.WORKING_HOUR) if value else None


# --- what each event is, as a row: None where it is none, though it may come ----------------


def _code(walk: _Walk, number: int) -> str:
    return walk.process.steps[number - 1].code


def _step(walk: _Walk, event: e.StepTaken) -> dict[str, Any]:
    return {
        "act": Does.STEP,
        "step": _code(walk, event.done),
        "outcome": event.outcome,
        "way": event.way or None,
    }


def _returned(walk: _Walk, event: e.StepReturned) -> dict[str, Any]:
    opened = [one.step.number for one in event.beside] if event.goes_on else [event.step.number]
    return {"act": Does.RETURN_STEP, "step": _code(walk, event.done), "to": _code(walk, opened[0])}


def _consulted(walk: _Walk, event: e.ConsultationAsked) -> dict[str, Any]:
    if event.plan:
        return {"act": Does.CONSULT, "plan": event.plan, "step": _code(walk, event.step)}
    whom = tuple(
        f"unit:{one.unit}"
        if one.unit
        else f"position:{one.kinds[0]}"
        if len(one.kinds) == 1
        else f"agency:{one.agency}"
        for one in event.bodies
    )
    return {
        "act": Does.CONSULT,
        "whom": whom,
        "value": Decimal(event.limit.value or 1),
        "ground": event.ground or None,
    }


def _answered(walk: _Walk, event: e.ConsultationAnswered) -> dict[str, Any]:
    row = walk.row or {}
    plan = next(one["plan"] for one in row["consultations"] if one["id"] == str(event.body.id))
    return {"act": Does.ANSWER_CONSULTATION, "plan": plan or None, "answer": event.outcome}


def _delayed(walk: _Walk, event: e.DelayNotified) -> dict[str, Any]:
    days = walk.calendar.working_days_between(local(event.occurred_at).date(), event.apology_date)
    return {"act": Does.NOTIFY_DELAY, "value": Decimal(max(1, days))}


_ROWS: Mapping[str, Callable[[_Walk, Any], dict[str, Any] | None]] = {
    e.DossierReceived.TYPE: lambda walk, event: {"act": Does.RECEIVE},
    e.DossierStarted.TYPE: lambda walk, event: {"act": Does.START},
    e.DossierAssigned.TYPE: lambda walk, event: {"act": Does.ASSIGN} if event.starts else None,
    e.StepTaken.TYPE: _step,
    e.StepReturned.TYPE: _returned,
    e.SupplementRequested.TYPE: lambda walk, event: {"act": Does.REQUEST_SUPPLEMENT},
    e.Supplied.TYPE: lambda walk, event: {"act": Does.SUPPLY} if event.complete else None,
    e.PaymentRequested.TYPE: lambda walk, event: {"act": Does.REQUEST_PAYMENT},
    e.DossierPaid.TYPE: lambda walk, event: {"act": Does.PAY} if event.complete else None,
    e.DossierWaived.TYPE: lambda walk, event: {"act": Does.PAY} if event.complete else None,
    e.DossierSuspended.TYPE: lambda walk, event: {"act": Does.SUSPEND, "ground": event.ground},
    e.DossierResumed.TYPE: lambda walk, event: {"act": Does.RESUME},
    e.DossierExtended.TYPE: lambda walk, event: {
        "act": Does.EXTEND,
        "ground": event.ground,
        "value": Decimal(event.value),
    },
    e.DelayNotified.TYPE: _delayed,
    e.ConsultationAsked.TYPE: _consulted,
    e.ConsultationAnswered.TYPE: _answered,
    # What is over by itself is over by itself in the test too: time passes.
    e.ConsultationLapsed.TYPE: lambda walk, event: {"act": Does.WAIT},
    e.DossierDecided.TYPE: lambda walk, event: {"act": Does.DECIDE},
    e.ResultAvailable.TYPE: lambda walk, event: {"act": Does.MAKE_AVAILABLE},
    e.DossierHandedOver.TYPE: lambda walk, event: {"act": Does.HAND_OVER},
    e.DossierWithdrawn.TYPE: lambda walk, event: {"act": Does.WITHDRAW},
    e.DossierStopped.TYPE: lambda walk, event: {"act": Does.STOP, "ground": event.ground},
}


def _made(walk: _Walk, found: Row, *, number: int) -> Recording:
    if walk.begun is None or not walk.rows:
        raise Invalid(
            "Hồ sơ này không được tiếp nhận theo quy trình.",
            "This dossier was not received by a process.",
            field="dossier",
        )
    if len(walk.rows) > MOST_ROWS:
        raise Invalid(
            f"Hồ sơ này có hơn {MOST_ROWS} việc.",
            f"This dossier had more than {MOST_ROWS} acts.",
            field="dossier",
        )
    read = {path for step in walk.process.steps for path in variables(step.when)}
    facts = Facts(
        variant=found["variant"],
        channel=Channel(found["channel"]),
        assisted=found["assisted"],
        outside=found["desk_agency"] != found["competent_agency"],
        answers=tuple(Answer(q, o) for q, o in found["answers"].items() if f"answers.{q}" in read),
        quantities=tuple(Quantity(q, n) for q, n in found["quantities"].items() if f"quantities.{q}" in read),
    )
    test = ProcessTest(
        code="recorded",
        title=Say(f"Ghi từ một hồ sơ của phiên bản {number}", f"Recorded from a dossier of version {number}"),
        facts=facts,
        rows=tuple(walk.rows),
        begins=_begins(walk.begun),
        source=str(number),
    )
    return _dated(test, walk, found)


def _begins(moment: datetime) -> str:
    """The same hour of the same day of the week, in the week in which tests begin: a test does not say which day it
    was."""
    monday = datetime.fromisoformat(BEGINS)
    day = monday.date() + timedelta(days=local(moment).weekday())
    return f"{day:%Y-%m-%d}T{local(moment):%H:%M}"


def _dated(test: ProcessTest, walk: _Walk, found: Row) -> Recording:
    """The test with the due dates that its own run comes to, wherever it leaves as much office time as the dossier had;
    elsewhere a day off or the office's own hours lay between, and the date is left out, which is told."""
    result = run(test, walk.process, procedure_version(found["procedure_version"]))
    rows: list[ActRow] = []
    notes: list[Say] = []
    for n, (row, left, ran) in enumerate(zip(test.rows, walk.left, result.rows, strict=False), 1):
        due = ran.came.due
        if _alike(left, ran.came.at, due):
            rows.append(replace(row, expect=replace(row.expect, due=due)))
            continue
        rows.append(row)
        notes.append(
            Say(
                f"dòng {n}: hạn của hồ sơ không ghi được (ngày nghỉ, giờ làm việc hoặc thời hạn riêng của cơ quan)",
                f"row {n}: the dossier's due date can't be taken over (days off, the office's own hours or limit)",
            )
        )
    return Recording(replace(test, rows=tuple(rows) or test.rows), tuple(notes))


def _alike(left: timedelta | None, at: datetime, due: str) -> bool:
    moment = None if due == NO_DUE else datetime.fromisoformat(due).replace(tzinfo=local(at).tzinfo)
    if left is None or moment is None:
        return left is None and moment is None
    return abs(shipped_calendar().office_time_between(at, moment) - left) <= _SAME
