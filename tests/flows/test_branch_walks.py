"""Random valid processes, random acts: whoever does what in whichever branch, a dossier always has its one holder.

The walks of test_walks, through tables that are made up: conditions, ways out, branches side by side, ways back. Beside
what holds there: the holders' times add up to the time that passed, exactly.
"""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from motcua.dossiers.open_steps import OpenStep, open_steps
from motcua.dossiers.states import Act
from motcua.processes.checks import parse
from motcua.processes.includes import spliced
from motcua.processes.judging import problems
from motcua.processes.selectors import published_body, version
from motcua.processes.shapes import Step
from tests.flows.test_walks import Walk, walked
from tests.support.tables import approve, row, run, seal, table

pytestmark = pytest.mark.django_db
SEATS = ("justice_officer", "economic_section", "culture_society_section", "clerk")
CONDITIONS: tuple[Any, ...] = (
    None,
    None,
    {"==": [{"var": "outcome"}, "refused"]},
    {"!=": [{"var": "channel"}, "online"]},
    {"==": [{"var": "variant"}, "verification"]},
    {"or": [{"var": "outside"}, {"==": [{"var": "answers.abroad"}, "yes"]}]},
)
LIMITS = {
    "no_verification": {"unit": "working_day", "value": "3"},
    "verification": {"unit": "calendar_day", "value": "23"},
}


def made_up(
    chance: random.Random, altered: Callable[[list[dict[str, Any]]], list[dict[str, Any]]] = list
) -> dict[str, Any]:
    """A table that may be published, its rows `altered`."""
    while True:
        document = table(*altered(_rows(chance)), variants=LIMITS)
        if not any(problem.blocks for problem in problems(parse(spliced(document, published_body)))):
            return document


def _rows(chance: random.Random) -> list[dict[str, Any]]:
    rows = [dict(row("examine", positions=[chance.choice(SEATS)]))]
    for part in range(chance.randint(1, 3)):
        lines = chance.choice([1, 2, 2, 3])
        rows += [
            dict(
                row(
                    f"r{part}.{line}.{n}",
                    positions=chance.sample(SEATS, chance.choice([1, 1, 2])),
                    time=chance.choice(["0.25", "0.5", "2"]),
                    branch=f"g{part}.{line}" if lines > 1 else "",
                    when=chance.choice(CONDITIONS),
                )
            )
            for line in range(lines)
            for n in range(chance.choice([1, 1, 2]))
        ]
    rows.append(dict(approve()))
    if chance.random() < 0.7:
        rows.append(dict(seal()))
    for place, each in enumerate(rows):
        _linked(chance, rows, place, each)
    return rows


def _linked(chance: random.Random, rows: list[dict[str, Any]], place: int, each: dict[str, Any]) -> None:
    """A way back, and a way out, where the table may have one."""
    mine = each.get("parallel")
    group = mine["group"] if mine else None

    def group_of(other: dict[str, Any]) -> Any:
        return other["parallel"]["group"] if other.get("parallel") else None

    back = [
        r["code"] for r in rows[:place] if r.get("parallel") == mine or group is None or group_of(r) != group
    ]
    if back and chance.random() < 0.7:
        each["returns_to"] = chance.sample(back, min(len(back), 2))
    last = next(n for n, r in enumerate(rows) if r["code"] == "approve")
    onto = [
        r["code"]
        for n, r in enumerate(rows)
        if place < n <= last
        and (
            r.get("parallel") == mine if mine else group_of(r) is None or group_of(r) != group_of(rows[n - 1])
        )
    ]
    if onto and place < last and chance.random() < 0.3:
        each["outcomes"] = [{"code": "way", "label": {"vi": "Tắt", "en": "Short"}, "to": chance.choice(onto)}]


class BranchWalk(Walk):
    """One dossier on its way through a table made up for it."""

    matters = [("1.004873", None), ("1.004873", "verification")]

    def __init__(self, seed: int) -> None:
        day = date(2025, 7, 2) + timedelta(days=seed % 400)  # each later than the one before
        self.document = made_up(random.Random(seed))  # noqa: S311 - no secret
        run(self.document, valid_from=day)
        super().__init__(seed)

    def arguments(self, what: Act, row: dict[str, Any]) -> dict[str, Any]:
        arguments = super().arguments(what, row)
        opened = self.chosen_step(row)
        here = self.in_table(row, opened)
        if opened is None or here is None or what not in (Act.STEP, Act.RETURN_STEP, Act.ASSIGN, Act.CLAIM):
            return arguments
        if what is not Act.CLAIM or self.chance.random() < 0.5:
            arguments["number"] = opened.number
        if what is Act.STEP and here.outcomes and self.chance.random() < 0.6:
            arguments["way"] = here.outcomes[0].code
        elif what is Act.RETURN_STEP and here.returns_to:
            arguments["to"] = self.chance.choice(here.returns_to)
        return arguments

    def chosen_step(self, row: dict[str, Any]) -> OpenStep | None:
        """One of the open steps, of those that whoever acts can do as a rule."""
        opened = open_steps(row)
        seats = {c.kind for c in self.viewers[self.login].capacities}
        own = [one for one in opened if seats & set(one.kinds)]
        return self.chance.choice(own or opened) if opened else None

    def in_table(self, row: dict[str, Any], opened: OpenStep | None) -> Step | None:
        if opened is None or row["process_version"] is None:
            return None
        return version(row["process_version"]).steps[opened.number - 1]

    def chosen(self, row: dict[str, Any]) -> tuple[str, Act]:
        self.login, what = super().chosen(row)
        return self.login, what

    def replayed(self) -> None:
        super().replayed()
        self.times_add_up()

    def times_add_up(self) -> None:
        """Every minute from the first event on has one holder; none is counted twice."""
        row = self.row()
        held = self.holdings(row)
        if row["reopened"]:  # between hand-over and a reopening nobody held it
            return

        def end(until: datetime | None) -> datetime:
            return until if until is not None else self.at

        total = sum((end(h["until"]) - h["since"] for h in held), timedelta())
        assert total == end(held[-1]["until"]) - held[0]["since"]


@pytest.mark.parametrize("seed", range(8))
def test_a_walk_through_a_table_made_up(seed):
    assert walked(BranchWalk(seed), 30)


@pytest.mark.proof
def test_three_hundred_walks_through_tables_made_up():
    """Seeds a failure can be repeated with: the traceback shows the one at work."""
    done: Counter[Any] = Counter()
    branched = 0
    for seed in range(2_000, 2_300):
        walk = BranchWalk(seed)
        done.update(walked(walk, 40))
        branched += any("parallel" in step for step in walk.document["steps"])
    print(dict(done), branched)
    assert {Act.STEP, Act.RETURN_STEP, Act.SUPPLY, Act.RESUME, Act.EXTEND, Act.TRANSFER, Act.WITHDRAW} <= set(
        done
    )
    assert branched > 150
