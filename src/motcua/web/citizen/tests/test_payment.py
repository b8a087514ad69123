"""What is paid when handing in: asked for at once, paid before anybody has looked, given back where it ends there."""

from datetime import timedelta

import pytest
from django.db import connection
from tests.support.citizens import citizen_client
from tests.support.html import Page
from tests.support.money_days import account_set, came_in, do, fees
from tests.support.pages import visitor
from tests.support.paygov import paygov, paygov_alone
from tests.support.streams import count
from tests.support.world import viewer

from motcua.dossiers.selectors import find_row
from motcua.dossiers.states import State
from motcua.flows import money
from motcua.kernel.time import now
from motcua.payments.ordering import Outcome
from motcua.reactions.online_platform import ask_platform
from motcua.web.citizen.tests.walk import handed_in, received_at_desk, send

pytestmark = pytest.mark.django_db
# A confirmation of civil status costs 8.000 đồng, paid when handing in.
FEE = 8_000


@pytest.fixture
def client(at):
    account_set(at - timedelta(hours=1))
    return citizen_client(at=at)


@pytest.fixture
def platform():
    with paygov() as found:
        yield found


def row_of(code):
    return find_row(code, viewer=viewer("tiepnhan1"))[0]


def order_of(code):
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, state FROM payments_order WHERE reference = %s ORDER BY id", [code])
        return cursor.fetchall()


def pay_path(code):
    return f"/my/dossiers/{code}/payment"


def states(code):
    return {state for _, _, state in fees(code)}


def test_the_confirmation_shows_the_sum_and_how_it_is_paid(client):
    code = handed_in(client)
    assert "nộp ngay hoặc sau đều được" in client.get(f"/my/dossiers/{code}").text
    assert "khi nộp hồ sơ." not in client.get(f"/my/dossiers/{code}").text
    ((text, state),) = order_of(code)
    page = client.get(f"/my/dossiers/{code}").text.replace("\u00a0", " ")
    assert state == "open"
    assert fees(code) == [("confirmation", FEE, "open")]
    for said in ("8.000 đồng", text, "data:image/svg+xml;base64,", "Chưa thấy tiền vào tài khoản"):
        assert said in page
    assert "Thanh toán qua nền tảng" not in page, "no platform is configured"
    desk = visitor("tiepnhan1", at=now()).get(f"/dossiers/{code}").text
    assert "Chưa nộp cũng không lùi hạn trả lời" in desk


def test_paid_while_it_is_looked_at_the_dossier_keeps_its_state_and_clock_and_is_received_paid(client):
    code = handed_in(client)
    before = row_of(code)
    came_in(f"CK {order_of(code)[0][0]}", FEE, at=now())
    after = row_of(code)
    assert (after["state"], after["answer_due_at"]) == (State.SUBMITTED, before["answer_due_at"])
    assert states(code) == {"paid"}
    page = client.get(f"/my/dossiers/{code}").text
    assert "Đã nhận tiền" in page
    assert "8.000 đồng" in page.replace("\u00a0", " "), (
        "what was paid is told, not the receipt's number alone"
    )
    assert "Chưa thấy tiền" not in page
    paper = page.partition(f'href="/my/dossiers/{code}/receipts/')[2].partition('"')[0]
    given = client.get(f"/my/dossiers/{code}/receipts/{paper}")
    assert (given["Content-Type"], given.content[:5]) == ("application/pdf", b"%PDF-")
    assert citizen_client("hung", at=now()).get(f"/my/dossiers/{code}/receipts/{paper}").status_code == 404
    other = handed_in(citizen_client("hung", at=now()))
    stranger = citizen_client("hung", at=now()).get(f"/my/dossiers/{other}/receipts/{paper}")
    assert stranger.status_code == 404, "a receipt is shown with its own dossier only"
    desk = visitor("tiepnhan1", at=now())
    assert "BT-" in desk.get(f"/dossiers/{code}").text
    ticks = {"found_residence": "on"}
    assert received_at_desk(desk, code, ticks).status_code == 302
    assert states(code) == {"paid"}
    assert row_of(code)["state"] == State.RECEIVED


