"""Somebody leaves a seat while work is given to it: either it is seen, and the seat is not left, or nobody gets it who
is gone."""

import pytest
from django.db import connection

from motcua.agencies.models import Appointment
from motcua.agencies.operations import lock_account, people
from motcua.dossiers.passing import adrift
from motcua.flows import assignment, leaving, progress
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.kernel.unit_of_work import Request, unit_of_work
from tests.support.acts import act, moment
from tests.support.lives import opened, row_of
from tests.support.together import while_at_work
from tests.support.world import COMMUNE, actor, logins, viewer

pytestmark = pytest.mark.django_db(transaction=True)
AT = moment(24, 10)


def end(wait=lambda: None):
    account = logins()["tuphap1"]
    seat = Appointment.objects.get(account_id=account, acting_for=None)
    who = actor("kythuat", at=AT)
    gone = leaving.Leaving(
        agency=COMMUNE, appointment=seat.id, account=account, kind="justice_officer", keeps=frozenset()
    )
    with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
        leaving.end_appointment(leaving=gone, actor=who, at=AT)
        wait()


def starting(code):
    """The leaver takes a dossier up; who they are was known before."""
    who = actor("tuphap1", at=AT)

    def start(wait=lambda: None):
        with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
            progress.start(code=code, actor=who, at=AT)
            wait()

    return start


def test_who_takes_something_up_at_that_moment_does_not_leave():
    code = opened(moment(24, 9))
    answer = while_at_work(starting(code), end)
    assert type(answer) is NotAllowedNow
    assert viewer("tuphap1", at=AT).capacities
    assert row_of(code)["holder_account"] == logins()["tuphap1"]


def test_who_has_left_at_that_moment_takes_nothing_up():
    code = opened(moment(24, 9))
    answer = while_at_work(end, starting(code))
    assert type(answer) is Denied
    assert not viewer("tuphap1", at=AT).capacities
    assert row_of(code)["holder_account"] is None


def test_the_control_without_the_lock_somebody_gone_holds_a_dossier(monkeypatch):
    code = opened(moment(24, 9))
    monkeypatch.setattr(leaving.agencies, "alone_with_seats", lambda agency: None)
    with pytest.raises(AssertionError, match="did not wait"):
        while_at_work(starting(code), end)
    assert not viewer("tuphap1", at=AT).capacities
    assert row_of(code)["holder_account"] == logins()["tuphap1"]


def lock(wait=lambda: None):
    who = actor("kythuat", at=AT)
    with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
        lock_account(agency=COMMUNE, account=logins()["tuphap1"], actor=who, at=AT)
        wait()


def assigning(code):
    who = actor("chutich", at=AT)

    def assign(wait=lambda: None):
        with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
            told = {"code": code, "to": str(logins()["tuphap1"]), "reason": "Đúng việc."}
            assignment.assign(**told, actor=who, at=AT)
            wait()

    return assign


def test_who_is_locked_at_that_moment_is_given_nothing():
    code = opened(moment(24, 9))
    assert type(while_at_work(lock, assigning(code))) is Invalid
    assert row_of(code)["holder_account"] is None


def test_what_was_given_before_the_lock_is_seen_by_who_locks():
    code = opened(moment(24, 9))
    assert while_at_work(assigning(code), lock) is None
    assert [one.code for one in adrift(COMMUNE, at=AT)] == [code]


def test_the_control_without_the_lock_who_is_just_locked_is_given_work(monkeypatch):
    code = opened(moment(24, 9))
    monkeypatch.setattr(people, "alone_with_seats", lambda *agencies: None)
    with pytest.raises(AssertionError, match="did not wait"):
        while_at_work(lock, assigning(code))
    assert [one.code for one in adrift(COMMUNE, at=AT)] == [code]
    assert row_of(code)["holder_account"] == logins()["tuphap1"]


def test_acts_do_not_wait_for_each_other():
    codes = [opened(moment(24, 9, n)) for n in range(2)]
    with pytest.raises(AssertionError, match="did not wait"):
        while_at_work(starting(codes[0]), lambda: act("tuphap2", AT, progress.start, code=codes[1]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT holder_account) FROM dossiers_dossier")
        assert cursor.fetchone() == (2,)
