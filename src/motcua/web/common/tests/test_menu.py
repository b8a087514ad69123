"""The menu of each kind of seat: all its parts, few at the first level, whatever somebody holds together."""

import pytest

from motcua.agencies.positions import POSITION_KINDS
from motcua.web.common.context import Link, first_level
from motcua.web.common.menu import GROUPS, MENU, MOST


@pytest.mark.parametrize("kind", sorted(POSITION_KINDS))
def test_few_stand_at_the_first_level_and_all_are_there(kind: str) -> None:
    links = {entry: Link(entry.url_name, entry.label) for entry in MENU if kind in entry.kinds}
    shown = first_level(links)
    assert len(shown) <= MOST
    flat = [each for link in shown for each in (link.under or (link,))]
    assert sorted(link.url for link in flat) == sorted(entry.url_name for entry in links)
    assert all(len(link.under) != 1 for link in shown)


def test_the_group_of_the_page_one_is_on_says_so() -> None:
    links = {entry: Link(entry.url_name, entry.label, current=entry.url_name == "board") for entry in MENU}
    here = [link.label for link in first_level(links) if link.current]
    assert here == [GROUPS["watch"]]
    assert {entry.group for entry in MENU} <= {"", *GROUPS}