def test_not_paid_it_is_received_all_the_same_and_the_order_stands(client):
    code = handed_in(client)
    desk = visitor("tiepnhan1", at=now())
    ticks = {"found_residence": "on"}
    assert received_at_desk(desk, code, ticks).status_code == 302
    assert states(code) == {"open"}
    came_in(order_of(code)[0][0], FEE, at=now())
    assert states(code) == {"paid"}


def test_without_an_account_or_a_platform_it_is_handed_in_all_the_same(at):
    code = handed_in(citizen_client(at=at))
    assert order_of(code) == []
    assert row_of(code)["state"] == State.SUBMITTED
    assert states(code) == {"open"}


@pytest.mark.parametrize("by", ["refused", "withdrawn"])
def test_paid_for_nothing_it_goes_back_and_the_payer_sees_where_it_is(client, by):
    code = handed_in(client)
    came_in(order_of(code)[0][0], FEE, at=now())
    desk = visitor("tiepnhan1", at=now())
    if by == "refused":
        told = {"reason": "Không thuộc thẩm quyền.", "basis": "118/2025/NĐ-CP", "sure": "on"}
        assert send(desk, f"/dossiers/{code}/refuse", told).status_code == 302
    else:
        assert "Tiền đã nộp được hoàn lại" in client.get(f"/my/dossiers/{code}/withdraw").text
        send(client, f"/my/dossiers/{code}/withdraw", {"sure": "on"})
    assert row_of(code)["state"] == by
    assert "Tiền đã nộp được hoàn lại" in client.get(f"/my/dossiers/{code}").text
    assert code in visitor("thuquy", at=now()).get("/payments").text
    receipt = row_of(code)["fees"][0]["receipt"]
    asking = {"charges": [(code, "confirmation")], "ground": "ended", "reason": "Hồ sơ kết thúc."}
    refund = do("thuquy", money.ask_refund, now(), receipt=receipt, **asking)["id"]
    assert "đang chờ lãnh đạo duyệt" in client.get(f"/my/dossiers/{code}").text
    do("chutich", money.decide_refund, now(), refund=refund, agreed=True)
    assert "thủ quỹ đang chi trả" in client.get(f"/my/dossiers/{code}").text
    back = {"means": "transfer", "slip": "UNC 9", "recipient": "Nguyễn Thị Ánh Tuyết"}
    do("thuquy", money.pay_refund, now(), refund=refund, **back)
    page = client.get(f"/my/dossiers/{code}").text
    assert "Đã chi trả lúc" in page
    assert "Tiền đã nộp được hoàn lại" not in page


def test_money_that_comes_after_it_was_refused_waits_to_go_back(client):
    code = handed_in(client)
    send(client, f"/my/dossiers/{code}/withdraw", {"sure": "on"})
    assert came_in(order_of(code)[0][0], FEE, at=now())["outcome"] == Outcome.NOT_OWED
    assert count("payments_receipt") == 0
    assert "mã VietQR" not in client.get(f"/my/dossiers/{code}").text


def test_another_person_neither_sees_nor_pays_it(client, at):
    code = handed_in(client)
    other = citizen_client("hung", at=at)
    before = count("payments_order"), count("ledger_event")
    assert other.get(pay_path(code)).status_code == 404
    assert other.post(pay_path(code), {"idempotency_key": "x"}).status_code == 404
    assert (count("payments_order"), count("ledger_event")) == before


def begun(client, code, key="one"):
    return client.post(pay_path(code), {"idempotency_key": key, "way": "platform"}, follow=True).text


