"""What was collected for another agency: closed, confirmed by a second person, handed over, received. Either side of a
merged agency is its successor's (keeping)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.text import clean
from motcua.kernel.time import local
from motcua.ledger.selectors import history
from motcua.payments import events as e, policy
from motcua.payments.cash import MOST_DONG
from motcua.payments.numbering import SETTLEMENTS
from motcua.payments.operations.incoming import LONGEST_SLIP
from motcua.payments.operations.keeping import check_kept
from motcua.payments.policy import Deed
from motcua.payments.record import Recorded, Row, begin, carry_on, next_number, rows, words_of

SETTLEMENT = "payments_settlement"


def close(
    *,
    settlement: UUID,
    agency: str,
    payee: str,
    lines: Sequence[e.SettledFact],
    actor: Actor,
    at: datetime,
) -> Recorded:
    """Close what `agency` collected for `payee`, its `lines` as the caller found them under the agency's lock.

    Raises Denied; NotAllowedNow where there is nothing, or today's is closed: what comes after it is the next day's.
    """
    policy.check(actor, Deed.CLOSE_SETTLEMENT, agency)
    day = local(at).date()
    if rows(
        "SELECT id FROM payments_settlement WHERE agency = %s AND payee = %s AND day = %s",
        [agency, payee, day],
    ):
        raise NotAllowedNow(
            "Bảng kê thu hộ hôm nay đã lập; khoản thu, khoản hoàn sau đó vào bảng kê ngày sau.",
            "Today's settlement is closed; what came in or went back after it stands in the next day's.",
        )
    if not lines:
        raise NotAllowedNow(
            "Không có khoản thu hộ nào đã chốt sổ. Hãy chốt sổ quỹ trước.",
            "Nothing collected for them is counted yet. Close the cash book first.",
        )
    number = next_number(agency, SETTLEMENTS, at)
    event = e.SettlementClosed(
        agency=agency,
        payee=payee,
        series=number.series,
        year=number.year,
        number=number.number,
        day=day,
        lines=tuple(lines),
        taken=sum(line.amount for line in lines if line.amount > 0),
        back=-sum(line.amount for line in lines if line.amount < 0),
        occurred_at=at,
    )
    return begin(stream=settlement, event=event, agency=agency, actor=actor, at=at, contents=[])


def confirm(*, settlement: Row, actor: Actor, at: datetime) -> Recorded:
    """Give the second person's word to a locked settlement. Raises Denied for who closed it, NotAllowedNow."""
    check_kept(actor, Deed.CONFIRM_SETTLEMENT, settlement["agency"], at)
    policy.check_second(actor, Deed.CONFIRM_SETTLEMENT, settlement)
    if settlement["confirmed_at"] is not None:
        raise NotAllowedNow("Bảng kê này đã xác nhận.", "This settlement is confirmed already.")
    event = e.SettlementConfirmed(occurred_at=max(at, settlement["head_at"]))
    return carry_on(table=SETTLEMENT, row=settlement, event=event, actor=actor, at=at)


def send(*, settlement: Row, slip: str, on: date, actor: Actor, at: datetime) -> Recorded:
    """Note by which payment order, on which day, the money of a locked settlement was handed over; said again, the last
    holds, until the payee has the whole. Raises Denied, Invalid, NotAllowedNow."""
    check_kept(actor, Deed.SEND_SETTLEMENT, settlement["agency"], at)
    if settlement["confirmed_at"] is None:
        raise NotAllowedNow(
            "Bảng kê chờ người thứ hai xác nhận trước khi chuyển tiền.",
            "Another person has to confirm the settlement before its money is sent.",
        )
    _refuse_agreed(settlement)
    number = clean(slip)
    if not 0 < len(number) <= LONGEST_SLIP:
        raise Invalid(
            f"Hãy ghi số chứng từ chuyển tiền, nhiều nhất {LONGEST_SLIP} chữ.",
            f"Write the payment order's number, at most {LONGEST_SLIP} letters.",
            field="slip",
        )
    if not settlement["day"] <= on <= local(at).date():
        raise Invalid(
            "Ngày chuyển không trước ngày lập bảng kê, không sau hôm nay.",
            "The day is not before the settlement's own, nor after today.",
            field="on",
        )
    event = e.SettlementSent(slip=number, on=on, occurred_at=max(at, settlement["head_at"]))
    return carry_on(table=SETTLEMENT, row=settlement, event=event, actor=actor, at=at)


def receive(*, settlement: Row, amount: int, note: str, actor: Actor, at: datetime) -> Recorded:
    """Say, for the agency whose money it is, how much of a locked settlement came. A difference needs a note, and may
    be said anew until the whole is there. Raises Denied also for `givers`, Invalid, NotAllowedNow."""
    check_kept(actor, Deed.RECEIVE_SETTLEMENT, settlement["payee"], at)
    if settlement["sent_at"] is None:
        raise NotAllowedNow("Tiền chưa được chuyển.", "The money has not been sent yet.")
    policy.check_second(actor, Deed.RECEIVE_SETTLEMENT, settlement, givers(settlement["id"]))
    _refuse_agreed(settlement)
    if abs(amount) > MOST_DONG:
        raise Invalid("Số tiền quá lớn.", "The amount is too large.", field="amount")
    why = []
    if amount != settlement["total"]:
        if not clean(note):
            raise Invalid(
                "Số nhận được khác bảng kê; hãy ghi rõ khác ở đâu.",
                "The amount differs from the settlement; write where.",
                field="note",
            )
        why = [words_of("settlement", note, field="note")]
    event = e.SettlementReceived(
        amount=amount, note=why[0].ref if why else None, occurred_at=max(at, settlement["head_at"])
    )
    return carry_on(table=SETTLEMENT, row=settlement, event=event, actor=actor, at=at, contents=why)


def givers(settlement: UUID) -> frozenset[str]:
    """Who closed, confirmed or sent it, each time, and for whom: none of them says that the money came. One
    statement."""
    given = [x.actor for x in history(settlement) if x.type != e.SettlementReceived.TYPE]
    return frozenset(one for actor in given for one in (actor["id"], actor["for"]) if one)


def agrees(settlement: Row) -> bool:
    """Whether the payee has said that the whole came."""
    return bool(settlement["received"] == settlement["total"])


def _refuse_agreed(settlement: Row) -> None:
    if agrees(settlement):
        raise NotAllowedNow("Hai bên đã khớp số tiền.", "Both sides agree on the sum already.")
