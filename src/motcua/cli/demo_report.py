"""What a demonstration came to: counts by state and punctuality, and some receipts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich import box
from rich.table import Table

from motcua.dossiers.row import Row
from motcua.dossiers.states import LABELS, State
from motcua.kernel.say import Say
from motcua.kernel.time import local

EARLY, ON_TIME, LATE = "early", "on_time", "late"
AHEAD, DUE_TODAY, OVERDUE, PAUSED, NONE = "ahead", "due_today", "overdue", "paused", "none"
PUNCTUALITY = {
    EARLY: Say("sớm", "early"),
    ON_TIME: Say("đúng\nhạn", "on\ntime"),
    LATE: Say("trễ", "late"),
    AHEAD: Say("còn\nhạn", "ahead"),
    DUE_TODAY: Say("hôm\nnay", "today"),
    OVERDUE: Say("quá\nhạn", "over\ndue"),
    PAUSED: Say("tạm\ndừng", "paused"),
    NONE: Say("không\ntính", "n/a"),
}
TOTAL = Say("cộng", "total")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The dossiers of one demonstration as they stand at its end."""

    rows: Sequence[Row]
    acts: int
    turned: Sequence[str]
    until: datetime

    def counts(self) -> Counter[tuple[State, str]]:
        """How many dossiers stand in each state, and how punctual they are."""
        return Counter((State(row["state"]), punctuality(row, self.until)) for row in self.rows)

    def table(self) -> Table:
        """The counts as a table of at most 80 letters: states down, punctuality across."""
        counts = self.counts()
        kinds = [k for k in PUNCTUALITY if any(kind == k for _, kind in counts)]
        table = Table(
            title=f"{len(self.rows)} hồ sơ, {self.acts} việc · dossiers, acts",
            box=box.SIMPLE_HEAD,
            padding=(0, 1),
            collapse_padding=True,
            pad_edge=False,
        )
        table.add_column("trạng thái\nstate", no_wrap=True)
        for said in [PUNCTUALITY[kind] for kind in kinds] + [TOTAL]:
            table.add_column(f"{said.vi}\n{said.en}", justify="right")
        for state in State:
            if total := sum(n for (s, _), n in counts.items() if s is state):
                cells = [str(counts[state, kind] or "") for kind in kinds]
                table.add_row(f"{LABELS[state].vi}\n{LABELS[state].en}", *cells, str(total))
        sums = [str(sum(n for (_, k), n in counts.items() if k == kind)) for kind in kinds]
        table.add_section()
        table.add_row(f"{TOTAL.vi} · {TOTAL.en}", *sums, str(len(self.rows)))
        return table


def punctuality(row: Row, at: datetime) -> str:
    """How a dossier stands to its due moment at `at`; early means decided on a day before the due one."""
    due = row["due_at"]
    if row["decided_at"] is not None:
        if due is None:
            return NONE
        if row["decided_at"] > due:
            return LATE
        return EARLY if row["decided_on"] < row["due_on"] else ON_TIME
    if row["ended_at"] is not None or row["received_at"] is None:
        return NONE
    if due is None:
        return PAUSED
    if due < at:
        return OVERDUE
    return DUE_TODAY if row["due_on"] == local(at).date() else AHEAD
