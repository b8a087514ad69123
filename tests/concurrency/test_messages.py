"""Two workers at the same messages: each goes out once."""

import pytest
from django.db import connection

from motcua.kernel.ids import uuid7
from motcua.notifications import operations, sending
from motcua.notifications.letters import Sealed
from motcua.notifications.operations import NewNotice
from tests.support.acts import moment
from tests.support.outlets import outlets
from tests.support.together import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
AT = moment(24, 9)
MANY = 12


def sent_by_two() -> int:
    """How often the gateway was given MANY messages by two workers at once."""
    for number in range(MANY):
        letters = [("sms", Sealed(f"+849123456{number:02}", "", "Ho so da tiep nhan."))]
        notice = NewNotice(
            reference=str(number),
            cause=str(uuid7()),
            about="received",
            agency="H99.01.01",
            language="vi",
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
