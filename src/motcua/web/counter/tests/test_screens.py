"""The second screen: paired once, shows what is typed, blank between persons, and tells the officer what is wrong."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from tests.support.pages import visitor
from tests.support.site import pages_at
from tests.support.world import logins

from motcua.kernel.errors import NotFound
from motcua.kernel.time import now
from motcua.reception.operations import screens
from motcua.web.counter.screens import COOKIE
from motcua.web.counter.tests.support import NAME, NUMBER, filled, form_of, opened, post

HTMX = {"HX-Request": "true", "HX-Target": "outcome"}


@pytest.fixture
def tablet(clerk: Client, at: datetime) -> Client:
    """A tablet beside the desk, paired with the clerk's screen."""
    code = screens.open_screen(account=logins()["tiepnhan1"], at=at)
    found = visitor(at=at)
    assert found.post("/screen", {"code": f" {code.lower()} "}).status_code == 302
    return found


def typed(clerk: Client) -> dict[str, str]:
    """Everything a complete reception posts, told to the screen as the page's script does."""
    assert form_of(opened(clerk)).fields["screen"] == "1"
    fields = filled(clerk) | {"screen": "1", "applicant-0-address": "Thôn 1, Xã Mẫu"}
    assert post(clerk, fields | {"_update": "1"}, **HTMX).status_code == 200
    return fields


def seen(tablet: Client) -> str:
    return str(tablet.get("/screen").content.decode())


def test_what_is_typed_is_seen_and_marked(clerk: Client, tablet: Client) -> None:
    assert "Xin chờ cán bộ" in seen(tablet)
    fields = typed(clerk)
    html = seen(tablet)
    for shown in (NAME, "Thôn 1, Xã Mẫu", "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân", "đồng", "17:00"):
        assert shown in html, shown
    assert NUMBER not in html
    version = html.split("/screen/now?v=")[1].split('"')[0]
    assert tablet.get("/screen/now", {"v": version}).status_code == 204
    assert tablet.post("/screen", {"field": "name", "right": "0"}).status_code == 302
    tablet.post("/screen", {"field": "due", "right": "1"})
    tablet.post("/screen", {"field": "nothing", "right": "1"})
    told = clerk.get(f"/screens/marks/{fields['intake']}").content.decode()
    assert "Người nộp báo sai: <b>Họ và tên</b>" in " ".join(told.split())
    assert "Người nộp xác nhận đúng: Hẹn trả" in " ".join(told.split())
    assert "Sai chỗ này</" in tablet.get("/screen/now", {"v": version}).content.decode()


@pytest.mark.parametrize("ending", [{}, {"_park": "mine"}])
def test_the_person_is_gone_with_the_reception(clerk: Client, tablet: Client, ending: dict[str, str]) -> None:
    fields = typed(clerk)
    assert NAME in seen(tablet)
    assert post(clerk, fields | ending).status_code == 302
    assert NAME not in seen(tablet)
    with connection.cursor() as cursor:
        cursor.execute("SELECT shown, marks::text FROM reception_screen")
        assert cursor.fetchall() == [(None, "{}")]
    # The next person's marks are their own.
    assert tablet.post("/screen", {"field": "name", "right": "0"}).status_code == 302
    typed(clerk)
    assert 'class="tag' not in seen(tablet)


def test_a_page_left_alone_blanks_the_screen(clerk: Client, tablet: Client, at: datetime) -> None:
    fields = typed(clerk)
    later = now() + timedelta(seconds=6)
    with pages_at(later):
        assert NAME not in seen(tablet)
        clerk.get(f"/screens/marks/{fields['intake']}")
        assert NAME in seen(tablet)


def test_a_code_pairs_once_and_not_for_long(at: datetime, clerk: Client) -> None:
    code = screens.open_screen(account=logins()["tiepnhan1"], at=at)
    for wrong in ("", "ABCD-EFGH", code[:-1], "x" * 5000):
        answer = visitor(at=at).post("/screen", {"code": wrong})
        assert answer.status_code == 422
        assert COOKIE not in answer.cookies
    with pytest.raises(NotFound):
        screens.pair(code=code, at=at + timedelta(minutes=5))
    assert screens.pair(code=code, at=at)
    with pytest.raises(NotFound):
        screens.pair(code=code, at=at)
    assert visitor(at=at).post("/screen", {"code": code}).status_code == 422


def test_an_unpaired_browser_sees_nothing(clerk: Client, tablet: Client, at: datetime) -> None:
    typed(clerk)
    stranger = visitor(at=at)
    for path in ("/screen", "/screen/now"):
        assert NAME not in stranger.get(path).content.decode()
    stranger.cookies[COOKIE] = "forged"
    assert NAME not in seen(stranger)
    stranger.post("/screen", {"field": "name", "right": "0"})
    assert 'class="tag' not in seen(tablet)
    assert clerk.post("/screens/close").status_code == 302
    assert NAME not in seen(tablet)
    for login in ("chutich", "tuphap1"):
        assert visitor(login, at=at).post("/screens").status_code == 403


def test_a_new_screen_ends_the_one_before(clerk: Client, tablet: Client) -> None:
    html = clerk.post("/screens").content.decode()
    assert "Mã ghép, dùng một lần trong 5 phút" in html
    typed_now = filled(clerk) | {"screen": "1"}
    post(clerk, typed_now | {"_update": "1"}, **HTMX)
    assert NAME not in seen(tablet)
