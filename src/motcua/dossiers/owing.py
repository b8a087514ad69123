"""Dossiers that owe money, and those whose money might go back: for the cashier. Scope and seats as elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.dossiers.policy import SEATS
from motcua.dossiers.record import as_row
from motcua.dossiers.row import Row
from motcua.dossiers.sight import NAME, SHOWN, eyes
from motcua.dossiers.states import Authority
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Denied
from motcua.kernel.ids import before_id
from motcua.kernel.text import clean, fold

PAGE = 50
# What was refused, withdrawn or stopped owes nothing any more.
_OWES = "d.fee_open AND d.state NOT IN ('refused', 'withdrawn', 'stopped')"
_LISTED = f"""
SELECT d.*, {NAME} FROM dossiers_dossier d LEFT JOIN dossiers_label l ON l.dossier = d.id
 WHERE d.desk_agency = ANY(%(desks)s) AND {_OWES} AND d.id < %(after)s ORDER BY d.id DESC LIMIT %(limit)s
"""  # noqa: S608 - fixed parts
# A code, or its beginning, with whatever else came in on the same visit.
_BY_CODE = f"""
WITH found AS (
    SELECT id, visit FROM dossiers_dossier d
     WHERE d.code LIKE %(code)s AND d.desk_agency = ANY(%(desks)s) AND {_OWES} ORDER BY d.id DESC LIMIT %(limit)s
)
SELECT d.*, {NAME} FROM dossiers_dossier d LEFT JOIN dossiers_label l ON l.dossier = d.id
 WHERE (d.id IN (SELECT id FROM found) OR d.visit IN (SELECT visit FROM found WHERE visit IS NOT NULL))
   AND d.desk_agency = ANY(%(desks)s) AND {_OWES} AND d.id < %(after)s ORDER BY d.id DESC LIMIT %(limit)s
"""  # noqa: S608 - fixed parts
_BY_NAME = f"""
SELECT d.*, {NAME} FROM dossiers_label l JOIN dossiers_dossier d ON d.id = l.dossier
 WHERE l.agency = ANY(%(desks)s) AND l.name_folded LIKE %(name)s AND {_OWES} AND {SHOWN} AND l.dossier < %(after)s
 ORDER BY d.id DESC LIMIT %(limit)s
"""  # noqa: S608 - fixed parts
_TO_GIVE_BACK = f"""
SELECT d.*, {NAME} FROM dossiers_dossier d LEFT JOIN dossiers_label l ON l.dossier = d.id
 WHERE d.desk_agency = ANY(%(desks)s) AND d.state IN ('refused', 'withdrawn', 'stopped')
   AND d.fees @> '[{{"state": "paid"}}]' AND d.id < %(after)s ORDER BY d.id DESC LIMIT %(limit)s
"""  # noqa: S608 - fixed parts
_CHOSEN = f"""
SELECT d.*, {NAME} FROM dossiers_dossier d LEFT JOIN dossiers_label l ON l.dossier = d.id
 WHERE d.code = ANY(%(codes)s) AND d.desk_agency = ANY(%(desks)s)
"""  # noqa: S608 - fixed parts


@dataclass(frozen=True, slots=True)
class Owing:
    """A dossier and its applicant's name."""

    row: Row
    name: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of dossiers and the key of the next one (None: no more)."""

    lines: tuple[Owing, ...]
    following: str | None


def owing(*, viewer: Viewer, words: str = "", after: str | None = None) -> Page:
    """Dossiers of the cashier's desk that owe something, newest first; one statement, keyset paging.

    `words` with a figure in them match a code's beginning, and all of the same visit; others the applicant's name
    without accents. Raises Denied for everybody but cashiers.
    """
    folded = fold(clean(words))[:100]
    query = _LISTED if not folded else _BY_CODE if any(c.isdigit() for c in folded) else _BY_NAME
    found = _read(
        query,
        viewer,
        desks=desks(viewer),
        after=before_id(after),
        code=f"{_like(folded.upper())}%",
        name=f"%{_like(folded)}%",
        limit=PAGE + 1,
    )
    return _page(found)


def _page(found: list[Owing]) -> Page:
    return Page(tuple(found[:PAGE]), str(found[PAGE - 1].row["id"]) if len(found) > PAGE else None)


def chosen(*, viewer: Viewer, codes: Sequence[str]) -> list[Owing]:
    """The dossiers `codes` of the cashier's desk, in that order; what is none of its own is left out."""
    found = {one.row["code"]: one for one in _read(_CHOSEN, viewer, desks=desks(viewer), codes=list(codes))}
    return [found[code] for code in dict.fromkeys(codes) if code in found]


def at_desk(*, desk: str, codes: Sequence[str]) -> dict[str, Row]:
    """The rows of dossiers of `desk` by code, for those who show what names them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM dossiers_dossier WHERE code = ANY(%s) AND desk_agency = %s", [list(codes), desk]
        )
        names = [c.name for c in cursor.description]
        rows = [as_row(names, values) for values in cursor.fetchall()]
    return {row["code"]: row for row in rows}


def to_give_back(*, viewer: Viewer, after: str | None = None) -> Page:
    """Dossiers that ended without a result after something was paid for them, newest first: a refund may be due. One
    statement, keyset paging."""
    found = _read(_TO_GIVE_BACK, viewer, desks=desks(viewer), after=before_id(after), limit=PAGE + 1)
    return _page(found)


def pinned(codes: Sequence[str]) -> dict[str, UUID]:
    """The procedure versions of dossiers by code: under which names their charges stand."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, procedure_version FROM dossiers_dossier WHERE code = ANY(%s)", [list(codes)]
        )
        return dict(cursor.fetchall())


def desks(viewer: Viewer) -> list[str]:
    """The agencies at whose desk `viewer` is the cashier. Raises Denied for nobody's cashier."""
    found = sorted({c.agency for c in viewer.capacities if c.kind in SEATS[Authority.CASHIER]})
    if not found:
        raise Denied("Chỉ thủ quỹ của Bộ phận Một cửa thu tiền.", "Only the desk's cashier takes money.")
    return found


def _read(query: str, viewer: Viewer, **arguments: Any) -> list[Owing]:
    with connection.cursor() as cursor:
        cursor.execute(query, arguments | eyes(viewer))
        names = [c.name for c in cursor.description[:-1]]
        return [Owing(as_row(names, values), name) for *values, name in cursor.fetchall()]


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
