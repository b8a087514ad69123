"""Papers for the wall: whole, readable by eye and by telephone, and recorded as hung up."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from django.db import connection
from django.test import Client
from tests.support.acts import moment
from tests.support.html import Page
from tests.support.pages import plain_static, visitor
from tests.support.site import pages_at
from tests.support.statements import statements
from tests.support.streams import count
from tests.support.world import COMMUNE

from motcua.catalogue.operations import publish
from motcua.catalogue.starter import procedures
from motcua.kernel.actor import SYSTEM
from motcua.kernel.time import local, now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.postings.board import board
from motcua.web.common.fonts import MissingGlyphError
from motcua.web.common.pdf.posting import PaperRow, Part, render_poster, render_wall_sheets
from motcua.web.portal import prints
from motcua.web.portal.wall import head_of, poster_of, sheet_of
from motcua.web.portal.wall_changes import NAMES

pytestmark = pytest.mark.django_db
MARITAL = "1.004873"
AT = moment(26, 9, 30)
ON = date(2026, 8, 26)
LONG = ("Thủ tục có tên rất dài " * 48)[:1_094]


@pytest.fixture(autouse=True)
def _plain_static() -> Iterator[None]:
    with plain_static():
        yield


def pages_of(paper: bytes) -> list[str]:
    """The text of each page, its spaces as one."""
    with pypdfium2.PdfDocument(paper) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def codes_of(paper: bytes, page: int = 0) -> set[str]:
    """What a telephone reads off a page."""
    with pypdfium2.PdfDocument(paper) as document:
        picture = document[page].render(scale=3).to_pil()
    found = zxingcpp.read_barcodes(picture)
    return {one.text for one in found if "/" in one.text}  # a bar code may be seen in a table's lines


def wall() -> Any:
    found = board(COMMUNE, on=ON)
    posted = found.posted([one.code for one in found.listed])
    return found, head_of(found.agency, at=AT), posted


def test_a_sheet_has_the_lawful_parts_and_says_what_is_not_there() -> None:
    found, head, posted = wall()
    [one] = [each for each in posted if each.offer.version.code == MARITAL]
    paper = render_wall_sheets(head, (sheet_of(one, found.agency),))
    text = " ".join(pages_of(paper))
    version = one.offer.version
    parts = ("Trình tự thực hiện", "Cách thức thực hiện", "Thành phần, số lượng hồ sơ", "Thời hạn giải quyết",
             "Đối tượng thực hiện", "Cơ quan giải quyết", "Kết quả", "Phí, lệ phí", "Mẫu đơn, tờ khai",
             "Yêu cầu, điều kiện", "Căn cứ pháp lý", "Điều còn thiếu hoặc chưa kiểm chứng")  # fmt: skip
    places = [text.index(f"{n}. {part}") for n, part in enumerate(parts, 1)]
    assert places == sorted(places)
    for words in (version.title.vi, MARITAL, version.decision.number, "Có hiệu lực từ 01/07/2025", "BẢN THỬ NGHIỆM",
                  "ỦY BAN NHÂN DÂN XÃ MẪU", "ngày 26 tháng 8 năm 2026", "Phản ánh, kiến nghị", *version.legal_basis,
                  *(c.name.vi for c in version.components), *(step.vi for step in version.order)):  # fmt: skip
        assert " ".join(str(words).split()) in text
    assert codes_of(paper) == {f"http://localhost:8000/procedures/{MARITAL}?agency={COMMUNE}"}


def test_a_bare_procedure_prints_its_gaps_and_never_free() -> None:
    found, head, posted = wall()
    version = replace(
        posted[0].offer.version, order=(), components=(), variants=(), fees=(), results=(), legal_basis=(), audience=()
    )  # fmt: skip
    one = replace(posted[0], offer=replace(posted[0].offer, version=version))
    text = " ".join(pages_of(render_wall_sheets(head, (sheet_of(one, found.agency),))))
    for what in (
        "trình tự",
        "cách thức",
        "giấy tờ nào",
        "thời hạn",
        "đối tượng",
        "kết quả",
        "khoản thu nào",
        "căn cứ",
    ):
        assert f"Bản công bố không nêu {what}." in text
    assert "Thiếu trình tự thực hiện" in text
    assert "miễn phí" not in text.lower()
    assert "không thu" not in text


def test_seventy_papers_and_a_title_of_a_thousand_letters_flow_over_pages_whole() -> None:
    found, head, posted = wall()
    rows = tuple(PaperRow(name=f"Giấy tờ số {n} " + "có tên dài " * 30, originals="01") for n in range(70))
    sheet = sheet_of(posted[0], found.agency)
    monster = PaperRow(name="Một đoạn rất dài " * 400 + "HẾT")
    sheet = replace(sheet, title=LONG, parts=(Part(name="Hồ sơ", rows=(*rows, monster)), *sheet.parts))
    pages = pages_of(render_wall_sheets(head, (sheet,)))
    text = " ".join(pages)
    assert LONG.strip() in text
    assert all(f"Giấy tờ số {n} " in text for n in range(70))
    assert text.count("có tên dài") == 70 * 30
    assert text.count("đoạn") == 400
    assert len(pages) > 4
    for number, page in enumerate(pages, 1):
        assert f"Trang {number}/{len(pages)}" in page
    poster = poster_of(found, posted[:1])
    tall = replace(poster[0].rows[0], title=LONG * 4)
    drawn = pages_of(render_poster(head, "Bảng", (replace(poster[0], rows=(tall,)),)))
    assert " ".join(drawn).count("Thủ tục có tên rất dài") == LONG.count("Thủ tục có tên rất dài") * 4


def test_a_set_numbers_each_sheet_by_itself() -> None:
    found, head, posted = wall()
    sheets = tuple(sheet_of(one, found.agency) for one in posted[:4])
    single = [len(pages_of(render_wall_sheets(head, (sheet,)))) for sheet in sheets]
    pages = pages_of(render_wall_sheets(head, sheets))
    said = [re.findall(r"Trang (\d+/\d+)", page)[0] for page in pages]
    assert said == [f"{n}/{of}" for of in single for n in range(1, of + 1)]
    for sheet, first in zip(sheets, [sum(single[:n]) for n in range(4)], strict=True):
        assert sheet.code in pages[first]


def test_the_table_on_a3_has_every_procedure_its_head_on_each_page_and_codes_that_are_read() -> None:
    found, head, posted = wall()
    paper = render_poster(head, "Niêm yết thủ tục hành chính", poster_of(found, posted))
    with pypdfium2.PdfDocument(paper) as document:
        assert [round(side / 72 * 25.4) for side in document[0].get_size()] == [297, 420]
    pages = pages_of(paper)
    text = " ".join(pages)
    assert all(one.code in text for one in found.listed)
    assert all("Quyết định công bố" in page for page in pages)
    assert all(f"Trang {n}/{len(pages)}" in page for n, page in enumerate(pages, 1))
    read = set().union(*(codes_of(paper, n) for n in range(len(pages))))
    wanted = {f"http://localhost:8000/procedures/{one.code}?agency={COMMUNE}" for one in found.listed}
    assert read == wanted | {f"http://localhost:8000/posting/{COMMUNE}"}


def test_a_letter_that_no_font_has_is_refused_with_its_place() -> None:
    found, head, posted = wall()
    with pytest.raises(MissingGlyphError, match="漢"):
        render_wall_sheets(head, (replace(sheet_of(posted[0], found.agency), title="Chữ 漢"),))


def test_anybody_prints_one_sheet_the_same_bytes_all_day(citizen: Client) -> None:
    address = f"/posting/{COMMUNE}/{MARITAL}.pdf"
    first = citizen.get(address)
    assert first["Content-Type"] == "application/pdf"
    with pages_at(moment(26, 16)), statements(most=3):
        assert citizen.get(address).content == first.content
    with pages_at(moment(27, 9)):
        assert citizen.get(address).content != first.content
    assert citizen.get(f"/posting/{COMMUNE}/9.999999.pdf").status_code == 404
    assert citizen.get(f"/posting/H11.22/{MARITAL}.pdf").status_code == 404
    assert citizen.get(f"/posting/{COMMUNE}/poster.pdf").status_code == 302  # to sign in


# --- the record of what hangs there ----------------------------------------------------


def record(client: Client, text: str, query: str = "") -> Any:
    """Press the button whose form has this text."""
    page = client.get(f"/posting/prints{query}").content.decode()
    forms = [form for form in re.findall(r"<form.*?</form>", page, re.DOTALL) if text in form]
    [form] = forms
    return client.post("/posting/prints", Page(f"<main>{form}</main>").forms[0].fields)


def retitle(name: str, *, on: date | None = None, **more: Any) -> None:
    at = now()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT body FROM catalogue_version WHERE procedure_id = %s ORDER BY number DESC", [MARITAL]
        )
        body = json.loads(cursor.fetchone()[0])
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        publish(
            document=body | {"title": {"vi": name, "en": name}} | more,
            effective_from=on or local(at).date(),
            actor=SYSTEM,
            at=at,
        )


def test_from_one_print_to_the_next() -> None:
    manager = visitor("truongquay", at=now())
    assert "Chưa ghi nhận tờ nào trên tường" in manager.get("/posting/prints").content.decode()
    assert record(manager, "đã dán cả bộ").status_code == 302
    page = manager.get("/posting/prints").content.decode()
    assert "Tường đang đúng" in page
    assert "Lê Thị Kim Oanh" in page
    old = next(p for p in procedures() if p.code == MARITAL).title.vi
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_procedure SET closed_on = '2026-01-01' WHERE code = '1.000894'")
        cursor.execute("DELETE FROM processes_adoption WHERE procedure = '2.000815'")
    retitle("Tên khác hẳn", sets=7)
    page = manager.get("/posting/prints").content.decode()
    assert f">{old}</del>" in page
    assert ">Tên khác hẳn</ins>" in page
    assert re.search(r"<del[^>]*>Số lượng: 01 bộ.</del>.*?<ins[^>]*>Số lượng: 07 bộ.</ins>", page)
    gone = page[page.index("gỡ khỏi tường") : page.index("In, dán, rồi ghi nhận")]
    assert re.findall(r"\d\.\d{6}", gone) == ["1.000894", "2.000815"]
    changed = manager.get(f"/posting/{COMMUNE}/sheets.pdf?changed=1").content
    assert {t for text in pages_of(changed) for t in re.findall(r"Mã thủ tục: (\S+)", text)} == {MARITAL}
    assert record(manager, "đã dán tờ mới").status_code == 302
    page = manager.get("/posting/prints").content.decode()
    assert "Tường đang đúng" in page
    assert page.count('<th scope="row"') == 2
    assert "chỉ tờ đã đổi" in page


def test_a_version_of_which_the_wall_says_the_same_needs_no_new_paper() -> None:
    manager = visitor("truongquay", at=now())
    record(manager, "đã dán cả bộ")
    version = next(p for p in procedures() if p.code == MARITAL)
    retitle(version.title.vi, on=date(2025, 7, 1), search_words=["một tên khác"])
    page = manager.get("/posting/prints").content.decode()
    assert "1 thủ tục có phiên bản mới mà chữ trên giấy không đổi: không cần in lại." in page
    assert "Đã đổi" not in page
    assert manager.get(f"/posting/{COMMUNE}/sheets.pdf?changed=1").status_code == 422
    record(manager, "đã dán tờ mới")
    assert "phiên bản mới mà chữ" not in manager.get("/posting/prints").content.decode()


def test_sent_twice_it_is_recorded_once_and_an_old_page_is_refused() -> None:
    manager = visitor("truongquay", at=now())
    page = manager.get("/posting/prints").content.decode()
    form = next(f for f in Page(page).forms if "digest" in f.fields)
    assert [manager.post("/posting/prints", form.fields).status_code for _ in range(2)] == [302, 302]
    assert count("postings_print") == 1
    stale = {**form.fields, "idempotency_key": ["another"]}
    retitle("Tên khác")
    answer = manager.post("/posting/prints", stale)
    assert answer.status_code == 409
    assert "vừa thay đổi sau khi in" in answer.content.decode()
    assert count("postings_print") == 1


def test_others_neither_see_nor_record() -> None:
    for login in ("kinhte", "chutich", "tiepnhan1.mauhai"):
        client = visitor(login, at=now())
        for address in (
            f"/posting/prints?agency={COMMUNE}",
            f"/posting/{COMMUNE}/sheets.pdf",
            f"/posting/{COMMUNE}/poster.pdf",
        ):
            assert client.get(address).status_code == 403
        typed = {"agency": COMMUNE, "form": "sheets", "whole": "1", "digest": "00", "idempotency_key": "k"}
        assert client.post("/posting/prints", typed).status_code == 403
    assert count("postings_print") == 0


def test_the_history_goes_page_by_page() -> None:
    manager = visitor("danhmuc", at=now())
    for _ in range(12):
        record(manager, "đã dán cả bộ", "?sector=dat-dai")
    page = manager.get("/posting/prints").content.decode()
    assert page.count('<th scope="row"') == 10
    older = re.search(r'rel="next" href="([^"]+)"', page)
    assert older is not None
    rest = manager.get("/posting/prints" + older[1].replace("&amp;", "&")).content.decode()
    assert rest.count('<th scope="row"') == 2


def test_too_many_papers_are_asked_for_by_sector(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prints, "MOST_PAPERS", 10)
    manager = visitor("truongquay", at=now())
    answer = manager.get(f"/posting/{COMMUNE}/sheets.pdf")
    assert answer.status_code == 422
    assert "từng lĩnh vực" in answer.content.decode()
    assert manager.get(f"/posting/{COMMUNE}/sheets.pdf?sector=khong-co").status_code == 422
    assert manager.get(f"/posting/{COMMUNE}/poster.pdf?sector=dat-dai").status_code == 200


def test_the_page_asks_the_database_as_often_for_many_changes_as_for_none() -> None:
    manager = visitor("truongquay", at=now())
    record(manager, "đã dán cả bộ")
    manager.get("/posting/prints")
    with statements(most=9):
        manager.get("/posting/prints")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO catalogue_promise (id, procedure_id, agency, variant, channel, value, unit, basis, valid_from)"
            " SELECT gen_random_uuid(), procedure_id, %s, body->'variants'->0->>'code',"
            " body->'variants'->0->'channels'->0->>'channel', '1', 'working_hour', 'QĐ 1', '2026-01-01'"
            " FROM catalogue_version",
            [COMMUNE],
        )
    manager.get("/posting/prints")
    with statements(most=12):
        page = manager.get("/posting/prints").content.decode()
    assert page.count("1 giờ làm việc (cam kết") >= 50


def test_every_place_of_a_paper_has_its_name_in_both_languages() -> None:
    found, _head, posted = wall()
    said = {part.name for one in posted for part in sheet_of(one, found.agency).parts}
    assert said <= set(NAMES)
    assert all(name.en and name.en != name.vi for name in NAMES.values())
