"""Who may not help: nothing opens, nothing is written. And what the pages of helping cost in statements."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.support.acts import act
from tests.support.html import Page
from tests.support.outlets import outlets
from tests.support.pages import visitor
from tests.support.statements import statements
from tests.support.streams import count
from tests.support.world import COMMUNE

from motcua.agencies.operations.people import end_appointment
from motcua.kernel.time import now
from motcua.submissions.models import ConsentCode, Draft
from motcua.web.citizen.tests.test_assist import PROCEDURE, written_for
from motcua.web.citizen.tests.walk import send

pytestmark = pytest.mark.django_db
READS = ("", "/whom", "/you", "/consent", "/check", "/consent.pdf")
SENDS = ("/whom", "/consent", "/check", "/code", "/stay")
WHO = 1  # who asks, and which seats they hold


def leave_seat(login: str) -> None:
    """What the chair does when somebody's time at a screen is over."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.id FROM agencies_appointment a JOIN accounts_account p ON p.id = a.account_id"
            " WHERE p.login = %s",
            [login],
        )
        (appointment,) = cursor.fetchone()
    act("kythuat", now(), end_appointment, agency=COMMUNE, appointment=appointment)


def refused(client: Client, draft: str, status: int) -> None:
    before = draft_row()
    for page in READS:
        assert client.get(draft + page).status_code == status, page
    for page in SENDS:
        answer = client.post(
            draft + page, {"idempotency_key": "k", "revision": "8", "sure": "on", "name": "Kẻ Khác"}
        )
        assert answer.status_code == status, page
    assert draft_row() == before
    assert count("dossiers_dossier") == 0
    assert not ConsentCode.objects.exists()


def draft_row() -> dict[str, Any]:
    return dict(Draft.objects.values().get())


@pytest.mark.parametrize("login", ["giaodichvien", "tinhnguyen"])
def test_a_right_that_ended_in_the_middle_ends_there(at, login):
    client = visitor(login, at=now())
    draft = written_for(client).removesuffix("/check")
    leave_seat(login)
    with outlets():
        refused(client, draft, 403)
    assert client.post(f"/assist/begin/{PROCEDURE}", {"idempotency_key": "k"}).status_code == 403
    assert client.get("/assist").status_code == 403


@pytest.mark.parametrize("login", ["tiepnhan1.mauhai", "tiepnhan2", "giaodichvien", "tinhnguyen"])
def test_a_draft_of_another_agency_or_helper_does_not_exist(at, login):
    draft = written_for(visitor("tiepnhan1", at=now())).removesuffix("/check")
    with outlets():
        refused(visitor(login, at=now()), draft, 404)


@pytest.mark.parametrize("login", ["tiepnhan1.mauhai", "tiepnhan2", "giaodichvien"])
def test_what_another_handed_in_is_no_confirmation_of_ones_own(at, login):
    client = visitor("tinhnguyen", at=now())
    code = send(client, written_for(client), {"sure": "on"})["Location"].rpartition("/")[2]
    stranger = visitor(login, at=now())
    for page in (f"/assist/dossiers/{code}", f"/assist/dossiers/{code}/slip.pdf"):
        assert stranger.get(page).status_code == 404
    assert code not in stranger.get("/assist").text


@pytest.mark.parametrize(
    ("page", "most"),
    [
        ("/whom", 4),
        ("/questions", 4),
        ("/you", 4),
        ("/papers", 4),
        ("/consent", 5),
        ("/check", 8),
    ],
)
def test_the_pages_of_a_draft_ask_little_of_the_database(at, page, most):
    with outlets():
        client = visitor("giaodichvien", at=now())
        draft = written_for(client).removesuffix("/check")
        client.get(draft + page)
        with statements(most=WHO + most):
            assert client.get(draft + page).status_code == 200


def test_handing_in_and_its_confirmation_ask_little_of_the_database(at):
    client = visitor("giaodichvien", at=now())
    check = written_for(client)
    form = Page(client.get(check).text).form("sure").sent({"sure": "on"})
    with statements(most=WHO + 26):
        done = client.post(check, form)
    assert done.status_code == 302
    client.get(done["Location"])
    with statements(most=WHO + 6):
        assert client.get(done["Location"]).status_code == 200
    with statements(most=WHO + 4):
        assert client.get(f"/assist/begin/{PROCEDURE}").status_code == 200
