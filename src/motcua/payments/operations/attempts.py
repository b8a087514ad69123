"""Attempts to pay an order through the platform: which were begun, what is still to be asked. Operational: what came of
one is told by the money that comes in.

`outcome`: "" nobody has said; "unreachable" the platform did not answer when it was begun, which does not say that it
did not begin; "failed" the platform says so, for now; "paid" is the only end."""

from datetime import datetime, timedelta

from django.db import connection

from motcua.payments.record import Row, rows

ASKED_FOR = timedelta(days=3)


def begin(*, order: Row, at: datetime) -> str:
    """A new attempt at an order, which the caller holds; its reference there, good for once."""
    with connection.cursor() as cursor:
        cursor.execute('SELECT count(*) FROM payments_attempt WHERE "order" = %s', [order["id"]])
        reference = f"{order['text']}{cursor.fetchone()[0] + 1:02}"
        cursor.execute(
            'INSERT INTO payments_attempt (reference, "order", url, sent_at, times, outcome)'
            " VALUES (%s, %s, '', %s, 0, '')",
            [reference, order["id"], at],
        )
    return reference


def note(*, reference: str, url: str = "", outcome: str = "") -> None:
    """Note where an attempt is paid, or how it stands; one that is paid stays so."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE payments_attempt SET url = CASE WHEN %(url)s = '' THEN url ELSE %(url)s END,"
            " outcome = %(outcome)s WHERE reference = %(reference)s AND outcome <> 'paid'",
            {"url": url, "outcome": outcome, "reference": reference},
        )


def next_to_ask(*, at: datetime) -> str | None:
    """The attempt not known to be paid that has been due longest: each after a minute, then ever more seldom, whatever
    was said of it: what failed in an outage may be told as paid later. It is taken, so that two workers do not ask
    together."""
    found = rows(
        "UPDATE payments_attempt SET asked_at = %(at)s, times = times + 1 WHERE reference = ("
        " SELECT reference FROM payments_attempt a CROSS JOIN LATERAL (SELECT"
        " coalesce(a.asked_at, a.sent_at) + make_interval(secs => least(60 * power(2, a.times), 3600)) AS due) d"
        " WHERE outcome <> 'paid' AND sent_at > %(oldest)s AND due <= %(at)s"
        " ORDER BY due LIMIT 1 FOR UPDATE OF a SKIP LOCKED) RETURNING reference",
        {"at": at, "oldest": at - ASKED_FOR},
    )
    return str(found[0]["reference"]) if found else None
