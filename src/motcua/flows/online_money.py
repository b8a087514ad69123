"""Money paid online: an order for what a dossier owes, and what comes in for it, in one transaction with the dossier.

Order of locks: the request is claimed, the dossier, the order or the credit, the receipt's number last. What is owed
is asked of the dossier under its lock each time: an order that no longer fits is never paid.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from motcua.agencies.selectors import agency as agency_facts
from motcua.calendars.selectors import calendar_of
from motcua.catalogue.selectors import version
from motcua.dossiers import operations as dossiers
from motcua.dossiers.operations import Paid
from motcua.dossiers.people import label_of
from motcua.dossiers.projector import standing
from motcua.dossiers.record import no_such
from motcua.dossiers.row import Row
from motcua.dossiers.standing import why_not
from motcua.dossiers.states import Act
from motcua.flows.citizens import hold_mandate
from motcua.flows.courses import step_due_of
from motcua.flows.payees import payee_of
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.ids import uuid7
from motcua.kernel.text import clean
from motcua.ledger.operations import claim
from motcua.payments import operations as payments
from motcua.payments.days import before_order
from motcua.payments.events import LineFact
from motcua.payments.online import account_of, last_attempt, order_by_texts, order_of_attempt
from motcua.payments.operations import Incoming
from motcua.payments.operations.incoming import CREDIT
from motcua.payments.operations.orders import ORDER, asks, still_good
from motcua.payments.ordering import Outcome, Source, State, outcome, texts_in
from motcua.payments.platform import Asked as Asking, Told
from motcua.payments.record import Recorded
from motcua.payments.selectors import name_of
from motcua.payments.vietqr import BankAccount
from motcua.processes import operations as processes

# Longer than the platform is waited for: nobody begins a payment beside one that is just being begun, nor keeps a
# platform that is down, and our own threads, busy by clicking.
BETWEEN_ATTEMPTS = timedelta(seconds=30)
NOBODY_NAMED = "Người nộp không ghi tên"


def payable(row: Row) -> tuple[LineFact, ...]:
    """What a dossier owes that can be paid online now: all of it, or nothing while an amount is unknown."""
    if why_not(Act.PAY, standing(row)) is not None:
        return ()
    charges = dossiers.open_charges(row)
    if any(charge["amount"] is None for charge in charges):
        return ()
    return tuple(
        LineFact(
            reference=row["code"],
            charge=c["charge"],
            rule=c["rule"],
            amount=c["amount"],
            payee=payee_of(row, c["rule"]),
        )
        for c in charges
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """An order to be paid, and whether it was made just now."""

    order: Row
    is_new: bool


def ask_to_pay(*, dossier: UUID, actor: Actor, at: datetime) -> Asked:
    """The order by which `dossier` pays online: the open one while it still fits, else a new one in its place.

    Raises NotAllowedNow where nothing can be paid online; Denied beyond a mandate.
    """
    row = dossiers.lock_by_id(dossier)
    hold_mandate(actor=actor, power="hand_in", procedure=row["procedure"], at=at)
    lines = payable(row)
    if not lines:
        raise NotAllowedNow(
            "Hồ sơ hiện không có khoản nào nộp qua mạng được.",
            "The dossier owes nothing that can be paid online.",
        )
    account = account_of(row["desk_agency"])
    open_order = payments.orders.standing(row["code"])
    if open_order is not None:
        if still_good(open_order, lines=lines, account=account, at=at):
            return Asked(open_order, is_new=False)
        claim(stream=open_order["id"], seq=open_order["head_seq"] + 1, actor=actor, at=at)
        how = State.CANCELLED if at < open_order["stands_until"] else State.EXPIRED
        payments.orders.end(order=open_order, how=how, actor=actor, at=at)
    made = payments.orders.open_order(
        agency=row["desk_agency"], reference=row["code"], lines=lines, account=account, actor=actor, at=at
    )
    if open_order is None:
        claim(stream=made.row["id"], seq=1, actor=actor, at=at)
    return Asked(made.row, is_new=True)


def ask_at_once(*, row: Row, actor: Actor, at: datetime) -> None:
    """Open the order of a dossier that is being handed in, so that its confirmation shows how it is paid. Part of
    that act; nothing where nothing is paid at once, or no account takes it."""
    lines, account = payable(row), account_of(row["desk_agency"])
    if lines and account is not None:
        payments.orders.open_order(
            agency=row["desk_agency"],
            reference=row["code"],
            lines=lines,
            account=account,
            actor=actor,
            at=at,
        )


def begin_on_platform(*, dossier: UUID, address: str, actor: Actor, at: datetime) -> Asking:
    """Write an attempt down to pay `dossier` through the platform; what it is to be told of it, after the transaction.

    Raises NotAllowedNow where nothing can be paid online, no account takes it, or the last attempt is too fresh.
    """
    asked = ask_to_pay(dossier=dossier, actor=actor, at=at)
    order = asked.order
    if not asked.is_new:  # else the request is claimed for the new order
        claim(stream=order["id"], seq=order["head_seq"], actor=actor, at=at)
        before = last_attempt(order["id"])
        if before is not None and at < before["sent_at"] + BETWEEN_ATTEMPTS:
            raise NotAllowedNow(
                "Lần thanh toán trước vừa mới bắt đầu. Xin đợi nửa phút rồi thử lại.",
                "The last payment has only just begun. Please wait half a minute, then try again.",
            )
    account = account_of(order["agency"])
    if account is None:
        raise NotAllowedNow("Cơ quan chưa nhận thanh toán qua mạng.", "The agency takes no money online yet.")
    row = dossiers.lock_by_id(dossier)
    published = version(row["procedure_version"])
    names = {rule.code: rule.name.vi for rule in published.fees}
    return Asking(
        reference=payments.attempts.begin(order=order, at=at),
        total=order["total"],
        lines=[
            (line["rule"], names.get(line["rule"], line["rule"]), line["amount"]) for line in order["lines"]
        ],
        account=BankAccount(account.bin, account.number, account.holder),
        procedure=row["procedure"],
        title=published.title.vi,
        agency=order["agency"],
        agency_name=agency_facts(order["agency"]).called.vi,
        dossier=row["code"],
        address=address,
        at=at,
    )


def incoming_of(told: Told) -> Incoming | None:
    """What the platform tells of money, as money that came in; None for a payment that was never begun here."""
    order = order_of_attempt(told.reference)
    if order is None:
        return None
    return Incoming(
        agency=order["agency"],
        source=Source.PLATFORM,
        number=told.number,
        amount=told.amount,
        booked_on=told.on,
        told=told.reference,
    )


def follow_debt(*, dossier: UUID, actor: Actor, at: datetime) -> Recorded | None:
    """Cancel the open order of a dossier that owes something else by now; None where there is none, or it fits."""
    row = dossiers.lock_by_id(dossier)
    order = payments.orders.standing(row["code"])
    if order is None or asks(order, payable(row)):
        return None
    claim(stream=order["id"], seq=order["head_seq"] + 1, actor=actor, at=at)
    return payments.orders.end(order=order, how=State.CANCELLED, actor=actor, at=at)


def expire(*, order: UUID, actor: Actor, at: datetime) -> Recorded | None:
    """End an open order whose time is up; None where it is done with already."""
    found = payments.lock(ORDER, order)
    if State(found["state"]) is not State.OPEN or at < found["stands_until"]:
        return None
    claim(stream=order, seq=found["head_seq"] + 1, actor=actor, at=at)
    return payments.orders.end(order=found, how=State.EXPIRED, actor=actor, at=at)


def receive(*, incoming: Incoming, actor: Actor, at: datetime) -> Recorded:
    """Write down money that came in by itself; what fits an order and is owed pays it, and the dossier goes on.

    The same telling again is refused as done (the request's key is the source's number). Everything else is kept
    with what became of it, for the cashier to settle. Raises Denied, AlreadyDone, KeyReused,
    Invalid for a day on which it cannot have been booked.
    """
    credit = uuid7()
    claim(stream=credit, seq=1, actor=actor, at=at)
    found = order_by_texts(tuple(texts_in(incoming.told)), agency=incoming.agency)
    if found is None:
        return payments.incoming.receive(
            credit=credit,
            incoming=incoming,
            order=None,
            same=None,
            outcome=Outcome.UNKNOWN,
            actor=actor,
            at=at,
        )
    wrong = before_order(incoming.booked_on, opened_at=found["opened_at"])
    if wrong:
        raise Invalid(wrong.vi, wrong.en, field="booked_on")
    row = dossiers.lock_several([found["reference"]])[found["reference"]]
    order = payments.lock(ORDER, found["id"])
    same = payments.incoming.told_before(order, incoming)
    became = outcome(
        state=State(order["state"]),
        amount=incoming.amount,
        total=order["total"],
        owed=asks(order, payable(row)),
        told_before=same is not None,
    )
    done = payments.incoming.receive(
        credit=credit, incoming=incoming, order=order["id"], same=same, outcome=became, actor=actor, at=at
    )
    if became is Outcome.PAID:
        receipt = _receipt(row, credit, incoming, actor, at)
        payments.orders.pay(order=order, credit=credit, receipt=receipt.row["id"], actor=actor, at=at)
    return done


def _receipt(row: Row, credit: UUID, incoming: Incoming, actor: Actor, at: datetime) -> Recorded:
    """The electronic receipt for all that a locked dossier owes, and the dossier paid by it."""
    lines = payable(row)
    issued = payments.incoming.receipt(
        receipt=uuid7(),
        credit=credit,
        incoming=incoming,
        lines=lines,
        payer=clean(label_of(row["id"])) or NOBODY_NAMED,
        actor=actor,
        at=at,
    )
    calendar = calendar_of(row["competent_agency"])
    processes.follow(
        dossiers.pay(
            row=row,
            charges=[line.charge for line in lines],
            paid=Paid(receipt=issued.row["id"], number=name_of(issued.row)),
            calendar=calendar,
            step_due=step_due_of(row, at, calendar),
            actor=actor,
            at=at,
        )
    )
    return issued


def assign(*, credit: UUID, code: str, actor: Actor, at: datetime) -> Recorded:
    """Pay what dossier `code` owes with money that its order's text did not: the cashier found out whose it is. Only
    the whole sum, and money that names an order only for that order's dossier. Raises Denied, NotFound,
    NotAllowedNow."""
    wanted = clean(code).upper()
    row = dossiers.lock_several([wanted]).get(wanted)
    came = payments.lock(CREDIT, credit)
    claim(stream=credit, seq=came["head_seq"] + 1, actor=actor, at=at)
    keeper = payments.incoming.check_assigns(came, wanted, actor, at)
    if row is None or row["desk_agency"] not in (came["agency"], keeper):
        raise no_such(wanted)
    owed = sum(line.amount for line in payable(row))
    if owed != came["amount"]:
        raise NotAllowedNow(
            f"Hồ sơ {wanted} hiện phải nộp {owed:,} đồng, không phải {came['amount']:,} đồng.".replace(
                ",", "."
            ),
            f"Dossier {wanted} owes VND {owed:,} now, not VND {came['amount']:,}.",
        )
    incoming = Incoming(
        agency=came["agency"],
        source=Source(came["source"]),
        number=came["number"],
        amount=came["amount"],
        booked_on=came["booked_on"],
        told="",
    )
    issued = _receipt(row, credit, incoming, actor, at)
    return payments.incoming.assign(credit=came, receipt=issued.row["id"], actor=actor, at=at)


def give_back(*, credit: UUID, slip: str, actor: Actor, at: datetime) -> Recorded:
    """Note that money which was not owed went back to who sent it."""
    came = payments.lock(CREDIT, credit)
    claim(stream=credit, seq=came["head_seq"] + 1, actor=actor, at=at)
    return payments.incoming.give_back(credit=came, slip=slip, actor=actor, at=at)
