"""What is sent back to who published: a summary to print, and every place in a workbook."""

from collections.abc import Iterable
from io import BytesIO

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.catalogue.national.findings import FINDINGS, FindingKind
from motcua.catalogue.reporting import KindSum, ReportLine, kind_sums, publisher_counts, report_lines
from motcua.kernel.errors import NotFound
from motcua.kernel.time import local
from motcua.web.catalogue.value_words import value_lines
from motcua.web.common.requests import now_of, staff

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a sheet's cell takes.
LONGEST_CELL = 32_000
_SUMS = (("Phát hiện", 60), ("Số thủ tục", 12), ("Số chỗ", 10), ("Đã quyết định ở đây", 20))
_PLACES = (
    ("Phát hiện", 40),
    ("Mã thủ tục", 12),
    ("Tên thủ tục", 50),
    ("Cơ quan công bố", 28),
    ("Chỗ trong bản ghi", 40),
    ("Nguyên văn", 60),
    ("Đã quyết định ở đây", 50),
    ("Ngày", 12),
)


def _asked(request: HttpRequest) -> tuple[str, str]:
    what, publisher = str(request.GET.get("what", "")), str(request.GET.get("publisher", ""))[:200]
    return what if what in set(FindingKind) else "", publisher.replace("\x00", "")


@require_safe
def publishers(request: HttpRequest) -> HttpResponse:
    """How many places of each publisher wait, and are decided; from here to what is sent to each. One statement."""
    return render(request, "catalogue/publishers.html", {"counts": publisher_counts(viewer=staff(request))})


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """The covering summary of one publisher's findings, to print. One statement. 404 for one without any."""
    _, publisher = _asked(request)
    sums = kind_sums(publisher=publisher, viewer=staff(request))
    if not sums:
        raise NotFound(
            "Không có phát hiện nào của cơ quan công bố này.", "There are no findings of this publisher."
        )
    context = {
        "publisher": publisher,
        "sums": [(one, FINDINGS[one.kind]) for one in sums],
        "places": sum(one.places for one in sums),
        "decided": sum(one.decided for one in sums),
        "today": local(now_of(request)).date(),
    }
    return render(request, "catalogue/report.html", context)


@require_safe
def findings_file(request: HttpRequest) -> HttpResponse:
    """The summary and every place as a workbook. Two statements."""
    viewer = staff(request)
    what, publisher = _asked(request)
    sums = [one for one in kind_sums(publisher=publisher, viewer=viewer) if what in ("", one.kind)]
    content = workbook(publisher, sums, report_lines(publisher=publisher, what=what, viewer=viewer))
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="findings.xlsx"'
    return response


def workbook(publisher: str, sums: Iterable[KindSum], lines: Iterable[ReportLine]) -> bytes:
    """Texts are never read as formulas; dates are dates."""
    target = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, {**options, "strings_to_numbers": False}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "border": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        sheet = book.add_worksheet("Tổng hợp")
        sheet.write_string(0, 0, f"Phát hiện trong bản công bố: {publisher or 'mọi cơ quan'}", bold)
        _head(sheet, 1, _SUMS, bold)
        for n, one in enumerate(sums, 2):
            sheet.write_string(n, 0, FINDINGS[one.kind].label.vi, wrap)
            for column, number in enumerate((one.procedures, one.places, one.decided), 1):
                sheet.write_number(n, column, number)
        sheet = book.add_worksheet("Chi tiết")
        sheet.freeze_panes(1, 0)
        _head(sheet, 0, _PLACES, bold)
        for n, line in enumerate(lines, 1):
            decided = (
                "" if line.value is None else "\n".join(x.vi for x in value_lines(line.kind, line.value))
            )
            label = FINDINGS[line.kind].label.vi
            cells = (label, line.code, line.title, line.publisher, line.where, line.text, decided)
            for column, cell in enumerate(cells):
                sheet.write_string(n, column, cell[:LONGEST_CELL], wrap)
            if line.decided_at is not None:
                sheet.write_datetime(n, len(cells), local(line.decided_at).replace(tzinfo=None), day)
    return target.getvalue()


def _head(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, columns: Iterable[tuple[str, int]], style: object
) -> None:
    for n, (label, width) in enumerate(columns):
        sheet.set_column(n, n, width)
        sheet.write_string(row, n, label, style)
