"""What follows from time alone: a bank's statement that was confirmed is taken in to its last line."""

from datetime import timedelta
from uuid import UUID

from django.db import OperationalError

from motcua.flows.online_money import receive
from motcua.flows.statements import foresee, incoming_of
from motcua.kernel.errors import ClockStepped, Refusal, Unavailable
from motcua.kernel.say import Say
from motcua.kernel.time import Clock
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.kernel.waiting import gave_up_waiting
from motcua.ledger.operations import AlreadyDone
from motcua.payments import handed_up
from motcua.payments.handed_up import Became
from motcua.payments.operations import statements as operations
from motcua.payments.operations.incoming import key_of
from motcua.payments.policy import GATEWAY
from motcua.payments.record import Row
from motcua.payments.statements import Line

AT_ONCE = 100  # new lines at a time: a few seconds
# One process sequences, dispatches and does this: what is left has the next round.
LONGEST_ROUND = timedelta(seconds=5)


def take_confirmed_in(*, clock: Clock, origin: str = "live") -> int:
    """Go on with the statements that were confirmed and hold lines still, the oldest first; returns how many lines were
    written. Each line is a unit of work of its own and taken in once, whoever else goes on with it at its page."""
    begun, written = clock(), 0
    for row in handed_up.unfinished():
        if clock() > begun + LONGEST_ROUND:
            break
        written += take_in(row, clock=clock, origin=origin)
    return written


def take_in(row: Row, *, clock: Clock, origin: str = "live") -> int:
    """Take in what a confirmed statement (with its file) still holds: all that is known or refused, and the first new
    lines. Returns how many of those were written. Raises ClockStepped, Unavailable: they say nothing about a line."""
    which, wanted = row["id"], handed_up.waiting_lines(row["id"])
    seen = foresee(lines=[line for line in handed_up.lines_of(row) if line.n in wanted], agency=row["agency"])
    operations.mark(statement=which, lines=[one.n for one in seen if one.known], became=Became.KNOWN)
    operations.refuse(statement=which, why={one.n: one.why for one in seen if one.why is not None})
    written, new = 0, [one.line for one in seen if one.line and not one.known and one.why is None]
    for line in new[:AT_ONCE]:
        try:
            written += _written(which, line, row["agency"], clock=clock, origin=origin)
        except OperationalError as error:
            if not gave_up_waiting(error):
                raise
            break  # somebody is at work on this dossier; the line waits for the next round
    operations.let_go(statement=which)
    return written


def _written(statement: UUID, line: Line, agency: str, *, clock: Clock, origin: str) -> bool:
    incoming, at = incoming_of(line, agency=agency), clock()
    try:
        with unit_of_work(actor=GATEWAY, at=at, request=Request.of(*key_of(incoming)), origin=origin):
            receive(incoming=incoming, actor=GATEWAY, at=at)
            operations.mark(statement=statement, lines=[line.n], became=Became.NEW)
    except (ClockStepped, Unavailable):
        raise
    except AlreadyDone:
        operations.mark(statement=statement, lines=[line.n], became=Became.KNOWN)
        return False
    except Refusal as refusal:
        operations.refuse(statement=statement, why={line.n: Say(refusal.vi, refusal.en)})
        return False
    return True
