"""The letter of apology: prepared by whoever has the dossier, signed or given back by a leader."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.calendars.calendar import WorkCalendar
from motcua.dossiers import events as e
from motcua.dossiers.content import NewContent
from motcua.dossiers.delays import after_due, check_day, known_cause, waits
from motcua.dossiers.operations.common import happened_at, reason_content
from motcua.dossiers.operations.pauses import refuse_before_start
from motcua.dossiers.policy import check
from motcua.dossiers.projector import standing
from motcua.dossiers.record import Recorded, record
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act
from motcua.kernel.actor import Actor
from motcua.kernel.errors import NotAllowedNow


def prepare_delay(
    *,
    row: Row,
    apology_date: date,
    cause: str,
    reason: str,
    calendar: WorkCalendar,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Prepare form 04 for a leader: why, and a new date. It replaces one that waits. Raises Invalid for a date that
    can't be promised. Source: TT 03/2025/TT-VPCP, form 04."""
    check(actor, Act.PREPARE_DELAY, row, standing(row))
    told, kept = _written(row, apology_date, cause, reason, calendar=calendar, at=at, paper=paper)
    return record(row=row, event=e.DelayPrepared(**told), actor=actor, at=at, contents=[kept], paper=paper)


def send_back_delay(
    *,
    row: Row,
    signs: int | None,
    reason: str,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Give back what was prepared in event `signs`, unsigned, with a reason. Raises NotAllowedNow where something else
    waits by now."""
    check(actor, Act.SEND_BACK_DELAY, row, standing(row))
    refuse_replaced(row, signs)
    kept = reason_content("delay_sent_back", reason)
    event = e.DelaySentBack(
        prepared=_preparer(row), reason=kept.ref, occurred_at=happened_at(at, paper, row), paper=paper
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept], paper=paper)


def notify_delay(
    *,
    row: Row,
    apology_date: date,
    cause: str,
    reason: str,
    calendar: WorkCalendar,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Sign form 04 that nobody prepared: sorry, and a new date. Late stays late; no figure reads the apology date.
    Raises NotAllowedNow where one is prepared: that is signed, or given back first."""
    check(actor, Act.NOTIFY_DELAY, row, standing(row))
    refuse_replaced(row, None)
    told, kept = _written(row, apology_date, cause, reason, calendar=calendar, at=at, paper=paper)
    event = e.DelayNotified(**told, after_due=after_due(row, told["occurred_at"]))
    return record(row=row, event=event, actor=actor, at=at, contents=[kept], paper=paper)


def sign_delay(
    *,
    row: Row,
    signs: int,
    calendar: WorkCalendar,
    actor: Actor,
    at: datetime,
    apology_date: date | None = None,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Sign form 04 as it was prepared in event `signs`, or with another new date. Raises Denied for who prepared it,
    Invalid where its date can't be promised any more, NotAllowedNow where something else waits by now."""
    check(actor, Act.NOTIFY_DELAY, row, standing(row))
    refuse_replaced(row, signs)
    prepared, when = row["delay"], happened_at(at, paper, row)
    day = apology_date or date.fromisoformat(prepared["apology_date"])
    check_day(day, row=row, calendar=calendar, when=when, at=at)
    event = e.DelayNotified(
        apology_date=day,
        due_at=row["due_at"],
        cause=prepared["cause"],
        reason=e.TextRef(
            content=UUID(prepared["reason"]["content"]), digest=bytes.fromhex(prepared["reason"]["digest"])
        ),
        after_due=after_due(row, when),
        prepared=_preparer(row),
        occurred_at=when,
        paper=paper,
    )
    return record(row=row, event=event, actor=actor, at=at, paper=paper)


def refuse_replaced(row: Row, signs: int | None) -> None:
    """Raise NotAllowedNow unless the letter that waits is the one prepared in event `signs` (None: none waits)."""
    if (row["delay"]["seq"] if waits(row) else None) != signs:
        raise NotAllowedNow(
            "Văn bản xin lỗi vừa được trình, trình lại hoặc trả lại; hãy xem lại hồ sơ.",
            "A letter of apology was prepared, replaced or given back just now; look at the dossier again.",
        )


def _written(
    row: Row,
    apology_date: date,
    cause: str,
    reason: str,
    *,
    calendar: WorkCalendar,
    at: datetime,
    paper: e.PaperMark | None,
) -> tuple[dict[str, Any], NewContent]:
    """What the events of a letter written now share, and its words."""
    refuse_before_start(row)
    when = happened_at(at, paper, row)
    check_day(apology_date, row=row, calendar=calendar, when=when, at=at)
    kept = reason_content("delay", reason)
    return {
        "apology_date": apology_date,
        "due_at": row["due_at"],
        "cause": known_cause(cause),
        "reason": kept.ref,
        "occurred_at": when,
        "paper": paper,
    }, kept


def _preparer(row: Row) -> e.Proposer:
    prepared = row["delay"]
    return e.Proposer(by=prepared["by"], position=prepared["position"], seq=prepared["seq"])
