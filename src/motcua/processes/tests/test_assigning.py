"""Rules of assignment: whoever is chosen may do the step, has least or waited longest, and is named with the reason."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given, strategies as st

from motcua.processes.assigning import NOTHING, Load, Place, Staff, choose
from motcua.processes.routing import able, given as given_by, holder_of
from motcua.processes.shapes import Assignment, Step
from motcua.processes.tests.test_routing import process

PEOPLE = [UUID(int=n) for n in range(1, 6)]
UNIT = UUID(int=99)
EXAMINE = next(step for step in process().steps if step.code == "examine")
LOADS = st.builds(
    Load,
    steps=st.integers(0, 5),
    weight=st.integers(0, 9),
    since=st.none() | st.integers(1, 28).map(lambda day: datetime(2026, 1, day, tzinfo=UTC)),
)
SEATS = st.lists(st.sampled_from(PEOPLE), unique=True).map(
    lambda people: {"justice_officer": tuple((one, UNIT) for one in people)}
)
STAFF = st.builds(
    Staff,
    seats=SEATS,
    barred=st.frozensets(st.sampled_from(PEOPLE), max_size=2),
    did=st.dictionaries(st.just("verify"), st.frozensets(st.sampled_from(PEOPLE), max_size=2)),
    loads=st.dictionaries(st.sampled_from(PEOPLE), LOADS),
    place=st.builds(Place, area=st.just("t3"), account=st.none() | st.sampled_from(PEOPLE)),
)
STEPS = st.builds(
    lambda rule, apart: replace(EXAMINE, assignment=rule, apart_from=apart),
    st.sampled_from(Assignment),
    st.sampled_from([(), ("verify",)]),
)


def allowed(step: Step, staff: Staff) -> set[UUID]:
    """By hand: who sits there, but for the barred and those who did the other row."""
    people = {one for one, _ in staff.seats.get("justice_officer", ())} - staff.barred
    return people - (staff.did.get("verify", frozenset()) if step.apart_from else frozenset())


@given(step=STEPS, staff=STAFF)
def test_whoever_gets_it_may_do_it_and_has_least_or_waited_longest(step: Step, staff: Staff) -> None:
    people = allowed(step, staff)
    assert set(able(step, staff)) == people
    fact = choose(step, staff)
    if len(people) < 2 or step.assignment is Assignment.SHARED:
        assert fact is None
        return
    assert fact is not None
    assert (fact.step, fact.rule) == (step.order, step.assignment)
    loads = {one: staff.loads.get(one, NOTHING) for one in people}
    if step.assignment is Assignment.TERRITORY:
        assert fact.account == (staff.place.account if staff.place.account in people else None)
        assert fact.area == "t3"
        return
    assert fact.account in people
    mine = loads[fact.account]
    assert (fact.steps, fact.since) == (mine.steps, mine.since)
    rivals = list(loads.values())
    if step.assignment is Assignment.LOAD:
        assert mine.weight == min(one.weight for one in rivals)
        rivals = [one for one in rivals if one.weight == mine.weight]
    assert mine.since is None or all(one.since and one.since >= mine.since for one in rivals)


@given(step=STEPS, staff=STAFF)
def test_the_holder_is_one_who_may_or_the_list_of_several(step: Step, staff: Staff) -> None:
    people = allowed(step, staff)
    if not people:
        return
    holder, facts = given_by(step, "H99.01.01", staff)
    assert holder.queue == "H99.01.01/justice_officer"
    assert holder.account in people if holder.account else len(people) > 1
    if not facts:
        assert holder == holder_of(step, "H99.01.01", staff)
    else:
        assert holder.account == facts[0].account
