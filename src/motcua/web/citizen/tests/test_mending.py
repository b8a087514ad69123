"""A fault in the electronic form, mended by the citizen in the form itself."""

import pytest
from tests.support.citizens import citizen_client
from tests.support.html import Page
from tests.support.pages import visitor
from tests.support.world import viewer

from motcua.dossiers.selectors import dossier, find_row
from motcua.dossiers.states import State
from motcua.ledger.selectors import history
from motcua.web.citizen.tests.birth import birth_handed_in
from motcua.web.citizen.tests.walk import send
from motcua.web.common.tests.test_pdf import text_of

pytestmark = pytest.mark.django_db


def row_of(code):
    return find_row(code, viewer=viewer("tiepnhan1"))[0]


@pytest.fixture
def asked(at):
    """A birth from home, returned with two faults: a field of the form, and something else."""
    client, desk = citizen_client(at=at), visitor("tiepnhan1", at=at)
    code = birth_handed_in(client)
    told = {
        "fields_child": ["child.name"],
        "form_child": "Họ của trẻ sai.",
        "others": "Xin cho biết ai đặt tên.",
    }
    answer = send(desk, f"/dossiers/{code}/request_supplement", told)
    assert answer.status_code == 302, answer.text
    return client, desk, code


def test_the_named_field_alone_is_opened_and_mended(asked):
    client, desk, code = asked
    shown = client.get(f"/my/dossiers/{code}").text
    assert "Tờ khai, trang “Trẻ được khai sinh”" in shown
    assert "Họ của trẻ sai." in shown
    path = f"/my/dossiers/{code}/supply/1"
    assert path in client.get(f"/my/dossiers/{code}/supply").text
    page = client.get(path).text
    form = Page(page).form("child.name")
    assert form.fields["child.name"] == ["Nguyễn Minh"]
    assert not [
        name for name in form.fields if name.startswith(("child.born", "child.sex", "born_at", "mother"))
    ]
    before = len(history(row_of(code)["id"]))
    assert client.post(path, form.sent({"child.name": ""})).status_code == 422
    assert client.post(path, form.sent({})).status_code == 422, "nothing is another"
    assert len(history(row_of(code)["id"])) == before
    sent = client.post(path, form.sent({"child.name": "Trần Minh"}))
    assert sent["Location"] == f"/my/dossiers/{code}/supply"
    row = row_of(code)
    assert row["state"] == State.SUPPLEMENT_REQUESTED, "one is left"
    told = dossier(code, viewer=viewer("tiepnhan1")).form
    assert told is not None
    assert told.answers["child"]["name"] == "Trần Minh"
    assert told.answers["child"]["born"], "all else is as it was"
    (mend,) = told.mends
    assert (mend.fields, mend.by_citizen, mend.before["child"]["name"]) == (
        ("child.name",),
        True,
        "Nguyễn Minh",
    )
    assert "Trần Minh" not in str([e.data for e in history(row["id"])]), "the event has no word of it"
    done = send(client, f"/my/dossiers/{code}/supply", {"words_2": "Ông nội đặt."})
    assert done["Location"] == f"/my/dossiers/{code}"
    assert row_of(code)["state"] == State.SUBMITTED
    seen = desk.get(f"/dossiers/{code}").text
    assert "Trần Minh" in seen
    assert "Ông nội đặt." in seen
    assert "Người nộp đã sửa tờ khai lúc" in seen
    receiving = desk.get(f"/dossiers/{code}/receive").text
    assert "Ông nội đặt." in receiving
    assert "Đã sửa ngay trên tờ khai điện tử." in receiving
    mine = client.get(f"/my/dossiers/{code}/sent").text
    assert "<s>Nguyễn Minh</s> → <strong>Trần Minh</strong>" in mine
    paper = client.get(f"/my/dossiers/{code}/sent/form.pdf").content
    assert "Ngườikhaisửalúc" in text_of(paper)
    assert "TrầnMinh" in text_of(paper)
