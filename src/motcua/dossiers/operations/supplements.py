"""What is missing or wrong, asked for once, and answered item by item."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from motcua.calendars.calendar import WorkCalendar
from motcua.dossiers import events as e
from motcua.dossiers.attachments import NewAttachment, Uploads, attach, files_of
from motcua.dossiers.content import NewContent
from motcua.dossiers.due import answer_due, due_fact
from motcua.dossiers.faults import FAULTS, said
from motcua.dossiers.operations.common import StepDue, happened_at, reason_content
from motcua.dossiers.operations.reception import FormAnswers, form_fact
from motcua.dossiers.policy import check
from motcua.dossiers.projections.base import holder_before
from motcua.dossiers.projector import standing
from motcua.dossiers.record import Recorded, record
from motcua.dossiers.row import Row, ended_pauses, paused
from motcua.dossiers.states import MOST_SUPPLEMENT_REQUESTS, Act
from motcua.dossiers.windows import refuse_late
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.text import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPaper:
    """One item of a supplement request: a component of the variant (None: something else), its fault (a code of
    dossiers.faults, or "") and what to do; or what is wrong in the electronic form: its `topic`, and `fields` of it
    (none: all of it)."""

    component: str | None
    text: str = ""
    fault: str = ""
    topic: str = ""
    fields: tuple[str, ...] = ()


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
    event, contents = asked(row, items, calendar=calendar, when=happened_at(at, paper, row))
    event = replace(event, paper=paper)
    return record(row=row, event=event, actor=actor, at=at, contents=contents, paper=paper)


def asked(
    row: Row, items: Sequence[MissingPaper], *, calendar: WorkCalendar, when: datetime, child: str = ""
) -> tuple[e.SupplementRequested, list[NewContent]]:
    """The event that asks for `items`, for a `child` or for the dossier itself, and their words as contents."""
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
            e.SupplementItem(
                item=str(n),
                component=item.component,
                text=kept.ref,
                fault=item.fault,
                topic=item.topic,
                fields=item.fields,
            )
            for n, (item, kept) in enumerate(zip(items, contents, strict=True), 1)
        ),
        counts_as_late=row["supplement_count"] + 1 > 1,
        holder=e.HolderFact(holder="applicant"),
        due=due,
        occurred_at=when,
        child=child,
    )
    return event, contents


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies:
    """What items of the open request are answered with, beside papers at the desk: `uploads`, files that the actor sent
    before, and `words`, each by item; the `form` as it is from now on, of which `fields` were answered anew, with its
    files (`form_uploads`, by component)."""

    uploads: Uploads = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    form: FormAnswers | None = None
    fields: Sequence[str] = ()
    form_uploads: Uploads = field(default_factory=dict)


def supply(
    *,
    row: Row,
    items: Sequence[str],
    calendar: WorkCalendar,
    step_due: StepDue,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
    replies: Replies | None = None,
) -> Recorded:
    """Record what came in, by the numbers of the open request's items. With the last one the clock goes on, or before
    acceptance a new 8-hour clock starts, and the dossier goes back to who held it.

    Raises Invalid for items that the request does not have, and for one about the form without the form;
    NotAllowedNow for what was answered before, and for an applicant after the last day."""
    check(actor, Act.SUPPLY, row, standing(row))
    if actor.kind == "citizen":
        refuse_late(row, at=at)
    told, request = replies or Replies(), row["supplement"]
    given, complete = _given(request, items)
    _refuse_elsewhere(request, given, told)
    attached, replied, contents = _replied(request, given, told, actor=actor, at=at)
    when = happened_at(at, paper, row)
    due, due_of_step, answer_by = e.DueFact(due_at=None, limit_due_at=None), None, None
    beside_due: tuple[e.StepDueFact, ...] = ()
    if complete and row["clock_from"] is not None:
        due = due_fact(row, calendar, pauses=ended_pauses(row["pauses"], when))
        due_of_step, beside_due = step_due(due), step_due.of_beside(due)
    elif complete:
        answer_by = answer_due(when, calendar)
    event = e.Supplied(
        items=given,
        complete=complete,
        answer_due_at=answer_by,
        holder=holder_before(request["back_to"]) if complete else e.HolderFact(holder="applicant"),
        due=due,
        step_due_at=due_of_step,
        occurred_at=when,
        paper=paper,
        files=files_of(attached),
        replies=replied,
        form=form_fact(told.form, contents),
        fields=tuple(told.fields),
        beside_due=beside_due,
    )
    return record(row=row, event=event, actor=actor, at=at, contents=contents, attached=attached, paper=paper)


def _given(request: Mapping[str, Any], items: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """The items that are answered now, and whether nothing is left then."""
    asked, given = [i["item"] for i in request["items"]], tuple(dict.fromkeys(items))
    if not given or not set(given) <= set(asked):
        raise Invalid(
            "Hãy đánh dấu giấy tờ đã nhận trong danh sách còn thiếu.",
            "Mark the papers that came in, from the list of missing ones.",
            field="items",
        )
    if set(given) & set(request["supplied"]):
        raise NotAllowedNow(
            "Mục này đã được bổ sung trước đó, có thể từ máy khác; lần gửi này không ghi gì.",
            "This item was answered before, perhaps on another device; nothing was written this time.",
        )
    return given, len(given) + len(request["supplied"]) == len(asked)


def _refuse_elsewhere(request: Mapping[str, Any], given: Collection[str], told: Replies) -> None:
    """Raise Invalid for files or words of an item that is not answered now, and where one about the form comes without
    the form or words, or the form without such an item."""
    if {item for item, said in [*told.uploads.items(), *told.words.items()] if said} - set(given):
        raise Invalid(
            "Có tệp của giấy tờ chưa đánh dấu là đã nhận. Hãy đánh dấu giấy tờ ấy, hoặc bỏ tệp.",
            "There is a file of a paper that is not marked as come in. Mark the paper, or remove the file.",
            field="items",
        )
    about = [i["item"] for i in request["items"] if i["item"] in given and i.get("topic")]
    is_told = told.form is not None
    if (is_told and not about) or (not is_told and any(not told.words.get(item) for item in about)):
        raise Invalid(
            "Mục của tờ khai điện tử được sửa ngay trên tờ khai.",
            "What is wrong in the electronic form is mended in the form itself.",
            field="items",
        )


def _replied(
    request: Mapping[str, Any], given: Collection[str], told: Replies, *, actor: Actor, at: datetime
) -> tuple[tuple[NewAttachment, ...], tuple[e.ReplyFact, ...], list[NewContent]]:
    """The files by component, what each item was answered with, and the words as contents."""
    items = {i["item"]: i["component"] or "" for i in request["items"]}
    form = {f"form.{component}": component for component in told.form_uploads}
    sent = {item: told.uploads.get(item, ()) for item in items} | {
        key: told.form_uploads[component] for key, component in form.items()
    }
    by_item = attach(sent, actor=actor, at=at)
    kept = {
        item: reason_content("supplement_reply", words, field=f"words_{item}")
        for item, words in told.words.items()
        if clean(words)
    }
    replied = (
        e.ReplyFact(
            item=item,
            text=kept[item].ref if item in kept else None,
            file_digests=tuple(one.file.digest.hex() for one in by_item if one.component == item),
        )
        for item in given
    )
    return (
        tuple(replace(one, component=(items | form)[one.component]) for one in by_item),
        tuple(one for one in replied if one.text or one.file_digests),
        list(kept.values()),
    )
