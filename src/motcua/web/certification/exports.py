"""A book's window as a file: PDF as the decree's form, XLSX for reckoning."""

from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.conf import settings

from motcua.agencies.selectors import agency as agency_facts
from motcua.certification.rules import kind as kind_of
from motcua.certification.selectors import BookShown, Window
from motcua.web.certification.book_rows import WIDTHS, Names, as_printed, columns, lines
from motcua.web.common.pdf.certification import BookFacts, render_book


def window_words(of: BookShown, window: Window) -> str:
    """The window in words."""
    if window.first is None and window.last is None:
        return f"Năm {of.year}"
    first = f"từ {window.first:%d/%m/%Y}" if window.first else ""
    last = f"đến {window.last:%d/%m/%Y}" if window.last else ""
    return " ".join(part for part in (first, last) if part).capitalize()


def title_of(of: BookShown) -> str:
    """A book's title."""
    kind = kind_of(of.kind)
    return f"{kind.title.vi}, quyển số 01/{of.year}-{kind.symbol}"


def pdf(of: BookShown, *, window: Window, at: datetime) -> bytes:
    """The window as PDF."""
    names, kind = Names(), kind_of(of.kind)
    found: list[list[Any]] = []
    months: list[int] = []
    for line in lines(of, kind=kind, window=window, names=names):
        # A closing stands under the lines of its day.
        months.append(months[-1] if isinstance(line, str) else line.entry.day.month)
        found.append([line] if isinstance(line, str) else as_printed(line))
    closing = ""
    if of.closed_at is not None:
        closing = f"Khóa sổ năm {of.year}: {of.last} số, trong đó gạch bỏ {of.struck_out}."
    facts = BookFacts(
        title=title_of(of),
        agency=agency_facts(of.agency).name,
        window=window_words(of, window),
        columns=tuple(column.vi for column in columns(kind)),
        widths=WIDTHS,
        rows=found,
        months=months,
        closing=closing,
        at=at,
    )
    return render_book(facts, trial=settings.INSTALLATION == "trial")


def xlsx(of: BookShown, *, window: Window) -> bytes:
    """The window as a spreadsheet: numbers as numbers, dates as dates; texts are never read as formulas."""
    names, kind = Names(), kind_of(of.kind)
    target = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, {**options, "strings_to_numbers": False}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "border": 1})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        void = book.add_format({"font_strikeout": True})
        sheet = book.add_worksheet("Sổ")
        sheet.set_landscape()
        sheet.repeat_rows(2)
        for n, width in enumerate(WIDTHS):
            sheet.set_column(n, n, width * 1.6)
        sheet.write_string(0, 0, title_of(of), bold)
        sheet.write_string(1, 0, window_words(of, window))
        for n, column in enumerate(columns(kind)):
            sheet.write_string(2, n, column.vi, bold)
        for place, line in enumerate(lines(of, kind=kind, window=window, names=names), 3):
            if isinstance(line, str):
                sheet.write_string(place, 0, line)
                continue
            style = void if line.is_void else None
            sheet.write_number(place, 0, line.entry.number, style)
            sheet.write_datetime(place, 1, datetime(*line.entry.day.timetuple()[:3]), day)  # noqa: DTZ001
            for n in (2, 3, 4, 7):
                sheet.write_string(place, n, line.cells[n].now, style)
            sheet.write_number(place, 5, int(line.cells[5].now), style)
            if line.entry.fee is not None:
                sheet.write_number(place, 6, line.entry.fee, style)
    return target.getvalue()
