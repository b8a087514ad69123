"""Money that comes in by itself: written down once, receipted, assigned by hand, or sent back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from motcua.kernel.actor import Actor
from motcua.kernel.contents import text
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.kernel.text import clean
from motcua.ledger.operations import claim
from motcua.payments import events as e
from motcua.payments.matching import all_may_be
from motcua.payments.numbering import ELECTRONIC
from motcua.payments.online import days_of
from motcua.payments.operations.keeping import check_kept
from motcua.payments.ordering import TO_SETTLE, Outcome, Source, attempt_in
from motcua.payments.policy import GATEWAY, Deed
from motcua.payments.record import (
    Recorded,
    Row,
    begin,
    carry_on,
    next_number,
    no_such,
    rows,
    words_of,
)
from motcua.payments.sentences import dong

CREDIT = "payments_credit"
LONGEST_SLIP = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """Money as the bank's statement or the platform tells of it; `number` is its number there."""

    agency: str
    source: Source
    number: str
    amount: int
    booked_on: date
    told: str


def key_of(incoming: Incoming) -> tuple[str, bytes]:
    """The request's key and body under which a telling is written once: the same number with another content is
    refused."""
    told = repr((incoming.amount, incoming.booked_on, incoming.told)).encode()
    return f"{incoming.source}/{incoming.agency}/{incoming.number}", told


def told_before(order: Row, incoming: Incoming) -> UUID | None:
    """The credit by which the other source told of this very money for an order, which the caller holds.

    What is paid through the platform reaches the account too, under the attempt's text: a statement's line and the
    platform's word of one attempt and sum are the same money, each once. A transfer with the order's own text is a sum
    of its own, whatever the platform told of.
    """
    attempt = attempt_in(incoming.told)
    if not attempt:
        return None
    found = rows(
        'SELECT id FROM payments_credit WHERE "order" = %s AND attempt = %s AND source <> %s AND amount = %s'
        " AND same IS NULL ORDER BY id FOR NO KEY UPDATE",
        [order["id"], attempt, incoming.source, incoming.amount],
    )
    free = unmatched([row["id"] for row in found])
    return free[0] if free else None


def unmatched(sums: Sequence[UUID]) -> list[UUID]:
    """Which of `sums`, locked by the caller, the other source has not been found to tell of yet; in that order."""
    taken = {
        row["id"]
        for row in rows(
            "SELECT same AS id FROM payments_credit WHERE same = ANY(%(of)s)"
            " UNION ALL SELECT id FROM payments_credit WHERE id = ANY(%(of)s) AND same IS NOT NULL"
            " UNION ALL SELECT credit FROM payments_match WHERE credit = ANY(%(of)s)"
            " UNION ALL SELECT line FROM payments_match WHERE line = ANY(%(of)s)",
            {"of": list(sums)},
        )
    }
    return [one for one in sums if one not in taken]


def receive(
    *,
    credit: UUID,
    incoming: Incoming,
    order: UUID | None,
    same: UUID | None,
    outcome: Outcome,
    actor: Actor,
    at: datetime,
) -> Recorded:
    """Write money down that came in; the caller has claimed the request and judged what becomes of it. Raises Denied,
    Invalid for a day on which it cannot have been booked."""
    _refuse_others(actor)
    wrong = days_of(incoming.agency, at=at).wrong(incoming.booked_on)
    if wrong:
        raise Invalid(wrong.vi, wrong.en, field="booked_on")
    said = text("credit", clean(incoming.told)[:500])
    event = e.CreditReceived(
        agency=incoming.agency,
        source=incoming.source,
        number=incoming.number,
        amount=incoming.amount,
        booked_on=incoming.booked_on,
        told=said.ref,
        order=order,
        same=same if outcome is Outcome.SAME else None,
        outcome=outcome,
        occurred_at=at,
        attempt=attempt_in(incoming.told),
    )
    return begin(stream=credit, event=event, agency=incoming.agency, actor=actor, at=at, contents=[said])


def receipt(
    *,
    receipt: UUID,
    credit: UUID,
    incoming: Incoming,
    lines: Sequence[e.LineFact],
    payer: str,
    actor: Actor,
    at: datetime,
) -> Recorded:
    """Give money that came in its electronic receipt; the database refuses a charge that is paid already."""
    name = words_of("payer", payer[:200], field="payer")
    event = e.ElectronicReceiptIssued(
        agency=incoming.agency,
        number=next_number(incoming.agency, ELECTRONIC, at),
        lines=tuple(lines),
        total=sum(line.amount for line in lines),
        means=incoming.source,
        slip=incoming.number,
        payer=name.ref,
        credit=credit,
        occurred_at=at,
    )
    return begin(stream=receipt, event=event, agency=incoming.agency, actor=actor, at=at, contents=[name])


def assign(*, credit: Row, receipt: UUID, actor: Actor, at: datetime) -> Recorded:
    """Note the receipt that was given for money whose dossier the cashier found. Raises Denied, NotAllowedNow."""
    check_settles(credit, actor, at)
    event = e.CreditAssigned(receipt=receipt, occurred_at=max(at, credit["head_at"]))
    return carry_on(table=CREDIT, row=credit, event=event, actor=actor, at=at)


