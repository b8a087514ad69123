"""How log lines are written: a fault of the database is told without the values it met."""

import logging
import re
import traceback
from collections.abc import Iterator
from typing import Any

import psycopg
from django.db import Error as DjangoError

# Django names the path of a request that failed; these open a dossier, or a way to a desk.
_SECRET = re.compile(r"/(t|phone)/[^\s/?]+")


class LineFormatter(logging.Formatter):
    """A formatter whose tracebacks name a database error's code and constraint, never its row or statement.

    PostgreSQL quotes the failing row in its message: names and numbers of people have no place in a log.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line, without the secret that a tracking address carries."""
        return _SECRET.sub(r"/\1/…", super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        """The traceback, causes first."""
        return "\n\n".join(_told(error) for error in _chain(ei[1]))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    if error is None:
        return
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    yield from _chain(before)
    yield error


def _told(error: BaseException) -> str:
    frames = "".join(traceback.format_tb(error.__traceback__))
    if not isinstance(error, DjangoError | psycopg.Error):
        return frames + "".join(traceback.format_exception_only(error)).rstrip()
    origin = error if isinstance(error, psycopg.Error) else error.__cause__
    words = [f"{type(error).__module__}.{type(error).__qualname__}"]
    if isinstance(origin, psycopg.Error):
        words += [
            word for word in (origin.sqlstate, origin.diag.table_name, origin.diag.constraint_name) if word
        ]
    return frames + " ".join(words)
