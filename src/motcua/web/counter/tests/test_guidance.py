"""Told what to bring while there is no dossier: a numbered record, its paper, and the next visit."""

import re
import unicodedata
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.support.pages import visitor
from tests.support.situations import told_to_bring
from tests.support.world import COMMUNE, actor

from motcua.kernel.errors import Denied
from motcua.kernel.ids import uuid7
from motcua.kernel.time import local
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.reception.operations.guidance import Told, guide
from motcua.reception.selectors.guidance import found, guidance
from motcua.web.counter.tests.support import NAME, NUMBER, filled, form_of, opened, post
from motcua.web.counter.tests.test_visits import text_of

PHONE = "0912345678"


def unprepared(client: Client, **typed: str) -> dict[str, str]:
    """What is typed of somebody who came without a single paper."""
    fields = {n: v for n, v in filled(client).items() if not n.endswith("_have")}
    return fields | {"applicant-0-phone": PHONE, "_guide": "1"} | typed


def told(client: Client, fields: dict[str, str]) -> str:
    """The number of the record that sending `fields` leads to."""
    answer = post(client, fields)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return str(answer["Location"]).split("/")[-1]


def records() -> list[tuple[str, int]]:
    """All records: number, and how many events tell of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT g.number, (SELECT count(*) FROM ledger_event e WHERE e.type = 'guidance_given'"
            " AND e.seq = g.seq) FROM reception_guidance g ORDER BY g.number"
        )
        return list(cursor.fetchall())


def test_the_record_its_page_and_its_paper(clerk: Client, at: datetime) -> None:
    number = told(clerk, unprepared(clerk, advice="Mang theo căn cước."))
    assert number == f"HD-{local(at).year}-000001"
    page = clerk.get(reverse("guidance", args=[number])).content.decode()
    assert NAME in page
    assert "Mang theo căn cước." in page
    assert "Tờ khai" in page
    answer = clerk.get(reverse("guidance_paper", args=[number]))
    assert answer["Content-Type"] == "application/pdf"
    paper = text_of(answer.content)
    assert "PHIẾU YÊU CẦU BỔ SUNG" in paper
    for words in (number, NAME, "Tờ khai", "Mang theo căn cước."):
        assert words in paper


def test_numbers_have_no_gap_and_the_same_form_counts_once(clerk: Client) -> None:
    fields = unprepared(clerk)
    first = told(clerk, fields)
    assert told(clerk, fields) == first
    assert post(clerk, unprepared(clerk, **{"applicant-0-name": ""})).status_code == 422
    second = told(clerk, unprepared(clerk))
    assert [number[-6:] for number in (first, second)] == ["000001", "000002"]
    assert records() == [(first, 1), (second, 1)]


def test_nobody_is_told_to_bring_what_is_there(clerk: Client) -> None:
    answer = post(clerk, filled(clerk) | {"_guide": "1"})
    assert answer.status_code == 422
    assert "Không thiếu giấy tờ nào" in answer.content.decode()
    assert NAME in answer.content.decode()
    assert records() == []


def test_the_event_holds_no_personal_data(clerk: Client) -> None:
    number = told(clerk, unprepared(clerk))
    with connection.cursor() as cursor:
        cursor.execute("SELECT envelope::text FROM ledger_event WHERE type = 'guidance_given'")
        ((envelope,),) = cursor.fetchall()
    assert number in str(envelope)
    for personal in (NAME, NUMBER, PHONE):
        assert personal not in str(envelope)


def test_it_is_found_at_the_next_visit(clerk: Client, at: datetime) -> None:
    number = told(clerk, unprepared(clerk, **{"applicant-0-name": unicodedata.normalize("NFD", NAME)}))
    for words in (number, number.lower(), NUMBER, "0912 345 678", "+84912345678", "anh tuyet", NAME):
        assert [one.number for one in found(words, agency=COMMUNE, at=at)] == [number], words
    for words in ("HD-2026-999999", "099999999999", "tuyet", "anh tuyen", ""):
        assert found(words, agency=COMMUNE, at=at) == [], words
    again = form_of(opened(clerk)).fields
    page = post(clerk, again | {"applicant-0-scan": NUMBER, "_update": "1"}).content.decode()
    assert f'href="/dossiers/receive?guidance={number}"' in page
    form = form_of(clerk.get("/dossiers/receive", {"guidance": number})).fields
    assert (form["procedure"], form["variant"]) == ("1.004873", "no_verification")
    assert form["applicant-0-name"] == NAME
    assert form["applicant-0-number"] == NUMBER
    assert {n: v for n, v in form.items() if n.startswith("ask-")} == {
        n: v for n, v in unprepared(clerk).items() if n.startswith("ask-")
    }


def test_another_desk_sees_nothing_and_others_write_nothing(clerk: Client, at: datetime) -> None:
    fields = unprepared(clerk)
    number = told(clerk, fields)
    for login in ("tiepnhan1.mauhai", "chutich", "kythuat"):
        other = visitor(login, at=at)
        for name in ("guidance", "guidance_paper"):
            assert other.get(reverse(name, args=[number])).status_code == 404
    assert (
        visitor("tiepnhan1.mauhai", at=at).get("/dossiers/receive", {"guidance": number}).status_code == 404
    )
    chair = post(visitor("chutich", at=at), fields | {"idempotency_key": str(uuid7())})
    assert chair.status_code == 403
    assert records() == [(number, 1)]


def test_the_operation_itself_refuses_others(at: datetime) -> None:
    told_to_bring(at)
    who, nothing = actor("chutich", at=at), uuid7()
    record = Told(
        procedure="1.004873",
        procedure_version=nothing,
        variant="x",
        channel="counter",
        answers={},
        people=(),
        missing=(),
        advice="Lời.",
        officer="",
    )
    with pytest.raises(Denied), unit_of_work(actor=who, at=at, request=Request.fresh()):
        guide(told=record, actor=who, at=at)
    assert len(records()) == 1


RESIDENCE = "paper-residence_sought"


def items_of(number: str) -> str:
    """What the record's page and paper ask for, in one line."""
    one = guidance(number, agency=COMMUNE)
    return "; ".join(item.vi for item in one.items)


def test_what_the_agency_looks_up_is_asked_for_only_after_a_look_up_in_vain(clerk: Client) -> None:
    fields = unprepared(clerk)
    form = form_of(opened(clerk))
    assert RESIDENCE in form.ticks
    assert "paper-form_sought" not in form.ticks
    assert "cư trú" not in (first := items_of(told(clerk, fields)))
    assert "Tờ khai" in first
    again = unprepared(clerk) | {RESIDENCE: "on", "applicant-0-name": "Lò Văn Xa", "applicant-0-number": ""}
    assert "đã tra cứu, không có dữ liệu" in items_of(told(clerk, again))


def test_what_need_not_be_brought_is_left_off_but_something_is_left(clerk: Client) -> None:
    fields = unprepared(clerk)
    rehearsed = {name: value for name, value in fields.items() if name != "_guide"}
    page = post(clerk, {**rehearsed, "spare": "form", "_update": "1"}).content.decode()
    assert 'name="spare" value="form"' in page
    record = told(clerk, fields | {"spare": "form"})
    assert "Tờ khai" not in items_of(record)
    everything = re.findall(r'name="spare" value="(\w+)"', page)
    answer = post(clerk, fields | {"idempotency_key": str(uuid7()), "spare": everything})
    assert answer.status_code == 422
    assert "Không thiếu giấy tờ nào phải mang đến" in answer.content.decode()
    assert [number for number, _ in records()] == [record]
