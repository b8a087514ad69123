"""Whose hands money is in: its agency's, and once that was merged its successor's (ADR 0057)."""

from collections.abc import Container
from datetime import datetime

from motcua.agencies.selectors import stands_for
from motcua.kernel.actor import Actor
from motcua.kernel.time import local
from motcua.payments import policy
from motcua.payments.policy import Deed


def keeper_of(agency: str, own: Container[str], at: datetime) -> str:
    """Who goes on with the money of `agency` at `at`: itself, or whom it was merged into. No statement where it is one
    of `own`, for nobody holds a seat in a merged agency."""
    return agency if agency in own else stands_for(agency, on=local(at).date())


def check_kept(actor: Actor, deed: Deed, agency: str, at: datetime) -> str:
    """The agency whose people go on with the money of `agency`. Raises Denied unless `actor` holds a seat for `deed`
    there."""
    keeper = keeper_of(agency, (actor.agency,), at)
    policy.check(actor, deed, keeper)
    return keeper
