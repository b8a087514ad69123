"""Running numbers of an agency's papers: gap-free from 1 for each series and period."""

from django.db import connection


def next_in_series(*, agency: str, series: str, period: str) -> int:
    """The next number of `series` (a letter code) of `agency` in `period` ("2026", "2026-11-20").

    Goes up with the act or not at all: taken inside its transaction, last of all locks (design, section 12).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO agencies_series (agency, series, period, last) VALUES (%s, %s, %s, 1)"
            " ON CONFLICT (agency, series, period) DO UPDATE SET last = agencies_series.last + 1 RETURNING last",
            [agency, series, period],
        )
        return int(cursor.fetchone()[0])
