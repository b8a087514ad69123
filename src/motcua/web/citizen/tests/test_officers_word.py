"""What only the officer finds out: who applies is not asked, and is told how long each case takes; the officer is asked
at reception."""

from datetime import timedelta

import pytest
from tests.support.citizens import citizen_client
from tests.support.pages import visitor
from tests.support.world import COMMUNE, viewer

from motcua.dossiers.selectors import find_row
from motcua.kernel.time import now
from motcua.web.citizen.tests.walk import handed_in, received_at_desk, send, written

pytestmark = pytest.mark.django_db


def test_who_applies_is_not_asked_and_is_told_of_each_time_that_may_come(at):
    client = citizen_client(at=at)
    check = written(client)
    assert client.get(check.replace("/check", "/variant")).status_code == 404
    page = client.get(check).text
    for said in ("3 ngày", "10 ngày làm việc", "có thể phải chờ đến thời hạn dài nhất"):
        assert said in page


def test_the_officer_is_asked_at_reception_and_the_longer_time_is_the_promise(at):
    client = citizen_client(at=at)
    code = handed_in(client)
    before = find_row(code, viewer=viewer("tiepnhan1"))[0]
    assert (before["variant"], before["answers"], before["due_at"]) == (
        "no_verification",
        {"delegated": "no"},
        None,
    )
    officer = visitor("tiepnhan1", at=now())
    path = f"/dossiers/{code}/receive"
    assert "Phải xác minh" in officer.get(path).text
    received = received_at_desk(officer, code, {"variant": "verification", "found_residence": "on"})
    assert received.status_code == 302, received.text
    after = find_row(code, viewer=viewer("tiepnhan1"))[0]
    assert after["variant"] == "verification"
    assert after["due_at"] > at + timedelta(days=10)


def test_one_choice_is_said_as_what_was_answered_and_not_as_what_the_officer_finds(at):
    client = citizen_client(at=at)
    draft = send(client, "/my/begin/1.004859", {"agency": COMMUNE})["Location"]
    path = client.get(draft)["Location"]
    page = client.get(path).text
    assert path.endswith("/variant")
    assert page.count('name="variant"') == 2
    assert "Thay đổi; Cải chính; Xác định lại dân tộc" in page
    assert "xác minh" not in page
