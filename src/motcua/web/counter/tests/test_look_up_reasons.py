"""Nobody is looked up out of curiosity: the register is asked for a procedure of the seat and an open intake of one's
own, and what was asked beside that is seen."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from tests.support.pages import visitor
from tests.support.register import HUNG, TUYET, StandIn, stand_in
from tests.support.streams import count
from tests.support.world import viewer

from motcua.access_log.selectors import Asked, questions
from motcua.kernel.ids import uuid7
from motcua.web.counter.tests.support import filled, form_of, post, received

OTHERS = "001160000003"
OF_TUYET = {"applicant-0-number": TUYET[0], "applicant-0-name": TUYET[1]}
OF_HUNG = {"applicant-0-number": HUNG[0], "applicant-0-name": HUNG[1]}
OF_TAM = {"applicant-0-number": OTHERS, "applicant-0-name": "Lê Thị Tám"}
LOOK = {"_look_up": "applicant-0"}
OVER = "Lượt tiếp nhận này đã thành hồ sơ, đã đóng hoặc là của đồng nghiệp"


@pytest.fixture
def register(at: datetime) -> Iterator[StandIn]:
    with stand_in() as running:
        yield running


@pytest.fixture
def colleague(at: datetime) -> Client:
    return visitor("tiepnhan2", at=at)


def looked(client: Client, fields: dict[str, str]) -> Any:
    return post(client, {**fields, **LOOK})


def lines(at: datetime) -> list[Asked]:
    return questions(viewer=viewer("thanhtra", at=at))[0]


def asked(register: StandIn) -> tuple[int, bool]:
    """How many questions are logged, and whether none has reached the register."""
    return count("access_log_registerquestion"), "Đã nhận 0 yêu cầu" in register.page()


def test_a_received_intake_is_nobodys_reason(clerk: Client, colleague: Client, register: StandIn) -> None:
    fields = form_of(looked(clerk, filled(clerk) | OF_TUYET)).fields
    received(clerk, fields)
    assert count("access_log_registerquestion") == 1
    for client, person in ((clerk, OF_HUNG), (colleague, OF_TAM)):
        page = looked(client, fields | person | {"applicant-0-answer": ""})
        assert OVER in page.content.decode()
    with connection.cursor() as cursor:  # swept, long after
        cursor.execute("DELETE FROM reception_kept")
    assert OVER in looked(clerk, fields | OF_HUNG | {"applicant-0-answer": ""}).content.decode()
    assert count("access_log_registerquestion") == 1
    assert "Đã nhận 1 yêu cầu" in register.page()


def test_a_dossier_of_whom_nobody_was_looked_up_is_no_reason_either(clerk: Client, register: StandIn) -> None:
    fields = filled(clerk) | OF_TUYET
    received(clerk, fields)
    assert OVER in looked(clerk, fields | OF_HUNG).content.decode()
    assert asked(register) == (0, True)


def test_a_colleagues_intake_and_one_given_up_are_no_reason(
    clerk: Client, colleague: Client, register: StandIn
) -> None:
    fields = filled(clerk) | OF_TUYET
    assert clerk.post("/dossiers/receive", fields | {"_keep": "1"}).status_code == 204
    assert OVER in looked(colleague, fields).content.decode()
    clerk.post(f"/intakes/{fields['intake']}/drop")
    assert OVER in looked(clerk, fields).content.decode()
    assert asked(register) == (0, True)


@pytest.mark.parametrize("login", ["tiepnhan1", "daidien", "tiepnhan1.mauhai"])
@pytest.mark.parametrize("procedure", ["", "tò mò; DROP", "1.009999", "1.004194"])
def test_without_a_procedure_of_the_seat_nothing_is_asked(
    at: datetime, register: StandIn, login: str, procedure: str
) -> None:
    fields = OF_TUYET | {"procedure": procedure, "intake": str(uuid7()), "applicants": "1"}
    looked(visitor(login, at=at), fields)
    assert asked(register) == (0, True)


@pytest.mark.parametrize("intake", ["", "x"])
def test_without_an_intake_nothing_is_asked(clerk: Client, register: StandIn, intake: str) -> None:
    assert OVER in looked(clerk, filled(clerk) | OF_TUYET | {"intake": intake}).content.decode()
    assert asked(register) == (0, True)


def test_another_person_asked_for_in_an_intake_is_not_its_dossiers(
    clerk: Client, at: datetime, register: StandIn
) -> None:
    fields = filled(clerk)
    looked(clerk, fields | OF_HUNG)
    code = received(clerk, form_of(looked(clerk, fields | OF_TUYET)).fields)
    assert [(line.subject, line.stray) for line in lines(at)] == [(code, ""), (code, "stranger")]
    html = visitor("thanhtra", at=at).get("/lookups").content.decode()
    assert html.count("người này không có trong hồ sơ") == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT q.*, i.* FROM access_log_registerquestion q, access_log_registerintake i")
        assert not {HUNG[0], TUYET[0]} & set(str(cursor.fetchall()).split("'"))


def test_what_was_asked_of_one_person_twice_is_not_told_from_two_people(
    clerk: Client, register: StandIn
) -> None:
    for _ in range(2):
        looked(clerk, filled(clerk) | OF_TUYET)
    with connection.cursor() as cursor:
        cursor.execute("SELECT whom, subject FROM access_log_registerquestion")
        found = cursor.fetchall()
    assert len({whom for whom, _ in found}) == len({UUID(subject) for _, subject in found}) == 2
