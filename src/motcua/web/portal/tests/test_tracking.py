"""What a citizen reads of a dossier in each situation, and what it costs."""

import pytest
from django.test import Client
from tests.support.acts import act, moment
from tests.support.lives import row_of
from tests.support.pages import visitor
from tests.support.site import pages_at
from tests.support.situations import SITUATIONS, dossier_in, sent_by_post
from tests.support.statements import statements

from motcua.dossiers.record import as_row
from motcua.dossiers.row import EMPTY, Row
from motcua.dossiers.states import LABELS, State
from motcua.dossiers.tracked import token_of
from motcua.flows import progress
from motcua.web.common.situations import situation
from motcua.web.portal.tests.conftest import AT

ADDRESS = "Thôn Trung Tâm, Xã Mẫu, Tỉnh Mẫu"
# Who has the dossier, as the page says it; nothing for one that has ended.
HELD = {
    "submitted": "Trung tâm Phục vụ hành chính công, Ủy ban nhân dân Xã Mẫu",
    "received": "Văn phòng HĐND và UBND, Ủy ban nhân dân Xã Mẫu",
    "in_process": "Văn phòng HĐND và UBND, Ủy ban nhân dân Xã Mẫu",
    "examined": "Lãnh đạo UBND, Ủy ban nhân dân Xã Mẫu",
    "approved": "Văn phòng HĐND và UBND, Ủy ban nhân dân Xã Mẫu",
    "supplement_requested": "Ông/bà (cơ quan đang chờ)",
    "suspended": "Văn phòng HĐND và UBND, Ủy ban nhân dân Xã Mẫu",
    "decided": "Trung tâm Phục vụ hành chính công, Ủy ban nhân dân Xã Mẫu",
    "ready": "Trung tâm Phục vụ hành chính công, Ủy ban nhân dân Xã Mẫu",
    "proposed": "Văn phòng HĐND và UBND, Ủy ban nhân dân Xã Mẫu",
    "corrected": "Văn phòng HĐND và UBND, Ủy ban nhân dân Xã Mẫu",
    "reopened": "Văn phòng HĐND và UBND, Ủy ban nhân dân Xã Mẫu",
    "revoked": "Trung tâm Phục vụ hành chính công, Ủy ban nhân dân Xã Mẫu",
}
BADGE = {
    "submitted": "Quá hạn 1 ngày",
    "received": "Còn 1 ngày",
    "supplement_requested": "Đang tạm dừng tính hạn",
    "suspended": "Đang tạm dừng tính hạn",
    "decided": "Xong, đúng hạn",
    "ready": "Xong, đúng hạn",
    "returned": "Xong, đúng hạn",
    "reopened": "Xong, đúng hạn",
    "revoked": "Xong, đúng hạn",
}
UNTIMED = ("refused", "withdrawn", "stopped", "void")


def follow(citizen: Client, row: Row) -> str:
    citizen.get(f"/t/{token_of(row)}")
    return citizen.get("/tracking").text


@pytest.mark.parametrize("name", SITUATIONS)
def test_each_situation_in_plain_words(citizen, name):
    row = dossier_in(name, since=moment(24, 9))
    page = follow(citizen, row)
    said = situation(row)
    assert row["code"] in page
    assert LABELS[State(row["state"])].vi in page
    assert said.now.vi in page
    assert said.then.vi in page
    assert ("Việc ông/bà cần làm" in page) is (said.do is not None)
    assert ("Đang ở" in page) is (row["holder_kind"] != "none")
    assert name not in HELD or row["holder_kind"] != "none"
    assert HELD.get(name, "") in page
    assert ADDRESS in page
    # Received for another agency, it has an expected date; the firm one comes with that agency's acceptance.
    assert ("Hẹn trả:" in page) is (name not in (*UNTIMED, "submitted", "for_next"))
    assert BADGE.get(name, "") in page
    assert ("Tiếp nhận lúc" in page) is (name not in ("submitted", "refused"))
    assert ('hx-trigger="every 60s"' in page) is not said.is_over


def test_every_state_of_the_table_has_its_words():
    for state in State:
        row = {**EMPTY, "state": state}
        assert situation(row).now.vi.endswith(".")
        assert situation(row).then.en.endswith(".")


def test_who_has_it_and_since_when(citizen):
    page = follow(citizen, dossier_in("in_process", since=moment(24, 9)))
    assert "Hoàng Văn Sơn" in page
    assert "09:00, thứ Hai 24/08/2026" in page
    assert "17:00, thứ Năm 27/08/2026" in page
    assert "Chờ người nhận việc" not in page
    assert "Chờ người nhận việc" in follow(citizen, dossier_in("examined", since=moment(24, 9)))


