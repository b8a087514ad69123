"""What the cashier prints and hands on: receipts, vouchers, the closing sheet, a workbook of receipts."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import islice
from uuid import UUID

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.access_log.operations import note
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Invalid
from motcua.kernel.time import ZONE, local
from motcua.payments import selectors
from motcua.payments.cash import DENOMINATIONS
from motcua.payments.events import LineFact
from motcua.payments.policy import SEATS, Deed, reads
from motcua.payments.record import Row, no_such
from motcua.web.cashier.access import check_reads, leave_line, payers_unseen, receipt_for, refund_for
from motcua.web.common.money_paper import head, means, money_lines, officer, pdf_file, receipt_pdf
from motcua.web.common.money_words import WAYS
from motcua.web.common.pdf.facts import SheetColumn, SheetFacts
from motcua.web.common.pdf.money import (
    VOUCHER_PARTS,
    MoneyFacts,
    dong,
    render_money,
)
from motcua.web.common.pdf.sheet import render_sheet
from motcua.web.common.requests import now_of, staff
from motcua.web.common.window import WindowForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_WINDOW = timedelta(days=366)


@require_safe
def receipt(request: HttpRequest, receipt: UUID) -> HttpResponse:
    """The receipt as PDF, the same bytes each time; crossed out once it is voided."""
    viewer = staff(request)
    shown = receipt_for(receipt, viewer=viewer, prints=True)
    row = shown.row
    about = f"Thay biên lai {_name(row['replaces'], viewer)}" if row["replaces"] else ""
    if row["replaced_by"]:
        about = f"Đã hủy, thay bằng biên lai {_name(row['replaced_by'], viewer)}"
    leave_line(viewer, row["agency"], what="payment_printed", subject=shown.name, at=now_of(request))
    return pdf_file(receipt_pdf(shown, about=about), f"{shown.name.replace('/', '-')}.pdf")


@require_safe
def voucher(request: HttpRequest, refund: UUID) -> HttpResponse:
    """The voucher of a refund that was paid. Raises NotFound before."""
    viewer = staff(request)
    shown = refund_for(refund, viewer=viewer, prints=True)
    row = shown.row
    if row["paid_at"] is None:
        raise no_such()
    name = selectors.name_of(row)
    facts = MoneyFacts(
        head=head(row["agency"], name),
        title="Phiếu chi hoàn phí, lệ phí",
        parts=VOUCHER_PARTS,
        person_label="Người nhận tiền",
        person=shown.recipient,
        lines=money_lines(tuple(LineFact(**line) for line in row["lines"])),
        total=row["total"],
        means=means(row),
        issued_at=row["paid_at"],
        officer=officer(row["paid_by"]),
        officer_role="NGƯỜI CHI TIỀN",
        person_role="NGƯỜI NHẬN TIỀN",
        about=f"Hoàn theo biên lai {selectors.name_of(shown.receipt)}. {shown.reason}",
    )
    leave_line(viewer, row["agency"], what="voucher_printed", subject=name, at=now_of(request))
    return pdf_file(render_money(facts), f"{name.replace('/', '-')}.pdf")


@require_safe
def closing(request: HttpRequest, book: UUID) -> HttpResponse:
    """The closing sheet of a day's book; of an open one, how it stands now."""
    viewer = staff(request)
    row = selectors.book(book, viewer=viewer)
    totals = selectors.totals_of(row)
    closed = row["closed_at"] is not None
    counts = [(note, int(row["counts"].get(str(note), 0))) for note in DENOMINATIONS]
    pairs = [
        ("Tồn đầu", row["carried"]),
        (f"Thu tiền mặt ({totals.receipts} biên lai, {totals.voided} đã hủy)", totals.cash_in),
        ("Chi hoàn tiền mặt", totals.cash_out),
        ("Tiền mặt theo sổ", totals.expected),
        *([("Tiền mặt đếm được", row["counted"])] if closed else []),
        *([("Chênh lệch", row["counted"] - row["expected"])] if closed else []),
        *([("Nộp ngân hàng, kho bạc", row["handed_in"])] if closed else []),
        *([("Để lại két, chuyển sổ sau", row["counted"] - row["handed_in"])] if closed else []),
        ("Thu qua thẻ", totals.card_in),
        ("Hoàn qua thẻ, chuyển khoản", totals.card_out),
    ]
    rows = [(label, "", dong(amount)) for label, amount in pairs]
    rows += [(f"Tờ {dong(note)} đồng", str(many), dong(note * many)) for note, many in counts if many]
    until = row["closed_at"] or now_of(request)
    facts = SheetFacts(
        head=head(row["agency"], f"SQ-{row['number']:05}"),
        title="Bảng kê chốt sổ quỹ" if closed else "Sổ quỹ chưa chốt",
        subtitle=f"Sổ số {row['number']}, từ {_when(row['opened_at'])} đến {_when(until)}",
        columns=(
            SheetColumn("Nội dung", 6),
            SheetColumn("Số tờ", 1, "right"),
            SheetColumn("Số tiền (đồng)", 2, "right"),
        ),
        rows=tuple(rows),
        notes=tuple(_notes(row, viewer)),
        signers=("THỦ QUỸ", "NGƯỜI KIỂM TRA"),
        issued_at=until,
        landscape=False,
    )
    return pdf_file(render_sheet(facts), f"so-quy-{row['number']:05}.pdf")


