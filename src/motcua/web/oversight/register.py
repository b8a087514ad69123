"""The register book (form 07): on the screen, as PDF and as a workbook, over any window of at most a year."""

from collections import Counter
from datetime import date, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import xlsxwriter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.access_log.operations import note
from motcua.agencies.selectors import agency as agency_facts
from motcua.catalogue.selectors import versions
from motcua.dossiers import register as book
from motcua.dossiers.assisting import KINDS, FilingKind
from motcua.dossiers.register import Entry
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Invalid
from motcua.kernel.time import local
from motcua.web.common.pdf.facts import PaperHead, SheetColumn, SheetFacts
from motcua.web.common.pdf.sheet import render_sheet
from motcua.web.common.requests import now_of, staff
from motcua.web.common.return_ways import RETURN_WAYS
from motcua.web.common.window import WindowForm
from motcua.web.oversight.board import chosen_desk

TITLE = "Sổ theo dõi hồ sơ"
# Form 07 of Circular 03/2025/TT-VPCP; its columns as provinces print it, the official appendix is not at hand.
COLUMNS = (
    SheetColumn("STT", 3, "right"),
    SheetColumn("Mã hồ sơ", 10),
    SheetColumn("Tên thủ tục hành chính", 11),
    SheetColumn("Số bộ", 2, "right"),
    SheetColumn("Tên cá nhân, tổ chức", 7),
    SheetColumn("Địa chỉ, số điện thoại", 7),
    SheetColumn("Cơ quan giải quyết", 5),
    SheetColumn("Nhận hồ sơ", 5),
    SheetColumn("Hẹn trả kết quả", 5),
    SheetColumn("Trả kết quả", 5),
    SheetColumn("Nhận kết quả", 5),
    SheetColumn("Ký nhận", 4),
    SheetColumn("Ghi chú", 5),
)


