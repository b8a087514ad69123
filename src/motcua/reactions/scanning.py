"""What follows from time alone: files that came while the scanner was silent are scanned once it is back."""

from datetime import timedelta

from motcua.files.operations import scan_next
from motcua.files.ports import scanner
from motcua.kernel.time import Clock

# One process sequences, dispatches and does this: what is left of a long list has the next round.
LONGEST_ROUND = timedelta(seconds=5)
# One file a scanner can't answer for does not hold up the others; a scanner that is away is not asked about each.
MOST_SILENCES = 2


def scan_held(*, clock: Clock, origin: str = "live") -> int:
    """Scan what is held, the oldest first, until the scanner is silent again; returns how many there were."""
    asked = scanner()
    if asked is None:
        return 0
    begun, done, silences = clock(), 0, 0
    while clock() <= begun + LONGEST_ROUND and silences < MOST_SILENCES:
        said = scan_next(asked, before=begun, at=clock())
        if said is False:
            break
        done, silences = done + (said is True), silences + (said is None)
    return done
