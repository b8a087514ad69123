"""A house with many orders is read by indexes: no page and no telling walks through them all."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.support.world import COMMUNE, viewer

from motcua.payments import matching, online, reconciling
from motcua.payments.operations import attempts
from motcua.payments.operations.incoming import Incoming, told_before, unmatched
from motcua.payments.ordering import Source
from motcua.payments.record import rows
from motcua.payments.selectors import open_refunds

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 30_000
DAY = date(2026, 8, 26)
FILL = """
INSERT INTO payments_order (id, agency, reference, text, lines, total, state, opened_at, stands_until, credit,
                            receipt, closed_at, head_seq, head_hash, head_at)
SELECT id, %(agency)s, 'R' || n, 'T' || n, '[]', 10000, CASE WHEN n %% 2 = 0 THEN 'paid' ELSE 'expired' END,
       at, at, CASE WHEN n %% 2 = 0 THEN id END, CASE WHEN n %% 2 = 0 THEN id END, at, 1, '', at
  FROM (SELECT n, gen_random_uuid() AS id, timestamptz '2026-08-27' - n * interval '10 minutes' AS at
          FROM generate_series(1, %(many)s) n) o;
INSERT INTO payments_credit (id, agency, source, number, amount, booked_on, at, told, "order", attempt, outcome,
                             receipt, slip, settled_by, head_seq, head_hash, head_at)
SELECT gen_random_uuid(), agency, s, s || text, total, opened_at::date, opened_at, id, id, text || '01', 'paid', id,
       '', '', 1, '', opened_at
  FROM payments_order, unnest(ARRAY['bank', 'platform']) s WHERE state = 'paid';
INSERT INTO payments_match (credit, line)
SELECT p.id, b.id FROM payments_credit p JOIN payments_credit b ON b."order" = p."order" AND b.source = 'bank'
 WHERE p.source = 'platform';
INSERT INTO payments_attempt (reference, "order", url, sent_at, times, outcome)
SELECT text || '01', id, '', opened_at, 0, 'paid' FROM payments_order;
"""


@pytest.fixture
def many(owner_cursor):
    with connection.cursor() as cursor:
        for command in FILL.split(";")[:-1]:
            cursor.execute(command, {"agency": COMMUNE, "many": MANY})
    owner_cursor.execute("ANALYZE payments_order, payments_credit, payments_match, payments_attempt")
    return rows("SELECT * FROM payments_order WHERE state = 'paid' ORDER BY opened_at DESC LIMIT 1", [])[0]


def plans(read: Callable[[], object]) -> str:
    """How the database goes about what `read` asks, where a table is too large to be read whole for a few rows."""
    with CaptureQueriesContext(connection) as captured:
        read()
    told = []
    with connection.cursor() as cursor:
        cursor.execute("SET enable_hashjoin = off; SET enable_mergejoin = off")
        for query in captured.captured_queries:
            cursor.execute(f"EXPLAIN {query['sql']}")
            told += [line for (line,) in cursor.fetchall()]
        cursor.execute("RESET ALL")
    return "\n".join(told)


def test_none_of_them_walks_through_all(many):
    who = viewer("thuquy")
    told = Incoming(
        agency=COMMUNE,
        source=Source.BANK,
        number="F1",
        amount=10_000,
        booked_on=DAY,
        told=f"{many['text']}01",
    )
    line = {"agency": COMMUNE, "source": "bank", "amount": 10_000, "order": None}
    reads: dict[str, Callable[[], object]] = {
        "reconciliation": lambda: reconciling.held(viewer=who, agency=COMMUNE, first=DAY, last=DAY),
        "told before": lambda: told_before(many, told),
        "unmatched": lambda: unmatched([uuid4()]),
        "may be the same": lambda: matching.candidates(line, viewer=who, first=DAY, last=DAY),
        "paid for one": lambda: matching.candidates(
            line | {"source": "platform", "order": many["id"]}, viewer=who, first=DAY, last=DAY
        ),
        "of its own order": lambda: matching.candidates(
            line | {"order": many["id"]}, viewer=who, first=DAY, last=DAY
        ),
        "beside": lambda: online.beside("R2"),
        "waiting": lambda: online.to_settle(viewer=who),
        "a day": lambda: online.day(viewer=who, on=DAY),
        "refunds": lambda: open_refunds(viewer=who),
        "to ask": lambda: attempts.next_to_ask(at=many["opened_at"]),
    }
    walked = {
        name: plan
        for name, plan in ((name, plans(read)) for name, read in reads.items())
        if any(f"Seq Scan on payments_{table}" in plan for table in ("order", "credit", "match", "attempt"))
    }
    assert walked == {}
    assert "payments_order_no_money" in plans(reads["reconciliation"])