def test_the_due_date_explains_itself(citizen):
    page = follow(citizen, dossier_in("in_process", since=moment(24, 9)))
    assert "Ngày hẹn trả được tính thế nào?" in page
    assert "BLDS 2015 Đ147" in page


def test_what_is_missing_and_what_came_in(citizen):
    row = dossier_in("supplement_requested", since=moment(24, 9))
    page = follow(citizen, row)
    assert "<li>Trích lục ghi chú ly hôn bản chính.</li>" in page
    assert "<li>Văn bản ủy quyền có chứng thực chữ ký.</li>" in page
    act("tiepnhan1", moment(24, 15), progress.supply, code=row["code"], items=["1"])
    page = follow(citizen, row)
    assert "Trích lục ghi chú ly hôn bản chính." not in page
    assert "<li>Văn bản ủy quyền có chứng thực chữ ký.</li>" in page


def test_a_result_on_the_shelf_says_where_and_when(citizen):
    page = follow(citizen, dossier_in("ready", since=moment(24, 9)))
    assert "Mang giấy tiếp nhận và giấy tờ tùy thân" in page
    assert "0299 000 101" in page
    assert "07:30–11:30" in page
    assert "13:00–17:00" in page
    assert "thứ Ba 01/09/2026: nghỉ (Quốc khánh)" in page
    assert "12/UBND-XN" in page


def test_late_is_called_late(citizen):
    row = dossier_in("in_process", since=moment(24, 9))
    with pages_at(moment(28, 8)):
        assert "Quá hạn dưới 1 giờ làm việc" in follow(citizen, row)


def test_history_is_told_without_names(citizen):
    row = dossier_in("returned", since=moment(24, 9), name="Kiều Thị Chim Yến", number="001190000001")
    page = follow(citizen, row)
    assert page.index("Trả kết quả trực tiếp") < page.index("Tiếp nhận hồ sơ đủ và hợp lệ")
    for secret in ("Kiều Thị", "001190000001", "Lê Văn Tám", "0912345678"):
        assert secret not in page


@pytest.mark.parametrize("name", SITUATIONS)
def test_it_costs_four_statements(citizen, name):
    follow(citizen, dossier_in(name, since=moment(24, 9)))
    with statements(most=4):
        assert citizen.get("/tracking").status_code == 200


def test_asked_again_it_answers_only_when_something_changed(citizen):
    row = dossier_in("in_process", since=moment(24, 9))
    seen = follow(citizen, row).split("?seen=")[1].split('"')[0]
    again = {"HX-Request": "true"}
    assert citizen.get(f"/tracking?seen={seen}", headers=again).status_code == 204
    with pages_at(moment(27, 8)):  # the day it is due
        assert citizen.get(f"/tracking?seen={seen}", headers=again).status_code == 200
    act("tuphap1", moment(25, 9), progress.step, code=row["code"], outcome="granted")
    news = citizen.get(f"/tracking?seen={seen}", headers=again)
    assert news.status_code == 200
    assert news.text.lstrip().startswith('<div id="tracking"')
    assert "Hồ sơ vừa có thay đổi:" in news.text
    assert "<html" not in news.text


def test_a_closed_dossier_sends_the_asking_page_away(citizen):
    answer = citizen.get("/tracking?seen=1", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/track")


def test_in_english(citizen):
    row = dossier_in("ready", since=moment(24, 9))
    citizen.cookies["motcua_language"] = "en"
    page = follow(citizen, row)
    assert 'lang="en"' in page
    assert "Certificate of marital status" in page
    assert "The result is at the desk: please collect it." in page
    assert "One-stop centre" in page
    assert "Tuesday 1 September 2026: closed (National Day)" in page


def test_the_start_page(citizen):
    citizen.get("/")  # names of agencies and units are read once a process
    with statements(most=6):
        page = citizen.get("/").text
    assert "Ủy ban nhân dân Xã Mẫu" in page
    assert "Đây là hệ thống dùng thử" in page
    assert 'action="/track"' in page
    assert 'action="/procedures"' in page
    assert visitor("tiepnhan1", at=AT).get("/").status_code == 200


def test_what_the_post_has_is_not_at_the_desk(citizen):
    _, code = sent_by_post(moment(24, 9))
    row = as_row(*zip(*row_of(code).items(), strict=True))

    page = follow(citizen, row)

    assert "Kết quả đang được bưu chính chuyển đến ông/bà." in page
    assert "mời ông/bà đến nhận" not in page
