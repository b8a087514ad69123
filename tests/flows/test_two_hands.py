"""Who acts for another is one person with them at both ends of an act of two people, whoever does which half."""

from datetime import date

import pytest

from motcua.flows import day_books, money, settlements
from motcua.flows.reception import receive
from motcua.kernel.errors import Denied
from motcua.ledger.selectors import history
from motcua.payments import policy, projector
from motcua.payments.operations import Count, accounts
from motcua.payments.policy import TWO_PEOPLE, Deed
from motcua.payments.record import rows
from tests.flows.test_mandates import acts_as, give
from tests.support.acts import act, moment
from tests.support.money_days import closed, do, taken
from tests.support.streams import count
from tests.support.world import COMMUNE, OTHER_COMMUNE, actor, intake, logins, viewer

pytestmark = pytest.mark.django_db
AT, NOON, EVENING = moment(24, 9), moment(24, 12), moment(24, 16)


def denied(*tries):
    """None of (how, login, flow, arguments) is done: nothing is written."""
    before = count("ledger_event")
    for how, login, flow, arguments in tries:
        with pytest.raises(Denied, match="người thứ hai"):
            how(login, EVENING, flow, **arguments)
    assert count("ledger_event") == before


def done(login, at, flow, **arguments):
    return do(login, flow, at, **arguments)


def test_every_first_half_of_money_is_kept_with_for_whom_it_was_done():
    me, absent = str(logins()["thuquy"]), str(logins()["truongquay"])
    for deed, name in policy._FIRST.items():
        row = {f"{name}_by": me, f"{name}_for": absent}
        for login in ("thuquy", "truongquay"):
            with pytest.raises(Denied):
                policy.check_second(actor(login, at=AT), deed, row)
        policy.check_second(actor("chutich", at=AT), deed, row)
    assert set(policy._FIRST) == set(TWO_PEOPLE)


def test_a_settlement_closed_for_another_is_confirmed_by_neither_nor_for_either():
    taken(act("tiepnhan1", AT, receive, intake=intake(competent=OTHER_COMMUNE)).row["code"], at=AT)
    closed({10_000: 1}, at=NOON)
    give(to="truongquay", of="thuquy", at=AT, since=AT, until=moment(25, 9))
    row = acts_as("truongquay", NOON, settlements.close, payee=OTHER_COMMUNE).row
    assert (row["closed_by"], row["closed_for"]) == (str(logins()["truongquay"]), str(logins()["thuquy"]))
    told = {"settlement": row["id"]}
    denied(
        (acts_as, "truongquay", settlements.confirm, told),
        (done, "truongquay", settlements.confirm, told),
        (done, "thuquy", settlements.confirm, told),
    )
    assert not policy.may_second(viewer("thuquy", at=AT), Deed.CONFIRM_SETTLEMENT, COMMUNE, row)
    do("chutich", settlements.confirm, EVENING, **told)
    slip = {"slip": "UNC 77", "on": date(2026, 8, 24)}
    sent = acts_as("truongquay", EVENING, settlements.send, **told, **slip).row
    assert sent["sent_for"] == str(logins()["thuquy"])
    (rebuilt,) = projector.replay(history(row["id"]))["payments_settlement"]
    assert (rebuilt["closed_for"], rebuilt["sent_for"]) == (row["closed_for"], sent["sent_for"])


def test_a_day_closed_and_a_reopening_asked_for_another_wait_for_a_third_person():
    code = act("tiepnhan1", AT, receive, intake=intake()).row["code"]
    do("thuquy", money.void, NOON, receipt=taken(code, at=AT)["id"], reason="Ghi nhầm.")
    give(to="truongquay", of="thuquy", at=AT, since=AT, until=moment(25, 9))
    (book,) = (row["id"] for row in rows("SELECT id FROM payments_book", []))
    row = acts_as("truongquay", NOON, day_books.close_book, book=book, count=Count(notes={})).row
    assert (row["seconded"], row["closed_for"]) == (True, str(logins()["thuquy"]))
    denied((done, "thuquy", day_books.confirm_closing, {"book": book}))
    do("chutich", day_books.confirm_closing, EVENING, book=book)
    acts_as("truongquay", EVENING, day_books.ask_reopening, book=book, reason="Đếm nhầm.")
    denied((done, "thuquy", day_books.reopen_book, {"book": book}))
    do("chutich", day_books.reopen_book, EVENING, book=book)


def test_an_account_proposed_for_a_leader_is_not_set_by_that_leader():
    give(to="phochutich", of="chutich", at=AT, since=AT, until=moment(25, 9), kind="kt")

    def propose(**more):
        return accounts.propose_account(
            agency=COMMUNE, bank="970436", number="0123456789", holder="UBND", **more
        )

    account = acts_as("phochutich", NOON, propose)
    with pytest.raises(Denied, match="người thứ hai"):
        act("chutich", EVENING, accounts.set_account, agency=COMMUNE, account=account)
