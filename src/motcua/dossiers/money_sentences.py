"""The sentences of what a dossier costs: asked for, paid, waived, counted anew, given back. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from motcua.dossiers import events as e
from motcua.kernel.say import Say


def _dong(amount: int) -> Say:
    grouped = f"{amount:,}"
    return Say(f"{grouped.replace(',', '.')} đồng", f"VND {grouped}")


def _asked_to_pay(event: e.PaymentRequested) -> Say:
    much = _dong(sum(c.amount for c in event.charges))
    if not event.pauses:
        return Say(f"Yêu cầu nộp {much.vi}; thời hạn vẫn tính.", f"{much.en} asked for; the clock runs on.")
    return Say(f"Yêu cầu nộp {much.vi}; tạm dừng tính hạn.", f"{much.en} asked for; the clock pauses.")


def _charged(event: e.ChargedAtReturn) -> Say:
    much = _dong(sum(c.amount for c in event.charges))
    return Say(f"Thu {much.vi} khi trả kết quả.", f"{much.en} to be paid at return.")


def _charged_first(event: e.ChargedAtSubmission) -> Say:
    much = _dong(sum(c.amount for c in event.charges))
    return Say(f"Phải nộp {much.vi}: nộp ngay hoặc sau đều được.", f"{much.en} to be paid, now or later.")


def _paid(event: e.DossierPaid) -> Say:
    much = _dong(sum(c.amount for c in event.charges))
    return Say(f"Đã nộp {much.vi}, biên lai {event.number}.", f"{much.en} paid, receipt {event.number}.")


def _fee_set(event: e.FeeSet) -> Say:
    much = _dong(event.amount)
    return Say(f"Nhập mức thu {much.vi} theo {event.decision}.", f"Set to {much.en} by {event.decision}.")


def _fee_recounted(event: e.FeeRecounted) -> Say:
    return Say(f"Phí tính lại: {_dong(event.amount).vi}.", f"Fee counted anew: {_dong(event.amount).en}.")


def _fee_added(event: e.FeeAdded) -> Say:
    much = _dong(event.amount)
    return Say(f"Phải thu thêm {much.vi}.", f"{much.en} more are to be paid.")


def _overpayment_back(event: e.OverpaymentReturned) -> Say:
    much = _dong(sum(c.amount for c in event.charges))
    return Say(
        f"Đã hoàn {much.vi} thu thừa; phần còn lại vẫn là đã nộp.",
        f"{much.en} taken in excess went back; the rest stays paid.",
    )


def _undone(event: e.PaymentUndone) -> Say:
    return {
        "voided": Say("Biên lai đã hủy; khoản thu chưa nộp.", "The receipt was voided; the charge is open."),
        "replaced": Say(
            f"Biên lai được thay bằng {event.number}.", f"The receipt was replaced by {event.number}."
        ),
        "refunded": Say("Đã hoàn tiền cho người nộp.", "The money went back to the payer."),
    }[event.how]


MONEY: Mapping[str, Callable[[Any], Say]] = {
    e.PaymentRequested.TYPE: _asked_to_pay,
    e.ChargedAtReturn.TYPE: _charged,
    e.ChargedAtSubmission.TYPE: _charged_first,
    e.DossierPaid.TYPE: _paid,
    e.DossierWaived.TYPE: lambda s: Say(f"Được miễn khoản thu ({s.basis}).", f"Charge waived ({s.basis})."),
    e.FeeSet.TYPE: _fee_set,
    e.FeeRecounted.TYPE: _fee_recounted,
    e.FeeAdded.TYPE: _fee_added,
    e.OverpaymentReturned.TYPE: _overpayment_back,
    e.PaymentUndone.TYPE: _undone,
}
