"""The third return of one matter: the rule by itself."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from motcua.reception.returns import MOST_ALONE, ONE_MATTER, Earlier, needs_manager, of_one_matter

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAYS = st.integers(min_value=0, max_value=800)


def returned(*days: int) -> list[Earlier]:
    return [Earlier(f"HD-{n}", "guidance", AT - timedelta(days=day)) for n, day in enumerate(days)]


def test_two_are_the_officers_own_the_third_is_not() -> None:
    assert [
        needs_manager(of_one_matter(returned(*days), settled=[], at=AT))
        for days in ([], [3], [3, 1], [9, 3, 1])
    ] == [False, False, True, True]


def test_a_result_ends_the_matter() -> None:
    found = returned(30, 20, 2)
    assert [one.ref for one in of_one_matter(found, settled=[AT - timedelta(days=10)], at=AT)] == ["HD-2"]


@given(st.lists(DAYS, max_size=6), st.lists(DAYS, max_size=3))
def test_what_counts_is_younger_than_the_last_result_and_the_bound(
    days: list[int], settled: list[int]
) -> None:
    counted = of_one_matter(returned(*days), settled=[AT - timedelta(days=d) for d in settled], at=AT)
    bound = min([ONE_MATTER.days, *settled])
    assert len(counted) == sum(day < bound for day in days)
    assert list(counted) == sorted(counted, key=lambda one: (one.at, one.ref))
    assert needs_manager(counted) == (len(counted) >= MOST_ALONE)
