"""The list of whom to telephone says whom to call, and why no message told them."""

from datetime import timedelta

import pytest
from tests.support.outlets import outlets
from tests.support.pages import visitor
from tests.support.site import pages_at
from tests.support.told import MORNING, in_supplement, nothing_is_news, tried

pytestmark = pytest.mark.django_db


def test_who_is_to_be_telephoned_stands_there_with_number_and_fault():
    nothing_is_news()
    with outlets() as out:
        out.sms.mode = "refuse"
        code = in_supplement(email="", phone="0912345678")
        tried(MORNING + timedelta(minutes=5), times=3)
    with pages_at(MORNING + timedelta(days=2)):
        page, others = (
            visitor(login, at=MORNING + timedelta(days=2)).get("/transfers?show=to_tell").text
            for login in ("tiepnhan1", "truongquay")
        )
    assert code in page
    assert 'href="tel:0912345678"' in page
    assert "Tin nhắn SMS: " in page
    assert code in others
    assert "0912345678" not in others, "who does not call opens the dossier, which leaves a line"
