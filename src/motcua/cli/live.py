"""What a live installation holds on its first day: one technical administrator, who makes the rest."""

from collections.abc import Callable
from pathlib import Path


def prepare_live(var: Path, say: Callable[[str], None]) -> None:
    """Make the first technical administrator's account where there is no account yet.

    Called by `motcua init --live` after the migrations, with Django set up as the application. `say` prints
    the login and the one-time password, which stand nowhere else.
    """