def _notes(row: Row, viewer: Viewer) -> list[str]:
    said, _why = selectors.note_of(row)
    notes = []
    if row["faulty"]:
        notes.append(f"Chênh lệch tại biên lai {_name(row['faulty'], viewer)}.")
    if said:
        notes.append(f"Giải thích: {said}")
    if row["seconded"]:
        who = officer(row["confirmed_by"]) if row["confirmed_by"] else ""
        notes.append(f"Người xác nhận: {who}." if who else "Chờ người thứ hai xác nhận.")
    if row["reopened"]:
        notes.append(f"Sổ đã mở lại {row['reopened']} lần.")
    return notes


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The receipts of a window, a line for each charge. Raises Invalid for a window that is none."""
    viewer = staff(request)
    check_reads(viewer)
    agency = str(request.GET.get("agency", "")) or _first_agency(viewer)
    if not reads(viewer, agency):
        raise no_such()
    today = local(now_of(request)).date()
    first, last = WindowForm(request.GET, first=today.replace(day=1), last=today).days()
    if last < first or last - first > LONGEST_WINDOW:
        raise Invalid(
            "Chọn khoảng ngày hợp lệ, dài nhất một năm.",
            "Choose a window of days, a year at most.",
            field="last",
        )
    at = now_of(request)
    note(who=str(viewer.account), what="receipts_exported", at=at, subject=f"{first}/{last}", agency=agency)
    since, until = _midnight(first), _midnight(last + timedelta(days=1))
    body = _workbook(_lines(agency, since, until, viewer))
    return pdf_file(body, f"bien-lai-{agency}-{first:%y%m%d}-{last:%y%m%d}.xlsx", XLSX)


HEADS = (
    ("Số biên lai", 18),
    ("Lúc", 17),
    ("Người nộp", 28),
    ("Hồ sơ", 26),
    ("Khoản thu", 16),
    ("Số tiền (đồng)", 15),
    ("Hình thức", 11),
    ("Số giao dịch", 14),
    ("Trạng thái", 11),
)


def _lines(agency: str, since: datetime, until: datetime, viewer: Viewer) -> Iterator[tuple[Row, str]]:
    """The lines of a window a thousand at a time, without the payers whom `viewer` is not shown."""
    found = selectors.window(agency=agency, since=since, until=until)
    while some := list(islice(found, 1_000)):
        nameless = payers_unseen(viewer, agency, {row["reference"] for row, _payer in some})
        yield from ((row, "" if row["reference"] in nameless else payer) for row, payer in some)


def _workbook(lines: Iterable[tuple[Row, str]]) -> bytes:
    target = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as made:
        bold, moment = made.add_format({"bold": True}), made.add_format({"num_format": "hh:mm dd/mm/yyyy"})
        number = made.add_format({"num_format": "#,##0"})
        sheet = made.add_worksheet("Biên lai")
        for n, (head, width) in enumerate(HEADS):
            sheet.set_column(n, n, width)
            sheet.write_string(0, n, head, bold)
        for line, (row, payer) in enumerate(lines, 1):
            voided = row["voided_at"] is not None
            sheet.write_string(line, 0, selectors.name_of(row))
            sheet.write_datetime(line, 1, local(row["at"]).replace(tzinfo=None), moment)
            texts = {2: payer, 3: row["reference"], 4: row["rule"], 6: WAYS[row["means"]].vi, 7: row["slip"]}
            for n, text in texts.items():
                sheet.write_string(line, n, text)
            sheet.write_number(line, 5, 0 if voided else row["amount"], number)
            sheet.write_string(line, 8, "Đã hủy" if voided else "")
    return target.getvalue()


def _first_agency(viewer: Viewer) -> str:
    found = [c.agency for c in viewer.capacities if c.kind in SEATS[Deed.READ]]
    return found[0]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, ZONE)


def _when(moment: datetime) -> str:
    return f"{local(moment):%H:%M %d/%m/%Y}"


def _name(receipt: UUID, viewer: Viewer) -> str:
    return selectors.receipt(receipt, viewer=viewer).name
