"""Instants are aware and in UTC inside; the zone of the house is used at the edges only."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

Clock = Callable[[], datetime]


def now() -> datetime:
    """The server's clock, read once for each request by the edge."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """`moment` on the wall clock of Vietnam."""
    return moment.astimezone(ZONE)


def utc_text(moment: datetime) -> str:
    """`moment` as the ledger writes it: UTC, microseconds, a final Z.

    Raises ValueError for a naive one: read on the machine's own clock it would be another instant.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs an offset")
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def parse_utc(text: str) -> datetime:
    """The instant that `utc_text` wrote."""
    return datetime.fromisoformat(text)
