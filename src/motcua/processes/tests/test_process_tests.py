"""Tests of a process are run by the rules of any dossier; what they say is held against what comes of it."""

import time
from dataclasses import replace
from typing import Any

import pytest
from tests.support.tables import approve, row, seal, table

from motcua.catalogue import starter as catalogue
from motcua.catalogue.reading import read
from motcua.catalogue.shapes import Grounds
from motcua.kernel.errors import Invalid
from motcua.processes.checks import parse
from motcua.processes.starter import processes
from motcua.processes.testing.judging import changed, reds, results, told, unkept, with_tests
from motcua.processes.testing.running import run
from motcua.processes.testing.writing import document_of

VERSIONS = {one.code: one for one in catalogue.procedures()}
PROCEDURE = VERSIONS["1.004873"]
NO_RIGHT = "Your position does not allow “Complete the step” on this dossier."
Row = dict[str, Any]


def hours(value: str) -> dict[str, str]:
    return {"value": value, "unit": "working_hour"}


def days(value: str) -> dict[str, str]:
    return {"value": value, "unit": "calendar_day"}


def did(act: str, position: str | None = None, expect: Row | None = None, **more: Any) -> Row:
    told: Row = {"act": act, **more}
    told |= {"position": position} if position else {}
    return told | ({"expect": expect} if expect is not None else {})


RECEIVED = did("receive", "reception_officer", {"state": "received", "messages": ["received"]})
STARTED = did("start", "justice_officer", {"state": "in_process"}, after=hours("1"))


def a_test(*rows: Row, facts: Row | None = None, **more: Any) -> Row:
    told = {"code": "one", "title": {"vi": "Bài một", "en": "Test one"}, "rows": [RECEIVED, *rows]}
    return told | {"facts": {"variant": "no_verification", **(facts or {})}} | more


def process(*rows: Any, tests: Any = (), **more: Any) -> Any:
    return parse(table(*rows, tests=list(tests), **more))


def wrong(made: Any) -> list[tuple[int, str]]:
    """What is wrong with the tests of a process, in English."""
    return [(red.row, red.said.en.removeprefix("test “Test one”, ")) for red in reds(made, PROCEDURE)]


PLAIN = (row("examine"), approve(returns_to=["examine"]), seal())


@pytest.mark.parametrize("shipped", [one for one in processes() if one.tests], ids=lambda one: one.code)
def test_the_shipped_tests_are_green_and_are_written_as_they_are_read(shipped: Any) -> None:
    found = results(shipped, VERSIONS[shipped.procedure])
    assert found
    assert not [said.vi for result in found for _row, said in told(result)]
    document = {**table(*PLAIN), "tests": [document_of(one) for one in shipped.tests]}
    assert parse(document).tests == shipped.tests


def test_what_is_not_as_expected_is_told_with_what_came_in_people_s_words() -> None:
    made = process(
        *PLAIN,
        tests=[
            a_test(
                STARTED,
                did("step", "justice_officer", {"steps": ["seal"], "state": "decided"}, after=hours("2")),
                did("step", "clerk", {"steps": ["seal"]}),
                did("step", "chair", {"refused": True}, after=hours("2")),
                did("decide", "clerk", {"due": "2026-03-12T17:00", "messages": ["ready"], "papers": []}),
            )
        ],
    )
    assert wrong(made) == [
        (3, "row 3: the state: expected “Decided”, got “In process”"),
        (3, "row 3: the open steps: expected “Step seal”, got “Step approve”"),
        (4, f"row 4: this act: expected done, got refused: {NO_RIGHT}"),
        (4, "row 4: the open steps: expected “Step seal”, got “Step approve”"),
        (5, "row 5: this act: expected refused, got done"),
        (6, "row 6: the due date: expected 17:00 12/03/2026, got 17:00 05/03/2026"),
        (6, "row 6: what people are told: expected “The result is ready”, got none"),
    ]


