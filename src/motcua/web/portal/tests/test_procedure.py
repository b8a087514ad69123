"""The page of a procedure: what applies and nothing else, what it costs, when it is due, where it goes."""

import re
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from tests.support.acts import moment
from tests.support.citizens import identity_of
from tests.support.drafts import shipped
from tests.support.site import pages_at
from tests.support.statements import statements

from motcua.catalogue.operations import publish
from motcua.catalogue.shapes import ComponentKind
from motcua.catalogue.starter import linked, procedures
from motcua.kernel.actor import SYSTEM
from motcua.kernel.time import local, now
from motcua.kernel.unit_of_work import Request, unit_of_work

MARITAL = "/procedures/1.004873"
BUILDING = "/procedures/1.013225"
SHIPPED = (*procedures(), *linked())


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_only_the_papers_of_the_answers(citizen: Client) -> None:
    before = text(citizen, MARITAL)
    assert "Tờ khai cấp Giấy xác nhận tình trạng hôn nhân theo mẫu" in before
    assert "đã cấp trước đây" not in before
    assert "Còn 3 giấy tờ tùy câu trả lời ở trên." in before
    after = text(citizen, f"{MARITAL}?ask-reissue=yes&ask-married_before=no&ask-delegated=no")
    assert "Giấy xác nhận tình trạng hôn nhân đã cấp trước đây" in after
    assert "Văn bản ủy quyền" not in after
    assert "tùy câu trả lời" not in after
    by_post = text(citizen, f"{MARITAL}?channel=post")
    assert "Bản sao có chứng thực các giấy tờ phải xuất trình" in by_post


def test_papers_of_other_variants_are_never_shown(citizen: Client) -> None:
    version = next(p for p in procedures() if p.code == "1.013225")
    papers = {c.code: c.name.vi for c in version.components if c.kind is not ComponentKind.NOTE}
    bare = text(citizen, BUILDING)
    assert "Hãy chọn trường hợp ở trên" in bare
    assert not [name for name in papers.values() if name in bare]
    house = text(citizen, f"{BUILDING}?variant=house")
    others = [papers[code] for code in papers if code not in version.variant("house").components]
    assert others
    assert not [name for name in others if name in house]


def test_what_it_costs_is_told_with_its_reason_and_never_guessed(citizen: Client) -> None:
    copies = text(citizen, "/procedures/2.000815")
    assert "2.000 đồng mỗi trang; từ trang thứ 3: 1.000 đồng; nhiều nhất 200.000 đồng một bản" in copies
    # What the council of the province has not set is not known, and not free.
    ethnicity = text(citizen, "/procedures/1.004859?variant=change&ask-matter=ethnicity")
    assert "chưa có mức thu" in ethnicity
    for version in procedures():
        if not version.fees:
            assert "miễn phí" not in text(citizen, f"/procedures/{version.code}").lower()


def test_an_example_due_date_counts_from_now_or_the_next_opening(citizen: Client) -> None:
    assert "đủ giấy tờ lúc 09:30, thứ Tư 26/08/2026 thì hẹn trả" in text(citizen, MARITAL)
    with pages_at(moment(23, 9)):  # a Sunday
        page = text(citizen, MARITAL)
    assert "Đang đóng cửa" in page
    assert "đủ giấy tờ lúc 07:30, thứ Hai 24/08/2026 thì hẹn trả" in page


def test_what_the_police_settle_shows_the_door(citizen: Client) -> None:
    page = text(citizen, "/procedures/1.004194")
    assert "Thủ tục này không nộp ở đây" in page
    assert 'href="https://dichvucong.gov.vn"' in page
    assert "Nộp ở đâu, khi nào?" not in page
    assert "Không nộp ở đây: nộp và nhận kết quả qua hệ thống của công an." in page
    how = page.partition('id="how"')[2].partition("</section>")[0]
    assert "Trực tiếp" not in how, "no way is listed that is not open here"
    assert "bắt đầu nộp trực tuyến" not in page


