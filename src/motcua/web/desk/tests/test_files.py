"""Papers that come in with a supplement, as files."""

import pytest
from django.db import connection
from tests.support import papers

from motcua.dossiers.inspection import attachments
from motcua.ledger.selectors import history
from motcua.web.desk.tests.support import Story, browser, row_of, seen

KEY = {"idempotency_key": "supplied-with-files"}


pytestmark = pytest.mark.django_db


@pytest.fixture
def code():
    return Story().started().asked().code


def supply(code, login="tiepnhan1", **typed):
    return browser(login).post(f"/dossiers/{code}/supply", {**KEY, **typed})


def faults(code):
    stream = row_of(code)["id"]
    return [str(fault.what) for fault in attachments([(stream, history(stream))])]


def test_supplied_papers_bring_their_files(code):
    page = browser("tiepnhan1").get(f"/dossiers/{code}/supply")
    assert 'enctype="multipart/form-data"' in page.text
    answer = supply(
        code, items=["1", "2"], files_1=papers.sent(name="Tờ khai ký.pdf"), files_2=papers.sent(papers.pdf(2))
    )
    assert answer.status_code == 302, answer.text
    shown = seen(code)
    assert [(f.component, f.name, f.pages) for f in shown.attachments] == [
        ("form", "Tờ khai ký.pdf", 1),
        ("", "don.pdf", 2),
    ]
    told = history(shown.row["id"])[-1].data["files"]
    assert [(f["component"], f["file_digests"]) for f in told] == [
        (f.component, [f.digest.hex()]) for f in shown.attachments
    ]
    shown_to = browser("tuphap1").get(f"/dossiers/{code}").text
    assert "Tờ khai ký.pdf" in shown_to
    assert "Giấy tờ khác" in shown_to
    assert faults(code) == []


def test_a_file_of_a_paper_that_did_not_come_in_is_refused_and_stays_on_the_page(code):
    answer = supply(code, items=["1"], files_2=papers.sent(name="Bản dịch.pdf"))
    assert answer.status_code == 422
    assert "chưa đánh dấu là đã nhận" in answer.text
    assert "Bản dịch.pdf" in answer.text
    assert seen(code).attachments == ()
    assert len(history(row_of(code)["id"])) == 3


def test_who_may_not_record_papers_leaves_no_file(code):
    assert supply(code, "tuphap1", items=["1"], files_1=papers.sent()).status_code == 403
    assert seen(code).attachments == ()


def test_the_same_supply_sent_twice_is_recorded_once(code):
    typed = {"items": ["1", "2"], "files_1": papers.sent()}
    assert supply(code, **typed).status_code == 302
    typed["files_1"] = papers.sent()
    assert supply(code, **typed).status_code == 302
    assert len(seen(code).attachments) == 1


def test_the_check_finds_files_that_went_or_came_without_an_event(code, owner_cursor):
    supply(code, items=["1", "2"], files_1=papers.sent())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_attachment SET component = 'identity'")
    told = faults(code)
    assert [text.split(":")[0] for text in told] == ["deleted", "added"]
