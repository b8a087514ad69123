"""The door itself: which session a browser keeps, for how long, and what goes when it is over."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from motcua.accounts.models import HeldForm, Session
from motcua.accounts.operations import FORM_LIFE, SESSION_LIFE, hold_form, session_digest
from motcua.cli import work
from motcua.dossiers.models import PinAttempt
from tests.support.pages import plain_static
from tests.support.site import pages_at, session_of
from tests.support.world import PASSWORD

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
