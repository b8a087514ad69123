"""What is told of a dossier stands in its owner's account."""

import pytest
from django.conf import settings
from tests.support.citizens import citizen_client
from tests.support.outlets import outlets, told_of
from tests.support.told import MINUTE, follow, nothing_is_news, send

from motcua.web.citizen.tests.walk import handed_in
from motcua.web.common.middleware import LANGUAGE_COOKIE

pytestmark = pytest.mark.django_db


def test_the_owner_reads_what_was_told(at):
    client = citizen_client(at=at)
    code = handed_in(client)
    assert "Tin báo về hồ sơ" not in client.get(f"/my/dossiers/{code}").text
    told_of(code, at=at)
    page = client.get(f"/my/dossiers/{code}").text
    assert "Tin báo về hồ sơ" in page
    assert "Hẹn trả 17:00 27/08/2026." in page


def test_the_messages_of_who_handed_in_from_home_lead_to_the_dossier_in_their_account(at):
    nothing_is_news()
    client = citizen_client(at=at)
    with outlets() as out:
        code = handed_in(client)
        follow(at)
        send(at + MINUTE)
        (text,) = [one["text"] for one in out.sms.kept]
    assert text.endswith(f"Xem: {settings.PUBLIC_URL}/my/dossiers/{code}")
    assert client.get(f"/my/dossiers/{code}").status_code == 200


def test_what_stands_in_the_account_is_read_in_the_language_of_the_page(at):
    nothing_is_news()
    client = citizen_client(at=at)
    code = handed_in(client)
    follow(at)
    page = client.get(f"/my/dossiers/{code}").text
    assert "Đã nhận được hồ sơ gửi đến" in page
    client.cookies[LANGUAGE_COOKIE] = "en"
    page = client.get(f"/my/dossiers/{code}").text
    assert "Your dossier has arrived" in page
    assert "Đã nhận được hồ sơ gửi đến" not in page
