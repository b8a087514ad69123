"""Forms from their first line to the version that citizens fill in, by the designer's own pages."""

import json
from datetime import timedelta

import pytest
from tests.support.html import Page
from tests.support.pages import plain_static, visitor
from tests.support.world import actor

from motcua.eforms.models import Draft, Revision, Version
from motcua.eforms.operations import discard
from motcua.eforms.selectors import forms, shipped_document
from motcua.kernel.errors import Denied
from motcua.kernel.time import local, now
from motcua.kernel.unit_of_work import Request, unit_of_work

pytestmark = pytest.mark.django_db
FORMS = "/catalogue/forms"
LAST = max(number for code, number in forms() if code == "birth")


@pytest.fixture
def officer():
    with plain_static():
        yield visitor("danhmuctinh", at=now())


def begun(officer, code: str, number: int = LAST) -> str:
    """The address of a draft begun from a version."""
    page = Page(officer.get(f"{FORMS}/{code}").text)
    wanted = f"{code} {number}"
    form = next(f for f in page.forms if f.fields.get("form") == [wanted])
    answer = officer.post("/catalogue/form-drafts/begin", form.sent({}))
    assert answer.status_code == 302
    assert answer["Location"] == f"{FORMS}/{code}/draft"
    return str(answer["Location"])


def keep(officer, draft: str, at: str, typed: dict, status: int = 302):
    """Type into the properties of a node and keep them."""
    form = Page(officer.get(draft, {"at": at}).text).form("at", "label-vi" if "field" in at else "title-vi")
    answer = officer.post(draft, {**form.sent(typed), "do": "keep"})
    assert answer.status_code == status, answer.text
    return answer


def press(officer, draft: str, at: str, button: str, **more):
    """Press a button of the chosen node."""
    fields = {
        "revision": Draft.objects.get().revision,
        "at": at,
        "do": button,
        "idempotency_key": now().isoformat(),
    }
    return officer.post(draft, {**fields, **more})


def announce(officer, draft: str, day=None, status: int = 302):
    """Publish the draft, in force from `day` on."""
    day = day or local(now()).date()
    parts = {f"valid_from_{n}": str(each) for n, each in enumerate((day.day, day.month, day.year))}
    form = Page(officer.get(f"{draft}/publish").text).form("agreed")
    answer = officer.post(f"{draft}/publish", form.sent({**parts, "agreed": "on"}))
    assert answer.status_code == status, answer.text
    return answer


@pytest.mark.parametrize(("code", "number"), forms())
def test_every_shipped_form_is_opened_looked_at_and_taken_out_unchanged(officer, code, number):
    draft = begun(officer, code, number)
    for line in Page(officer.get(draft).text).all("a"):
        place = line["href"].partition("?at=")[2].partition("#")[0]
        if line["href"].startswith(draft) and place.count(".") > 2:
            keep(officer, draft, place, {})
    assert Draft.objects.get().revision == 1
    assert json.loads(officer.get(f"{draft}/draft.json").content) == shipped_document(code, number)


def test_from_a_version_to_what_citizens_are_asked(officer):
    draft = begun(officer, "birth")
    keep(officer, draft, "pages.0.sections.0.fields.1", {"label-vi": "Quan hệ của bạn với cháu"})
    assert "Quan hệ của bạn với cháu" in officer.get(f"{draft}/compare").text
    assert announce(officer, draft)["Location"] == f"{FORMS}/birth"
    assert Version.objects.get().number == LAST + 1
    assert not Draft.objects.exists()
    assert not Revision.objects.exists()
    assert "Quan hệ của bạn với cháu" in visitor(at=now()).get("/procedures/1.001193/form").text
    told = officer.get(f"{FORMS}/birth").text
    assert "đang hiệu lực" in told
    assert "Quan hệ của bạn với cháu" in officer.get(f"{FORMS}/birth/compare").text


def test_what_is_to_come_is_asked_from_its_day_on(officer):
    draft = begun(officer, "birth")
    keep(officer, draft, "pages.0.sections.0.fields.1", {"label-vi": "Quan hệ của bạn với cháu"})
    announce(officer, draft, local(now()).date() + timedelta(days=2))
    assert "Quan hệ của bạn với cháu" not in visitor(at=now()).get("/procedures/1.001193/form").text


@pytest.mark.parametrize("login", ["danhmuc", "tiepnhan1", "chutich", "kythuat"])
def test_nobody_else_writes(officer, login):
    draft = begun(officer, "birth")
    row = Draft.objects.values().get()
    with plain_static():
        other = visitor(login, at=now())
        for path in ("", "/publish", "/discard", "/put-in", "/history", "/preview"):
            assert other.post(draft + path, {"idempotency_key": "x", "revision": "1"}).status_code == 403
        assert other.post("/catalogue/form-drafts/begin", {"from": "copy", "code": "x"}).status_code == 403
    who = actor(login, at=now())
    with pytest.raises(Denied), unit_of_work(actor=who, at=now(), request=Request.fresh()):
        discard(draft=row["id"], revision=1, actor=who)
    assert Draft.objects.values().get() == row
    assert not Version.objects.exists()


def test_a_form_made_here_shows_its_results_as_far_as_it_asks_for_them(officer):
    """A field with a known code is gone: the public page shows what is left."""
    draft = begun(officer, "birth")
    assert press(officer, draft, "pages.1.sections.0.fields.0", "remove").status_code == 302
    announce(officer, draft)
    assert visitor(at=now()).get("/procedures/1.001193/form").status_code == 200
