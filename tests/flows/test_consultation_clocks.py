"""Random questions, answers, silences and takings back: the dossier's clock and holder against a model of its own.

The model knows only who was asked from when to when. Whatever the order, and however late the worker comes, the clock
stood still exactly while somebody was asked who pauses it, the first of them held the dossier meanwhile, and the due
moments are the clock's over these times.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection

from motcua.calendars.calendar import national_calendar
from motcua.calendars.clock import compute
from motcua.calendars.terms import Limit, Pause
from motcua.flows import consultations as flows
from motcua.kernel.errors import Refusal
from motcua.kernel.time import parse_utc
from motcua.ledger.selectors import history
from tests.support.acts import act, moment
from tests.support.lives import plain
from tests.support.opinions import OPINION, lapse, replayed, under_way, with_ground
from tests.support.world import COMMUNE, OTHER_COMMUNE

pytestmark = pytest.mark.django_db
WHOM = {
    f"agency:{OTHER_COMMUNE}": "chutich.mauhai",
    "agency:H99.10": "giamdoc.soxaydung",
    "unit:economy": "kinhte",
    "unit:culture_society": "vanhoa",
}
JUMPS = [1, 40, 200, 500, 900, 1_500]  # minutes


@dataclass
class Model:
    """One body: asked, and when its part ended, as the test knows it."""

    id: str
    agency: str
    login: str
    pauses: bool
    asked: datetime
    due: datetime
    end: datetime | None = None

    def until(self, at: datetime) -> datetime:
        return min(self.end or at, self.due)


def merged(intervals: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    found: list[tuple[datetime, datetime]] = []
    for since, until in sorted(intervals):
        if found and since <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], until)
        elif until > since:
            found.append((since, until))
    return found


class Walk:
    """One dossier, and the model beside it."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - no secret
        self.code = under_way()
        self.at = moment(24, 9, 30)
        self.asked: list[Model] = []

    def go(self) -> None:
        self.at += timedelta(minutes=self.chance.choice(JUMPS))
        what = self.chance.choice([self.ask, self.ask, self.answer, self.answer, self.take_back, self.noted])
        try:
            what()
        except Refusal:
            return

    def ask(self) -> None:
        whom = self.chance.sample(sorted(WHOM), self.chance.choice([1, 1, 2]))
        pauses = self.chance.random() < 0.6
        told = {"about": "Ý kiến?", "value": str(self.chance.randrange(1, 17)), "unit": "working_hour"}
        before = len(plain(self.code)["consultations"])
        act("chutich", self.at, flows.consult, code=self.code, whom=whom, pauses=pauses, **told)
        for one, name in zip(plain(self.code)["consultations"][before:], whom, strict=True):
            self.asked.append(
                Model(one["id"], one["agency"], WHOM[name], pauses, self.at, parse_utc(one["due_at"]))
            )

    def one(self) -> Model:
        waiting = [one for one in self.asked if one.end is None]
        return self.chance.choice(
            waiting or [Model(str(UUID(int=0)), COMMUNE, "kinhte", False, self.at, self.at)]
        )

    def answer(self) -> None:
        one = self.one()
        act(one.login, self.at, flows.answer, code=self.code, consultation=UUID(one.id), **OPINION)
        one.end = self.at

    def take_back(self) -> None:
        one = self.one()
        act("chutich", self.at, flows.take_back, code=self.code, consultation=UUID(one.id), reason="Thôi.")
        one.end = self.at

    def noted(self) -> None:
        lapse(self.at)

    def pausing(self) -> list[Model]:
        return [one for one in self.asked if one.pauses]

    def holds(self) -> list[tuple[str, datetime, datetime]]:
        """Who held it while the clock stood still: at each moment the first asked of those whose time ran."""
        marks = sorted({m for one in self.pausing() for m in (one.asked, one.until(self.at))})
        found: list[tuple[str, datetime, datetime]] = []
        for since, until in zip(marks, marks[1:], strict=False):
            there = [one for one in self.pausing() if one.asked <= since and one.until(self.at) >= until]
            if there and found and found[-1][0] == there[0].agency and found[-1][2] == since:
                found[-1] = there[0].agency, found[-1][1], until
            elif there:
                found.append((there[0].agency, since, until))
        return found

    def check(self) -> None:
        row = plain(self.code)
        stood = merged([(one.asked, one.until(self.at)) for one in self.pausing()])
        kept = [(parse_utc(p["from"]), parse_utc(p["to"]) if p["to"] else self.at) for p in row["pauses"]]
        assert merged(kept) == stood
        still = any(one.end is None and one.due > self.at for one in self.pausing())
        assert row["paused"] == (row["holder_kind"] == "consulted") == still
        start = parse_utc(history(row["id"])[0].data["occurred_at"])
        due = compute(
            start=start,
            limit=Limit(Decimal(row["promise_value"]), row["promise_unit"]),
            calendar=national_calendar(),
            pauses=[Pause(since, None if still and until == self.at else until) for since, until in stood],
        ).due_at
        assert row["due_at"] == due
        self.check_holders(row["id"])

    def check_holders(self, dossier: UUID) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT holder_kind, agency, since, until FROM dossiers_holding WHERE dossier = %s ORDER BY seq",
                [dossier],
            )
            held = cursor.fetchall()
        assert all(earlier[3] == later[2] for earlier, later in zip(held, held[1:], strict=False))
        assert [h[3] for h in held].count(None) == 1
        found: list[tuple[str, datetime, datetime]] = []
        for kind, agency, since, until in held:
            end = until or self.at
            if kind != "consulted" or end == since:
                continue
            if found and found[-1][0] == agency and found[-1][2] == since:
                found[-1] = agency, found[-1][1], end
            else:
                found.append((agency, since, end))
        assert found == self.holds()


@pytest.mark.parametrize("seed", range(12))
def test_the_clock_stands_still_exactly_while_somebody_is_asked_who_stops_it(seed):
    with_ground(maximum="6")
    walk = Walk(seed)
    for _ in range(25):
        walk.go()
    lapse(walk.at)
    walk.check()
    replayed(walk.code)
    assert walk.asked


def test_the_walks_do_all_there_is():
    with_ground(maximum="6")
    kinds = set()
    for seed in range(4):
        walk = Walk(seed)
        for _ in range(25):
            walk.go()
        kinds |= {x.type.removeprefix("dossier_consultation_") for x in history(plain(walk.code)["id"])}
    assert kinds >= {"asked", "answered", "lapsed", "taken_back"}
