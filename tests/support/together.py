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


def _answer(future: "Future[Any]") -> Any:
    error = future.exception()
    return future.result() if error is None else error
