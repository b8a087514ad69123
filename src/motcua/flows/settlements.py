"""Money collected for other agencies, settled with them each day. Order: the agency is locked, then its settlement."""

from datetime import date, datetime
from uuid import UUID

from motcua.agencies.operations.stream import lock
from motcua.agencies.selectors import stands_for
from motcua.catalogue.selectors import versions
from motcua.dossiers.owing import pinned
from motcua.kernel.actor import Actor
from motcua.kernel.ids import uuid7
from motcua.kernel.time import local
from motcua.ledger.operations import claim
from motcua.payments import operations as payments, policy
from motcua.payments.events import SettledFact
from motcua.payments.numbering import label
from motcua.payments.operations.settlements import SETTLEMENT
from motcua.payments.policy import Deed
from motcua.payments.record import Recorded, Row
from motcua.payments.settling import to_settle


def close(*, payee: str, actor: Actor, at: datetime) -> Recorded:
    """Close today's settlement of the actor's agency with `payee`, or whom that was merged into: all that is counted
    and stands in no other, also what agencies merged into the actor's collected.

    Raises Denied, NotAllowedNow where today's is closed or there is nothing.
    """
    agency, settlement, today = actor.agency, uuid7(), local(at).date()
    payee = stands_for(payee, on=today)
    policy.check(actor, Deed.CLOSE_SETTLEMENT, agency)
    lock(agency)
    claim(stream=settlement, seq=1, actor=actor, at=at)
    found = to_settle(agency=agency, payee=payee, on=today) if payee != agency else []
    pins = pinned([line["reference"] for line in found])
    published = versions(pins.values())
    procedures = {code: published[pin].code for code, pin in pins.items()}
    lines = [
        SettledFact(
            paper=line["paper"],
            name=label(line["series"], line["year"], line["number"]),
            on=line["on"],
            reference=line["reference"],
            charge=line["charge"],
            rule=line["rule"],
            procedure=procedures.get(line["reference"], ""),
            amount=line["amount"],
        )
        for line in found
    ]
    return payments.settlements.close(
        settlement=settlement, agency=agency, payee=payee, lines=lines, actor=actor, at=at
    )


def confirm(*, settlement: UUID, actor: Actor, at: datetime) -> Recorded:
    """The second person's word to a settlement."""
    return payments.settlements.confirm(settlement=_claimed(settlement, actor, at), actor=actor, at=at)


def send(*, settlement: UUID, slip: str, on: date, actor: Actor, at: datetime) -> Recorded:
    """Note that the money of a settlement was handed over."""
    row = _claimed(settlement, actor, at)
    return payments.settlements.send(settlement=row, slip=slip, on=on, actor=actor, at=at)


def receive(*, settlement: UUID, amount: int, actor: Actor, at: datetime, note: str = "") -> Recorded:
    """The payee's word on how much came."""
    row = _claimed(settlement, actor, at)
    return payments.settlements.receive(settlement=row, amount=amount, note=note, actor=actor, at=at)


def _claimed(settlement: UUID, actor: Actor, at: datetime) -> Row:
    row = payments.lock(SETTLEMENT, settlement)
    claim(stream=settlement, seq=row["head_seq"] + 1, actor=actor, at=at)
    return row
