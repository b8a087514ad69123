"""What is found wrong with a process before it is published."""

import re
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.support.tables import approve, row, seal, table

from motcua.kernel.say import Say
from motcua.processes import checks
from motcua.processes.checks import findings, parse
from motcua.processes.finding_words import MEND, SENTENCES, found, mended
from motcua.processes.issued.findings import _PUT_IN, _REMARKED
from motcua.processes.judging import longest, problems
from motcua.processes.starter import processes
from motcua.processes.wording import time_words

ONE = row("one")
LIMITS = {
    "simple": {"unit": "working_day", "value": "5"},
    "hard": {"unit": "working_day", "value": "6"},
}


def fact(path: str, value: Any, test: str = "==") -> dict[str, Any]:
    return {test: [{"var": path}, value]}


def of_problems(*rows: Any, **more: Any) -> set[tuple[str, str, bool]]:
    return {(p.finding.code, p.where, p.blocks) for p in problems(parse(table(*rows, **more)))}


def test_nothing_is_wrong_with_a_plain_table() -> None:
    assert of_problems(ONE, approve(), seal()) == set()


@pytest.mark.parametrize(
    "when",
    [
        False,
        fact("variant", "ghost"),
        fact("channel", "assisted"),
        fact("outcome", "maybe"),
        {"and": [fact("answers.q", "a"), fact("answers.q", "b")]},
        {"and": [fact("quantities.copies", 3, ">"), fact("quantities.copies", 2, "<")]},
        {"and": [{"var": "outside"}, {"!": {"var": "outside"}}]},
    ],
)
def test_a_condition_that_never_holds_leads_nowhere(when: Any) -> None:
    assert of_problems(ONE, row("two", when=when), approve()) == {("never", "steps[2].when", True)}


@pytest.mark.parametrize(
    "when",
    [
        fact("variant", "no_verification"),
        fact("answers.q", "a", "!="),
        {"in": [{"var": "channel"}, ["online", "post"]]},
        {"and": [fact("quantities.copies", 3, ">="), fact("quantities.copies", 3, "<=")]},
        {"<": [{"var": "answers.day"}, "2026-01-01"]},
        {"==": [{"+": [{"var": "quantities.a"}, {"var": "quantities.b"}]}, 7]},
    ],
)
def test_a_condition_that_may_hold_is_no_problem(when: Any) -> None:
    assert of_problems(ONE, row("two", when=when), approve()) == set()


GRANTED = fact("outcome", "granted")


def test_no_way_leads_to_the_decision_past_every_approval() -> None:
    big = fact("answers.size", "big")
    two = (approve("chair", when=big), approve("deputy", when={"!": [big]}))
    assert of_problems(ONE, *two, seal()) == set()
    some = (approve("chair", when=big), approve("deputy", when=fact("answers.size", "small")))
    assert of_problems(ONE, *some, seal()) == {("unapproved", "steps", True)}
    assert of_problems(ONE, approve(when=GRANTED), seal()) == {("unapproved", "steps", True)}
    # an undecidable condition may fail
    assert of_problems(ONE, approve(when={"<": [{"var": "answers.a"}, {"var": "answers.b"}]}), seal()) == {
        ("unapproved", "steps", True)
    }


def test_times_are_those_of_the_longest_way_of_each_variant() -> None:
    rows = (
        row("one"),
        row("site", when=fact("variant", "hard"), time="1"),
        row("land", branch="a.1", time="1"),
        row("tax", branch="a.2", time="2"),
        approve(time="0.5"),
        seal(),
    )
    process = parse(table(*rows, variants=LIMITS))
    assert (longest(process, "simple"), longest(process, "hard")) == (Decimal(5), Decimal(6))
    assert findings(process) == ()
    short = {**LIMITS, "hard": {"unit": "working_day", "value": "5"}}
    assert of_problems(*rows, variants=short) == {("beyond_limit", "variants[1]", False)}


def test_a_row_for_each_size_takes_no_time_of_the_other() -> None:
    big = fact("answers.size", "big")
    process = parse(table(ONE, row("b", when=big), row("s", when={"!": [big]}), approve(), seal()))
    assert longest(process, "no_verification") == Decimal("4.5")


def test_the_same_day_is_shared_out() -> None:
    """What the steps take is a share of the day, so no sum is beyond it."""
    assert of_problems(ONE, approve(), seal(), variants={"no_verification": {"unit": "same_day"}}) == set()


def test_too_many_combinations_are_judged_by_the_variant_alone() -> None:
    rows = [row(f"r{n}", when=fact(f"answers.q{n}", "a")) for n in range(12)]
    codes = {code for code, _where, _blocks in of_problems(ONE, *rows, approve(), seal())}
    assert codes == {"not_judged", "beyond_limit"}


def test_five_hundred_steps_are_read_and_judged_within_a_second() -> None:
    rows = [row("first")]
    for n in range(165):
        rows += [
            row(f"a{n}", branch=f"g{n}.1"),
            row(f"b{n}", branch=f"g{n}.2", when=fact("answers.size", "big")),
            row(f"c{n}", when=GRANTED, ways={"far": "approve"}),
        ]
    document = table(*rows, approve(returns_to=["first", "a7"]), seal(), variants=LIMITS)
    assert len(document["steps"]) == 500
    begun = time.process_time()
    process = parse(document)
    assert {p.finding.code for p in problems(process)} == {"beyond_limit"}
    assert time.process_time() - begun < 1


def test_every_finding_is_a_sentence_with_what_to_do_and_numbers_as_people_write_them() -> None:
    """The check said "no_verification: no_verification: … 4.0"."""
    source = (file.read_text("utf-8") for file in Path(checks.__file__).parent.rglob("*.py"))
    named = {code for text in source for code in re.findall(r'\b(?:Finding|found|put_in)\(\s*"(\w+)"', text)}
    assert named | {*_PUT_IN, *(code for code, _said in _REMARKED.values())} <= MEND.keys()
    assert MEND.keys() >= {each.code for process in processes() for each in process.findings}
    assert SENTENCES.keys() <= MEND.keys()
    said = {name: time_words(Decimal("4.0"), "giờ") for name in ("total", "limit", "work")}
    for code in SENTENCES:
        told = mended(found(code, **said))
        for text in (told.vi, told.en):
            assert "; " in text
            assert not re.search(r"[{}]|\.0\b|^\W", text), text
        assert told.vi != told.en


def test_times_in_hours_are_held_against_limits_in_days() -> None:
    """Twenty-four hours were told to exceed three days, and such a draft could not be published."""

    def in_hours(examine: str, limit: Any) -> Any:
        document = table(
            row("one", time=examine), approve(time="3"), seal(), variants={"no_verification": limit}
        )
        for step in document["steps"]:
            step["times"][0]["unit"] = "giờ"
        return parse(document)

    three = {"unit": "working_day", "value": "3"}
    assert findings(in_hours("19.5", three)) == ()
    labels = {"no_verification": Say("Không xác minh", "Without verification")}
    beyond, differs = (mended(each) for each in findings(in_hours("20.5", three), labels=labels))
    assert beyond.vi.startswith(
        "Không xác minh: đường dài nhất cần 25 giờ, thời hạn chỉ có 3 ngày làm việc; hãy bớt"
    )
    assert beyond.en.startswith(
        "Without verification: the longest way takes 25 hours, but the time limit is only 3 w"
    )
    assert differs.en.startswith(
        "Without verification: the steps add up to 25 hours, the time limit is 3 working days"
    )
    assert findings(in_hours("19.5", {"unit": "month", "value": "1"})) == ()
