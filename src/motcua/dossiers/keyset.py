"""The key of a next page as it stands in an address: a moment and an id. What is none begins at the first page."""

from datetime import UTC, datetime
from uuid import UUID

FIRST = "-infinity", "00000000-0000-0000-0000-000000000000"


def moment_key(after: str | None) -> tuple[str, str]:
    """Moment and id as the database reads them: what Python reads as either is not all that it does, nor its zones."""
    moment, _, dossier = (after or "").partition("_")
    try:
        last = str(UUID(dossier))
        if moment == "infinity":
            return moment, last
        return datetime.fromisoformat(moment).astimezone(UTC).isoformat(), last
    except (ValueError, OverflowError):
        return FIRST
