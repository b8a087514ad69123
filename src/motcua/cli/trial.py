"""What a trial installation holds on its first day."""

from collections.abc import Callable
from pathlib import Path


def prepare_trial(var: Path, say: Callable[[str], None]) -> None:
    """Fill a trial installation that has no data yet; do nothing where there is some.

    Called by `motcua up` after the migrations, with Django set up as the application, each time it starts.
    Writes the trial accounts to `var/trial/accounts.json` (0600; a list of login, password, position), which
    `up` prints. `say` tells the person who waits what is being made, one line each.
    """
