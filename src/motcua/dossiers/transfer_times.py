"""What transfers took at an agency, by the agency at the other end: the giver's time and the receiver's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db import connection

from motcua.calendars.calendar import WorkCalendar
from motcua.dossiers.overview import READERS
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Denied

# A quarter of a year, and of it the newest only where there are more.
PERIOD = timedelta(days=90)
MOST = 5_000


@dataclass(frozen=True, slots=True)
class Moments:
    """One transfer of an agency with `other`, which it `gave` or was given."""

    gave: bool
    other: str
    sent_at: datetime
    delivered_at: datetime | None
    answered_at: datetime | None
    outcome: str


def transfer_moments(*, agency: str, viewer: Viewer, at: datetime) -> list[Moments]:
    """The transfers of `agency` in the PERIOD before `at`, the newest MOST of each way, and what is open longer. One
    statement, an index range for each part. Raises Denied for who does not watch over it."""
    if agency not in viewer.agencies(READERS):
        raise Denied("Ngoài phạm vi của bạn.", "Outside your scope.")
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(_way(*way, which) for way in _WAYS for which in _WHICH),
            {"agency": agency, "since": at - PERIOD, "most": MOST},
        )
        return [Moments(*values) for values in cursor.fetchall()]


_WAYS = (("true", "giver", '"to"'), ("false", '"to"', "giver"))
_WHICH = ("sent_at >= %(since)s", "sent_at < %(since)s AND answered_at IS NULL")


def _way(gave: str, ours: str, theirs: str, which: str) -> str:
    return (
        f"(SELECT {gave}, {theirs}, sent_at, delivered_at, answered_at, outcome FROM dossiers_transfer"  # noqa: S608
        f" WHERE {ours} = %(agency)s AND {which} ORDER BY sent_at DESC LIMIT %(most)s)"
    )


@dataclass(frozen=True, slots=True)
class Side:
    """What one side took of its own office hours, in minutes: in the middle and in nine of ten, of those over."""

    count: int
    middle: int
    most: int


@dataclass(frozen=True, slots=True)
class Times:
    """All transfers one way with one agency. `oldest`: since when the longest open one is on its way."""

    gave: bool
    other: str
    count: int
    silent: int
    declined: int
    open: int
    oldest: datetime | None
    giving: Side | None
    receiving: Side | None


def times(
    found: Iterable[Moments], *, agency: str, calendars: Mapping[str, WorkCalendar], at: datetime
) -> list[Times]:
    """The transfers by agency and way, those first that wait longest, then the most. Each side is measured by its own
    calendar: the giver until the papers were there, the receiver until it answered. Pure."""
    grouped: dict[tuple[bool, str], list[Moments]] = {}
    for one in found:
        grouped.setdefault((one.gave, one.other), []).append(one)
    lines = []
    for (gave, other), ones in grouped.items():
        giver, receiver = (agency, other) if gave else (other, agency)
        waits = [one.sent_at for one in ones if one.answered_at is None]
        given = [(one.sent_at, one.delivered_at) for one in ones]
        taken = [(one.delivered_at, one.answered_at) for one in ones if one.outcome != "ended"]
        lines.append(
            Times(
                gave=gave,
                other=other,
                count=len(ones),
                silent=sum(one.outcome in ("silent", "returned") for one in ones),
                declined=sum(one.outcome == "declined" for one in ones),
                open=len(waits),
                oldest=min(waits, default=None),
                giving=_side(given, calendars[giver]),
                receiving=_side(taken, calendars[receiver]),
            )
        )
    return sorted(lines, key=lambda line: (line.oldest or at, -line.count, line.other, line.gave))


def _side(spans: Iterable[tuple[datetime | None, datetime | None]], calendar: WorkCalendar) -> Side | None:
    minutes = sorted(
        int(calendar.office_time_between(since, until).total_seconds()) // 60
        for since, until in spans
        if since and until
    )
    if not minutes:
        return None
    return Side(len(minutes), int(median(minutes)), minutes[(9 * len(minutes) + 9) // 10 - 1])
