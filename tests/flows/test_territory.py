"""Steps that go to who serves the dossier's area; where that is not known, the shared list and the reason."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from motcua.agencies.events import AreaServed, TerritorySet
from motcua.catalogue.shapes import YES_NO
from motcua.dossiers.selectors import dossier
from motcua.eforms.selectors import forms_of
from motcua.flows.assignment import claim
from motcua.flows.interests import declare
from motcua.flows.processes import judged, procedure_of
from motcua.flows.reception import receive
from motcua.kernel.errors import Denied, Invalid
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.processes.checks import parse
from motcua.processes.placing import places_of
from motcua.processes.selectors import staff
from motcua.processes.territory import areas, set_areas
from tests.support.acts import act, moment
from tests.support.lives import plain, row_of
from tests.support.mending import birth_from_home
from tests.support.ruled import document, ruled
from tests.support.scenes_joint import person
from tests.support.streams import count
from tests.support.tables import approve, row, run, table
from tests.support.world import COMMUNE, actor, intake, logins, viewer

pytestmark = pytest.mark.django_db
DAY = date(2026, 8, 24)


def served(*told):
    return [
        AreaServed(code=code, name=name, account=logins()[login] if login else None)
        for code, name, login in told
    ]


def sets(login, *told, agency=COMMUNE):
    at = moment(24, 7)
    who = actor(login, at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        set_areas(agency=agency, served=served(*told), actor=who, at=at)


def received(area, minute=0):
    whole = intake()
    answers = whole.answers | ({"area": area} if area else {})
    told = replace(whole, answers=answers)
    return act("tiepnhan1", moment(24, 9, minute), receive, intake=told).row["code"]


def holder(code):
    names = {account: login for login, account in logins().items()}
    return names.get(row_of(code)["holder_account"])


def last(code):
    return dossier(code, viewer=viewer("tuphap1")).entries[-1].sentence


def test_who_serves_the_area_gets_it_else_it_waits_with_the_reason():
    ruled({"examine": {"assignment": "territory"}})
    sets(
        "chutich",
        ("thon-1", "Thôn Đông", "tuphap1"),
        ("thon-2", "Thôn Tây", "tuphap2"),
        ("thon-3", "Thôn Nam", ""),
    )
    east, west, south, nowhere, unsaid = (
        received(area, minute) for minute, area in enumerate(("thon-1", "thon-2", "thon-3", "thon-9", ""))
    )
    assert [holder(code) for code in (east, west, south, nowhere, unsaid)] == [
        "tuphap1",
        "tuphap2",
        None,
        None,
        None,
    ]
    assert last(east).vi.endswith("Giao theo địa bàn: Thôn Đông.")
    assert "Địa bàn Thôn Nam: không có người phụ trách" in last(south).vi
    assert "Địa bàn thon-9" in last(nowhere).vi
    assert "Địa bàn chưa rõ" in last(unsaid).vi
    act("tuphap2", moment(24, 10), claim, code=south)


def test_where_nobody_asked_the_address_says_it_unless_it_names_two_areas_or_none():
    ruled({"examine": {"assignment": "territory"}, "approve": {"returns_to": ["examine"]}})
    sets(
        "chutich",
        ("thon-1", "Thôn 1", "tuphap1"),
        ("thon-11", "Thôn 11", "tuphap2"),
        ("thon-2", "Thôn 2", ""),
    )
    codes = []
    for minute, address in enumerate(
        ("Số 3, thon 11, Xã Mẫu", "Thôn 1, Xã Mẫu", "Thôn 1 và Thôn 11", "Xã Mẫu", "")
    ):
        (role, who), *others = intake().people
        told = replace(intake(), people=((role, replace(who, address=address)), *others))
        codes.append(act("tiepnhan1", moment(24, 9, minute), receive, intake=told).row["code"])
    assert [holder(code) for code in codes] == ["tuphap2", "tuphap1", None, None, None]
    assert last(codes[0]).vi.endswith("Giao theo địa bàn: Thôn 11.")
    assert "Địa bàn chưa rõ" in last(codes[3]).vi


def test_the_answer_that_the_process_names_comes_first_and_the_address_after_it():
    """A question by its code; an address of the form by its words, at reception and at every step after it."""
    birth = intake("1.001193")
    limit = {birth.variant: {"unit": "same_day"}}
    rows = (row("examine", assignment="territory"), approve())
    run(table(*rows, procedure="1.001193", variants=limit, area="form.birth_place"))
    ruled({"examine": {"assignment": "territory"}}, area="answers.site")
    sets("chutich", ("thon-1", "Thôn 1", "tuphap1"), ("thon-2", "Thôn 2", "tuphap2"))
    (role, who), *others = intake().people
    lives = replace(intake(), people=((role, replace(who, address="Thôn 2, Xã Mẫu")), *others))
    asked = replace(lives, answers=lives.answers | {"site": "thon-1"})
    codes = [
        act("tiepnhan1", moment(24, 9, minute), receive, intake=told).row["code"]
        for minute, told in enumerate((asked, lives))
    ]
    assert [holder(code) for code in codes] == ["tuphap1", "tuphap2"]
    at = moment(24, 10)
    citizen = person("tuyet", at)
    place = {"province": "01", "commune": "00004", "detail": "Trạm xá thôn 1"}
    code = birth_from_home(citizen, at, birth_place=place, born_at="elsewhere")
    act("tiepnhan1", at, receive, intake=birth, submitted=code)
    assert holder(code) == "tuphap1"
    assert staff(agency=COMMUNE, at=at, row=plain(code)).place.area == "thon-1"


def test_what_gives_the_area_has_to_be_asked_and_to_be_one():
    told = document({"examine": {"assignment": "territory"}})
    version = procedure_of("1.004873", on=DAY)
    known = places_of(version, forms_of("1.004873", on=DAY))
    yes_no = next(f"answers.{each.code}" for each in version.questions if each.options == YES_NO)
    assert yes_no not in known

    def wrong(area):
        return [each.slot for each in judged(told | {"area": area}, on=DAY).wrong]

    assert [wrong(area) for area in ("answers.nobody_asks", "form.name", yes_no)] == [["area"]] * 3
    assert {area: wrong(area) for area in known} == {area: [] for area in known}
    hints = judged(document({}) | {"area": next(iter(known))}, on=DAY).hints
    assert "area" in [each.slot for each in hints], "no step goes by area"
    with pytest.raises(Invalid, match="mã câu hỏi"):
        parse(told | {"area": "site"})


def test_who_may_not_do_it_does_not_get_it_for_the_area():
    ruled({"examine": {"assignment": "territory"}})
    sets("chutich", ("thon-1", "Thôn Đông", "vanthu"))
    code = received("thon-1")
    assert holder(code) is None, "who serves the area holds none of the step's seats"
    sets("chutich", ("thon-1", "Thôn Đông", "tuphap1"))
    code = received("thon-1", 5)
    act("tuphap1", moment(24, 10), declare, code=code, kind="other", reason="Hàng xóm.")
    assert holder(code) == "tuphap2"


def test_it_is_decided_on_the_agencys_stream_whole_and_by_its_leads():
    before = count("ledger_event")
    for login, told, error in (
        ("truongquay", [("thon-1", "Thôn Đông", "")], Denied),
        ("chutich.mauhai", [("thon-1", "Thôn Đông", "")], Denied),
        ("chutich", [("Thôn 1", "Thôn Đông", "")], Invalid),
        ("chutich", [("thon-1", " ", "")], Invalid),
        ("chutich", [("thon-1", "Thôn Đông", ""), ("thon-1", "Thôn Tây", "")], Invalid),
        ("chutich", [("thon-1", "Thôn Đông", "tuphap1.mauhai")], Invalid),
    ):
        with pytest.raises(error):
            sets(login, *told)
    assert (count("ledger_event"), areas(COMMUNE)) == (before, ())
    sets("phochutich", ("thon-2", "Thôn Tây", ""), ("thon-1", "Thôn Đông", "tuphap1"))
    sets("chutich", ("thon-1", "Thôn Đông", "tuphap2"))
    assert [(one.code, one.account) for one in areas(COMMUNE)] == [("thon-1", logins()["tuphap2"])]
    assert count("ledger_event") == before + 2
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (envelope::jsonb)->'data'->'areas' FROM ledger_event WHERE type = %s ORDER BY at DESC, seq DESC"
            " LIMIT 1",
            [TerritorySet.TYPE],
        )
        (decided,) = cursor.fetchone()
    assert [one["code"] for one in (json.loads(decided) if isinstance(decided, str) else decided)] == [
        "thon-1"
    ]
