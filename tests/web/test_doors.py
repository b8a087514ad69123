"""The door itself: which session a browser keeps and for how long, and what a broken or hostile request gets."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from motcua.accounts.models import HeldForm, Session
from motcua.accounts.operations import FORM_LIFE, SESSION_LIFE, hold_form, session_digest
from motcua.cli import work
from motcua.dossiers.models import PinAttempt
from motcua.dossiers.selectors import find_row
from motcua.flows.reception import receive
from tests.support.acts import act
from tests.support.pages import plain_static
from tests.support.site import pages_at, session_of
from tests.support.world import PASSWORD, intake, viewer

pytestmark = pytest.mark.django_db
AT = datetime(2026, 8, 24, 2, 10, tzinfo=UTC)


@pytest.fixture
def browser():
    with plain_static(), pages_at(AT):
        yield Client()


def sign_in(browser):
    answer = browser.post("/sign-in", {"login": "tuphap1", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/inbox")
    return answer.cookies[settings.SESSION_COOKIE]


def test_a_browser_keeps_the_secret_until_what_it_posts_late_is_held_no_more(browser):
    assert sign_in(browser)["max-age"] == (SESSION_LIFE + FORM_LIFE).total_seconds()


def test_signing_in_again_ends_the_session_before(browser):
    first = sign_in(browser).value
    second = sign_in(browser).value
    assert first != second
    assert [bytes(s.secret_digest) for s in Session.objects.all()] == [session_digest(second)]
    browser.cookies[settings.SESSION_COOKIE] = first
    assert browser.get("/inbox")["Location"] == "/sign-in?next=%2Finbox"


def test_the_worker_takes_away_what_is_kept_for_an_hour(browser, monkeypatch):
    ended = session_digest(session_of("tuphap1", at=AT - SESSION_LIFE))
    hold_form(session=ended, path="/x", fields={"a": ["b"]}, at=AT)
    browser.post("/track", {"code": "H99.01.01-260824-0001", "pin": "123456"})
    kept = (Session, HeldForm, PinAttempt)
    assert [table.objects.count() for table in kept] == [1, 1, 1]
    sweep = work.steps()[-1]
    monkeypatch.setattr(work, "now", lambda: AT + timedelta(hours=1))
    assert sweep() == 3
    assert [table.objects.count() for table in kept] == [0, 0, 0]


def test_each_misprinted_code_has_its_own_count(browser):
    """Strangers' misprints lock nobody out."""
    for _ in range(6):
        wrong = browser.post("/track", {"code": "H99/01/01-1", "pin": "123456"})
    assert "quá 5 lần" in wrong.text
    other = browser.post("/track", {"code": "H99/01/01-2", "pin": "123456"})
    assert "quá 5 lần" not in other.text
    assert "không đúng" in other.text


NOTHING = "00000000-0000-0000-0000-000000000000"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/dossiers/%00", 404),
        ("/dossiers/H99%00/start", 404),
        ("/dossiers/H99%00/receipt.pdf", 404),
        ("/dossiers/h99.01.01-260824-0001", 404),
        (f"/inbox?after=2026-01-01T00:00:00%2B20:00_{NOTHING}", 200),
        (f"/inbox?after=2026-01-01T10%2B00:00_{NOTHING}", 200),
        (f"/inbox?after=0001-01-01T00:00:00%2B15:00_{NOTHING}", 200),
        (f"/inbox?after=9999-12-31T23:59:59-15:00_{NOTHING}", 200),
    ],
)
def test_an_address_the_database_cannot_read_is_answered(browser, path, status):
    browser.cookies[settings.SESSION_COOKIE] = session_of("tuphap1", at=AT)
    assert browser.get(path).status_code == status


@pytest.mark.parametrize("words", ["\x00", "tuyet\x00", "1\x00", "%_\\"])
def test_words_the_database_cannot_read_find_nothing(browser, words):
    browser.cookies[settings.SESSION_COOKIE] = session_of("tuphap1", at=AT)
    answer = browser.post("/dossiers", {"words": words})
    assert answer.status_code == 200
    assert "Nguyễn" not in answer.text


@pytest.mark.parametrize("key", ["", "a\x00b", "x" * 101, "e\u0301", "a\nb"])
def test_a_request_key_is_short_and_plain(browser, key):
    browser.cookies[settings.SESSION_COOKIE] = session_of("tiepnhan1", at=AT)
    code = act("tiepnhan1", AT, receive, intake=intake()).row["code"]
    fields = {"signed": "on", "sure": "on", "idempotency_key": key}
    answer = browser.post(f"/dossiers/{code}/withdraw", fields)
    assert answer.status_code == 422
    assert "mã chống gửi trùng" in answer.text
    assert find_row(code, viewer=viewer("tiepnhan1", at=AT))[0]["state"] == "received"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("method", "path"), [("GET", "/language"), ("GET", "/sign-out"), ("TRACE", "/")])
def test_a_way_that_is_not_open_is_said_in_words(browser, method, path, language):
    browser.cookies["motcua_language"] = language
    answer = browser.generic(method, path)
    assert answer.status_code == 405
    assert answer["Allow"] == ("GET, HEAD" if path == "/" else "POST")
    said = {"vi": "chỉ nhận dữ liệu gửi từ biểu mẫu", "en": "only takes what a form sends"}
    assert said[language] in answer.text


def test_signing_in_may_be_asked_for_its_head(browser):
    assert browser.head("/sign-in").status_code == 200


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded; charset=utf-16", "multipart/form-data; boundary="]
)
def test_a_body_that_cannot_be_read_is_said_in_words(kind):
    with plain_static():
        strict = Client(enforce_csrf_checks=True)
        strict.get("/track")
        answer = strict.generic("POST", "/track", b"code=1", content_type=kind)
    assert answer.status_code == 400
    assert "Máy chủ không hiểu dữ liệu" in answer.text


def test_a_body_that_is_too_large_is_said_in_words():
    with plain_static():
        strict = Client(enforce_csrf_checks=True)
        strict.get("/track")
        answer = strict.generic(
            "POST", "/track", b"a" * 3_000_000, content_type="application/x-www-form-urlencoded"
        )
        many = strict.generic(
            "POST",
            "/track",
            b"a=1&" * (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1),
            content_type="application/x-www-form-urlencoded",
        )
    assert (answer.status_code, many.status_code) == (413, 400)
    assert "vượt quá dung lượng cho phép" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/guidance/%00",
        "/guidance/%00.pdf",
        "/pads/%00",
        "/results/manifests/%00",
        "/results/manifests?after=%00",
        "/payments/take?code=%00",
        "/payments/books?after=x",
        "/dossiers/receive?guidance=%00",
    ],
)
def test_what_can_not_be_read_is_no_fault_of_ours(browser, path):
    for login in ("tiepnhan1", "truongquay", "thuquy"):
        browser.cookies[settings.SESSION_COOKIE] = session_of(login, at=AT)
        answer = browser.get(path)
        assert answer.status_code < 500, (login, answer.status_code)


def test_a_character_that_no_text_holds_is_refused_in_words(browser):
    browser.cookies[settings.SESSION_COOKIE] = session_of("tiepnhan1", at=AT)
    answer = browser.get("/guidance/%00")
    assert answer.status_code == 422
    assert "ký tự không đọc được" in answer.text
