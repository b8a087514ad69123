"""An agency runs a process only where somebody does each row, two people are there where two must act, and somebody
sits wherever an opinion is asked or a delay told."""

import itertools
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given, strategies as st
from tests.support.tables import approve, row, seal, table

from motcua.kernel.say import Say
from motcua.processes.assigning import Staff
from motcua.processes.checks import parse
from motcua.processes.staffing import Answering, Offices, alone, vacancies

DESK, JUSTICE = UUID(int=100), UUID(int=101)
KINDS = ("reception_officer", "justice_officer", "clerk", "chair", "section_head")
SEATS = {
    kind: ((UUID(int=n), JUSTICE if kind == "justice_officer" else DESK),) for n, kind in enumerate(KINDS)
}
HERE = Offices(
    "H99.01.01",
    Staff(SEATS),
    {"justice": (JUSTICE, Say("Bộ phận Tư pháp", "Justice")), "old": (UUID(int=102), Say("Phòng cũ", "Old"))},
    {"H99.01": Answering(Say("Sở", "Department"), True), "H99.02": Answering(Say("Cục", "Office"), False)},
)


def said(*rows, at=HERE):
    return [one.said.en for one in vacancies(parse(table(*rows, approve(), seal())), at)]


def asking(**whom):
    asked = {"code": "a", "whom": [whom], "about": {"vi": "Thuế", "en": "Tax"},
             "limit": {"unit": "working_day", "value": "2"}}  # fmt: skip
    return row("examine", consultations=[asked])


def test_a_row_that_nobody_can_do():
    assert said(row("examine")) == []
    assert len(said(row("examine", positions=["specialist"]))) == 1
    seats = {kind: people for kind, people in SEATS.items() if kind != "chair"}
    assert [one.empty for one in vacancies(parse(table(row("examine"), approve(), seal())),
                                           replace(HERE, staff=Staff(seats)))] == [True]  # fmt: skip


@pytest.mark.parametrize(
    ("whom", "why"),
    [
        ({"agency": "H99.01"}, None),
        ({"agency": "H99.02"}, "nobody who leads Office could take it on"),
        ({"agency": "H77"}, "there is no agency H77"),
        ({"agency": "H99.01.01"}, "the process asks this very agency"),
        ({"unit": "justice"}, None),
        ({"unit": "old"}, "nobody sits in Old"),
        ({"unit": "gone"}, "the agency has no unit gone"),
        ({"position": "clerk"}, None),
        ({"position": "specialist"}, "nobody holds Specialist"),
        ({"position": "catalogue_officer"}, "Catalogue officer does not look at dossiers"),
    ],
)
def test_whom_it_asks_is_there_and_somebody_sits_there(whom, why):
    assert said(asking(**whom)) == (
        [] if why is None else [f"“Step examine” asks for an opinion on Tax: {why}"]
    )


def test_whom_it_tells_of_delays_is_there():
    late = {"when": "after", "value": "1", "unit": "working_day"}
    assert said(row("examine", escalation=[late | {"tell": ["section_head"]}])) == []
    assert len(said(row("examine", escalation=[late | {"tell": ["director"]}]))) == 1


def test_two_people_where_two_must_act():
    rows = row("examine"), row("verify", apart_from=["examine"])
    assert [one for one in said(*rows) if "different people" in one]
    two = {**SEATS, "justice_officer": (*SEATS["justice_officer"], (UUID(int=9), JUSTICE))}
    assert said(*rows, at=replace(HERE, staff=Staff(two))) == []


@given(
    st.lists(st.frozensets(st.integers(0, 3), min_size=1), min_size=1, max_size=5).flatmap(
        lambda people: st.tuples(
            st.just(people),
            st.sets(st.tuples(st.integers(0, len(people) - 1), st.integers(0, len(people) - 1))),
        )
    )
)
def test_there_are_too_few_exactly_where_no_way_to_share_the_rows_is_left(told):
    people, pairs = told
    rows = [
        row(f"r{n}", apart_from=[f"r{b}" for a, b in sorted(pairs) if a == n and b < n])
        for n in range(len(people))
    ]
    process = parse(table(*rows, approve(), seal()))
    who = {f"r{n}": frozenset(UUID(int=one) for one in some) for n, some in enumerate(people)}
    apart = [(a, b) for a, b in pairs if b < a]
    ways = itertools.product(*people)
    assert (alone(process, who) is None) == any(all(way[a] != way[b] for a, b in apart) for way in ways)
