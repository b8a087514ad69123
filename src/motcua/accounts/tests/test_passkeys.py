"""Passkeys: made, answered with, refused when anything about the answer is not right."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from fido2 import cbor
from fido2.utils import websafe_decode, websafe_encode
from hypothesis import HealthCheck, given, settings as examples, strategies as st
from tests.support.authenticator import Authenticator
from tests.support.together import all_at_once

from motcua.access_log.models import Look
from motcua.accounts.models import Account, Passkey, RecoveryCode, Session, SpentChallenge
from motcua.accounts.operations import (
    MOST_WRONG,
    SignedIn,
    add_account,
    add_passkey,
    confirm_with_passkey,
    remove_passkey,
    sign_in,
    sign_in_with_passkey,
    sweep,
)
from motcua.accounts.selectors import credentials_of, factors
from motcua.accounts.terms import CHALLENGE_LIFE, MOST_PASSKEYS
from motcua.accounts.webauthn import Site, asserted, created, creation_options, request_options, site_of
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound

pytestmark = pytest.mark.django_db
AT = datetime(2026, 8, 24, 2, 10, tzinfo=UTC)
RIGHT = "mật khẩu đúng 1"
ACCOUNT = UUID(int=7)
SITE = Site("http://localhost:8000", "localhost")


@pytest.fixture
def anh():
    return add_account(login="anh", name="Nguyễn Thị Ánh", password=RIGHT, at=AT)


def made(account, key, at=AT):
    known = credentials_of(account)
    options = creation_options(site=SITE, account=account, login="anh", name="Ánh", known=known, at=at)
    return key.create(options)


def added(account, key=None, name="Khóa ở quầy 1", at=AT):
    key = key or Authenticator()
    add_passkey(account=account, name=name, answer=made(account, key, at), site=SITE, at=at)
    return key


def asked(purpose="sign-in", subject=b"", known=(), at=AT):
    return request_options(site=SITE, purpose=purpose, subject=subject, known=known, at=at)


def comes_in(answer, at=AT):
    return sign_in_with_passkey(answer=answer, site=SITE, at=at)


def refused(answer, at=AT):
    before = Session.objects.count()
    with pytest.raises(Denied, match="không được chấp nhận"):
        comes_in(answer, at)
    assert Session.objects.count() == before


def half():
    return sign_in(login="anh", password=RIGHT, address="", at=AT)


def second(session, answer, at=AT):
    return confirm_with_passkey(session=session, answer=answer, site=SITE, address="", at=at)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://localhost:8000", "localhost"),
        ("https://motcua.example.vn", "motcua.example.vn"),
        ("https://motcua.example.vn:8443", "motcua.example.vn"),
        ("http://127.0.0.1:8000", None),
        ("https://10.0.0.5", None),
        ("https://[::1]:8000", None),
        ("http://motcua.example.vn", None),
        ("", None),
    ],
)
def test_where_passkeys_are_made(url, host):
    found = site_of(url)
    assert (found and found.host) == host
    assert found is None or found.origin == url


def test_a_passkey_signs_in_without_a_password(anh):
    key = added(anh)
    signed_in = comes_in(key.get(asked()))
    assert (signed_in.account, signed_in.half, signed_in.how) == (anh, False, "passkey")
    (line,) = factors(anh).passkeys
    assert (line.name, line.added_at, line.last_used_at) == ("Khóa ở quầy 1", AT, AT)
    assert RecoveryCode.objects.filter(account_id=anh).count() == 10


def test_and_is_a_second_factor_after_the_password(anh):
    key = added(anh, Authenticator(verifies=False))
    waiting = half()
    assert waiting.half
    answer = key.get(asked("second", waiting.session.bytes, credentials_of(anh)))
    whole = second(waiting.session, answer)
    assert (whole.half, whole.how) == (False, "passkey")
    assert list(Session.objects.values_list("id", flat=True)) == [whole.session]


def test_without_a_finger_it_is_no_sign_in(anh):
    refused(added(anh, Authenticator(verifies=False)).get(asked()))


def test_an_answer_opens_once(anh):
    answer = added(anh).get(asked())
    assert comes_in(answer)
    refused(answer)


@pytest.mark.django_db(transaction=True)
def test_one_answer_sent_twice_at_once_opens_once(anh):
    answer = added(anh).get(asked())
    answers = all_at_once(comes_in, [answer] * 4)
    assert sum(isinstance(each, SignedIn) for each in answers) == 1
    assert sum(isinstance(each, Denied) for each in answers) == 3
    assert Session.objects.count() == 1


@pytest.mark.parametrize("wrong", ["origin", "host", "key", "late", "purpose", "subject", "person", "closed"])
def test_what_is_not_right_opens_nothing(anh, wrong):
    key, at = added(anh), AT
    asks = asked()
    if wrong == "origin":
        key.origin = "https://localhost.evil.example"
    elif wrong == "host":
        key.host = "evil.example"
    elif wrong == "key":
        key = replace(Authenticator(), id=key.id, user=key.user)
    elif wrong == "late":
        at = AT + CHALLENGE_LIFE
    elif wrong == "purpose":
        asks = asked("second")
    elif wrong == "subject":
        asks = asked("sign-in", b"another")
    elif wrong == "person":
        key.user = b"x" * 16
    else:
        Account.objects.filter(id=anh).update(is_active=False)
    refused(key.get(asks), at)


def test_the_challenge_is_ours(anh):
    key = added(anh)
    options = json.loads(asked())
    body = websafe_decode(options["challenge"])
    for forged in (bytes(40), body[:-1] + bytes([body[-1] ^ 1]), body[:24], b""):
        refused(key.get(json.dumps(options | {"challenge": websafe_encode(forged)})))


def test_a_second_factor_answers_for_its_own_sign_in_only(anh):
    other = add_account(login="binh", name="Bình", password=RIGHT, at=AT)
    mine, theirs = added(anh), added(other)
    first, waiting = half(), half()
    for answer in (
        mine.get(asked("second", first.session.bytes)),
        theirs.get(asked("second", waiting.session.bytes)),
        mine.get(asked()),
        "",
    ):
        with pytest.raises(Denied, match="không được chấp nhận"):
            second(waiting.session, answer)
    assert not Session.objects.filter(stage="open").exists()
    assert Look.objects.filter(what="wrong_second_factor", who=str(anh)).count() == 4


def test_wrong_answers_lock_the_door_but_not_for_the_passkey_itself(anh):
    key = added(anh)
    waiting = half()
    for _ in range(MOST_WRONG):
        with pytest.raises(Denied, match="không được chấp nhận"):
            second(waiting.session, "{}")
    with pytest.raises(Denied, match="quá nhiều lần"):
        second(waiting.session, key.get(asked("second", waiting.session.bytes)))
    assert comes_in(key.get(asked()))
    assert half()


def test_a_copied_passkey_is_found_out(anh):
    key = added(anh, Authenticator(counts=True))
    copy = replace(key)
    assert comes_in(key.get(asked()))
    assert comes_in(key.get(asked()))
    refused(copy.get(asked()))
    assert Look.objects.filter(what="passkey_copied", who=str(anh)).count() == 1


def test_a_key_is_registered_once_under_a_name(anh):
    key = added(anh)
    with pytest.raises(NotAllowedNow, match="đăng ký rồi"):
        added(anh, key)
    for name in ("", "\u200b", "x" * 61):
        with pytest.raises(Invalid):
            added(anh, name=name)
    for n in range(MOST_PASSKEYS - 1):
        added(anh, name=f"Khóa {n}")
    with pytest.raises(NotAllowedNow, match="nhiều nhất"):
        added(anh)
    assert Passkey.objects.count() == MOST_PASSKEYS


def test_a_key_made_for_somebody_else_is_not_taken(anh):
    other = add_account(login="binh", name="Bình", password=RIGHT, at=AT)
    with pytest.raises(Denied):
        add_passkey(account=anh, name="x", answer=made(other, Authenticator()), site=SITE, at=AT)
    assert not Passkey.objects.exists()


def test_removing_a_passkey(anh):
    other = add_account(login="binh", name="Bình", password=RIGHT, at=AT)
    key = added(anh)
    (line,) = factors(anh).passkeys
    with pytest.raises(NotFound):
        remove_passkey(account=other, passkey=line.id, live=False, at=AT)
    with pytest.raises(NotAllowedNow, match="duy nhất"):
        remove_passkey(account=anh, passkey=line.id, live=True, at=AT)
    assert comes_in(key.get(asked()))
    remove_passkey(account=anh, passkey=line.id, live=False, at=AT)
    refused(key.get(asked()))
    assert not half().half


def test_spent_challenges_are_swept(anh):
    added(anh)
    assert SpentChallenge.objects.count() == 1
    assert sweep(at=AT + CHALLENGE_LIFE - timedelta(seconds=1)) == 0
    assert sweep(at=AT + CHALLENGE_LIFE) == 1


def comes_in_by(answer: str, credential: bytes):
    """What the sign-in reads out of an answer by this passkey."""
    return asserted(
        answer, site=SITE, purpose="sign-in", subject=b"", credential=credential, account=ACCOUNT, at=AT
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@examples(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_sent_is_refused_in_words(data):
    """Broken in any place: cut, another type, other bytes."""
    key = Authenticator()
    options = creation_options(site=SITE, account=ACCOUNT, login="anh", name="Ánh", known=[], at=AT)
    right = created(key.create(options), site=SITE, account=ACCOUNT, at=AT)
    for good in (key.create(options), key.get(asked())):
        raw = json.loads(good)
        part = data.draw(st.sampled_from([*raw, *raw["response"]]))
        place = raw if part in raw else raw["response"]
        place[part] = data.draw(JSON | st.binary(max_size=200).map(websafe_encode))
        for broken in (json.dumps(raw), json.dumps(data.draw(JSON)), good[: data.draw(st.integers(0, 80))]):
            for read in (
                lambda text: created(text, site=SITE, account=ACCOUNT, at=AT),
                lambda text: comes_in_by(text, right.credential),
            ):
                try:
                    read(broken)
                except Denied:
                    continue
                assert part in ("id", "type", "userHandle", "rawId", "clientDataJSON", "response")


def test_a_long_or_deep_answer_is_refused_in_words(anh):
    added(anh)
    for answer in (
        "[" * 8000,
        '{"rawId": "' + "A" * 20000 + '"}',
        "\x00",
        "null",
        '{"rawId": 1}',
        '{"rawId": "é"}',
    ):
        refused(answer)


HUGE = 10**13  # the library would make as many bytes of it


@pytest.mark.parametrize("part", ["id", "rawId", "clientDataJSON", "attestationObject", "authData"])
def test_a_number_where_bytes_belong_takes_no_memory(part):
    options = creation_options(site=SITE, account=ACCOUNT, login="anh", name="Ánh", known=[], at=AT)
    raw = json.loads(Authenticator().create(options))
    if part == "authData":
        told = {"fmt": "none", "attStmt": {}, "authData": HUGE}
        raw["response"]["attestationObject"] = websafe_encode(cbor.encode(told))
    else:
        (raw if part in raw else raw["response"])[part] = HUGE
    with pytest.raises(Denied):
        created(json.dumps(raw), site=SITE, account=ACCOUNT, at=AT)


@pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature", "userHandle"])
def test_nor_where_somebody_comes_in(part):
    options = creation_options(site=SITE, account=ACCOUNT, login="anh", name="Ánh", known=[], at=AT)
    key = Authenticator()
    right = created(key.create(options), site=SITE, account=ACCOUNT, at=AT)
    raw = json.loads(key.get(asked()))
    raw["response"][part] = HUGE
    with pytest.raises(Denied):
        comes_in_by(json.dumps(raw), right.credential)
