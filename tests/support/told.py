"""A world in which people are told: dossiers whose people have addresses, the worker's rounds, what came of it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from motcua.dossiers import moved
from motcua.dossiers.states import Act
from motcua.dossiers.untold import untold
from motcua.flows.reception import receive
from motcua.ledger import dispatcher
from motcua.ledger.models import Cursor
from motcua.ledger.sequencer import sequence
from motcua.notifications.models import Message
from motcua.reactions.messages import send_messages
from tests.support.acts import act, moment
from tests.support.lives import doings, plain
from tests.support.world import intake, viewer

MORNING = moment(24, 9)
MINUTE = timedelta(minutes=1)


def nothing_is_news() -> None:
    """What the world already holds is told to nobody."""
    while sequence():
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(position), 0) FROM ledger_position")
        Cursor.objects.update_or_create(
            follower=dispatcher.FOLLOWER, defaults={"position": cursor.fetchone()[0]}
        )


def follow(at: datetime) -> None:
    """What `motcua work` does with new events."""
    sequence()
    dispatcher.dispatch(clock=lambda: at)


def send(at: datetime) -> None:
    """What the sender does."""
    while send_messages(clock=lambda: at, origin="simulated"):
        pass


def tried(at: datetime, times: int = 1) -> None:
    """The sender's rounds through an outage: it looks again whenever something is due."""
    for _ in range(times):
        send(at)
        at += timedelta(hours=1)


def received(
    email: str = "tuyet@example.vn", phone: str = "0912345678", at: datetime = MORNING, **told_more: Any
) -> str:
    """A dossier of one person, by code."""
    told = intake(**told_more)
    ((role, person),) = told.people
    people = ((role, replace(person, email=email, phone=phone)),)
    return str(act("tiepnhan1", at, receive, intake=replace(told, people=people)).row["code"])


def in_supplement(**told: Any) -> str:
    """A dossier of somebody whose papers are missing."""
    code = received(**told)
    for minutes, what in ((1, Act.START), (2, Act.REQUEST_SUPPLEMENT)):
        at = MORNING + minutes * MINUTE
        doing = doings(at)[what]
        act(doing.login, at, doing.flow, code=code, **doing.arguments)
    follow(MORNING + 3 * MINUTE)
    return code


def messages(code: str) -> list[tuple[Any, ...]]:
    """What was told of the dossier: about what, by which channel, how that stands."""
    found = Message.objects.filter(notice__reference=code).order_by(
        "notice__made_at", "notice__about", "channel"
    )
    return list(found.values_list("notice__about", "channel", "state"))


def listed() -> list[tuple[str, str]]:
    """Whom the desk is to telephone: code and about what."""
    lines = moved.moved("to_tell", viewer=viewer("tiepnhan1")).lines
    return [(line.code, word.about) for line in lines for word in line.untold]


def owed(code: str) -> list[int]:
    """What the applicant of the dossier is owed a word about, by the numbers of the words."""
    return [word.seq for word in untold(plain(code)["to_tell"])]
