"""The list of whom to telephone says whom to call, and why no message told them."""

from datetime import timedelta

import pytest
from tests.support.acts import act, moment, open_day
from tests.support.html import Page
from tests.support.outlets import outlets
from tests.support.pages import visitor
from tests.support.site import pages_at
from tests.support.told import MINUTE, MORNING, follow, in_supplement, nothing_is_news, owed, send, tried

from motcua.flows import progress
from motcua.kernel.time import now
from motcua.web.desk.tests.support import NAME

pytestmark = pytest.mark.django_db


def test_who_is_to_be_telephoned_stands_there_with_number_and_fault():
    nothing_is_news()
    with outlets() as out:
        out.sms.mode = "refuse"
        code = in_supplement(email="", phone="0912345678")
        tried(MORNING + timedelta(minutes=5), times=3)
    with pages_at(MORNING + timedelta(days=2)):
        page, others = (
            visitor(login, at=MORNING + timedelta(days=2)).get("/transfers?show=to_tell").text
            for login in ("tiepnhan1", "truongquay")
        )
    assert code in page
    assert 'href="tel:0912345678"' in page
    assert NAME in page, "who is called is called by their name"
    assert "Giấy tờ còn thiếu: " in page
    assert "Giấy tờ còn thiếu: <" not in page.replace("\n", "")
    assert NAME not in others
    with pages_at(MORNING + timedelta(days=2)):
        sheets = [
            visitor(login, at=MORNING + timedelta(days=2)).get(f"/dossiers/{code}").text
            for login in ("tiepnhan1", "tuphap1")
        ]
    assert ["/transfers?show=to_tell" in sheet for sheet in sheets] == [True, False], "the desk telephones"
    assert "Tin nhắn SMS: " in page
    assert code in others
    assert "0912345678" not in others, "who does not call opens the dossier, which leaves a line"


def two_words() -> str:
    """A dossier whose applicant is owed a word about papers and one about a delay."""
    code = in_supplement(email="", phone="0912345678")
    at = MORNING + 5 * MINUTE
    day = open_day(moment(28, 9).date())
    act("chutich", at, progress.notify_delay, code=code, apology_date=day, reason="Chờ trả lời.")
    follow(at)
    send(at)
    return code


def test_what_stays_unticked_stays_on_the_list():
    nothing_is_news()
    code, desk = two_words(), visitor("tiepnhan1", at=now())
    page = desk.get("/transfers?show=to_tell").text
    assert 'Chậm hẹn, hẹn lại: <strong class="nowrap">03/09/2026' in page
    papers, delay = owed(code)
    told = Page(page).form("word").sent({}) | {"way": "phone"}
    none = desk.post("/transfers", {**told, "word": []})
    assert (none.status_code, owed(code)) == (422, [papers, delay])
    assert "Hãy chọn việc đã báo cho người dân." in none.text
    desk.post("/transfers", {**told, "word": [str(papers)]})
    assert owed(code) == [delay]
    stale = desk.post("/transfers", {**told, "word": [str(papers)], "idempotency_key": "another"})
    assert (stale.status_code, owed(code)) == (409, [delay])
    assert "vừa có tin mới hơn" in stale.text


def test_who_has_no_number_is_said_to_have_none_and_the_dossier_is_near():
    nothing_is_news()
    code = in_supplement(email="", phone="")
    send(MORNING + 4 * MINUTE)
    desk, leader = (visitor(login, at=now()) for login in ("tiepnhan1", "truongquay"))
    page = desk.get("/transfers?show=to_tell").text
    hint = "Không có số điện thoại: xem cách liên hệ khác trong hồ sơ"
    assert f'href="/dossiers/{code}">{hint}</a>' in page
    assert hint not in leader.get("/transfers?show=to_tell").text, (
        "who does not call is shown no number of anybody"
    )
