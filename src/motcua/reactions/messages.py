"""What people are told: after an event, from time alone, and what follows from how a message went (ADR 0039)."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from motcua.dossiers.news import Tells, day_words, news_of, when_words
from motcua.dossiers.notified import row_of
from motcua.dossiers.reminding import COLLECT, HALF_WAY, PAPERS, PAPERS_OVER, due_for, papers_occasions
from motcua.dossiers.row import Row
from motcua.dossiers.windows import supply_by
from motcua.flows import messages as flows
from motcua.flows.telling import hindrance, notice_of
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import NotAllowedNow, NotFound, Refusal
from motcua.kernel.say import Say
from motcua.kernel.time import Clock, local, parse_utc
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.chain import Envelope
from motcua.ledger.operations import AlreadyDone
from motcua.notifications import operations, selectors
from motcua.notifications.selectors import Settled
from motcua.notifications.sending import send_due

# What lies longer back is told by the tracking page: an installation filled from elsewhere writes to nobody.
NEWS = timedelta(days=3)
_PAGE = 200
log = logging.getLogger(__name__)


def tell_people(envelope: Envelope, *, position: int, clock: Clock) -> None:
    """Make the messages that an event is worth, where somebody would else call. Idempotent: one notice for each
    dossier and position. Nothing is sent here."""
    at = clock()
    if envelope.origin == "import" or at - envelope.at > NEWS:
        return
    row = row_of(envelope.stream)
    tells = news_of(envelope.type, envelope.data, row) if row else None
    if row is not None and tells is not None:
        _make(row, *tells, cause=str(position), as_of=envelope.seq, at=at)


def tell_in_time(*, clock: Clock, origin: str = "live") -> int:
    """Make the messages that time alone is worth; returns how many. Idempotent: one notice for each dossier and
    occasion."""
    at = clock()
    made = _each(HALF_WAY, at, _half_way) + _each(COLLECT, at, _collect)
    return made + sum(_each(what, at, _PAPERS[what], days) for what, days in papers_occasions())


def _half_way(row: Row) -> Tells:
    return HALF_WAY, {"due": when_words(row["due_at"])}


def _collect(row: Row) -> Tells:
    return COLLECT, {}


def _papers_again(row: Row) -> Tells:
    since = local(parse_utc(row["supplement"]["since"])).date()
    return PAPERS, {"since": day_words(since), **_until(row)}


def _papers_over(row: Row) -> Tells:
    return PAPERS_OVER, _until(row)


def _until(row: Row) -> dict[str, Say | str]:
    last_day = supply_by(row)
    return {"until": day_words(last_day) if last_day else ""}


_PAPERS = {PAPERS: _papers_again, PAPERS_OVER: _papers_over}


def _each(what: str, at: datetime, tells: Callable[[Row], Tells], days: int = 0) -> int:
    after: UUID | None = None
    made = 0
    while page := due_for(what, at=at, after=after, limit=_PAGE, days=days):
        causes = [(row["code"], _occasion(what, row, days)) for row in page]
        known = selectors.made_for(causes)
        made += sum(
            _make(row, *tells(row), cause=cause, as_of=row["head_seq"], at=at)
            for row, (code, cause) in zip(page, causes, strict=True)
            if (code, cause) not in known
        )
        after = page[-1]["id"]
    return made


def _occasion(what: str, row: Row, days: int) -> str:
    """Each occasion once: half-way, each reminder to collect, each reminder of each supplement, and its end."""
    return {
        HALF_WAY: what,
        COLLECT: f"{what}/{row['reminders']}",
        PAPERS: f"{what}/{row['supplement_count']}/{days}",
        PAPERS_OVER: f"{what}/{row['supplement_count']}",
    }[what]


def _make(
    row: Row, about: str, told: Mapping[str, Say | str], *, cause: str, as_of: int, at: datetime
) -> bool:
    notice = notice_of(row, about, told, cause=cause, as_of=as_of)
    if notice is None:
        return False
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh()):
        return operations.make(notice, at=at)


def erase_old_texts(*, clock: Clock, origin: str = "live") -> int:
    """Erase what old messages said; returns how many."""
    return operations.erase_texts(at=clock(), most=_PAGE)


def send_messages(*, clock: Clock, origin: str = "live") -> int:
    """One round of the sender: what is due goes out, and what has come to its end is noted where it counts."""
    return send_due(clock=clock, hindrance=hindrance) + note_outcomes(clock=clock, origin=origin)


def note_outcomes(*, clock: Clock, origin: str = "live") -> int:
    """Note what became of messages: what was told is the desk's no more, what could not be is. Returns how many.

    Idempotent, also with another worker beside: each notice is taken and noted in one transaction. What can't be noted
    now (the clock, something out of order) keeps for the next round.
    """
    noted = 0
    for notice in selectors.settled(limit=_PAGE):
        try:
            noted += _settle(notice, clock, origin, note=notice.about in flows.NOTED)
        except (AlreadyDone, NotAllowedNow, NotFound):
            # The matter is over, or was noted before: nobody needs the word any more.
            noted += _settle(notice, clock, origin, note=False)
        except Refusal as refusal:
            log.warning("what became of notice %s is noted later: %s", notice.id, type(refusal).__name__)
    return noted


def _settle(notice: Settled, clock: Clock, origin: str, *, note: bool) -> bool:
    """Note what became of one notice, and that this is done, in one transaction; False where another worker has."""
    at, request = clock(), Request.of(f"message/{notice.id}")
    told: dict[str, Any] = {"code": notice.reference, "about": notice.about, "as_of": notice.as_of}
    with unit_of_work(actor=SYSTEM, at=at, request=request, origin=origin):
        if not operations.settle(notice.id, outcome="reached" if notice.way else "missed", at=at):
            return False
        if note and notice.way:
            flows.reached(way=notice.way, actor=SYSTEM, at=at, **told)
        elif note and notice.way is not None:
            flows.missed(actor=SYSTEM, at=at, **told)
    return True
