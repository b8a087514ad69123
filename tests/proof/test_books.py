"""Books of ten thousand lines as files: certification and register, as PDF and workbook. Bounds are seconds of the
processor on a machine that is busy with other things; docs/performance.md has the figures."""

import time
from datetime import date, timedelta

import pytest

from motcua.certification import selectors
from motcua.certification.selectors import Window
from motcua.cli.bench import load_day
from motcua.web.certification.exports import pdf, xlsx
from tests.support.acts import moment
from tests.support.certification import book_of, long_book
from tests.support.pages import plain_static, visitor
from tests.support.site import pages_at
from tests.support.world import COMMUNE, viewer

LINES = 10_000
MOST_SECONDS = {"xlsx": 5, "certification.pdf": 5, "register.pdf": 9}  # of both cores together
FIRST_DAY, DAYS = date(2026, 3, 2), 20


def seconds(work, *given, **told):
    """The processor time it takes, of all cores; and that it gives something. The wall clock measures who else is at
    work."""
    began, at = time.process_time(), time.perf_counter()
    assert work(*given, **told)
    print(f"{time.perf_counter() - at:.1f} s on the wall")
    return round(time.process_time() - began, 2)


@pytest.mark.slow
@pytest.mark.proof
@pytest.mark.django_db
def test_a_certification_book():
    long_book(LINES)
    cover = selectors.book(book_of(), viewer=viewer("truongquay"))
    took = {
        "xlsx": seconds(xlsx, cover, window=Window()),
        "certification.pdf": seconds(pdf, cover, window=Window(), at=moment(24, 9)),
    }
    print(f"certification book of {LINES} lines: {took}")
    assert {kind: one for kind, one in took.items() if one > MOST_SECONDS[kind]} == {}


@pytest.mark.slow
@pytest.mark.proof
@pytest.mark.django_db(transaction=True)
def test_the_register(database_logins, monkeypatch):
    monkeypatch.setenv("MOTCUA_APP_DSN", database_logins.app)
    for n in range(DAYS):
        load_day(COMMUNE, FIRST_DAY + timedelta(days=9 * n), LINES // DAYS)
    at = moment(28, 9)
    with plain_static(), pages_at(at):
        client = visitor("truongquay", at=at)
        window = "first=2026-03-01&last=2026-08-28"
        took = {
            kind: seconds(
                lambda kind=kind: client.get(f"/register.{kind.removeprefix('register.')}?{window}").content
            )
            for kind in ("xlsx", "register.pdf")
        }
    print(f"register of {LINES} lines: {took}")
    assert {kind: one for kind, one in took.items() if one > MOST_SECONDS[kind]} == {}
