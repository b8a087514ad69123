"""A published internal process as a step table (D6): steps, positions, times as written, ways on and back.

Read and checked in `checks`, walked in `graph`, put together out of others in `includes`; see ADR 0053.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from motcua.agencies.bodies import Body
from motcua.catalogue.shapes import Level, Limit, LimitUnit
from motcua.eforms.shapes import Rule
from motcua.kernel.say import Say
from motcua.processes.testing.shapes import ProcessTest

# The positions that may hold a step (D4).
STEP_POSITIONS = frozenset(
    {
        "reception_officer",
        "desk_manager",
        "cashier",
        "justice_officer",
        "economic_section",
        "culture_society_section",
        "clerk",
        "chair",
        "vice_chair",
        "specialist",
        "section_head",
        "director",
        "deputy_director",
    }
)


class StepKind(StrEnum):
    """`receive` and `return` are the dossier's own acts; the engine runs what lies between (D6)."""

    RECEIVE = "receive"
    EXAMINE = "examine"
    VERIFY = "verify"
    CONSULT = "consult"
    APPROVE = "approve"
    SEAL = "seal"
    RETURN = "return"


class WrittenUnit(StrEnum):
    """The unit as the approved table writes it; "ngày" does not say whether working or calendar."""

    DAY = "ngày"
    WORKING_DAY = "ngày làm việc"
    HOUR = "giờ"
    WORKING_HOUR = "giờ làm việc"


DAYS = frozenset({WrittenUnit.DAY, WrittenUnit.WORKING_DAY})

# What a condition may read: {"var": "variant"}, {"var": "answers.QUESTION"}. `outside`: the desk is another agency's;
# `outcome`: of the step just done (granted, partly, refused).
FACTS = ("variant", "channel", "assisted", "outside", "answers", "quantities", "outcome")


@dataclass(frozen=True, slots=True)
class StepTime:
    """The time of one step in one variant; a merged cell has no value, the step above covers it too."""

    variant: str
    value: Decimal | None = None
    unit: WrittenUnit | None = None
    merged_with_previous: bool = False


@dataclass(frozen=True, slots=True)
class Parallel:
    """A row that stands in one of several branches side by side. The row after the group waits for all of them."""

    group: str
    branch: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A way out of a step beside the next row: to the later row `to`."""

    code: str
    label: Say
    to: str


@dataclass(frozen=True, slots=True)
class StepPaper:
    """A paper that a step makes."""

    code: str
    title: Say
    required: bool = False


class Assignment(StrEnum):
    """Who of a step's seats gets it: all of them as one list, whoever has least, in turn, or by where it lies."""

    SHARED = "shared"
    LOAD = "load"
    ROTATION = "rotation"
    TERRITORY = "territory"


class Side(StrEnum):
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Escalation:
    """Who (`tell`, kinds of seats) is told how long before or after the step is due; working hours or days."""

    when: Side
    value: Decimal
    unit: LimitUnit
    tell: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who is consulted: an agency, a unit or a kind of seat; one of them."""

    agency: str | None = None
    unit: str | None = None
    position: str | None = None


@dataclass(frozen=True, slots=True)
class Consultation:
    """Whom a step asks, about what, until when. `tacit`: silence is agreement; `pauses`: the dossier's clock stops
    meanwhile, on `ground` of the procedure; `required`: the step can't end without it."""

    code: str
    whom: tuple[Addressee, ...]
    about: Say
    limit: Limit
    tacit: bool = False
    pauses: bool = False
    ground: str | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class PublishedProcess:
    """A published version of a process, by its code and number."""

    process: str
    number: int


@dataclass(frozen=True, slots=True)
class Included:
    """A row of a document that stands for the rows of another process; never of a published one. Its condition and its
    branch are those of every row (processes.includes)."""

    code: str
    includes: PublishedProcess


class Part(StrEnum):
    """A part of a dossier that a position may be shown."""

    PEOPLE = "people"
    FORM = "form"
    PAPERS = "papers"


