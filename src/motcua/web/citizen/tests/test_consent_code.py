"""Consent by a code on the applicant's own telephone: sent, typed, recorded without the code; bounded every way."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from stand_ins.identity import PEOPLE
from tests.support.citizens import citizen_client
from tests.support.html import Page
from tests.support.outlets import Outlets, outlets
from tests.support.pages import visitor

from motcua.accounts.models import Account
from motcua.flows.consenting import LONGEST_WHAT, TEXT
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.ids import uuid7
from motcua.kernel.time import now
from motcua.ledger.selectors import history
from motcua.notifications.writing import GSM, LONGEST_SMS
from motcua.submissions.consent_codes import BOUNDS, LIFE, MOST_WRONG, PAUSE, ask, sweep
from motcua.submissions.models import ConsentCode
from motcua.web.citizen.tests import test_relative
from motcua.web.citizen.tests.test_assist import row_of, written_for
from motcua.web.citizen.tests.walk import send
from motcua.web.common.middleware import LANGUAGE_COOKIE

pytestmark = pytest.mark.django_db
NUMBER = "0912345678"


@pytest.fixture
def out() -> Iterator[Outlets]:
    with outlets() as found:
        yield found


def at_consent(client: Client, phone: str = NUMBER) -> str:
    """A draft for somebody with a telephone as far as the page of consent; its address."""
    path = written_for(client).removesuffix("/check")
    send(client, f"{path}/you", {"phone": phone})
    return f"{path}/consent"


def asked_for(client: Client, path: str) -> Any:
    return client.post(path.replace("/consent", "/code"), {"idempotency_key": "k"}, follow=True)


def code_in(out: Outlets) -> str:
    (code,) = re.findall(r"\b\d{6}\b", out.sms.kept[-1]["text"])
    return str(code)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_a_code_sent_and_typed_is_consent(at, out):
    client = visitor("giaodichvien", at=now())
    path = at_consent(client)
    assert "•••••••678" in client.get(path).text
    shown = asked_for(client, path).text
    assert "Đã gửi mã đến điện thoại" in shown
    assert Page(shown).form("consent").fields["consent"] == ["code"], "chosen with what was sent"
    assert out.sms.kept[-1]["to"] == "+84912345678"
    code = code_in(out)
    assert "nop ho so: " in out.sms.kept[-1]["text"]
    assert code not in shown
    check = send(client, path, {"consent": "code", "code": code, "sure": "on"})["Location"]
    assert check.endswith("/check")
    assert "Đã nhập đúng mã" in client.get(path).text
    done = send(client, check, {"sure": "on"})
    assert done.status_code == 302, done.text
    row = row_of(done["Location"].rpartition("/")[2])
    event = history(row["id"])[0]
    assert event.data["filing"]["consent"] == "code"
    for hidden in (code, "12345678"):
        assert hidden not in str(event.data)
    desk = visitor("tiepnhan1", at=now()).get(f"/dossiers/{row['code']}").text
    assert "Đọc mã gửi đến điện thoại của chủ hồ sơ" in desk
    assert "•••••••678" in desk


def test_a_relative_has_the_code_sent_and_not_to_themselves(at, out):
    client = citizen_client(at=at)
    path = test_relative.written_for(client, test_relative.MAY).removesuffix("/check")
    send(client, f"{path}/you", {"phone": str(PEOPLE["tuyet"]["SoDienThoai"])})
    assert "Chưa có số di động của chính chủ hồ sơ" in asked_for(client, f"{path}/consent").text
    assert not out.sms.kept
    send(client, f"{path}/you", {"phone": "0987654321"})
    asked_for(client, f"{path}/consent")
    check = send(client, f"{path}/consent", {"consent": "code", "code": code_in(out), "sure": "on"})[
        "Location"
    ]
    code = send(client, check, {"sure": "on"})["Location"].rpartition("/")[2]
    assert history(row_of(code)["id"])[0].data["filing"]["consent"] == "code"


def test_without_the_code_there_is_no_consent(at, out):
    client = visitor("tinhnguyen", at=now())
    path = at_consent(client)
    early = send(client, path, {"consent": "code", "sure": "on"})
    assert early.status_code == 422
    assert "Hãy gửi mã" in early.text
    asked_for(client, path)
    code = code_in(out)
    for _ in range(MOST_WRONG):
        refused = send(client, path, {"consent": "code", "code": wrong(code), "sure": "on"})
        assert refused.status_code == 422
        assert "Mã không đúng" in refused.text
    locked = send(client, path, {"consent": "code", "code": code, "sure": "on"})
    assert locked.status_code == 422
    assert f"Đã nhập sai {MOST_WRONG} lần" in locked.text
    check = path.replace("/consent", "/check")
    assert "Hãy gửi mã" in client.get(check).text
    assert ConsentCode.objects.get().answered_at is None


def test_a_code_holds_of_what_it_was_sent_for_and_not_for_long(at, out):
    client = visitor("tiepnhan1", at=now())
    path = at_consent(client)
    asked_for(client, path)
    code = code_in(out)
    ConsentCode.objects.update(sent_at=now() - LIFE)
    old = send(client, path, {"consent": "code", "code": code, "sure": "on"})
    assert old.status_code == 422
    assert "hết hiệu lực" in old.text
    ConsentCode.objects.update(sent_at=now())
    send(client, path.replace("/consent", "/you"), {"address": "Bản Khác"})
    changed = send(client, path, {"consent": "code", "code": code, "sure": "on"})
    assert changed.status_code == 422
    assert "hết hiệu lực" in changed.text


def test_what_is_changed_after_the_code_is_agreed_to_anew(at, out):
    client = visitor("tiepnhan1", at=now())
    path = at_consent(client)
    asked_for(client, path)
    check = send(client, path, {"consent": "code", "code": code_in(out), "sure": "on"})["Location"]
    send(client, path.replace("/consent", "/you"), {"address": "Bản Khác"})
    assert "Nội dung đã thay đổi sau khi đồng ý" in client.get(check).text
    assert "Đã nhập đúng mã" not in client.get(path).text


def test_a_number_is_sent_few_codes_an_hour_whoever_asks(at, out):
    first, second = visitor("tiepnhan1", at=now()), visitor("giaodichvien", at=now())
    path, other = at_consent(first), at_consent(second)
    asked_for(first, path)
    assert "Mã vừa được gửi" in asked_for(first, path).text
    (_hour, most, *_), _day = BOUNDS
    for _ in range(most - 1):
        ConsentCode.objects.update(sent_at=now() - PAUSE - timedelta(seconds=1))
        asked_for(first, path)
    assert len(out.sms.kept) == most
    assert "trong một giờ" in asked_for(second, other).text
    assert len(out.sms.kept) == most


@pytest.mark.parametrize("seat", [True, False], ids=["at a counter", "from an account of one's own"])
def test_nobody_sends_many_in_a_day_to_one_number_or_to_many(at, seat, monkeypatch):
    assert BOUNDS[1] == (timedelta(days=1), 6, 150, 10)
    bounds = ((timedelta(hours=1), 2, 4, 2), (timedelta(days=1), 5, 9, 7))
    monkeypatch.setattr("motcua.submissions.consent_codes.BOUNDS", bounds)
    citizen_client(at=at)
    owner = (
        Account.objects.filter(login="tiepnhan1") if seat else Account.objects.filter(is_citizen=True)
    ).get()

    every = 15 if seat else 30  # minutes: as often as an hour allows

    def sent(number: str) -> int:
        done = 0
        for n in range(24 * 60 // every):
            when = at + timedelta(minutes=every * n)
            with suppress(NotAllowedNow):
                ask(draft=uuid7(), owner=owner.id, of="x", to=number.format(n), at=when)
                done += 1
        return done

    assert sent("+84912345678") == 5
    ConsentCode.objects.all().delete()
    assert sent("+849{:08}") == (9 if seat else 7)


def test_a_helper_sends_a_bounded_number_of_codes(at, out, monkeypatch):
    monkeypatch.setattr("motcua.submissions.consent_codes.BOUNDS", ((timedelta(hours=1), 3, 1, 1),))
    client = visitor("tiepnhan1", at=now())
    path = at_consent(client)
    asked_for(client, path)
    send(client, path.replace("/consent", "/you"), {"phone": "0987654321"})
    assert "Ông/bà đã gửi 1 mã" in asked_for(client, path).text
    assert len(out.sms.kept) == 1


@pytest.mark.parametrize(
    ("mode", "said"), [("busy", "không trả lời"), ("refuse", "không nhận được tin nhắn")]
)
def test_where_the_gateway_does_not_take_it_the_helper_reads_so(at, out, mode, said):
    client = visitor("tiepnhan1", at=now())
    path = at_consent(client)
    out.sms.mode = mode
    assert said in asked_for(client, path).text
    kept = send(client, path, {"consent": "said", "sure": "on"})
    assert kept["Location"].endswith("/check"), "other ways stay"


def test_without_a_mobile_number_or_a_gateway_there_is_no_code(at):
    client = visitor("tiepnhan1", at=now())
    path = at_consent(client, phone="")
    assert 'value="code"' not in client.get(path).text
    assert "Chưa có số di động" in asked_for(client, path).text
    with outlets() as out:
        assert "Ghi số di động" in client.get(path).text
        asked_for(client, path)
        refused = send(client, path, {"consent": "code", "sure": "on"})
        assert refused.status_code == 422
        assert not out.sms.kept


def test_nobody_sends_a_code_for_anothers_draft(at, out):
    path = at_consent(visitor("tiepnhan1", at=now()))
    for login in ("tiepnhan2", "giaodichvien"):
        stranger = visitor(login, at=now())
        assert stranger.post(path.replace("/consent", "/code"), {"idempotency_key": "k"}).status_code == 404
    assert visitor("thuquy", at=now()).post(path.replace("/consent", "/code"), {}).status_code == 403
    assert not out.sms.kept
    assert not ConsentCode.objects.exists()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_text_fits_one_message_of_any_telephone_and_names_nobody(language):
    text = TEXT(language).format(code="123456", what="x" * LONGEST_WHAT, until="10:10")
    assert len(text) <= LONGEST_SMS
    assert set(text) <= GSM


def test_a_search_says_procedures_in_the_readers_language(at):
    client = visitor("tiepnhan1", at=now())
    client.cookies[LANGUAGE_COOKIE] = "en"
    assert "Confirmation of civil-status data" in client.get("/assist?q=thong+tin+ho+tich").text


def test_old_codes_are_swept(at, out):
    client = visitor("tiepnhan1", at=now())
    asked_for(client, at_consent(client))
    assert sweep(at=now()) == 0
    assert sweep(at=now() + timedelta(days=31)) == 1
