"""One's own choice of how to be told, for all dossiers."""

import pytest
from django.conf import settings
from django.test import Client
from tests.support.citizens import citizen_client
from tests.support.outlets import outlets

from motcua.accounts.operations import session_digest
from motcua.notifications.models import Preference, ReferencePreference
from motcua.notifications.operations import prefer
from motcua.parties.selectors import citizen
from motcua.web.citizen.tests.walk import send

pytestmark = pytest.mark.django_db
PATH = "/my/messages"


def party(client: Client, at):
    secret = client.cookies[settings.CITIZEN_COOKIE].value
    found = citizen(session_digest=session_digest(secret), at=at)
    assert found is not None
    return found.id


def test_the_choice_is_kept_for_who_is_signed_in_and_holds_for_all_dossiers(at):
    client = citizen_client(at=at)
    me = party(client, at)
    prefer(addressee=me, reference="H99.01.01-260824-0001", language="en", channels=[], at=at)
    with outlets():
        assert "H99.01.01-260824-0001" in client.get(PATH).text
        answer = send(client, PATH, {"wants": "yes", "channels": ["sms"], "language": "en"})
        assert (answer.status_code, answer["Location"]) == (302, PATH)
        kept = Preference.objects.get()
        assert (kept.addressee, kept.language, kept.channels) == (me, "en", ["sms"])
        assert not ReferencePreference.objects.exists()
        page = client.get(PATH).text
        assert "Đã lưu cách nhận tin." in page
        assert "Có hồ sơ đang nhận tin theo cách khác" not in page
        send(client, PATH, {"wants": "yes", "channels": ["sms"], "language": "en"})
        assert "Cách nhận tin vẫn như cũ." in client.get(PATH).text
        send(client, PATH, {"wants": "no"})
    assert Preference.objects.get().channels == []


def test_what_is_wrong_changes_nothing(at):
    client = citizen_client(at=at)
    with outlets():
        answer = client.post(PATH, {"wants": "yes", "language": "vi", "idempotency_key": "k"})
    assert answer.status_code == 422
    assert "Hãy chọn ít nhất một kênh, hoặc chọn không nhận tin." in answer.text
    assert not Preference.objects.exists()


def test_nobody_else_gets_there(at):
    assert Client().get(PATH).status_code == 302
    assert Client().post(PATH, {"wants": "no", "language": "vi"}).status_code == 302
    assert not Preference.objects.exists()
