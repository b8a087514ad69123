"""Paying through the national platform, on the wire with its stand-in: paid, failed, lost, replayed, forged, killed."""

import json
from datetime import timedelta
from itertools import count as counting

import pytest
from django.db import connection
from stand_ins.payments import SECRET, Speaking
from tests.support.lives import opened, row_of
from tests.support.money_days import account_set, fees, taken
from tests.support.pages import plain_static, visitor
from tests.support.paygov import paygov
from tests.support.streams import count

from motcua.dossiers.tracked import token_of
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.time import now
from motcua.payments.paygov import LARGEST, configured
from motcua.payments.platform import CONFIRM_SIGNED, code_of
from motcua.payments.ports import Away, CannotNow
from motcua.reactions import online_platform
from motcua.reactions.online_platform import ask_platform

pytestmark = pytest.mark.django_db
PAGE, CONFIRM = "/tracking/payment", "/payments/platform/confirm"
TABLES = ("ledger_event", "payments_receipt", "payments_credit", "payments_content")


@pytest.fixture
def platform():
    with paygov() as found:
        yield found


@pytest.fixture
def citizen():
    with plain_static():
        yield visitor(at=now())


@pytest.fixture
def owing(citizen):
    account_set(now())
    code = opened(now())
    citizen.get(f"/t/{token_of(row_of(code))}")
    return code


def begun(citizen, key="one"):
    return citizen.post(PAGE, {"idempotency_key": key, "way": "platform"}, follow=True).text


def confirmed(citizen, body):
    return citizen.post(CONFIRM, body, content_type="application/json")


def half_a_minute_passes():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE payments_attempt SET sent_at = sent_at - interval '31 seconds'")


def states(code):
    return {state for _, _, state in fees(code)}


def asked_later(minutes):
    return ask_platform(clock=lambda: now() + timedelta(minutes=minutes), origin="simulated")


def written():
    return [count(table) for table in TABLES]


def test_paid_there_and_confirmed_the_dossier_goes_on_once(citizen, platform, owing):
    page = begun(citizen)
    reference = platform.last()
    assert f'href="http://127.0.0.1:{platform.port}/pay/{reference}"' in page
    assert "Nền tảng thanh toán chưa báo đã thu tiền" in page
    assert "Đã nhận tiền" not in page
    platform.paying.settle(reference, "success")
    said = platform.paying.said(reference, "CONFIRM")
    assert confirmed(citizen, said).json()["error_code"] == "0"
    assert states(owing) == {"paid"}
    page = citizen.get(PAGE).text
    assert "Đã nhận tiền" in page
    assert "BT-" in page
    before = written()
    assert confirmed(citizen, said).json()["error_code"] == "0"
    assert asked_later(5) == 0
    assert written() == before


def test_forged_unknown_and_changed_ones_write_nothing(citizen, platform, owing):
    begun(citizen)
    reference = platform.last()
    platform.paying.settle(reference, "success")
    said = platform.paying.said(reference, "CONFIRM")
    before = written()
    for change in ({"SoTien": "1"}, {"MaThamChieu": "MCX"}, {"MaXacThuc": "0" * 64}, {"MaXacThuc": ""}):
        assert confirmed(citizen, said | change).status_code == 403
    for body in (b"", b"{", b"[]", b"[" * 20_000, b"x" * 30_000):
        assert citizen.post(CONFIRM, body, content_type="application/json").status_code in (400, 403)
    platform.paying.payments["MCAAAAAAAAA01"] = platform.paying.payments[reference]
    assert confirmed(citizen, platform.paying.said("MCAAAAAAAAA01", "CONFIRM")).status_code == 404
    assert citizen.get(CONFIRM).status_code == 405
    assert (written(), states(owing)) == (before, {"open"})


def test_another_sum_pays_nothing_and_waits_for_the_cashier(citizen, platform, owing):
    begun(citizen)
    reference = platform.last()
    platform.paying.payments[reference]["amount"] = "9000"
    platform.paying.settle(reference, "success")
    said = platform.paying.said(reference, "CONFIRM")
    assert confirmed(citizen, said).status_code == 200
    assert states(owing) == {"open"}
    assert "Số tiền khác số phải nộp" in visitor("thuquy", at=now()).get("/payments/transfers").text
    platform.paying.payments[reference]["amount"] = "10000"
    assert confirmed(citizen, platform.paying.said(reference, "CONFIRM")).status_code == 409
    assert states(owing) == {"open"}


