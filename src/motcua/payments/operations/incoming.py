"""Money that comes in by itself: written down once, receipted, assigned by hand, or sent back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from motcua.kernel.actor import Actor
from motcua.kernel.contents import text
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.kernel.text import clean
from motcua.payments import events as e, policy
from motcua.payments.numbering import ELECTRONIC
from motcua.payments.ordering import TO_SETTLE, Outcome, Source
from motcua.payments.policy import GATEWAY, Deed
from motcua.payments.record import Recorded, Row, begin, carry_on, next_number, rows, words_of

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
    """The credit by which the other source told of such money for this order's reference, and that nothing is held
    against yet.

    What is paid through the platform reaches the bank account too, so a statement's line and the platform's word for
    one order and amount are taken for the same money, each once. Money whose dossier the cashier found came without the
    order's text: it is known by the receipt given for it.
    """
    found = rows(
        'SELECT c.id FROM payments_credit c WHERE (c."order" = %(order)s OR c.receipt IN'
        " (SELECT l.receipt FROM payments_line l WHERE l.reference = %(reference)s AND l.standing))"
        " AND c.source <> %(source)s AND c.amount = %(amount)s AND c.agency = %(agency)s"
        " AND c.same IS NULL AND NOT EXISTS (SELECT FROM payments_credit s WHERE s.same = c.id)"
        " ORDER BY c.id LIMIT 1",
        {
            "order": order["id"],
            "reference": order["reference"],
            "source": incoming.source,
            "amount": incoming.amount,
            "agency": incoming.agency,
        },
    )
    return found[0]["id"] if found else None


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
    """Write money down that came in; the caller has claimed the request and judged what becomes of it."""
    _refuse_others(actor)
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
    check_settles(credit, actor)
    event = e.CreditAssigned(receipt=receipt, occurred_at=max(at, credit["head_at"]))
    return carry_on(table=CREDIT, row=credit, event=event, actor=actor, at=at)


def give_back(*, credit: Row, slip: str, actor: Actor, at: datetime) -> Recorded:
    """Note that money which was not owed went back, by the bank's payment order `slip`, which the account's holder
    and the chief accountant have signed. Raises Denied, Invalid, NotAllowedNow."""
    check_settles(credit, actor)
    number = clean(slip)
    if not 0 < len(number) <= LONGEST_SLIP:
        raise Invalid(
            "Hãy ghi số ủy nhiệm chi của lần trả lại.",
            "Write the number of the payment order by which it went back.",
            field="slip",
        )
    event = e.CreditReturned(slip=number, occurred_at=max(at, credit["head_at"]))
    return carry_on(table=CREDIT, row=credit, event=event, actor=actor, at=at)


def check_settles(credit: Row, actor: Actor) -> None:
    """Raise Denied for everybody but the agency's cashier, NotAllowedNow for money that nothing is to be done about."""
    policy.check(actor, Deed.SETTLE, credit["agency"])
    if Outcome(credit["outcome"]) not in TO_SETTLE or credit["settled_at"] is not None:
        raise NotAllowedNow("Khoản tiền này đã xử lý xong.", "This money is settled already.")


def _refuse_others(actor: Actor) -> None:
    if actor != GATEWAY:
        raise Denied(
            "Chỉ hệ thống ghi tiền tự về.", "Only the system writes down money that comes in by itself."
        )
