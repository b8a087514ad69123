"""A process put into another one."""

from typing import Any

import pytest
from tests.support.tables import approve, row, seal, table

from motcua.kernel.errors import Invalid
from motcua.processes.checks import parse
from motcua.processes.includes import spliced
from motcua.processes.judging import problems

TWO = {
    "simple": {"unit": "working_day", "value": "5"},
    "hard": {"unit": "working_day", "value": "6"},
}
INNER = table(
    row("look", ways={"enough": "write"}),
    row("land", branch="a.1"),
    row("tax", branch="a.2", apart_from=["look"]),
    row("write", returns_to=["look"]),
    approve("head"),
    procedure="1.000001",
)


def including(code: str = "site", number: int = 2, **more: Any) -> dict[str, Any]:
    return {"code": code, "includes": {"process": "QT-1.000001", "number": number}, **more}


def find(code: str, number: int) -> dict[str, Any] | None:
    return INNER if (code, number) == ("QT-1.000001", 2) else None


def test_its_running_rows_stand_in_place_of_the_row() -> None:
    document = table(row("one"), including(), approve(), seal(), variants=TWO)
    process = parse(spliced(document, find))
    assert [s.code for s in process.steps] == [
        *("receive", "one", "site.look", "site.land", "site.tax", "site.write", "site.head"),
        *("approve", "seal", "return"),
    ]
    assert [s.order for s in process.steps] == list(range(1, 11))
    assert process.step("site.look").outcomes[0].to == "site.write"
    assert process.step("site.write").returns_to == ("site.look",)
    assert process.step("site.tax").apart_from == ("site.look",)
    land = process.step("site.land").parallel
    assert land is not None
    assert land.group == "site.a"
    assert [t.variant for t in process.step("site.look").times] == ["simple", "hard"]


def test_a_whole_process_stands_in_a_branch_and_under_a_condition() -> None:
    inner = table(row("look", when={"==": [{"var": "outside"}, True]}), row("write"), procedure="1.000001")
    online = {"==": [{"var": "channel"}, "online"]}
    aside = including(when=online, parallel={"group": "g", "branch": "2"})
    whole = table(row("one"), row("two", branch="g.1"), aside, approve(), seal())
    process = parse(spliced(whole, lambda code, number: inner))
    look, write = process.step("site.look"), process.step("site.write")
    assert look.when == {"and": [online, {"==": [{"var": "outside"}, True]}]}
    assert write.when == online
    assert {(s.parallel.group, s.parallel.branch) for s in (look, write) if s.parallel} == {("g", "2")}
    assert not any(problem.blocks for problem in problems(process))


def test_twice_is_no_confusion() -> None:
    document = table(row("one"), including("a"), including("b"), approve(), seal())
    process = parse(spliced(document, find))
    assert {"a.look", "b.look"} <= {s.code for s in process.steps}


def test_a_table_that_includes_nothing_stays_as_it_is() -> None:
    document = table(row("one"), approve(), seal())
    assert spliced(document, find) is document


@pytest.mark.parametrize(
    ("put", "field"),
    [
        (including(number=3), "steps[2].includes"),
        (including(kind="examine"), "steps[2].kind"),
        (including(code=""), "steps[2].code"),
        ({"code": "x", "includes": "QT-1"}, "steps[2].includes"),
        (including(when={"==": [{"var": "outcome"}, "granted"]}), "steps[2].when"),
        (including(parallel={"group": "g", "branch": "1"}), "steps[2].parallel"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(put: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        spliced(table(row("one"), put, approve(), seal()), find)
    assert refused.value.field == field


def test_times_are_of_the_same_variant() -> None:
    inner = table(row("look"), approve("head"), procedure="1.000001", variants=TWO)
    with pytest.raises(Invalid, match=r"no_verification"):
        spliced(table(row("one"), including(), approve()), lambda code, number: inner)
