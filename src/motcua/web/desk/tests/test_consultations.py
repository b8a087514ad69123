"""Whom is asked: their list, their page with just what was shared, and their answer."""

from datetime import timedelta

import pytest
from tests.support.acts import moment
from tests.support.site import pages_at

from motcua.reactions.consultations import let_lapse
from motcua.web.desk.tests.support import NAME, Story, browser, row_of

pytestmark = pytest.mark.django_db
ANSWER = {
    "what": "answer",
    "outcome": "conditions",
    "text": "Chưa đăng ký kết hôn ở xã.",
    "signed": "Dương Văn Khải",
    "number": "15/UBND",
}


def test_it_is_found_handed_on_and_answered_once() -> None:
    story = Story().started().consulted()
    (one,) = row_of(story.code)["consultations"]
    path, chair = f"/consultations/{one['id']}", browser("chutich.mauhai")
    assert path in chair.get("/consultations").content.decode()
    page = chair.get(path).content.decode()
    assert "Đã kết hôn ở xã chưa?" in page
    assert NAME not in page  # nothing of the people was shared
    assert browser("tuphap1.mauhai").get(path).status_code == 404
    to = page.partition('<option value="')[2].partition('"')[0]
    handed = chair.post(path, {"what": "hand_on", "to": to, "idempotency_key": "hand-on"})
    assert (handed.status_code, handed["Location"]) == (302, "/consultations")

    for _twice in range(2):
        answer = chair.post(path, {**ANSWER, "idempotency_key": "answer"})
        assert (answer.status_code, answer["Location"]) == (302, "/consultations")
    (one,) = row_of(story.code)["consultations"]
    assert (one["account"], one["outcome"], one["answer"]["number"]) == (to, "conditions", "15/UBND")
    assert "Chưa đăng ký kết hôn ở xã." in chair.get(path).content.decode()
    sheet = browser("tuphap1").get(f"/dossiers/{story.code}").content.decode()
    assert "15/UBND, Dương Văn Khải" in sheet
    late = chair.post(path, {**ANSWER, "idempotency_key": "again"})
    assert late.status_code == 403  # nobody asks any more


def test_silence_is_not_shown_as_an_answer_in_time() -> None:
    story = Story(begins=moment(24, 8)).started().consulted()
    over = moment(24, 8) + timedelta(days=11)
    let_lapse(clock=lambda: over, origin="simulated")
    with pages_at(over):
        sheet = browser("tuphap1", at=over).get(f"/dossiers/{story.code}").text
    asked = sheet.partition("Trả lời trước")[2].partition("</dd>")[0]
    assert "Xong, đúng hạn" not in asked
    assert "03/09/2026" in asked
