"""Many desks on one book: numbers 1 to n without a gap, whoever is rolled back; and a replay that agrees."""

import random
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from motcua.certification.inspection import numbers
from motcua.cli.database import point_django_at
from motcua.dossiers import operations as dossiers
from motcua.flows import certification as flow, progress
from motcua.kernel.errors import NotAllowedNow, NotFound
from motcua.kernel.time import ZONE
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.replay import SCHEMA, replay
from motcua.ledger.selectors import check
from tests.support.acts import act, moment
from tests.support.certification import copies, situations
from tests.support.streams import count
from tests.support.together import all_at_once
from tests.support.world import actor, logins

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


def taken_in(at: datetime = AT) -> UUID:
    """Papers of a dossier that wait for their numbers."""
    order = copies(("land", 4, 2), name="Lê Văn Tám", signer=None)
    dossier: UUID = act("tiepnhan1", at, flow.take_in, order=order).row["id"]
    return dossier


def numbered(login: str, dossier: UUID, at: datetime = AT) -> list[int]:
    """Their numbers, given by one officer."""
    signer = logins()["chutich"]
    entered = act(login, at, flow.enter_waiting, dossier=dossier, signer=signer)
    return [entry.number for entry in entered.entries]


def test_two_officers_number_the_papers_of_one_slip_at_once():
    dossier = taken_in()
    answers = all_at_once(lambda login: numbered(login, dossier), ["tiepnhan1", "tiepnhan2", "tiepnhan1"])
    assert [answer for answer in answers if not isinstance(answer, NotFound)] == [[1]]
    assert count("certification_entry") == 1
    assert check().faults == ()


def test_the_control_without_the_dossiers_lock_one_slip_is_numbered_twice(monkeypatch):
    dossier = taken_in()
    row, both_have_read = dossiers.lock_by_id(dossier), threading.Barrier(2)
    read = flow.waiting

    def read_then_wait(*asked, **more):
        held = read(*asked, **more)
        both_have_read.wait(10)
        return held

    monkeypatch.setattr(flow.dossiers, "lock_by_id", lambda _: row)
    monkeypatch.setattr(flow, "waiting", read_then_wait)
    answers = all_at_once(lambda login: numbered(login, dossier), ["tiepnhan1", "tiepnhan2"])
    assert sorted(answers) == [[1], [2]]


def test_who_withdraws_a_dossier_and_who_numbers_its_papers_do_not_wait_in_a_ring():
    dossier = taken_in()
    code = dossiers.lock_by_id(dossier)["code"]
    numbered("tiepnhan1", dossier)

    def do(what: str) -> str:
        if what == "withdraw":
            act("tiepnhan1", AT, progress.withdraw, code=code, shown_by="signed_paper")
        else:
            act("tiepnhan2", AT, flow.hand_over, dossier=dossier)
        return what

    answers = all_at_once(do, ["withdraw", "hand_over"])
    assert sum(isinstance(answer, NotAllowedNow) for answer in answers) == 1


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
    assert found["certification_entry"].rebuilt == 4
    assert found["certification_note"].rebuilt == 2
    assert found["certification_waiting"].rebuilt == 1


@pytest.fixture
def over_new_year() -> None:
    """Taken in on one of the last days of a year, numbered in the next year's book."""
    dossier = taken_in(datetime(2026, 12, 30, 10, tzinfo=ZONE))
    numbered("tiepnhan1", dossier, datetime(2027, 1, 4, 10, tzinfo=ZONE))


def test_papers_that_waited_over_new_year_come_out_of_their_events(over_new_year, as_owner):
    found = {d.table: d for d in replay()}
    assert [d for d in found.values() if not d.equal] == []
    assert (found["certification_book"].rebuilt, found["certification_waiting"].rebuilt) == (2, 0)
