"""What to send back to who published: numbers by publisher and kind, and every place with what was decided here."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from motcua.catalogue.national.findings import FINDINGS, FindingKind
from motcua.catalogue.policy import officer_seats
from motcua.kernel.actor import Viewer

_TO_DECIDE = [kind.value for kind, row in FINDINGS.items() if row.decided]


@dataclass(frozen=True, slots=True)
class PublisherCount:
    """`procedures`: with a finding; `waiting`: places that somebody has to decide; `decided`: places decided here."""

    publisher: str
    procedures: int
    places: int
    waiting: int
    decided: int


@dataclass(frozen=True, slots=True)
class KindSum:
    kind: FindingKind
    procedures: int
    places: int
    decided: int


@dataclass(frozen=True, slots=True)
class ReportLine:
    """`value`: None where nobody decided."""

    code: str
    title: str
    publisher: str
    kind: FindingKind
    where: str
    text: str
    value: Mapping[str, Any] | None
    decided_at: datetime | None


def publisher_counts(*, viewer: Viewer) -> list[PublisherCount]:
    """Every publisher of what was found, by name. One statement. Raises Denied."""
    officer_seats(viewer)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.publisher, count(DISTINCT f.procedure_id), count(*),"
            " count(*) FILTER (WHERE f.decided_at IS NULL AND f.what = ANY(%s)),"
            " count(*) FILTER (WHERE f.decided_at IS NOT NULL)"
            " FROM catalogue_finding f JOIN catalogue_announcement a ON a.id = f.announcement_id"
            " GROUP BY a.publisher ORDER BY a.publisher",
            [_TO_DECIDE],
        )
        return [PublisherCount(*row) for row in cursor.fetchall()]


def kind_sums(*, publisher: str, viewer: Viewer) -> list[KindSum]:
    """What was found in the announcements of `publisher` ("": of all), in the order of the kinds. One statement.
    Raises Denied."""
    officer_seats(viewer)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f.what, count(DISTINCT f.procedure_id), count(*),"
            " count(*) FILTER (WHERE f.decided_at IS NOT NULL)"
            " FROM catalogue_finding f JOIN catalogue_announcement a ON a.id = f.announcement_id"
            " WHERE (%(publisher)s = '' OR a.publisher = %(publisher)s) GROUP BY f.what",
            {"publisher": publisher},
        )
        sums = {what: KindSum(FindingKind(what), *rest) for what, *rest in cursor.fetchall()}
    return [sums[kind.value] for kind in FINDINGS if kind.value in sums]


def report_lines(*, publisher: str = "", what: str = "", viewer: Viewer) -> Iterator[ReportLine]:
    """Every finding by kind, code and place, with what was decided. One statement. Raises Denied."""
    officer_seats(viewer)
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT p.code, p.title, a.publisher, f.what, f."where", f.text, d.value::text, f.decided_at'
            " FROM catalogue_finding f JOIN catalogue_announcement a ON a.id = f.announcement_id"
            " JOIN catalogue_procedure p ON p.code = f.procedure_id"
            " LEFT JOIN catalogue_decision d ON d.id = f.decision"
            " WHERE (%(publisher)s = '' OR a.publisher = %(publisher)s) AND (%(what)s = '' OR f.what = %(what)s)"
            ' ORDER BY array_position(%(kinds)s, f.what), p.code, f."where"',
            {"publisher": publisher, "what": what, "kinds": [kind.value for kind in FINDINGS]},
        )
        for code, title, by, kind, where, text, value, at in cursor:
            told = None if value is None else json.loads(value)
            yield ReportLine(code, title, by, FindingKind(kind), where, text, told, at)
