"""Which rows open, wait and are passed over, read from the table."""

from decimal import Decimal

from hypothesis import given, strategies as st
from tests.support.tables import approve, row, seal, table

from motcua.processes.checks import parse
from motcua.processes.graph import Onward, awaited, left_by_return, met, onward, spent
from motcua.processes.shapes import ProcessVersion

PARTLY = {"==": [{"var": "outcome"}, "partly"]}
NEVER_ONLINE = {"!=": [{"var": "channel"}, "online"]}


def process() -> ProcessVersion:
    """2 examine, 3 check (only of what is partly granted), branches 4-5 | 6, 7 gather, 8 approve, 9 seal."""
    return parse(
        table(
            row("examine", ways={"direct": "gather"}),
            row("check", when=PARTLY),
            row("land", branch="a.1", time="2"),
            row("map", branch="a.1", when=NEVER_ONLINE),
            row("tax", branch="a.2", time="1"),
            row("gather"),
            approve(returns_to=["map", "examine"]),
            seal(),
        )
    )


AT_DESK = {"channel": "counter", "outcome": "granted"}
ONLINE = {"channel": "online", "outcome": "granted"}


def test_a_row_whose_condition_does_not_hold_is_passed_over() -> None:
    assert onward(process(), 2, beside=(), facts=AT_DESK) == Onward((3,), (4, 6))
    assert onward(process(), 2, beside=(), facts={"outcome": "partly"}) == Onward((), (3,))


def test_branches_wait_for_each_other() -> None:
    table = process()
    assert onward(table, 4, beside=(6,), facts=AT_DESK) == Onward((), (5,))
    assert onward(table, 5, beside=(6,), facts=AT_DESK) == Onward((), ())
    assert onward(table, 6, beside=(), facts=AT_DESK) == Onward((), (7,))
    assert onward(table, 4, beside=(), facts=ONLINE) == Onward((5,), (7,))
    assert onward(table, 4, beside=(6,), facts=ONLINE) == Onward((5,), ())


def test_a_group_of_which_nothing_is_to_be_done_is_passed_over_whole() -> None:
    table_ = parse(
        table(
            row("one"),
            row("b1", branch="a.1", when=PARTLY),
            row("b2", branch="a.2", when=PARTLY),
            approve(),
        )
    )
    assert onward(table_, 2, beside=(), facts=AT_DESK) == Onward((3, 4), (5,))
    assert onward(table_, 5, beside=(), facts=AT_DESK) == Onward((), ())


def test_a_named_outcome_leads_on() -> None:
    assert onward(process(), 2, beside=(), facts=AT_DESK, to="gather") == Onward((), (7,))


def test_what_is_waited_for() -> None:
    table = process()
    gather = awaited(table, (4, 6))
    assert gather is not None
    assert gather.code == "gather"
    assert awaited(table, (2,)) is None


def test_a_way_back_out_of_a_branch_ends_the_others() -> None:
    table = process()
    assert left_by_return(table, 5, table.step("land"), (6,)) == (5,)
    assert left_by_return(table, 5, table.step("examine"), (6,)) == (5, 6)
    assert left_by_return(table, 8, table.step("map"), ()) == (8,)


def test_of_branches_the_longest_counts() -> None:
    used = spent(process(), "no_verification")
    assert [str(u) for u in used] == ["0.5", "1.5", "2.5", "4.5", "5.5", "3.5", "6.5", "7.5", "8.0", "8.5"]
    without = spent(process(), "no_verification", lambda s: met(s, ONLINE))
    assert without[-1] == Decimal("6.5")


@st.composite
def tables(draw: st.DrawFn) -> ProcessVersion:
    rows = [row("first")]
    for part in range(draw(st.integers(0, 3))):
        when = draw(st.sampled_from([None, PARTLY, NEVER_ONLINE]))
        lines = draw(st.integers(1, 3))
        if lines == 1:
            rows.append(row(f"r{part}", when=when))
            continue
        for line in range(lines):
            for n in range(draw(st.integers(1, 2))):
                own = None if n or line else when
                rows.append(row(f"r{part}.{line}.{n}", branch=f"g{part}.{line}", when=own))
    return parse(table(*rows, approve(), seal()))


@given(table=tables(), data=st.data())
def test_every_way_ends_at_the_deciding_row_and_never_without_an_open_one(
    table: ProcessVersion, data: st.DataObject
) -> None:
    """Whichever open row is done next: something stays open until the deciding row, and no row is open twice."""
    opened = {table.running[0].order}
    done: list[int] = []
    while True:
        here = data.draw(st.sampled_from(sorted(opened)))
        facts = {"outcome": data.draw(st.sampled_from(["granted", "partly"])), "channel": "online"}
        done.append(here)
        following = onward(table, here, beside=opened - {here}, facts=facts)
        opened.remove(here)
        assert not opened & set(following.opened)
        opened |= set(following.opened)
        if not opened:
            break
    assert done[-1] == table.deciding.order
    assert len(done) == len(set(done))
    assert {s.order for s in table.running if s.when is None} <= set(done)
