"""A line of a list as people read it: the name masked, titles and holders in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from motcua.calendars.calendar import WorkCalendar
from motcua.catalogue.selectors import versions as procedure_versions
from motcua.dossiers.selectors import Line
from motcua.dossiers.states import ENDED, State
from motcua.dossiers.worklist import Waiting
from motcua.kernel.say import Say
from motcua.kernel.text import mask_name
from motcua.processes.routing import by_number, is_approval
from motcua.processes.selectors import versions as process_versions
from motcua.processes.shapes import ProcessVersion, Step
from motcua.web.desk import words
from motcua.web.desk.known import staff_names
from motcua.web.desk.seeking import place_of


@dataclass(frozen=True, slots=True)
class ListRow:
    """One dossier in a list. `person` holds it, or "" where it waits on the shared list `place`; `task` is the
    work of the open step, `work` what that is: step, approve or issue. Of a work list: `why` it stands there, what
    its address keeps of the place in it, and the calendar it is measured by; of the signing room also why who looks may
    not sign it (`barred`)."""

    line: Line
    name: str
    title: Say
    task: Say | None
    place: Say
    person: str
    work: str = ""
    why: tuple[Say, ...] = ()
    leads_on: str = ""
    calendar: WorkCalendar | None = None
    barred: Say | None = None

    @property
    def label(self) -> Say:
        """The state in words; what hides behind it is said: a suspension, a void receipt, a revoked result."""
        line = self.line
        return words.state(
            line.label,
            suspended=line.suspended,
            stop_ground=line.stop_ground,
            revoked=line.result_revoked,
        )

    @property
    def tone(self) -> str:
        """What gives the state its colour."""
        return "suspended" if self.line.suspended else self.line.state.value

    @property
    def came(self) -> list[Say]:
        """How it was handed in, where that was not at the counter by who applies."""
        helped = [words.HANDED_IN_FOR] if self.line.assisted else []
        return [words.CHANNELS["online"], *helped] if self.line.channel == "online" else helped

    @property
    def mark(self) -> Say | None:
        """What lies with whoever works on it since it was asked for: the papers have come."""
        is_open = self.line.state in (State.SUBMITTED, State.RECEIVED, State.IN_PROCESS)
        return words.SUPPLIED if self.line.supplied and is_open else None

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands still."""
        return self.line.suspended or self.line.state in (State.SUPPLEMENT_REQUESTED, State.TRANSFERRED)

    @property
    def is_submitted(self) -> bool:
        """Whether the desk has to answer it."""
        return self.line.state is State.SUBMITTED

    @property
    def is_timed(self) -> bool:
        """Whether a due date says anything: not before its limit runs, nor for an end without a decision."""
        over = self.line.state in ENDED and self.line.decided_at is None
        runs = self.line.process_version is not None or self.line.decided_at is not None
        return self.line.received_at is not None and runs and not over


def rows(lines: Sequence[Line]) -> list[ListRow]:
    """The lines of one page. At most three statements, and none for what this process knows already."""
    names = staff_names(line.holder_account for line in lines)
    procedures = procedure_versions(line.procedure_version for line in lines)
    processes = process_versions(line.process_version for line in lines if line.process_version)
    return [
        ListRow(
            line=line,
            name=mask_name(line.name),
            title=procedures[line.procedure_version].title,
            task=step.work if (step := _step(line, processes)) else None,
            work=_work(line, step, processes),
            place=words.APPLICANT if line.holder_kind == "applicant" else words.queue(line.queue),
            person=names.get(line.holder_account, ""),
        )
        for line in lines
    ]


def work_rows(waiting: Sequence[Waiting], fields: Mapping[str, str] | None) -> list[ListRow]:
    """The lines of a work list narrowed to `fields`, each leading to its dossier with its place; None: narrowed to
    what no address holds. Statements as `rows`."""
    return [
        replace(
            row,
            why=one.why,
            leads_on="" if fields is None else place_of(one, fields),
            calendar=one.calendar,
        )
        for row, one in zip(rows([one.line for one in waiting]), waiting, strict=True)
    ]


def _step(line: Line, processes: Mapping[UUID, ProcessVersion]) -> Step | None:
    if line.step is None or line.process_version is None:
        return None
    return by_number(processes[line.process_version], line.step)


def _work(line: Line, step: Step | None, processes: Mapping[UUID, ProcessVersion]) -> str:
    if step is None or line.process_version is None:
        return ""
    if is_approval(step):
        return "approve"
    return "issue" if step.order == processes[line.process_version].deciding.order else "step"
