"""Things that happen twice, at once, or too late: a second click, a second officer, an ended session."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from tests.support.together import all_at_once
from tests.support.world import PASSWORD

from motcua.accounts.models import Session
from motcua.accounts.operations import session_digest
from motcua.dossiers.states import State
from motcua.flows import progress
from motcua.kernel.time import now
from motcua.web.desk.tests.support import Story, browser, row_of, seen

REASON = "Thiếu bản sao giấy tờ của người được ủy quyền."


def posted(client: Client, code: str, act: str, key: str, **fields: Any) -> Any:
    return client.post(f"/dossiers/{code}/{act}", {**fields, "idempotency_key": key})


def events(code: str) -> int:
    return len(seen(code).entries)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("act", "login", "fields"),
    [
        (
            "step",
            "tuphap1",
            {"outcome": "granted", "note": "Hợp lệ."},
        ),  # moves on: not the officer's any more
        ("suspend", "chutich", {"ground": "verification", "reason": REASON}),  # bars itself
        ("extend", "chutich", {"ground": "verification", "value": "2", "reason": REASON}),  # may come again
    ],
)
def test_a_second_click_is_answered_as_the_first(act: str, login: str, fields: dict[str, str]) -> None:
    code = Story().started().code
    client = browser(login)
    before = events(code)
    first = posted(client, code, act, "key-1", **fields)
    second = posted(client, code, act, "key-1", **fields)
    assert [(a.status_code, a["Location"]) for a in (first, second)] == [(302, f"/dossiers/{code}")] * 2
    assert events(code) == before + 1
    assert "Đã ghi nhận" in client.get(f"/dossiers/{code}").content.decode()


@pytest.mark.django_db
def test_a_second_click_on_a_paper_that_came_in_is_no_error() -> None:
    code = Story().started().asked().code
    client = browser("tiepnhan1")
    answers = [posted(client, code, "supply", "key-1", items=["1"]) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert row_of(code)["supplement"]["supplied"] == ["1"]
    assert events(code) == 4


@pytest.mark.django_db
def test_a_second_click_on_what_is_out_of_sight_by_then_is_answered_as_the_first() -> None:
    code, client = Story().sent().code, browser("tiepnhan1.mauhai")
    told = {"reason": REASON, "papers": "not"}
    answers = [posted(client, code, "decline_transfer", "key-1", **told) for _ in range(2)]
    assert [(a.status_code, a["Location"]) for a in answers] == [(302, "/transfers")] * 2
    assert "Đã ghi nhận" in client.get("/transfers").text
    assert row_of(code)["state"] == State.IN_PROCESS
    for other in ("key-2", ""):
        assert posted(client, code, "decline_transfer", other, **told).status_code == 404


@pytest.mark.django_db
def test_the_same_key_with_other_words_is_no_repeat() -> None:
    code = Story().started().code
    client = browser("chutich")
    fields = {"ground": "verification", "value": "2", "reason": REASON}
    assert posted(client, code, "extend", "key-1", **fields).status_code == 302
    other = posted(client, code, "extend", "key-1", **{**fields, "value": "3"})
    assert other.status_code == 422
    assert "Mã yêu cầu này đã dùng cho một nội dung khác." in other.content.decode()
    assert len(row_of(code)["extensions"]) == 1


@pytest.mark.django_db
def test_a_post_without_its_key_is_refused_and_keeps_what_was_typed() -> None:
    code = Story().proposed().code
    answer = browser("chutich").post(f"/dossiers/{code}/return_step", {"to": "examine", "reason": REASON})
    assert answer.status_code == 422
    assert "Trang thiếu mã chống gửi trùng." in answer.content.decode()
    assert REASON in answer.content.decode()
    assert row_of(code)["step"] == 3


@pytest.mark.django_db
def test_the_second_officer_is_told_and_gets_the_words_back() -> None:
    story = Story().proposed()
    slow = browser("phochutich")
    assert slow.get(f"/dossiers/{story.code}/return_step").status_code == 200
    story.then("chutich", progress.step, outcome="granted")

    answer = posted(slow, story.code, "return_step", "key-1", to="examine", reason=REASON)

    page = answer.content.decode()
    assert answer.status_code == 403, "the step is the clerk's by now"
    assert "Chưa ghi được" in page
    assert "Hồ sơ đã thay đổi từ khi trang được mở." in page
    assert REASON in page
    assert f'href="/dossiers/{story.code}"' in page
    assert row_of(story.code)["head_seq"] == story.row["head_seq"]


@pytest.mark.django_db
def test_a_dossier_that_moved_to_another_state_is_said_so() -> None:
    story = Story().started()
    slow = browser("tuphap1")
    story.then("tiepnhan1", progress.withdraw, shown_by="signed_paper")
    answer = posted(slow, story.code, "step", "key-1", outcome="granted", note="Đủ điều kiện.")
    assert answer.status_code == 409
    assert "Hồ sơ đang ở trạng thái “Đã rút hồ sơ”" in answer.content.decode()
    assert "Đủ điều kiện." in answer.content.decode()


@pytest.mark.django_db
def test_a_session_that_ends_in_mid_form_brings_the_fields_back() -> None:
    code = Story().proposed().code
    client = browser("chutich")
    _end_session(client)

    away = posted(client, code, "return_step", "key-1", to="examine", reason=REASON)
    assert away.status_code == 302
    assert away["Location"].startswith("/sign-in?next=")
    assert row_of(code)["step"] == 3, "nothing is written without a session"

    back = client.post(away["Location"], {"login": "chutich", "password": PASSWORD})
    assert back["Location"] == f"/dossiers/{code}/return_step"
    page = client.get(back["Location"]).content.decode()
    assert "Nội dung đã nhập được giữ lại" in page
    assert REASON in page
    assert re.search(r'name="to" value="examine"[^>]* checked', page)
    assert 'id="problems_title"' not in page
    again = client.get(back["Location"]).content.decode()
    assert REASON not in again, "it is given back once"


@pytest.mark.django_db
def test_held_words_are_not_lost_when_the_dossier_has_moved_on() -> None:
    story = Story().proposed()
    client = browser("phochutich")
    _end_session(client)
    away = posted(client, story.code, "return_step", "key-1", to="examine", reason=REASON)
    story.then("chutich", progress.step, outcome="granted")
    back = client.post(away["Location"], {"login": "phochutich", "password": PASSWORD})
    answer = client.get(back["Location"])
    assert answer.status_code == 403
    assert REASON in answer.content.decode()


def _end_session(client: Client) -> None:
    secret = client.cookies[settings.SESSION_COOKIE].value
    assert Session.objects.filter(secret_digest=session_digest(secret)).update(expires_at=now()) == 1


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_the_same_moment_write_once() -> None:
    code = Story().code
    clients = [browser("tuphap1"), browser("tuphap2")]

    answers = all_at_once(lambda client: posted(client, code, "start", "key-1"), clients)

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    (told,) = [answer.content.decode() for answer in answers if answer.status_code == 409]
    assert "Hồ sơ đang ở trạng thái “Đang xử lý” nên không thể “Nhận việc”." in told
    assert row_of(code)["state"] == State.IN_PROCESS
    assert events(code) == 2


@pytest.mark.django_db(transaction=True)
def test_a_double_click_at_the_same_moment_writes_once() -> None:
    code = Story().started().code
    secret = browser("tuphap1").cookies[settings.SESSION_COOKIE].value

    def click(_number: int) -> Any:
        client = Client()
        client.cookies[settings.SESSION_COOKIE] = secret
        return posted(client, code, "step", "key-1", outcome="granted")

    answers = all_at_once(click, range(3))

    assert [(a.status_code, a["Location"]) for a in answers] == [(302, f"/dossiers/{code}")] * 3
    assert events(code) == 3


@pytest.mark.django_db(transaction=True)
def test_a_dossier_somebody_holds_too_long_is_busy_and_the_words_are_kept(owner_cursor) -> None:
    code = Story().started().code
    client = browser("tuphap1")
    note = "Đủ điều kiện, đã đối chiếu."
    owner_cursor.execute("BEGIN")
    owner_cursor.execute("SELECT 1 FROM dossiers_dossier WHERE code = %s FOR UPDATE", [code])
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        answer = posted(client, code, "step", "key-1", outcome="granted", note=note)
    finally:
        owner_cursor.execute("ROLLBACK")
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "đang có người khác xử lý" in page
    assert "sổ giấy khi mất mạng" in page, "the form itself"
    assert note in page
    assert row_of(code)["step"] == 2
    assert posted(client, code, "step", "key-1", outcome="granted", note=note).status_code == 302


@pytest.mark.django_db
def test_a_page_that_waited_too_long_says_so_and_not_that_the_database_is_away() -> None:
    code = Story().started().code
    client = browser("tuphap1")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("motcua.web.desk.act_view.in_full", _slow)
        answer = client.get(f"/dossiers/{code}/step")
    assert answer.status_code == 503
    assert "Máy chủ đang bận" in answer.content.decode()


def _slow(*_arguments: object, **_named: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '20ms'")
        cursor.execute("SELECT count(*) FROM generate_series(1, 100000000)")
