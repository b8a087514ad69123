"""What a draft would change is reckoned for 2,000 dossiers a second at least, a few statements for each batch of them.
Seconds of the processor, as the machine may be busy."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from motcua.cli import bench
from motcua.cli.bench_impact import LEAST, Rate, rates
from motcua.kernel.time import ZONE
from motcua.processes.models import Draft, Impact
from tests.support.statements import statements
from tests.support.world import COMMUNE

NOW = datetime(2026, 9, 21, 9, tzinfo=ZONE)
PROCEDURE, DOSSIERS = "1.004873", 6_000


@pytest.mark.slow
@pytest.mark.proof
@pytest.mark.django_db(transaction=True)
def test_it_is_reckoned_for_thousands_of_dossiers_a_second(database_logins, monkeypatch):
    monkeypatch.setenv("MOTCUA_APP_DSN", database_logins.app)
    ground = bench._ground
    monkeypatch.setattr(
        bench,
        "_ground",
        lambda *given: replace(g := ground(*given), versions={PROCEDURE: g.versions[PROCEDURE]}),
    )
    days = [date(2026, 9, 1) + timedelta(days=n) for n in range(20)]
    working = [day for day in days if day.weekday() < 5 and day > date(2026, 9, 2)][:10]
    for day in working:
        bench.load_day(COMMUNE, day, DOSSIERS // len(working))

    unchanged, changed = measured()
    assert (unchanged.seen, unchanged.touched) == (DOSSIERS, 0)
    assert (changed.seen, changed.touched >= DOSSIERS * 0.9) == (DOSSIERS, True)
    for rate in (unchanged, changed):
        assert rate.seen / rate.processor >= LEAST
    assert (Draft.objects.count(), Impact.objects.count()) == (0, 0)


def measured() -> list[Rate]:
    """As `motcua bench impact` measures it; its statements are counted, too."""
    with statements(most=140):
        found = list(rates(f"QT-{PROCEDURE}", at=NOW))
    for rate in found:
        by_clock, of_processor = rate.seen / rate.clock, rate.seen / rate.processor
        print(f"{rate.name}: {of_processor:.0f} a second of the processor, {by_clock:.0f} by the clock")
    return found
