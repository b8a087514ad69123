"""`motcua work`: one process is sequencer, dispatcher and, beside them, the sender of messages (design, section 3)."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from threading import Event, Thread

from django.db import InterfaceError, OperationalError, connection

from motcua.accounts import operations as accounts
from motcua.cli.supervisor import stop_on_signals
from motcua.dossiers.tracked import forget_wrong_pins
from motcua.files import operations as files
from motcua.kernel.time import now
from motcua.ledger import dispatcher, duties, sequencer
from motcua.reactions.impact import measure_on, move_on
from motcua.reactions.messages import send_messages
from motcua.reception.operations import batches, intakes, screens
from motcua.submissions import consent_codes, invitations, operations as drafts
from motcua.workday import operations as workday

Step = Callable[[], int]

IDLE_SECONDS = 0.2
LONGEST_PAUSE = 10.0
RETRY_SECONDS = 30.0
DUTY_SECONDS = 30.0
SWEEP_SECONDS = 300.0
SEND_SECONDS = 2.0
SENDER_STOPS_WITHIN = 5.0

log = logging.getLogger(__name__)


def work() -> None:
    """Give positions to new events, run what follows them and what follows from time, until told to stop; beside it
    send messages, so that no event waits for somebody else's server."""
    stopping = Event()
    threading.excepthook = fell
    sender = Thread(target=send_forever, args=(stopping,), name="sender", daemon=True)
    sender.start()
    try:
        run_forever(steps(), stopping=stopping)
    finally:
        stopping.set()
        sender.join(SENDER_STOPS_WITHIN)


def send_forever(stopping: Event) -> None:
    """Send messages round by round until `stopping`."""
    try:
        _rounds([every(SEND_SECONDS, partial(send_messages, clock=now))], stopping)
    finally:
        # Should it ever fall, the whole worker ends, and is started again.
        stopping.set()


def fell(fallen: threading.ExceptHookArgs) -> None:
    """A thread's end, by way of the log: what the interpreter prints by itself may quote a row of the database."""
    log.critical("the sender fell, and the worker with it", exc_info=fallen.exc_value)


def steps() -> tuple[Step, ...]:
    """What one round does, in order; each answers how much it did."""
    return (
        sequencer.sequence,
        partial(dispatcher.dispatch, clock=now),
        every(RETRY_SECONDS, partial(dispatcher.retry_open, clock=now)),
        every(DUTY_SECONDS, partial(duties.run, clock=now)),
        partial(measure_on, clock=now),
        partial(move_on, clock=now),
        every(SWEEP_SECONDS, _sweep),
    )


def _sweep() -> int:
    """What is kept for an hour or a quarter goes when that is over."""
    at = now()
    gone = accounts.sweep(at=at) + intakes.sweep(at=at) + batches.sweep(at=at) + screens.sweep(at=at)
    gone += drafts.sweep(at=at) + invitations.sweep(at=at) + consent_codes.sweep(at=at)
    gone += workday.sweep(at=at) + workday.sweep_plans(at=at)
    return gone + forget_wrong_pins(at=at) + files.sweep(at=at)


def run_forever(steps: Sequence[Step], *, stopping: Event | None = None) -> None:
    """Run `steps` round by round until SIGINT, SIGTERM or `stopping`; a step is never cut short by them.

    A round that did nothing is followed by a short rest. While the database is away the worker waits, longer
    each time, and goes on when it is back.
    """
    stopping = stopping or Event()
    with stop_on_signals(stopping):
        _rounds(steps, stopping)


def _rounds(steps: Sequence[Step], stopping: Event) -> None:
    pause = IDLE_SECONDS
    while not stopping.is_set():
        try:
            done = sum(step() for step in steps)
            pause = IDLE_SECONDS
        except (OperationalError, InterfaceError) as error:
            log.warning("the database is away, waiting: %s", str(error).partition("\n")[0])
            connection.close()
            done, pause = 0, min(pause * 2, LONGEST_PAUSE)
        if not done:
            stopping.wait(pause)


def every(seconds: float, step: Step) -> Step:
    """`step`, but at most once in `seconds`; 0 in between."""
    due = 0.0

    def at_times() -> int:
        nonlocal due
        if time.monotonic() < due:
            return 0
        due = time.monotonic() + seconds
        return step()

    return at_times
