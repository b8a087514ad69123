"""Two workers at the same messages: each goes out once, and what became of it is noted once."""

import threading

import pytest
from django.db import connection

from motcua.kernel.ids import uuid7
from motcua.notifications import operations, selectors, sending
from motcua.notifications.letters import Sealed
from motcua.notifications.operations import NewNotice
from motcua.notifications.selectors import Settled
from motcua.reactions import messages as reactions
from tests.support.acts import moment
from tests.support.outlets import letter, outlets
from tests.support.together import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
AT = moment(24, 9)
MANY = 12


def sent_by_two() -> int:
    """How often the gateway was given MANY messages by two workers at once."""
    for number in range(MANY):
        letters = [letter("sms", Sealed(f"+849123456{number:02}", "", "Ho so da tiep nhan."))]
        notice = NewNotice(
            reference=str(number),
            cause=str(uuid7()),
            about="received",
            agency="H99.01.01",
            asked_for=False,
            letters=letters,
        )
        assert operations.make(notice, at=AT)
    with outlets() as out:
        out.sms.mode = "silent"
        all_at_once(lambda _: sending.send_due(clock=lambda: AT), range(2))
        return out.sms.tried


def test_two_workers_send_each_message_once():
    assert sent_by_two() == MANY


def test_without_the_lock_they_send_some_twice(monkeypatch):
    """The control: the race is a real one."""
    bare = operations._CLAIM.replace("FOR NO KEY UPDATE OF m SKIP LOCKED", "")
    slow = "), waited AS (SELECT pg_sleep(0.02)) UPDATE notifications_message m"
    monkeypatch.setattr(
        operations,
        "_CLAIM",
        bare.replace(")\nUPDATE notifications_message m", slow).replace("FROM due,", "FROM waited, due,"),
    )
    assert sent_by_two() > MANY
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM notifications_message WHERE attempts > 1")
        assert cursor.fetchone()[0] > 0


def noted_by_two(monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """How often what became of one notice was noted by two workers that both found it open; and how many said that
    they had."""
    told = NewNotice(
        reference="H99.01.01-260824-0001",
        cause="papers",
        about="papers",
        agency="H99.01.01",
        asked_for=False,
        letters=[letter("account", Sealed("", "Cần bổ sung giấy tờ", "Hồ sơ còn thiếu giấy tờ."))],
    )
    assert operations.make(told, at=AT)
    both, noted = threading.Barrier(2), []
    found = selectors.settled

    def seen_by_both(*, limit: int) -> list[Settled]:
        seen = found(limit=limit)
        both.wait(10)
        return seen

    monkeypatch.setattr(selectors, "settled", seen_by_both)
    monkeypatch.setattr(reactions.flows, "missed", lambda **told: noted.append(told["code"]))
    done = all_at_once(lambda _: reactions.note_outcomes(clock=lambda: AT, origin="simulated"), range(2))
    return len(noted), sum(done)


def test_two_workers_note_an_outcome_once(monkeypatch):
    assert noted_by_two(monkeypatch) == (1, 1)


def test_without_the_condition_both_note_it(monkeypatch):
    """The control: the race is a real one."""
    monkeypatch.setattr(operations, "_SETTLE", operations._SETTLE.replace(" AND settled_at IS NULL", ""))
    assert noted_by_two(monkeypatch) == (2, 2)
