"""The hotline finds dossiers by name and by code, and sees states and dates only; each look leaves a line."""

import pytest
from django.db import connection
from tests.support.acts import moment
from tests.support.world import viewer

from motcua.web.desk.tests.support import NAME, Story, browser

pytestmark = pytest.mark.django_db

NUMBER = "012190678901"
SECRETS = (NAME, NUMBER, "0912345678", "Thôn Trung Tâm", "Chưa ký tên.", "Tờ khai")


def lines() -> list[tuple[str, str]]:
    """Every line the hotline has left: what, about which dossier."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT what, subject FROM access_log_look WHERE who = %s ORDER BY at, id",
            [str(viewer("duongday").account)],
        )
        return [tuple(row) for row in cursor.fetchall()]


def asked() -> Story:
    return Story(begins=moment(24, 8), number=NUMBER).started().asked()


@pytest.mark.parametrize("words", ["anh tuyet", "Ánh Tuyết", "H99.01.01-260824"])
def test_found_by_name_and_by_code_masked(words: str) -> None:
    story = asked()
    page = browser("duongday").post("/hotline", {"words": words}).text
    assert story.code in page
    assert "Nguyễn T. Á. T." in page
    for secret in SECRETS:
        assert page.replace(f'value="{words}"', "").find(secret) == -1, secret
    assert lines() == [("hotline_searched", "")]


def test_a_dossier_is_its_state_and_dates() -> None:
    story = asked()
    page = browser("duongday").get(f"/hotline/{story.code}").text
    for said in (story.code, "Chờ bổ sung", "24/08/2026"):
        assert said in page, said
    for secret in (*SECRETS, "Nguyễn T.", "Tuấn", "Lệ phí"):
        assert secret not in page, secret
    assert lines() == [("hotline_looked", story.code)]


def test_nothing_else_opens_and_each_refusal_leads_to_their_page() -> None:
    story = asked()
    caller = browser("duongday")
    own = ("", "/receipt.pdf", "/forms/02.pdf", "/forms/06.pdf", "/supply", "/withdraw")
    for path in (*(f"/dossiers/{story.code}{part}" for part in own), "/dossiers", "/register", "/uploads"):
        answer = caller.get(path)
        assert answer.status_code == 403, path
        assert "chỉ xem trạng thái và các ngày" in answer.text
        assert 'href="/hotline"' in answer.text
        for secret in SECRETS:
            assert secret not in answer.text, secret
    assert caller.post(f"/dossiers/{story.code}/withdraw", {"shown_by": "signed_paper"}).status_code == 403
    assert caller.post("/dossiers", {"words": "anh tuyet"}).status_code == 403
    assert caller.get("/inbox")["Location"] == "/hotline"
    assert lines() == []


def test_a_second_seat_opens_what_it_opens() -> None:
    story = asked()
    seat = {"account": str(viewer("duongday").account), "like": str(viewer("tiepnhan1").account)}
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO agencies_appointment (id, account_id, position_id, valid_from, mandate,"
            " mandate_kind, when_absent)"
            " SELECT gen_random_uuid(), %(account)s, position_id, valid_from, '', '', false FROM agencies_appointment"
            " WHERE account_id = %(like)s",
            seat,
        )
    both = browser("duongday")
    for path in ("/inbox", "/dossiers", f"/dossiers/{story.code}", "/register", "/hotline"):
        assert both.get(path).status_code == 200, path


def test_too_few_letters_find_nobody_and_others_have_no_such_page() -> None:
    story = asked()
    page = browser("duongday").post("/hotline", {"words": "tu"}).text
    assert "Gõ ít nhất 3 chữ" in page
    assert story.code not in page
    assert lines() == []
    for login in ("tiepnhan1", "truongquay", "chutich", "thanhtra", "kythuat"):
        assert browser(login).post("/hotline", {"words": "tuyet"}).status_code == 403, login
        assert browser(login).get(f"/hotline/{story.code}").status_code == 403, login


def test_another_desk_s_dossiers_do_not_exist() -> None:
    story = Story(begins=moment(24, 8), name="Lò Văn Xa")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_dossier SET desk_agency = 'H99.02', competent_agency = 'H99.02'")
        cursor.execute("UPDATE dossiers_label SET agency = 'H99.02'")
    caller = browser("duongday")
    assert story.code not in caller.post("/hotline", {"words": "lo van xa"}).text
    assert caller.get(f"/hotline/{story.code}").status_code == 404
    assert lines() == [("hotline_searched", "")]
