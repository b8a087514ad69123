"""A sentence for each event of money, without personal data. Pure."""

from collections.abc import Callable
from typing import Any

from motcua.kernel.say import Say
from motcua.payments import events as e
from motcua.payments.numbering import label
from motcua.payments.ordering import OUTCOMES, Outcome


def dong(amount: int) -> Say:
    """An amount as sentences name it."""
    grouped = f"{amount:,}"
    return Say(f"{grouped.replace(',', '.')} đồng", f"VND {grouped}")


def _issued(event: e.ReceiptIssued) -> Say:
    name, much = _name(event.number), dong(event.total)
    return Say(f"Thu {much.vi}, biên lai {name}.", f"{much.en} taken, receipt {name}.")


def _paid(event: e.RefundPaid) -> Say:
    name = _name(event.number)
    return Say(f"Đã chi hoàn tiền, phiếu {name}.", f"Refund paid, voucher {name}.")


def _asked(event: e.RefundAsked) -> Say:
    much = dong(event.total)
    return Say(f"Đề nghị hoàn {much.vi}.", f"A refund of {much.en} was asked for.")


def _closed(event: e.BookClosed) -> Say:
    difference = event.counted - event.expected
    if not difference:
        return Say("Chốt sổ quỹ, khớp.", "Cash book closed, balanced.")
    much = dong(abs(difference))
    vi, en = ("thừa", "over") if difference > 0 else ("thiếu", "short")
    return Say(f"Chốt sổ quỹ, {vi} {much.vi}.", f"Cash book closed, {much.en} {en}.")


def _opened(event: e.BookOpened) -> Say:
    return Say(f"Mở sổ quỹ số {event.number}.", f"Cash book {event.number} begun.")


def _electronic(event: e.ElectronicReceiptIssued) -> Say:
    name, much = _name(event.number), dong(event.total)
    return Say(f"Nhận {much.vi} qua mạng, biên lai {name}.", f"{much.en} received online, receipt {name}.")


def _credit(event: e.CreditReceived) -> Say:
    much, what = dong(event.amount), OUTCOMES[Outcome(event.outcome)]
    return Say(f"Tiền về {much.vi}: {what.vi.lower()}.", f"{much.en} came in: {what.en.lower()}.")


def _order(event: e.OrderOpened) -> Say:
    much = dong(event.total)
    return Say(f"Lập lệnh nộp {much.vi} qua mạng.", f"Order to pay {much.en} online.")


def _ended(event: e.OrderEnded) -> Say:
    return (
        Say("Lệnh nộp tiền hết hạn.", "Payment order expired.")
        if event.how == "expired"
        else Say(
            "Hủy lệnh nộp tiền vì khoản phải nộp đã đổi.", "Payment order cancelled: what is owed changed."
        )
    )


def _handed_up(event: e.StatementProposed) -> Say:
    much = dong(event.total)
    return Say(
        f"Trình sao kê ngân hàng: {event.lines} khoản tiền về, {much.vi}.",
        f"A bank's statement handed up: {event.lines} sums that came in, {much.en}.",
    )


def _name(number: e.NumberFact) -> str:
    return label(number.series, number.year, number.number)


_SENTENCES: dict[str, Callable[[Any], Say]] = {
    e.ReceiptIssued.TYPE: _issued,
    e.ReceiptVoided.TYPE: lambda _: Say("Hủy biên lai.", "Receipt voided."),
    e.RefundAsked.TYPE: _asked,
    e.RefundApproved.TYPE: lambda _: Say("Lãnh đạo duyệt hoàn tiền.", "Refund agreed to."),
    e.RefundDeclined.TYPE: lambda _: Say("Lãnh đạo không duyệt hoàn tiền.", "Refund declined."),
    e.RefundPaid.TYPE: _paid,
    e.BookOpened.TYPE: _opened,
    e.BookClosed.TYPE: _closed,
    e.BookConfirmed.TYPE: lambda _: Say(
        "Người thứ hai xác nhận chốt sổ.", "Closing confirmed by another person."
    ),
    e.ReopeningAsked.TYPE: lambda _: Say("Đề nghị mở lại sổ quỹ.", "Reopening asked for."),
    e.BookReopened.TYPE: lambda _: Say("Mở lại sổ quỹ.", "Cash book opened again."),
    e.ReceivingAccountProposed.TYPE: lambda _: Say(
        "Đề nghị tài khoản nhận phí, lệ phí.", "Account for fees paid online proposed."
    ),
    e.ReceivingAccountSet.TYPE: lambda _: Say(
        "Ghi tài khoản nhận phí, lệ phí.", "Account for fees paid online set."
    ),
    e.StatementProposed.TYPE: _handed_up,
    e.StatementWithdrawn.TYPE: lambda _: Say("Bỏ sao kê ngân hàng.", "A bank's statement dropped."),
    e.StatementEntered.TYPE: lambda event: Say(
        f"Nhập sao kê ngân hàng: {event.lines} khoản tiền về.",
        f"A bank's statement taken in: {event.lines} sums that came in.",
    ),
    e.OrderOpened.TYPE: _order,
    e.OrderPaid.TYPE: lambda _: Say("Lệnh nộp tiền đã có tiền về.", "The order's money came in."),
    e.OrderEnded.TYPE: _ended,
    e.CreditReceived.TYPE: _credit,
    e.CreditAssigned.TYPE: lambda _: Say(
        "Đã tìm ra hồ sơ của khoản tiền về, cấp biên lai.", "The money's dossier was found, receipt given."
    ),
    e.CreditReturned.TYPE: lambda _: Say("Đã trả lại khoản tiền về.", "The money went back."),
    e.CreditMatched.TYPE: lambda event: Say(
        f"Khoản tiền về là tiền đã được nguồn kia báo: {len(event.others)} khoản.",
        f"The money is what the other source had told of: {len(event.others)} sums.",
    ),
    e.ElectronicReceiptIssued.TYPE: _electronic,
    e.SettlementClosed.TYPE: lambda event: Say(
        f"Lập bảng kê thu hộ: {dong(event.taken - event.back).vi}.",
        f"Settlement closed: {dong(event.taken - event.back).en}.",
    ),
    e.SettlementConfirmed.TYPE: lambda _: Say(
        "Người thứ hai xác nhận bảng kê thu hộ.", "Settlement confirmed by another person."
    ),
    e.SettlementSent.TYPE: lambda event: Say(
        f"Chuyển tiền thu hộ, chứng từ {event.slip}.",
        f"The settlement's money sent, payment order {event.slip}.",
    ),
    e.SettlementReceived.TYPE: lambda event: Say(
        f"Cơ quan được thu hộ nhận {dong(event.amount).vi}.", f"The payee received {dong(event.amount).en}."
    ),
}


def sentence(event: Any) -> Say:
    """What `event` says."""
    return _SENTENCES[event.TYPE](event)