def test_confirmed_after_the_desk_took_the_money_it_waits_to_go_back(citizen, platform, owing):
    begun(citizen)
    taken(owing, at=now())
    reference = platform.last()
    platform.paying.settle(reference, "success")
    assert confirmed(citizen, platform.paying.said(reference, "CONFIRM")).status_code == 200
    assert count("payments_receipt") == 1
    assert "Hồ sơ không còn nợ khoản này" in visitor("thuquy", at=now()).get("/payments/transfers").text


def test_a_lost_confirmation_is_asked_for_also_after_the_platform_was_killed(citizen, platform, owing):
    begun(citizen)
    reference = platform.last()
    platform.paying.mode = "silent"
    platform.paying.settle(reference, "success")
    platform.kill()
    assert asked_later(2) == 0
    assert states(owing) == {"open"}
    assert "Nền tảng thanh toán chưa báo đã thu tiền" in citizen.get(PAGE).text
    platform.come_back()
    assert asked_later(3) == 0, "asked too soon after an answer failed to come"
    assert asked_later(10) == 1
    assert states(owing) == {"paid"}
    before = written()
    assert confirmed(citizen, platform.paying.said(reference, "CONFIRM")).status_code == 200
    assert written() == before


def each_begun(citizen, platform, number):
    """Dossiers that owe, and the reference of what each began there."""
    account_set(now())
    found = {}
    for n in range(number):
        code = opened(now())
        citizen.get(f"/t/{token_of(row_of(code))}")
        begun(citizen, f"key-{n}")
        found[code] = platform.last()
        platform.paying.settle(platform.last(), "success")
    return found


def test_one_that_is_answered_badly_keeps_no_other_from_being_asked_about(citizen, platform):
    found = each_begun(citizen, platform, 4)
    unknown, paid, same_number, last = found.values()
    platform.paying.payments[same_number]["number"] = platform.paying.payments[paid]["number"]
    del platform.paying.payments[unknown]
    assert asked_later(2) == 2
    assert [states(code) for code in found] == [{"open"}, {"paid"}, {"open"}, {"paid"}]


def test_a_round_has_an_end_and_the_next_goes_on_with_the_others(citizen, platform):
    found = each_begun(citizen, platform, 2)
    platform.paying.payments[next(iter(found.values()))]["state"] = "0"
    begins, ticks = now() + timedelta(minutes=2), counting()
    assert ask_platform(clock=lambda: begins + timedelta(seconds=2 * next(ticks)), origin="simulated") == 0
    assert platform.paying.asked == 1
    assert asked_later(6) == 1
    assert [states(code) for code in found] == [{"open"}, {"paid"}]


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 60_000,
        json.dumps({"error_code": "0", "message": "[" * 60_000}).encode(),
        json.dumps({"error_code": "0", "message": " " * LARGEST}).encode(),
    ],
    ids=["deep", "deep inside", "long"],
)
def test_an_answer_that_would_bring_a_reader_down_is_no_answer(monkeypatch, platform, body):
    monkeypatch.setattr(Speaking, "_asked", lambda speaking, *_told: speaking.answer(200, body))
    paygov_now = configured()
    assert paygov_now is not None
    with pytest.raises(CannotNow) as trouble:
        paygov_now.ask("MCABCDEFGHJ01", at=now())
    assert not isinstance(trouble.value, Away)


def test_a_payment_that_hangs_stays_waiting_and_one_that_failed_is_told(citizen, platform, owing):
    begun(citizen)
    platform.paying.settle(platform.last(), "hang")
    assert asked_later(2) == 0
    assert "Nền tảng thanh toán chưa báo đã thu tiền" in citizen.get(PAGE).text
    platform.paying.settle(platform.last(), "failure")
    assert asked_later(30) == 1
    page = citizen.get(PAGE).text
    assert "Lần thanh toán vừa rồi không thành công" in page
    assert "Thanh toán qua nền tảng" in page
    first = platform.last()
    half_a_minute_passes()
    begun(citizen, "two")
    assert platform.last() != first


@pytest.mark.parametrize("how", ["unreachable", "failed"])
def test_what_came_to_nothing_is_asked_about_until_it_is_paid_and_a_second_payment_goes_back(
    citizen, platform, owing, how
):
    begun(citizen)
    first = platform.last()
    if how == "failed":
        platform.paying.settle(first, "failure")
        assert asked_later(2) == 1
    else:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE payments_attempt SET url = '', outcome = 'unreachable'")
    half_a_minute_passes()
    begun(citizen, "two")
    assert confirmed(citizen, settled(platform, platform.last())).status_code == 200
    assert states(owing) == {"paid"}
    assert "Đã nộp hai lần" not in citizen.get(PAGE).text
    settled(platform, first)
    assert asked_later(20) == 1
    assert outcome_of(first) == "paid"
    assert (count("payments_credit"), count("payments_receipt")) == (2, 1)
    assert "Đã nộp hai lần" in citizen.get(PAGE).text.replace("\u00a0", " ")
    assert "Nộp hai lần" in visitor("thuquy", at=now()).get("/payments/transfers").text
    before = written()
    assert asked_later(60 * 24) == 0, "what is paid is asked about no more"
    assert written() == before


