"""The key of a next page as it stands in an address: a moment and an id, on a work list the step's number, too. What is
none begins at the first page."""

from datetime import UTC, datetime
from uuid import UUID

FIRST = "-infinity", "00000000-0000-0000-0000-000000000000", 0


def moment_key(after: str | None) -> tuple[str, str]:
    """Moment and id as the database reads them: what Python reads as either is not all that it does, nor its zones."""
    return step_key(after)[:2]


def step_key(after: str | None) -> tuple[str, str, int]:
    """The same with the step's number behind it; 0 where there is none."""
    moment, _, rest = (after or "").partition("_")
    dossier, _, step = rest.partition("_")
    try:
        last = str(UUID(dossier))
        number = int(step[:5] or 0)
        if moment == "infinity":
            return moment, last, number
        return datetime.fromisoformat(moment).astimezone(UTC).isoformat(), last, number
    except (ValueError, OverflowError):
        return FIRST
