"""What came in by itself, as the cashier settles it; and the account, which a leader sets."""

from uuid import uuid4

import pytest
from tests.support.lives import opened
from tests.support.money_days import asked_online, came_in, fees
from tests.support.pages import visitor
from tests.support.streams import count
from tests.support.world import COMMUNE, OTHER_COMMUNE

from motcua.kernel.time import local, now
from motcua.payments.inspection import accounts
from motcua.payments.online import account_of
from motcua.payments.ordering import Source

pytestmark = pytest.mark.django_db


def browser(login="thuquy"):
    return visitor(login, at=now())


def sent(client, path, **fields):
    return client.post(path, {"idempotency_key": str(uuid4()), **fields})


def test_money_of_unknown_origin_is_given_its_dossier_or_sent_back():
    code, at = opened(now()), now()
    lost, other = came_in("nop tien", number="FT1", at=at), came_in("nop tien", number="FT2", at=at)
    client = browser()
    listed = client.get("/payments/transfers").text
    assert "FT1" in listed
    assert "Không rõ của hồ sơ nào" in listed
    page = f"/payments/transfers/{lost['id']}"
    refused = sent(client, page, deed="assign", code="H99.01.01-260824-0999")
    assert refused.status_code == 404
    assert 'value="H99.01.01-260824-0999"' in refused.text
    sent(client, page, deed="assign", code=code)
    assert "BT-" in client.get(page).text
    assert {state for _, _, state in fees(code)} == {"paid"}
    back = f"/payments/transfers/{other['id']}"
    assert sent(client, back, deed="give_back", slip="").status_code == 422
    assert "UNC 5" in sent_and_seen(client, back, deed="give_back", slip="UNC 5")
    assert "Chờ xử lý" not in client.get("/payments/transfers").text


def sent_and_seen(client, path, **fields):
    sent(client, path, **fields)
    return client.get(path).text


def test_what_the_platform_handed_over_in_one_sum_is_matched_with_what_it_told_of():
    at = now()
    told = [
        came_in(
            f"{asked_online(opened(at), at).order['text']}01", number=f"P{n}", source=Source.PLATFORM, at=at
        )
        for n in range(3)
    ]
    line, short = came_in("QT", 30_000, number="FT1", at=at), came_in("QT", 25_000, number="FT2", at=at)
    client, receipts = browser(), count("payments_receipt")
    page = f"/payments/transfers/{short['id']}"
    assert "Đã chọn sẵn" not in client.get(page).text
    refused = sent(client, page, deed="match", others=[str(one["id"]) for one in told])
    assert refused.status_code == 422
    assert "thừa 5.000 đồng" in refused.text.replace("\u00a0", " ")
    assert refused.text.count(" checked") == 3
    assert sent(client, page, deed="match").status_code == 422
    page = f"/payments/transfers/{line['id']}"
    shown = client.get(page).text
    assert "Đã chọn sẵn 3 khoản" in shown
    assert shown.count(" checked") == 3
    assert "Tiền nền tảng chuyển về" not in browser("chutich").get(page).text
    assert sent(browser("truongquay"), page, deed="match", others=[str(told[0]["id"])]).status_code == 403
    assert sent(client, page, deed="match", others=[str(one["id"]) for one in told]).status_code == 302
    after = client.get(page).text
    assert "đã ghép với nguồn kia" in after
    assert "P2" in after
    assert count("payments_receipt") == receipts
    assert "chuyển gộp" in client.get("/payments/reconciliation").text


def test_an_electronic_receipt_is_looked_at_and_printed():
    at = now()
    came_in(asked_online(opened(at), at).order["text"], at=at)
    client = browser()
    listed = client.get("/payments/transfers").text
    page = f"/payments/transfers/{listed.partition('/payments/transfers/')[2].partition(chr(34))[0]}"
    receipt = client.get(page).text.partition('href="/payments/receipts/')[2].partition('"')[0]
    shown = client.get(f"/payments/receipts/{receipt}").text
    assert "Chuyển khoản ngân hàng" in shown
    assert "Hủy biên lai" not in shown
    assert "Đề nghị hoàn tiền" in shown
    assert client.get(f"/payments/receipts/{receipt}.pdf").content.startswith(b"%PDF")
    today = local(at).date()
    window = f"?agency={COMMUNE}&first={today}&last={today}"
    assert client.get(f"/payments/receipts.xlsx{window}").status_code == 200


def proposed():
    """The hidden field of the page on which the vice-chair may agree; "" where there is nothing to agree to."""
    page = browser("phochutich").get("/payments/account").text
    return page.partition('name="account" value="')[2].partition('"')[0]


def test_the_account_is_proposed_by_one_and_set_by_a_leader_who_is_another():
    told = {"deed": "propose", "bank": "970436", "number": "0123 456 789", "holder": "Ủy ban Xã Mẫu"}
    for login in ("truongquay", "thanhtra"):
        assert sent(browser(login), "/payments/account", **told).status_code == 403
    assert sent(browser("chutich"), "/payments/account", **told | {"bank": "1"}).status_code == 422
    assert sent(browser("chutich"), "/payments/account", **told | {"number": "12-34"}).status_code == 422
    assert sent(browser("chutich"), "/payments/account", **told).status_code == 302
    assert account_of(COMMUNE) is None, "nobody alone says where money goes"
    first = proposed()
    for login in ("chutich", "thuquy", "thanhtra"):
        assert sent(browser(login), "/payments/account", deed="set", account=first).status_code == 403
    assert account_of(COMMUNE) is None
    sent(browser("thuquy"), "/payments/account", **told | {"number": "999999"})
    assert sent(browser("phochutich"), "/payments/account", deed="set", account=first).status_code == 409
    assert sent(browser("phochutich"), "/payments/account", deed="set", account=proposed()).status_code == 302
    found = account_of(COMMUNE)
    assert found is not None
    assert (found.number, found.holder) == ("999999", "UY BAN XA MAU")
    assert (proposed(), list(accounts())) == ("", [])
    assert "999999" in browser("thanhtra").get("/payments/account").text


@pytest.mark.usefixtures("also_cashier_next_door")
def test_a_cashier_of_two_agencies_says_whose_account_it_is():
    told = {"deed": "propose", "bank": "970436", "number": "1234567890", "holder": "UBND XA MAU HAI"}
    client, before = browser(), count("ledger_event")
    answer = sent(client, "/payments/account", **told)
    assert answer.status_code == 422
    assert "Hãy chọn một mục" in answer.text
    assert (count("ledger_event"), count("payments_receivingaccount")) == (before, 0)
    assert sent(client, "/payments/account", **told, agency=OTHER_COMMUNE).status_code == 302
    page = browser("chutich.mauhai").get("/payments/account").text
    account = page.partition('name="account" value="')[2].partition('"')[0]
    set_it = {"deed": "set", "account": account, "agency": OTHER_COMMUNE}
    assert sent(browser("chutich"), "/payments/account", **set_it).status_code in (403, 409)
    assert account_of(OTHER_COMMUNE) is None
    assert sent(browser("chutich.mauhai"), "/payments/account", **set_it).status_code == 302
    assert account_of(OTHER_COMMUNE) is not None
    assert account_of(COMMUNE) is None
