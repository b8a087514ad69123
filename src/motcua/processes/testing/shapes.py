"""A test of a process: a dossier that is only thought of, what is done to it row by row, and what has to come of it.

Tests are a part of the process's document, so they are versioned, published, exported and imported with it.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from motcua.catalogue.shapes import Channel
from motcua.dossiers.states import State
from motcua.kernel.say import Say

MOST_TESTS = 50
MOST_ROWS = 200
MOST_TOGETHER = 1000  # rows of all tests: what is judged on every page of a draft takes no longer
MOST_PEOPLE = 9
# Where a test begins that says nothing else: a Monday morning before weeks without a holiday.
BEGINS = "2026-03-02T08:00"
NO_DUE = "none"


class Does(StrEnum):
    """What can be done in a test: the acts of dossiers.states on which a process and its clock depend; `wait`: nothing,
    time passes."""

    RECEIVE = "receive"
    START = "start"
    ASSIGN = "assign"
    STEP = "step"
    RETURN_STEP = "return_step"
    REQUEST_SUPPLEMENT = "request_supplement"
    SUPPLY = "supply"
    REQUEST_PAYMENT = "request_payment"
    PAY = "pay"
    SUSPEND = "suspend"
    RESUME = "resume"
    EXTEND = "extend"
    NOTIFY_DELAY = "notify_delay"
    CONSULT = "consult"
    ANSWER_CONSULTATION = "answer_consultation"
    DECIDE = "decide"
    MAKE_AVAILABLE = "make_available"
    HAND_OVER = "hand_over"
    WITHDRAW = "withdraw"
    STOP = "stop"
    WAIT = "wait"


class SkipUnit(StrEnum):
    """What time is skipped in."""

    WORKING_HOUR = "working_hour"
    WORKING_DAY = "working_day"
    HOUR = "hour"
    CALENDAR_DAY = "calendar_day"


@dataclass(frozen=True, slots=True)
class Skip:
    """How much time passes before a row."""

    value: Decimal
    unit: SkipUnit


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to a question of the procedure: its option."""

    question: str
    option: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many there are of what fees are counted by."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What is told at reception, as far as conditions read it (processes.shapes.FACTS)."""

    variant: str
    channel: Channel = Channel.COUNTER
    assisted: bool = False
    outside: bool = False
    answers: tuple[Answer, ...] = ()
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """What has to be after a row; None: nothing is asked. `steps`: codes of the rows that are open; `due`: when the
    dossier is due ("2026-03-05T17:00" in Vietnam, or "none"), `step_due` the leading step; `papers`: codes of the
    papers that the row done makes; `messages`: codes of what people are told (notifications.says); `refused`: the act
    is refused, and nothing is done."""

    state: State | None = None
    steps: tuple[str, ...] | None = None
    due: str | None = None
    step_due: str | None = None
    papers: tuple[str, ...] | None = None
    messages: tuple[str, ...] | None = None
    refused: bool = False


@dataclass(frozen=True, slots=True)
class ActRow:
    """Somebody in a seat (`position`; None: the applicant) does `act`, some time after the row before. `person`: which
    of the people in such seats; `step`: the code of the row meant, where several are open; `outcome` and `way` of a
    step, `to` of a return; `ground` of a pause, an extension or a stop, `value` in its unit; `plan`: the code of a
    consultation, or `whom` is asked beside the process ("agency:CODE", "unit:CODE", "position:KIND"), for `value`
    working days; `answer`: its outcome."""

    act: Does
    position: str | None = None
    person: int = 1
    after: Skip | None = None
    step: str | None = None
    outcome: str | None = None
    way: str | None = None
    to: str | None = None
    ground: str | None = None
    value: Decimal | None = None
    plan: str | None = None
    whom: tuple[str, ...] = ()
    answer: str | None = None
    expect: Expected = Expected()


@dataclass(frozen=True, slots=True)
class ProcessTest:
    """A test of a process, by its `code`. `begins`: when the dossier is received, in Vietnam. One that is `retired`
    is not run any more, for the reason told; `source`: what it was recorded from. `changes`: why what it asks
    was changed, once for each version that changed it, the first first."""

    code: str
    title: Say
    facts: Facts
    rows: tuple[ActRow, ...]
    begins: str = BEGINS
    source: str | None = None
    retired: str | None = None
    changes: tuple[str, ...] = ()
