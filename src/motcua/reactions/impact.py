"""What goes on by itself once it was asked for: what another version of a process would change is measured."""

from motcua.kernel.actor import SYSTEM
from motcua.kernel.time import Clock
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.processes.impact import jobs


def measure_on(*, clock: Clock, origin: str = "live") -> int:
    """Measure the next batch; returns how many dossiers it saw. A batch is a transaction of its own, so that what is
    stopped, or killed, has lost one batch at most, and events wait no longer than for one."""
    at = clock()
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin=origin):
        return jobs.go_on(at=at)
