"""The calendar's pages: published once, by whom it may, after what was shown; then the people concerned are told."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from tests.support.html import Page
from tests.support.lives import row_of
from tests.support.pages import plain_static, visitor
from tests.support.site import session_of
from tests.support.world import COMMUNE, OTHER_COMMUNE, PASSWORD, actor, intake

from motcua.accounts.operations import SESSION_LIFE
from motcua.calendars.selectors import calendar_of
from motcua.flows.reception import receive
from motcua.kernel.time import local, now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger import dispatcher, sequencer
from motcua.web.setup import calendar_acts

pytestmark = pytest.mark.django_db
PATH = "/calendar/publish"


@pytest.fixture(autouse=True)
def pages():
    with plain_static():
        yield


@pytest.fixture
def dossier():
    """Received now, due in three working days; its code."""
    return received()


def received():
    at = now()
    who = actor("tiepnhan1", at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        return str(receive(intake=intake(), actor=who, at=at).row["code"])


def tomorrow():
    """The next working day."""
    return calendar_of(COMMUNE).next_working_day(local(now()).date())


def typed(day, **more):
    return {
        "kind": "closed",
        "first_0": f"{day.day}",
        "first_1": f"{day.month}",
        "first_2": f"{day.year}",
        "basis": "12/QĐ-UBND",
        "reason": "Nghỉ tránh bão",
        "reason_en": "Storm",
        **more,
    }


def previewed(browser, fields):
    """The answer with the preview, and what its form sends to publish."""
    answer = browser.post(PATH, Page(browser.get(PATH).text).form("basis").sent(fields))
    if answer.status_code != 200:
        return answer, {}
    return answer, Page(answer.text).form("mark").sent({}) | {"do": "publish"}


def work():
    while sequencer.sequence():
        pass
    while dispatcher.dispatch(clock=now):
        pass


def editions(agency=COMMUNE):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM calendars_publishededition WHERE agency = %s", [agency])
        return cursor.fetchone()[0]


def due(code):
    return row_of(code)["due_at"]


def test_a_closure_from_the_form_to_the_word_that_is_owed(dossier):
    chair, before = visitor("chutich", at=now()), due(dossier)
    answer, publishing = previewed(chair, typed(tomorrow()))
    assert "1 hồ sơ dời hạn." in answer.text
    assert dossier in answer.text
    assert "Hẹn muộn hơn: 1" in answer.text
    assert (editions(), due(dossier)) == (0, before), "a preview publishes nothing"

    answer = chair.post(PATH, publishing, follow=True)
    assert "Đã dời 0 trên 1 hồ sơ." in answer.text
    assert 'hx-trigger="every 2s"' in answer.text
    page = answer.redirect_chain[-1][0]
    work()
    assert "Đã dời hạn 1 hồ sơ đang mở." in chair.get(page).text
    assert due(dossier).date() == calendar_of(COMMUNE).next_working_day(local(before).date())
    assert "Đã dời hạn 1 hồ sơ" in chair.get(page).text

    desk = visitor("tiepnhan1", at=now())
    waiting = desk.get("/transfers?show=to_tell").text
    assert dossier in waiting
    assert "trước đây hẹn" in waiting
    assert "Cần gọi điện cho 1 người nộp" in desk.get("/inbox").text
    assert "cần báo cho người dân ngày hẹn trả mới" in desk.get(f"/dossiers/{dossier}").text
    told = Page(waiting).form("word").sent({}) | {"way": "phone"}
    desk.post("/transfers?show=to_tell", told)
    assert row_of(dossier)["to_tell"] is None
    assert "Cần gọi điện cho" not in desk.get("/inbox").text
    assert dossier not in desk.get("/transfers?show=to_tell").text
    history = chair.get("/calendar").text
    assert "12/QĐ-UBND" in history
    assert "Nghỉ tránh bão" in history


def test_sent_twice_it_is_published_once(dossier):
    chair = visitor("chutich", at=now())
    _, publishing = previewed(chair, typed(tomorrow()))
    first, second = (chair.post(PATH, publishing) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert editions() == 1


def test_what_is_no_longer_so_is_shown_again(dossier):
    chair, keeper = visitor("chutich", at=now()), visitor("kythuat", at=now())
    _, publishing = previewed(chair, typed(tomorrow()))
    other = received()
    answer = chair.post(PATH, publishing)
    assert answer.status_code == 409
    assert "2 hồ sơ dời hạn." in answer.text
    assert other in answer.text
    assert editions() == 0
    publishing = Page(answer.text).form("mark").sent({}) | {"do": "publish"}

    hours = typed(tomorrow() + timedelta(days=60), kind="hours", hours="07:00-11:00, 13:00-16:00")
    _, theirs = previewed(keeper, hours)
    assert keeper.post(PATH, theirs).status_code == 302
    answer = chair.post(PATH, publishing)
    assert answer.status_code == 409, "another edition came between"
    again = Page(answer.text).form("mark").sent({}) | {"do": "publish"}
    assert chair.post(PATH, again).status_code == 302
    assert editions() == 2


def test_a_long_preview_is_paged_and_any_page_publishes(dossier, monkeypatch):
    monkeypatch.setattr(calendar_acts, "MOVES_A_PAGE", 1)
    other, chair = received(), visitor("chutich", at=now())
    first, publishing = previewed(chair, typed(tomorrow()))
    assert (dossier in first.text, other in first.text) == (True, False)
    assert "Trang 1 trên 2" in first.text
    second = chair.post(PATH, publishing | {"do": "", "page": "2"})
    assert (dossier in second.text, other in second.text) == (False, True)
    assert chair.post(PATH, publishing | {"do": "", "page": "99"}).text.count("Trang 2 trên 2") == 1
    changed = chair.post(PATH, publishing | {"do": "change"})
    assert Page(changed.text).form("basis").fields["reason"] == ["Nghỉ tránh bão"]
    answer = chair.post(PATH, Page(second.text).form("mark").sent({}) | {"do": "publish"})
    assert answer.status_code == 302
    assert editions() == 1


def test_what_was_agreed_to_is_what_is_published(dossier):
    """Changing the days behind a preview does not publish them."""
    chair = visitor("chutich", at=now())
    _, publishing = previewed(chair, typed(tomorrow()))
    answer = chair.post(PATH, publishing | {"reason": "Vì lý do khác"})
    assert answer.status_code == 409
    assert editions() == 0


def test_who_keeps_the_accounts_sees_codes_and_no_names(dossier):
    for login, sees in (("chutich", True), ("kythuat", False)):
        answer, _ = previewed(visitor(login, at=now()), typed(tomorrow()))
        assert dossier in answer.text
        assert ("Chủ hồ sơ" in answer.text) is sees
        assert "Tuyết" not in answer.text


@pytest.mark.parametrize("login", ["tiepnhan1", "truongquay", "thanhtra", "duongday", "danhmuc"])
def test_nobody_else_publishes(login, dossier):
    browser = visitor(login, at=now())
    assert browser.get(PATH).status_code == 403
    assert browser.post(PATH, typed(tomorrow(), do="publish", idempotency_key="k")).status_code == 403
    assert editions() == 0


def test_nobody_publishes_for_another_agency(dossier):
    """The seat decides for whom, whatever the address says."""
    chair = visitor("chutich", at=now())
    path = f"{PATH}?agency={OTHER_COMMUNE}"
    answer = chair.post(path, typed(tomorrow(), idempotency_key="k"))
    publishing = Page(answer.text).form("mark").sent({}) | {"do": "publish"}
    place = chair.post(path, publishing)["Location"]
    assert (editions(OTHER_COMMUNE), editions(COMMUNE)) == (0, 1)
    assert visitor("chutich.mauhai", at=now()).get(place).status_code == 404
    assert "12/QĐ-UBND" not in visitor("chutich.mauhai", at=now()).get("/calendar").text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"kind": ""}, "Hãy chọn một mục."),
        ({"basis": ""}, "Hãy ghi số văn bản quyết định."),
        ({"reason_en": ""}, "Hãy ghi lý do bằng tiếng Anh"),
        ({"first_1": "13"}, "Không có ngày này."),
        ({"first_2": "2062"}, "cách hôm nay hơn một năm"),
        ({"kind": "hours"}, "Ghi giờ khi, và chỉ khi"),
        ({"hours": "07:00-11:00"}, "Ghi giờ khi, và chỉ khi"),
        ({"kind": "hours", "hours": "11:00-07:00"}, "Viết các khoảng giờ tăng dần"),
        ({"kind": "hours", "hours": "sáng"}, "Viết các khoảng giờ tăng dần"),
        ({"kind": "make_up"}, "vốn đã làm việc"),
        ({"last_0": "1", "last_1": "1", "last_2": f"{now().year}"}, "Ngày cuối phải từ ngày đầu"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(wrong, told):
    answer, _ = previewed(visitor("chutich", at=now()), typed(tomorrow(), **wrong))
    assert answer.status_code == 422
    assert told in answer.text
    assert wrong.get("reason", "Nghỉ tránh bão") in answer.text
    assert editions() == 0


def test_a_weekend_is_off_already():
    day = tomorrow()
    while calendar_of(COMMUNE).is_working_day(day):
        day += timedelta(days=1)
    answer, _ = previewed(visitor("chutich", at=now()), typed(day))
    assert "vốn đã nghỉ" in answer.text
    swap = {"swap_0": f"{day.day}", "swap_1": f"{day.month}", "swap_2": f"{day.year}"}
    answer, publishing = previewed(visitor("chutich", at=now()), typed(tomorrow(), **swap))
    assert answer.status_code == 200
    assert "làm bù" in answer.text
    assert re.search(r'name="swap_0" value="\d+"', answer.text)
    assert visitor("chutich", at=now()).post(PATH, publishing).status_code == 302
    assert calendar_of(COMMUNE).is_working_day(day)


def test_a_session_that_ends_in_mid_form_keeps_what_was_typed():
    chair = visitor("chutich", at=now())
    sent = Page(chair.get(PATH).text).form("basis").sent(typed(tomorrow()))
    chair.cookies[settings.SESSION_COOKIE] = session_of("chutich", at=now() - SESSION_LIFE)
    answer = chair.post(PATH, sent)
    assert answer.status_code == 302
    signed = chair.post(answer["Location"], {"login": "chutich", "password": PASSWORD})
    page = chair.get(signed["Location"]).text
    assert "Nội dung đã nhập được giữ lại" in page
    assert Page(page).form("basis").fields["reason"] == ["Nghỉ tránh bão"]
    assert editions() == 0


def test_the_pages_speak_english():
    chair = visitor("chutich", at=now())
    chair.post("/language", {"language": "en", "next": "/calendar"})
    assert "working days" in chair.get("/calendar").text
    assert "Number of the decision" in chair.get(PATH).text
