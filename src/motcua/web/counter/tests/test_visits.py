"""One person, several dossiers, one slip; and how the results come back."""

from datetime import datetime
from uuid import UUID

import pypdfium2
from django.test import Client
from tests.support.html import Page
from tests.support.pages import visitor
from tests.support.statements import statements
from tests.support.world import viewer

from motcua.dossiers.selectors import dossier
from motcua.dossiers.visits import of_visit
from motcua.kernel.ids import uuid7
from motcua.web.counter.tests.support import NAME, filled, form_of, opened, post, received


def text_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    return " ".join(text.replace("\ufffe", "").split())


def test_the_person_stays_for_the_next_dossier(clerk: Client, at: datetime) -> None:
    submitter = {"other_submitter": "1", "submitter-name": "Lê Thị Cúc", "submitter-number": "098765432109"}
    born = {f"applicant-0-born_{i}": part for i, part in enumerate(("05", "09", "1990"))}
    fields = filled(clerk) | submitter | born
    first = received(clerk, fields)
    visit = fields["visit"]
    page = clerk.get(f"/dossiers/{first}/received").content.decode()
    assert f'href="/dossiers/receive?visit={visit}"' in page
    assert "In phiếu hẹn chung" not in page
    search = clerk.get("/dossiers/receive", {"visit": visit}).content.decode()
    assert NAME in search
    assert f"procedure=1.000656&amp;visit={visit}" in search
    again = form_of(opened(clerk, "1.000656", "", visit=visit)).fields
    assert {n: v for n, v in again.items() if n in born or n in submitter} == born | submitter
    assert (again["visit"], again["applicant-0-name"]) == (visit, NAME)
    both = filled(clerk, "1.000656", "x") | {"visit": visit}
    second = received(clerk, both)
    lines = of_visit(UUID(visit), viewer=viewer("tiepnhan1", at=at))
    assert [line.code for line in lines] == [first, second]
    page = clerk.get(f"/dossiers/{second}/received").content.decode()
    assert "2 hồ sơ trong lượt này" in page
    for size in ("", "?print=big"):
        slip = text_of(clerk.get(f"/visits/{visit}/slip.pdf{size}").content)
        assert "2 hồ sơ trong một lượt" in slip
        assert "Lê Thị Cúc" in slip
        for code in (first, second):
            assert code in slip.replace(" ", "")
    with statements(most=4):
        clerk.get(f"/visits/{visit}/slip.pdf")


def test_a_visit_of_another_desk_is_none(clerk: Client, at: datetime) -> None:
    fields = filled(clerk)
    received(clerk, fields)
    other = visitor("tiepnhan1.mauhai", at=at)
    assert other.get(f"/visits/{fields['visit']}/slip.pdf").status_code == 404
    page = other.get("/dossiers/receive", {"visit": fields["visit"]}).content.decode()
    assert NAME not in page
    assert "&amp;visit=" not in page
    for odd in (str(uuid7()), "x", "1" * 500):
        assert clerk.get("/dossiers/receive", {"visit": odd}).status_code == 200


def test_a_result_comes_back_by_post(clerk: Client, at: datetime) -> None:
    fields = filled(clerk, **{"return-way": "post", "return-sets": "2"})
    answer = post(clerk, fields)
    assert answer.status_code == 422
    assert "Ghi địa chỉ nhận kết quả qua bưu chính." in answer.content.decode()
    fields = form_of(answer).fields | {n: v for n, v in fields.items() if n.endswith("_have")}
    code = received(clerk, fields | {"return-address": "12 Đường Láng, Hà Nội", "return-phone": "0912345678"})
    shown = dossier(code, viewer=viewer("tiepnhan1", at=at))
    assert [(p.role, p.fields["name"], p.fields["address"]) for p in shown.parties][1:] == [
        ("recipient", NAME, "12 Đường Láng, Hà Nội")
    ]
    paper = text_of(clerk.get(f"/dossiers/{code}/receipt.pdf").content)
    assert f"Đăng ký nhận kết quả: Qua bưu chính: {NAME}, 12 Đường Láng, Hà Nội, 0912345678" in paper
    assert "02 (bộ)" in paper


def test_a_card_typed_into_any_field_is_read(clerk: Client) -> None:
    card = f"012190678901||{NAME}|05091990|Nữ|Thôn 1, Xã Mẫu|01012022"
    page = form_of(opened(clerk)).fields
    typed = page | {"applicant-0-name": "", "applicant-0-address": f"Tổ 3 {card}", "_update": "1"}
    fields = form_of(post(clerk, typed)).fields
    assert (fields["applicant-0-name"], fields["applicant-0-address"]) == (NAME, "Thôn 1, Xã Mẫu")


def test_a_damaged_card_fills_what_is_certain_and_says_the_rest(clerk: Client, at: datetime) -> None:
    cut = f"012190678901||{NAME}|05091990|Nữ|Thôn 1"
    fields = filled(clerk) | {"applicant-0-scan": cut, "applicant-0-name": ""}
    answer = post(clerk, fields)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Quét thẻ: dòng quét bị cắt, hãy quét lại." in html
    kept = form_of(answer).fields
    assert (kept["applicant-0-name"], kept["applicant-0-address"]) == (NAME, "")
    again = {n: v for n, v in fields.items() if n not in kept} | kept
    assert received(clerk, again)


def test_papers_are_certified_in_the_same_visit(clerk: Client, at: datetime) -> None:
    fields = filled(clerk)
    first = received(clerk, fields)
    visit = fields["visit"]
    assert f"/certification?visit={visit}" in clerk.get(f"/dossiers/{first}/received").text
    desk = Page(clerk.get(f"/certification?visit={visit}").text).form("kind")
    assert (desk.fields["name"], desk.fields["visit"]) == ([NAME], [visit])
    there = clerk.post("/certification", desk.sent({"line-0-paper": "cccd"}))["Location"]
    clerk.post(there, Page(clerk.get(there).text).form("idempotency_key").sent({}))
    mine = of_visit(UUID(visit), viewer=viewer("tiepnhan1", at=at))
    assert [one.name for one in mine] == [NAME, NAME]
    slip = text_of(clerk.get(f"/visits/{visit}/slip.pdf").content)
    assert all(one.code in slip for one in mine)
    assert f"/dossiers/receive?visit={visit}" in clerk.get(there).text


def test_a_visit_that_is_none_certifies_as_ever(clerk: Client) -> None:
    for wrong in ("x", str(uuid7())):
        page = clerk.get(f"/certification?visit={wrong}")
        assert page.status_code == 200
        assert Page(page.text).form("kind").fields["name"] in ([], [""])
