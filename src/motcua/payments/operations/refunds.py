"""Money goes back: asked for, agreed to by a leader, paid by a numbered voucher the way it came."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.text import clean
from motcua.payments import events as e, policy
from motcua.payments.numbering import VOUCHERS
from motcua.payments.operations.keeping import check_kept
from motcua.payments.operations.receipts import counted, is_electronic, refuse_voided
from motcua.payments.policy import BACK_BY, GROUNDS, Deed
from motcua.payments.record import (
    Recorded,
    Row,
    begin,
    book_of,
    carry_on,
    lock,
    next_number,
    open_book,
    rows,
    words_of,
)

NOTHING_IN_PART: Mapping[tuple[str, str], int] = {}


def ask(
    *,
    refund: UUID,
    receipt: Row,
    charges: Sequence[tuple[str, str]],
    ground: str,
    reason: str,
    actor: Actor,
    at: datetime,
    parts: Mapping[tuple[str, str], int] = NOTHING_IN_PART,
) -> Recorded:
    """Ask that the `charges` (reference, charge) of a locked receipt go back to who paid: what is left of them, or of
    `parts` no more than their amount.

    Raises Denied, Invalid for an unknown ground or charge; NotAllowedNow for what is asked for already, and until
    the receipt's book is counted, when it is voided instead. What a merged agency has taken, its successor gives back.
    """
    keeper = check_kept(actor, Deed.ASK_REFUND, receipt["agency"], at)
    refuse_voided(receipt)
    if not is_electronic(receipt) and not counted(receipt, book_of(receipt)):
        raise NotAllowedNow(
            "Sổ quỹ của biên lai này chưa chốt; hãy hủy hoặc thay biên lai thay vì hoàn tiền.",
            "The cash book of this receipt is open; void or replace the receipt instead of a refund.",
        )
    if ground not in GROUNDS:
        raise Invalid("Hãy chọn lý do hoàn tiền.", "Choose why the money goes back.", field="ground")
    lines = _lines(receipt, charges, parts)
    why = words_of("refund", reason)
    event = e.RefundAsked(
        agency=keeper,
        receipt=receipt["id"],
        lines=lines,
        total=sum(line.amount for line in lines),
        ground=ground,
        reason=why.ref,
        approval=True,
        occurred_at=at,
    )
    return begin(stream=refund, event=event, agency=keeper, actor=actor, at=at, contents=[why])


def _lines(
    receipt: Row, charges: Sequence[tuple[str, str]], parts: Mapping[tuple[str, str], int]
) -> tuple[e.LineFact, ...]:
    paid = {
        (r["reference"], r["charge"]): e.LineFact(**r)
        for r in rows(
            "SELECT reference, charge, rule, amount, payee FROM payments_line WHERE receipt = %s ORDER BY n",
            [receipt["id"]],
        )
    }
    asked, gone = set(), Counter[tuple[str, str]]()
    for r in rows(
        "SELECT lines, paid_at FROM payments_refund WHERE receipt = %s AND declined_by = ''", [receipt["id"]]
    ):
        for line in r["lines"]:
            charge = (line["reference"], line["charge"])
            gone[charge] += line["amount"]
            if r["paid_at"] is None:
                asked.add(charge)
    wanted = list(dict.fromkeys(charges))
    if not wanted or any(charge not in paid for charge in wanted):
        raise Invalid(
            "Hãy chọn khoản cần hoàn trong biên lai.", "Choose lines of the receipt.", field="charges"
        )
    left = {charge: paid[charge].amount - gone[charge] for charge in wanted}
    back = {charge: parts.get(charge, left[charge]) for charge in wanted}
    if asked & set(wanted) or any(not 0 < back[charge] <= left[charge] for charge in wanted):
        raise NotAllowedNow("Khoản này đã có đề nghị hoàn tiền.", "A refund of this was asked for already.")
    return tuple(replace(paid[charge], amount=back[charge]) for charge in wanted)


def approve(*, refund: Row, actor: Actor, at: datetime) -> Recorded:
    """Agree to a refund. Raises Denied also for who asked for it, NotAllowedNow for one that has its word."""
    _check_decides(refund, actor, at)
    event = e.RefundApproved(occurred_at=max(at, refund["head_at"]))
    return carry_on(table="payments_refund", row=refund, event=event, actor=actor, at=at)


def decline(*, refund: Row, reason: str, actor: Actor, at: datetime) -> Recorded:
    """Say no to a refund, with a reason; also to one agreed to before, until it is paid."""
    _check_decides(refund, actor, at, agreed=True)
    why = words_of("refund_declined", reason)
    event = e.RefundDeclined(reason=why.ref, occurred_at=max(at, refund["head_at"]))
    return carry_on(table="payments_refund", row=refund, event=event, actor=actor, at=at, contents=[why])


def _check_decides(refund: Row, actor: Actor, at: datetime, *, agreed: bool = False) -> None:
    check_kept(actor, Deed.DECIDE_REFUND, refund["agency"], at)
    policy.check_second(actor, Deed.DECIDE_REFUND, refund)
    if not (waits_for_a_word(refund) or (agreed and is_payable(refund))):
        raise NotAllowedNow("Đề nghị này không còn chờ duyệt.", "This is not waiting for a decision.")


def waits_for_a_word(refund: Row) -> bool:
    """Whether a leader has to decide on it yet."""
    return not (refund["approved_by"] or refund["declined_by"] or refund["paid_at"] is not None)


def is_payable(refund: Row) -> bool:
    """Whether the money may go out now."""
    settled = refund["paid_at"] is not None or refund["declined_by"]
    return not settled and not waits_for_a_word(refund)


def pay(*, refund: Row, means: str, slip: str, recipient: str, actor: Actor, at: datetime) -> Recorded:
    """Pay a locked refund out, by a voucher of its own number; that of a merged agency out of its successor's box.
    Raises Denied, Invalid, NotAllowedNow."""
    keeper = check_kept(actor, Deed.PAY_REFUND, refund["agency"], at)
    if not is_payable(refund):
        raise NotAllowedNow(
            "Phiếu này chưa được duyệt, đã chi hoặc đã bị từ chối.",
            "This is not agreed to yet, is paid already, or was declined.",
        )
    receipt = lock("payments_receipt", refund["receipt"])
    refuse_voided(receipt)
    _refuse_other_means(receipt["means"], means, clean(slip))
    to = words_of("recipient", recipient[:200], field="recipient")
    book = open_book(agency=keeper, actor=actor, at=at)
    event = e.RefundPaid(
        book=book["id"],
        number=next_number(refund["agency"], VOUCHERS, at),
        means=means,
        slip="" if means == "cash" else clean(slip),
        recipient=to.ref,
        occurred_at=max(at, refund["head_at"]),
    )
    return carry_on(table="payments_refund", row=refund, event=event, actor=actor, at=at, contents=[to])


def _refuse_other_means(came: str, means: str, slip: str) -> None:
    if means not in BACK_BY[came]:
        vi, en = (
            ("tiền mặt", "in cash") if came == "cash" else ("thẻ hoặc chuyển khoản", "by card or transfer")
        )
        raise Invalid(
            f"Tiền trả lại theo cách đã nộp: {vi}.",
            f"The money goes back the way it came: {en}.",
            field="means",
        )
    if means != "cash" and not 0 < len(slip) <= 40:
        raise Invalid(
            "Hãy ghi số giao dịch của lần trả tiền.",
            "Write the transaction's number of this repayment.",
            field="slip",
        )
