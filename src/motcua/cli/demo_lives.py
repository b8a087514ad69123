"""The lives that dossiers lead in a demonstration: small scripts of acts, told one after the other.

A script yields what it wants done next (`Do`) and is told what came of it (`Done`); the stage decides when the
person has time. What chance decides, a life draws from its own numbers, so it is the same whenever it is played
again.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from motcua.calendars.calendar import WorkCalendar
from motcua.catalogue.shapes import ProcedureVersion
from motcua.cli.demo_cashier import CASHIER, tender
from motcua.dossiers.operations import IssuedPaper, MissingPaper, open_charges
from motcua.dossiers.row import Row
from motcua.flows import money, progress, results
from motcua.flows.reception import Intake, receive, submit
from motcua.kernel.time import local
from motcua.processes.selectors import version as process_version

CITIZEN = "citizen"
DESK = ("reception_officer",)
LEADERS = ("chair", "vice_chair")
LATER = 5  # one in so many pays when the result is collected, if it is


@dataclass(frozen=True, slots=True)
class Do:
    """The next act: `flow` with `arguments`, not before `at`, by somebody in one of the seats `who` (the first
    that is filled) or, where `account` is set, by that person. It keeps them busy for `minutes`."""

    at: datetime
    who: tuple[str, ...]
    flow: Callable[..., Any]
    arguments: Mapping[str, Any]
    minutes: int = 4
    account: UUID | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an act: the dossier's row after it, and when it was."""

    row: Row
    at: datetime

    @property
    def code(self) -> str:
        return str(self.row["code"])


Script = Generator[Do, Done, Done]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a life is made of: what is asked for and by whom, when it begins, and its own chance."""

    number: int
    intake: Intake
    version: ProcedureVersion
    arrival: datetime
    chance: Random
    calendar: WorkCalendar
    words: Mapping[str, Sequence[str]]

    def say(self, what: str, **names: str) -> str:
        """One of the sentences for `what`."""
        return self.chance.choice(self.words[what]).format(**names)

    def later(self, since: datetime, least: float, most: float) -> datetime:
        """`least` to `most` office hours after `since`."""
        amount = timedelta(hours=self.chance.uniform(least, most))
        return self.calendar.add_office_time(since, amount)

    def at_home(self, since: datetime, least: float, most: float) -> datetime:
        """The same on the wall clock: citizens keep no office hours."""
        return since + timedelta(hours=self.chance.uniform(least, most))

    @property
    def applicant(self) -> str:
        """The name of the one who applies."""
        return next(p.name for role, p in self.intake.people if role == "applicant")

    @property
    def is_online(self) -> bool:
        return self.intake.channel == "online"


def submitted(part: Part) -> Script:
    """Handed in by the citizen's own account."""
    return (yield Do(part.arrival, (CITIZEN,), submit, {"intake": part.intake}))


def received(part: Part, online: Done | None = None) -> Script:
    """Received at a counter, or what came online answered within its 8 working hours."""
    if online is None and not part.is_online:
        done = yield Do(part.arrival, DESK, receive, {"intake": part.intake}, 10)
        return (yield from paid(part, done)) if part.number % LATER else done
    before = online or (yield from submitted(part))
    arguments = {"intake": part.intake, "submitted": before.code}
    return (yield Do(part.later(before.at, 0.3, 5), DESK, receive, arguments, 8))


def paid(part: Part, done: Done) -> Script:
    """What is owed is paid at the counter, if anything is and its amount is known."""
    how = tender(done.row, part.number, part.applicant)
    if how is None:
        return done
    when = done.at + timedelta(minutes=2)
    return (yield Do(when, CASHIER, money.pay, {"code": done.code, **how}, 2))


def started(part: Part, done: Done, least: float = 0.2, most: float = 2.0) -> Script:
    """Taken up by somebody in the first step's seat."""
    when = part.later(done.at, least, most)
    kinds, account = tuple(done.row["step_kinds"]), done.row["holder_account"]
    return (yield Do(when, kinds, progress.start, {"code": done.code}, 3, account))


def worked(
    part: Part,
    done: Done,
    *,
    pace: tuple[float, float] = (0.3, 0.9),
    over: tuple[float, float] | None = None,
    outcome: str = "granted",
    back: str = "",
) -> Script:
    """From wherever it stands through its process to a result on the shelf.

    `pace` is the share of the office time left that is used; with `over`, so many office hours past the due
    moment instead. `back` names the kind of seat that once sends it back a step.
    """
    if done.row["stage"] == "received":
        done = yield from started(part, done)
    moments = iter(_moments(part, done, pace, over))
    while not done.row["last_step"]:
        done = yield _step(part, done, next(moments), outcome)
        if back and done.row["step_kinds"][0] == back:
            back = ""
            done = yield from _sent_back(part, done)
            done = yield _step(part, done, part.later(done.at, 0.2, 1), outcome)
    kinds = tuple(done.row["step_kinds"])
    papers = {"code": done.code, "papers": _papers(part, done, outcome)}
    done = yield Do(max(done.at, next(moments)), kinds, progress.decide, papers)
    shelf = f"{part.chance.choice('ABC')}{part.chance.randrange(1, 9)}"
    arguments = {"code": done.code, "shelf": shelf}
    return (yield Do(part.later(done.at, 0.1, 0.7), DESK, results.make_available, arguments, 3))


