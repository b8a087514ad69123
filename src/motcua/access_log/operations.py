"""Leaving a line."""

from datetime import datetime

from motcua.access_log.models import Look


def note(*, who: str, what: str, at: datetime, subject: str = "", agency: str = "") -> None:
    """Write down that `who` (an account's id) did `what` to `subject` (a code or id, never a name).

    Stands outside units of work on purpose: a look is written even where nothing else is.
    """
    Look.objects.create(who=who, what=what, subject=subject, agency=agency, at=at)
