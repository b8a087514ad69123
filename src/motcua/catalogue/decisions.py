"""The decisions about findings: those that stand, and who decided what."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.catalogue.national.decisions import Decision
from motcua.catalogue.national.findings import FindingKind
from motcua.catalogue.national.words import Words
from motcua.catalogue.policy import officer_seats
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import NotFound
from motcua.ledger.chain import document_digest

LINES_A_PAGE = 50


def decision_digest(
    key: UUID, what: str, where: str, words: Any, value: Any, note: str, replaces: UUID | None, by: str
) -> bytes:
    """The digest of a decision that its event vouches for."""
    return document_digest(
        {
            "id": str(key),
            "what": what,
            "where": where,
            "words": words,
            "value": value,
            "note": note,
            "replaces": str(replaces) if replaces else None,
            "by": by,
        }
    )


def standing_decisions(codes: Iterable[str] | None = None) -> Mapping[str, tuple[Decision, ...]]:
    """What is decided and not taken back or replaced, by procedure, the earlier first; of these procedures or all.
    One statement."""
    of = "" if codes is None else " AND d.procedure_id = ANY(%s)"
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT d.procedure_id, d.id, d.what, d."where", d.words::text, d.value::text FROM catalogue_decision d'  # noqa: S608
            f" WHERE d.value IS NOT NULL{of}"
            " AND NOT EXISTS (SELECT FROM catalogue_decision r WHERE r.replaces = d.id)"
            " ORDER BY d.decided_at, d.id",
            [] if codes is None else [list(codes)],
        )
        found: dict[str, list[Decision]] = {}
        for code, key, what, where, words, value in cursor.fetchall():
            decision = Decision(key, FindingKind(what), where, as_words(json.loads(words)), json.loads(value))
            found.setdefault(code, []).append(decision)
    return {code: tuple(decisions) for code, decisions in found.items()}


def as_words(data: Any) -> Words:
    """Words as they are stored."""
    return tuple((key, text) for key, text in data)


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One act of deciding; `value` None: a decision taken back, `{}`: left as announced. `stands`: nothing has taken
    its place since."""

    id: UUID
    code: str
    title: str
    publisher: str
    kind: FindingKind
    where: str
    words: Words
    value: Mapping[str, Any] | None
    note: str
    by: str
    at: datetime
    stands: bool


@dataclass(frozen=True, slots=True)
class DecisionPage:
    lines: tuple[DecisionLine, ...]
    following: str | None


_LINE = (
    "SELECT d.id, d.procedure_id, p.title, coalesce(a.publisher, ''), d.what, d.\"where\", d.words::text,"
    " d.value::text,"
    " d.note, d.decided_by, d.decided_at,"
    " NOT EXISTS (SELECT FROM catalogue_decision r WHERE r.replaces = d.id)"
    " FROM catalogue_decision d JOIN catalogue_procedure p ON p.code = d.procedure_id"
    " LEFT JOIN catalogue_announcement a ON a.id = p.announcement"
)


def _lines(where: str, arguments: Mapping[str, Any], tail: str) -> list[DecisionLine]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_LINE} WHERE {where} {tail}", arguments)
        return [
            DecisionLine(
                key,
                code,
                title,
                publisher,
                FindingKind(what),
                place,
                as_words(json.loads(words)),
                None if value is None else json.loads(value),
                note,
                by,
                at,
                stands,
            )
            for key, code, title, publisher, what, place, words, value, note, by, at, stands in cursor.fetchall()
        ]


def decision_list(*, viewer: Viewer, by: str = "", after: str = "") -> DecisionPage:
    """Who decided what, the newest first; by one account where given. One statement. Raises Denied."""
    officer_seats(viewer)
    key = _key(after)
    where = "(%(by)s = '' OR d.decided_by = %(by)s)"
    if key is not None:
        where += (
            " AND (d.decided_at, d.id) < (SELECT decided_at, id FROM catalogue_decision WHERE id = %(after)s)"
        )
    lines = _lines(
        where,
        {"by": by, "after": key, "limit": LINES_A_PAGE + 1},
        "ORDER BY d.decided_at DESC, d.id DESC LIMIT %(limit)s",
    )
    more, lines = len(lines) > LINES_A_PAGE, lines[:LINES_A_PAGE]
    return DecisionPage(tuple(lines), str(lines[-1].id) if more else None)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def decisions_of(code: str, *, viewer: Viewer) -> list[DecisionLine]:
    """All that was ever decided about procedure `code`, the newest first. One statement. Raises Denied."""
    officer_seats(viewer)
    return _lines(
        "d.procedure_id = %(code)s", {"code": code}, "ORDER BY d.decided_at DESC, d.id DESC LIMIT 500"
    )


def decision(decision_id: UUID, *, viewer: Viewer) -> DecisionLine:
    """One decision. One statement. Raises Denied, NotFound; one that only took another back is none."""
    officer_seats(viewer)
    found = _lines("d.id = %(id)s AND d.value IS NOT NULL", {"id": decision_id}, "")
    if not found:
        raise NotFound("Không có quyết định này.", "There is no such decision.")
    return found[0]


def deciders(*, viewer: Viewer) -> list[str]:
    """The accounts of those who decided something. One statement. Raises Denied."""
    officer_seats(viewer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT decided_by FROM catalogue_decision ORDER BY decided_by")
        return [row[0] for row in cursor.fetchall()]
