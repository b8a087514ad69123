"""Reading money: a receipt, the receipts of a book or a window, books, refunds. Nothing outside the viewer's scope."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.kernel.actor import Viewer
from motcua.kernel.contents import open_body
from motcua.kernel.ids import before_id
from motcua.payments.cash import Taken, suspects
from motcua.payments.events import LineFact
from motcua.payments.numbering import RECEIPTS, label
from motcua.payments.operations.books import Totals, totals
from motcua.payments.policy import SEATS, Deed, no_reader, reads
from motcua.payments.record import Row, no_such, rows

PAGE = 50


@dataclass(frozen=True, slots=True)
class ReceiptShown:
    """A receipt with its lines and the texts around it; a text is "" once erased."""

    row: Row
    lines: tuple[LineFact, ...]
    payer: str
    void_why: str
    refunds: tuple[Row, ...]

    @property
    def name(self) -> str:
        """Its number as people write it."""
        return name_of(self.row)

    @property
    def back(self) -> Counter[tuple[str, str]]:
        """How much of each line (reference, charge) went back, or is to."""
        found = Counter[tuple[str, str]]()
        for refund in self.refunds:
            for line in refund["lines"] if not refund["declined_by"] else ():
                found[line["reference"], line["charge"]] += line["amount"]
        return found

    @property
    def change(self) -> int:
        """What went back over the counter."""
        return int(self.row["given"] - self.row["total"])


def name_of(row: Row) -> str:
    """The number of a receipt's or voucher's row as people write it."""
    return label(row["series"], row["year"], row["number"])


def receipt_name(year: int, number: int) -> str:
    """The number of a receipt as people write it."""
    return label(RECEIPTS, year, number)


def receipt(stream: UUID, *, viewer: Viewer) -> ReceiptShown:
    """One receipt. Four statements. Raises NotFound outside the viewer's scope and seats."""
    found = rows("SELECT * FROM payments_receipt WHERE id = %s", [stream])
    if not found or not reads(viewer, found[0]["agency"]):
        raise no_such()
    row = found[0]
    texts = _texts([stream])
    return ReceiptShown(
        row=row,
        lines=lines_of(stream),
        payer=texts.get(row["payer"], ""),
        void_why=texts.get(row["void_why"], ""),
        refunds=tuple(rows("SELECT * FROM payments_refund WHERE receipt = %s ORDER BY id", [stream])),
    )


def receipt_of(stream: UUID, *, reference: str) -> ReceiptShown:
    """A receipt that is of nothing but `reference`, for those who show the reference. Raises NotFound."""
    lines, found = lines_of(stream), rows("SELECT * FROM payments_receipt WHERE id = %s", [stream])
    if not found or {line.reference for line in lines} != {reference}:
        raise no_such()
    texts = _texts([stream])
    row = found[0]
    return ReceiptShown(row, lines, texts.get(row["payer"], ""), texts.get(row["void_why"], ""), ())


def lines_of(stream: UUID) -> tuple[LineFact, ...]:
    """A receipt's lines in order: they never change."""
    found = rows(
        "SELECT reference, charge, rule, amount, payee FROM payments_line WHERE receipt = %s ORDER BY n",
        [stream],
    )
    return tuple(LineFact(**line) for line in found)


def refund_lines(stream: UUID) -> tuple[LineFact, ...]:
    """What a refund gives back, line by line: they never change."""
    found = rows("SELECT lines FROM payments_refund WHERE id = %s", [stream])
    if not found:
        raise no_such()
    return tuple(LineFact(**line) for line in found[0]["lines"])


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """One page of receipts, the newest first, and the key of the next one (None: no more)."""

    rows: tuple[Row, ...]
    following: str | None


_LISTED = """
SELECT r.*, l.lines, l.reference FROM payments_receipt r CROSS JOIN LATERAL (
    SELECT count(*) AS lines, min(reference) AS reference FROM payments_line WHERE receipt = r.id
) l WHERE r.book = %(book)s AND r.id < %(after)s ORDER BY r.id DESC LIMIT %(limit)s
"""


def receipts_of(book: UUID, *, after: str | None = None) -> ReceiptPage:
    """The receipts of a book, which the caller may see. Keyset paging; one statement."""
    found = rows(_LISTED, {"book": book, "after": before_id(after), "limit": PAGE + 1})
    more = len(found) > PAGE
    return ReceiptPage(tuple(found[:PAGE]), str(found[PAGE - 1]["id"]) if more else None)


def vouchers_of(book: UUID) -> list[Row]:
    """The refunds paid out of a book, which the caller may see."""
    return rows("SELECT * FROM payments_refund WHERE book = %s ORDER BY year, number", [book])


def open_book(agency: str) -> Row | None:
    """The open book of an agency; None before the first money after a closing."""
    found = rows("SELECT * FROM payments_book WHERE agency = %s AND closed_at IS NULL", [agency])
    return found[0] if found else None


def book(stream: UUID, *, viewer: Viewer) -> Row:
    """One book. Raises NotFound outside the viewer's scope and seats."""
    found = rows("SELECT * FROM payments_book WHERE id = %s", [stream])
    if not found or not reads(viewer, found[0]["agency"]):
        raise no_such()
    return found[0]


