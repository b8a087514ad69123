"""One transaction for one use case, and no writing without it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import OutsideUnitOfWork
from motcua.kernel.unit_of_work import Request, current, unit_of_work

AT = datetime(2026, 8, 24, 2, 10, tzinfo=UTC)


def opened(at=AT, **more):
    return unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), **more)


def test_outside_of_one_there_is_none():
    with pytest.raises(OutsideUnitOfWork, match="no unit of work is open"):
        current(actor=SYSTEM, at=AT)


@pytest.mark.django_db
def test_inside_it_is_known_and_afterwards_forgotten():
    with opened(origin="simulated") as work:
        assert current(actor=SYSTEM, at=AT) is work
        assert (work.origin, work.installation) == ("simulated", "trial")
    with pytest.raises(OutsideUnitOfWork):
        current(actor=SYSTEM, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("actor", "at"),
    [
        (replace(SYSTEM, id="somebody"), AT),
        (replace(SYSTEM, agency="H99"), AT),
        (SYSTEM, AT + timedelta(microseconds=1)),
    ],
)
def test_nobody_speaks_for_another_or_at_another_time(actor, at):
    with opened(), pytest.raises(OutsideUnitOfWork, match="actor or time differ"):
        current(actor=actor, at=at)


@pytest.mark.django_db
def test_a_naive_moment_opens_nothing():
    with pytest.raises(ValueError, match="aware"), opened(datetime(2026, 8, 24)):  # noqa: DTZ001
        pass
    with pytest.raises(OutsideUnitOfWork):
        current(actor=SYSTEM, at=AT)


@pytest.mark.django_db(transaction=True)
def test_a_second_one_inside_is_refused_and_the_first_stays():
    with opened() as first:
        with pytest.raises(RuntimeError, match="durable"), opened(AT + timedelta(hours=1)):
            pass
        assert current(actor=SYSTEM, at=AT) is first
    with pytest.raises(OutsideUnitOfWork):
        current(actor=SYSTEM, at=AT)


@pytest.mark.django_db(transaction=True)
def test_a_fault_takes_everything_back():
    def half() -> None:
        with opened(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO ledger_cursor (follower, position) VALUES ('half', 1)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_cursor WHERE follower = 'half'")
        assert cursor.fetchone() == (0,)
    with pytest.raises(OutsideUnitOfWork):
        current(actor=SYSTEM, at=AT)


def test_the_same_body_gives_the_same_digest():
    assert Request.of("k", b"a") == Request.of("k", b"a")
    assert Request.of("k", b"a").body_digest != Request.of("k", b"b").body_digest
    assert Request.fresh().key != Request.fresh().key
