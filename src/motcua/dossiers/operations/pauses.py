"""What moves the due moment: suspensions, extensions, a new calendar."""

from datetime import datetime

from motcua.calendars.calendar import WorkCalendar
from motcua.dossiers import events as e
from motcua.dossiers.due import due_fact, moved_later
from motcua.dossiers.operations.common import StepDue, basis_text, happened_at, reason_content
from motcua.dossiers.policy import check
from motcua.dossiers.projector import standing
from motcua.dossiers.record import Recorded, record
from motcua.dossiers.row import Row, ended_pauses, paused
from motcua.dossiers.states import DELAYED_IN, Act, State
from motcua.kernel.actor import Actor
from motcua.kernel.codec import encode
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.ledger.operations import claim


def suspend(
    *,
    row: Row,
    ground: str,
    basis: str,
    reason: str,
    until: datetime | None,
    calendar: WorkCalendar,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Pause the clock on a ground of the pinned version; past `until` it is listed as overdue to resume."""
    check(actor, Act.SUSPEND, row, standing(row))
    if row["suspended"]:
        raise NotAllowedNow("Hồ sơ đang tạm dừng.", "The dossier is suspended already.")
    kept = reason_content("suspension", reason)
    when = happened_at(at, paper, row)
    if until is not None and until <= when:
        raise Invalid("Hạn tạm dừng phải sau lúc này.", "The end of the pause must be ahead.", field="until")
    event = e.DossierSuspended(
        ground=ground,
        basis=basis_text(basis),
        reason=kept.ref,
        until=until,
        due=due_fact(row, calendar, pauses=paused(row["pauses"], when, "suspension", ground)),
        occurred_at=when,
        paper=paper,
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept], paper=paper)


def resume(
    *,
    row: Row,
    calendar: WorkCalendar,
    step_due: StepDue,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """End a suspension; the clock goes on with the due moment moved by what was lawful to leave out."""
    check(actor, Act.RESUME, row, standing(row))
    when = happened_at(at, paper, row)
    due = due_fact(row, calendar, pauses=ended_pauses(row["pauses"], when))
    event = e.DossierResumed(
        due=due,
        step_due_at=step_due(due),
        occurred_at=when,
        paper=paper,
        beside_due=step_due.of_beside(due),
    )
    return record(row=row, event=event, actor=actor, at=at, paper=paper)


def extend(
    *,
    row: Row,
    value: str,
    unit: str,
    ground: str,
    basis: str,
    reason: str,
    calendar: WorkCalendar,
    step_due: StepDue,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Lengthen the limit on a ground of the pinned version, before it expires. Raises NotAllowedNow after."""
    check(actor, Act.EXTEND, row, standing(row))
    refuse_before_start(row)
    when = happened_at(at, paper, row)
    kept = reason_content("extension", reason)
    before = due_fact(row, calendar)
    due_before = before.due_at or due_fact(row, calendar, pauses=[p for p in row["pauses"] if p["to"]]).due_at
    if due_before is None or when > due_before:
        raise NotAllowedNow(
            "Thời hạn đã hết nên không thể gia hạn; hãy xin lỗi và hẹn lại.",
            "The limit has run out, so it can't be extended; notify the delay instead.",
        )
    added = {"at": encode(when), "value": value, "unit": unit, "ground": ground}
    due = due_fact(row, calendar, extensions=[*row["extensions"], added])
    event = e.DossierExtended(
        value=value,
        unit=unit,
        ground=ground,
        basis=basis_text(basis),
        reason=kept.ref,
        due=due,
        step_due_at=step_due(due),
        occurred_at=when,
        paper=paper,
        beside_due=step_due.of_beside(due),
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept], paper=paper)


def refuse_before_start(row: Row) -> None:
    """Raise NotAllowedNow while the competent agency has not accepted the dossier: no limit runs yet."""
    if row["clock_from"] is None:
        raise NotAllowedNow(
            "Thời hạn chưa bắt đầu: cơ quan có thẩm quyền chưa nhận hồ sơ.",
            "The limit has not started: the competent agency has not accepted the dossier yet.",
        )


def apply_calendar(
    *, row: Row, calendar: WorkCalendar, step_due: StepDue, actor: Actor, at: datetime
) -> Recorded | None:
    """Move the due moments of an open dossier to what the calendar now in force says; None when nothing moves.

    Reactions call it after an edition was published; both old and new dates stand in the event.
    """
    if State(row["state"]) not in DELAYED_IN or row["clock_from"] is None:
        return None
    new = due_fact(row, calendar)
    if (new.due_at, new.limit_due_at) == (row["due_at"], row["limit_due_at"]):
        return None
    old = e.DueFact(
        due_at=row["due_at"],
        limit_due_at=row["limit_due_at"],
        provisional=row["provisional"],
        calendar_edition=row["calendar_edition"],
    )
    event = e.CalendarApplied(
        edition=new.calendar_edition,
        old=old,
        new=new,
        step_due_at=step_due(new),
        occurred_at=max(at, row["head_at"]),
        to_tell=moved_later(old.due_at, new.due_at),
        beside_due=step_due.of_beside(new),
    )
    claim(stream=row["id"], seq=row["head_seq"] + 1, actor=actor, at=at)
    return record(row=row, event=event, actor=actor, at=at)