def books(*, viewer: Viewer, after: str | None = None) -> tuple[list[Row], str | None]:
    """The cash books in the viewer's scope, the newest first, a page at a time. Raises Denied without a seat."""
    agencies = viewer.agencies(SEATS[Deed.READ])
    if not agencies:
        raise no_reader()
    found = rows(
        "SELECT * FROM payments_book WHERE agency = ANY(%s) AND id < %s ORDER BY id DESC LIMIT %s",
        [sorted(agencies), before_id(after), PAGE + 1],
    )
    return found[:PAGE], str(found[PAGE - 1]["id"]) if len(found) > PAGE else None


def note_of(book_row: Row) -> tuple[str, str]:
    """What was written of a book's difference, and why it was to be opened again."""
    texts = _texts([book_row["id"]])
    return texts.get(book_row["note"], ""), texts.get(book_row["reopening_why"], "")


def taken_in_cash(book_id: UUID) -> list[Taken]:
    """The standing cash receipts of a book, for finding a difference."""
    found = rows(
        "SELECT id, number, total, given FROM payments_receipt"
        " WHERE book = %s AND means = 'cash' AND voided_at IS NULL ORDER BY year, number",
        [book_id],
    )
    return [Taken(**one) for one in found]


def suspects_of(book_row: Row, counted: int) -> list[Taken]:
    """The receipts that alone would explain the difference of a box that holds `counted`."""
    difference = counted - totals(book_row).expected
    return suspects(difference, taken_in_cash(book_row["id"])) if difference else []


@dataclass(frozen=True, slots=True)
class RefundShown:
    """A refund with the receipt it is of and the texts around it."""

    row: Row
    receipt: Row
    reason: str
    recipient: str
    payer: str


def refund(stream: UUID, *, viewer: Viewer) -> RefundShown:
    """One refund. Raises NotFound outside the viewer's scope and seats."""
    found = rows("SELECT * FROM payments_refund WHERE id = %s", [stream])
    if not found or not reads(viewer, found[0]["agency"]):
        raise no_such()
    row = found[0]
    paid = rows("SELECT * FROM payments_receipt WHERE id = %s", [row["receipt"]])[0]
    texts = _texts([stream, paid["id"]])
    return RefundShown(
        row=row,
        receipt=paid,
        reason=texts.get(row["reason"], ""),
        recipient=texts.get(row["recipient"], ""),
        payer=texts.get(paid["payer"], ""),
    )


def open_refunds(*, viewer: Viewer, after: str | None = None) -> tuple[list[Row], str | None]:
    """The refunds that wait for a word or for the cashier, in the viewer's scope, the oldest first: a page after the
    key `after`, and the key of the page that follows."""
    found = rows(
        "SELECT f.*, r.series AS of_series, r.year AS of_year, r.number AS of_number FROM payments_refund f"
        " JOIN payments_receipt r ON r.id = f.receipt WHERE f.agency = ANY(%s)"
        " AND f.paid_at IS NULL AND f.declined_by = '' AND f.id > %s ORDER BY f.id LIMIT %s",
        [sorted(viewer.agencies(SEATS[Deed.READ])), UUID(after) if after else UUID(int=0), PAGE + 1],
    )
    return found[:PAGE], str(found[PAGE - 1]["id"]) if len(found) > PAGE else None


def paid_by(references: Sequence[str]) -> dict[str, list[Row]]:
    """The standing receipts of each reference, with what of it they hold; for those who show the reference."""
    found: dict[str, list[Row]] = {}
    for row in rows(
        "SELECT l.reference, l.charge, l.amount, r.id, r.series, r.year, r.number, r.at, r.means"
        " FROM payments_line l JOIN payments_receipt r ON r.id = l.receipt"
        " WHERE l.reference = ANY(%s) AND l.standing ORDER BY r.id",
        [list(references)],
    ):
        found.setdefault(row["reference"], []).append(row)
    return found


MOST_EXPORTED = 100_000


def window(*, agency: str, since: datetime, until: datetime) -> Iterator[tuple[Row, str]]:
    """Every line of the receipts given from `since` until before `until`, with the payer's name; in order.

    The caller has checked who may see them. Names are opened a thousand at a time.
    """
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT r.id, r.series, r.year, r.number, r.at, r.means, r.slip, r.cashier, r.voided_at, r.replaces,"
            " l.n, l.reference, l.rule, l.amount, c.id, c.sealed FROM payments_receipt r"
            " JOIN payments_line l ON l.receipt = r.id LEFT JOIN payments_content c ON c.id = r.payer"
            " WHERE r.agency = %s AND r.at >= %s AND r.at < %s"
            " ORDER BY r.year, r.series, r.number, l.n LIMIT %s",
            [agency, since, until, MOST_EXPORTED],
        )
        names = (
            "id", "series", "year", "number", "at", "means", "slip", "cashier", "voided_at", "replaces",
            "n", "reference", "rule", "amount",
        )  # fmt: skip
        for *values, content, sealed in cursor:
            payer = open_body(content, sealed) if content else None
            yield dict(zip(names, values, strict=True)), payer or ""


def totals_of(book_row: Row) -> Totals:
    """What the ledger says of a book by now."""
    return totals(book_row)


def _texts(owners: Sequence[UUID]) -> dict[Any, str]:
    found = rows("SELECT id, sealed FROM payments_content WHERE owner = ANY(%s)", [list(owners)])
    return {r["id"]: open_body(r["id"], r["sealed"]) or "" for r in found}
