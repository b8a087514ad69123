"""The signing room: for whom somebody waits, what is due, the rest; each dossier in one part, one after the other."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from tests.support.acts import moment, open_day
from tests.support.site import pages_at
from tests.support.statements import statements
from tests.support.world import viewer

from motcua.dossiers import worklist
from motcua.dossiers.worklist import ROOMS, Sought
from motcua.flows import delays, interests
from motcua.kernel.time import local, now
from motcua.processes.selectors import approvals_of
from motcua.web.desk.tests.support import Story, browser, day_fields, row_of
from motcua.web.desk.tests.test_lists import codes, text

pytestmark = pytest.mark.django_db
NOW = moment(26, 11)
WHO = 1


def in_room(room: str, login: str = "chutich") -> list[str]:
    page = worklist.inbox(viewer=viewer(login, at=NOW), at=NOW, sought=Sought(room=room))
    return [one.line.code for one in page.lines]


def test_the_order_of_the_room() -> None:
    waits = Story(begins=moment(26, 8), procedure="2.000635").proposed().code
    yesterday = Story(begins=moment(25, 8), procedure="2.000635").proposed().code
    by_post = Story(begins=moment(26, 8), procedure="2.000635", return_way="post").proposed().code
    late = Story(begins=moment(17, 9)).proposed().code
    rest = Story(begins=moment(26, 8)).proposed().code
    Story(begins=moment(26, 8), procedure="2.000635").started()  # not to be signed
    Story(begins=moment(24, 8)).approved()  # signed
    assert in_room("waiting") == [waits]
    assert in_room("today") == [late, yesterday, by_post]
    assert in_room("rest") == [rest]
    counts = worklist.rooms(viewer=viewer("chutich", at=NOW), at=NOW)
    assert counts == {"waiting": 1, "today": 3, "rest": 1, "letters": 0}
    everything = worklist.inbox(viewer=viewer("chutich", at=NOW), at=NOW, sought=Sought(work="sign"))
    parts = [code for room in ROOMS for code in in_room(room)]
    assert sorted(parts) == sorted(one.line.code for one in everything.lines), "each in one part"
    assert in_room("waiting", "chutich.mauhai") == []
    with pages_at(NOW):
        page = text(browser("chutich", at=NOW), "/signing")
    assert codes(page) == [waits], "it opens where somebody waits"
    assert "người dân đang chờ tại quầy" in page
    assert "Hạn hôm nay hoặc đã quá: 3" in page


def test_a_section_head_finds_what_their_seat_approves() -> None:
    story = Story(begins=moment(26, 8)).started()
    row = row_of(story.code)
    signs = frozenset({(row["process_version"], row["step"])})
    who = viewer("tuphap1", at=NOW)
    page = worklist.inbox(viewer=who, at=NOW, sought=Sought(room="rest", signs=signs))
    assert [one.line.code for one in page.lines] == [story.code]
    assert worklist.rooms(viewer=who, at=NOW, signs=signs) == {
        "waiting": 0,
        "today": 0,
        "rest": 1,
        "letters": 0,
    }
    assert worklist.inbox(viewer=who, at=NOW, sought=Sought(room="rest")).lines == ()
    approvals = approvals_of("chair", agencies={row["competent_agency"]})
    assert (row["process_version"], row["step"] + 1) in approvals
    assert not approvals & signs
    assert browser("truongphong.soxaydung").get("/signing").status_code == 200


def test_what_a_leader_may_not_sign_says_why() -> None:
    theirs = (
        Story(begins=moment(17, 9)).proposed().then("chutich", interests.declare, kind="family", reason="Em.")
    )
    free = Story(begins=moment(17, 9)).proposed()
    with pages_at(NOW):
        mine, others = (text(browser(login, at=NOW), "/signing") for login in ("chutich", "phochutich"))
    assert set(codes(mine)) == set(codes(others)) == {theirs.code, free.code}
    assert (mine.count("</strong> Bạn đã khai xung đột"), others.count("Bạn không được ký")) == (1, 0)


def test_a_room_of_three_statements() -> None:
    Story().proposed()
    client = browser("chutich")
    client.get("/signing")
    with statements(most=WHO + 3):
        assert client.get("/signing").status_code == 200


@pytest.mark.parametrize("login", ["tuphap1", "tiepnhan1", "truongquay", "thanhtra", "kythuat"])
def test_it_is_for_leaders(login: str) -> None:
    Story().proposed()
    answer = browser(login).get("/signing")
    assert answer.status_code == 403
    assert "H99.01.01-" not in answer.content.decode()


def test_after_a_signature_comes_the_next_dossier() -> None:
    begins = now() - timedelta(days=30)
    first, second = (Story(begins=begins + timedelta(days=n)).proposed() for n in range(2))
    client = browser("chutich")
    page = text(client, "/signing")
    assert codes(page) == [first.code, second.code]
    assert "autofocus" in page
    (begin,) = re.findall(r'class="button " href="(/dossiers/[^"]+)" autofocus', page)
    page = text(client, begin)
    assert "Phòng ký" in page
    act = re.findall(r'href="(/dossiers/[^/"]+/step\?in=[^"]+)"', page)[0]
    done = client.post(act, {"outcome": "granted", "idempotency_key": "k"}, follow=True)
    assert urlsplit(done.redirect_chain[-1][0]).path == f"/dossiers/{second.code}"
    assert "Đã ghi nhận: Duyệt và ký." in done.content.decode()
    assert row_of(first.code)["approval"] is not None
    back = re.findall(r'href="(/dossiers/[^/"]+/return_step\?in=[^"]+)"', done.content.decode())[0]
    fields = {"to": "examine", "reason": "Thiếu căn cứ.", "idempotency_key": "k2"}
    end = client.post(back, fields, follow=True)
    assert end.redirect_chain[-1][0].startswith("/signing")
    assert "Không có hồ sơ nào chờ ký ở đây" in end.content.decode()
    assert row_of(second.code)["returned"]


def test_a_letter_whose_day_has_passed_says_what_to_do_about_it() -> None:
    story = Story(begins=now() - timedelta(days=21)).started()
    passed = open_day(local(row_of(story.code)["due_at"]).date())
    story.then("tuphap1", delays.prepare, apology_date=passed, cause="verification", reason="Chờ trả lời.")
    chair, there = browser("chutich"), f"/dossiers/{story.code}/notify_delay"
    assert "đặt ngày mới hoặc trả lại" in text(chair, "/signing?room=letters")
    assert "Lãnh đạo đặt ngày mới khi ký, hoặc trả lại." in text(chair, f"/dossiers/{story.code}")
    page = chair.get(there).content.decode()
    assert f'href="/dossiers/{story.code}/send_back_delay"' in page
    day, month, year = map(int, re.findall(r'name="apology_date_\d" value="(\d+)"', page))
    assert date(year, month, day) > local(now()).date(), "by the forecast"
    fields = {"signs": str(row_of(story.code)["delay"]["seq"]), "idempotency_key": "k"}
    assert chair.post(there, fields).status_code == 422
    soon = open_day(local(now()).date())
    told = chair.post(there, {**fields, **day_fields("apology_date", soon)}, follow=True).content.decode()
    assert ("sớm hơn dự báo" in told) == (soon < date(year, month, day)), "signed, and said"
    assert row_of(story.code)["apology_date"] == soon
    again = f"Hẹn lại {soon:%d/%m/%Y}"
    standing = told.partition('<p class="standing">')[2].partition("</p>")[0]
    assert again in standing
    assert f"{local(row_of(story.code)['due_at']):%d/%m/%Y}" in standing, "the old promise stays"
    assert again in text(browser("tuphap1"), "/inbox")


def test_the_preparers_page_says_what_the_forecast_does() -> None:
    story, fine = Story(begins=moment(17, 9)).started().consulted(), Story(begins=moment(26, 8)).started()
    with pages_at(NOW):
        clerk, chair = browser("tuphap1", at=NOW), browser("chutich", at=NOW)
        page = clerk.get(f"/dossiers/{story.code}/prepare_delay").text
        for client, act in ((clerk, "prepare_delay"), (chair, "notify_delay")):
            warned = client.get(f"/dossiers/{fine.code}/{act}").text
            assert "Theo dự báo, hồ sơ xong đúng hẹn" in warned
        asking = clerk.get(f"/dossiers/{fine.code}/consult").text
    assert "Chờ hết hạn trả lời đặt sẵn thì hồ sơ trễ hẹn" in asking
    assert "Theo dự báo, hồ sơ xong đúng hẹn" not in page
    assert re.search(r'name="cause" value="opinion"[^>]* checked', page)
    assert "Chờ ý kiến hoặc kết quả của" in page
    assert "đã quá hẹn trả" in page
