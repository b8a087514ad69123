"""A dossier all the way by HTTP: signed in, written, handed in, received; and what is kept of it meanwhile."""

import pytest
from django.test import Client
from tests.support.citizens import come_in
from tests.support.html import Page
from tests.support.pages import visitor
from tests.support.papers import sent
from tests.support.world import COMMUNE, viewer

from motcua.dossiers.selectors import find_row
from motcua.dossiers.states import State
from motcua.kernel.time import now
from motcua.ledger.selectors import history

pytestmark = pytest.mark.django_db

ANSWERS = {"reissue": "no", "married_before": "no", "delegated": "no"}


def send(client, path, filled=None, **files):
    page = Page(client.get(path).text)
    form = page.form(*(filled or {}))
    return client.post(path, form.sent(filled or {}) | files)


def test_from_the_procedure_to_the_desk(provider):
    client = Client()
    assert "/my/begin/1.004873" in client.get("/procedures/1.004873").text
    begin = client.get("/my/begin/1.004873")
    assert begin["Location"] == "/my/sign-in?next=%2Fmy%2Fbegin%2F1.004873"
    there = come_in(client, following="/my/begin/1.004873")
    draft = send(client, there, {"agency": COMMUNE})["Location"]
    path = client.get(draft)["Location"]
    assert path.endswith("/variant")
    path = send(client, path, {"variant": "no_verification"})["Location"]
    path = send(client, path, ANSWERS)["Location"]
    assert path.endswith("/you")
    path = send(client, path, {"phone": "0912 345 678"})["Location"]
    answer = send(client, path, **{"paper-online_form": sent(name="to khai.pdf")})
    assert answer.status_code == 302, answer.text
    assert answer["Location"].endswith("/check")
    shown = client.get(answer["Location"]).text
    assert "to khai.pdf" in shown
    assert "001190000001" not in shown
    done = send(client, answer["Location"], {"sure": "on"})
    code = done["Location"].rpartition("/")[2]
    confirmation = client.get(done["Location"])
    assert confirmation.status_code == 200
    assert code in confirmation.text
    assert "8 giờ làm việc" in confirmation.text
    assert code in client.get("/my/dossiers").text

    desk = visitor("tiepnhan1", at=now())
    assert code in desk.get("/inbox").text
    received = send(desk, f"/dossiers/{code}/receive", {"good_identity": "on", "found_residence": "on"})
    assert received.status_code == 302, received.text
    row, _name = find_row(code, viewer=viewer("tiepnhan1"))
    assert (row["state"], row["channel"]) == (State.RECEIVED, "online")
    assert [e.actor["kind"] for e in history(row["id"])] == ["citizen", "staff"]
    assert "to khai.pdf" in desk.get(f"/dossiers/{code}").text
    assert "Đã tiếp nhận" in client.get(f"/my/dossiers/{code}").text
