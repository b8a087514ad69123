"""The shared computer: locked, unlocked, handed over; nothing of one person is seen by the next."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from tests.support.authenticator import Authenticator
from tests.support.enrolled import HOUSE
from tests.support.html import Page
from tests.support.pages import plain_static
from tests.support.site import pages_at
from tests.support.together import all_at_once
from tests.support.world import PASSWORD, logins

from motcua.access_log.models import Look
from motcua.accounts.models import HeldForm, Session
from motcua.accounts.operations import MOST_WRONG, SESSION_LIFE, add_passkey, session_digest, set_pin, unlock
from motcua.accounts.webauthn import creation_options
from motcua.agencies.models import Agency
from motcua.kernel.errors import Denied, Invalid
from motcua.web.common.browser import PEOPLE_COOKIE, SEEN_COOKIE

pytestmark = pytest.mark.django_db
AT = datetime(2026, 8, 24, 2, 10, tzinfo=UTC)
PINS = {"tiepnhan1": "314159", "tiepnhan2": "271828", "tuphap1": "161803"}
FORM = "/dossiers/receive"
NAME = "Nguyễn Thị Ánh Tuyết"


@pytest.fixture(autouse=True)
def plain():
    for login, pin in PINS.items():
        set_pin(account=logins()[login], pin=pin, at=AT)
    with plain_static():
        yield


class Computer:
    """One browser at the counter, used by several people in turn."""

    def __init__(self):
        self.client = Client()
        self.at = AT

    def get(self, path):
        with pages_at(self.at):
            return self.client.get(path)

    def send(self, path, fields):
        with pages_at(self.at):
            form = Page(self.client.get(path, follow=True).text).form(*fields)
            return self.client.post(form.action or path, form.sent(fields))

    def post(self, path, fields):
        with pages_at(self.at):
            return self.client.post(path, fields)

    def sign_in(self, login):
        return self.send("/sign-in", {"login": login, "password": PASSWORD})

    def lock(self, path="", typed=()):
        return self.post("/lock", {"path": path, "typed": json.dumps(list(typed)) if typed else ""})

    def unlock(self, login, pin=None):
        who = self.session(login)
        return self.post("/unlock", {"who": str(who.id if who else ""), "own_pin": pin or PINS[login]})

    def session(self, login):
        return Session.objects.filter(account_id=logins()[login]).first()

    def who(self):
        text = self.get("/account").text
        return next((login for login in logins() if f'class="code">{login}<' in text), None)


@pytest.fixture
def counter():
    return Computer()


def goes(answer, where):
    assert (answer.status_code, answer["Location"]) == (302, where)


def test_a_locked_screen_opens_nothing_until_its_owner_is_back(counter):
    counter.sign_in("tiepnhan1")
    goes(counter.lock("/dossiers?show=late"), "/unlock")
    for path in ("/inbox", "/dossiers", "/account", "/account/pin"):
        goes(counter.get(path), f"/unlock?next={path.replace('/', '%2F')}")
    answer = counter.get("/unlock")
    assert "Màn hình đang khóa" in answer.text
    assert "/dossiers" not in Page(answer.text).texts
    wrong = counter.unlock("tiepnhan1", "000001")
    assert (wrong.status_code, "Mã PIN không đúng" in wrong.text) == (422, True)
    goes(counter.unlock("tiepnhan1"), "/dossiers?show=late")
    assert counter.who() == "tiepnhan1"


def test_a_colleague_takes_over_and_hands_back(counter):
    counter.sign_in("tiepnhan1")
    counter.lock("/dossiers")
    goes(counter.sign_in("tiepnhan2"), "/inbox")
    assert counter.who() == "tiepnhan2"
    counter.lock("/account")
    goes(counter.unlock("tiepnhan1"), "/dossiers")
    assert counter.who() == "tiepnhan1"
    assert counter.session("tiepnhan2").stage == "locked"
    counter.lock()
    goes(counter.unlock("tiepnhan2"), "/account")
    assert counter.who() == "tiepnhan2"
    assert Session.objects.count() == 2


def test_what_was_half_typed_is_held_for_its_own_person(counter):
    counter.sign_in("tiepnhan1")
    typed = [["procedure", "1.004873"], ["variant", "no_verification"], ["channel", "counter"]]
    typed += [["applicant-0-name", NAME], ["own_password", "bí mật"]]
    goes(counter.lock(f"{FORM}?procedure=1.004873", typed), "/unlock")
    assert NAME not in counter.get("/unlock").text
    counter.sign_in("tiepnhan2")
    assert NAME not in counter.get(FORM).text
    counter.lock(FORM, [*typed[:3], ["applicant-0-name", "Trần Văn Khác"]])
    goes(counter.unlock("tiepnhan1"), FORM)
    mine = counter.get(FORM).text
    assert NAME in mine
    assert "Trần Văn Khác" not in mine
    counter.lock()
    goes(counter.unlock("tiepnhan2"), FORM)
    theirs = counter.get(FORM).text
    assert "Trần Văn Khác" in theirs
    assert NAME not in theirs
    assert HeldForm.objects.count() == 0


def test_five_wrong_pins_ask_for_a_full_sign_in(counter):
    counter.sign_in("tiepnhan1")
    counter.lock()
    for _ in range(MOST_WRONG - 1):
        assert counter.unlock("tiepnhan1", "000001").status_code == 422
    goes(counter.unlock("tiepnhan1", "000001"), "/sign-in")
    assert counter.session("tiepnhan1") is None
    goes(counter.get("/inbox"), "/sign-in?next=%2Finbox")
    lines = Look.objects.filter(who=str(logins()["tiepnhan1"])).order_by("id").values_list("what", flat=True)
    assert list(lines)[-MOST_WRONG:] == [*["wrong_unlock"] * (MOST_WRONG - 1), "wrong_unlock_ended"]
    goes(counter.sign_in("tiepnhan1"), "/inbox")


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_are_counted_one_by_one(counter):
    counter.sign_in("tiepnhan1")
    counter.lock()
    row = counter.session("tiepnhan1")

    def guess(pin):
        unlock(session=row.id, digests=[bytes(row.secret_digest)], pin=pin, at=AT)

    answers = all_at_once(guess, [f"00000{n}" for n in range(8)])
    assert all(isinstance(answer, Denied) for answer in answers)
    assert Look.objects.filter(what__startswith="wrong_unlock").count() == MOST_WRONG
    assert counter.session("tiepnhan1") is None


def test_a_right_one_forgets_the_wrong_ones_before(counter):
    counter.sign_in("tiepnhan1")
    for _ in range(2):
        counter.lock()
        for _ in range(MOST_WRONG - 1):
            counter.unlock("tiepnhan1", "000001")
        goes(counter.unlock("tiepnhan1"), "/inbox")


def test_only_who_signed_in_on_this_browser(counter):
    counter.sign_in("tiepnhan1")
    counter.lock()
    elsewhere = Computer()
    elsewhere.sign_in("tuphap1")
    answer = counter.unlock("tuphap1")
    assert answer.status_code == 422
    assert "Hãy chọn một người" in answer.text
    row = elsewhere.session("tuphap1")
    digest = session_digest(counter.client.cookies[settings.SESSION_COOKIE].value)
    with pytest.raises(Denied):
        unlock(session=row.id, digests=[digest], pin=PINS["tuphap1"], at=AT)
    assert Client().get("/unlock")["Location"] == "/sign-in"


def test_a_session_that_is_over_is_not_unlocked(counter):
    counter.sign_in("tiepnhan1")
    counter.lock()
    counter.at = AT + SESSION_LIFE
    goes(counter.get("/unlock"), "/sign-in")


def test_a_passkey_unlocks_its_owner(counter):
    key, account = Authenticator(), logins()["tiepnhan2"]
    asked = creation_options(site=HOUSE, account=account, login="x", name="x", known=(), at=AT)
    counter.sign_in("tiepnhan2")
    add_passkey(account=account, name="x", answer=key.create(asked), site=HOUSE, at=AT)
    counter.lock()
    counter.sign_in("tiepnhan1")
    counter.lock()
    (form,) = [a for a in Page(counter.get("/unlock").text).all("form") if "data-passkey" in a]
    answer = key.get(form["data-options"])
    goes(counter.post("/unlock", {"credential": answer}), "/inbox")
    assert counter.who() == "tiepnhan2"
    counter.lock()
    assert counter.post("/unlock", {"credential": answer}).status_code == 422


def test_who_has_no_pin_signs_in_again_and_gets_the_form_back(counter):
    counter.sign_in("tuphap2")
    counter.lock(FORM, [["applicant-0-name", NAME]])
    assert "chưa đặt mã PIN" in counter.get("/unlock").text
    goes(counter.sign_in("tuphap2"), "/inbox")
    assert Session.objects.count() == 1
    assert HeldForm.objects.count() == 1


def test_signing_out_leaves_the_colleagues_locked(counter):
    counter.sign_in("tiepnhan1")
    counter.lock()
    counter.sign_in("tiepnhan2")
    goes(counter.post("/sign-out", {}), "/unlock")
    assert counter.session("tiepnhan2") is None
    goes(counter.unlock("tiepnhan1"), "/inbox")


def test_what_was_said_to_one_is_not_told_to_the_next(counter):
    counter.sign_in("tiepnhan1")
    pin = {"own_pin": "905317", "password_again": "905317"}
    goes(counter.send("/account/pin", pin), "/account")
    counter.lock()
    goes(counter.sign_in("tiepnhan2"), "/inbox")
    assert "Đã đặt mã PIN" not in counter.get("/account").text


def test_after_the_idle_minutes_the_server_locks_without_a_script(counter):
    counter.sign_in("tiepnhan1")
    counter.get("/inbox")
    counter.at = AT + timedelta(minutes=9)
    assert counter.get("/inbox").status_code == 200
    counter.at += timedelta(minutes=10, seconds=1)
    goes(counter.get("/dossiers"), "/unlock?next=%2Fdossiers")
    assert counter.session("tiepnhan1").stage == "locked"
    goes(counter.unlock("tiepnhan1"), "/inbox")
    assert counter.get("/inbox").status_code == 200


def test_somebody_who_types_is_not_idle(counter):
    counter.sign_in("tiepnhan1")
    counter.get("/inbox")
    for _ in range(3):
        counter.at += timedelta(minutes=8)
        assert counter.post("/seen", {}).status_code == 204
    assert counter.get("/inbox").status_code == 200


def test_the_idle_minutes_are_the_agency_s(counter):
    Agency.objects.filter(code="H99.01.01").update(lock_after_minutes=30)
    counter.sign_in("tiepnhan1")
    assert 'data-after="1800"' in counter.get("/inbox").text
    counter.at += timedelta(minutes=29)
    assert counter.get("/inbox").status_code == 200


def test_what_was_posted_after_the_idle_minutes_is_held(counter):
    counter.sign_in("tiepnhan1")
    counter.get("/inbox")
    counter.at += timedelta(minutes=11)
    fields = {
        "procedure": "1.004873",
        "variant": "no_verification",
        "applicant-0-name": NAME,
        "idempotency_key": "k",
    }
    goes(counter.post(FORM, fields), "/unlock?next=%2Fdossiers%2Freceive")
    answer = counter.send("/unlock?next=/dossiers/receive", {"own_pin": PINS["tiepnhan1"]})
    goes(answer, FORM)
    assert NAME in counter.get(FORM).text


@pytest.mark.parametrize(
    "typed", ["", "{", "[1]", '[["a"]]', '[["a", 1]]', "null", '"x"', "[" * 9000, "x" * 70_000]
)
@pytest.mark.parametrize("path", ["", "//evil.example/x", "https://evil.example", "x" * 600, "javascript:1"])
def test_what_no_script_of_ours_sends_locks_all_the_same(counter, path, typed):
    counter.sign_in("tiepnhan1")
    goes(counter.post("/lock", {"path": path, "typed": typed}), "/unlock")
    assert counter.session("tiepnhan1").stage == "locked"
    assert not HeldForm.objects.exists()
    goes(counter.unlock("tiepnhan1"), "/inbox")


@pytest.mark.parametrize(
    "pin", ["", "12345", "1" * 6, "123456", "654321", "890123", "12345a", "１２３４５６", "1" * 13]
)
def test_a_pin_is_not_plain(pin):
    with pytest.raises(Invalid):
        set_pin(account=logins()["tuphap2"], pin=pin, at=AT)


def test_the_browser_keeps_it_all_out_of_a_script_s_reach(counter):
    counter.sign_in("tiepnhan1")
    counter.lock()
    counter.sign_in("tiepnhan2")
    counter.get("/inbox")
    for name in (settings.SESSION_COOKIE, PEOPLE_COOKIE, SEEN_COOKIE):
        cookie = counter.client.cookies[name]
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name
