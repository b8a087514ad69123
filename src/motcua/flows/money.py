"""Money and dossiers: what is taken at the desk, and what of it moves a dossier on, in one transaction.

Order: the request is claimed, the dossiers are locked (by code), then what is asked of the money, its number last.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from uuid import UUID

from motcua.agencies.selectors import agency as agency_facts
from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.selectors import calendar_of
from motcua.catalogue.fees import FeeLine, compute as compute_fees
from motcua.catalogue.selectors import offer, version as procedure_version
from motcua.catalogue.shapes import Audience, Channel
from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.operations import Paid, Recorded
from motcua.dossiers.policy import check
from motcua.dossiers.projector import standing
from motcua.dossiers.record import no_such
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act
from motcua.flows.courses import step_due_of
from motcua.flows.payees import payee_of
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.ids import uuid7
from motcua.kernel.time import local
from motcua.ledger.operations import claim
from motcua.payments import operations as payments
from motcua.payments.events import LineFact
from motcua.payments.operations import Order, Tender
from motcua.payments.record import Recorded as MoneyRecorded
from motcua.payments.selectors import lines_of, name_of, refund_lines
from motcua.processes import operations as processes

Paper = e.PaperMark | None
RECEIPT, REFUND = "payments_receipt", "payments_refund"


def _done(recorded: Recorded) -> Recorded:
    processes.follow(recorded)
    return recorded


# What is asked of the payer.


def chargeable(row: Row) -> list[e.FeeFact]:
    """What may be asked of the payer of a dossier: its open charges; before acceptance also what its version's
    rules come to where they hold, without counts, which nobody has told yet."""
    found = [
        e.FeeFact(rule=c["rule"], amount=c["amount"])
        for c in dossiers.open_charges(row)
        if c["charge"] == c["rule"]
    ]
    if row["received_at"] is not None:
        return found
    known = {c["charge"] for c in row["fees"]}
    computed = (e.FeeFact(rule=line.rule, amount=line.amount) for line in _computed(row))
    return found + [line for line in computed if line.rule not in known and line.amount != 0]


def _computed(row: Row) -> tuple[FeeLine, ...]:
    channel, agency = Channel(row["channel"]), agency_facts(row["desk_agency"])
    found = offer(
        row["procedure"], agency=agency.code, province=agency.parent, on=local(row["submitted_at"]).date()
    )
    version = procedure_version(row["procedure_version"])
    return compute_fees(
        # No answers yet: whoever asks the payer knows that the fee is due.
        rules=[replace(r, when=None, exemptions=()) for r in version.fees_of(row["variant"], channel)],
        channel=channel,
        applicant=Audience.CITIZEN,
        province=found.fees,
    ).lines


def _asked(row: Row, charges: Sequence[str]) -> tuple[e.ChargeFact, ...]:
    known = {line.rule: line.amount for line in chargeable(row)}
    if not charges or not set(charges) <= set(known):
        raise Invalid("Hãy chọn khoản phải nộp.", "Choose what is to be paid.", field="charges")
    amounts = {charge: known[charge] for charge in dict.fromkeys(charges)}
    return tuple(
        e.ChargeFact(charge=charge, rule=charge, amount=_known(amount)) for charge, amount in amounts.items()
    )


def _known(amount: int | None) -> int:
    if amount is None:
        raise Invalid(
            "Mức thu chưa có trong hệ thống; lãnh đạo hoặc phụ trách quầy nhập theo nghị quyết rồi mới thu.",
            "The amount is not known here; a leader or the desk manager enters it from the council's decision first.",
            field="charges",
        )
    return amount


def request_payment(
    *, code: str, charges: Sequence[str], actor: Actor, at: datetime, paper: Paper = None
) -> Recorded:
    """Ask the payer for `charges` before the matter goes on. The clock pauses only where the pinned version's fee
    rule says so."""
    row = dossiers.lock(code, act=Act.REQUEST_PAYMENT, actor=actor, at=at)
    rules = {rule.code: rule for rule in procedure_version(row["procedure_version"]).fees}
    asked = _asked(row, charges)
    return _done(
        dossiers.request_payment(
            row=row,
            charges=asked,
            pauses=any(rules[c.rule].pauses for c in asked),
            calendar=calendar_of(row["competent_agency"]),
            actor=actor,
            at=at,
            paper=paper,
        )
    )


def charge_at_return(
    *, code: str, charges: Sequence[str], actor: Actor, at: datetime, paper: Paper = None
) -> Recorded:
    """Let the result wait until `charges` are settled."""
    row = dossiers.lock(code, act=Act.CHARGE_AT_RETURN, actor=actor, at=at)
    asked = _asked(row, charges)
    return _done(dossiers.charge_at_return(row=row, charges=asked, actor=actor, at=at, paper=paper))


def waive(
    *,
    code: str,
    charges: Sequence[str],
    basis: str,
    evidence: str,
    actor: Actor,
    at: datetime,
    paper: Paper = None,
) -> Recorded:
    """Let the payer off `charges`."""
    row = dossiers.lock(code, act=Act.WAIVE, actor=actor, at=at)
    calendar = calendar_of(row["competent_agency"])
    return _done(
        dossiers.waive(
            row=row,
            charges=charges,
            basis=basis,
            evidence=evidence,
            calendar=calendar,
            step_due=step_due_of(row, at, calendar),
            actor=actor,
            at=at,
            paper=paper,
        )
    )


def set_fee(
    *, code: str, charge: str, amount: int, decision: str, actor: Actor, at: datetime, paper: Paper = None
) -> Recorded:
    """Enter the amount of a charge out of the council's decision."""
    row = dossiers.lock(code, act=Act.SET_FEE, actor=actor, at=at)
    return _done(
        dossiers.set_fee(
            row=row, charge=charge, amount=amount, decision=decision, actor=actor, at=at, paper=paper
        )
    )


