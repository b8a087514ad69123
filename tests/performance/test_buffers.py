"""Pages must not grow with the archive: buffers touched at 20,000 dossiers within 1.3x of 2,000. No timing."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection

from motcua.accounts.operations import session_digest, sign_in
from motcua.agencies.selectors import viewer as viewer_by_session
from motcua.cli.bench import load_day
from motcua.cli.bench_acts import acts
from motcua.cli.bench_pages import buffers
from motcua.dossiers.selectors import dossier, dossiers
from motcua.dossiers.tracked import by_token, token_of, tracked
from motcua.dossiers.worklist import inbox
from motcua.kernel.time import ZONE
from motcua.processes.selectors import stays
from tests.support.world import COMMUNE, PASSWORD, viewer

SMALL, LARGE = 2_000, 20_000
NOW = datetime(2026, 9, 21, 9, tzinfo=ZONE)
SLACK = 8  # buffers a deeper index may add: one more level for each index a page reads


def fill(count: int) -> None:
    days = [date(2026, 9, 1) + timedelta(days=n) for n in range(17)]
    working = [d for d in days if d.weekday() < 5 and d > date(2026, 9, 2)]
    each = count // len(working)
    for day in working:
        load_day(COMMUNE, day, each)


# What is open beside a leading step is found by a GIN index, which nothing but a bitmap reads.
BY_BITMAP = {"inbox"}


def counted(name: str, page: Callable[[], object]) -> int:
    """Buffers of `page` with the same shape of plan at both sizes: a tiny table is read whole for good reason."""
    choices = ["seqscan", "hashjoin", "mergejoin", *([] if name in BY_BITMAP else ["bitmapscan"])]
    with connection.cursor() as cursor:
        for choice in choices:
            cursor.execute(f"SET enable_{choice} = off")
    try:
        return buffers(page)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ALL")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_pages_touch_no_more_buffers_in_a_larger_archive(database_logins, owner_cursor, monkeypatch, capsys):
    monkeypatch.setenv("MOTCUA_APP_DSN", database_logins.app)
    assert settings.INSTALLATION == "trial"
    officer = viewer("tuphap1")
    secret = sign_in(login="tuphap1", password=PASSWORD, address="", at=NOW).secret

    def measure() -> dict[str, int]:
        owner_cursor.execute("VACUUM ANALYZE")
        code = dossiers(viewer=officer, at=NOW, show="ended").lines[0].code
        row = dossier(code, viewer=officer).row
        pages: dict[str, Callable[[], object]] = {
            "who": lambda: viewer_by_session(session_digest=session_digest(secret), at=NOW),
            "inbox": lambda: inbox(viewer=officer, at=NOW),
            "list": lambda: dossiers(viewer=officer, at=NOW),
            "list of ended": lambda: dossiers(viewer=officer, at=NOW, show="ended"),
            "list of waiting": lambda: dossiers(viewer=officer, at=NOW, show="suspended"),
            "by code": lambda: dossiers(viewer=officer, at=NOW, words=code),
            "dossier": lambda: (dossier(code, viewer=officer), stays(row["id"], viewer=officer)),
            "tracking": lambda: (by_token(token_of(row)), tracked(row["id"])),
        }
        return {name: counted(name, page) for name, page in pages.items()}

    fill(SMALL)
    small = measure()
    fill(LARGE - SMALL)
    large = measure()
    grown = {
        name: (small[name], large[name])
        for name in small
        if large[name] > max(1.3 * small[name], small[name] + SLACK)
    }
    assert grown == {}

    acts(agency=COMMUNE, rounds=20)
    told = capsys.readouterr().out
    assert "start" in told
    assert "step" in told
