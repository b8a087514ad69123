"""What is likely late is read in the order of its indexes: a page costs what it shows, however much is late."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.likely_late import counts, likely_late
from motcua.dossiers.moved import MOST_COUNTED
from motcua.dossiers.selectors import PAGE
from tests.support.lives import brought_to
from tests.support.world import viewer

pytestmark = pytest.mark.django_db
# As many again of one dossier, promised a minute apart: half of them before `at`; each third has its letter.
MANY = 360
COPIES = """
INSERT INTO dossiers_dossier SELECT (jsonb_populate_record(d, jsonb_build_object(
    'id', gen_random_uuid(), 'token_digest', sha256((d.code || n)::bytea), 'code', d.code || '-' || n,
    'limit_due_at', %(at)s::timestamptz + interval '9 days',
    'delay', CASE WHEN n %% 3 = 0 THEN '{"signed": true}'::jsonb END,
    'due_at', %(at)s::timestamptz + (n - %(many)s / 2) * interval '1 minute',
    'late_from', %(at)s::timestamptz - interval '1 day'))).*
FROM dossiers_dossier d, generate_series(1, %(many)s) n
"""
INDEXES = {"past": "dossiers_no_letter", "ahead": "dossiers_no_letter", "sent": "dossiers_apologised"}


def scans(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if node.get("Relation Name") == "dossiers_dossier":
        yield node
    for part in node.get("Plans", ()):
        yield from scans(part)


def read(show: str, at: Any, after: str | None = None) -> tuple[Any, dict[str, Any]]:
    """A page of the list, and how its dossiers were read."""
    with CaptureQueriesContext(connection) as captured:
        page = likely_late(viewer=viewer("chutich"), at=at, show=show, after=after)
    sql = next(q["sql"] for q in reversed(captured.captured_queries) if "late_from" in q["sql"])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        told = cursor.fetchone()[0]
    (scan,) = scans((json.loads(told) if isinstance(told, str) else told)[0]["Plan"])
    return page, scan


def test_a_page_reads_what_it_shows():
    _code, at = brought_to("in_process")
    with connection.cursor() as cursor:
        cursor.execute(COPIES, {"at": at, "many": MANY})
        cursor.execute("ANALYZE dossiers_dossier")
    for show, index in INDEXES.items():
        page, scan = read(show, at)
        assert (scan["Index Name"], len(page.lines)) == (index, PAGE)
        assert scan["Actual Rows"] + scan.get("Rows Removed by Filter", 0) <= PAGE + 2
        following, scan = read(show, at, page.following)
        assert scan["Actual Rows"] + scan.get("Rows Removed by Filter", 0) <= PAGE + 2
        dues = [one.line.due_at for one in (*page.lines, *following.lines)]
        assert dues == sorted(dues)
        assert len({one.line.id for one in (*page.lines, *following.lines)}) == 2 * PAGE
    found = counts(viewer=viewer("chutich"), at=at)
    assert [found[show] for show in (*INDEXES, "unsigned")] == [MOST_COUNTED] * 3 + [0]
