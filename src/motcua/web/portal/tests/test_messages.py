"""How the applicant is told: what the tracking page keeps for them, and their own choice."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.support.outlets import outlets, told_of
from tests.support.pages import plain_static, visitor
from tests.support.site import pages_at
from tests.support.situations import dossier_in

from motcua.dossiers.notified import notified
from motcua.dossiers.tracked import token_of
from motcua.notifications.models import Letter, Message, Notice, Preference, ReferencePreference
from motcua.web.portal.tests.conftest import AT

pytestmark = pytest.mark.django_db
PATH = "/tracking/messages"
WISH = {"wants": "yes", "channels": ["sms"], "language": "en", "idempotency_key": "k"}


@pytest.fixture(autouse=True)
def pages():
    with plain_static():
        yield


@pytest.fixture
def opened():
    row = dossier_in("in_process", since=AT - timedelta(days=1))
    client = Client()
    with outlets(), pages_at(AT):
        assert client.get(f"/t/{token_of(row)}").status_code == 302
        yield row, client


def test_without_the_receipt_s_secret_nothing_opens():
    dossier_in("in_process", since=AT - timedelta(days=1))
    stranger = Client()
    assert stranger.get(PATH)["Location"] == "/track"
    assert stranger.post(PATH, WISH)["Location"] == "/track"
    assert not ReferencePreference.objects.exists()


def test_what_was_told_stands_there_and_addresses_are_masked(opened):
    row, client = opened
    assert "Chưa có tin nào" in client.get(PATH).text
    told_of(row["code"], at=AT)
    page = client.get(PATH).text
    assert "Hẹn trả 17:00 27/08/2026." in page
    assert "Tin nhắn SMS (•••••••678)" in page
    assert "0912345678" not in page
    assert f'href="{PATH}"' in client.get("/tracking").text


def test_a_choice_is_kept_and_told_the_way_it_was_before(opened):
    row, client = opened
    for _ in range(2):
        answer = client.post(PATH, WISH, follow=True)
        assert "Đã lưu cách nhận tin." in answer.text
    kept = ReferencePreference.objects.get()
    (whom,) = notified(row)
    assert (kept.reference, kept.addressee) == (row["code"], whom.party)
    assert (kept.language, kept.channels) == ("en", ["email", "sms"]), (
        "an address not named here stays as it was"
    )
    told = Message.objects.filter(notice__about="preferences")
    assert sorted(told.values_list("channel", "language")) == [("account", "vi"), ("sms", "vi")]
    assert not Preference.objects.exists(), "a receipt says nothing of other dossiers"


def test_a_choice_that_changes_nothing_writes_nothing(opened):
    row, client = opened
    same = {**WISH, "channels": ["sms", "account"], "language": "vi"}
    answer = client.post(PATH, same, follow=True)
    assert "Cách nhận tin vẫn như cũ." in answer.text
    assert not ReferencePreference.objects.exists()
    assert not Notice.objects.filter(reference=row["code"]).exists()


def test_changes_within_an_hour_are_told_once(opened):
    row, client = opened
    for number, channels in enumerate((["sms"], ["account"], ["sms"])):
        client.post(PATH, {**WISH, "channels": channels, "idempotency_key": f"k{number}"})
    assert ReferencePreference.objects.get().channels == ["email", "sms"]
    assert Notice.objects.filter(reference=row["code"], about="preferences").count() == 1
    with pages_at(AT + timedelta(hours=1)):
        client.get(f"/t/{token_of(row)}")
        client.post(PATH, {**WISH, "channels": ["account"], "idempotency_key": "later"})
    assert Notice.objects.filter(reference=row["code"], about="preferences").count() == 2


def test_a_key_used_for_another_choice_changes_nothing(opened):
    _, client = opened
    client.post(PATH, WISH)
    answer = client.post(PATH, {**WISH, "language": "vi"})
    assert answer.status_code == 422
    assert ReferencePreference.objects.get().language == "en"


def test_a_damaged_message_hides_no_other(opened):
    row, client = opened
    told_of(row["code"], at=AT)
    told_of(row["code"], at=AT, cause="another")
    Letter.objects.filter(message__channel="account", message__notice__cause="scene").update(sealed=b"broken")
    page = client.get(PATH).text
    assert page.count("Hẹn trả 17:00 27/08/2026.") == 1
    assert page.count("Nội dung tin này bị hỏng") == 1


def test_none_at_all_is_a_choice_too(opened):
    _, client = opened
    client.post(PATH, {**WISH, "wants": "no"})
    assert ReferencePreference.objects.get().channels == []
    again = client.get(PATH).text
    assert 'value="no"' in again
    client.post(PATH, {**WISH, "idempotency_key": "another"})
    assert ReferencePreference.objects.get().channels == ["sms"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"channels": []}, "Hãy chọn ít nhất một kênh, hoặc chọn không nhận tin."),
        ({"channels": ["pigeon"]}, "Hãy chọn trong các kênh có ở đây."),
        ({"wants": ""}, "Hãy chọn có hoặc không."),
        ({"language": "xx"}, "Hãy chọn ngôn ngữ."),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(opened, typed, words):
    _, client = opened
    answer = client.post(PATH, {**WISH, **typed})
    assert answer.status_code == 422
    assert words in answer.text
    assert not ReferencePreference.objects.exists()


def test_an_officer_s_session_opens_no_citizen_s_messages():
    dossier_in("in_process", since=AT - timedelta(days=1))
    assert visitor("tiepnhan1", at=AT).get(PATH).status_code == 302
