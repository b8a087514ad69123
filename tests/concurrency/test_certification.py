"""Many desks on one book: numbers 1 to n without a gap, whoever is rolled back; and a replay that agrees."""

import random
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection

from motcua.certification.inspection import numbers
from motcua.cli.database import point_django_at
from motcua.flows import certification as flow
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.replay import SCHEMA, replay
from motcua.ledger.selectors import check
from tests.support.acts import moment
from tests.support.certification import copies, situations
from tests.support.together import all_at_once
from tests.support.world import actor

pytestmark = pytest.mark.django_db(transaction=True)
AT = moment(24, 9)


class RolledBack(Exception):
    """The desk's connection breaks before it is answered."""


def desk(seed: int) -> list[int]:
    """One desk's morning: each line entered, one in twenty rolled back, the others handed over."""
    chance, given = random.Random(seed), []  # noqa: S311 - no secret
    for n in range(10):
        at = AT + timedelta(milliseconds=n)
        who = actor(chance.choice(["tiepnhan1", "tiepnhan2"]), at=at)
        papers = tuple(("citizen_card", 1, 2) for _ in range(chance.randint(1, 3)))
        try:
            with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
                entered = flow.enter(order=copies(*papers), actor=who, at=at)
                if chance.random() < 0.05 or n == 5:
                    raise RolledBack
        except RolledBack:
            continue
        given += [entry.number for entry in entered.entries]
        with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
            flow.hand_over(dossier=entered.dossier, actor=who, at=at)
    return given


def test_numbers_have_no_gap_at_eight_desks():
    answers = all_at_once(desk, range(8))
    given = [number for answered in answers for number in answered]
    assert sorted(given) == list(range(1, len(given) + 1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), max(number) FROM certification_entry WHERE state = 'signed'")
        assert cursor.fetchone() == (len(given), len(given))
        cursor.execute("SELECT count(*) FROM certification_book")
        assert cursor.fetchone() == (1,), "all of them opened one book"
    assert check().faults == ()


def test_a_number_that_vanished_is_found(superuser_cursor):
    situations(AT)
    assert list(numbers()) == []
    superuser_cursor.execute("DELETE FROM certification_entry WHERE number = 2")
    (fault,) = numbers()
    assert "gave 2; 1 stand" in fault.what


@pytest.fixture
def as_owner(database_logins, owner_cursor) -> Iterator[None]:
    """Replay makes a schema, so it runs as the owner."""
    point_django_at(database_logins.owner)
    yield
    point_django_at(database_logins.app)
    owner_cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


@pytest.fixture
def kept() -> None:
    situations(AT)


def test_books_come_out_of_their_events_as_they_stand(kept, as_owner):
    found = {d.table: d for d in replay()}
    assert [d for d in found.values() if not d.equal] == []
    assert found["certification_entry"].rebuilt == 3
    assert found["certification_note"].rebuilt == 2
    assert found["certification_waiting"].rebuilt == 1
