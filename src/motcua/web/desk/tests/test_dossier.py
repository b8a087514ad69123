"""One dossier on one page."""

import re
from datetime import date, datetime
from html import unescape

import pytest
from django.db import connection
from tests.support.acts import moment
from tests.support.site import pages_at
from tests.support.world import viewer

from motcua.access_log.selectors import looks_at
from motcua.dossiers.operations import IssuedPaper
from motcua.flows import progress, results
from motcua.kernel.time import now
from motcua.web.desk.tests.support import NAME, RESULT, Story, browser

pytestmark = pytest.mark.django_db
NOW = moment(26, 9)
NUMBER = "012345678901"


def page_of(code: str, login: str = "tuphap1", *, at: datetime = NOW) -> str:
    """The page as this person sees it on 26 August."""
    with pages_at(at):
        answer = browser(login, at=at).get(f"/dossiers/{code}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def words(page: str) -> str:
    """What a reader reads."""
    main = page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def section(page: str, name: str) -> str:
    """The words of a section by the id of its heading."""
    inside = page.partition(f'aria-labelledby="{name}_title">')[2].partition("</section>")[0]
    return words(f"<main>{inside}</main>")


def test_the_head_says_what_where_and_by_when() -> None:
    story = Story(begins=moment(24, 9, 10)).started()
    page = page_of(story.code)
    told = words(page)
    assert f"Thủ tục cấp Giấy xác nhận tình trạng hôn nhân {story.code}" in told
    assert "Đang xử lý Hẹn trả: Còn 1 ngày làm việc 17:00, thứ Năm 27/08/2026" in told
    assert "Bước 2: Thẩm tra" in told
    assert "Hạn hôm nay, 11:30" in told
    assert section(page, "holder") == (
        "Đang ở đâu Hoàng Văn Sơn Văn phòng HĐND và UBND Công chức Tư pháp - Hộ tịch Từ 10:10, thứ Hai 24/08/2026"
    )


def test_the_clock_explains_itself_in_both_languages() -> None:
    code = Story(begins=moment(24, 9, 10)).started().code
    lines = re.findall(r"<li>(.*?)</li>", page_of(code).partition('class="lines"')[2].partition("</ol>")[0])
    assert [re.split(r' <span class="basis">|</span>', line)[:2] for line in lines] == [
        [
            "Mốc tính 09:10 thứ Hai 24/08/2026: ngày này là ngày 0, bắt đầu đếm từ ngày hôm sau.",
            "(BLDS 2015 Đ147.3; NĐ 118/2025/NĐ-CP Đ17.3)",
        ],
        [
            "Thời hạn 3 ngày làm việc: đếm đến thứ Năm 27/08/2026.",
            "(BLDS 2015 Đ148.2; BLLĐ 2019 Đ112)",
        ],
        [
            "Hạn trả kết quả: 17:00 thứ Năm 27/08/2026 (giờ đóng cửa).",
            "(Quy tắc vn-2026, khoản 1)",
        ],
    ]
    with pages_at(NOW):
        english = browser("tuphap1", at=NOW, language="en").get(f"/dossiers/{code}").content.decode()
    assert "The limit is 3 working days: counted to Thursday 27 August 2026." in english


def test_people_are_shown_whole_and_numbers_behind_a_disclosure() -> None:
    code = Story(begins=moment(24, 9), number=NUMBER).code
    page = page_of(code)
    people = section(page, "people")
    assert NAME in people
    assert "0912345678" in people
    assert "Thôn Trung Tâm, Xã Mẫu" in people
    hidden = re.search(r'<details class="inline"><summary>(.*?)</summary>(.*?)</details>', page, re.DOTALL)
    assert hidden is not None
    assert NUMBER not in hidden[1]
    assert "•••••••••901" in hidden[1]
    assert NUMBER in hidden[2]
    assert page.count(NUMBER) == 1


def test_the_routing_slip_tells_each_stay_and_which_was_late() -> None:
    story = Story(begins=moment(24, 8)).started()
    story.then("tuphap1", progress.step, outcome="granted", hours=50)  # 26/8 11:00, in time
    story.then("chutich", progress.return_step, to="examine", reason="Thiếu trích yếu.", hours=1)
    story.then("tuphap1", progress.step, outcome="granted", hours=48)  # 28/8 12:00, late
    slip = section(page_of(story.code, at=moment(28, 15)), "slip")
    work = "Thẩm tra tính thống nhất, hợp lệ của thông tin và giấy tờ; dự thảo kết quả"
    approve = "Duyệt: hợp lệ thì ký; chưa hợp lệ thì trả lại người thụ lý kèm lý do"
    assert slip == (
        "Phiếu kiểm soát quá trình Các bước đã qua Bước Chuyển đến Hạn Xong Người làm Kết quả"
        f" 2. {work} 08:00 24/08/2026 nhận việc 09:00 24/08/2026 11:30 26/08/2026 11:00 26/08/2026"
        " Hoàng Văn Sơn Đồng ý giải quyết"
        f" 3. {approve} 11:00 26/08/2026 17:00 26/08/2026 12:00 26/08/2026 Phan Văn Thắng Trả lại bước trước"
        f" 2. {work} 12:00 26/08/2026 11:30 26/08/2026 12:00 28/08/2026 trễ"
        " Hoàng Văn Sơn Đồng ý giải quyết"
        f" 3. {approve} 12:00 28/08/2026 17:00 26/08/2026 chờ nhận việc trễ Xem sơ đồ các bước"
    )


def test_the_history_is_told_in_sentences_with_their_reasons() -> None:
    story = Story(begins=moment(24, 8)).proposed(note="Hồ sơ hợp lệ.")
    story.then("chutich", progress.return_step, to="examine", reason="Thiếu trích yếu.")
    history = section(page_of(story.code), "history")
    assert history == (
        "Lịch sử, mới nhất trước"
        " Trả từ bước 3 về bước 2. Thiếu trích yếu. 11:00, thứ Hai 24/08/2026 · Phan Văn Thắng, Chủ tịch UBND"
        " Hoàn thành bước 2, trình: đồng ý giải quyết. Hồ sơ hợp lệ. 10:00, thứ Hai 24/08/2026"
        " · Hoàng Văn Sơn, Công chức Tư pháp - Hộ tịch"
        " Nhận việc, bắt đầu giải quyết. 09:00, thứ Hai 24/08/2026 · Hoàng Văn Sơn, Công chức Tư pháp - Hộ tịch"
        " Tiếp nhận hồ sơ đủ và hợp lệ; hẹn trả 17:00 27/08/2026. 08:00, thứ Hai 24/08/2026"
        " · Nguyễn Thị Thu Hà, Công chức tiếp nhận"
    )


def test_why_a_step_came_back_stands_at_the_top_until_it_is_done_again() -> None:
    story = Story(begins=moment(24, 8)).proposed(note="Hồ sơ hợp lệ.")
    story.then("chutich", progress.return_step, to="examine", reason="Thiếu trích yếu.")
    top = words(page_of(story.code)).partition("Đang ở đâu")[0]
    assert "Trả từ bước 3 về bước 2. Thiếu trích yếu. Phan Văn Thắng, Chủ tịch UBND" in top
    assert "Đề xuất đã trình" not in page_of(story.code), "what was proposed is to be looked at anew"
    story.then("tuphap1", progress.step, outcome="granted", note="Đã bổ sung trích yếu.")
    again = page_of(story.code)
    assert again.count("Thiếu trích yếu.") == 1, "in the history only"
    assert "Đề xuất đã trình" in again


def test_what_lies_open_is_said_at_the_top() -> None:
    asked = page_of(Story(begins=moment(24, 8)).started().asked().code)
    assert "Đang chờ người dân bổ sung giấy tờ (lần 1)" in asked
    assert "Tờ khai cấp Giấy xác nhận tình trạng hôn nhân theo mẫu: Chưa ký tên." in words(asked)
    assert "Chờ bổ sung giấy tờ Hẹn trả: Đang tạm dừng tính hạn" in words(asked)
    assert section(asked, "holder").startswith("Đang ở đâu Chủ hồ sơ")

    partly = Story(begins=moment(24, 8)).started().asked().then("tiepnhan1", progress.supply, items=["1"])
    assert "Chưa ký tên. đã nhận Bản dịch có chứng thực." in words(page_of(partly.code))

    paused = words(page_of(Story(begins=moment(24, 8)).started().suspended().code))
    assert "Chờ nơi khác trả lời xác minh tình trạng hôn nhân (123/2015/NĐ-CP, Điều 22)." in paused
    assert "Từ 10:00, thứ Hai 24/08/2026, chậm nhất đến 17:00, thứ Hai 14/09/2026." in paused
    assert "Đã quá hạn tạm dừng" not in paused

    sorry = Story(begins=moment(24, 8)).started()
    sorry.then("chutich", progress.notify_delay, apology_date=date(2026, 9, 4), reason="Người ký đi vắng.")
    told = words(page_of(sorry.code))
    assert "Đã xin lỗi và hẹn lại ngày 04/09/2026" in told
    assert "Còn 1 ngày làm việc" in told, "the due date is what it was"


def test_a_suspension_past_its_longest_is_proposed_for_resuming() -> None:
    code = Story(begins=moment(3, 8)).started().suspended().code
    with pages_at(now()):
        page = browser("chutich").get(f"/dossiers/{code}").content.decode()
    assert "Đã quá hạn tạm dừng: hãy tiếp tục giải quyết." in page


def test_the_result_with_its_number_and_signer() -> None:
    paper = IssuedPaper(role="result", kind=RESULT, number="12/UBND-XN", date=date(2026, 8, 24))
    story = Story(begins=moment(24, 8)).approved().then("vanthu", progress.decide, papers=[paper])
    story.then("tiepnhan1", results.make_available, shelf="A3")
    page = page_of(story.code, "tiepnhan1")
    assert section(page, "result") == (
        "Kết quả Số 12/UBND-XN , 24/08/2026 Đồng ý giải quyết Phan Văn Thắng, Chủ tịch UBND"
        " Sẵn sàng tại quầy từ 13:00, thứ Hai 24/08/2026."
    )
    assert "Xong, đúng hạn" in page
    assert f'href="/dossiers/{story.code}/receipt.pdf"' in page


def test_a_submitted_dossier_shows_the_eight_hours_and_no_due_date() -> None:
    told = words(page_of(Story(begins=moment(26, 8), submitted=True).code, "tiepnhan1"))
    assert "Mới đăng ký Trả lời người nộp: Còn 7 giờ làm việc 08:00, thứ Năm 27/08/2026" in told
    assert "Hẹn trả" not in told


def test_letters_are_offered_once_there_are_some() -> None:
    story = Story(begins=moment(24, 8)).started()
    assert "/forms/02.pdf" not in page_of(story.code)
    story.asked()
    assert f'href="/dossiers/{story.code}/forms/02.pdf"' in page_of(story.code)
    page = page_of(story.code, "thanhtra")
    assert "/forms/" not in page, "who only oversees prints nothing"
    assert "receipt.pdf" not in page


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"" onmouseover="alert(1)"'])
def test_what_people_typed_is_text(hostile: str) -> None:
    story = Story(begins=moment(24, 8), name=hostile).started()
    story.then("chutich", progress.suspend, ground="verification", reason=hostile)
    for address in ("", "/resume"):
        with pages_at(NOW):
            page = browser("chutich", at=NOW).get(f"/dossiers/{story.code}{address}").content.decode()
        assert hostile not in page


# --- who looks ------------------------------------------------------------


def _looks(code: str) -> list[tuple[str, str]]:
    return [(look.what, look.who) for look in looks_at(code, viewer=viewer("thanhtra"))]


@pytest.mark.parametrize("login", ["tuphap1", "tuphap2", "chutich", "tiepnhan1"])
def test_a_look_within_ones_task_leaves_no_line(login: str) -> None:
    code = Story(begins=moment(24, 8)).started().code
    page_of(code, login)
    assert _looks(code) == []


@pytest.mark.parametrize("login", ["thanhtra", "kinhte", "vanhoa", "vanthu"])
def test_a_look_outside_ones_task_leaves_one(login: str) -> None:
    code = Story(begins=moment(24, 8)).started().code
    assert NAME in page_of(code, login)
    assert _looks(code) == [("read_dossier", str(viewer(login).account))]


def test_the_hotline_sees_the_state_and_nobody() -> None:
    why = {"note": "Lý do riêng của người này.", "basis": "123/2015/NĐ-CP"}
    story = Story(begins=moment(24, 8), number=NUMBER).proposed("refused", **why)
    page = browser("duongday").get(f"/hotline/{story.code}").text
    assert "Đang xử lý" in page
    for secret in (NAME, "Nguyễn T.", NUMBER, "0912345678", "Thôn Trung Tâm, Xã Mẫu", why["note"]):
        assert secret not in page
    assert _looks(story.code) == [("hotline_looked", str(viewer("duongday").account))]


def test_what_was_erased_is_said_to_be() -> None:
    """Content goes by law, the row and its events stay."""
    story = Story(begins=moment(24, 8)).started()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE dossiers_content SET salt = NULL, sealed = NULL, erased_at = now() WHERE dossier = %s",
            [story.row["id"]],
        )
    assert "đã xóa theo quy định" in page_of(story.code)


def test_the_way_is_drawn_with_where_it_is() -> None:
    story = Story(begins=moment(24, 9, 10)).proposed()
    assert f'href="/dossiers/{story.code}/process.svg"' in page_of(story.code)
    with pages_at(NOW):
        drawn = browser("tuphap1", at=NOW).get(f"/dossiers/{story.code}/process.svg")
        assert drawn["Content-Type"].startswith("image/svg+xml")
        here = drawn.text.partition('class="step here"')[2]
        assert "3. Duyệt" in here.partition("<rect")[0]
        assert (drawn.text.count("step here"), drawn.text.count('fill="#e5e7eb"')) == (1, 2)
        assert NAME not in drawn.text
        for login in ("tuphap1.mauhai", "duongday"):
            assert browser(login, at=NOW).get(f"/dossiers/{story.code}/process.svg").status_code in (403, 404)
        before = Story(begins=moment(24, 9, 20), submitted=True).code
        assert browser("tiepnhan1", at=NOW).get(f"/dossiers/{before}/process.svg").status_code == 404
