"""The papers that a step makes: there before the step is done, kept with its event, read by officers alone."""

from uuid import UUID

import pytest
from tests.support import papers
from tests.support.acts import act
from tests.support.ruled import ruled

from motcua.dossiers import own
from motcua.dossiers.attachments import contents_of
from motcua.dossiers.inspection import attachments
from motcua.flows import progress
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.time import now
from motcua.ledger.selectors import history
from motcua.web.desk.tests.support import Story, browser, row_of, seen

pytestmark = pytest.mark.django_db
DRAFT = {"code": "draft", "title": {"vi": "Dự thảo kết quả", "en": "Draft of the result"}, "required": True}
SLIP = {"code": "slip", "title": {"vi": "Phiếu trình", "en": "Submission slip"}}
RECORD = {"code": "record", "title": {"vi": "Bản lưu", "en": "Record copy"}, "required": True}


def post(code, login, act, key, **told):
    return browser(login).post(
        f"/dossiers/{code}/{act}", {"idempotency_key": key, "outcome": "granted", **told}
    )


def test_what_a_step_has_to_make_is_there_before_it_is_done_and_stays_with_its_event():
    ruled(
        {
            "examine": {"papers": [DRAFT, SLIP]},
            "approve": {"returns_to": ["examine"]},
            "seal": {"papers": [RECORD]},
        }
    )
    story = Story().started()
    code = story.code
    assert "Dự thảo kết quả" in browser("tuphap1").get(f"/dossiers/{code}/step").text
    before = row_of(code)
    refused = post(code, "tuphap1", "step", "1")
    assert (refused.status_code, row_of(code)) == (422, before)
    assert "Bước này phải có “Dự thảo kết quả”" in refused.text
    assert post(code, "tuphap1", "step", "2", made_draft=papers.sent(name="Dự thảo.pdf")).status_code == 302
    event = history(before["id"])[-1]
    assert [one["component"] for one in event.data["files"]] == ["_step.2.draft"]
    assert list(attachments([(before["id"], history(before["id"]))])) == []

    # Who decides next sees it on the page of the act; the applicant neither sees it nor opens it.
    page = browser("chutich").get(f"/dossiers/{code}/step").text
    assert "Dự thảo kết quả" in page
    (file,) = seen(code).attachments
    assert str(file.id) in page
    assert "Dự thảo.pdf" in browser("tuphap1").get(f"/dossiers/{code}").text
    row = row_of(code)
    assert own.handed_in(row, party=UUID(row["parties"][0]["party"])).files == ()
    with pytest.raises(NotFound):
        own.own_file(row, file.id)

    # Sent back, the draft is still there; one who makes another gives it again.
    assert (
        post(code, "chutich", "return_step", "3", to="examine", reason="Sửa lại câu hai.").status_code == 302
    )
    again = browser("tuphap1").get(f"/dossiers/{code}/step").text
    assert "Đã có: Dự thảo.pdf" in again
    assert post(code, "tuphap1", "step", "4").status_code == 302
    act("chutich", now(), progress.step, code=code, outcome="granted")

    # The row that decides makes papers, too.
    issued = {
        "result_number": "12/UBND-XN",
        "result_kind": "KQ.G15.000038",
        "medium": "wet_ink",
        "sure": "on",
    }
    today = now().astimezone()
    issued |= {f"result_date_{n}": str(part) for n, part in enumerate((today.day, today.month, today.year))}
    refused = post(code, "vanthu", "decide", "5", **issued)
    assert (refused.status_code, row_of(code)["decided_at"]) == (422, None)
    assert "Bước này phải có “Bản lưu”" in refused.text
    assert post(code, "vanthu", "decide", "6", made_record=papers.sent(), **issued).status_code == 302
    assert len(contents_of(before["id"])[1]) == 2


def test_a_paper_that_the_step_does_not_make_is_refused():
    ruled({"examine": {"papers": [SLIP]}})
    story = Story().started()
    before = row_of(story.code)
    with pytest.raises(Invalid):
        act("tuphap1", now(), progress.step, code=story.code, outcome="granted", made={"other": []})
    assert row_of(story.code) == before
