"""A position that a process lets see only parts of a dossier sees those parts, wherever it looks."""

import json
from dataclasses import replace
from html import unescape

import pytest
from django.db import connection
from tests.support import papers
from tests.support.ruled import ruled
from tests.support.world import logins, viewer

from motcua.access_log.models import Look
from motcua.dossiers.selectors import attachment, dossier, dossiers, find_row
from motcua.dossiers.sight import hidden
from motcua.dossiers.worklist import Sought, beside, inbox
from motcua.kernel.errors import NotFound
from motcua.kernel.time import now
from motcua.processes.inspection import sights
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


def test_a_name_finds_pages_through_and_counts_only_what_is_shown(code, monkeypatch):
    """Whose people are hidden stands on no page that a name finds, and no page is cut short by them."""
    for place in ("selectors", "worklist"):
        monkeypatch.setattr(f"motcua.dossiers.{place}.PAGE", 1)
    shown = [Story(variant="verification").started().code for _ in range(2)]
    hidden_too = Story().started().code  # the newest: it comes first on every page of the list
    officer, leader = viewer("tuphap1"), viewer("chutich")

    def found(who, show=""):
        codes, after = [], None
        while True:
            page = dossiers(viewer=who, at=now(), words="anh tuyet", show=show, after=after)
            codes += [line.code for line in page.lines]
            if (after := page.following) is None:
                return codes

    assert found(leader) == [hidden_too, *reversed(shown), code]
    assert found(officer) == found(officer, show="open") == [*reversed(shown)]

    sought, codes, after = Sought(words=NAME), [], None
    while True:
        page = inbox(viewer=officer, at=now(), sought=sought, after=after)
        codes += [one.line.code for one in page.lines]
        if (after := page.following) is None:
            break
    assert sorted(codes) == sorted(shown)
    every = {one.line.code: one.key for n in (0, 1, 2, 3) for one in _nth(officer, n)}
    assert set(every) == {code, hidden_too, *shown}
    for key in every.values():
        for back in (False, True):
            near = beside(viewer=officer, at=now(), sought=sought, key=key, back=back)
            assert near is None or near.line.code in shown


def test_what_a_position_sees_in_lists_is_checked_against_the_published_process(code):
    assert list(sights()) == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_sight SET parts = '{form,papers}'")
        (fault,) = sights()
        cursor.execute("DELETE FROM dossiers_sight")
        assert [one.what for one in sights()] == [fault.what.replace("altered", "deleted")]
    assert fault.what == "altered: what justice_officer sees of its dossiers"
    assert fault.stream == row_of(code)["process_version"]


def _nth(who, n):
    page = inbox(viewer=who, at=now())
    for _ in range(n):
        page = inbox(viewer=who, at=now(), after=page.following)
    return page.lines


def test_a_seat_adds_to_what_is_seen_only_where_it_looks(code):
    """A seat elsewhere, or one that is told the state alone, shows nothing of a dossier of another seat's."""
    officer = viewer("tuphap1")
    for other, adds in (("tiepnhan1", True), ("tiepnhan1.mauhai", False), ("duongday", False)):
        both = replace(officer, capacities=(*officer.capacities, *viewer(other).capacities))
        listed = next(one.line for one in inbox(viewer=both, at=now()).lines if one.line.code == code)
        names = [listed.name, find_row(code, viewer=both)[1], dossier(code, viewer=both).name]
        assert names == [NAME if adds else ""] * 3, other
        finds = dossiers(viewer=both, at=now(), words=NAME).lines
        assert [one.code for one in finds] == [code] * adds, other
        assert (hidden(both, row_of(code)) == frozenset()) is adds


def test_who_it_is_and_what_to_think_of_stand_on_the_page_of_an_act():
    """Nobody has to go back to the dossier's page for them; masked as there, and noted nowhere: it is their task."""
    code = Story().started().code
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE dossiers_dossier SET filing = %s WHERE code = %s",
            [json.dumps({"by": str(logins()["tuphap1"]), "objected": False}), code],
        )
    looks = Look.objects.count()
    for address in ("/step", "/consult"):
        told = unescape(browser("tuphap1").get(f"/dossiers/{code}{address}").text)
        assert "Người trong hồ sơ" in told, address
        assert "Chủ hồ sơ" in told
        assert "Bạn có xung đột lợi ích không?" in told
    assert "Bạn có xung đột lợi ích không?" not in unescape(
        browser("chutich").get(f"/dossiers/{code}/suspend").text
    )
    assert Look.objects.count() == looks
