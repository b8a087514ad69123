"""What people are told: made once for each event, sent outside any transaction, and what became of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from motcua.flows.reception import receive
from motcua.ledger import dispatcher
from motcua.ledger.models import Cursor
from motcua.ledger.sequencer import sequence
from motcua.notifications.models import Message
from motcua.reactions.messages import send_messages
from tests.support.acts import act, moment
from tests.support.outlets import Outlets, outlets
from tests.support.world import intake

pytestmark = pytest.mark.django_db
MORNING = moment(24, 9)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def past() -> None:
    """What the world already holds is told to nobody."""
    while sequence():
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(position), 0) FROM ledger_position")
        Cursor.objects.update_or_create(
            follower=dispatcher.FOLLOWER, defaults={"position": cursor.fetchone()[0]}
        )


@pytest.fixture
def out() -> Iterator[Outlets]:
    with outlets() as both:
        yield both


def follow(at: datetime) -> None:
    """What `motcua work` does with new events."""
    sequence()
    dispatcher.dispatch(clock=lambda: at)


def send(at: datetime) -> None:
    """What the sender does."""
    while send_messages(clock=lambda: at, origin="simulated"):
        pass


def received(email: str = "tuyet@example.vn", phone: str = "0912345678", at: datetime = MORNING) -> str:
    told = intake()
    ((role, person),) = told.people
    people = ((role, replace(person, email=email, phone=phone)),)
    return str(act("tiepnhan1", at, receive, intake=replace(told, people=people)).row["code"])


def messages(code: str) -> list[tuple[Any, ...]]:
    found = Message.objects.filter(notice__reference=code).order_by(
        "notice__made_at", "notice__about", "channel"
    )
    return list(found.values_list("notice__about", "channel", "state"))


def test_received_is_told_by_each_channel_once_though_everything_runs_twice(out):
    code = received()
    for _ in range(2):
        follow(MORNING)
        Cursor.objects.update(position=0)
        follow(MORNING)
        send(MORNING + MINUTE)
    assert messages(code) == [
        ("received", "account", "delivered"),
        ("received", "email", "sent"),
        ("received", "sms", "sent"),
    ]
    (letter,), (text,) = out.mail.kept, out.sms.kept
    assert letter["to"] == "tuyet@example.vn"
    assert code in letter["subject"]
    assert "17:00 27/08/2026" in letter["text"]
    assert "<p>" in letter["html"]
    assert text["to"] == "+84912345678"
    assert (
        text["text"]
        == f"Ho so {code} da tiep nhan, hen tra 17:00 27/08/2026. Tra cuu: http://localhost:8000/track"
    )
    send(MORNING + timedelta(minutes=5))
    assert messages(code)[2] == ("received", "sms", "delivered")
    assert (out.mail.repeated, out.sms.repeated) == (0, 0)