@dataclass(frozen=True, slots=True)
class Sight:
    """A position that is listed sees only these parts of its dossiers."""

    position: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table. `positions` may hold it, the first as a rule; `returns_to` are codes above it.

    `when`: a condition (eforms.rules over FACTS) without which the row is passed over; `apart_from`: whoever did those
    rows may not do this one.
    """

    order: int
    code: str
    kind: StepKind
    work: Say
    positions: tuple[str, ...]
    times: tuple[StepTime, ...]
    outputs: tuple[Say, ...] = ()
    returns_to: tuple[str, ...] = ()
    when: Rule = None
    parallel: Parallel | None = None
    outcomes: tuple[Outcome, ...] = ()
    papers: tuple[StepPaper, ...] = ()
    assignment: Assignment = Assignment.SHARED
    apart_from: tuple[str, ...] = ()
    escalation: tuple[Escalation, ...] = ()
    consultations: tuple[Consultation, ...] = ()

    def time(self, variant: str) -> StepTime:
        """The time in `variant`; KeyError where the table has none."""
        return {t.variant: t for t in self.times}[variant]


@dataclass(frozen=True, slots=True)
class ProcessVariant:
    """A variant of the catalogue that this process serves, with the limit as the process states it."""

    code: str
    limit: Limit


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the approved table that an administrator should know."""

    code: str
    text: Say


@dataclass(frozen=True, slots=True)
class Passed:
    """A paper that goes with a child: the component of the parent that holds it, and the child's."""

    component: str
    to: str


@dataclass(frozen=True, slots=True)
class Fill:
    """An answer of a child's own electronic form: the path of its field ("members.0.name"), and the rule that makes it
    of the answers of the parent's form."""

    field: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Child:
    """A part that another agency settles as a dossier of its own (inter-agency procedure): the one of kind `body` that
    serves the place of the competent agency, within `limit`.

    It begins at reception, or once the row `after_step` is done, or when the part `after_child` has ended, however;
    where `when` (as of a row) does not hold, not at all. Of the parent it gets the people, `papers`, and of its
    electronic form either the fields `form` as they stand, or `fills`: its own procedure's form, filled in out of it.
    """

    code: str
    title: Say
    procedure: str
    variant: str
    body: Body
    limit: Limit
    after_step: str | None = None
    after_child: str | None = None
    when: Rule = None
    papers: tuple[Passed, ...] = ()
    form: tuple[str, ...] = ()
    fills: tuple[Fill, ...] = ()

    @property
    def needs_form(self) -> bool:
        """Whether it gets its own form, or fields, out of the parent's."""
        return bool(self.form or self.fills)


@dataclass(frozen=True, slots=True)
class ProcessVersion:
    """One published version of an internal process. Published means immutable.

    `area`: the answer that says in which area its dossiers lie ("answers.QUESTION", "form.FIELD"); left out, the
    applicant's address does.
    """

    code: str
    procedure: str
    title: Say
    level: Level
    source: str
    variants: tuple[ProcessVariant, ...]
    steps: tuple[Step, ...]
    issued_on: date | None = None
    findings: tuple[Finding, ...] = ()
    sees: tuple[Sight, ...] = ()
    children: tuple[Child, ...] = ()
    tests: tuple[ProcessTest, ...] = ()
    area: str = ""

    @property
    def running(self) -> tuple[Step, ...]:
        """The steps the engine runs: without `receive` and `return`."""
        return tuple(s for s in self.steps if s.kind not in (StepKind.RECEIVE, StepKind.RETURN))

    @property
    def deciding(self) -> Step:
        """The step that writes `decide`: the last running one (seal, or approve where none follows)."""
        return self.running[-1]

    def step(self, code: str) -> Step:
        """The step `code`; KeyError when there is none."""
        return {s.code: s for s in self.steps}[code]

    def after(self, code: str) -> Step | None:
        """The running step after `code` (of the receive row: the first); None after the last."""
        order = self.step(code).order
        return next((s for s in self.running if s.order > order), None)

    def times(self, variant: str) -> tuple[StepTime, ...]:
        """The times of all rows in `variant`, in order, for processes.dues."""
        return tuple(s.time(variant) for s in self.steps)
