"""The page grows: procedure, variant, the rest; and what it shows of fees, dates and papers on the way."""

import json
from datetime import datetime
from importlib.resources import files
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from tests.support.drafts import shipped
from tests.support.pages import visitor
from tests.support.site import pages_at
from tests.support.world import COMMUNE, viewer

from motcua.catalogue import operations as catalogue
from motcua.catalogue.shapes import HandledIn
from motcua.catalogue.starter import linked, procedures
from motcua.certification.rules import rules
from motcua.dossiers.selectors import dossier, dossiers
from motcua.kernel.actor import SYSTEM
from motcua.kernel.time import ZONE, local, now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.web.counter.tests.support import NAME, FormReader, filled, form_of, opened, post, received

WORDS = ("khai", "thác,", "sử", "dụng", "nước", "dưới", "đất")
LONG_TITLE = " ".join(WORDS[i % 7] for i in range(300))[:1091] + " mở"


def page(client: Client, **query: str) -> str:
    answer = client.get("/dossiers/receive", query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def part(client: Client, target: str, fields: dict[str, str]) -> str:
    """What htmx would get for the element `target`."""
    answer = post(client, fields | {"_update": "1"}, **{"HX-Request": "true", "HX-Target": target})
    assert answer.status_code == 200
    return str(answer.content.decode())


# --- the procedure ------------------------------------------------------------


def test_procedures_are_found_without_accents(clerk: Client) -> None:
    html = page(clerk, q="ket hon")
    assert "Thủ tục đăng ký kết hôn" in html
    assert "Thủ tục đăng ký lại kết hôn" in html
    assert "Thủ tục đăng ký khai tử" not in html
    assert 'value="ket hon"' in html
    assert "Không có thủ tục nào khớp" in page(clerk, q="phi thuyền")
    # With nothing typed all that is decided here is there to choose from, and nobody has to answer for it yet.
    certified = sum(len(kind.procedures) for kind in rules().kinds)
    here = [one for one in (*procedures(), *linked()) if one.handled_in == HandledIn.HERE]
    assert page(clerk).count("/dossiers/receive?procedure=") == len(here) - certified
    assert page(clerk).count("/certification?kind=") == certified
    assert "data-problems" not in page(clerk)


def test_what_no_agency_here_decides_opens_a_sentence_and_no_form(clerk: Client) -> None:
    at = now()
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        document = shipped("1.004873") | {"code": "9.000009"}
        catalogue.publish(document=document, effective_from=local(at).date(), actor=SYSTEM, at=at)
    assert "9.000009" in page(clerk, q="tinh trang hon nhan")
    assert "9.000009" not in page(clerk)
    answer = clerk.get("/dossiers/receive", {"procedure": "9.000009"})
    assert answer.status_code == 422
    html = answer.text
    assert "Không cơ quan nào ở đây giải quyết thủ tục 9.000009" in html
    assert 'name="components' not in html
    assert "Đủ thành phần hồ sơ" not in html


def test_one_hit_opens_at_once(clerk: Client) -> None:
    answer = clerk.get("/dossiers/receive", {"q": "1.004873"})
    assert (answer.status_code, answer["Location"]) == (302, "/dossiers/receive?procedure=1.004873")


def test_what_is_certified_is_done_at_the_certification_desk(clerk: Client) -> None:
    """It counts pages and copies: the fee is known. Received as any other, the page asks for the same."""
    answer = clerk.get("/dossiers/receive", {"procedure": "2.000815"})
    assert (answer.status_code, answer["Location"]) == (302, "/certification?kind=copy&from=2.000815")
    there = clerk.get(answer["Location"]).text
    assert "Thủ tục này làm ở quầy chứng thực" in there
    assert "/dossiers/receive?procedure=2.000815&amp;variant=general" in there
    assert "Thủ tục này làm ở quầy chứng thực" not in clerk.get("/certification?kind=copy").text
    typed = filled(clerk, "2.000815", "general", count__pages="", count__copies="")
    assert post(clerk, typed).status_code == 422
    counted = part(clerk, "outcome", typed | {"count-pages": "3", "count-copies": "2"})
    assert "10.000" in counted
    assert "chưa có mức thu" not in counted


def test_what_the_police_settle_is_found_and_not_received(clerk: Client) -> None:
    """`handled_in: police`: the desk shows the way, it opens no dossier."""
    assert "1.004194" in page(clerk, q="tam tru")
    answer = clerk.get("/dossiers/receive", {"procedure": "1.004194"})
    assert answer.status_code == 409
    assert "được giải quyết trên hệ thống của công an; không tiếp nhận ở đây" in answer.content.decode()


def test_suggestions(clerk: Client, at: datetime) -> None:
    answer = clerk.get("/procedures/suggestions", {"q": "khai tu"}, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert html.startswith('<ul role="listbox"')
    # What people call just so comes first, then titles that hold the words side by side; letters inside a word
    # count too ("tu" in "tục").
    assert (
        html.index("procedure=1.000656") < html.index("procedure=1.005461") < html.index("procedure=1.004884")
    )
    assert 'data-href="/dossiers/receive?procedure=1.000656"' in html
    # They open the receiving screen, so they are for those who receive; the public has a list of its own.
    asked = visitor(at=at).get("/procedures/suggestions", {"q": "khai tu"})
    assert (asked.status_code, "1.000656" in asked.text) == (302, False)


# --- the variant ------------------------------------------------------------


def test_variants_are_chosen_by_label_and_limit(clerk: Client) -> None:
    html = page(clerk, procedure="1.004873")
    assert "Không phải xác minh – 3 ngày làm việc" in html
    assert "Phải xác minh – 23 ngày" in html
    assert 'id="reception"' not in html
    # A procedure with one variant has nothing to choose.
    assert 'id="reception"' in page(clerk, procedure="1.000656")


def test_a_card_scanned_before_the_variant_is_kept_and_stands_in_no_address(clerk: Client) -> None:
    card = f"001190000001||{NAME}|05091990|Nữ|Thôn 1, Xã Mẫu|01012022"
    fields = FormReader(page(clerk, procedure="1.004873"), "variant").fields
    typed = {**fields, "applicant-0-scan": card, "_choose": "1"}
    typed.pop("variant", None)
    first = clerk.post("/dossiers/receive", typed)["Location"]
    assert first == f"/dossiers/receive?intake={fields['intake']}"
    again = clerk.get(first)
    assert f"Đã đọc thẻ: {NAME}" in again.text
    there = clerk.post(
        "/dossiers/receive",
        FormReader(again.text, "variant").fields | {"variant": "no_verification", "_choose": "1"},
    )["Location"]
    told = form_of(clerk.get(there)).fields
    assert (told["applicant-0-name"], told["applicant-0-number"]) == (NAME, "001190000001")
    assert told["variant"] == "no_verification"
    bare = clerk.post("/dossiers/receive", fields | {"variant": "verification", "_choose": "1"})["Location"]
    assert bare == "/dossiers/receive?procedure=1.004873&variant=verification"


def test_a_question_that_the_variant_answers_is_not_asked(clerk: Client) -> None:
    radios = form_of(opened(clerk)).radios
    assert [name for name in radios if name.startswith("ask-")] == [
        "ask-reissue",
        "ask-married_before",
        "ask-delegated",
    ]
    change = form_of(opened(clerk, "1.004859", "change")).radios
    assert [name for name in change if name.startswith("ask-")] == ["ask-matter", "ask-delegated"]


def test_papers_follow_the_answers_and_the_channel(clerk: Client) -> None:
    fields = form_of(opened(clerk)).fields

    def papers(**answers: str) -> list[str]:
        sent = fields | {name.replace("__", "-"): value for name, value in answers.items()}
        ticks = form_of(post(clerk, sent | {"_update": "1"})).ticks
        return [t.removeprefix("paper-").removesuffix("_have") for t in ticks if t.endswith("_have")]

    assert papers() == ["form", "identity", "residence"]
    assert papers(ask__reissue="yes") == ["form", "previous_certificate", "identity", "residence"]
    assert papers(ask__reissue="no", ask__delegated="yes") == ["form", "delegation", "identity", "residence"]
    assert papers(channel="post") == ["form", "certified_copies", "residence"]


def test_numbers_stand_at_what_is_asked(clerk: Client) -> None:
    fields = form_of(opened(clerk, "1.004884", "no_verification")).fields
    numbers = {n: v for n, v in fields.items() if n.endswith(("_originals", "_copies"))}
    assert numbers == {
        "paper-form_originals": "1",
        "paper-form_copies": "0",
        "paper-old_birth_certificate_originals": "0",
        "paper-old_birth_certificate_copies": "1",
        "paper-other_papers_originals": "0",
        "paper-other_papers_copies": "1",
    }
    assert fields["count-copies"] == "0"


def test_a_fee_for_each_copy_starts_at_one_and_is_never_for_none(clerk: Client) -> None:
    fields = filled(clerk, "2.000635", "general")
    assert fields["count-copies"] == "1"
    assert "8.000 đồng" in part(clerk, "outcome", fields)
    refused = post(clerk, fields | {"count-copies": "0"})
    assert refused.status_code == 422
    assert "Ghi số lượng." in refused.content.decode()


def test_a_hidden_paper_that_is_posted_is_not_taken_in(clerk: Client, at: datetime) -> None:
    fields = filled(clerk) | {"paper-delegation_have": "on", "paper-delegation_originals": "1"}
    html = clerk.get(f"/dossiers/{received(clerk, fields)}/receipt.pdf")
    text = pypdfium2.PdfDocument(html.content)[0].get_textpage().get_text_range()
    assert "ủy quyền" not in text


# --- what it comes to ------------------------------------------------------------


def test_the_due_date_and_why(clerk: Client) -> None:
    monday = datetime(2026, 8, 24, 9, 10, tzinfo=ZONE)
    with pages_at(monday):
        html = opened(visitor("tiepnhan1", at=monday)).content.decode()
        by_post = opened(visitor("tiepnhan1", at=monday), variant="verification").content.decode()
    assert '<p class="appointed">17:00, thứ Năm 27/08/2026</p>' in html
    assert "Thời hạn theo quy định: 3 ngày làm việc" in html
    assert "Mốc tính 09:10 thứ Hai 24/08/2026: ngày này là ngày 0" in html
    assert "BLDS 2015 Đ147.3; NĐ 118/2025/NĐ-CP Đ17.3" in html
    assert '<p class="appointed">17:00, thứ Tư 16/09/2026</p>' in by_post


def test_a_levy_that_hangs_on_an_answer_waits_for_it_and_is_none_in_time(clerk: Client) -> None:
    fields = form_of(opened(clerk, "1.001193")).fields
    open_yet = part(clerk, "outcome", fields)
    assert "Trả lời câu hỏi “Khai sinh trong 60 ngày kể từ ngày sinh?”" in open_yet
    assert "chưa xác định" in open_yet
    assert "5.000 đồng" not in open_yet
    in_time = part(clerk, "outcome", fields | {"ask-on_time": "yes"})
    assert "không đúng hạn" not in in_time
    assert "Giảm" not in in_time
    late = part(clerk, "outcome", fields | {"ask-on_time": "no"})
    assert "Lệ phí đăng ký khai sinh (không đúng hạn)" in late
    assert "5.000 đồng" in late


def test_an_amount_nobody_has_set_is_not_nothing(clerk: Client) -> None:
    fields = form_of(opened(clerk, "1.004859", "change")).fields
    unset = part(clerk, "outcome", fields | {"ask-matter": "ethnicity"})
    assert "chưa có mức thu" in unset
    assert "tỉnh này chưa cập nhật mức thu" in unset
    assert "chưa tính được" in unset
    known = part(clerk, "outcome", fields | {"ask-matter": "change"})
    assert "10.000 đồng" in known
    assert "chưa có mức thu" not in known
    free = opened(clerk, "1.000894").content.decode()
    assert '<dd class="num">0 đồng</dd>' in free
    assert "Lệ phí đăng ký kết hôn: không thu" in free


def test_fees_are_counted_line_by_line(clerk: Client) -> None:
    fields = form_of(opened(clerk, "1.004884", "no_verification")).fields
    html = part(clerk, "outcome", fields | {"count-copies": "3"})
    assert "3 bản, 24.000 đồng (281/2016/TT-BTC)" in html
    assert "1 trường hợp, 5.000 đồng (Biểu thu dùng thử của Tỉnh Mẫu)" in html
    assert "29.000 đồng" in html


def test_papers_are_counted_down(clerk: Client) -> None:
    fields = filled(clerk)
    assert "Đủ thành phần hồ sơ." in part(clerk, "outcome", fields)
    del fields["paper-form_have"]
    html = part(clerk, "outcome", fields)
    assert "Còn 1 giấy tờ chưa đánh dấu:" in html
    assert "Thiếu: Tờ khai" in html
    open_question = part(clerk, "outcome", fields | {"ask-reissue": ""})
    assert "Trả lời các câu hỏi để biết cần giấy tờ nào." in open_question


def test_a_paper_mark_moves_the_date(clerk: Client) -> None:
    mark = {"day_0": "21", "day_1": "8", "day_2": "2026", "time": "16:40", "pad": "Q1", "number": "3"}
    fields = form_of(opened(clerk)).fields | {f"pad-{name}": value for name, value in mark.items()}
    html = part(clerk, "outcome", fields)
    assert "Hẹn trả, tính từ giờ ghi trên giấy" in html
    # Saturday 22 August is a make-up day.
    assert '<p class="appointed">17:00, thứ Ba 25/08/2026</p>' in html
    far = part_refused(clerk, fields | {"pad-day_2": "1066"})
    assert "1990-2100" in far


def part_refused(client: Client, fields: dict[str, str]) -> str:
    answer = post(client, fields | {"_update": "1"})
    assert answer.status_code == 422
    return str(answer.content.decode())


def test_parts_are_redrawn_alone(clerk: Client) -> None:
    fields = filled(clerk)
    asked = part(clerk, "asked", fields)
    assert asked.startswith('<div id="asked">')
    assert '<div id="outcome" class="box outcome" hx-swap-oob="true">' in asked
    assert "<html" not in asked
    people = part(clerk, "people", fields | {"other_submitter": "1"})
    assert people.startswith('<div id="people">')
    assert 'name="submitter-name"' in people
    assert f'value="{NAME}"' in people
    assert "<html" not in people
    assert "<html" in part(clerk, "elsewhere", fields)


def test_trying_out_complains_about_nothing(clerk: Client) -> None:
    fields = form_of(opened(clerk)).fields | {"applicant-0-phone": "sáu", "applicant-0-born_0": "31"}
    answer = post(clerk, fields | {"_update": "1"})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "data-problems" not in html
    assert 'class="error"' not in html
    assert form_of(answer).fields["applicant-0-phone"] == "sáu"


# --- the longest title of the national catalogue ------------------------------------------------------------


def published_with_long_title() -> None:
    text = (files("motcua.catalogue") / "data" / "procedures" / "2.000992.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    document["title"]["vi"] = LONG_TITLE
    at = datetime(2026, 1, 6, 8, 0, tzinfo=ZONE)
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        catalogue.publish(document=document, effective_from=at.date(), actor=SYSTEM, at=at)


@pytest.mark.django_db
def test_a_title_of_1094_letters(clerk: Client) -> None:
    assert len(LONG_TITLE) == 1094
    published_with_long_title()
    found = clerk.get(
        "/procedures/suggestions", {"q": "khai thac su dung nuoc"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert f"{LONG_TITLE[:180].rstrip()}…" in found
    assert LONG_TITLE not in found
    assert LONG_TITLE in opened(clerk, "2.000992", "general").content.decode()
    code = received(clerk, filled(clerk, "2.000992", "general"))
    assert code.startswith(COMMUNE)
    assert LONG_TITLE in clerk.get(f"/dossiers/{code}/received").content.decode()
    document = pypdfium2.PdfDocument(clerk.get(f"/dossiers/{code}/receipt.pdf").content)
    text = " ".join("".join(p.get_textpage().get_text_range() for p in document).split())
    assert LONG_TITLE in text


def test_an_exemption_is_claimed_with_the_paper_that_was_shown(clerk: Client, at: datetime) -> None:
    page = opened(clerk)
    fields = filled(clerk)
    assert "Người thuộc hộ nghèo" in page.content.decode()
    claimed = part(clerk, "outcome", fields | {"claim-exemption": "poor"})
    assert "10.000 đồng" in claimed
    assert "Chưa áp dụng “Người thuộc hộ nghèo”: cần Giấy chứng nhận hộ nghèo còn hạn" in claimed
    refused = post(clerk, fields | {"claim-exemption": "poor"})
    assert refused.status_code == 422
    assert "Hãy ghi giấy tờ chứng minh: Giấy chứng nhận hộ nghèo còn hạn." in refused.content.decode()
    of_nobody = post(clerk, fields | {"claim-evidence": "Giấy số 31"})
    assert of_nobody.status_code == 422
    assert "Hãy chọn diện miễn, giảm" in of_nobody.content.decode()
    unknown = post(clerk, fields | {"claim-exemption": "nobody", "claim-evidence": "Giấy số 31"})
    assert unknown.status_code == 422
    assert dossiers(viewer=viewer("tiepnhan1", at=at), at=at).lines == ()
    code = received(clerk, fields | {"claim-exemption": "poor", "claim-evidence": "Giấy số 31"})
    (line,) = dossier(code, viewer=viewer("tiepnhan1", at=at)).row["fees"]
    assert (line["amount"], line["exemption"]) == (0, "poor")
    assert "Giấy số 31" in clerk.get(f"/dossiers/{code}").content.decode()


def test_without_exemptions_nobody_is_asked_for_one(clerk: Client) -> None:
    assert "claim-exemption" not in form_of(opened(clerk, "2.000635", "")).fields
