"""What is told of a dossier stands in its owner's account."""

import pytest
from tests.support.citizens import citizen_client
from tests.support.outlets import told_of

from motcua.web.citizen.tests.walk import handed_in

pytestmark = pytest.mark.django_db


def test_the_owner_reads_what_was_told(at):
    client = citizen_client(at=at)
    code = handed_in(client)
    assert "Tin báo về hồ sơ" not in client.get(f"/my/dossiers/{code}").text
    told_of(code, at=at)
    page = client.get(f"/my/dossiers/{code}").text
    assert "Tin báo về hồ sơ" in page
    assert "Hẹn trả 17:00 27/08/2026." in page
