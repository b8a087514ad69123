"""One person who is the desk's officer and its cashier goes straight on to the money; others are told where to."""

import re
from datetime import timedelta

import pytest

from motcua.agencies.operations import appoint
from motcua.kernel.actor import SYSTEM
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.web.counter.tests.support import filled, received
from tests.support.html import Page
from tests.support.pages import plain_static, visitor
from tests.support.world import COMMUNE, logins

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_plain_static")]


@pytest.fixture
def _plain_static():
    with plain_static():
        yield


@pytest.fixture
def also_cashier():
    since = now() - timedelta(days=1)
    with unit_of_work(actor=SYSTEM, at=since, request=Request.fresh(), origin="simulated"):
        person = logins()["tiepnhan1"]
        appoint(account=person, agency=COMMUNE, seat="cashier", valid_from=since, actor=SYSTEM, at=since)


def certified(client):
    form = Page(client.get("/certification").text).form("kind")
    numbered = client.post("/certification", form.sent({"line-0-paper": "cccd", "line-0-pages": "2"}))
    there = numbered["Location"]
    return client.post(there, Page(client.get(there).text).form("idempotency_key").sent({}))


@pytest.mark.usefixtures("also_cashier")
def test_a_certified_copy_is_paid_on_the_next_screen():
    clerk = visitor("tiepnhan1", at=now())
    there = certified(clerk)["Location"]
    assert re.fullmatch(r"/payments/take\?code=H99\.01\.01-\d{6}-\d{4}", there)
    form = Page(clerk.get(there).text).form("payer")
    assert form.sent({})["payer"] == ["Người nộp không ghi tên"]
    paid = clerk.post(there, form.sent({"means": "cash", "given": "10.000"}))
    assert paid.status_code == 302, paid.text
    assert "6.000 đồng" in clerk.get(paid["Location"]).text, "the change"


def test_who_is_no_cashier_goes_on_to_the_next_person():
    assert certified(visitor("tiepnhan1", at=now()))["Location"] == "/certification"


@pytest.mark.usefixtures("also_cashier")
def test_all_that_a_visit_owes_is_paid_at_once():
    clerk = visitor("tiepnhan1", at=now())
    first = received(clerk, filled(clerk))
    page = clerk.get(f"/dossiers/{first}/received")
    assert f"/payments/take?code={first}" in page.text
    visit = re.search(r"visit=([0-9a-f-]{36})", page.text)
    assert visit is not None
    second = received(clerk, filled(clerk, visit=visit[1]))
    page = clerk.get(f"/dossiers/{second}/received")
    assert f"/payments/take?code={first}&amp;code={second}" in page.text


def test_who_is_no_cashier_is_told_where_the_money_goes():
    clerk = visitor("tiepnhan1", at=now())
    page = clerk.get(f"/dossiers/{received(clerk, filled(clerk))}/received")
    assert "/payments/take" not in page.text
    assert "Mời người nộp sang quầy thu tiền" in page.text
