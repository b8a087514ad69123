"""What a table may say of its ways: conditions, branches, ways out and back, what stands beside a step."""

from typing import Any

import pytest
from tests.support.tables import approve, row, seal, table

from motcua.kernel.errors import Invalid
from motcua.processes.checks import parse
from motcua.processes.shapes import Assignment, Part, Side

LIMIT = {"unit": "working_day", "value": "3"}
SAY = {"vi": "Về việc gì", "en": "About what"}


def consultation(**more: Any) -> dict[str, Any]:
    return {"code": "c", "whom": [{"position": "clerk"}], "about": SAY, "limit": LIMIT, **more}


def test_everything_that_may_be_said_is_read() -> None:
    process = parse(
        table(
            row("examine", ways={"direct": "approve"}),
            row("land", branch="a.1", when={"==": [{"var": "answers.land"}, "yes"]}, assignment="rotation"),
            row("tax", branch="a.2", apart_from=["examine"], papers=[{"code": "p", "title": SAY}]),
            approve(
                returns_to=["land", "examine"],
                escalation=[{"when": "before", "value": "4", "unit": "working_hour", "tell": ["chair"]}],
                consultations=[consultation(tacit=True, pauses=True, ground="opinion")],
            ),
            seal(returns_to=["approve"]),
            sees=[{"position": "economic_section", "parts": ["form"]}],
        )
    )
    land, tax, approval = process.step("land"), process.step("tax"), process.step("approve")
    assert process.step("examine").outcomes[0].to == "approve"
    assert land.assignment is Assignment.ROTATION
    assert land.when == {"==": [{"var": "answers.land"}, "yes"]}
    assert (tax.apart_from, tax.papers[0].required) == (("examine",), False)
    assert approval.escalation[0].when is Side.BEFORE
    assert approval.consultations[0].ground == "opinion"
    assert process.sees[0].parts == (Part.FORM,)


ONE = row("one")
BRANCHES = (row("b1", branch="a.1"), row("b2", branch="a.2"))
FAULTS = {
    "a condition on the first step": ((row("one", when=True), approve(), seal()), "steps[1].when"),
    "a condition on the last step": ((ONE, approve(), seal(when=True)), "steps[3].when"),
    "no operator": ((ONE, row("two", when={"sql": 1}), approve()), "steps[2].when"),
    "an unknown fact": ((ONE, row("two", when={"var": "weather"}), approve()), "steps[2].when"),
    "no question": ((ONE, row("two", when={"var": "answers"}), approve()), "steps[2].when"),
    "one branch": ((ONE, row("b1", branch="a.1"), approve()), "steps[2].parallel"),
    "a torn group": ((ONE, *BRANCHES, row("two"), row("b3", branch="a.3"), approve()), "steps[5].parallel"),
    "a torn branch": ((ONE, *BRANCHES, row("b3", branch="a.1"), approve()), "steps[2].parallel"),
    "the first step in a branch": ((*BRANCHES, approve()), "steps[1].parallel"),
    "the approval in a branch": (
        (ONE, approve(branch="a.1"), row("b2", branch="a.2"), seal()),
        "steps[2].parallel",
    ),
    "a way back": ((ONE, row("two", ways={"x": "one"}), approve()), "steps[2].outcomes[0].to"),
    "a way nowhere": ((row("one", ways={"x": "ghost"}), approve()), "steps[1].outcomes[0].to"),
    "past the approval": ((row("one", ways={"x": "seal"}), approve(), seal()), "steps[1].outcomes[0].to"),
    "into a branch": ((row("one", ways={"x": "b2"}), *BRANCHES, approve()), "steps[1].outcomes[0].to"),
    "to another branch": (
        (ONE, row("b1", branch="a.1", ways={"x": "b2"}), row("b2", branch="a.2"), approve()),
        "steps[2].outcomes[0].to",
    ),
    "out of a branch": (
        (ONE, row("b1", branch="a.1", ways={"x": "approve"}), row("b2", branch="a.2"), approve()),
        "steps[2].outcomes[0].to",
    ),
    "a way out of the last step": ((ONE, approve(), seal(ways={"x": "seal"})), "steps[3].outcomes"),
    "back to another branch": (
        (ONE, row("b1", branch="a.1"), row("b2", branch="a.2", returns_to=["b1"]), approve()),
        "steps[3].returns_to",
    ),
    "apart from itself": ((row("one", apart_from=["one"]), approve()), "steps[1].apart_from"),
    "apart from a row beside that does not say so": (
        (ONE, row("b1", branch="a.1"), row("b2", branch="a.2", apart_from=["b1"]), approve()),
        "steps[3].apart_from",
    ),
    "a paper twice": (
        (row("one", papers=[{"code": "p", "title": SAY}] * 2), approve()),
        "steps[1].papers",
    ),
    "nobody is told": (
        (
            row("one", escalation=[{"when": "after", "value": 1, "unit": "working_day", "tell": []}]),
            approve(),
        ),
        "steps[1].escalation[0].tell",
    ),
    "told in calendar days": (
        (
            row("one", escalation=[{"when": "after", "value": 1, "unit": "month", "tell": ["chair"]}]),
            approve(),
        ),
        "steps[1].escalation[0]",
    ),
    "nobody is asked": (
        (row("one", consultations=[consultation(whom=[])]), approve()),
        "steps[1].consultations[0].whom",
    ),
    "two for one": (
        (row("one", consultations=[consultation(whom=[{"agency": "H1", "unit": "u"}])]), approve()),
        "steps[1].consultations[0].whom[0]",
    ),
    "an unknown seat": (
        (row("one", consultations=[consultation(whom=[{"position": "king"}])]), approve()),
        "steps[1].consultations[0].whom[0].position",
    ),
    "no limit": (
        (row("one", consultations=[consultation(limit={"unit": "none"})]), approve()),
        "steps[1].consultations[0].limit",
    ),
    "a pause without a ground": (
        (row("one", consultations=[consultation(pauses=True)]), approve()),
        "steps[1].consultations[0].ground",
    ),
}


@pytest.mark.parametrize(("rows", "field"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_refused_with_its_place(rows: tuple[dict[str, Any], ...], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse(table(*rows))
    assert refused.value.field == field


def test_a_seat_that_sees_parts_is_known_and_named_once() -> None:
    for sees in ([{"position": "king"}], [{"position": "clerk"}] * 2):
        with pytest.raises(Invalid) as refused:
            parse(table(ONE, approve(), sees=sees))
        assert refused.value.field == "sees"