def _window(request: HttpRequest) -> WindowForm:
    today = local(now_of(request)).date()
    return WindowForm(request.GET, first=today.replace(day=1), last=today)


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The register of a desk, a page at a time; a look leaves a line, as it names people."""
    viewer = staff(request)
    agency = chosen_desk(request, book.may_read(viewer))
    form = _window(request)
    context: dict[str, Any] = {"agency": agency, "form": form}
    context |= {"rows": [], "before": "", "after": "", "refusal": None, "query": ""}
    try:
        first, last = form.days()
        after = str(request.GET.get("after", ""))
        page = book.register(agency=agency, first=first, last=last, viewer=viewer, after=after)
    except Invalid as refusal:
        context |= {"refusal": refusal}
        return render(request, "oversight/register.html", context, status=refusal.status)
    window = {"agency": agency, "first": first.isoformat(), "last": last.isoformat()}
    titles = versions(entry.procedure_version for entry in page.entries)
    context |= {
        "rows": [(entry, titles[entry.procedure_version].title) for entry in page.entries],
        "ways": RETURN_WAYS,
        "kinds": KINDS,
        "filed": book.filed_for_others(agency=agency, first=first, last=last, viewer=viewer),
        "query": f"?{urlencode(window)}",
        "before": f"?{urlencode(window)}" if after else "",
        "after": f"?{urlencode({**window, 'after': page.following})}" if page.following else "",
    }
    _leave_line(request, viewer, agency, "register_read")
    return render(request, "oversight/register.html", context)


def _leave_line(request: HttpRequest, viewer: Viewer, agency: str, what: str) -> None:
    note(who=str(viewer.account), what=what, subject=agency, agency=agency, at=now_of(request))


def _lines(request: HttpRequest, viewer: Viewer) -> tuple[str, date, date, list[tuple[Entry, list[str]]]]:
    agency = chosen_desk(request, book.may_read(viewer))
    first, last = _window(request).days()
    entries = list(book.whole(agency=agency, first=first, last=last, viewer=viewer))
    titles = versions(entry.procedure_version for entry in entries)
    lines = [
        (entry, [str(n), *_cells(entry, titles[entry.procedure_version].title.vi, now_of(request))])
        for n, entry in enumerate(entries, 1)
    ]
    return agency, first, last, lines


def _moment(value: datetime | None) -> str:
    return f"{local(value):%H:%M %d/%m/%Y}" if value else ""


def _cells(entry: Entry, title: str, at: datetime) -> list[str]:
    notes = (_ended(entry), *_lateness(entry, at), _ORIGIN_NOTES.get(entry.origin, ""), _filed(entry))
    return [
        entry.code,
        title,
        f"{entry.sets:02}",
        entry.name,
        "\n".join(part for part in (entry.address, entry.phone) if part),
        agency_facts(entry.competent_agency).name,
        _moment(entry.received_at),
        _moment(entry.due_at),
        _moment(entry.ended_at if entry.state == "returned" else entry.decided_at),
        RETURN_WAYS[entry.return_way].vi,
        "",
        "; ".join(part for part in notes if part),
    ]


def _filed(entry: Entry) -> str:
    """Who handed it in for the applicant."""
    if not entry.filed_by:
        return ""
    where = f" ({entry.organisation})" if entry.organisation else ""
    return KINDS[FilingKind(entry.filed_by)].label.vi + where


def _totals(lines: list[tuple[Entry, list[str]]]) -> list[str]:
    """How many dossiers there are, and how many of them were handed in for others."""
    filed = Counter(entry.filed_by for entry, _ in lines if entry.filed_by)
    kinds = "; ".join(f"{KINDS[kind].label.vi}: {filed[kind]}" for kind in KINDS if filed[kind])
    helped = [f"Trong đó nộp giúp: {filed.total()} hồ sơ ({kinds})."] if filed else []
    return [f"Tổng số: {len(lines)} hồ sơ.", *helped]


def _lateness(entry: Entry, at: datetime) -> list[str]:
    """That the result came, or is, after its date; the reason stands in the apology (form 04) named here."""
    done = entry.decided_at or entry.ended_at
    if entry.due_at is None or (done or at) <= entry.due_at:
        return []
    late = "có kết quả trễ hạn" if done else "quá hạn, chưa có kết quả"
    if entry.apology_date is None:
        return [late, "chưa có văn bản xin lỗi"]
    return [late, f"lý do: văn bản xin lỗi (mẫu 04), hẹn lại {entry.apology_date:%d/%m/%Y}"]


def _ended(entry: Entry) -> str:
    return _END_NOTES.get(entry.stop_ground, _END_NOTES.get(entry.state, ""))


_ORIGIN_NOTES = {"paper": "nhập từ sổ giấy"}
_END_NOTES = {
    "withdrawn": "đã rút",
    "stopped": "dừng giải quyết",
    "void": "đã hủy giấy tiếp nhận",
    "duplicate": "đóng vì trùng",
}


def paper(request: HttpRequest) -> HttpResponse:
    """The window as PDF on A4 landscape."""
    return _file(request, _paper, "pdf", "application/pdf")


def workbook(request: HttpRequest) -> HttpResponse:
    """The window as a workbook: moments as dates, texts never read as formulas."""
    return _file(
        request, _workbook, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )


def _file(request: HttpRequest, made: Any, suffix: str, media_type: str) -> HttpResponse:
    viewer = staff(request)
    agency, first, last, lines = _lines(request, viewer)
    _leave_line(request, viewer, agency, f"register_{suffix}")
    response = HttpResponse(made(agency, first, last, lines, now_of(request)), content_type=media_type)
    name = f"so-theo-doi-{agency}-{first:%y%m%d}-{last:%y%m%d}.{suffix}"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _paper(agency: str, first: date, last: date, lines: list[tuple[Entry, list[str]]], at: datetime) -> bytes:
    desk = agency_facts(agency)
    return render_sheet(
        SheetFacts(
            head=PaperHead(
                trial=settings.INSTALLATION == "trial",
                parent_agency=desk.parent_name,
                agency=desk.name,
                place=desk.place,
                code=f"{agency}-{first:%y%m%d}-{last:%y%m%d}",
                qr="",
                numbered=False,
            ),
            title=TITLE,
            subtitle=f"Từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}",
            columns=COLUMNS,
            rows=tuple(tuple(cells) for _, cells in lines),
            months=tuple(local(entry.received_at).month for entry, _ in lines),
            notes=tuple(_totals(lines)),
            issued_at=at,
        )
    )


def _workbook(
    agency: str, first: date, last: date, lines: list[tuple[Entry, list[str]]], _at: datetime
) -> bytes:
    target = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as made:
        bold = made.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"})
        moment = made.add_format({"num_format": "hh:mm dd/mm/yyyy"})
        sheet = made.add_worksheet("Mẫu 07")
        sheet.set_landscape()
        sheet.repeat_rows(2)
        sheet.write_string(0, 0, f"{TITLE}, {agency_facts(agency).name}", bold)
        sheet.write_string(1, 0, f"Từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}")
        for n, column in enumerate(COLUMNS):
            sheet.set_column(n, n, column.share * 2.4)
            sheet.write_string(2, n, column.head, bold)
        for row, (entry, cells) in enumerate(lines, 3):
            _write(sheet, row, entry, cells, moment)
        for row, total in enumerate(_totals(lines), len(lines) + 4):
            sheet.write_string(row, 0, total)
    return target.getvalue()


def _write(sheet: Any, row: int, entry: Entry, cells: list[str], moment: Any) -> None:
    given = entry.ended_at if entry.state == "returned" else entry.decided_at
    moments = {7: entry.received_at, 8: entry.due_at, 9: given}
    for n, text in enumerate(cells):
        when = moments.get(n)
        if when is not None:
            sheet.write_datetime(row, n, local(when).replace(tzinfo=None), moment)
        elif n in (0, 3):
            sheet.write_number(row, n, int(text))
        else:
            sheet.write_string(row, n, text)
