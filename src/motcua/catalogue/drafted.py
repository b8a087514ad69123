"""What the catalogue office sees: procedures with their versions and drafts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.catalogue.models import Draft, Version
from motcua.catalogue.policy import announcing_seat, officer_seats
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import NotFound
from motcua.kernel.text import fold

LINES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft as it stands; people are account ids."""

    id: UUID
    procedure: str
    began_from: UUID | None
    body: Mapping[str, Any]
    revision: int
    begun_by: str
    begun_at: datetime
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A published version in the list of a procedure's; `imported`: as announced, by whom it says."""

    id: UUID
    number: int
    title: str
    decision: str
    publisher: str
    issued_on: date | None
    effective_from: date
    published_at: datetime
    imported: bool
    withdrawn_at: datetime | None
    transition: str
    transition_basis: str
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A procedure with all its versions, newest first, and its open draft."""

    code: str
    title: str
    sector: str
    closed_on: date | None
    announced: bool
    versions: tuple[VersionLine, ...]
    draft: Drafted | None


@dataclass(frozen=True, slots=True)
class ProcedureLine:
    """A procedure in the office's list; `upcoming`: the day its next version is in force; `number` None: a draft
    of what was never published."""

    code: str
    title: str
    sector: str
    number: int | None
    since: date | None
    upcoming: date | None
    imported: bool
    closed_on: date | None
    has_draft: bool


@dataclass(frozen=True, slots=True)
class ProcedurePage:
    """A page of them; `following`: the key of the next page."""

    lines: tuple[ProcedureLine, ...]
    following: str | None


def draft(draft_id: UUID, *, viewer: Viewer) -> Drafted:
    """A draft. One statement. Raises Denied, and NotFound where it was published or discarded."""
    announcing_seat(viewer)
    row = Draft.objects.filter(id=draft_id).first()
    if row is None:
        raise NotFound(
            "Không còn bản soạn này: đã được công bố hoặc đã bỏ.",
            "This draft is no more: it was published or discarded.",
        )
    return _drafted(row)


def _drafted(row: Draft) -> Drafted:
    return Drafted(
        row.id,
        row.procedure,
        row.began_from,
        row.body,
        row.revision,
        row.begun_by,
        row.begun_at,
        row.changed_by,
        row.changed_at,
    )


_VERSIONS = """
SELECT v.id, v.number, v.body->'title'->>'vi', v.decision, coalesce(v.body->'decision'->'by'->>'vi', ''),
       (v.body->'decision'->>'issued_on')::date, v.effective_from, v.published_at, v.body ? 'announced',
       v.withdrawn_at, v.transition, v.transition_basis, v.settled_at
FROM catalogue_version v WHERE v.procedure_id = %s ORDER BY v.number DESC
"""


def chosen(code: str, *, viewer: Viewer) -> Chosen:
    """A procedure with its versions and draft. Three statements. Raises Denied, and NotFound for an unknown code."""
    officer_seats(viewer)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT title, sector, closed_on, announcement IS NOT NULL FROM catalogue_procedure WHERE code = %s",
            [code],
        )
        row = cursor.fetchone()
        cursor.execute(_VERSIONS, [code])
        versions = tuple(VersionLine(*each) for each in cursor.fetchall())
    found = Draft.objects.filter(procedure=code).first()
    if row is None and found is None:
        raise NotFound(f"Không có thủ tục {code}.", f"There is no procedure {code}.")
    title, sector, closed_on, announced = row or ("", "", None, False)
    return Chosen(
        code,
        title or title_of(found.body if found else {}),
        sector,
        closed_on,
        announced,
        versions,
        _drafted(found) if found else None,
    )


def title_of(body: Mapping[str, Any]) -> str:
    """What a draft is called so far."""
    title = body.get("title")
    return str(title.get("vi") or "") if isinstance(title, Mapping) else ""


def body_of(version: UUID, *, viewer: Viewer) -> tuple[str, int, Mapping[str, Any]]:
    """The procedure, the number and the document of a published version. One statement. Raises Denied, NotFound."""
    officer_seats(viewer)
    row = Version.objects.filter(id=version).values_list("procedure_id", "number", "body").first()
    if row is None:
        raise NotFound("Không có phiên bản thủ tục này.", "There is no such procedure version.")
    return row


def newest(code: str, *, viewer: Viewer) -> UUID | None:
    """The newest version of a procedure that stands, in force or to come. One statement. Raises Denied."""
    officer_seats(viewer)
    rows = Version.objects.filter(procedure_id=code, withdrawn_at=None).order_by("-number")
    return rows.values_list("id", flat=True).first()


_LIST = """
WITH listed AS (
    SELECT p.code, p.title, p.title_folded, p.words_folded, p.sector, p.closed_on FROM catalogue_procedure p
    UNION ALL
    SELECT d.procedure, coalesce(d.body->'title'->>'vi', ''), '', '', '', NULL FROM catalogue_draft d
    WHERE NOT EXISTS (SELECT FROM catalogue_procedure p WHERE p.code = d.procedure)
), page AS (
    SELECT * FROM listed WHERE code > %(after)s AND {where} ORDER BY code LIMIT %(limit)s
)
SELECT l.code, l.title, l.sector, now.number, now.effective_from, coming.day, coalesce(now.imported, false),
       l.closed_on, EXISTS (SELECT FROM catalogue_draft d WHERE d.procedure = l.code)
FROM page l
LEFT JOIN LATERAL (SELECT v.number, v.effective_from, v.body ? 'announced' AS imported FROM catalogue_version v
    WHERE v.procedure_id = l.code AND v.effective_from <= %(on)s AND v.withdrawn_at IS NULL
    ORDER BY v.effective_from DESC, v.number DESC LIMIT 1) now ON true
LEFT JOIN LATERAL (SELECT min(v.effective_from) AS day FROM catalogue_version v
    WHERE v.procedure_id = l.code AND v.effective_from > %(on)s AND v.withdrawn_at IS NULL) coming ON true
ORDER BY l.code
"""


def procedures_of(
    *, viewer: Viewer, on: date, words: str = "", drafts_only: bool = False, after: str = ""
) -> ProcedurePage:
    """Procedures by code, those whose code, title or everyday names hold every one of `words`. One statement. Raises
    Denied."""
    officer_seats(viewer)
    asked: dict[str, Any] = {"after": after, "on": on, "limit": LINES_A_PAGE + 1}
    where = ["true"]
    if drafts_only:
        where.append("EXISTS (SELECT FROM catalogue_draft d WHERE d.procedure = code)")
    for i, part in enumerate(fold(words).replace("|", " ")[:200].split()):
        asked[f"w{i}"] = "%" + part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        where.append(f"(title_folded LIKE %(w{i})s OR words_folded LIKE %(w{i})s OR code LIKE %(w{i})s)")
    with connection.cursor() as cursor:
        cursor.execute(_LIST.replace("{where}", " AND ".join(where)), asked)
        rows = cursor.fetchall()
    more, rows = len(rows) > LINES_A_PAGE, rows[:LINES_A_PAGE]
    lines = tuple(ProcedureLine(*row) for row in rows)
    return ProcedurePage(lines, lines[-1].code if more else None)