def settled(platform, reference):
    """What the platform says of a payment that somebody made there."""
    platform.paying.settle(reference, "success")
    return platform.paying.said(reference, "CONFIRM")


def outcome_of(reference):
    with connection.cursor() as cursor:
        cursor.execute("SELECT outcome FROM payments_attempt WHERE reference = %s", [reference])
        return cursor.fetchone()[0]


def signed(platform, reference, **change):
    """A confirmation of a payment, changed before it was signed."""
    body = platform.paying.said(reference, "CONFIRM") | change
    return body | {"MaXacThuc": code_of(body, CONFIRM_SIGNED, SECRET)}


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"ThoiGianGD": "99991231235959"}, 400, "03"),
        ({"ThoiGianGD": "19990101000000"}, 400, "03"),
        ({"ThoiGianGD": f"{now() - timedelta(days=60):%Y%m%d%H%M%S}"}, 400, "03"),
        ({"ThoiGianGD": "00010101000000"}, 400, "03"),
        ({"MaThamChieu": "MC\x00"}, 400, "03"),
        ({"MaGiaoDich": "GD\x00"}, 400, "03"),
        ({"MaGiaoDich": "G" * 61}, 400, "03"),
        ({"MaGiaoDich": "\ud800"}, 403, "97"),
        ({"MaThamChieu": "MCX"}, 404, "01"),
    ],
)
def test_a_signed_message_that_cannot_be_is_answered_in_the_platforms_words(
    citizen, platform, owing, change, status, code
):
    begun(citizen)
    reference = platform.last()
    platform.paying.settle(reference, "success")
    before = written()
    try:
        body = signed(platform, reference, **change)
    except UnicodeEncodeError:
        body = platform.paying.said(reference, "CONFIRM") | change
    answer = confirmed(citizen, body)
    assert (answer.status_code, answer.json()["error_code"]) == (status, code)
    assert (written(), states(owing)) == (before, {"open"})


def test_a_payment_that_hangs_too_long_is_begun_anew_and_the_page_offers_it(citizen, platform, owing):
    begun(citizen)
    assert "Thanh toán qua nền tảng" not in citizen.get(PAGE).text
    with connection.cursor() as cursor:
        cursor.execute("UPDATE payments_attempt SET sent_at = sent_at - interval '11 minutes'")
    assert "Thanh toán qua nền tảng" in citizen.get(PAGE).text
    begun(citizen, "two")
    assert count("payments_attempt") == 2


def test_what_cannot_be_taken_now_is_to_be_told_again(citizen, platform, owing, monkeypatch):
    begun(citizen)
    said = settled(platform, platform.last())

    def refuses(**_told):
        raise NotAllowedNow("Chưa được.", "Not now.")

    with monkeypatch.context() as patched:
        patched.setattr(online_platform, "receive", refuses)
        before = written()
        answer = confirmed(citizen, said)
        assert (answer.status_code, answer.json()["error_code"]) == (503, "99")
        assert written() == before
    assert confirmed(citizen, said).json()["error_code"] == "0"
    assert states(owing) == {"paid"}


@pytest.mark.parametrize("trouble", ["killed", "busy", "garbage"])
def test_a_platform_that_takes_no_payment_leaves_the_other_ways(citizen, platform, owing, trouble):
    if trouble == "killed":
        platform.kill()
    else:
        platform.paying.mode = trouble
    page = begun(citizen)
    assert "Nền tảng thanh toán đang không trả lời" in page
    assert "Nội dung chuyển khoản" in page
    assert "Nộp tại quầy" in page
    assert "chưa báo đã thu tiền" not in page
    if trouble == "killed":
        platform.come_back()
    platform.paying.mode = "ok"
    assert "Xin đợi nửa phút" in begun(citizen, "at once")
    assert not platform.paying.payments
    half_a_minute_passes()
    assert "chưa báo đã thu tiền" in begun(citizen, "two")
    assert count("payments_order") == 1


def test_two_clicks_begin_one_payment(citizen, platform, owing):
    for key in ("one", "one", "two"):
        begun(citizen, key)
    assert len(platform.paying.payments) == 1


def test_without_a_platform_it_is_not_offered(citizen, owing):
    assert "Thanh toán qua nền tảng" not in citizen.get(PAGE).text
    begun(citizen)
    assert count("payments_attempt") == 0
    assert confirmed(citizen, {}).status_code == 404
