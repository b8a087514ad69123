"""A list of applicants of one submitter: checked line by line, confirmed, received in bounded units of work."""

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from motcua.agencies.selectors import agency as agency_facts
from motcua.catalogue.selectors import offer, versions
from motcua.dossiers.visits import of_visit
from motcua.files.uploads import ReceivedFile
from motcua.flows.reception import Intake, receive as receive_dossier
from motcua.kernel.actor import Actor, Viewer
from motcua.kernel.errors import ClockStepped, Invalid, Refusal, Unavailable
from motcua.kernel.time import local
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.parties.papers import PAPERS, short_name
from motcua.reception.operations import batches
from motcua.reception.operations.batches import MOST_ROWS
from motcua.reception.selectors.batches import Row, Shown, batch as find_batch
from motcua.reception.xlsx import LARGEST_FILE, read_sheet
from motcua.web.common.requests import now_of, staff
from motcua.web.common.wording import moment, say
from motcua.web.counter.access import desk_seat, is_at_desk
from motcua.web.counter.batch_rows import COLUMNS, particulars, rows_of
from motcua.web.counter.draft import Draft
from motcua.web.counter.intakes import NOT_KEPT
from motcua.web.counter.typed import as_typed
from motcua.web.counter.visits import NO_VISIT

AT_ONCE = 40  # dossiers of one request: about a second
EXAMPLE = ["Nguyễn Văn A", "CCCD", "001090000001", "05/09/1990", "0912345678", "", "Thôn 1, Xã Mẫu"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def check_list(request: HttpRequest, draft: Draft) -> HttpResponseRedirect:
    """Read the list posted with a draft that is in order, and keep it with its findings. Raises Invalid."""
    viewer = staff(request)
    seat, at = desk_seat(viewer), now_of(request)
    sent = request.FILES.get("list")
    if not isinstance(sent, ReceivedFile):
        raise Invalid("Hãy chọn tệp danh sách (.xlsx).", "Choose the list's file (.xlsx).", field="list")
    with sent.read_opened() as opened:
        body = opened.read(LARGEST_FILE + 1)
    rows = rows_of(read_sheet(body), today=local(at).date())
    fields = {
        name: [str(value) for value in values]
        for name, values in draft.typed.lists()
        if name not in NOT_KEPT and not name.startswith("_")
    }
    found = batches.open_batch(fields=fields, rows=rows, account=viewer.account, seat=seat, at=at)
    return HttpResponseRedirect(reverse("batch", args=[found]))


def _found(request: HttpRequest, which: UUID) -> tuple[Viewer, Shown]:
    viewer = staff(request)
    if not is_at_desk(viewer):
        raise batches.no_such_batch()
    return viewer, find_batch(which, viewer=viewer, at=now_of(request))


@require_safe
def page(request: HttpRequest, batch: UUID) -> HttpResponse:
    """The list: how many lines are good, what is wrong with the others, how far receiving has come."""
    _viewer, shown = _found(request, batch)
    findings = [
        (str(row.line), row.fields["name"], say(finding["column"]), say(finding["what"]))
        for row in shown.bad
        for finding in row.findings
    ]
    done = [(str(row.line), row.fields["name"], row.code) for row in shown.done]
    context: dict[str, Any] = {"batch": shown, "findings": findings, "done": done}
    context["intake"] = shown.fields.get("intake", [""])[-1]
    context["procedure"] = shown.fields.get("procedure", [""])[-1]
    context["goes_on"] = shown.started and bool(shown.pending)
    return render(request, "counter/batch.html", context)


@require_POST
def receive(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Receive the next good lines, each in a unit of work and under a key of its own: sent again, broken off, or
    sent by two at once, each line becomes one dossier."""
    viewer, shown = _found(request, batch)
    at, seat = now_of(request), desk_seat(viewer)
    actor = viewer.actor(seat)
    batches.start(batch=batch)
    common = _common(shown, request)
    for row in shown.pending[:AT_ONCE]:
        applicant = particulars(row.fields, today=local(at).date())
        intake = replace(
            common,
            people=(
                ("applicant", applicant),
                *(("submitter", p) for role, p in common.people if role == "applicant"),
            ),
            visit=batch,
            uploads={},
        )
        _receive_row(batch, row, intake, actor, request)
    return redirect("batch", batch)


def _common(shown: Shown, request: HttpRequest) -> Intake:
    """What all lines share, as the page it was typed on would send it."""
    typed = QueryDict(mutable=True)
    for name, values in shown.fields.items():
        typed.setlist(name, values)
    at = now_of(request)
    found = offer(
        shown.fields["procedure"][-1],
        agency=shown.agency,
        province=agency_facts(shown.agency).parent,
        on=local(at).date(),
    )
    return Draft(as_typed(typed), offer=found, agency=shown.agency, at=at, judged=True).intake


def _receive_row(batch: UUID, row: Row, intake: Intake, actor: Actor, request: HttpRequest) -> None:
    at = now_of(request)
    key = Request.of(f"batch/{batch}/{row.line}")
    try:
        with unit_of_work(actor=actor, at=at, request=key):
            if batches.take(batch=batch, line=row.line):
                recorded = receive_dossier(intake=intake, actor=actor, at=at)
                batches.mark(batch=batch, line=row.line, code=recorded.row["code"])
    except (ClockStepped, Unavailable):
        raise  # no fault of the line: it waits until the list goes on
    except Refusal as refusal:
        what = {"vi": refusal.vi, "en": refusal.en}
        column = {"vi": COLUMNS["name"].vi, "en": COLUMNS["name"].en}
        batches.refuse(batch=batch, line=row.line, finding={"column": column, "what": what})


@require_POST
def drop(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Give the list up; what was received stays received."""
    _found(request, batch)
    batches.drop(batch=batch)
    return redirect("receive")


# --- spreadsheets ------------------------------------------------------------


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The empty list: the columns as texts, so that no leading zero is lost; the kinds of papers to choose from; on a
    second sheet, which is not read, an example."""
    desk_seat(staff(request))
    heads, kinds = [say(words) for words in COLUMNS.values()], [say(short_name(p)) for p in PAPERS.values()]

    def filled(book: Workbook, sheet: Worksheet) -> None:
        column = list(COLUMNS).index("paper")
        sheet.data_validation(1, column, MOST_ROWS, column, {"validate": "list", "source": kinds})
        notes = book.add_worksheet(_("Ví dụ, ghi chú"))
        notes.set_column(0, len(heads) - 1, 24)
        for line, row in enumerate((heads, EXAMPLE, [], *([text] for text in _notes(kinds)))):
            notes.write_row(line, 0, row)

    return _sheet("danh-sach-mau", heads, [], more=filled)


def _notes(kinds: Sequence[str]) -> tuple[str, ...]:
    return (
        _(
            "Dòng trên là ví dụ. Trang tính này không được đọc: ghi danh sách ở trang tính đầu, mỗi người một dòng."
        ),
        _("Loại giấy tờ: %(kinds)s. Gõ tắt cũng được: CCCD, CMND.") % {"kinds": "; ".join(kinds)},
        _("Ngày sinh: ngày/tháng/năm. Số giấy tờ, điện thoại: giữ số 0 ở đầu (ô dạng Văn bản)."),
    )


@require_safe
def codes(request: HttpRequest, visit: UUID) -> HttpResponse:
    """The dossiers of a visit as a spreadsheet: code, applicant, procedure, due date."""
    viewer = staff(request)
    found = of_visit(visit, viewer=viewer) if is_at_desk(viewer) else []
    if not found:
        raise NO_VISIT
    known = versions([d.procedure_version for d in found])
    rows = [
        (d.code, d.name, say(known[d.procedure_version].title), moment(d.due_at) if d.due_at else "")
        for d in found
    ]
    heads = [_("Mã hồ sơ"), _("Chủ hồ sơ"), _("Thủ tục"), _("Hẹn trả")]
    return _sheet(f"{found[0].code}-danh-sach", heads, rows)


def _sheet(
    name: str,
    heads: list[str],
    rows: Sequence[tuple[str, ...]],
    *,
    more: Callable[[Workbook, Worksheet], None] = lambda book, sheet: None,
) -> HttpResponse:
    body = io.BytesIO()
    with Workbook(body, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        bold, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
        sheet.set_column(0, len(heads) - 1, 24, text)
        sheet.freeze_panes(1, 0)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, bold)
        for line, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                sheet.write_string(line, column, cell, text)
        more(book, sheet)
    response = HttpResponse(body.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
