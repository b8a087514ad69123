"""A draft drawn while somebody types: what is not kept yet is in it, what cannot be read leaves the last picture."""

import time
from base64 import b64decode
from html import unescape

import pytest
from tests.support.html import Page
from tests.support.pages import plain_static, visitor
from tests.support.world import actor

from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.processes.drafting import Origin, begin
from motcua.processes.models import Draft, Revision
from motcua.web.catalogue.tests.table_drafts import CODE, begun, node, typed
from motcua.web.catalogue.tests.test_process_designer import long_table

pytestmark = pytest.mark.django_db
WORK = {"work-vi": "Thẩm tra tại thực địa"}


@pytest.fixture
def officer():
    with plain_static():
        yield visitor("danhmuctinh", at=now())


def test_what_is_typed_is_drawn_and_kept_nowhere(officer):
    draft = begun(officer)
    typed_in = node(officer, draft, "steps.1").sent(WORK)
    drawn = officer.post(f"{draft}/draft.svg", typed_in)
    assert (drawn.status_code, drawn["Content-Type"]) == (200, "image/svg+xml; charset=utf-8")
    assert "2. Thẩm tra tại thực địa" in drawn.text
    assert "thực địa" not in officer.get(f"{draft}/draft.svg").text
    assert (Draft.objects.get().revision, Revision.objects.count()) == (1, 1)

    # Without scripts a button asks for it: the page comes back with what was typed, and the picture of it.
    page = officer.post(draft, {**typed_in, "do": "draw"})
    shown = Page(page.text)
    address = next(image["src"] for image in shown.all("img") if image.get("class") == "drawn")
    assert "Thẩm tra tại thực địa" in b64decode(address.removeprefix("data:image/svg+xml;base64,")).decode()
    assert shown.form("node_code").fields["work-vi"] == ["Thẩm tra tại thực địa"]
    assert (page.status_code, Draft.objects.get().revision) == (200, 1)


def test_what_cannot_be_read_leaves_the_last_picture_with_a_word(officer):
    draft = begun(officer)
    wrong = node(officer, draft, "steps.1").sent({"times-0-value": "hai"})
    refused = officer.post(f"{draft}/draft.svg", wrong)
    assert (refused.status_code, refused["Content-Type"]) == (422, "text/plain; charset=utf-8")
    assert refused.text.startswith("Hình chưa theo kịp: ")
    assert "Thời gian" in refused.text
    page = unescape(officer.post(draft, {**wrong, "do": "draw"}).text)
    assert refused.text in page
    assert f'src="{draft}/draft.svg?r=1"' in page

    # A draft that was kept with a fault is drawn as far as it goes, what is to be mended is marked.
    typed(officer, draft, "steps.1", {"positions-0": ""})
    page = officer.get(draft).text
    assert "Bước viền đỏ còn phải sửa" in page
    assert f'src="{draft}/draft.svg?r=2"' in page
    assert ">⚠ Còn phải sửa</text>" in officer.get(f"{draft}/draft.svg").text
    assert officer.post(f"{draft}/draft.svg", {"at": "steps.99"}).status_code == 404


def test_nobody_else_has_a_draft_drawn(officer):
    draft = begun(officer)
    sent = node(officer, draft, "steps.1").sent(WORK)
    for login in ("danhmuc", "tiepnhan1"):
        answer = visitor(login, at=now()).post(f"{draft}/draft.svg", sent)
        assert answer.status_code in (403, 404)
        assert "<svg" not in answer.text


def test_five_hundred_rows_are_drawn_anew_in_a_second(officer):
    at = now()
    who = actor("danhmuctinh", at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        made = begin(document=long_table(500), origin=Origin(process=CODE, version=1), actor=who, at=at)
    draft = f"/catalogue/process-drafts/{made}"
    sent = node(officer, draft, "steps.1").sent(WORK)
    began = time.process_time()
    drawn = officer.post(f"{draft}/draft.svg", sent)
    assert time.process_time() - began < 1
    assert "thực địa" in drawn.text
    assert drawn.text.count('class="step"') == 500
