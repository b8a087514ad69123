"""Several threads against one database, each with a connection of its own."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import connection


def alone(work: Callable[..., Any], *arguments: Any) -> Any:
    """`work(*arguments)` in this thread, whose connection is closed afterwards."""
    try:
        return work(*arguments)
    finally:
        connection.close()


def all_at_once(work: Callable[[Any], Any], items: Iterable[Any]) -> list[Any]:
    """`work(item)` for each item in a thread of its own, let go at the same moment; the answers in order.

    An exception is an answer too.
    """
    listed = list(items)
    start = threading.Barrier(len(listed))

    def one(item: Any) -> Any:
        start.wait()
        return alone(work, item)

    with ThreadPoolExecutor(len(listed)) as threads:
        return [_answer(future) for future in [threads.submit(one, item) for item in listed]]


def while_at_work(first: Callable[[Callable[[], None]], None], second: Callable[[], Any]) -> Any:
    """What comes of `second`, begun while `first` has written and not committed; an exception is an answer too.

    `first` is given what to call once it has written; it goes on when `second` waits for a lock.
    """
    written, let_go = threading.Event(), threading.Event()

    def wait() -> None:
        written.set()
        let_go.wait(10)

    with ThreadPoolExecutor(2) as people:
        winner = people.submit(alone, first, wait)
        assert written.wait(10)
        loser = people.submit(alone, second)
        with connection.cursor() as cursor:
            waits = somebody_waits(cursor, unless=loser.done)
        let_go.set()
        winner.result()
        assert waits, "the second did not wait for the first"
        return _answer(loser)


def _answer(future: "Future[Any]") -> Any:
    error = future.exception()
    return future.result() if error is None else error


def somebody_waits(
    cursor: Any, *, longest: float = 10, many: int = 1, unless: Callable[[], bool] = lambda: False
) -> bool:
    """Whether, within `longest` seconds and before `unless`, `many` sessions of this database come to wait for
    others' locks."""
    pause = threading.Event()
    for _ in range(int(longest / 0.01)):
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        if cursor.fetchone()[0] >= many:
            return True
        if unless():
            return False
        pause.wait(0.01)
    return False
