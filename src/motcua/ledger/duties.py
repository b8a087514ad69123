"""Duties: what follows from time alone, looked for in rounds by `motcua work` (ADR 0023).

A duty reads where things stand at the clock's moment and does what is due, one unit of work for each stream, with a
request key made of the stream and the seq it stands on: twice is once, whoever runs it. What it writes happened when
its time came (`occurred_at`), however late the worker is.
"""

import logging

from django.db import Error

from motcua.kernel.db.alone import alone
from motcua.kernel.errors import Refusal
from motcua.kernel.registry import wiring
from motcua.kernel.time import Clock

_LOCK = 0x6D6F7465
log = logging.getLogger(__name__)


def run(*, clock: Clock, origin: str = "live") -> int:
    """Run all duties once; returns how much they did. While one process is at it, the others do nothing. One that
    fails keeps no other from its round, and comes again in the next."""
    with alone(_LOCK) as mine:
        return sum(_one(name, clock, origin) for name in sorted(wiring().duties)) if mine else 0


def _one(name: str, clock: Clock, origin: str) -> int:
    try:
        return wiring().duties[name](clock=clock, origin=origin)
    except (Refusal, Error) as error:
        log.warning("the duty %s failed: %s", name, type(error).__name__)
        return 0
