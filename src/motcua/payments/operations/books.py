"""The cashier's day: closing it, a second person's word, opening it again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.kernel.actor import Actor
from motcua.kernel.contents import NewContent
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.payments import cash, events as e, policy
from motcua.payments.operations.keeping import check_kept
from motcua.payments.policy import Deed
from motcua.payments.record import Recorded, Row, carry_on, rows, words_of

BOOK = "payments_book"
_TOTALS = """
SELECT coalesce(sum(total) FILTER (WHERE means = 'cash' AND voided_at IS NULL), 0)::bigint AS cash_in,
       coalesce(sum(total) FILTER (WHERE means = 'card' AND voided_at IS NULL), 0)::bigint AS card_in,
       count(*) AS receipts, count(*) FILTER (WHERE voided_at IS NOT NULL) AS voided,
       (SELECT count(*) FROM payments_refund WHERE book = %(book)s) AS refunds,
       (SELECT coalesce(sum(total) FILTER (WHERE means = 'cash'), 0)::bigint FROM payments_refund
         WHERE book = %(book)s) AS cash_out,
       (SELECT coalesce(sum(total) FILTER (WHERE means <> 'cash'), 0)::bigint FROM payments_refund
         WHERE book = %(book)s) AS card_out
  FROM payments_receipt WHERE book = %(book)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What the cashier found: notes by denomination, what goes to bank or treasury, and for a difference the
    receipt it was found at (None: not found) with a note."""

    notes: Mapping[int, int]
    handed_in: int = 0
    faulty: UUID | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """What the ledger says of a book."""

    cash_in: int
    cash_out: int
    card_in: int
    card_out: int
    receipts: int
    voided: int
    refunds: int
    expected: int


def totals(book: Row) -> Totals:
    """What stands in `book` by its receipts and vouchers."""
    (found,) = rows(_TOTALS, {"book": book["id"]})
    expected = book["carried"] + found["cash_in"] - found["cash_out"]
    return Totals(expected=expected, **found)


def close(*, book: Row, count: Count, actor: Actor, at: datetime) -> Recorded:
    """Close a locked book on the cash counted. It balances, or says by how much and at which receipt it does not.

    That of a merged agency is closed at its successor, and nothing stays in its box. Raises Denied, Invalid (a
    difference without a note, more handed in than there is), NotAllowedNow.
    """
    keeper = check_kept(actor, Deed.CLOSE, book["agency"], at)
    if book["closed_at"] is not None:
        raise NotAllowedNow("Sổ quỹ này đã chốt.", "This cash book is closed already.")
    found = totals(book)
    counted = cash.counted(count.notes)
    if not 0 <= count.handed_in <= counted:
        raise Invalid(
            "Số tiền nộp đi không thể nhiều hơn số tiền đã đếm.",
            "No more can be handed in than was counted.",
            field="handed_in",
        )
    if keeper != book["agency"] and count.handed_in != counted:
        raise Invalid(
            "Cơ quan này đã sáp nhập: chốt sổ thì nộp hết tiền trong két, không để lại.",
            "This agency was merged: with its last closing all that is in the box is handed in.",
            field="handed_in",
        )
    note = None
    if counted != found.expected:
        note = _explained(count, counted - found.expected)
        _refuse_other_receipt(book, count.faulty)
    event = e.BookClosed(
        cash_in=found.cash_in,
        cash_out=found.cash_out,
        card_in=found.card_in,
        card_out=found.card_out,
        receipts=found.receipts,
        voided=found.voided,
        counts={str(note): many for note, many in sorted(count.notes.items(), reverse=True) if many},
        counted=counted,
        expected=found.expected,
        handed_in=count.handed_in,
        faulty=count.faulty if counted != found.expected else None,
        note=note.ref if note else None,
        seconded=policy.needs_second(
            {Deed.VOID: found.voided, Deed.PAY_REFUND: found.refunds}, difference=counted - found.expected
        ),
        occurred_at=max(at, book["head_at"]),
    )
    return carry_on(table=BOOK, row=book, event=event, actor=actor, at=at, contents=[note] if note else [])


def _explained(count: Count, difference: int) -> NewContent:
    if not count.note.strip():
        much = f"{abs(difference):,}"
        vi, en = ("thừa", "over") if difference > 0 else ("thiếu", "short")
        raise Invalid(
            f"Tiền trong két {vi} {much.replace(',', '.')} đồng so với sổ; hãy đếm lại, hoặc ghi rõ vì sao.",
            f"The box is VND {much} {en}; count again, or write why.",
            field="note",
        )
    return words_of("difference", count.note, field="note")


def _refuse_other_receipt(book: Row, receipt: UUID | None) -> None:
    if receipt is None:
        return
    if not rows("SELECT id FROM payments_receipt WHERE id = %s AND book = %s", [receipt, book["id"]]):
        raise Invalid(
            "Biên lai này không thuộc sổ đang chốt.", "This receipt is not of this book.", field="faulty"
        )


def confirm(*, book: Row, actor: Actor, at: datetime) -> Recorded:
    """Give the second person's word to a closing that needs one. Raises Denied for the one who closed."""
    check_kept(actor, Deed.CONFIRM, book["agency"], at)
    policy.check_second(actor, Deed.CONFIRM, book)
    if not waits_for_confirmation(book):
        raise NotAllowedNow("Sổ này không chờ xác nhận.", "This book is not waiting for a confirmation.")
    event = e.BookConfirmed(occurred_at=max(at, book["head_at"]))
    return carry_on(table=BOOK, row=book, event=event, actor=actor, at=at)