def test_conditions_branches_ways_papers_and_people_apart() -> None:
    online = {"==": [{"var": "channel"}, "online"]}
    paper = {"code": "minutes", "title": {"vi": "Biên bản", "en": "Minutes"}, "required": True}
    rows = (
        row("examine", ways={"plain": "head"}),
        row("site", "verify", when=online, papers=[paper]),
        row("fire", "consult", branch="g.1", positions=["clerk"]),
        row("land", "verify", branch="g.2", positions=["economic_section"]),
        row("head", positions=["section_head"], returns_to=["examine"], apart_from=["examine"]),
        approve(),
        seal(),
    )
    long = a_test(
        STARTED,
        did("step", "justice_officer", {"steps": ["site"], "papers": []}, after=hours("1")),
        did("step", "justice_officer", {"steps": ["fire", "land"], "papers": ["minutes"]}),
        did("step", "economic_section", {"steps": ["fire"]}, after=days("1")),
        did("step", "clerk", {"steps": ["head"]}),
        did("return_step", "section_head", {"steps": ["examine"]}, to="examine"),
        did("step", "justice_officer", {"steps": ["head"]}, way="plain"),
        did("step", "section_head", {"steps": ["approve"]}),
        facts={"channel": "online"},
    )
    short = a_test(STARTED, did("step", "justice_officer", {"steps": ["fire", "land"]}), code="two", facts={})
    assert wrong(process(*rows, tests=[long, short])) == []
    same = (
        row("examine", positions=["clerk"]),
        approve(),
        row("seal", "seal", positions=["clerk"], apart_from=["examine"]),
    )
    made = process(
        *same,
        tests=[
            a_test(
                did("start", "clerk"),
                did("step", "clerk"),
                did("step", "chair"),
                did("decide", "clerk", {"refused": True}),
                did("decide", "clerk", {"state": "decided"}, person=2),
            )
        ],
    )
    assert wrong(made) == []


def test_the_clock_stands_still_moves_and_goes_on() -> None:
    asked = {
        "code": "tax",
        "whom": [{"position": "economic_section"}],
        "about": {"vi": "Thuế", "en": "Tax"},
        "limit": {"unit": "working_day", "value": "2"},
        "tacit": True,
        "pauses": True,
        "ground": "pausing_consultation",
        "required": True,
    }
    procedure = with_grounds(
        extension=[ground("complex_matter")],
        suspension=[ground("pausing_consultation"), ground("verification")],
    )
    made = process(
        row("examine", consultations=[asked]),
        approve(),
        seal(),
        tests=[
            a_test(
                STARTED,
                did("step", "justice_officer", {"refused": True}),
                did("consult", "justice_officer", {"due": "none", "messages": ["consulting"]}, plan="tax"),
                did("wait", expect={"due": "2026-03-09T17:00", "messages": ["consulted"]}, after=days("3")),
                did("step", "justice_officer", {"steps": ["approve"]}),
                did("suspend", "chair", {"due": "none"}, ground="verification"),
                did("step", "chair", {"refused": True}),
                did("resume", "chair", {"due": "2026-03-10T17:00"}, after=days("1")),
                did(
                    "extend",
                    "chair",
                    {"messages": ["extended"], "due": "2026-03-12T17:00"},
                    ground="complex_matter",
                    value="2",
                ),
                did("withdraw", expect={"state": "withdrawn", "steps": []}),
            )
        ],
    )
    assert [red.said.en for red in reds(made, procedure)] == []
    answered = a_test(
        STARTED,
        did("consult", "justice_officer", plan="tax"),
        did("answer_consultation", "clerk", {"refused": True}, plan="tax"),
        did(
            "answer_consultation",
            "economic_section",
            {"messages": ["consulted"]},
            plan="tax",
            after=hours("2"),
        ),
        did("step", "justice_officer", {"steps": ["approve"]}),
    )
    made = process(row("examine", consultations=[asked]), approve(), seal(), tests=[answered])
    assert [red.said.en for red in reds(made, procedure)] == []


def with_fees(*, pausing: bool) -> Any:
    """The procedure, whose fees stop the clock while they are waited for, or don't."""
    return replace(PROCEDURE, fees=tuple(replace(fee, pauses=pausing) for fee in PROCEDURE.fees))


