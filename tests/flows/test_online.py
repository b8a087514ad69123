"""A citizen's own acts: handed in, supplied and withdrawn by account, at the desk's agency."""

from datetime import datetime

import pytest

from motcua.dossiers.operations import MissingPaper
from motcua.dossiers.states import State
from motcua.flows import progress
from motcua.flows.reception import submit
from motcua.kernel.actor import SYSTEM, Actor
from motcua.kernel.time import ZONE
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import history
from motcua.parties.operations import identify
from tests.support.world import COMMUNE, actor, intake

pytestmark = pytest.mark.django_db


def moment(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 8, 24, hour, minute, tzinfo=ZONE)


def act(who, at, flow, **arguments):
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        return flow(actor=who, at=at, **arguments)


def test_every_event_of_a_citizen_names_the_agency_it_came_to():
    asked = intake(number="099099000001", channel="online")
    people = [person.cleaned() for _, person in asked.people]
    citizen = Actor(kind="citizen", id=str(act(SYSTEM, moment(6), identify, people=people)[0]))

    row = act(citizen, moment(6, 30), submit, intake=asked).row
    assert (row["state"], row["answer_due_at"]) == (State.SUBMITTED, moment(17))
    code, desk = row["code"], actor("tiepnhan1", at=moment(8))
    items = [MissingPaper(component=None, text="Tệp bị mờ.")]
    act(desk, moment(8), progress.request_supplement, code=code, items=items)
    act(citizen, moment(20), progress.supply, code=code, items=["1"])
    row = act(citizen, moment(21), progress.withdraw, code=code, shown_by="account").row
    assert row["state"] == State.WITHDRAWN
    told = [(event.actor["kind"], event.agency) for event in history(row["id"])]
    who = ["citizen", "citizen", "staff", "citizen", "citizen"]
    assert told == [(kind, COMMUNE) for kind in who]
