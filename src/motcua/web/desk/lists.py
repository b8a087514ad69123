"""A line of a list as people read it: the name masked, titles and holders in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.dossiers.selectors import Line
from motcua.dossiers.states import ENDED, State
from motcua.kernel.say import Say
from motcua.kernel.text import mask_name
from motcua.web.desk import words
from motcua.web.desk.known import staff_names, titles


@dataclass(frozen=True, slots=True)
class ListRow:
    """One dossier in a list. `person` holds it, or "" where it waits on the shared list `place`."""

    line: Line
    name: str
    title: str
    place: Say
    person: str

    @property
    def label(self) -> Say:
        """The state in words; a suspension is said where it hides behind the state."""
        return words.SUSPENDED if self.line.suspended else self.line.label

    @property
    def tone(self) -> str:
        """What gives the state its colour."""
        return "suspended" if self.line.suspended else self.line.state.value

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands still."""
        return self.line.suspended or self.line.state is State.SUPPLEMENT_REQUESTED

    @property
    def is_submitted(self) -> bool:
        """Whether the desk has to answer it."""
        return self.line.state is State.SUBMITTED

    @property
    def is_timed(self) -> bool:
        """Whether a due date says anything: not before reception, nor for an end without a decision."""
        over = self.line.state in ENDED and self.line.decided_at is None
        return self.line.received_at is not None and not over


def rows(lines: Sequence[Line]) -> list[ListRow]:
    """The lines of one page. At most two statements, and none for what this process knows already."""
    names = staff_names(line.holder_account for line in lines)
    told = titles(line.procedure for line in lines)
    return [
        ListRow(
            line=line,
            name=mask_name(line.name),
            title=told[line.procedure],
            place=words.APPLICANT if line.holder_kind == "applicant" else words.queue(line.queue),
            person=names.get(line.holder_account, ""),
        )
        for line in lines
    ]
