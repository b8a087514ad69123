"""Taking money, and crossing a receipt out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.ids import uuid7
from motcua.kernel.text import clean
from motcua.payments import cash, events as e, policy
from motcua.payments.numbering import RECEIPTS
from motcua.payments.operations.keeping import check_kept
from motcua.payments.policy import Deed
from motcua.payments.record import (
    Recorded,
    Row,
    begin,
    book_of,
    carry_on,
    next_number,
    open_book,
    rows,
    words_of,
)

MEANS = ("cash", "card")
MOST_LINES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be paid at once: lines of one or more references (a visit's dossiers, a certification's papers)."""

    agency: str
    lines: tuple[e.LineFact, ...]

    @property
    def total(self) -> int:
        """The sum in đồng."""
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tender:
    """How it is paid: cash with what was put on the counter (None: the exact sum), or card with the slip's number."""

    means: str
    payer: str
    given: int | None = None
    slip: str = ""


def take(
    *,
    receipt: UUID,
    order: Order,
    tender: Tender,
    actor: Actor,
    at: datetime,
    replaces: UUID | None = None,
) -> Recorded:
    """Take the money of `order` and give it a receipt (`receipt` is its id, claimed by the caller).

    Raises Denied for everybody but the agency's cashier; Invalid for a sum that is nothing, too little cash, a
    card without its slip; the database refuses a charge that is paid already.
    """
    policy.check(actor, Deed.TAKE, order.agency)
    given = _given(order, tender)
    payer = words_of("payer", tender.payer[:200], field="payer")
    book = open_book(agency=order.agency, actor=actor, at=at)
    # The number is the last thing locked before the event is built (design, section 12).
    event = e.ReceiptIssued(
        agency=order.agency,
        book=book["id"],
        number=next_number(order.agency, RECEIPTS, at),
        lines=order.lines,
        total=order.total,
        means=tender.means,
        given=given,
        slip=clean(tender.slip) if tender.means == "card" else "",
        payer=payer.ref,
        replaces=replaces,
        occurred_at=at,
    )
    return begin(stream=receipt, event=event, agency=order.agency, actor=actor, at=at, contents=[payer])


def _given(order: Order, tender: Tender) -> int:
    _refuse_wrong_lines(order.lines)
    if tender.means not in MEANS:
        raise Invalid("Hãy chọn tiền mặt hoặc thẻ.", "Choose cash or card.", field="means")
    if tender.means == "card":
        if not 0 < len(clean(tender.slip)) <= 40:
            raise Invalid(
                "Hãy ghi số giao dịch trên phiếu của máy quẹt thẻ.",
                "Write the number on the terminal's slip.",
                field="slip",
            )
        return order.total
    given = order.total if tender.given is None else tender.given
    cash.change(order.total, given)
    return given


def _refuse_wrong_lines(lines: Sequence[e.LineFact]) -> None:
    if not lines or len(lines) > MOST_LINES or any(line.amount <= 0 for line in lines):
        raise Invalid("Không có khoản nào phải thu.", "There is nothing to be paid.", field="lines")
    if len({(line.reference, line.charge) for line in lines}) != len(lines):
        raise Invalid("Một khoản thu ghi hai lần.", "A charge stands twice.", field="lines")


def void(
    *,
    receipt: Row,
    reason: str,
    actor: Actor,
    at: datetime,
    replacement: UUID | None = None,
) -> Recorded:
    """Cross a receipt (locked) out, with a reason; its number stays taken. `replacement`: the receipt that stands
    in its place.

    Only until its book is counted: then the money goes back by a refund; and never beside a refund, or the same
    money would go out twice. Raises Denied, NotAllowedNow.
    """
    check_kept(actor, Deed.VOID, receipt["agency"], at)
    refuse_voided(receipt)
    _refuse_refunded(receipt)
    if is_electronic(receipt):
        raise NotAllowedNow(
            "Biên lai điện tử không hủy được vì tiền đã vào tài khoản; hãy lập phiếu hoàn tiền.",
            "An electronic receipt is not voided, its money is in the account; ask for a refund.",
        )
    if counted(receipt, book_of(receipt)):
        raise NotAllowedNow(
            "Sổ quỹ của ngày thu đã chốt; hãy lập phiếu hoàn tiền thay vì hủy biên lai.",
            "That day's cash book is closed; ask for a refund instead of voiding the receipt.",
        )
    why = words_of("void", reason)
    event = e.ReceiptVoided(reason=why.ref, replaced_by=replacement, occurred_at=max(at, receipt["head_at"]))
    return carry_on(table="payments_receipt", row=receipt, event=event, actor=actor, at=at, contents=[why])


def is_electronic(receipt: Row) -> bool:
    """Whether no cashier took the money: it came in by itself, and stands in no cash book."""
    return receipt["book"] is None


def counted(receipt: Row, book: Row) -> bool:
    """Whether a receipt stood in a closing of its `book` already, though the book may be open again since."""
    return book["closed_at"] is not None or bool(book["reopened"] and receipt["at"] <= book["head_at"])


def _refuse_refunded(receipt: Row) -> None:
    if rows(
        "SELECT id FROM payments_refund WHERE receipt = %s AND declined_by = '' LIMIT 1", [receipt["id"]]
    ):
        raise NotAllowedNow(
            "Biên lai này đã có đề nghị hoàn tiền nên không hủy, không thay được.",
            "A refund of this receipt was asked for, so it is neither voided nor replaced.",
        )


def refuse_voided(receipt: Row) -> None:
    """Raise NotAllowedNow for a receipt that is crossed out."""
    if receipt["voided_at"] is not None:
        raise NotAllowedNow("Biên lai này đã hủy.", "This receipt is voided already.")


def new_receipt() -> UUID:
    """The id of a receipt about to be written: its stream's."""
    return uuid7()
