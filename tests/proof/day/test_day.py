"""A commune desk's whole day: every visit by keyboard in a real browser, every form printed, all books equal."""

import os
import traceback
from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Error as BrowserError
from pytest_django import DjangoDbBlocker

from motcua.kernel.time import ZONE
from motcua.ledger.dispatcher import dispatch
from motcua.ledger.sequencer import sequence
from tests.proof.day import certify, money, pictures, reckoning
from tests.proof.day.desk import Clock, Desk, overhead, pages_by
from tests.proof.day.prints import Prints
from tests.proof.day.stage import lay_out
from tests.proof.day.visits import Visit, the_day
from tests.support.chromium import chromium
from tests.support.database import ROOT, Logins, Restorer
from tests.support.site import served, static_files

pytestmark = pytest.mark.proof
DAY = datetime(2026, 8, 26, 7, 30, tzinfo=ZONE)  # a Wednesday
SEED = 20260826
LOOKED_AT = ROOT / "var" / "day"
ONLY = os.environ.get("MOTCUA_DAY", "")  # "3,7": some visits, while one works on them
INTAKE_SECONDS, LINE_SECONDS, LINE_KEYS = 60, 20, 8


@pytest.fixture(scope="module")
def desk(
    tmp_path_factory: pytest.TempPathFactory,
    database_logins: Logins,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Desk]:
    """Really committed, as the server's threads must see it; put back at the end."""
    restorer, clock = Restorer(database_logins.owner), Clock(DAY)
    with django_db_blocker.unblock(), chromium() as browser:
        with static_files(tmp_path_factory.mktemp("static")), served() as url, pages_by(clock):
            desk = Desk(url, browser, Prints(LOOKED_AT), clock)
            desk.lying = lay_out(DAY)
            yield desk
        restorer.restore()


def play(desk: Desk, visit: Visit) -> str:
    """One visit; what went wrong in it."""
    hour, minute = visit.time.split(":")
    desk.clock.move(DAY.replace(hour=int(hour), minute=int(minute)))
    # Meanwhile the worker has followed what happened: people are found by number and telephone.
    while sequence() + dispatch(clock=desk.clock):
        pass
    try:
        visit.does(desk, visit.people)
    except (AssertionError, BrowserError) as fault:
        for login, hand in desk.hands.items():
            hand.tab.screenshot(path=LOOKED_AT / f"fault-{visit.time.replace(':', '')}-{login}.png")
        return f"{visit.time} {visit.what}: {fault}\n{traceback.format_exc(limit=-4)}"
    return ""


def chosen(visits: list[Visit]) -> list[Visit]:
    """All of them, or those asked for."""
    places = {int(place) for place in ONLY.split(",") if place}
    return [visit for place, visit in enumerate(visits, 1) if not places or place in places]


def test_a_day(desk: Desk, database_logins: Logins) -> None:
    visits = chosen(the_day(SEED))
    faults = [fault for visit in visits if (fault := play(desk, visit))]
    assert not faults, "\n\n".join(faults)
    if "known" in desk.known:
        pictures.look(desk)
    money.close(desk)
    certify.close_books(desk, "tiepnhan1")
    received = reckoning.register_equals(desk, f"{DAY:%Y-%m-%d}")
    certified = reckoning.certification_equals(desk)
    events = reckoning.ledger_is_whole(database_logins)
    assert desk.complaints == []
    print(f"\n{len(visits)} visits, {received} dossiers, {certified}, {events} events")
    for what, efforts in sorted(desk.efforts.items()):
        worst = max(map(overhead, efforts))
        print(f"{what}: {len(efforts)} times, at most {max(e.keys for e in efforts)} keys, {worst:.1f} s")
    if not ONLY:
        assert desk.efforts["intake"]
        assert desk.efforts["certification"]
    assert max(map(overhead, desk.efforts["intake"]), default=0) < INTAKE_SECONDS
    assert max(map(overhead, desk.efforts["certification"]), default=0) < LINE_SECONDS
    assert max((e.keys for e in desk.efforts["certification"]), default=0) <= LINE_KEYS