def test_a_fee_is_asked_for_waited_for_and_paid() -> None:
    """Rows that ask for money, wait for it and pay it: whose act it is, what the clock does, what people are told."""
    for pausing, meanwhile, paid in (
        (True, "none", "2026-03-09T17:00"),
        (False, "2026-03-05T17:00", "2026-03-05T17:00"),
    ):
        asked = {"state": "payment_requested", "due": meanwhile}
        rows = (
            STARTED,
            did("pay", "cashier", {"refused": True}),
            did("request_payment", "justice_officer", {**asked, "messages": ["payment"]}, after=hours("2")),
            did("step", "justice_officer", {"refused": True}),
            did("wait", expect={**asked, "steps": ["examine"], "messages": []}, after=days("2")),
            did("pay", "justice_officer", {"refused": True, "state": "payment_requested"}),
            did("pay", "cashier", {"state": "in_process", "due": paid, "steps": ["examine"]}),
            did("pay", "cashier", {"refused": True}),
            did("step", "justice_officer", {"steps": ["approve"]}),
        )
        made = process(*PLAIN, tests=[a_test(*rows)])
        assert not [red.said.en for red in reds(made, with_fees(pausing=pausing))], pausing
    # What is expected wrongly of the money is told.
    early = a_test(STARTED, did("request_payment", "justice_officer", {"state": "in_process"}))
    assert wrong(process(*PLAIN, tests=[early])) == [
        (3, "row 3: the state: expected “In process”, got “Waiting for payment”")
    ]


def ground(code: str) -> Row:
    return {"code": code, "label": {"vi": code, "en": code}, "basis": "Luật"}


def with_grounds(**grounds: Any) -> Any:
    """The procedure with other grounds."""
    return replace(PROCEDURE, grounds=read(Grounds, grounds))


def test_a_test_of_another_version_says_so_until_it_is_mended_or_retired() -> None:
    old = a_test(
        did("start", "specialist"),
        did("step", "justice_officer", {"steps": ["site"], "papers": ["minutes"]}, way="plain"),
        did("step", "chair", {"messages": ["nothing"]}, step="gone"),
        did("suspend", "chair", ground="unheard_of"),
        facts={"variant": "gone", "answers": [{"question": "nobody_asks", "option": "x"}]},
    )
    told_en = [said for _row, said in wrong(process(*PLAIN, tests=[old]))]
    assert all("written for another version" in said for said in told_en)
    for named in ("the variant “gone”", "does not ask “nobody_asks”", "the position “Specialist”", "the step “site”",
                  "the way “plain”", "the paper “minutes”", "no message “nothing”", "the step “gone”",
                  "the ground “unheard_of”"):  # fmt: skip
        assert any(named in said for said in told_en), named
    assert wrong(process(*PLAIN, tests=[old | {"retired": "Bước đã bỏ"}])) == []


def test_no_version_forgets_a_test_and_who_knows_none_keeps_them() -> None:
    last = table(*PLAIN, tests=[a_test(STARTED)])
    assert with_tests(table(*PLAIN), last)["tests"] == last["tests"]
    assert with_tests(last, None) is last
    assert not list(unkept(last, last))
    [(where, gone)] = unkept(table(*PLAIN, tests=[]), last)
    assert where == "tests"
    assert "Bài một" in gone.vi