@pytest.mark.parametrize("code", [p.code for p in procedures()])
def test_every_shipped_procedure_has_its_page_and_its_text(citizen: Client, code: str) -> None:
    version = next(p for p in procedures() if p.code == code)
    for variant in version.variants:
        page = text(citizen, f"/procedures/{code}?variant={variant.code}")
        assert "Điều còn thiếu hoặc chưa kiểm chứng" in page
    spoken = text(citizen, f"/procedures/{code}?variant={version.variants[0].code}&text=1")
    assert "<table" not in spoken
    assert version.title.vi in spoken or "&" in spoken


def test_words_that_mean_nothing_are_as_if_not_said(citizen: Client) -> None:
    assert text(citizen, f"{MARITAL}?channel=xx&ask-reissue=%00<script>&variant=zz&agency=../x&who=1")
    assert citizen.get("/procedures/0").status_code == 404
    assert citizen.get("/procedures/9.999999").status_code == 404


def test_english(citizen: Client) -> None:
    citizen.post("/language", {"language": "en", "next": MARITAL})
    page = text(citizen, MARITAL)
    assert "Certificate of marital status" in page
    assert "What do I bring?" in page


def test_a_page_asks_the_database_little(citizen: Client) -> None:
    text(citizen, MARITAL)
    with statements(most=9):
        text(citizen, MARITAL)


# --- the list ------------------------------------------------------------


def test_the_list_is_found_in_plain_words_and_leads_to_the_page(citizen: Client) -> None:
    page = text(citizen, "/procedures?q=mat+giay+khai+sinh")
    assert page.index('href="/procedures/1.004884"') < page.index("</ol>")
    assert "Không có thủ tục nào khớp" in text(citizen, "/procedures?q=zzzz")


def test_the_list_goes_page_by_page_and_shows_all_once(citizen: Client) -> None:
    address, seen, page = "/procedures", [], ""
    while address:
        page = text(citizen, address)
        seen += re.findall(r'<li><a href="/procedures/([^"]+)"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = "/procedures" + following[1].replace("&amp;", "&") if following else ""
    assert sorted(seen) == sorted(p.code for p in SHIPPED)
    back = re.search(r'rel="prev" href="([^"]+)"', page)
    assert back is not None


def test_the_home_page_leads_to_the_lists(citizen: Client) -> None:
    home = text(citizen, "/")
    assert "/procedures?event=birth" in home
    assert "Thủ tục đăng ký khai sinh" in text(citizen, "/procedures?event=birth")


def test_english_lists_name_procedures_in_english(citizen: Client) -> None:
    citizen.post("/language", {"language": "en", "next": "/procedures"})
    assert "Certificate of marital status" in text(citizen, "/procedures?q=marital")


def test_what_comes_into_force_is_told_ahead_and_can_be_read(citizen: Client) -> None:
    told = shipped(MARITAL.rsplit("/", 1)[1])
    told["title"]["vi"] = "Thủ tục cấp giấy độc thân kiểu mới"
    at = now()
    day = local(at).date() + timedelta(days=5)
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        publish(document=told, effective_from=day, actor=SYSTEM, at=at)
    today = text(citizen, MARITAL)
    assert f"Từ ngày {day:%d/%m/%Y} thủ tục này thay đổi" in today
    assert "kiểu mới" not in today
    ahead = text(citizen, f"{MARITAL}?on={day}")
    assert "Thủ tục cấp giấy độc thân kiểu mới" in ahead
    assert f"Nội dung áp dụng từ ngày {day:%d/%m/%Y}" in ahead
    assert "thủ tục này thay đổi" not in ahead
    for odd in ("2020-01-01", "9999-12-31", "x", "%00"):
        assert "kiểu mới" not in text(citizen, f"{MARITAL}?on={odd}")


@pytest.mark.parametrize("code", ["2.002621", "2.002622", "1.004873"])
def test_what_nobody_can_sign_in_for_is_not_offered_online_but_at_the_desk(
    citizen: Client, code: str
) -> None:
    with_it = text(citizen, f"/procedures/{code}")
    assert f"/my/begin/{code}" in with_it
    assert "chưa nối với VNeID" not in with_it
    with override_settings(IDENTITY=identity_of("")):
        for page in (f"/procedures/{code}", f"/procedures/{code}?text=1"):
            without = text(citizen, page)
            assert "/my/begin" not in without
            assert "chưa nối với VNeID" in without
            assert "nhập giúp hồ sơ trực tuyến" in without
        assert 'href="#where"' in text(citizen, f"/procedures/{code}")
