"""The bank account of a demonstration: whole, so that a VietQR can be looked at, and nobody's, so that none pays in."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from motcua.agencies.positions import LEADERS
from motcua.agencies.selectors import last_decided
from motcua.cli.demo_stage import ORIGIN, Person
from motcua.flows.installation import DemoRun
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.payments.online import account_of
from motcua.payments.operations.accounts import set_account

BANK, NUMBER, HOLDER = "970405", "0000000000", "XA MAU THU NGHIEM"


def set_up_account(*, run: DemoRun, staff: Mapping[str, Sequence[Person]]) -> None:
    """Let a leader name the account, unless there is no leader, or one stands."""
    leaders = [person for position in sorted(LEADERS) for person in staff.get(position, ())]
    agency = run.terms.agency
    if not leaders or account_of(agency) is not None:
        return
    began = run.terms.until - timedelta(days=run.terms.days)
    at, leader = max(began, last_decided(agency) or began), leaders[0].actor
    with unit_of_work(actor=leader, at=at, request=Request.of(f"demo/{run.number}/account"), origin=ORIGIN):
        set_account(agency=agency, bank=BANK, number=NUMBER, holder=HOLDER, actor=leader, at=at)
