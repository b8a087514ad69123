"""Which open dossiers a calendar moves: the same reckoning as the act that moves them, without the act."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db import connection

from motcua.calendars.calendar import WorkCalendar
from motcua.dossiers.due import due_fact, moved_later
from motcua.dossiers.record import as_row
from motcua.dossiers.row import Row
from motcua.dossiers.selectors import running_after
from motcua.dossiers.sight import NAME, eyes
from motcua.kernel.actor import Viewer

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Move:
    """An open dossier whose promise or limit falls on another moment; `old` and `new` are its due moments."""

    id: UUID
    code: str
    old: datetime | None
    new: datetime | None

    @property
    def is_later(self) -> bool:
        """Whether the date its applicant was given comes later."""
        return moved_later(self.old, self.new)


def moves(*, agency: str, calendar: Callable[[str], WorkCalendar]) -> list[Move]:
    """What `calendar` (by competent agency) would move of the running dossiers of `agency` ("" for all)."""
    by_agency = cache(calendar)
    found = []
    for row in _running(agency):
        new = due_fact(row, by_agency(row["competent_agency"]))
        if (new.due_at, new.limit_due_at) != (row["due_at"], row["limit_due_at"]):
            found.append(Move(row["id"], row["code"], row["due_at"], new.due_at))
    return found


def names_of(dossiers: Collection[UUID], *, viewer: Viewer) -> dict[UUID, str]:
    """The names that dossiers are listed by, as `viewer` sees them. The caller has checked who may see the dossiers,
    and masks them."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT d.id, {NAME} FROM dossiers_dossier d LEFT JOIN dossiers_label l ON l.dossier = d.id"  # noqa: S608
            " WHERE d.id = ANY(%(dossiers)s)",
            {"dossiers": list(dossiers), **eyes(viewer)},
        )
        return dict(cursor.fetchall())


def _running(agency: str) -> Iterator[Row]:
    after: UUID | None = None
    while page := running_after(agency=agency, after=after, limit=_PAGE):
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM dossiers_dossier WHERE id = ANY(%s) ORDER BY id", [page])
            names = [c.name for c in cursor.description]
            yield from [as_row(names, values) for values in cursor.fetchall()]
        after = page[-1]