# What is taken, and given back.


def take(
    *, codes: Sequence[str], tender: Tender, actor: Actor, at: datetime, expected: int | None = None
) -> MoneyRecorded:
    """Take what the dossiers `codes` owe, all of it, by one receipt; each dossier goes on.

    `expected` is the sum the cashier was shown: another one is refused, as it has changed since. Raises Denied,
    NotFound, Invalid, NotAllowedNow.
    """
    taken, _ = _take(codes, tender, actor, at, expected)
    return taken


def _take(
    codes: Sequence[str], tender: Tender, actor: Actor, at: datetime, expected: int | None
) -> tuple[MoneyRecorded, list[Recorded]]:
    receipt = uuid7()
    claim(stream=receipt, seq=1, actor=actor, at=at)
    rows = _locked(codes)
    for row in rows:
        check(actor, Act.PAY, row, standing(row))
    lines = [line for row in rows for line in _lines(row)]
    order = Order(agency=actor.agency, lines=tuple(lines))
    if expected is not None and expected != order.total:
        raise NotAllowedNow(
            f"Số phải thu nay là {order.total:,} đồng; hãy xem lại trước khi thu.".replace(",", "."),
            f"VND {order.total:,} are due now; look again before taking money.",
        )
    taken = payments.receipts.take(receipt=receipt, order=order, tender=tender, actor=actor, at=at)
    calendars = cache(calendar_of)
    paid = []
    for row in rows:
        charges = [line.charge for line in lines if line.reference == row["code"]]
        paid.append(_pay(row, charges, taken, calendars(row["competent_agency"]), actor, at))
    return taken, paid


def pay(
    *,
    code: str,
    means: str,
    payer: str,
    actor: Actor,
    at: datetime,
    given: int | None = None,
    slip: str = "",
    paper: Paper = None,
) -> Recorded:
    """Take what one dossier owes; returns what became of the dossier.

    An act on paper takes no money: the number of its receipt is given now, or never.
    """
    if paper is not None:
        raise Invalid(
            "Biên lai không ghi lùi được; tiền thu khi mất mạng ghi vào ngày nhập.",
            "A receipt is never dated back; money taken during an outage is entered on the day it is typed.",
            field="occurred_at",
        )
    tender = Tender(means=means, payer=payer, given=given, slip=slip)
    _, (paid,) = _take([code], tender, actor, at, None)
    return paid


def _locked(codes: Sequence[str]) -> list[Row]:
    found = dossiers.lock_several(codes)
    for code in codes:
        if code not in found:
            raise no_such(code)
    return [found[code] for code in dict.fromkeys(codes)]


def _lines(row: Row) -> list[LineFact]:
    return [
        LineFact(
            reference=row["code"],
            charge=c["charge"],
            rule=c["rule"],
            amount=_known(c["amount"]),
            payee=payee_of(row, c["rule"]),
        )
        for c in dossiers.open_charges(row)
    ]