def waits_for_confirmation(book: Row) -> bool:
    """Whether a second person has to look at the closing yet."""
    return bool(book["closed_at"] is not None and book["seconded"] and not book["confirmed_by"])


def ask_reopening(*, book: Row, reason: str, actor: Actor, at: datetime) -> Recorded:
    """Ask that a closed book be opened again, with a reason. Raises Denied, NotAllowedNow."""
    policy.check(actor, Deed.ASK_REOPENING, book["agency"])
    _refuse_not_last(book)
    if book["reopening_by"]:
        raise NotAllowedNow("Đã có người đề nghị mở lại sổ này.", "The reopening was asked for already.")
    why = words_of("reopening", reason)
    event = e.ReopeningAsked(reason=why.ref, occurred_at=max(at, book["head_at"]))
    return carry_on(table=BOOK, row=book, event=event, actor=actor, at=at, contents=[why])


def reopen(*, book: Row, actor: Actor, at: datetime) -> Recorded:
    """Open a closed book again, as the second person. Raises Denied for the one who asked, NotAllowedNow."""
    policy.check(actor, Deed.REOPEN, book["agency"])
    policy.check_second(actor, Deed.REOPEN, book)
    _refuse_not_last(book)
    if not book["reopening_by"]:
        raise NotAllowedNow("Chưa ai đề nghị mở lại sổ này.", "Nobody has asked for the reopening.")
    event = e.BookReopened(occurred_at=max(at, book["head_at"]))
    return carry_on(table=BOOK, row=book, event=event, actor=actor, at=at)


def _refuse_not_last(book: Row) -> None:
    """What came in after a closing belongs to the next day: then the closing stands."""
    if book["closed_at"] is None:
        raise NotAllowedNow("Sổ này đang mở.", "This book is open.")
    if rows(
        "SELECT id FROM payments_book WHERE agency = %s AND number > %s LIMIT 1",
        [book["agency"], book["number"]],
    ):
        raise NotAllowedNow(
            "Đã thu tiền sang ngày sau nên không mở lại sổ này; chênh lệch ghi vào lần chốt sổ tới.",
            "Money of the next day has come in, so this book stays closed; write the difference into the next one.",
        )
