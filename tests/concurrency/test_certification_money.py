"""A slip's fee struck out, paid and given back at once: what was taken and what is paid agree, whoever is first."""

import json
from collections.abc import Iterator

import pytest
from django.db import IntegrityError

from motcua.cli.database import point_django_at
from motcua.dossiers import operations as dossiers
from motcua.flows import money
from motcua.kernel.errors import Refusal
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.replay import SCHEMA, replay
from motcua.ledger.selectors import check
from motcua.payments import selectors as paid
from tests.support.lives import row_of
from tests.support.money_days import book, taken
from tests.support.paid_slips import AT, agreed, charges, counted_lower, paid_back, struck_out
from tests.support.together import all_at_once
from tests.support.world import actor

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_number_struck_out_a_refund_paid_and_a_fee_taken_at_once():
    row, receipt = counted_lower()
    code, refund = row["code"], agreed(receipt, row["code"])
    deeds = {"strike": lambda: struck_out(1), "back": lambda: paid_back(refund), "pay": lambda: taken(code)}
    answers = dict(zip(deeds, all_at_once(lambda name: deeds[name](), deeds), strict=True))
    assert answers["strike"] is None
    went_back = 0 if isinstance(answers["back"], Refusal) else 2_000
    came_in = 0 if isinstance(answers["pay"], Refusal) else answers["pay"]["total"]
    assert not came_in or went_back, "the rest is due only after the difference went back"
    fees = json.loads(row_of(code)["fees"])
    assert sum(f["amount"] for f in fees if f["state"] == "paid") == 14_000 - went_back + came_in
    assert sum(f["amount"] for f in fees) == row_of(code)["fee_total"] == 14_000
    if went_back:
        assert paid.totals_of(book()).expected == 14_000 - went_back + came_in
    assert check().faults == ()


def test_the_control_a_fee_read_before_the_strike_would_be_paid_back(monkeypatch):
    row, receipt = counted_lower()
    code, refund = row["code"], agreed(receipt, row["code"])
    before = dossiers.lock_several([code])
    struck_out(1)
    monkeypatch.setattr(money.dossiers, "lock_several", lambda _: before)
    with pytest.raises(IntegrityError):
        paid_back(refund)


def test_a_difference_is_paid_back_once_however_often_the_form_is_sent():
    row, receipt = counted_lower()
    refund, who = agreed(receipt, row["code"]), actor("thuquy", at=AT)

    def send(_: int) -> object:
        with unit_of_work(actor=who, at=AT, request=Request.of("key", b"form"), origin="simulated"):
            return money.pay_refund(refund=refund, means="cash", recipient="Lê Văn Tám", actor=who, at=AT)

    answers = all_at_once(send, range(4))
    assert sum(isinstance(answer, AlreadyDone) for answer in answers) == 3
    assert charges(row["code"]) == [("certification", 12_000, "paid", None)]


@pytest.fixture
def given_back_and_due_again() -> None:
    row, receipt = counted_lower()
    paid_back(agreed(receipt, row["code"]))
    struck_out(1)
    taken(row["code"])


@pytest.fixture
def as_owner(database_logins, owner_cursor) -> Iterator[None]:
    """Replay makes a schema, so it runs as the owner."""
    point_django_at(database_logins.owner)
    yield
    point_django_at(database_logins.app)
    owner_cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


def test_a_difference_given_back_comes_out_of_its_events(given_back_and_due_again, as_owner):
    found = {d.table: d for d in replay()}
    assert [d for d in found.values() if not d.equal] == []
    assert (found["payments_refund"].rebuilt, found["payments_line"].rebuilt) == (1, 2)
