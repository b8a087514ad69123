"""What is found wrong with a process before it is published."""

import time
from decimal import Decimal
from typing import Any

import pytest
from tests.support.tables import approve, row, seal, table

from motcua.processes.checks import findings, parse
from motcua.processes.judging import longest, problems

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