def _moments(
    part: Part, done: Done, pace: tuple[float, float], over: tuple[float, float] | None
) -> list[datetime]:
    """When each of the acts that are left is done, the last one the decision."""
    due = done.row["due_at"]
    left = part.calendar.office_time_between(done.at, due) if due else timedelta(hours=16)
    if over is not None:
        total = left + timedelta(hours=part.chance.uniform(*over))
    else:
        total = max(left * part.chance.uniform(*pace), timedelta(hours=1))
    shares = [part.chance.uniform(0.6, 1.6) for _ in range(8)]
    steps = shares[:3] if over is None else [*shares[:2], 6.0]
    passed, moments = timedelta(), []
    for share in steps:
        passed += total * (share / sum(steps))
        moments.append(part.calendar.add_office_time(done.at, passed))
    return moments + moments[-1:] * 5


def _step(part: Part, done: Done, when: datetime, outcome: str) -> Do:
    kinds = list(done.row["step_kinds"])
    if len(kinds) > 1 and part.chance.random() < 0.3:
        kinds.reverse()
    arguments: dict[str, Any] = {"code": done.code, "outcome": outcome}
    if outcome != "granted":
        arguments |= {"note": part.say(outcome), "basis": part.version.legal_basis[0]}
    minutes = 3 if set(kinds) <= set(LEADERS) else 12
    account = done.row["holder_account"]
    return Do(max(done.at, when), tuple(kinds), progress.step, arguments, minutes, account)


def _sent_back(part: Part, done: Done) -> Script:
    """The open step goes back to the one before it, with a reason, and is done again."""
    here = process_version(done.row["process_version"]).steps[done.row["step"] - 1]
    arguments = {"code": done.code, "to": here.returns_to[-1], "reason": part.say("returned")}
    when = part.later(done.at, 0.2, 2)
    kinds, account = tuple(done.row["step_kinds"]), done.row["holder_account"]
    return (yield Do(when, kinds, progress.return_step, arguments, 4, account))


def _papers(part: Part, done: Done, outcome: str) -> list[IssuedPaper]:
    """The result's papers; what is refused has a paper of its own (design, section 4)."""
    day: date = local(done.at).date()
    number = f"{part.number:03}/{day.year}"
    kind = part.version.result_codes[0]
    result = IssuedPaper(role="result", kind=kind, number=f"{number}/KQ-UBND", date=day)
    refusal = IssuedPaper(role="refusal", kind="", number=f"{number}/TB-UBND", date=day)
    return {"granted": [result], "refused": [refusal]}.get(outcome, [result, refusal])


# What proves who takes a result, and that they did.
SHOWN = {
    "in_person": ("citizen_id", "paper"),
    "authorised": ("authorisation", "paper"),
    "post": ("postal_slip", "post"),
}


def collected(part: Part, done: Done) -> Script:
    """The result goes to who asked for it: by post, or when they come by."""
    if part.intake.channel == "post":
        way, when = "post", part.later(done.at, 2, 8)
    else:
        least, most = part.chance.choice(((0.3, 4), (0.3, 4), (3, 10), (8, 30)))
        way = "authorised" if part.chance.random() < 0.08 else "in_person"
        when = part.later(done.at, least, most)
    if part.number % LATER == 0 and tender(done.row, part.number, part.applicant):
        charges = [charge["charge"] for charge in open_charges(done.row)]
        done = yield Do(when, DESK, money.charge_at_return, {"code": done.code, "charges": charges}, 2)
        done = yield from paid(part, done)
    checked, proof = SHOWN[way]
    shown = {"checked_by": checked, "proof": proof}
    arguments = {"code": done.code, "way": way, "recipient": part.applicant, **shown}
    return (yield Do(max(when, done.at), DESK, results.hand_over, arguments))


def asked_for_papers(part: Part, done: Done, who: Sequence[str] | None = None) -> Script:
    """A supplement request: by the desk before acceptance, by the step after it; the second by a leader."""
    handed = [h.component for h in part.intake.handed if h.originals + h.copies]
    names = {c.code: c.name.vi for c in part.version.components}
    items = [
        MissingPaper(component=code, text=part.say("blurred", paper=names[code]))
        for code in part.chance.sample(handed, k=min(1, len(handed)))
    ]
    if part.chance.random() < 0.5 or not items:
        items.append(MissingPaper(component=None, text=part.say("other_paper")))
    account = done.row["holder_account"] if who is None else None
    seats = tuple(who or done.row["step_kinds"] or DESK)
    arguments = {"code": done.code, "items": items}
    when = part.later(done.at, 0.3, 2.5)
    return (yield Do(when, seats, progress.request_supplement, arguments, 8, account))


def supplied(part: Part, done: Done, *, at_once: bool = False) -> Script:
    """The papers come in, in one visit or in two; online ones from home."""
    numbers = [item["item"] for item in done.row["supplement"]["items"]]
    visits = [numbers] if at_once or part.chance.random() < 0.6 else [[n] for n in numbers]
    for items in visits:
        who, wait = ((CITIZEN,), part.at_home) if part.is_online else (DESK, part.later)
        arguments = {"code": done.code, "items": items}
        done = yield Do(wait(done.at, 1, 12), who, progress.supply, arguments, 5)
    return done
