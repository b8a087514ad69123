"""What another version changes for a kind of dossiers: nothing where it says the same, and just what was planted."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given, settings, strategies as st
from tests.support.any_process import VARIANTS, processes
from tests.support.tables import approve, row, seal, table

from motcua.processes.checks import parse
from motcua.processes.impact.comparing import Kind, chosen_ways, compared, facts_read, known
from motcua.processes.impact.tally import SPANS, summed
from motcua.processes.shapes import ProcessVersion

kinds = st.builds(
    lambda variant, channel, assisted, floors, said, value: (variant, channel, assisted, floors, said, value),
    st.sampled_from(VARIANTS),
    st.sampled_from(["counter", "online"]),
    st.booleans(),
    st.sampled_from([1, 8]),
    st.sampled_from(["granted", "partly", "refused"]),
    st.sampled_from(["3", "30"]),
)


def kind_of(told: tuple[Any, ...], *versions: ProcessVersion) -> Kind:
    variant, channel, assisted, floors, said, value = told
    facts = {"variant": variant, "channel": channel, "assisted": assisted, "quantities": {"floors": floors}}
    return Kind(variant, known(facts_read(*versions), facts), (), (), said, value, "working_day")


@settings(max_examples=25)
@given(processes(most=5), kinds)
def test_a_version_that_says_the_same_changes_nothing(process: ProcessVersion, told: tuple[Any, ...]) -> None:
    assert compared(process, replace(process, source="another paper"), kind_of(told, process)).is_same


@settings(max_examples=25)
@given(processes(most=5), kinds, st.data())
def test_a_row_given_to_another_seat_changes_just_the_ways_on_which_it_lies(
    process: ProcessVersion, told: tuple[Any, ...], data: st.DataObject
) -> None:
    planted = data.draw(st.sampled_from(process.running))
    other = "cashier" if planted.positions != ("cashier",) else "clerk"
    after = replace(
        process,
        steps=tuple(replace(s, positions=(other,)) if s is planted else s for s in process.steps),
    )
    found = compared(process, after, kind_of(told, process))
    lies_on = planted.code in [step.code for step in found.before]
    assert bool(found.changes) == lies_on
    if lies_on:
        (change,) = found.changes
        assert change.before == ((planted.code, planted.positions),)
        assert change.after == ((planted.code, (other,)),)
    assert not found.timed.codes


def written(*rows: Any, **more: Any) -> ProcessVersion:
    return parse(table(*rows, approve(), seal(), **more))


PLAIN = Kind("no_verification", (), (), (), "granted", "9", "working_day")


def test_rows_that_come_go_and_take_another_time_are_told_apart() -> None:
    before = written(row("examine"), row("visit"))
    after = written(row("examine"), row("ask", "consult"), row("look", "verify"))
    (change,) = compared(before, after, PLAIN).changes
    assert ([c for c, _ in change.before], [c for c, _ in change.after]) == (["visit"], ["ask", "look"])
    longer = compared(before, written(row("examine", time="2"), row("visit")), PLAIN)
    assert not longer.changes
    assert longer.timed.codes == ("examine", "visit", "approve", "seal")


def test_of_one_that_runs_only_what_lies_ahead_counts_and_a_step_that_is_gone_is_named() -> None:
    before = written(row("examine"), row("visit"), row("write"))
    after = written(row("examine", positions=["clerk"]), row("write"))
    at_visit, at_write = (replace(PLAIN, open=(number,)) for number in (3, 4))
    assert compared(before, after, at_visit).lost == ("visit",)
    found = compared(before, after, at_write)
    assert not found.changes
    assert [step.code for step in found.after] == ["write", "approve", "seal"]


def test_the_way_a_dossier_took_is_told_from_what_was_done() -> None:
    process = written(row("examine", ways={"straight": "write"}), row("visit"), row("write"))
    assert chosen_ways(process, ["examine", "visit", "write", "approve"]) == ()
    taken = chosen_ways(process, ["examine", "write", "approve"])
    assert taken == (("examine", "write"),)
    found = compared(process, process, replace(PLAIN, ways=taken))
    assert found.is_same
    assert [step.code for step in found.before] == ["examine", "write", "approve", "seal"]


def test_sums_of_agencies_add_up() -> None:
    one = {
        "counts": {"seen": 2},
        "groups": {"route:0": 1},
        "spans": {"due:later": [1, 0]},
        "work": {},
        "hands": {},
    }
    told = {"agencies": {"a": one, "b": one}}
    assert summed(told).counts["seen"] == 4
    assert summed(told).spans == {"due:later": [2, 0]}
    assert summed(told, "a").groups["route:0"] == 1
    assert list(SPANS) == sorted(SPANS)
    assert SPANS[0] > timedelta(0)
