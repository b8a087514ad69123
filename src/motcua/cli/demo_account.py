"""The bank account of a demonstration: whole, so that a VietQR can be looked at, and nobody's, so that none pays in."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from motcua.agencies.positions import LEADERS
from motcua.agencies.selectors import last_decided
from motcua.cli.demo_stage import ORIGIN, Person
from motcua.flows.installation import DemoRun
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.payments.online import account_of
from motcua.payments.operations.accounts import propose_account, set_account

BANK, NUMBER, HOLDER = "970405", "0000000000", "XA MAU THU NGHIEM"


def set_up_account(*, run: DemoRun, staff: Mapping[str, Sequence[Person]]) -> None:
    """Let the cashier name the account and a leader agree, unless one of them is lacking, or an account stands."""
    leaders = [person for position in sorted(LEADERS) for person in staff.get(position, ())]
    cashiers = staff.get("cashier", ())
    agency = run.terms.agency
    if not leaders or not cashiers or account_of(agency) is not None:
        return
    began = run.terms.until - timedelta(days=run.terms.days)
    at, cashier, leader = max(began, last_decided(agency) or began), cashiers[0].actor, leaders[0].actor
    # A run that was broken off in between proposes once more; the proposal before falls.
    with unit_of_work(actor=cashier, at=at, request=Request.fresh(), origin=ORIGIN):
        proposed = propose_account(
            agency=agency, bank=BANK, number=NUMBER, holder=HOLDER, actor=cashier, at=at
        )
    with unit_of_work(actor=leader, at=at, request=Request.fresh(), origin=ORIGIN):
        set_account(agency=agency, account=proposed, actor=leader, at=at)
