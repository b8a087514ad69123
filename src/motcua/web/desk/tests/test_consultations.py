"""Whom is asked: their list, their page with just what was shared, and their answer."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.support.acts import moment
from tests.support.papers import kept, pdf
from tests.support.site import pages_at
from tests.support.world import OTHER_COMMUNE, intake

from motcua.dossiers.attachments import QUESTION, contents_of
from motcua.dossiers.tracked import pin_of
from motcua.flows.consultations import consult, take_back
from motcua.flows.progress import withdraw
from motcua.kernel.time import now
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
    answered = chair.get(path).text
    assert "Chưa đăng ký kết hôn ở xã." in answered
    assert "Xong, đúng hạn" in answered.partition("Trả lời trước")[2].partition("</dd>")[0]
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


def test_only_files_that_were_shared_are_read_by_whom_is_asked() -> None:
    at = now() - timedelta(days=1)
    paper = intake().handed[0].component
    story = Story(uploads=(kept("tiepnhan1", at, pdf(mark="paper")).upload,)).started()
    asking: dict[str, Any] = {"about": "Đã kết hôn ở xã chưa?", "value": "5", "unit": "working_day"}
    offered = browser("tuphap1").get(f"/dossiers/{story.code}/consult").text
    label = offered.partition(f'value="{paper}"')[2].partition("</label>")[0]
    assert label
    assert "chỉ có bản giấy" not in label
    for whom, papers in ((f"agency:{OTHER_COMMUNE}", [paper]), ("unit:economy", [])):
        sent = [kept("tuphap1", at, pdf(mark=whom)).upload]
        story.then("tuphap1", consult, whom=[whom], papers=papers, uploads=sent, **asking)
    neighbour, section = row_of(story.code)["consultations"]
    form, own, others = contents_of(row_of(story.code)["id"])[1]
    assert [form.component, own.component, others.component] == [paper, QUESTION, QUESTION]
    for login, one, read in (("chutich.mauhai", neighbour, {form, own}), ("kinhte", section, {others})):
        client, path = browser(login), f"/consultations/{one['id']}"
        page = client.get(path).content.decode()
        for file in (form, own, others):
            assert client.get(f"{path}/files/{file.id}").status_code == (200 if file in read else 404)
            assert (str(file.id) in page) == (file in read)
            assert browser("tuphap1.mauhai").get(f"{path}/files/{file.id}").status_code == 404
    assert browser("chutich.mauhai").get(f"/dossiers/{story.code}").status_code == 404
    story.then("chutich", take_back, consultation=UUID(neighbour["id"]), reason="Gửi nhầm nơi.")
    story.then("tiepnhan1", withdraw, shown_by="signed_paper")
    for login, one in (("chutich.mauhai", neighbour), ("kinhte", section)):
        client, path = browser(login), f"/consultations/{one['id']}"
        page = client.get(path).text
        assert "ở đây không còn xem được hồ sơ" in page
        due = page.partition("Trả lời trước")[2].partition("</dd>")[0]
        assert not any(word in due for word in ("Hạn", "Quá", "Còn", "Xong")), "it waits no more"
        for file in (form, own, others):
            assert client.get(f"{path}/files/{file.id}").status_code == 404
            assert str(file.id) not in page


def test_a_body_outside_is_named_on_the_form_and_its_letter_printed() -> None:
    story = Story().started()
    path = f"/dossiers/{story.code}/consult"
    assert "(giấy tờ này chỉ có bản giấy)" in browser("tuphap1").get(path).text
    typed = {
        "about": "Có vướng quy hoạch không?",
        "outside": "Ban Quản lý Khu công nghiệp Mẫu\n",
        "value": "10",
        "unit": "working_day",
        "idempotency_key": "outside",
    }
    warned = browser("tuphap1").post(path, typed)
    assert warned.status_code == 422, "it would be late by the time given, which is said first"
    assert "không kịp; dự kiến xong" in warned.text
    assert row_of(story.code)["consultations"] == []
    assert browser("tuphap1").post(path, {**typed, "aware": "on"}).status_code == 302
    (one,) = row_of(story.code)["consultations"]
    sheet = browser("tuphap1").get(f"/dossiers/{story.code}").content.decode()
    letter = f"/dossiers/{story.code}/consultations/{one['id']}.pdf"
    assert letter in sheet
    assert f"/consultations/{one['id']}" in sheet
    assert browser("tuphap1").get(letter).content.startswith(b"%PDF")
    assert browser("chutich.mauhai").get(letter).status_code == 404
    page = browser("tuphap1").get(f"/consultations/{one['id']}")
    assert page.status_code == 200
    assert 'name="text"' in page.content.decode()


def test_a_paper_without_a_file_is_told_to_whom_is_asked() -> None:
    paper = intake().handed[0].component
    story = Story().started()
    asking: dict[str, Any] = {"about": "Đã kết hôn ở xã chưa?", "value": "5", "unit": "working_day"}
    story.then("tuphap1", consult, whom=["unit:economy"], papers=[paper], **asking)
    (one,) = row_of(story.code)["consultations"]
    assert "giấy tờ này chỉ có bản giấy" in browser("kinhte").get(f"/consultations/{one['id']}").text


def test_who_applied_reads_whom_the_agency_asked_and_not_what_it_said() -> None:
    story = Story().started().consulted()
    (one,) = row_of(story.code)["consultations"]
    visited = Client()
    door = {"code": story.code, "pin": pin_of(row_of(story.code))}
    page = visited.post("/track", door, follow=True).content.decode()
    assert "Ủy ban nhân dân Xã Mẫu Hai" in page
    assert "Đã kết hôn ở xã chưa?" not in page
    answered = {**ANSWER, "idempotency_key": "answer"}
    assert browser("chutich.mauhai").post(f"/consultations/{one['id']}", answered).status_code == 302
    page = visited.get("/tracking").content.decode()
    assert "Ủy ban nhân dân Xã Mẫu Hai" in page
    assert ANSWER["text"] not in page
    assert ANSWER["number"] not in page
