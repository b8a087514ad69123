"""Which lives there are, and how often each is lived."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from motcua.catalogue.shapes import Channel, Ground, GroundKind, LimitUnit, ProcedureVersion
from motcua.cli.demo_lives import (
    CITIZEN,
    DESK,
    LEADERS,
    Do,
    Done,
    Part,
    Script,
    asked_for_papers,
    collected,
    received,
    started,
    submitted,
    supplied,
    worked,
)
from motcua.flows import delays, progress
from motcua.kernel.time import local

Fits = Callable[[ProcedureVersion, str], bool]


def _early(part: Part) -> Script:
    done = yield from received(part)
    done = yield from worked(part, done, pace=(0.1, 0.45))
    return (yield from collected(part, done))


def _on_time(part: Part) -> Script:
    done = yield from received(part)
    done = yield from worked(part, done, pace=(0.5, 0.9))
    return (yield from collected(part, done))


def _uncollected(part: Part) -> Script:
    done = yield from received(part)
    return (yield from worked(part, done, pace=(0.1, 0.6)))


def _late(part: Part) -> Script:
    done = yield from received(part)
    done = yield from worked(part, done, over=(1, 10))
    return (yield from collected(part, done))


def _apologised(part: Part, done: Done, *, signed: bool = True) -> Script:
    """Form 04, prepared by who has the dossier and signed an hour or two before it is late; late it stays."""
    due = done.row["due_at"] or part.later(done.at, 4, 8)
    when = max(done.at, due - timedelta(hours=part.chance.uniform(0.2, 2)))
    promised = part.later(max(when, due), 16, 30)
    arguments = {
        "code": done.code,
        "apology_date": part.calendar.next_working_day(local(promised).date()),
        "cause": part.chance.choice(("opinion", "verification", "workload", "absence")),
        "reason": part.say("delay"),
    }
    done = yield Do(
        max(done.at, when - timedelta(hours=1)), tuple(done.row["step_kinds"]), delays.prepare, arguments
    )
    if not signed:
        return done
    letter = {"code": done.code, "signs": done.row["delay"]["seq"]}
    return (yield Do(max(done.at, when), LEADERS, delays.notify_delay, letter))


def _late_with_apology(part: Part) -> Script:
    done = yield from started(part, (yield from received(part)))
    done = yield from _apologised(part, done)
    done = yield from worked(part, done, over=(2, 8))
    return (yield from collected(part, done))


def _left_lying(part: Part) -> Script:
    """Taken up and not touched again; for some the leader has to apologise."""
    done = yield from started(part, (yield from received(part)))
    if part.chance.random() < 0.4:
        done = yield from _apologised(part, done, signed=part.chance.random() < 0.7)
    return done


def _supplemented(part: Part) -> Script:
    done = yield from started(part, (yield from received(part)))
    done = yield from supplied(part, (yield from asked_for_papers(part, done)))
    done = yield from worked(part, done)
    return (yield from collected(part, done))


def _supplemented_twice(part: Part) -> Script:
    done = yield from started(part, (yield from received(part)))
    done = yield from supplied(part, (yield from asked_for_papers(part, done)), at_once=True)
    done = yield from asked_for_papers(part, done, LEADERS)
    done = yield from supplied(part, done, at_once=True)
    done = yield from worked(part, done)
    return (yield from collected(part, done))


def _waiting_for_papers(part: Part) -> Script:
    done = yield from started(part, (yield from received(part)))
    return (yield from asked_for_papers(part, done))


def _stopped(part: Part) -> Script:
    done = yield from _waiting_for_papers(part)
    arguments = {
        "code": done.code,
        "ground": "request_of_applicant",
        "basis": "03/2025/TT-VPCP, mẫu số 05",
        "reason": part.say("stopped"),
    }
    return (yield Do(part.later(done.at, 10, 22), LEADERS, progress.stop, arguments))


def _suspended(part: Part) -> Script:
    done = yield from started(part, (yield from received(part)), 0.1, 0.5)
    ground = part.chance.choice(_pausing(part.version, part.intake.variant))
    arguments = {"code": done.code, "ground": ground.code.value, "reason": part.say("verification")}
    return (yield Do(part.later(done.at, 0.2, 1), LEADERS, progress.suspend, arguments))


def _suspended_and_resumed(part: Part) -> Script:
    done = yield from _suspended(part)
    done = yield Do(part.later(done.at, 5, 24), LEADERS, progress.resume, {"code": done.code})
    done = yield from worked(part, done)
    return (yield from collected(part, done))


def _extended(part: Part) -> Script:
    done = yield from started(part, (yield from received(part)))
    ground = part.chance.choice(part.version.extension_grounds(part.intake.variant))
    most = int(ground.maximum.value or 2) if ground.maximum else 2
    arguments = {
        "code": done.code,
        "ground": ground.code.value,
        "value": str(min(most, part.chance.randrange(2, 6))),
        "reason": part.say("extension"),
    }
    done = yield Do(part.later(done.at, 0.5, 3), LEADERS, progress.extend, arguments)
    done = yield from worked(part, done, pace=(0.3, 0.8))
    return (yield from collected(part, done))


def _refused_by_decision(part: Part) -> Script:
    done = yield from worked(part, (yield from received(part)), outcome="refused")
    return (yield from collected(part, done))


def _granted_in_part(part: Part) -> Script:
    done = yield from worked(part, (yield from received(part)), outcome="partly")
    return (yield from collected(part, done))


def _withdrawn(part: Part) -> Script:
    done = yield from started(part, (yield from received(part)))
    arguments = {"code": done.code, "shown_by": "signed_paper", "reason": part.say("withdrawn")}
    return (yield Do(part.later(done.at, 0.5, 6), DESK, progress.withdraw, arguments))


def _returned_to_examiner(part: Part) -> Script:
    done = yield from worked(part, (yield from received(part)), pace=(0.2, 0.6), back="chair")
    return (yield from collected(part, done))


def _returned_by_clerk(part: Part) -> Script:
    done = yield from worked(part, (yield from received(part)), pace=(0.2, 0.6), back="clerk")
    return (yield from collected(part, done))


def _refused_online(part: Part) -> Script:
    done = yield from submitted(part)
    arguments = {
        "code": done.code,
        "reason": part.say("online_refused"),
        "basis": "118/2025/NĐ-CP, Điều 17",
    }
    return (yield Do(part.later(done.at, 0.5, 6), DESK, progress.refuse, arguments, 6))


def _supplemented_online(part: Part) -> Script:
    done = yield from asked_for_papers(part, (yield from submitted(part)))
    done = yield from supplied(part, done)
    done = yield from worked(part, (yield from received(part, done)))
    return (yield from collected(part, done))


def _withdrawn_online(part: Part) -> Script:
    done = yield from submitted(part)
    arguments = {"code": done.code, "shown_by": "account"}
    return (yield Do(part.at_home(done.at, 0.2, 2), (CITIZEN,), progress.withdraw, arguments))


@dataclass(frozen=True, slots=True)
class Story:
    """A kind of life. `weight`: how often; `when`: in which part of the fortnight it begins (0 to 1); `fits`:
    what the law asks of the variant; `quick`: only where the limit is short enough for all of it to happen."""

    name: str
    weight: int
    script: Callable[[Part], Script]
    when: tuple[float, float] = (0.0, 1.0)
    fits: Fits = lambda version, variant: True
    online: bool = False
    quick: bool = False


def _suspendable(version: ProcedureVersion, variant: str) -> bool:
    return bool(_pausing(version, variant))


def _pausing(version: ProcedureVersion, variant: str) -> list[Ground]:
    """The grounds on which a leader suspends: not that of an opinion, which pauses by being asked for."""
    grounds = version.suspension_grounds(variant)
    return [one for one in grounds if one.code is not GroundKind.PAUSING_CONSULTATION]


def _extendable(version: ProcedureVersion, variant: str) -> bool:
    return bool(version.extension_grounds(variant)) and length(version, variant) >= 3


def length(version: ProcedureVersion, variant: str) -> float:
    """About how many working days the law gives `variant`."""
    limit = next(c.limit for c in version.variant(variant).channels)
    value = float(limit.value or 1)
    factors = {LimitUnit.CALENDAR_DAY: 5 / 7, LimitUnit.WEEK: 5, LimitUnit.MONTH: 22, LimitUnit.YEAR: 250}
    if limit.unit in (LimitUnit.HOUR, LimitUnit.WORKING_HOUR):
        return max(1.0, value / 8)
    return value * factors.get(limit.unit, 1)


def is_open_online(version: ProcedureVersion, variant: str) -> bool:
    """Whether `variant` may be handed in online."""
    return version.channel(variant, Channel.ONLINE) is not None


STORIES = (
    Story("early", 52, _early),
    Story("on_time", 46, _on_time),
    Story("uncollected", 12, _uncollected, when=(0.0, 0.9)),
    Story("late", 15, _late, when=(0.0, 0.7), quick=True),
    Story("late_with_apology", 6, _late_with_apology, when=(0.0, 0.6), quick=True),
    Story("left_lying", 9, _left_lying, when=(0.2, 0.95), quick=True),
    Story("supplemented", 14, _supplemented, when=(0.0, 0.6)),
    Story("supplemented_twice", 4, _supplemented_twice, when=(0.0, 0.3), quick=True),
    Story("waiting_for_papers", 7, _waiting_for_papers, when=(0.4, 1.0)),
    Story("stopped", 4, _stopped, when=(0.0, 0.4)),
    Story("suspended", 4, _suspended, when=(0.4, 0.95), fits=_suspendable),
    Story("suspended_and_resumed", 6, _suspended_and_resumed, when=(0.0, 0.4), fits=_suspendable),
    Story("extended", 6, _extended, when=(0.0, 0.5), fits=_extendable),
    Story("refused_by_decision", 8, _refused_by_decision, when=(0.0, 0.7), quick=True),
    Story("granted_in_part", 4, _granted_in_part, when=(0.0, 0.7), quick=True),
    Story("withdrawn", 5, _withdrawn, when=(0.0, 0.9)),
    Story("returned_to_examiner", 8, _returned_to_examiner, when=(0.0, 0.7)),
    Story("returned_by_clerk", 4, _returned_by_clerk, when=(0.0, 0.7)),
    Story("online", 16, _on_time, online=True),
    Story("online_early", 6, _early, online=True),
    Story("supplemented_online", 5, _supplemented_online, when=(0.0, 0.7), online=True),
    Story("refused_online", 5, _refused_online, when=(0.0, 0.9), online=True),
    Story("withdrawn_online", 2, _withdrawn_online, online=True),
    Story("waiting_online", 4, submitted, when=(0.93, 1.0), online=True),
)


@dataclass(frozen=True, slots=True)
class Cast:
    """A story with the procedure and variant it is lived by."""

    story: Story
    procedure: str
    variant: str
