"""The second factor: enrolled, asked for, spent once, counted with the password, and what stands in its place."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.support.together import all_at_once

from motcua.access_log.models import Look
from motcua.accounts.models import Account, RecoveryCode, Session, Totp
from motcua.accounts.operations import (
    ATTEMPT_WINDOW,
    MOST_WRONG,
    SignedIn,
    add_account,
    change_password,
    confirm_person,
    confirm_second_factor,
    enrol_totp,
    new_recovery_codes,
    offer_totp,
    remove_totp,
    same_offer,
    sign_in,
)
from motcua.accounts.policy import Owed, owed
from motcua.accounts.selectors import factors
from motcua.accounts.totp import code_of, step_at
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow

pytestmark = pytest.mark.django_db
AT = datetime(2026, 8, 24, 2, 10, tzinfo=UTC)
STEP = timedelta(seconds=30)
RIGHT = "mật khẩu đúng 1"


@pytest.fixture
def anh():
    return add_account(login="anh", name="Nguyễn Thị Ánh", password=RIGHT, at=AT)


def enrolled(account, at=AT):
    """The seed and the codes on paper of a person who has just enrolled an app."""
    offer = offer_totp(account=account, at=at)
    codes = enrol_totp(account=account, offer=offer.sealed, code=code_of(offer.seed, step_at(at)), at=at)
    return offer.seed, codes


def password(at=AT):
    return sign_in(login="anh", password=RIGHT, address="", at=at)


def second(half, code, at):
    return confirm_second_factor(session=half.session, code=code, address="", at=at)


def refused(said, act, *arguments, **named):
    with pytest.raises(Denied, match=said):
        act(*arguments, **named)


def test_the_password_opens_half_a_session_and_the_code_the_whole(anh):
    seed, _ = enrolled(anh)
    half = password(AT + STEP)
    assert half.half
    assert Session.objects.get().stage == "half"
    whole = second(half, code_of(seed, step_at(AT + STEP)), AT + STEP)
    assert (whole.half, whole.how, whole.account) == (False, "totp", anh)
    assert whole.secret != half.secret
    assert [(s.id, s.stage) for s in Session.objects.all()] == [(whole.session, "open")]


def test_a_code_is_taken_once_also_the_one_of_enrolment(anh):
    seed, _ = enrolled(anh)
    code = code_of(seed, step_at(AT))
    refused("đã dùng", second, password(), code, AT)
    later = AT + STEP
    assert second(password(later), code_of(seed, step_at(later)), later)
    refused("đã dùng", second, password(later), code_of(seed, step_at(later)), later)
    refused("đã dùng", second, password(later), code, later)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_type_one_code_one_comes_in(anh):
    seed, _ = enrolled(anh)
    later = AT + STEP
    halves = [password(later), password(later)]
    answers = all_at_once(lambda half: second(half, code_of(seed, step_at(later)), later), halves)
    assert sum(isinstance(answer, SignedIn) for answer in answers) == 1
    assert sum(isinstance(answer, Denied) for answer in answers) == 1
    assert Session.objects.filter(stage="open").count() == 1


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_a_clock_that_is_a_step_off_is_forgiven(anh, off):
    seed, _ = enrolled(anh)
    later = AT + 5 * STEP
    assert second(password(later), code_of(seed, step_at(later) + off), later).how == "totp"


def test_wrong_codes_and_wrong_passwords_lock_one_door(anh):
    seed, codes = enrolled(anh)
    later = AT + STEP
    for _ in range(2):
        refused("không đúng", sign_in, login="anh", password="sai", address="", at=later)
    for _ in range(MOST_WRONG - 2):
        refused("đã dùng", second, password(later), "000000", later)
    refused("quá nhiều lần", sign_in, login="anh", password=RIGHT, address="", at=later)
    half = Session.objects.filter(stage="half")[0]
    for code in (code_of(seed, step_at(later)), codes[0]):
        refused("quá nhiều lần", confirm_second_factor, session=half.id, code=code, address="", at=later)
    assert not Session.objects.filter(stage="open").exists()
    lines = list(Look.objects.order_by("id").values_list("what", flat=True))
    assert lines == ["totp_added", *["wrong_password"] * 2, *["wrong_second_factor"] * 3, "locked_out"]
    opened = later + ATTEMPT_WINDOW
    assert second(password(opened), code_of(seed, step_at(opened)), opened)


def test_the_right_password_between_forgets_no_wrong_code(anh):
    """Who knows the password guesses five codes a quarter of an hour, not five for each sign-in."""
    enrolled(anh)
    for _ in range(MOST_WRONG):
        refused("đã dùng", second, password(AT + STEP), "000000", AT + STEP)
    refused("quá nhiều lần", password, AT + STEP)


def test_half_a_session_is_over_after_ten_minutes(anh):
    seed, _ = enrolled(anh)
    half, late = password(AT + STEP), AT + STEP + timedelta(minutes=10)
    refused("10 phút", second, half, code_of(seed, step_at(late)), late)
    whole = password(late)
    Account.objects.filter(id=anh).update(is_active=False)
    refused("10 phút", second, whole, code_of(seed, step_at(late)), late)


def test_ten_codes_on_paper_each_good_once_and_kept_as_digests(anh):
    _, codes = enrolled(anh)
    assert len(codes) == len(set(codes)) == 10
    kept = [bytes(row.digest) for row in RecoveryCode.objects.all()]
    assert not any(code.replace("-", "").encode() in digest for code in codes for digest in kept)
    half = password()
    assert second(half, f" {codes[3].upper().replace('-', ' ')} ", AT).how == "recovery_code"
    refused("đã dùng", second, password(), codes[3], AT)
    assert factors(anh).codes_left == 9


def test_codes_of_another_person_open_nothing(anh):
    other = add_account(login="binh", name="Bình", password=RIGHT, at=AT)
    _, codes = enrolled(other)
    enrolled(anh)
    refused("đã dùng", second, password(), codes[0], AT)


def test_new_codes_end_the_old_ones(anh):
    refused_before = pytest.raises(NotAllowedNow)
    with refused_before:
        new_recovery_codes(account=anh, at=AT)
    _, old = enrolled(anh)
    new = new_recovery_codes(account=anh, at=AT)
    assert set(old).isdisjoint(new)
    refused("đã dùng", second, password(), old[0], AT)
    assert second(password(), new[0], AT)


def test_enrolling_anew_ends_the_app_before_and_keeps_the_paper(anh):
    first, codes = enrolled(anh)
    later = AT + 4 * STEP
    offer = offer_totp(account=anh, at=later)
    code = code_of(offer.seed, step_at(later))
    assert enrol_totp(account=anh, offer=offer.sealed, code=code, at=later) == ()
    after = later + STEP
    refused("đã dùng", second, password(after), code_of(first, step_at(after)), after)
    assert second(password(after), code_of(offer.seed, step_at(after)), after)
    assert second(password(after), codes[0], after)


def test_the_seed_is_sealed(anh):
    seed, _ = enrolled(anh)
    row = Totp.objects.get()
    assert seed not in bytes(row.sealed)
    other = add_account(login="binh", name="Bình", password=RIGHT, at=AT)
    stolen = offer_totp(account=other, at=AT)
    with pytest.raises(Invalid, match="30 phút"):
        enrol_totp(account=anh, offer=stolen.sealed, code=code_of(stolen.seed, step_at(AT)), at=AT)


def test_an_offer_is_taken_with_its_own_code_within_half_an_hour(anh):
    offer = offer_totp(account=anh, at=AT)
    assert same_offer(account=anh, sealed=offer.sealed, at=AT) == offer
    with pytest.raises(Invalid, match="không khớp"):
        enrol_totp(account=anh, offer=offer.sealed, code="000000", at=AT)
    late = AT + timedelta(minutes=30)
    with pytest.raises(Invalid, match="30 phút"):
        enrol_totp(account=anh, offer=offer.sealed, code=code_of(offer.seed, step_at(late)), at=late)
    for nothing in ("", "AAAA", "không", offer.sealed[:-8]):
        with pytest.raises(Invalid, match="30 phút"):
            enrol_totp(account=anh, offer=nothing, code="000000", at=AT)
    assert not Totp.objects.exists()
    assert not password().half


def test_the_last_factor_of_a_live_installation_stays(anh):
    enrolled(anh)
    with pytest.raises(NotAllowedNow, match="duy nhất"):
        remove_totp(account=anh, live=True, at=AT)
    assert password().half
    assert RecoveryCode.objects.count() == 10
    remove_totp(account=anh, live=False, at=AT)
    assert not password().half
    assert not RecoveryCode.objects.exists()


def test_who_sits_there_is_told_by_password_or_app(anh):
    seed, codes = enrolled(anh)
    later = AT + STEP
    confirm_person(account=anh, typed=RIGHT, address="", at=later)
    confirm_person(account=anh, typed=code_of(seed, step_at(later)), address="", at=later)
    for wrong in (code_of(seed, step_at(later)), "sai", ""):
        refused("Chưa có gì thay đổi", confirm_person, account=anh, typed=wrong, address="", at=later)
    refused("Chưa có gì thay đổi", confirm_person, account=anh, typed=codes[0], address="", at=later)
    assert Look.objects.filter(what="wrong_confirmation").count() == 4


def test_a_new_password_ends_the_other_sessions(anh):
    here, there = password(), password()
    with pytest.raises(Invalid, match="khác mật khẩu"):
        change_password(account=anh, password=RIGHT, session=here.session, at=AT)
    with pytest.raises(Invalid, match="10 ký tự"):
        change_password(account=anh, password="ngắn", session=here.session, at=AT)
    assert Session.objects.count() == 2
    change_password(account=anh, password="mật khẩu khác hẳn", session=here.session, at=AT)
    assert list(Session.objects.values_list("id", flat=True)) == [here.session]
    assert there.session != here.session
    refused("không đúng", password)


@pytest.mark.parametrize(
    ("must_change", "since", "reset_at", "live", "expected"),
    [
        (False, None, None, False, None),
        (False, None, None, True, Owed.FACTOR),
        (False, AT, None, True, None),
        (False, None, AT, False, Owed.FACTOR),
        (True, None, None, False, Owed.PASSWORD),
        (True, None, None, True, Owed.PASSWORD),
        (True, AT, None, True, Owed.PASSWORD),
    ],
)
def test_what_a_person_owes_first(must_change, since, reset_at, live, expected):
    told = owed(
        must_change_password=must_change, second_factor_since=since, factors_reset_at=reset_at, live=live
    )
    assert told == expected
