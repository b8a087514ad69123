"""What a draft would change is reckoned for 2,000 dossiers a second at least, a few statements for each batch of them.
Seconds of the processor, as the machine may be busy."""

import time
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from motcua.cli import bench
from motcua.kernel.actor import SYSTEM
from motcua.kernel.time import ZONE
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.processes.drafting import Origin, begin
from motcua.processes.impact import jobs
from motcua.processes.models import Draft, Impact
from motcua.processes.selectors import published_body
from tests.support.statements import statements
from tests.support.world import COMMUNE, actor

NOW = datetime(2026, 9, 21, 9, tzinfo=ZONE)
PROCEDURE, DOSSIERS, A_SECOND = "1.004873", 6_000, 2_000


def in_transaction(what, who, **told):
    with unit_of_work(actor=who, at=NOW, request=Request.fresh(), origin="simulated"):
        return what(**told)


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

    who = actor("danhmuctinh", at=NOW)
    body = published_body(f"QT-{PROCEDURE}")
    assert body is not None
    origin = Origin(process=body["code"], version=1)
    draft = in_transaction(begin, who, document=body, origin=origin, actor=who, at=NOW)
    steps = [dict(step) for step in body["steps"]]
    steps[1] |= {"positions": ["clerk"], "times": [t | {"value": "0.25"} for t in steps[1]["times"]]}
    for document, touched in ((body, 0), (body | {"steps": steps}, DOSSIERS)):
        Draft.objects.filter(id=draft).update(body=document)
        in_transaction(jobs.measure, who, draft=draft, actor=who, at=NOW)
        began, wall = time.process_time(), time.monotonic()
        with statements(most=60):
            while in_transaction(jobs.go_on, SYSTEM, at=NOW):
                pass
        took, passed = time.process_time() - began, time.monotonic() - wall
        measured = Impact.objects.get()
        counts = [one["counts"] for one in measured.result["agencies"].values()]
        seen = sum(one["seen"] for one in counts)
        print(
            f"{seen} dossiers, {seen / took:.0f} a second of the processor, {seen / passed:.0f} by the clock"
        )
        assert seen == DOSSIERS
        assert sum(one["touched"] for one in counts) >= touched * 0.9
        assert touched or not any(one["touched"] for one in counts)
        assert seen / took >= A_SECOND
