import threading
import time
from threading import Event, Thread

import pytest
from django.db import OperationalError

from motcua.cli import work


def test_rounds_follow_each_other_until_told_to_stop():
    stopping = Event()
    rounds: list[int] = []

    def step() -> int:
        rounds.append(len(rounds))
        if len(rounds) == 3:
            stopping.set()
        return 1

    work.run_forever([step], stopping=stopping)
    assert rounds == [0, 1, 2]


def test_the_worker_outlives_an_outage(monkeypatch, caplog):
    monkeypatch.setattr(work, "IDLE_SECONDS", 0.001)
    stopping = Event()
    outages = [OperationalError("still gone"), OperationalError("gone")]
    done = []

    def step() -> int:
        if outages:
            raise outages.pop()
        done.append(5)
        stopping.set()
        return 5

    work.run_forever([step], stopping=stopping)
    assert done == [5]
    assert [record.getMessage() for record in caplog.records] == [
        "the database is away, waiting: gone",
        "the database is away, waiting: still gone",
    ]


def test_another_fault_is_not_swallowed():
    def step() -> int:
        raise LookupError("a defect")

    with pytest.raises(LookupError):
        work.run_forever([step])


def test_every_holds_a_step_back(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    seldom = work.every(30, lambda: 1)
    told = []
    for now[0] in (1000.0, 1010.0, 1029.9, 1030.0, 1031.0):
        told.append(seldom())
    assert told == [1, 0, 0, 1, 0]


def test_a_sender_that_falls_ends_the_worker_and_says_so_in_the_log(monkeypatch, caplog):
    def falls(**_: object) -> int:
        raise LookupError("a defect")

    monkeypatch.setattr(work, "send_messages", falls)
    monkeypatch.setattr(threading, "excepthook", work.fell)
    stopping = Event()
    sender = Thread(target=work.send_forever, args=(stopping,))
    sender.start()
    sender.join(5)
    assert stopping.is_set()
    (record,) = caplog.records
    assert record.levelname == "CRITICAL"
    assert record.exc_info is not None
    assert record.exc_info[0] is LookupError