def _pay(
    row: Row,
    charges: Sequence[str],
    taken: MoneyRecorded,
    calendar: WorkCalendar,
    actor: Actor,
    at: datetime,
) -> Recorded:
    return _done(
        dossiers.pay(
            row=row,
            charges=charges,
            paid=Paid(receipt=taken.row["id"], number=name_of(taken.row)),
            calendar=calendar,
            step_due=step_due_of(row, at, calendar),
            actor=actor,
            at=at,
        )
    )


def void(
    *,
    receipt: UUID,
    reason: str,
    actor: Actor,
    at: datetime,
    replacement: Tender | None = None,
) -> MoneyRecorded:
    """Cross a receipt out; with a `replacement` a new one stands in its place, which names it, and the dossiers
    stay paid. Returns the last of the two."""
    lines = lines_of(receipt)
    rows = dossiers.lock_several([line.reference for line in lines])
    old = claimed(RECEIPT, receipt, actor, at)
    new = uuid7()
    done = payments.receipts.void(
        receipt=old,
        reason=reason,
        actor=actor,
        at=at,
        replacement=new if replacement else None,
    )
    paid = None
    if replacement is not None:
        order = Order(agency=actor.agency, lines=lines)
        done = payments.receipts.take(
            receipt=new, order=order, tender=replacement, actor=actor, at=at, replaces=receipt
        )
        paid = Paid(receipt=new, number=name_of(done.row))
    for row in rows.values():
        _undo(row, receipt, "replaced" if paid else "voided", actor, at, replacement=paid)
    return done


def _undo(row: Row, receipt: UUID, how: str, actor: Actor, at: datetime, **more: object) -> None:
    recorded = dossiers.undo_payment(row=row, receipt=receipt, how=how, actor=actor, at=at, **more)  # type: ignore[arg-type]
    if recorded is not None:
        _done(recorded)


def ask_refund(
    *, receipt: UUID, charges: Sequence[tuple[str, str]], ground: str, reason: str, actor: Actor, at: datetime
) -> MoneyRecorded:
    """Ask that lines of a receipt go back to who paid them; of a line that was counted lower since, the difference."""
    refund = uuid7()
    claim(stream=refund, seq=1, actor=actor, at=at)
    rows = dossiers.lock_several([line.reference for line in lines_of(receipt)])
    return payments.refunds.ask(
        refund=refund,
        receipt=payments.lock(RECEIPT, receipt),
        charges=charges,
        ground=ground,
        reason=reason,
        actor=actor,
        at=at,
        parts=parts_back(rows.values(), receipt=receipt),
    )


def parts_back(rows: Iterable[Row], *, receipt: UUID) -> dict[tuple[str, str], int]:
    """(reference, charge) of a receipt's lines of which only a part goes back, with that part."""
    return {
        (row["code"], charge): much
        for row in rows
        for charge, much in dossiers.parts_back(row, receipt=receipt).items()
    }


def decide_refund(
    *, refund: UUID, agreed: bool, actor: Actor, at: datetime, reason: str = ""
) -> MoneyRecorded:
    """A leader's word on a refund; a no needs its reason."""
    row = claimed(REFUND, refund, actor, at)
    if agreed:
        return payments.refunds.approve(refund=row, actor=actor, at=at)
    return payments.refunds.decline(refund=row, reason=reason, actor=actor, at=at)


def pay_refund(
    *, refund: UUID, means: str, recipient: str, actor: Actor, at: datetime, slip: str = ""
) -> MoneyRecorded:
    """Give the money of a refund back; the dossiers it was of say so."""
    wanted = refund_lines(refund)
    rows = dossiers.lock_several([line.reference for line in wanted])
    row = claimed(REFUND, refund, actor, at)
    done = payments.refunds.pay(refund=row, means=means, slip=slip, recipient=recipient, actor=actor, at=at)
    for code, dossier in rows.items():
        given = {line.charge: line.amount for line in wanted if line.reference == code}
        for recorded in dossiers.give_back_money(
            row=dossier, receipt=row["receipt"], given=given, actor=actor, at=at
        ):
            _done(recorded)
    return done


def claimed(table: str, stream: UUID, actor: Actor, at: datetime) -> Row:
    """What owns the stream, locked, with the request claimed: a second click is answered before anything is
    looked at, and a deed that is refused takes its claim back with it."""
    row = payments.lock(table, stream)
    claim(stream=stream, seq=row["head_seq"] + 1, actor=actor, at=at)
    return row
