"""What a person owes the installation before anything else opens."""

from datetime import datetime
from enum import StrEnum


class Owed(StrEnum):
    """What must be done first."""

    PASSWORD = "password"  # noqa: S105 - the page to go to
    FACTOR = "factor"


def owed(
    *,
    must_change_password: bool,
    second_factor_since: datetime | None,
    factors_reset_at: datetime | None,
    live: bool,
) -> Owed | None:
    """The first thing that is owed, or None.

    Who was given a password sets one of their own. A live installation demands a second factor of everybody;
    a trial one only of those whose factors were reset.
    """
    if must_change_password:
        return Owed.PASSWORD
    if second_factor_since is None and (live or factors_reset_at is not None):
        return Owed.FACTOR
    return None