def test_a_test_that_was_published_asks_something_else_only_with_a_reason_for_each_time() -> None:
    first = table(*PLAIN, tests=[a_test(STARTED)])
    milder = did("start", "justice_officer")
    for other in (
        a_test(milder),
        a_test(STARTED, facts={"channel": "online"}),
        a_test(STARTED, begins="2026-03-03T08:00"),
        a_test(milder, retired="Bước đã bỏ"),
    ):
        [(where, said)] = unkept(table(*PLAIN, tests=[other]), first)
        assert (where, "nobody says why" in said.en) == ("tests[0]", True)
    same = a_test(did("start", "justice_officer", {"state": "in_process"}, person=1, after=hours("1")))
    for kept in (
        same | {"title": {"vi": "Tên khác"}},
        same | {"retired": "Bước đã bỏ"},
        same | {"source": "1"},
    ):
        assert not list(unkept(table(*PLAIN, tests=[kept]), first))
    told = a_test(milder, changes=["Lãnh đạo đổi ý"])
    second = table(*PLAIN, tests=[told])
    assert not list(unkept(second, first))
    assert (changed(second, first), changed(first, first)) == (("one",), ())
    # the reason of the last time is none for this time, and stays
    for again in (
        a_test(STARTED, changes=["Lãnh đạo đổi ý"]),
        a_test(STARTED),
        a_test(STARTED, changes=["Khác", "Nữa"]),
    ):
        assert len(list(unkept(table(*PLAIN, tests=[again]), second))) == 1
    assert not list(
        unkept(table(*PLAIN, tests=[a_test(STARTED, changes=["Lãnh đạo đổi ý", "Lại đổi"])]), second)
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rows": [{"act": "receive", "position": "reception_officer"}]}, "can't fail"),
        ({"rows": [STARTED]}, "first row must be the reception"),
        ({"rows": [RECEIVED, RECEIVED]}, "received once"),
        ({"rows": [RECEIVED, did("fly", "clerk")]}, "“fly” is none of"),
        ({"rows": [RECEIVED, did("start")]}, "the position"),
        ({"rows": [RECEIVED, did("start", "clerk", after=hours("-1"))]}, "does not go backwards"),
        ({"rows": [RECEIVED, did("start", "clerk", after=hours("1001"))]}, "at most 1000"),
        ({"rows": [RECEIVED, did("start", "clerk", after=days("0.5"))]}, "whole numbers"),
        ({"rows": [RECEIVED, did("start", "clerk", person=0)]}, "from 1 to 9"),
        ({"rows": [RECEIVED, *[STARTED] * 200]}, "more than 200 rows"),
        ({"rows": [RECEIVED, did("consult", "clerk", whom=["everybody"])]}, "position:clerk"),
        ({"begins": "02/03/2026"}, "a moment since 2020"),
        ({"begins": "2026-02-31T08:00"}, "a moment since 2020"),
        ({"begins": "2005-03-07T08:00"}, "a moment since 2020"),
        ({"retired": "\u200b"}, "write why"),
        ({"changes": ["\u200b"]}, "write why"),
        ({"colour": "red"}, "unknown key"),
        ({"facts": {}}, "required key"),
    ],
)
def test_what_cannot_be_a_test_is_refused_with_its_place(change: Row, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        process(*PLAIN, tests=[{**a_test(STARTED), **change}])
    assert said in refused.value.en
    assert refused.value.field.startswith("tests[0]")


def test_two_tests_of_one_code_and_too_many_are_refused() -> None:
    with pytest.raises(Invalid, match="trùng nhau"):
        process(*PLAIN, tests=[a_test(STARTED), a_test(STARTED)])
    with pytest.raises(Invalid, match="1000 dòng"):
        process(*PLAIN, tests=[a_test(*[STARTED] * 150, code=f"t{n}") for n in range(7)])
    with pytest.raises(Invalid, match="50"):
        process(*PLAIN, tests=[a_test(STARTED, code=f"t{n}") for n in range(51)])


def test_the_same_test_comes_to_the_same_and_twenty_are_judged_in_two_seconds() -> None:
    again = [
        did("return_step", "chair", {"steps": ["examine"]}, to="examine", after=hours("1")),
        did("step", "justice_officer", {"steps": ["approve"]}, after=hours("1")),
    ]
    rows = (STARTED, did("step", "justice_officer"), *again * 10)
    made = process(*PLAIN, tests=[a_test(*rows, code=f"t{n}") for n in range(20)])
    assert run(made.tests[0], made, PROCEDURE) == run(made.tests[0], made, PROCEDURE)
    begun = time.process_time()
    assert list(reds(made, PROCEDURE)) == []
    assert time.process_time() - begun < 2
