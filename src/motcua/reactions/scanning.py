"""What follows from time alone: files that came while the scanner was silent are scanned once it is back."""

from datetime import timedelta

from motcua.files.operations import scan_next
from motcua.files.ports import scanner
from motcua.kernel.time import Clock

# One process sequences, dispatches and does this: what is left of a long list has the next round.
LONGEST_ROUND = timedelta(seconds=5)


def scan_held(*, clock: Clock, origin: str = "live") -> int:
    """Scan what is held, the oldest first, until the scanner is silent again; returns how many there were."""
    asked = scanner()
    if asked is None:
        return 0
    begun, done = clock(), 0
    while clock() <= begun + LONGEST_ROUND and scan_next(asked, at=clock()):
        done += 1
    return done
