"""Looking somebody up in the population register while they stand at the desk."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from tests.support.register import HUNG, TUYET, StandIn, stand_in
from tests.support.world import COMMUNE, logins, viewer

from motcua.access_log.selectors import questions
from motcua.dossiers.selectors import Shown, dossier
from motcua.flows import registers
from motcua.kernel.time import now
from motcua.reactions.registers import ask_again
from motcua.web.counter.tests.support import filled, form_of, opened, post, received

LOOK = {"_look_up": "applicant-0"}
BORN = {"applicant-0-born_0": "15", "applicant-0-born_1": "2", "applicant-0-born_2": "1990"}
TYPED = {"applicant-0-number": TUYET[0], "applicant-0-name": "Nguyễn Thị Anh Tuyết", **BORN}
ANSWER = "applicant-0-answer"


@pytest.fixture
def register(at: datetime) -> Iterator[StandIn]:
    with stand_in() as running:
        yield running


def asked() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT q.who, q.position, q.agency, q.procedure, a.outcome FROM access_log_registerquestion q"
            " LEFT JOIN access_log_registeranswer a ON a.question = q.id ORDER BY q.id"
        )
        return list(cursor.fetchall())


def shown(code: str, at: datetime) -> Shown:
    return dossier(code, viewer=viewer("tiepnhan1", at=at))


def looked(clerk: Client, **typed: str) -> tuple[Any, dict[str, str]]:
    """The page after the button, and everything it would post."""
    answer = post(clerk, {**filled(clerk), **TYPED, **typed, **LOOK})
    assert answer.status_code == 200
    return answer, form_of(answer).fields


def test_where_no_register_is_connected_the_desk_works_as_ever(clerk: Client) -> None:
    page = opened(clerk)
    assert "CSDL dân cư" not in page.content.decode()
    answer = post(clerk, {**form_of(page).fields, **TYPED, **LOOK})
    assert "CSDL dân cư" not in answer.content.decode()
    assert asked() == []


def test_the_answer_stands_beside_and_is_taken_over(clerk: Client, at: datetime, register: StandIn) -> None:
    assert "Bản mô phỏng, không phải hệ thống thật" in register.page()
    page, fields = looked(clerk)
    html = page.content.decode()
    assert "NGUYỄN THỊ ÁNH TUYẾT" in html
    assert "khác" in html
    assert asked() == [(str(logins()["tiepnhan1"]), "reception_officer", COMMUNE, "1.004873", "found")]
    again = form_of(post(clerk, {**fields, **LOOK})).fields
    assert len(asked()) == 1, "the same question of one intake is asked once"
    taken = form_of(post(clerk, {**again, "_fill": "applicant-0"})).fields
    assert taken["applicant-0-name"] == TUYET[1]
    code = received(clerk, taken)
    found = shown(code, at)
    kept = found.parties[0].fields["looked_up"]
    assert (kept["register"], kept["outcome"], kept["unlike"]) == ("population", "found", [])
    assert {"name", "born_on"} <= set(kept["same"])
    assert found.row["degraded"] is None
    dossier_page = clerk.get(f"/dossiers/{code}").content.decode()
    assert kept["number"] in dossier_page
    assert "khớp: họ tên, ngày sinh" in dossier_page


def waits(found: Shown) -> list[tuple[str, str]]:
    return [(one["field"], one["outcome"]) for one in found.row["degraded"] or []]


def test_what_differs_is_received_as_told_and_waits_for_somebody(
    clerk: Client, at: datetime, register: StandIn
) -> None:
    _page, fields = looked(clerk)
    found = shown(code := received(clerk, fields), at)
    kept = found.parties[0].fields
    assert kept["name"] == "Nguyễn Thị Anh Tuyết"
    assert kept["looked_up"]["unlike"] == ["name"] + (["address"] if not kept["address"] else [])
    assert waits(found) == [("population.0.name", "differs")]
    page = clerk.get(f"/dossiers/{code}/look-up").content.decode()
    assert "họ tên: NGUYỄN THỊ ÁNH TUYẾT" in page
    assert kept["looked_up"]["number"] in page
    assert "họ tên: NGUYỄN THỊ ÁNH TUYẾT" in clerk.get(f"/dossiers/{code}").content.decode()


@pytest.mark.parametrize("mode", ["fail", "away", "garbage", "killed"])
def test_a_register_that_is_away_degrades_and_keeps_nobody(
    clerk: Client, at: datetime, register: StandIn, mode: str
) -> None:
    register.kill() if mode == "killed" else register.turn(mode)
    page, fields = looked(clerk)
    said = "CSDL dân cư báo lỗi cho câu hỏi này" if mode == "fail" else "CSDL dân cư chưa trả lời được"
    assert said in page.content.decode()
    # Another name does not make the question unasked.
    code = received(clerk, {**fields, "applicant-0-name": "Nguyễn Thị Ánh Tuyết"})
    row = shown(code, at).row
    assert [one["field"] for one in row["degraded"]] == ["population.0.name", "population.0.born_on"]
    assert "Chờ đối chiếu với CSDL dân cư" in clerk.get(f"/dossiers/{code}").content.decode()


def test_a_register_that_was_just_silent_is_not_waited_for_again(
    clerk: Client, at: datetime, register: StandIn
) -> None:
    register.turn("away")
    looked(clerk, **{"applicant-0-number": HUNG[0]})
    register.turn("answer")
    page, fields = looked(clerk)
    assert "Chưa tra: CSDL dân cư vừa không trả lời" in page.content.decode()
    assert [line[-1] for line in asked()] == ["silent"]
    found = shown(code := received(clerk, fields), at)
    assert waits(found) == [("population.0.name", ""), ("population.0.born_on", "")]
    kept = found.parties[0].fields["looked_up"]
    assert (kept["outcome"], kept["number"]) == ("unasked", ""), "nobody else's question is theirs"
    html = clerk.get(f"/dossiers/{code}").content.decode()
    assert "chưa tra: CSDL dân cư khi ấy không trả lời" in html
    assert "yêu cầu </small>" not in html


def test_an_error_about_one_person_silences_the_register_for_nobody_else(
    clerk: Client, register: StandIn
) -> None:
    register.turn("fail")
    looked(clerk, **{"applicant-0-number": HUNG[0]})
    register.turn("answer")
    page, _fields = looked(clerk)
    assert "NGUYỄN THỊ ÁNH TUYẾT" in page.content.decode()
    assert [line[-1] for line in asked()] == ["failed", "found"]


def test_while_another_page_waits_for_the_register_nobody_waits_behind_it(
    clerk: Client, register: StandIn
) -> None:
    with registers._WAITING:
        page, fields = looked(clerk)
    assert "CSDL dân cư đang được hỏi cho một người khác" in page.content.decode()
    assert ANSWER not in fields
    assert asked() == []
    looked(clerk)
    assert [line[-1] for line in asked()] == ["found"]


def test_the_log_names_the_officer_the_procedure_and_the_dossier_it_was_for(
    clerk: Client, at: datetime, register: StandIn
) -> None:
    looked(clerk)
    code = received(clerk, looked(clerk)[1])
    register.turn("away")
    later = received(clerk, looked(clerk, **{"applicant-0-number": HUNG[0]})[1])
    lines, _following = questions(viewer=viewer("thanhtra", at=at))
    officer = str(logins()["tiepnhan1"])
    assert {(line.who, line.position, line.procedure) for line in lines} == {
        (officer, "reception_officer", "1.004873")
    }
    assert [(line.subject, line.outcome) for line in lines[:2]] == [(later, "silent"), (code, "found")]
    UUID(lines[2].subject)  # an intake that came to nothing
    assert not {TUYET[0], HUNG[0]} & set(str(lines).split("'"))


def test_the_sex_is_taken_from_the_register_with_its_source(
    clerk: Client, at: datetime, register: StandIn
) -> None:
    page, fields = looked(clerk, **{"applicant-0-name": TUYET[1]})
    assert fields["applicant-0-sex"] == ""
    html = page.content.decode()
    assert "Giới tính: <strong>Nữ</strong>" in html
    assert "chưa nhập" in html
    taken = form_of(post(clerk, {**fields, "_fill": "applicant-0"})).fields
    assert taken["applicant-0-sex"] == "female"
    found = shown(code := received(clerk, taken), at)
    assert found.parties[0].fields["sex"] == "female"
    assert "sex" in found.parties[0].fields["looked_up"]["same"]
    assert waits(found) == []
    assert "khớp: họ tên, ngày sinh, giới tính" in clerk.get(f"/dossiers/{code}").content.decode()


LIVING = {"applicant-0-name": TUYET[1], "applicant-0-address": "Thôn Đoài, Xã Mẫu"}


def test_what_the_register_has_given_needs_no_tick(clerk: Client, at: datetime, register: StandIn) -> None:
    page, fields = looked(clerk, **LIVING)
    assert "CSDL dân cư đã có dữ liệu" in page.content.decode()
    untouched = {name: value for name, value in fields.items() if not name.startswith("paper-residence")}
    row = shown(received(clerk, untouched), at).row
    residence = next(one for one in row["components"] if one["component"] == "residence")
    assert (residence["originals"], residence["copies"]) == (0, 0)


def test_what_the_register_has_not_given_is_still_to_be_looked_up(clerk: Client, register: StandIn) -> None:
    fields = {**filled(clerk), **TYPED, **LIVING}
    fields = {name: value for name, value in fields.items() if not name.startswith("paper-residence")}
    answer = post(clerk, fields)
    assert answer.status_code == 422
    assert "Chưa tra cứu được" in answer.content.decode()
    one_of_two = {**looked(clerk, **LIVING)[1], "_add_applicant": "1"}
    assert "CSDL dân cư đã có dữ liệu" not in post(clerk, one_of_two).content.decode()


def test_a_sex_that_the_register_has_otherwise_waits(clerk: Client, at: datetime, register: StandIn) -> None:
    _page, fields = looked(clerk, **{"applicant-0-name": TUYET[1], "applicant-0-sex": "male"})
    found = shown(code := received(clerk, fields), at)
    assert waits(found) == [("population.0.sex", "differs")]
    assert "giới tính: nữ" in clerk.get(f"/dossiers/{code}").content.decode()


def test_nobody_found_is_said_and_waits_for_somebody(clerk: Client, at: datetime, register: StandIn) -> None:
    page, fields = looked(clerk, **{"applicant-0-number": "001190000099"})
    assert "không tìm thấy người có số và họ tên này" in page.content.decode()
    found = shown(received(clerk, fields), at)
    assert waits(found) == [("population.0.name", "not_found"), ("population.0.born_on", "not_found")]
    assert found.parties[0].fields["looked_up"]["outcome"] == "not_found"


def test_who_was_not_looked_up_waits_for_the_duty(clerk: Client, at: datetime, register: StandIn) -> None:
    code = received(clerk, {**filled(clerk), **TYPED, "applicant-0-name": TUYET[1]})
    assert asked() == [], "nobody waits for the register who did not press its button"
    assert waits(shown(code, at)) == [("population.0.name", ""), ("population.0.born_on", "")]
    assert ask_again(clock=now, origin="simulated") == 1
    assert asked() == [("system", "", COMMUNE, "1.004873", "found")]
    assert waits(shown(code, at)) == []


@pytest.mark.parametrize("changed", [{"applicant-0-number": HUNG[0]}, {ANSWER: ""}])
def test_an_answer_about_somebody_else_is_none(
    clerk: Client, at: datetime, register: StandIn, changed: dict[str, str]
) -> None:
    _page, fields = looked(clerk)
    found = shown(received(clerk, {**fields, **changed}), at)
    assert "looked_up" not in found.parties[0].fields
    assert waits(found)[0] == ("population.0.name", "")


def test_who_is_told_what_to_bring_may_have_been_looked_up(clerk: Client, register: StandIn) -> None:
    answer = post(clerk, {**looked(clerk)[1], "_guide": "1", "advice": "Mang căn cước."})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    page = clerk.get(answer["Location"])
    assert "Nguyễn Thị Anh Tuyết" in page.content.decode()


def test_without_a_number_nothing_is_asked(clerk: Client, register: StandIn) -> None:
    page, _fields = looked(clerk, **{"applicant-0-number": "123"})
    assert "Ghi số định danh 12 chữ số và họ tên rồi tra." in page.content.decode()
    assert asked() == []


@pytest.mark.parametrize("forged", ["x", "AAAA", "é", "other"])
def test_nobody_writes_an_answer(clerk: Client, at: datetime, register: StandIn, forged: str) -> None:
    if forged == "other":  # another intake's
        forged = looked(clerk)[1][ANSWER]
    code = received(clerk, {**filled(clerk), **TYPED, ANSWER: forged})
    assert "looked_up" not in shown(code, at).parties[0].fields
