"""Idempotency keys: the first answer again, another body refused, actors apart."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from tests.support.streams import AGENCY, AT, count, head_of, note, stream_of

from motcua.kernel.actor import Actor
from motcua.kernel.errors import ClockStepped, KeyReused
from motcua.kernel.unit_of_work import Request
from motcua.ledger.operations import AlreadyDone

ANH = Actor(kind="staff", id="anh", agency=AGENCY)
BINH = Actor(kind="staff", id="binh", agency=AGENCY)


@pytest.mark.django_db
def test_the_same_key_and_body_again_names_the_first_event():
    note("a", actor=ANH, request=Request.of("key 1", b"body"))
    first = head_of()
    note("b", actor=ANH, request=Request.of("key 2", b"body"))
    written = count("ledger_event")
    with pytest.raises(AlreadyDone) as done:
        note("a", actor=ANH, request=Request.of("key 1", b"body"))
    assert (done.value.stream, done.value.seq) == (stream_of(), first)
    assert done.value.status == 200
    assert count("ledger_event") == written


@pytest.mark.django_db
def test_the_same_key_with_another_body_is_refused():
    note("a", actor=ANH, request=Request.of("key", b"body"))
    written = count("ledger_event")
    with pytest.raises(KeyReused) as refusal:
        note("a", actor=ANH, request=Request.of("key", b"other body"))
    assert refusal.value.status == 422
    assert count("ledger_event") == written


@pytest.mark.django_db
def test_the_same_key_of_another_actor_is_another_request():
    before = count("ledger_request")
    note("a", actor=ANH, request=Request.of("key", b"body"))
    note("b", actor=BINH, request=Request.of("key", b"other body"))
    assert count("ledger_request") == before + 2


@pytest.mark.django_db
def test_a_request_that_came_to_nothing_may_come_again():
    note("a", actor=ANH)
    before = count("ledger_request")
    request = Request.of("key", b"body")
    with pytest.raises(ClockStepped):
        note("b", actor=ANH, request=request, at=AT - timedelta(days=1))
    note("b", actor=ANH, request=request)
    assert count("ledger_request") == before + 1


@pytest.mark.django_db(transaction=True)
def test_a_twin_at_the_same_moment_waits_and_is_told():
    """Eight clicks at once: one event, seven times the first answer."""
    start = threading.Barrier(8)
    before = head_of()

    def click(_):
        start.wait()
        try:
            note("a", actor=ANH, request=Request.of("key", b"body"))
        except AlreadyDone as done:
            return done.stream, done.seq
        else:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as clicks:
        answers = list(clicks.map(click, range(8)))
    assert answers.count(None) == 1
    assert {a for a in answers if a} == {(stream_of(), before + 1)}
    assert head_of() == before + 1
