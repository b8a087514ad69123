"""Numbers at many counters: gap-free from 1 for each agency and local day, whoever is rolled back, over midnight."""

import random
import threading
from collections import defaultdict
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from motcua.dossiers.operations import reception
from motcua.flows.reception import receive
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Invalid
from motcua.kernel.time import ZONE, local
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger import selectors
from motcua.processes.operations import adopt
from motcua.processes.selectors import latest_versions
from tests.support.acts import act, moment
from tests.support.streams import count
from tests.support.together import all_at_once
from tests.support.world import BEGINNING, COMMUNE, OTHER_COMMUNE, actor, intake

pytestmark = pytest.mark.django_db(transaction=True)
COUNTERS = 8
MIDNIGHT = datetime(2026, 8, 25, 0, 0, tzinfo=ZONE)
DESKS = {COMMUNE: ["tiepnhan1", "tiepnhan2"], OTHER_COMMUNE: ["tiepnhan1.mauhai"]}


@pytest.fixture
def two_agencies():
    """The neighbouring commune runs the show procedure too."""
    version = dict(latest_versions())["1.004873"]
    with unit_of_work(actor=SYSTEM, at=BEGINNING, request=Request.fresh(), origin="simulated"):
        adopt(
            agency=OTHER_COMMUNE,
            process_version=version,
            variant="no_verification",
            valid_from=date(2026, 1, 1),
            actor=SYSTEM,
            at=BEGINNING,
        )


class RolledBack(Exception):
    """The counter's connection breaks before it is answered."""


def reception_at(agency: str, at: datetime, chance: random.Random) -> str | None:
    login = chance.choice(DESKS[agency])
    who = actor(login, at=at)
    try:
        with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
            number = f"{chance.randrange(10**12):012}"
            code = receive(intake=intake(agency=agency, number=number), actor=who, at=at).row["code"]
            if chance.random() < 0.05:
                raise RolledBack
    except RolledBack:
        return None
    return str(code)


def counter(seed: int, receptions: int) -> list[str | None]:
    """One counter's evening: a clock of its own that passes midnight."""
    chance, at = random.Random(seed), MIDNIGHT - timedelta(minutes=10)  # noqa: S311 - no secret
    answered = []
    for _ in range(receptions):
        at += timedelta(seconds=chance.uniform(0, 2 * 1200 / receptions))
        answered.append(reception_at(chance.choice(list(DESKS)), at, chance))
    return answered


def run(receptions: int) -> None:
    answers = all_at_once(lambda seed: counter(seed, receptions // COUNTERS), range(COUNTERS))
    codes = [code for answered in answers for code in answered if code]
    rolled_back = sum(code is None for answered in answers for code in answered)
    assert len(codes) + rolled_back == receptions
    assert rolled_back > 0
    assert count("dossiers_dossier") == len(codes)
    assert_gap_free(codes)


def assert_gap_free(codes: list[str]) -> None:
    """For each agency and local day exactly 1 to n, and the counter stands at n."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, desk_agency, received_at FROM dossiers_dossier")
        written = cursor.fetchall()
        cursor.execute("SELECT agency, day, last FROM dossiers_number")
        counters = {(agency, day): last for agency, day, last in cursor.fetchall()}
    assert sorted(code for code, _, _ in written) == sorted(codes)
    numbers: dict[tuple[str, date], list[int]] = defaultdict(list)
    for code, agency, received_at in written:
        day = local(received_at).date()
        assert code.startswith(f"{agency}-{day:%y%m%d}-")
        numbers[agency, day].append(int(code.rsplit("-", 1)[1]))
    assert len(numbers) == 4  # two agencies, two days
    for place, given in numbers.items():
        assert sorted(given) == list(range(1, counters[place] + 1))
    assert selectors.check().faults == ()


def test_eighty_receptions_at_eight_counters(two_agencies):
    run(80)


@pytest.mark.proof
def test_a_thousand_receptions_at_eight_counters(two_agencies):
    run(1_000)


def at_once(times: int) -> list[object]:
    return all_at_once(
        lambda n: act("tiepnhan1", moment(24, 9), receive, intake=intake(name=f"Người {n}")).row["code"],
        range(times),
    )


def test_the_control_without_the_counters_lock_gives_numbers_twice(monkeypatch):
    """Everybody reads the last number, then everybody writes the next: only one of them can keep it."""
    all_have_read = threading.Barrier(4)

    def next_number(agency: str, day: date) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(max(last), 0) FROM dossiers_number")
            (last,) = cursor.fetchone()
            all_have_read.wait(10)
            cursor.execute(
                "INSERT INTO dossiers_number (agency, day, last) VALUES (%s, %s, %s)"
                " ON CONFLICT (agency, day) DO UPDATE SET last = excluded.last",
                [agency, day, last + 1],
            )
        return int(last) + 1

    with monkeypatch.context() as patch:
        patch.setattr(reception, "next_number", next_number)
        answers = at_once(4)
    assert answers.count("H99.01.01-260824-0001") == 1
    assert sum(isinstance(answer, Invalid) for answer in answers) == 3
    assert sorted(map(str, at_once(4))) == [f"H99.01.01-260824-{n:04}" for n in range(2, 6)]


def test_the_ten_thousandth_code_widens(owner_cursor):
    owner_cursor.execute(
        "INSERT INTO dossiers_number (agency, day, last) VALUES (%s, %s, 9998)", [COMMUNE, date(2026, 8, 24)]
    )
    codes = [act("tiepnhan1", moment(24, 9), receive, intake=intake()).row["code"] for _ in range(3)]
    assert codes == ["H99.01.01-260824-9999", "H99.01.01-260824-10000", "H99.01.01-260824-10001"]


def test_the_day_is_the_local_one():
    before = act("tiepnhan1", MIDNIGHT - timedelta(microseconds=1), receive, intake=intake()).row["code"]
    after = act("tiepnhan1", MIDNIGHT, receive, intake=intake()).row["code"]
    assert [before, after] == ["H99.01.01-260824-0001", "H99.01.01-260825-0001"]
