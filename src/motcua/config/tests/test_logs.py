"""A log line tells a fault of the database by code and constraint, never by the row it met."""

import logging
import sys

import pytest
from django.db import Error, connection, transaction

from motcua.config.logs import LineFormatter

NAME = "Nguyễn Thị Ánh Tuyết"


def written() -> str:
    record = logging.LogRecord(
        "x", logging.ERROR, "", 0, "Internal Server Error: /dossiers", None, sys.exc_info()
    )
    return LineFormatter("{levelname} {message}", style="{").format(record)


def fail(statement: str, *arguments: str) -> str:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, arguments)
    except Error:
        return written()
    pytest.fail("the statement did not fail")


@pytest.mark.django_db
def test_a_row_that_a_constraint_refuses_is_not_quoted():
    line = fail(
        "INSERT INTO ledger_event (stream, seq, id, type, at, origin, installation, envelope, hash)"
        " VALUES (gen_random_uuid(), 0, gen_random_uuid(), %s, now(), 'simulated', 'trial', '', '')",
        NAME,
    )
    assert NAME not in line
    assert line.startswith("ERROR Internal Server Error: /dossiers\n")
    assert "django.db.utils.IntegrityError 23514 ledger_event ledger_event_seq" in line
    assert "test_logs.py" in line


@pytest.mark.django_db
def test_a_value_that_is_no_date_is_not_quoted():
    line = fail("SELECT %s::date", NAME)
    assert NAME not in line
    assert "22007" in line


def test_an_error_of_ours_keeps_its_words_and_its_cause():
    try:
        try:
            raise KeyError("procedure")
        except KeyError as cause:
            raise ValueError("no such procedure") from cause
    except ValueError:
        line = written()
    assert line.index("KeyError: 'procedure'") < line.index("ValueError: no such procedure")


def test_a_line_without_an_error_is_the_line():
    record = logging.LogRecord("x", logging.WARNING, "", 0, "the clock is %s", ("slow",), None)
    assert LineFormatter("{levelname} {message}", style="{").format(record) == "WARNING the clock is slow"


def test_the_secret_of_a_tracking_address_is_not_written():
    for words in (
        "Service Unavailable: /t/cgzUohW-secret",
        "Forbidden (CSRF cookie not set.): /t/cgzUohW-secret?x=1",
    ):
        record = logging.LogRecord("django.request", logging.ERROR, "", 0, words, None, None)
        line = LineFormatter("{levelname} {message}", style="{").format(record)
        assert "secret" not in line
        assert "/t/…" in line


def test_the_way_of_a_telephone_to_a_desk_is_not_written():
    line = LineFormatter("{message}", style="{").format(
        logging.LogRecord("x", logging.ERROR, "", 0, "Error: %s", ("/phone/c2VjcmV0LXNlY3JldA?x",), None)
    )
    assert line == "Error: /phone/…?x"
