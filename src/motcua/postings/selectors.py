"""What hangs on a wall, and what was put there when."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.agencies.selectors import account_names
from motcua.kernel.actor import Viewer
from motcua.postings.board import Board
from motcua.postings.models import Print
from motcua.postings.policy import poster
from motcua.postings.wall import Form, Hung

A_PAGE = 10


def wall_of(agency: str, form: Form) -> dict[str, Hung]:
    """What hangs on the wall of `agency` in that form. One statement."""
    last = (
        Print.objects.filter(agency=agency, form=form).order_by("-seq").values_list("wall", flat=True).first()
    )
    return {code: Hung.read(told) for code, told in (last or {}).items()}


def belongs_on(found: Board) -> dict[str, Hung]:
    """What belongs on the wall of a board's agency. Two statements at most."""
    return {
        one.offer.version.code: Hung.of(one.offer, since=one.since)
        for one in found.posted([each.code for each in found.listed])
    }


@dataclass(frozen=True, slots=True)
class Printed:
    """A print as its history shows it."""

    id: UUID
    form: Form
    sector: str
    whole: bool
    posted: int
    taken_down: int
    at: datetime
    by: str


def history(*, agency: str, viewer: Viewer, before: int = 0) -> tuple[list[Printed], int | None]:
    """What was put on the wall of `agency`, the newest first, and the key of what follows. Two statements. Raises
    Denied for who does not post there."""
    poster(viewer, agency)
    found = Print.objects.filter(agency=agency).order_by("-seq").defer("wall", "digest")
    if before:
        found = found.filter(seq__lt=before)
    rows = list(found[: A_PAGE + 1])
    names = account_names({UUID(row.by) for row in rows})
    shown = [
        Printed(
            id=row.id,
            form=Form(row.form),
            sector=row.sector,
            whole=row.whole,
            posted=len(row.posted),
            taken_down=len(row.taken_down),
            at=row.posted_at,
            by=names.get(UUID(row.by), ""),
        )
        for row in rows[:A_PAGE]
    ]
    return shown, rows[A_PAGE - 1].seq if len(rows) > A_PAGE else None