def test_through_the_platform_and_back_to_ones_own_page(client, platform):
    code = handed_in(client)
    assert "Thanh toán qua nền tảng" in client.get(f"/my/dossiers/{code}").text
    page = begun(client, code)
    assert "Nền tảng thanh toán chưa báo đã thu tiền" in page
    folded = page.partition("<details>")[2].partition("</details>")[0]
    assert "data:image/svg+xml;base64," in folded, "nobody is invited to pay twice"
    begun(client, code, "two")
    assert len(platform.paying.payments) == 1, "a second click begins no second payment"
    assert client.get("/payments/platform/back")["Location"] == pay_path(code)
    told = platform.paying.said
    platform.paying.settle(platform.last(), "success")
    body = told(platform.last(), "CONFIRM")
    for _telling in range(2):
        answer = client.post("/payments/platform/confirm", body, content_type="application/json")
        assert answer.json()["error_code"] == "0"
    assert "Đã nhận tiền" in client.get(pay_path(code)).text
    assert count("payments_receipt") == 1


def test_who_comes_back_in_another_browser_is_led_to_where_a_dossier_is_looked_up(at):
    assert visitor(at=at).get("/payments/platform/back")["Location"] == "/track"


def test_a_platform_that_is_down_holds_up_neither_handing_in_nor_the_officer(client, platform):
    platform.kill()
    code = handed_in(client)
    assert "đang không trả lời" in begun(client, code)
    assert "Chuyển khoản bằng mã VietQR" in client.get(pay_path(code)).text
    desk = visitor("tiepnhan1", at=now())
    assert "Nền tảng thanh toán không trả lời lúc" in desk.get(f"/dossiers/{code}").text
    platform.come_back()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE payments_attempt SET sent_at = sent_at - interval '31 seconds'")
    assert "Nền tảng thanh toán chưa báo đã thu tiền" in begun(client, code, "three")
    assert "chưa có xác nhận, hệ thống tự hỏi lại" in desk.get(f"/dossiers/{code}").text


def test_the_part_inside_the_confirmation_is_asked_for_as_such(client):
    code = handed_in(client)
    page = Page(client.get(f"/my/dossiers/{code}").text)
    assert page is not None
    part = client.get(f"{pay_path(code)}?seen=old&inside=1", headers={"HX-Request": "true"}).text
    assert "<h1" not in part
    assert "<h1" in client.get(pay_path(code)).text


def references():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reference FROM payments_attempt WHERE url <> '' AND outcome = '' ORDER BY sent_at"
        )
        return [row[0] for row in cursor.fetchall()]


def asked_in(minutes):
    return ask_platform(clock=lambda: now() + timedelta(minutes=minutes), origin="simulated")


@pytest.mark.slow
def test_the_platforms_own_process_killed_and_brought_back_nothing_is_lost_nor_done_twice(
    client, at, tmp_path
):
    other = citizen_client("hung", at=at)
    with paygov_alone(tmp_path / "payments.json") as platform:
        first = handed_in(client)
        begun(client, first)
        (reference,) = references()
        platform.kill()

        second = handed_in(other)
        assert row_of(second)["state"] == State.SUBMITTED, "handed in while the platform is dead"
        assert "đang không trả lời" in begun(other, second)
        desk = visitor("tiepnhan1", at=now())
        assert "Nền tảng thanh toán không trả lời lúc" in desk.get(f"/dossiers/{second}").text
        assert "chưa có xác nhận" in desk.get(f"/dossiers/{first}").text
        ticks = {"found_residence": "on"}
        assert received_at_desk(desk, second, ticks).status_code == 302, "the officer goes on"
        assert (asked_in(2), count("payments_credit")) == (0, 0)

        platform.come_back()
        platform.pay(reference)  # it was never told on: it is asked for
        with connection.cursor() as cursor:
            cursor.execute("UPDATE payments_attempt SET sent_at = sent_at - interval '31 seconds'")
        assert "Nền tảng thanh toán chưa báo đã thu tiền" in begun(other, second, "again")
        platform.pay(references()[-1])
        asked_in(30)
        assert (states(first), states(second)) == ({"paid"}, {"paid"})
        assert (count("payments_credit"), count("payments_receipt")) == (2, 2)
        asked_in(300)
        assert (count("payments_credit"), count("payments_receipt")) == (2, 2)
    assert "Đã nhận tiền" in client.get(pay_path(first)).text
