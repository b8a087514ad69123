"""Pages of what was announced elsewhere: in its own words, once, and saying what is not known."""

import pytest
from django.test import Client
from django.utils.html import strip_tags
from tests.support.acts import moment
from tests.support.announced import announced
from tests.support.world import COMMUNE, OTHER_COMMUNE

from motcua.postings.board import board
from motcua.web.portal import choices, guide

BEFORE = moment(24, 8, 0)


def page(client: Client, **changes: object) -> str:
    answer = client.get(f"/procedures/{announced(BEFORE, **changes)}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def way(**changes: object) -> dict[str, object]:
    return {"THOIGIANGIAIQUYET": "5", "DONVITINH": "Ngày làm việc", "MOTA": "", "PHILEPHI": [], **changes}


def test_a_bare_announcement_says_so_once(citizen: Client) -> None:
    bare = page(citizen, CACHTHUCTHUCHIEN=[], THANHPHANHOSO=[], KETQUATHUCHIEN=[])
    assert "Bản công bố chỉ có tên thủ tục" in bare
    assert "Cần mang gì?" not in bare
    assert "Sở Thử nghiệm" in bare
    assert "Bản công bố chỉ có tên thủ tục" not in page(citizen)


def test_a_zero_is_not_said_to_be_free(citizen: Client) -> None:
    zero = {"MAPHILEPHI": "", "SOTIEN": "0", "DONVI": "Đồng", "MOTA": ""}
    told = page(citizen, CACHTHUCTHUCHIEN=[{"KENH": "1", "THOIGIAN": [way(PHILEPHI=[zero])]}])
    assert "chưa rõ là không thu hay chưa ghi" in told
    assert "không thu</strong>" not in told


def test_what_a_limit_says_is_not_said_again(citizen: Client) -> None:
    ways = [{"KENH": each, "THOIGIAN": [way()]} for each in "123"]
    assert strip_tags(page(citizen, CACHTHUCTHUCHIEN=ways)).lower().count("5 ngày làm việc") == 1
    same = [{"KENH": each, "THOIGIAN": [way(MOTA="Trừ ngày lễ")]} for each in "123"]
    assert page(citizen, CACHTHUCTHUCHIEN=same).count("Trừ ngày lễ") == 1


def test_no_day_is_reckoned_where_nobody_here_takes_it(citizen: Client) -> None:
    told = page(citizen, CACHTHUCTHUCHIEN=[{"KENH": "1", "THOIGIAN": [way()]}])
    assert "5 ngày làm việc" in told
    assert "thì hẹn trả" not in told
    assert "thì hẹn trả" in citizen.get("/procedures/1.004873").content.decode()


def test_long_texts_keep_their_lines_and_are_opened(citizen: Client) -> None:
    long = "- Điều kiện thứ nhất;\n" + "- và điều kiện khác nữa;\n" * 60
    told = page(citizen, YEUCAU=long, TENTTHC="Cấp giấy " * 30)
    assert "<summary>Điều kiện thứ nhất;" in told
    assert "- và điều kiện khác nữa;\n- và" in told
    assert 'class="long"' in told


def test_a_choice_that_changes_nothing_is_not_asked(citizen: Client) -> None:
    ways = [{"KENH": each, "THOIGIAN": [way()]} for each in "12"]
    assert "Nộp cách nào?</legend>" not in page(citizen, CACHTHUCTHUCHIEN=ways)
    assert "Khi nộp:" not in page(citizen, CACHTHUCTHUCHIEN=ways)


def test_the_list_is_narrowed_to_what_an_agency_takes(citizen: Client) -> None:
    def taken(agency: str) -> str:
        answer = citizen.get("/procedures", {"agency": agency, "q": "kết hôn"})
        return str(answer.content.decode())

    assert "1.000894" in taken(COMMUNE)
    assert "1.004194" not in citizen.get("/procedures", {"agency": COMMUNE, "q": "tạm trú"}).content.decode()
    here = board(COMMUNE, on=BEFORE.date())
    assert f"{len(here.listed)} thủ tục" in citizen.get("/procedures", {"agency": COMMUNE}).content.decode()
    assert all("1.000894" in taken(odd) for odd in ("H11.22", "x" * 300))


def test_a_province_full_of_desks_is_a_list_to_open(citizen: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guide, "agencies_running", lambda **_: [COMMUNE, OTHER_COMMUNE])
    address = "/procedures/1.004873"
    few = citizen.get(address).content.decode()
    assert f'value="{OTHER_COMMUNE}"' in few
    assert "nơi khác nhận thủ tục này" not in few
    monkeypatch.setattr(guide, "MOST_DESKS", 1)
    monkeypatch.setattr(choices, "MOST_BUTTONS", 1)
    assert "Còn 1 nơi khác nhận thủ tục này" in citizen.get(address).content.decode()
    chosen = citizen.get(f"{address}?agency={OTHER_COMMUNE}").content.decode()
    assert f'<option value="{OTHER_COMMUNE}" selected>' in chosen
