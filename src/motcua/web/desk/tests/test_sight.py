"""A position that a process lets see only parts of a dossier sees those parts, wherever it looks."""

from html import unescape

import pytest
from tests.support import papers
from tests.support.ruled import ruled
from tests.support.world import viewer

from motcua.access_log.models import Look
from motcua.dossiers.selectors import attachment, dossier, dossiers, find_row
from motcua.dossiers.sight import hidden
from motcua.dossiers.worklist import inbox
from motcua.kernel.errors import NotFound
from motcua.kernel.time import now
from motcua.web.desk.tests.support import NAME, Story, browser, row_of

pytestmark = pytest.mark.django_db
SLIP = {"code": "slip", "title": {"vi": "Phiếu trình", "en": "Submission slip"}}


@pytest.fixture
def code():
    ruled({"examine": {"papers": [SLIP]}, "approve": {"returns_to": ["examine"]}},
          sees=[{"position": "justice_officer", "parts": ["form"]}])  # fmt: skip
    code = Story().started().code
    sent = {"idempotency_key": "1", "outcome": "granted", "made_slip": papers.sent(name="Trình.pdf")}
    assert browser("tuphap1").post(f"/dossiers/{code}/step", sent).status_code == 302
    back = {"idempotency_key": "2", "to": "examine", "reason": "Xem lại."}
    assert browser("chutich").post(f"/dossiers/{code}/return_step", back).status_code == 302
    return code


def test_what_is_hidden_is_in_no_page_no_list_and_no_file(code):
    officer, leader = viewer("tuphap1"), viewer("chutich")
    assert hidden(officer, row_of(code)) == {"people", "papers"}
    assert hidden(leader, row_of(code)) == frozenset()
    whole, part = dossier(code, viewer=leader), dossier(code, viewer=officer)
    assert [one.fields for one in part.parties] == [{} for _ in whole.parties]
    assert (part.name, part.attachments) == ("", ())
    (file,) = whole.attachments
    assert attachment(code, file.id, viewer=leader)[1] == file
    with pytest.raises(NotFound):
        attachment(code, file.id, viewer=officer)

    # Lists have no name, and a name finds nothing.
    assert [one.line.name for one in inbox(viewer=officer, at=now()).lines if one.line.code == code] == [""]
    assert find_row(code, viewer=officer)[1] == ""
    assert [one.code for one in dossiers(viewer=leader, at=now(), words=NAME).lines] == [code]
    assert dossiers(viewer=officer, at=now(), words=NAME).lines == ()

    # Pages say what is hidden and by which process; nothing of it is in them, and a refused file leaves no line.
    desk = browser("tuphap1")
    page = unescape(desk.get(f"/dossiers/{code}").text)
    assert "vị trí của bạn không xem: người trong hồ sơ, giấy tờ và tệp" in page
    for address in ("", "/step", "/consult", "/notes"):
        told = unescape(desk.get(f"/dossiers/{code}{address}").text)
        assert NAME not in told
        assert "Trình.pdf" not in told
    looks = Look.objects.count()
    for address in (f"attachments/{file.id}", "messages", "receipt.pdf", "forms/06.pdf"):
        assert desk.get(f"/dossiers/{code}/{address}").status_code == 404, address
    assert Look.objects.count() == looks
    assert NAME in unescape(browser("chutich").get(f"/dossiers/{code}").text)
    assert "được ẩn" not in browser("chutich").get(f"/dossiers/{code}").text
