"""The words of the citizens' pages: nobody reads what is meant for somebody else, nor in another language."""

import re

import pytest
from django.test import Client
from tests.support.citizens import citizen_client
from tests.support.pages import visitor
from tests.support.world import COMMUNE

from motcua.kernel.say import counted
from motcua.web.citizen.tests.walk import handed_in, send
from motcua.web.common.middleware import LANGUAGE_COOKIE

pytestmark = pytest.mark.django_db


def in_english(client: Client) -> Client:
    client.cookies[LANGUAGE_COOKIE] = "en"
    return client


def test_who_may_not_is_told_as_a_citizen_not_as_an_officer(at):
    citizen = citizen_client(at=at).get("/my/mandates")
    assert citizen.status_code == 403
    assert "phân vị trí" not in citizen.text
    assert 'class="public"' in citizen.text
    officer = visitor("tuphap1", at=at).get("/admin/calendar")
    assert officer.status_code in (403, 404)
    assert 'class="staff"' in officer.text


def test_what_was_sent_shows_what_was_asked_and_no_question_of_the_officers(at):
    client = citizen_client(at=at)
    code = handed_in(client)
    shown = client.get(f"/my/dossiers/{code}/sent").text
    assert "Người nộp làm thay theo ủy quyền?" in shown
    assert "công chức trả lời" not in shown


def test_titles_are_said_in_english_where_they_have_an_english_name(at):
    helper = in_english(visitor("tiepnhan1", at=at))
    assert "Confirmation of civil-status data" in helper.get("/assist?q=thong+tin+ho+tich").text
    page = in_english(Client()).get("/procedures/1.001193/form").text
    assert "Thủ tục đăng ký khai sinh" not in page


def test_a_paper_that_is_missing_is_named_once(at):
    client = citizen_client(at=at)
    begun = send(client, "/my/begin/2.002516", {"agency": COMMUNE})["Location"]
    path = client.get(begun)["Location"].rpartition("/")[0] + "/papers"
    answer = send(client, path)
    assert answer.status_code == 422
    lines = re.findall(r'<li><a href="#id_paper-[^"]*">([^<]*)</a>', answer.text)
    assert lines
    assert all(line.endswith("Hãy gửi giấy tờ này.") and "Thiếu" not in line for line in lines), lines


@pytest.mark.parametrize(("number", "said"), [(0, "0 copies"), (1, "1 copy"), (2, "2 copies")])
def test_numbers_of_things_are_english(number, said):
    assert counted(number, "copy", "copies") == said
