"""Who receives, and what becomes of a form whose session ends; in English as well."""

from datetime import datetime

import pytest
from django.conf import settings
from django.test import Client
from tests.support.pages import visitor
from tests.support.site import pages_at, session_of
from tests.support.world import PASSWORD, next_door_runs_nothing, trial_agencies, viewer

from motcua.accounts.operations import SESSION_LIFE
from motcua.dossiers.selectors import dossier, dossiers
from motcua.kernel.time import ZONE
from motcua.web.counter.tests.support import NAME, filled, form_of, opened, post, received

OTHERS = [
    account["login"]
    for agency in trial_agencies()
    for account in agency["accounts"]
    if not account["login"].startswith(
        ("tiepnhan", "daidien")
    )  # a representative receives for their own agency
]


@pytest.mark.parametrize("login", OTHERS)
def test_only_reception_officers_receive(at: datetime, login: str) -> None:
    someone = visitor(login, at=at)
    assert someone.get("/dossiers/receive").status_code == 403
    answer = someone.post("/dossiers/receive", {"procedure": "1.004873", "idempotency_key": "1"})
    assert answer.status_code == 403
    said = "Vị trí đường dây nóng chỉ xem" if login == "duongday" else "Chỉ công chức tiếp nhận"
    assert said in answer.content.decode()


def test_a_visitor_is_sent_to_sign_in(at: datetime) -> None:
    answer = visitor(at=at).get("/dossiers/receive?procedure=1.004873")
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in?next=%2Fdossiers%2Freceive%3Fprocedure%3D1.004873"


def test_an_agency_without_the_process_is_told_who_can_adopt_it(at: datetime) -> None:
    other = visitor("tiepnhan1.mauhai", at=at)
    said = "cán bộ danh mục thủ tục của cơ quan cần áp dụng trước khi tiếp nhận"
    with next_door_runs_nothing():
        assert said in opened(other).content.decode()
        answer = post(other, filled(other))
    assert answer.status_code == 409
    assert said in answer.content.decode()
    assert form_of(answer).fields["applicant-0-name"] == NAME


def test_a_session_that_ends_in_mid_form_gives_the_form_back(clerk: Client, at: datetime) -> None:
    fields = filled(clerk, applicant__0__address="Thôn Trung Tâm")
    clerk.cookies[settings.SESSION_COOKIE] = session_of("tiepnhan1", at=at - SESSION_LIFE)
    answer = post(clerk, fields)
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in?next=%2Fdossiers%2Freceive"
    signed = clerk.post(answer["Location"], {"login": "tiepnhan1", "password": PASSWORD})
    assert signed["Location"] == "/dossiers/receive"
    page = clerk.get(signed["Location"])
    html = page.content.decode()
    assert "Phiên làm việc trước đã hết" in html
    assert "data-problems" not in html
    kept = form_of(page).fields
    fresh = {"idempotency_key", "csrfmiddlewaretoken"}
    assert set(kept) == set(fields)
    assert {n: kept[n] for n in set(kept) - fresh} == {n: fields[n] for n in set(fields) - fresh}
    assert dossiers(viewer=viewer("tiepnhan1", at=at), at=at).lines == ()
    code = received(clerk, kept)
    assert dossier(code, viewer=viewer("tiepnhan1", at=at)).parties[0].fields["address"] == "Thôn Trung Tâm"
    assert "Phiên làm việc trước đã hết" not in clerk.get("/dossiers/receive").content.decode()


def test_so_does_one_that_ends_while_a_part_is_asked_for(clerk: Client, at: datetime) -> None:
    fields = filled(clerk, _update="1")
    clerk.cookies[settings.SESSION_COOKIE] = session_of("tiepnhan1", at=at - SESSION_LIFE)
    answer = post(clerk, fields, HX_Request="true", HX_Target="outcome")
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/sign-in?next=%2Fdossiers%2Freceive")
    clerk.post("/sign-in", {"login": "tiepnhan1", "password": PASSWORD})
    assert form_of(clerk.get("/dossiers/receive")).fields["applicant-0-name"] == NAME


def test_but_not_to_a_colleague_at_the_same_machine(clerk: Client, at: datetime) -> None:
    fields = filled(clerk)
    clerk.cookies[settings.SESSION_COOKIE] = session_of("tiepnhan1", at=at - SESSION_LIFE)
    post(clerk, fields)
    clerk.post("/sign-in", {"login": "tiepnhan2", "password": PASSWORD})
    assert NAME not in clerk.get("/dossiers/receive").content.decode()


def test_in_english(clerk: Client) -> None:
    clerk.cookies["motcua_language"] = "en"
    html = opened(clerk).content.decode()
    for said in (
        "Receive a dossier",
        "Certificate of marital status",
        "No verification – 3 working days",
        "Due if received now",
        "Limit by law:",
        "Only shown for comparison, not kept",
        "Looked up by the office",
    ):
        assert said in html
    answer = post(clerk, filled(clerk) | {"applicant-0-number": "1"}).content.decode()
    assert "The number of the citizen identity card is wrong: 12 digits." in answer
    code = received(clerk, filled(clerk))
    page = clerk.get(f"/dossiers/{code}/received").content.decode()
    assert "Dossier received" in page
    assert "Tracking PIN" in page
    assert "VND 10,000" in page


def test_a_year_without_a_decree_is_provisional(at: datetime) -> None:
    later = datetime(2027, 12, 30, 9, 0, tzinfo=ZONE)
    with pages_at(later):
        html = opened(visitor("tiepnhan1", at=later)).content.decode()
    assert '<strong class="tag waiting">tạm tính</strong>' in html
    assert "Tạm tính: chưa có lịch nghỉ được công bố cho năm" in html
