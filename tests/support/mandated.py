"""A business of the stand-in's, and people who act for it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.test import Client

from motcua.accounts.operations import session_digest
from motcua.kernel.time import local
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.parties.mandates import give
from motcua.parties.operations import Particulars
from motcua.parties.selectors import Citizen, citizen
from tests.support.citizens import citizen_client, citizen_session

HUNG = Particulars(name="Trần Văn Hùng", paper="citizen_id", number="001085000002")
TUYET = Particulars(name="Nguyễn Thị Ánh Tuyết", paper="citizen_id", number="001190000001")


def signed_in(who: str, at: datetime) -> Citizen:
    """One of the stand-in's people or businesses, as a session finds them."""
    found = citizen(session_digest=session_digest(citizen_session(who, at=at)), at=at)
    assert found is not None
    return found


def mandate(business: Citizen, person: Particulars, at: datetime, **more: Any) -> UUID:
    """A mandate for `person`, to hand in anything from today on, unless `more` says otherwise."""
    told: dict[str, Any] = {
        "power": "hand_in",
        "procedures": (),
        "valid_from": local(at).date(),
        "valid_to": None,
        "document": "01/GUQ",
    }
    with unit_of_work(actor=business.actor, at=at, request=Request.fresh(), origin="simulated"):
        return give(business=business.id, person=person, actor=business.actor, at=at, **(told | more))


def acting(who: str, business: Citizen, at: datetime) -> Client:
    """A browser of one who has chosen to act for `business`."""
    client = citizen_client(who, at=at)
    answer = client.post("/my/acting", {"whom": str(business.id), "idempotency_key": "k"})
    assert answer.status_code == 302, answer.text
    assert client.cookies["motcua_acting"].value
    return client


def person_of(client: Client, at: datetime) -> Citizen:
    """Whose session a browser has."""
    secret = client.cookies[settings.CITIZEN_COOKIE].value
    found = citizen(session_digest=session_digest(secret), at=at)
    assert found is not None
    return found