def give_back(*, credit: Row, slip: str, actor: Actor, at: datetime) -> Recorded:
    """Note that money which was not owed went back, by the bank's payment order `slip`, which the account's holder
    and the chief accountant have signed. Raises Denied, Invalid, NotAllowedNow."""
    check_settles(credit, actor, at)
    number = clean(slip)
    if not 0 < len(number) <= LONGEST_SLIP:
        raise Invalid(
            "Hãy ghi số ủy nhiệm chi của lần trả lại.",
            "Write the number of the payment order by which it went back.",
            field="slip",
        )
    event = e.CreditReturned(slip=number, occurred_at=max(at, credit["head_at"]))
    return carry_on(table=CREDIT, row=credit, event=event, actor=actor, at=at)


def match(*, credit: UUID, others: Sequence[UUID], actor: Actor, at: datetime) -> Recorded:
    """Note that a sum which waits is the money that the other source told of as `others`: a statement's line in which
    the platform handed over many payments, or one confirmation and its line. Their sum is the sum, and each is matched
    once; nothing is paid by it. Raises Denied, NotFound, Invalid, NotAllowedNow."""
    wanted = sorted({credit, *others})
    found = {
        row["id"]: row
        for row in rows(
            "SELECT * FROM payments_credit WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [wanted]
        )
    }
    if len(found) < len(wanted):
        raise no_such()
    row = found.pop(credit)
    claim(stream=credit, seq=row["head_seq"] + 1, actor=actor, at=at)
    check_settles(row, actor, at)
    if not found:
        raise Invalid(
            "Hãy chọn khoản mà nguồn kia đã báo.", "Choose what the other source told of.", field="others"
        )
    if any(other["agency"] != row["agency"] for other in found.values()):
        raise no_such()
    if not all_may_be(row, list(found)):
        raise NotAllowedNow(
            "Có khoản không thể là tiền này: dòng ghi nội dung lệnh nộp chỉ ghép với khoản cùng số tiền"
            " của chính lệnh đó.",
            "One of the sums cannot be this money: a line with an order's text is matched only with that order's own"
            " payment of the same sum.",
        )
    if len(unmatched(wanted)) < len(wanted):
        raise NotAllowedNow(
            "Có khoản đã được ghép với khoản khác; hãy tải lại trang rồi chọn lại.",
            "One of the sums was matched with another; load the page again and choose anew.",
        )
    refuse_difference(row["amount"], sum(other["amount"] for other in found.values()))
    event = e.CreditMatched(others=tuple(found), occurred_at=max(at, row["head_at"]))
    return carry_on(table=CREDIT, row=row, event=event, actor=actor, at=at)


def refuse_difference(amount: int, chosen: int) -> None:
    """Raise Invalid, with the difference, where what was chosen is not the sum that came."""
    if amount == chosen:
        return
    has, wants, differs = (dong(one) for one in (chosen, amount, abs(amount - chosen)))
    vi, en = ("thiếu", "short") if chosen < amount else ("thừa", "over")
    raise Invalid(
        f"Các khoản đã chọn cộng lại {has.vi}, khoản tiền về là {wants.vi}: {vi} {differs.vi}. Chưa ghi gì.",
        f"What is chosen comes to {has.en}, the money is {wants.en}: {differs.en} {en}. Nothing was written.",
        field="others",
    )


def check_settles(credit: Row, actor: Actor, at: datetime) -> str:
    """The agency whose cashier goes on with it. Raises Denied for everybody else, NotAllowedNow for money that nothing
    is to be done about."""
    keeper = check_kept(actor, Deed.SETTLE, credit["agency"], at)
    if Outcome(credit["outcome"]) not in TO_SETTLE or credit["settled_at"] is not None:
        raise NotAllowedNow("Khoản tiền này đã xử lý xong.", "This money is settled already.")
    return keeper


def check_assigns(credit: Row, reference: str, actor: Actor, at: datetime) -> str:
    """The same, and raise NotAllowedNow where the money names the order of another reference than this: it is that
    payer's, and nobody pays for somebody else with it."""
    keeper = check_settles(credit, actor, at)
    if credit["order"] is None:
        return keeper
    (named,) = rows("SELECT reference FROM payments_order WHERE id = %s", [credit["order"]])
    own = named["reference"]
    if reference != own:
        raise NotAllowedNow(
            f"Tiền này ghi nội dung lệnh nộp của hồ sơ {own}: chỉ ghi được vào hồ sơ đó, không thì trả lại"
            " người chuyển.",
            f"This money carries the text of an order of dossier {own}: it is written to that dossier only, or else"
            " goes back to who sent it.",
        )
    return keeper


def _refuse_others(actor: Actor) -> None:
    if actor != GATEWAY:
        raise Denied(
            "Chỉ hệ thống ghi tiền tự về.", "Only the system writes down money that comes in by itself."
        )
