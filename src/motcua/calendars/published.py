"""The editions published here, as a history: what, when, on which basis, by whom."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.calendars.editions import Edition, edition_from
from motcua.calendars.models import PublishedEdition
from motcua.kernel.errors import NotFound
from motcua.ledger.selectors import firsts

EDITIONS_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Published:
    """One edition; `account` None where the installation itself published it."""

    id: UUID
    agency: str
    basis: str
    at: datetime
    account: UUID | None
    position_kind: str
    edition: Edition


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """A page of them; `following`: the key of the next page."""

    lines: tuple[Published, ...]
    following: str | None


def published(*, agency: str, after: str = "") -> PublishedPage:
    """The editions that make the calendar of `agency`, the nation's and its own, newest first. Two statements."""
    rows = PublishedEdition.objects.filter(agency__in=["", agency]).order_by("-id")
    if after:
        rows = rows.filter(id__lt=UUID(after))
    found = list(rows[: EDITIONS_A_PAGE + 1])
    lines = _lines(found[:EDITIONS_A_PAGE])
    return PublishedPage(lines, str(lines[-1].id) if len(found) > EDITIONS_A_PAGE else None)


def published_edition(edition: UUID) -> Published:
    """One of them. Raises NotFound."""
    lines = _lines(list(PublishedEdition.objects.filter(id=edition)))
    if not lines:
        raise NotFound("Không có văn bản lịch này.", "There is no such calendar edition.")
    return lines[0]


def _lines(rows: list[PublishedEdition]) -> tuple[Published, ...]:
    events = firsts([row.id for row in rows])
    return tuple(
        Published(
            id=row.id,
            agency=row.agency,
            basis=row.basis,
            at=row.published_at,
            account=UUID(actor["id"]) if actor["kind"] == "staff" else None,
            position_kind=actor.get("position_kind") or "",
            edition=edition_from(row.body),
        )
        for row, actor in ((row, events[row.id].actor) for row in rows)
    )
