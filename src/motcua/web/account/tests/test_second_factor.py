"""The second factor on the pages: enrolled, asked for, demanded by a live installation."""

import base64
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from tests.support.html import Page
from tests.support.pages import plain_static
from tests.support.site import pages_at
from tests.support.world import PASSWORD

from motcua.access_log.models import Look
from motcua.accounts.models import Account, Session, Totp
from motcua.accounts.operations import FRESH, SESSION_LIFE
from motcua.accounts.totp import code_of, step_at

pytestmark = pytest.mark.django_db
AT = datetime(2026, 8, 24, 2, 10, tzinfo=UTC)
OWN = "mật khẩu riêng của tôi"


@pytest.fixture(autouse=True)
def plain():
    with plain_static():
        yield


@pytest.fixture
def live(settings):
    settings.INSTALLATION = "live"


def get(browser, path, at=AT):
    with pages_at(at):
        return browser.get(path)


def send(browser, path, fields, at=AT):
    """Fill in the form of `path` that has these fields, and send it."""
    with pages_at(at):
        form = Page(browser.get(path).text).form(*fields)
        return browser.post(path, form.sent(fields))


def sign_in(browser, at=AT, path="/sign-in", login="tuphap1", password=PASSWORD):
    return send(browser, path, {"login": login, "password": password}, at)


def goes(answer, where):
    assert (answer.status_code, answer["Location"]) == (302, where)


def enrol(browser, at=AT):
    """Enrol an app as a person does: read the seed off the page, type its code. Gives seed and codes."""
    with pages_at(at):
        shown = browser.get("/account/totp").text
        (text,) = re.findall(r'class="seed code">([A-Z2-7 ]+)<', shown)
        text = text.replace(" ", "")
        seed = base64.b32decode(text + "=" * (-len(text) % 8))
        form = Page(shown).form("factor_code")
        answer = browser.post("/account/totp", form.sent({"factor_code": code_of(seed, step_at(at))}))
    assert answer.status_code == 200
    return seed, re.findall(r'class="code">(\w{5}-\w{5})<', answer.text)


def test_enrolling_and_signing_in_with_it(settings):
    browser = Client()
    goes(sign_in(browser), "/inbox")
    seed, codes = enrol(browser)
    assert len(codes) == 10
    with pages_at(AT):
        browser.post("/sign-out")
    later = AT + timedelta(minutes=5)
    goes(sign_in(browser, later, "/sign-in?next=/dossiers"), "/sign-in/second?next=%2Fdossiers")
    goes(get(browser, "/inbox", later), "/sign-in/second?next=%2Finbox")
    goes(get(browser, "/account", later), "/sign-in/second?next=%2Faccount")
    before = browser.cookies[settings.SESSION_COOKIE].value
    code = code_of(seed, step_at(later))
    goes(send(browser, "/sign-in/second?next=/dossiers", {"factor_code": code}, later), "/dossiers")
    assert browser.cookies[settings.SESSION_COOKIE].value != before
    assert get(browser, "/dossiers", later).status_code == 200
    who = str(Account.objects.get(login="tuphap1").id)
    lines = list(Look.objects.filter(who=who).order_by("id").values_list("what", flat=True))
    assert lines == ["signed_in", "totp_added", "signed_out", "signed_in_totp"]


def test_a_recovery_code_on_the_same_page():
    browser = Client()
    sign_in(browser)
    _, codes = enrol(browser)
    sign_in(browser)
    goes(send(browser, "/sign-in/second", {"factor_code": codes[0]}), "/inbox")
    assert "9 mã" in get(browser, "/account").text


def test_a_wrong_code_is_said_at_the_field_and_opens_nothing():
    browser = Client()
    sign_in(browser)
    enrol(browser)
    sign_in(browser)
    answer = send(browser, "/sign-in/second", {"factor_code": "000000"})
    assert answer.status_code == 422
    assert "Mã không đúng hoặc đã dùng rồi" in answer.text
    assert Session.objects.get().stage == "half"


def test_the_second_step_without_the_first_leads_to_the_first():
    browser = Client()
    goes(get(browser, "/sign-in/second"), "/sign-in")
    sign_in(browser)
    goes(get(browser, "/sign-in/second"), "/inbox")


def test_a_live_installation_demands_it_before_anything_else(live):
    browser = Client()
    goes(sign_in(browser), "/inbox")
    for path in ("/inbox", "/dossiers", "/account/recovery-codes", "/account/totp/remove", "/nowhere"):
        answer = get(browser, path)
        assert (answer.status_code, answer.get("Location")) in ((302, "/account"), (404, None)), path
    assert "Cần đăng ký lớp xác thực thứ hai" in get(browser, "/account").text
    enrol(browser)
    assert get(browser, "/inbox").status_code == 200


def test_a_given_password_is_changed_first_and_then_the_factor_is_asked(live):
    Account.objects.filter(login="tuphap1").update(must_change_password=True)
    browser = Client()
    sign_in(browser)
    for path in ("/inbox", "/account", "/account/totp"):
        goes(get(browser, path), "/account/password")
    typed = {"password": OWN, "password_again": OWN}
    assert send(browser, "/account/password", typed | {"password_again": "khác"}).status_code == 422
    goes(send(browser, "/account/password", typed), "/account")
    goes(get(browser, "/inbox"), "/account")
    enrol(browser)
    assert get(browser, "/inbox").status_code == 200


def test_a_trial_demands_nothing_but_of_who_was_reset():
    Account.objects.filter(login="tuphap1").update(factors_reset_at=AT)
    browser = Client()
    sign_in(browser)
    goes(get(browser, "/inbox"), "/account")
    assert "đã đặt lại xác thực hai lớp của bạn" in get(browser, "/account").text
    enrol(browser)
    assert get(browser, "/inbox").status_code == 200
    assert Account.objects.get(login="tuphap1").factors_reset_at is None


def test_a_while_after_the_sign_in_who_sits_there_is_asked_again():
    browser = Client()
    sign_in(browser)
    later = AT + FRESH
    with pages_at(later):
        fields = Page(browser.get("/account/password").text).form("password").fields
    assert "own_password" in fields
    typed = {"password": OWN, "password_again": OWN, "own_password": "không phải"}
    answer = send(browser, "/account/password", typed, later)
    assert answer.status_code == 422
    assert "Chưa có gì thay đổi" in answer.text
    goes(send(browser, "/account/password", typed | {"own_password": PASSWORD}, later), "/account")


def test_removing_asks_who_sits_there_even_right_after_the_sign_in():
    browser = Client()
    sign_in(browser)
    enrol(browser)
    assert send(browser, "/account/totp/remove", {"own_password": "sai"}).status_code == 422
    assert Totp.objects.count() == 1
    goes(send(browser, "/account/totp/remove", {"own_password": PASSWORD}), "/account")
    assert Totp.objects.count() == 0


def test_secrets_are_not_kept_when_a_session_ends_in_mid_form():
    browser = Client()
    sign_in(browser)
    late = AT + SESSION_LIFE
    with pages_at(AT):
        form = Page(browser.get("/account/password").text).form("password")
    with pages_at(late):
        browser.post("/account/password", form.sent({"password": OWN, "password_again": OWN}))
    sign_in(browser, late)
    assert OWN not in get(browser, "/account/password", late).text
    assert settings.SESSION_COOKIE in browser.cookies
