"""What moves the due moment: supplements, suspensions, extensions, a new calendar; and the apology."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.calendars.calendar import WorkCalendar
from motcua.dossiers import events as e
from motcua.dossiers.attachments import Uploads, attach, files_of
from motcua.dossiers.due import answer_due, due_fact, moved_later
from motcua.dossiers.faults import FAULTS, said
from motcua.dossiers.operations.common import StepDue, basis_text, happened_at, reason_content
from motcua.dossiers.policy import check
from motcua.dossiers.projections.base import holder_before
from motcua.dossiers.projector import standing
from motcua.dossiers.record import Recorded, record
from motcua.dossiers.row import Row, ended_pauses, paused
from motcua.dossiers.states import ACTS, MOST_SUPPLEMENT_REQUESTS, Act, State
from motcua.kernel.actor import Actor
from motcua.kernel.codec import encode
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.text import clean
from motcua.kernel.time import local
from motcua.ledger.operations import claim


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPaper:
    """One item of a supplement request: a component of the variant (None: something else), its fault (a code of
    dossiers.faults, or "") and what to do."""

    component: str | None
    text: str = ""
    fault: str = ""


def request_supplement(
    *,
    row: Row,
    items: Sequence[MissingPaper],
    calendar: WorkCalendar,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Ask for everything that is missing, once (ND 118/2025 art. 17(2)(a)); the clock pauses if it runs.

    A second request is a leader's and counts as late (QD 766); a third is barred (ND 63/2010 art. 20(4)).
    """
    if row["supplement_count"] >= MOST_SUPPLEMENT_REQUESTS:
        raise NotAllowedNow(
            "Hồ sơ đã yêu cầu bổ sung hai lần; không được yêu cầu lần thứ ba (NĐ 63/2010 Đ20.4).",
            "Papers were asked for twice; a third request is barred (Decree 63/2010 art. 20.4).",
        )
    check(actor, Act.REQUEST_SUPPLEMENT, row, standing(row))
    if not items:
        raise Invalid(
            "Hãy ghi ít nhất một giấy tờ cần bổ sung.", "Name at least one missing paper.", field="items"
        )
    when = happened_at(at, paper, row)
    if any(item.fault and item.fault not in FAULTS for item in items):
        raise Invalid("Hãy chọn lỗi của giấy tờ.", "Choose what is wrong with the paper.", field="items")
    contents = [
        reason_content("supplement_item", said(item.fault, clean(item.text)), field="items") for item in items
    ]
    due = e.DueFact(due_at=None, limit_due_at=None)
    if row["clock_from"] is not None:
        due = due_fact(row, calendar, pauses=paused(row["pauses"], when, "supplement"))
    event = e.SupplementRequested(
        number=row["supplement_count"] + 1,
        stage=row["stage"],
        items=tuple(
            e.SupplementItem(item=str(n), component=item.component, text=kept.ref, fault=item.fault)
            for n, (item, kept) in enumerate(zip(items, contents, strict=True), 1)
        ),
        counts_as_late=row["supplement_count"] + 1 > 1,
        holder=e.HolderFact(holder="applicant"),
        due=due,
        occurred_at=when,
        paper=paper,
    )
    return record(row=row, event=event, actor=actor, at=at, contents=contents, paper=paper)


def supply(
    *,
    row: Row,
    items: Sequence[str],
    calendar: WorkCalendar,
    step_due: StepDue,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
    uploads: Uploads | None = None,
) -> Recorded:
    """Record papers that came in, by the numbers of the open request's items. With the last one the clock goes
    on, or before acceptance a new 8-hour clock starts, and the dossier goes back to who held it. `uploads` are
    files that the actor sent before, by item."""
    check(actor, Act.SUPPLY, row, standing(row))
    request = row["supplement"]
    open_items = [i["item"] for i in request["items"] if i["item"] not in request["supplied"]]
    given = [i for i in dict.fromkeys(items) if i in open_items]
    if not given or len(given) != len(set(items)):
        raise Invalid(
            "Hãy đánh dấu giấy tờ đã nhận trong danh sách còn thiếu.",
            "Mark the papers that came in, from the list of missing ones.",
            field="items",
        )
    attached = attach(_by_component(request, given, uploads or {}), actor=actor, at=at)
    complete = len(given) == len(open_items)
    when = happened_at(at, paper, row)
    due, due_of_step, answer_by = e.DueFact(due_at=None, limit_due_at=None), None, None
    if complete and row["clock_from"] is not None:
        due = due_fact(row, calendar, pauses=ended_pauses(row["pauses"], when))
        due_of_step = step_due(due)
    elif complete:
        answer_by = answer_due(when, calendar)
    event = e.Supplied(
        items=tuple(given),
        complete=complete,
        answer_due_at=answer_by,
        holder=holder_before(request["back_to"]) if complete else e.HolderFact(holder="applicant"),
        due=due,
        step_due_at=due_of_step,
        occurred_at=when,
        paper=paper,
        files=files_of(attached),
    )
    return record(row=row, event=event, actor=actor, at=at, attached=attached, paper=paper)


def _by_component(request: Mapping[str, Any], given: Sequence[str], uploads: Uploads) -> Uploads:
    """Files by the component their item names. Raises Invalid for a paper that did not come in."""
    components = {i["item"]: i["component"] or "" for i in request["items"]}
    found: dict[str, list[UUID]] = {}
    for item, files in uploads.items():
        if files and item not in given:
            raise Invalid(
                "Có tệp của giấy tờ chưa đánh dấu là đã nhận. Hãy đánh dấu giấy tờ ấy, hoặc bỏ tệp.",
                "There is a file of a paper that is not marked as come in. Mark the paper, or remove the file.",
                field="items",
            )
        found.setdefault(components.get(item, ""), []).extend(files)
    return found


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
    event = e.DossierResumed(due=due, step_due_at=step_due(due), occurred_at=when, paper=paper)
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
        step_due_at=None if due.due_at is None else step_due(due),
        occurred_at=when,
        paper=paper,
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept], paper=paper)


def notify_delay(
    *,
    row: Row,
    apology_date: date,
    reason: str,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Sign form 04: sorry, and a new date. Late stays late; no figure reads the apology date."""
    if row["received_at"] is None:
        check(actor, Act.NOTIFY_DELAY, row, standing(row))
        raise NotAllowedNow("Hồ sơ chưa được tiếp nhận.", "The dossier is not received yet.")
    check(actor, Act.NOTIFY_DELAY, row, standing(row))
    refuse_before_start(row)
    when = happened_at(at, paper, row)
    if apology_date <= local(when).date():
        raise Invalid("Ngày hẹn lại phải ở phía trước.", "The new date must be ahead.", field="apology_date")
    kept = reason_content("delay", reason)
    event = e.DelayNotified(apology_date=apology_date, reason=kept.ref, occurred_at=when, paper=paper)
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
    if State(row["state"]) not in ACTS[Act.NOTIFY_DELAY].sources or row["clock_from"] is None:
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
        step_due_at=None if new.due_at is None else step_due(new),
        occurred_at=max(at, row["head_at"]),
        to_tell=moved_later(old.due_at, new.due_at),
    )
    claim(stream=row["id"], seq=row["head_seq"] + 1, actor=actor, at=at)
    return record(row=row, event=event, actor=actor, at=at)
