"""What `bench fill` loads stands up to the same checks as what the flows write."""

import json
from datetime import date, datetime

import pytest
import rfc8785
from django.db import connection

from motcua.cli.bench import load_day
from motcua.cli.database import point_django_at
from motcua.dossiers.selectors import dossier
from motcua.dossiers.worklist import inbox
from motcua.kernel.time import ZONE
from motcua.ledger.replay import replay
from motcua.ledger.selectors import check
from motcua.ledger.sequencer import sequence
from tests.support.world import COMMUNE, viewer

NOW = datetime(2026, 9, 21, 9, tzinfo=ZONE)


@pytest.mark.django_db(transaction=True)
def test_filled_dossiers_pass_check_and_replay(database_logins, monkeypatch):
    monkeypatch.setenv("MOTCUA_APP_DSN", database_logins.app)
    assert load_day(COMMUNE, date(2026, 9, 15), 150) == 150
    while sequence():
        pass
    report = check()
    assert report.faults == ()
    assert report.waiting == 0
    point_django_at(database_logins.owner)
    try:
        differences = replay()
    finally:
        point_django_at(database_logins.app)
    assert [d for d in differences if not d.equal] == []
    assert {d.table: d.running for d in differences}["dossiers_dossier"] == 150
    with connection.cursor() as cursor:
        cursor.execute("SELECT envelope FROM ledger_event WHERE type LIKE 'dossier%'")
        for (envelope,) in cursor.fetchall():
            assert envelope.encode() == rfc8785.dumps(json.loads(envelope))
        cursor.execute("SELECT code, state FROM dossiers_dossier ORDER BY code LIMIT 1")
        code, state = cursor.fetchone()
    assert code == "H99.01.01-260915-0001"
    officer = viewer("tuphap1")
    assert dossier(code, viewer=officer).row["state"] == state
    assert all(one.line.queue == "H99.01.01/justice_officer" for one in inbox(viewer=officer, at=NOW).lines)
