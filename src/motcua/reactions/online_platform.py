"""What follows from time alone: a payment the platform has not confirmed is asked about."""

import logging
from datetime import timedelta

from motcua.flows.online_money import incoming_of, receive
from motcua.kernel.errors import Refusal
from motcua.kernel.time import Clock
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone
from motcua.payments.operations import attempts
from motcua.payments.operations.incoming import key_of
from motcua.payments.paygov import configured
from motcua.payments.platform import FAILED, PAID, Told
from motcua.payments.policy import GATEWAY
from motcua.payments.ports import Away, CannotNow

log = logging.getLogger(__name__)
MOST_AT_ONCE = 50
# One process sequences, dispatches and does this: what is left has the next round.
LONGEST_ROUND = timedelta(seconds=5)


def ask_platform(*, clock: Clock, origin: str = "live") -> int:
    """Ask about payments that nobody has confirmed, outside transactions; returns how many were answered for.

    A platform that does not answer is left alone until the next round; one that answers badly about a payment is asked
    about the others.
    """
    platform, answered, begun = configured(), 0, clock()
    for _ in range(MOST_AT_ONCE if platform else 0):
        if clock() > begun + LONGEST_ROUND:
            break
        reference = attempts.next_to_ask(at=clock())
        if platform is None or reference is None:
            break
        try:
            told = platform.ask(reference, at=clock())
            answered += take_told(told, clock=clock, origin=origin)
        except Away as trouble:
            log.warning("the payment platform does not answer: %s", trouble.why)
            break
        except CannotNow as trouble:
            log.warning("the payment platform does not answer for a payment: %s", trouble.why)
        except Refusal as refusal:
            log.warning("what the payment platform tells is refused: %s", type(refusal).__name__)
    return answered


def take_told(told: Told, *, clock: Clock, origin: str = "live") -> bool:
    """Write down what the platform tells of a payment, once; whether it is over now."""
    incoming = incoming_of(told)
    if told.state == FAILED:
        attempts.note(reference=told.reference, outcome="failed")
    elif told.state == PAID and incoming is not None:
        at = clock()
        try:
            with unit_of_work(actor=GATEWAY, at=at, request=Request.of(*key_of(incoming)), origin=origin):
                receive(incoming=incoming, actor=GATEWAY, at=at)
        except AlreadyDone:
            pass
        attempts.note(reference=told.reference, outcome="paid")
    return told.state in (FAILED, PAID)
