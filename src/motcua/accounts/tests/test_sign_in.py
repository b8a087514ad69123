"""Signing in, the locks on the door, sessions that end."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.hashers import check_password
from tests.support.together import all_at_once

from motcua.access_log.models import Look
from motcua.accounts.models import Account, HeldForm, Session, SignInAttempt
from motcua.accounts.operations import (
    ATTEMPT_WINDOW,
    FORM_LIFE,
    MOST_WRONG,
    MOST_WRONG_PER_ADDRESS,
    SESSION_LIFE,
    add_account,
    hold_form,
    session_digest,
    sign_in,
    sign_out,
    sweep,
)
from motcua.kernel.errors import Denied, Invalid

pytestmark = pytest.mark.django_db
AT = datetime(2026, 8, 24, 2, 10, tzinfo=UTC)
RIGHT, WRONG = "mật khẩu đúng 1", "mật khẩu sai"
WRONG_SAID, LOCKED_SAID = "không đúng", "quá nhiều lần"


@pytest.fixture
def anh():
    return add_account(login="Ánh.Nguyễn", name="Nguyễn Thị Ánh", password=RIGHT, at=AT)


def attempt(login="anh.nguyen", password=RIGHT, address="10.0.0.1", at=AT):
    return sign_in(login=login, password=password, address=address, at=at)


def refused(said, **how):
    with pytest.raises(Denied, match=said):
        attempt(**how)


def wrong(times, **how):
    for _ in range(times):
        refused(WRONG_SAID, password=WRONG, **how)


def test_the_right_password_opens_a_session_of_ten_hours(anh):
    signed_in = attempt()
    assert (signed_in.account, signed_in.expires_at, signed_in.language) == (anh, AT + SESSION_LIFE, "vi")
    row = Session.objects.get(id=signed_in.session)
    assert bytes(row.secret_digest) == session_digest(signed_in.secret)
    assert signed_in.secret.encode() not in bytes(row.secret_digest)
    assert attempt().secret != signed_in.secret


@pytest.mark.parametrize("typed", ["anh.nguyen", "ÁNH.NGUYỄN", " Ánh . Nguyễn ", "anh.nguyen\x00"])
def test_a_login_is_read_as_people_type_it(anh, typed):
    assert attempt(login=typed).account == anh


def test_passwords_are_kept_hashed_and_compared_exactly(anh):
    stored = Account.objects.get(id=anh).password
    assert RIGHT not in stored
    assert check_password(RIGHT, stored)
    wrong(1)
    refused(WRONG_SAID, password=RIGHT.upper())
    refused(WRONG_SAID, password="")


def test_unknown_wrong_and_closed_sound_alike(anh):
    said = set()
    for how in ({"login": "nobody"}, {"password": WRONG}):
        with pytest.raises(Denied) as refusal:
            attempt(**how)
        said.add((refusal.value.vi, refusal.value.en))
    Account.objects.filter(id=anh).update(is_active=False)
    with pytest.raises(Denied) as refusal:
        attempt()
    said.add((refusal.value.vi, refusal.value.en))
    assert said == {("Tên đăng nhập hoặc mật khẩu không đúng.", "The login or the password is wrong.")}
    assert not Session.objects.exists()


def test_five_wrong_ones_lock_the_login_even_for_the_right_password(anh):
    wrong(MOST_WRONG)
    refused(LOCKED_SAID)
    refused(LOCKED_SAID, address="10.0.0.2")
    assert not Session.objects.exists()
    assert SignInAttempt.objects.count() == MOST_WRONG


def test_wrong_passwords_and_the_lock_out_leave_a_line_each(anh):
    wrong(MOST_WRONG)
    refused(LOCKED_SAID)
    wrong(MOST_WRONG, login="nobody")
    lines = list(Look.objects.order_by("id").values_list("who", "what"))
    assert lines == [(str(anh), "wrong_password")] * MOST_WRONG + [(str(anh), "locked_out")]


def test_a_login_nobody_has_is_locked_too():
    wrong(MOST_WRONG, login="nobody")
    refused(LOCKED_SAID, login="nobody")
    refused(LOCKED_SAID, login="NOBODY ")


def test_the_lock_opens_when_the_window_has_passed(anh):
    wrong(MOST_WRONG)
    refused(LOCKED_SAID, at=AT + ATTEMPT_WINDOW - timedelta(seconds=1))
    assert attempt(at=AT + ATTEMPT_WINDOW).account == anh


def test_asking_a_locked_door_does_not_lengthen_the_lock(anh):
    wrong(MOST_WRONG)
    for minute in range(1, 15):
        refused(LOCKED_SAID, at=AT + timedelta(minutes=minute))
    assert attempt(at=AT + ATTEMPT_WINDOW).account == anh


def test_one_locked_login_leaves_the_others_open(anh):
    add_account(login="binh", name="Bình", password=RIGHT, at=AT)
    wrong(MOST_WRONG)
    assert attempt(login="binh")


def test_a_right_one_before_the_fifth_forgets_the_wrong_ones(anh):
    wrong(MOST_WRONG - 1)
    attempt()
    wrong(MOST_WRONG - 1)
    assert attempt()


def test_fifty_wrong_ones_lock_the_address_and_no_other(anh):
    for n in range(MOST_WRONG_PER_ADDRESS):
        wrong(1, login=f"guess{n}")
    refused(LOCKED_SAID)
    assert attempt(address="10.0.0.2").account == anh
    assert attempt(address="").account == anh
    assert attempt(at=AT + ATTEMPT_WINDOW).account == anh


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_are_counted_one_by_one():
    add_account(login="anh.nguyen", name="Ánh", password=RIGHT, at=AT)
    answers = all_at_once(lambda _: attempt(password=WRONG), range(16))
    said = [str(answer) for answer in answers]
    assert sum(WRONG_SAID in text for text in said) == MOST_WRONG
    assert sum(LOCKED_SAID in text for text in said) == 16 - MOST_WRONG
    assert SignInAttempt.objects.count() == MOST_WRONG


def test_signing_out_ends_the_session_only(anh):
    kept, ended = attempt(), attempt()
    sign_out(session=ended.session)
    assert list(Session.objects.values_list("id", flat=True)) == [kept.session]


def test_the_sweep_takes_what_has_ended(anh):
    ended = attempt()
    kept = attempt(at=AT + timedelta(hours=1))
    refused(WRONG_SAID, login="x")
    hold_form(session=session_digest(ended.secret), path="/", fields={}, at=AT)
    assert sweep(at=AT + SESSION_LIFE + FORM_LIFE) == 3
    assert list(Session.objects.values_list("id", flat=True)) == [kept.session]
    assert not SignInAttempt.objects.exists()
    assert not HeldForm.objects.exists()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"login": " "}, "login"),
        ({"login": "ANH.NGUYEN"}, "login"),
        ({"login": "x" * 201}, "login"),
        ({"password": "123456789"}, "password"),
    ],
)
def test_an_account_needs_a_free_login_and_a_long_password(anh, told, field):
    with pytest.raises(Invalid) as refusal:
        add_account(**{"login": "moi", "name": "Mới", "password": "1234567890", "at": AT, **told})
    assert refusal.value.field == field
    assert Account.objects.filter(name="Mới").count() == 0
