"""Two workers at the same messages: each goes out once, and what became of it is noted once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from motcua.dossiers.notified import notified
from motcua.dossiers.operations import Recorded
from motcua.dossiers.projections import moves
from motcua.flows import progress, transfers
from motcua.kernel.ids import uuid7
from motcua.notifications import operations, selectors, sending
from motcua.notifications.letters import Sealed
from motcua.notifications.models import Message
from motcua.notifications.operations import NewNotice
from motcua.notifications.selectors import Settled
from motcua.reactions import messages as reactions
from tests.support.acts import act, moment, open_day
from tests.support.lives import row_of
from tests.support.outlets import letter, outlets
from tests.support.together import all_at_once, somebody_waits, while_at_work
from tests.support.told import MINUTE, MORNING, follow, in_supplement, listed, nothing_is_news, owed, send

pytestmark = pytest.mark.django_db(transaction=True)
AT = moment(24, 9)
MANY = 12


def sent() -> int:
    """One worker's round, in a house where nobody changes their mind."""
    return sending.send_due(clock=lambda: AT, hindrance=lambda _claimed, _to: "")


def sent_by_two(meanwhile: Callable[[], None] = lambda: None) -> int:
    """How often the gateway was given MANY messages by two workers at once."""
    for number in range(MANY):
        letters = [letter("sms", Sealed(f"+849123456{number:02}", "", "Ho so da tiep nhan."))]
        notice = NewNotice(
            reference=str(number),
            cause=str(uuid7()),
            as_of=1,
            about="received",
            agency="H99.01.01",
            asked_for=False,
            letters=letters,
        )
        assert operations.make(notice, at=AT)
    with outlets() as out:
        out.sms.mode = "silent"
        with ThreadPoolExecutor(1) as beside:
            both = beside.submit(all_at_once, lambda _: sent(), range(2))
            meanwhile()
            assert all(isinstance(tried, int) for tried in both.result()), both.result()
        return out.sms.tried


def test_two_workers_send_each_message_once():
    assert sent_by_two() == MANY
    assert set(Message.objects.values_list("attempts", flat=True)) == {1}


def test_without_the_lock_they_take_some_twice(monkeypatch):
    """The control: the race is a real one. Neither worker goes on before both have looked for a message."""
    bare = operations._CLAIM.replace("FOR NO KEY UPDATE OF m SKIP LOCKED", "")
    held = "WITH held AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(39)), due AS ("
    monkeypatch.setattr(
        operations, "_CLAIM", bare.replace("WITH due AS (", held).replace("FROM due,", "FROM held, due,")
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(39)")

        def let_go() -> None:
            assert somebody_waits(cursor, many=2)
            cursor.execute("SELECT pg_advisory_unlock(39)")

        sent_by_two(let_go)
        cursor.execute("SELECT max(attempts) FROM notifications_message")
        assert cursor.fetchone() == (2,)


def sent_when_refused_meanwhile(monkeypatch: pytest.MonkeyPatch) -> tuple[int, list[str]]:
    """What the gateway gets, and why no more, of a message whose person says that they want none, and is told that this
    is kept, just when the worker has taken it up."""
    nothing_is_news()
    with outlets() as out:
        code = in_supplement(email="")
        (whom,) = notified(row_of(code))
        claim = operations.claim

        def claimed(**told: Any) -> Any:
            found = claim(**told)
            if found is not None:
                all_at_once(lambda _: wishes_none(whom.party), range(1))
            return found

        monkeypatch.setattr(operations, "claim", claimed)
        send(MORNING + 4 * MINUTE)
        faults = Message.objects.filter(notice__reference=code, channel="sms").values_list("fault", flat=True)
        return out.sms.tried, list(faults)


def wishes_none(party: UUID) -> None:
    operations.prefer(addressee=party, language="vi", channels=[], at=MORNING + 4 * MINUTE)


def test_what_was_refused_when_the_worker_had_it_already_goes_nowhere(monkeypatch):
    assert sent_when_refused_meanwhile(monkeypatch) == (0, ["unwanted", "unwanted"])


def test_looked_at_before_it_is_taken_up_it_goes(monkeypatch):
    """The control: the race is a real one."""
    monkeypatch.setattr(reactions, "hindrance", lambda _claimed, _to: "")
    tried, faults = sent_when_refused_meanwhile(monkeypatch)
    assert (tried > 0, faults) == (True, ["", ""])


def noted_by_two(monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """How often what became of one notice was noted by two workers that both found it open; and how many said that
    they had."""
    told = NewNotice(
        reference="H99.01.01-260824-0001",
        cause="papers",
        as_of=1,
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


def left_when_told_beside_the_worker(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is left on the desk's list when an officer notes what they were shown, while the worker, first at the
    dossier, puts something newer there."""
    nothing_is_news()
    with outlets():
        code = in_supplement(email="", phone="")
        send(MORNING + 4 * MINUTE)
        shown, at = owed(code), MORNING + 5 * MINUTE
        delay = {"apology_date": open_day(moment(28, 9).date()), "reason": "Chờ trả lời."}
        act("chutich", at, progress.notify_delay, code=code, **delay)
        follow(at)
        missed = reactions.flows.missed

        def worker(wait: Callable[[], None]) -> None:
            def then_waits(**told: Any) -> None:
                missed(**told)
                wait()

            monkeypatch.setattr(reactions.flows, "missed", then_waits)
            send(at)

        telling = {"code": code, "words": shown, "way": "phone"}
        done = while_at_work(worker, lambda: act("tiepnhan1", at + MINUTE, transfers.tell, **telling))
    assert isinstance(done, Recorded), done
    return [about for _, about in listed()]


def test_what_failed_while_the_officer_was_telephoning_stays(monkeypatch):
    assert left_when_told_beside_the_worker(monkeypatch) == ["delay"]


def test_without_its_number_the_newer_word_goes_with_the_older(monkeypatch):
    """The control: the race is a real one, and what it was before words had numbers."""
    monkeypatch.setattr(moves, "without", lambda row, **_: None)
    assert left_when_told_beside_the_worker(monkeypatch) == []
