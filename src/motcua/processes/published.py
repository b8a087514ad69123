"""What the catalogue office sees of processes: which there are, versions, who runs them, which seats are empty."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.agencies.selectors import agencies_holding, agency_codes, called, stands_for, units
from motcua.catalogue.policy import announces, officer_seats
from motcua.dossiers.consulted import RECEIVING
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import NotFound
from motcua.kernel.say import Say, say_of
from motcua.kernel.text import fold
from motcua.kernel.time import local
from motcua.processes.models import Adoption, Version
from motcua.processes.routing import Staff
from motcua.processes.selectors import staff, versions
from motcua.processes.shapes import ProcessVersion, Step
from motcua.processes.staffing import Answering, Offices, Vacancy, asked_agencies, vacancies
from motcua.processes.wording import positions_words

LINES_A_PAGE = 50
MOST_RUNS = 200
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A published version of a process."""

    id: UUID
    number: int
    title: Say
    source: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Chosen:
    """A process with all its versions, the newest first."""

    code: str
    procedure: str
    title: Say
    versions: tuple[VersionLine, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A version an agency runs for a variant, from and until when."""

    agency: str
    variant: str
    version: UUID
    number: int
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Adopted:
    """A version that `agencies` agencies run on a day, or (`ahead`) from a later day on."""

    number: int
    agencies: int
    ahead: bool


@dataclass(frozen=True, slots=True)
class ProcessLine:
    """A process in the office's list; `number` of its last version, 0 for none; `draft`: its open one; `running`: its
    versions that agencies run on the day, or will run: all agencies for who announces, else the viewer's own."""

    code: str
    procedure: str
    title: Say
    number: int
    draft: UUID | None
    running: tuple[Adopted, ...]


@dataclass(frozen=True, slots=True)
class ProcessPage:
    """A page of them; `following`: the key of the next page."""

    lines: tuple[ProcessLine, ...]
    following: str | None


_LIST = """
WITH listed AS (
    SELECT DISTINCT ON (v.code) v.code, v.procedure, v.number, v.body->'title' AS title
    FROM processes_version v LEFT JOIN catalogue_procedure p ON p.code = v.procedure
    WHERE v.code > %(after)s AND {where} ORDER BY v.code, v.number DESC LIMIT %(limit)s
), page AS (
    SELECT * FROM listed UNION ALL
    SELECT v.code, v.body->>'procedure', 0, v.body->'title' FROM processes_draft v
    LEFT JOIN catalogue_procedure p ON p.code = v.body->>'procedure'
    WHERE v.code > %(after)s AND {drafted} AND NOT EXISTS (SELECT FROM processes_version o WHERE o.code = v.code)
    ORDER BY code LIMIT %(limit)s
)
SELECT l.code, coalesce(l.procedure, ''), coalesce(l.title->>'vi', ''), coalesce(l.title->>'en', ''), l.number,
       (SELECT d.id FROM processes_draft d WHERE d.code = l.code),
       (SELECT coalesce(json_agg(json_build_array(number, agencies, ahead) ORDER BY ahead, number), '[]')::text FROM (
            SELECT v.number, count(DISTINCT a.agency) AS agencies, a.valid_from > %(on)s AS ahead
            FROM processes_adoption a JOIN processes_version v ON v.id = a.version_id
            WHERE v.code = l.code AND (%(all)s OR a.agency = ANY(%(agencies)s))
            AND (a.valid_to IS NULL OR a.valid_to > %(on)s) GROUP BY 1, 3) runs)
FROM page l ORDER BY l.code
"""
_WORD = "(lower(v.code) LIKE %({name})s OR {procedure} LIKE %({name})s OR p.title_folded LIKE %({name})s)"


def processes_of(
    *, viewer: Viewer, on: date, words: str = "", drafts_only: bool = False, after: str = ""
) -> ProcessPage:
    """Processes by code, those whose code, procedure or its title hold every one of `words`. One statement. Raises
    Denied."""
    agencies = [seat.agency for seat in officer_seats(viewer)]
    asked: dict[str, Any] = {"after": after, "on": on, "limit": LINES_A_PAGE + 1, "agencies": agencies}
    asked["all"] = announces(viewer)
    where, drafted = ["true"], ["true"]
    if drafts_only:
        where.append("EXISTS (SELECT FROM processes_draft d WHERE d.code = v.code)")
    for n, part in enumerate(fold(words)[:200].split()):
        where.append(_WORD.format(name=f"w{n}", procedure="v.procedure"))
        drafted.append(_WORD.format(name=f"w{n}", procedure="v.body->>'procedure'"))
        asked[f"w{n}"] = "%" + part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    with connection.cursor() as cursor:
        cursor.execute(
            _LIST.replace("{where}", " AND ".join(where)).replace("{drafted}", " AND ".join(drafted)), asked
        )
        rows = cursor.fetchall()
    more, rows = len(rows) > LINES_A_PAGE, rows[:LINES_A_PAGE]
    lines = tuple(
        ProcessLine(
            code, procedure, Say(vi, en), number, draft, tuple(Adopted(*one) for one in json.loads(running))
        )
        for code, procedure, vi, en, number, draft, running in rows
    )
    return ProcessPage(lines, lines[-1].code if more else None)


def chosen(code: str, *, viewer: Viewer) -> Chosen:
    """A process with its versions. One statement. Raises Denied, and NotFound for an unknown code."""
    officer_seats(viewer)
    rows = Version.objects.filter(code=code).order_by("-number")
    told = list(rows.values_list("id", "number", "body__title", "body__source", "published_at", "procedure"))
    if not told:
        raise NotFound(f"Không có quy trình {code}.", f"There is no process {code}.")
    versions = tuple(VersionLine(i, n, say_of(title), source, at) for i, n, title, source, at, _p in told)
    return Chosen(code, told[0][5], versions[0].title, versions)


@dataclass(frozen=True, slots=True)
class Published:
    """A published version as a document."""

    id: UUID
    code: str
    number: int
    procedure: str
    body: Document
    published_at: datetime

    @property
    def title(self) -> Say:
        """What it is called."""
        return say_of(self.body.get("title"))


def published_version(version: UUID, *, viewer: Viewer) -> Published:
    """A version with its document. One statement. Raises Denied, NotFound."""
    officer_seats(viewer)
    row = Version.objects.filter(id=version).first()
    if row is None:
        raise NotFound("Không có phiên bản quy trình này.", "There is no such process version.")
    return Published(row.id, row.code, row.number, row.procedure, dict(row.body), row.published_at)


def runs_of(code: str, *, viewer: Viewer) -> list[Run]:
    """Which agencies run, ran and will run a process, the newest first; at most 200. Who announces sees all, others
    those they keep the catalogue for. One statement. Raises Denied."""
    agencies = {seat.agency for seat in officer_seats(viewer)}
    rows = Adoption.objects.filter(version__code=code)
    rows = rows if announces(viewer) else rows.filter(agency__in=agencies)
    told = rows.order_by("-valid_from", "agency", "variant").values_list(
        "agency", "variant", "version_id", "version__number", "valid_from", "valid_to"
    )
    return [Run(*row) for row in told[:MOST_RUNS]]


def offices(processes: Iterable[ProcessVersion], *, agency: str, at: datetime) -> Offices:
    """Who could run `processes` in `agency` and be asked by them now. Two statements, and more where other agencies
    are asked."""
    asked = {code for process in processes for code in asked_agencies(process)}
    known = asked & set(agency_codes()) if asked else set()
    led = set(agencies_holding(RECEIVING, at=at)) if known else set()
    others = {}
    for code in known:
        now = stands_for(code, on=local(at).date())
        others[code] = Answering(called(now), now in led)
    return Offices(
        agency, staff(agency=agency, at=at), {u.code: (u.id, u.called) for u in units(agency)}, others
    )


def unmanned(agency: str, *, at: datetime) -> list[tuple[Say, Vacancy]]:
    """The rows of what `agency` runs on the day of `at` that it can't run as its seats are now, each with the title of
    its process. Three statements, and more where other agencies are asked."""
    day = local(at).date()
    rows = Adoption.objects.filter(agency=agency, valid_from__lte=day).exclude(valid_to__lte=day)
    tables = versions(rows.order_by("version_id").values_list("version_id", flat=True).distinct()).values()
    own = offices(tables, agency=agency, at=at)
    return [(table.title, one) for table in tables for one in vacancies(table, own)]


def variants_of_version(version_id: UUID, *, agency: str, on: date) -> frozenset[str]:
    """The variants for which an agency runs this very version on a day. One statement."""
    found = Adoption.objects.filter(agency=agency, version=version_id, valid_from__lte=on)
    return frozenset(found.exclude(valid_to__lte=on).values_list("variant", flat=True))


@dataclass(frozen=True, slots=True)
class Staffed:
    """A row of the table in an agency: who sits in the positions that may hold it; `is_held`: somebody does."""

    step: Step
    people: Mapping[str, tuple[UUID, ...]]

    @property
    def is_held(self) -> bool:
        """Whether somebody could do it."""
        return any(self.people.values())

    @property
    def who(self) -> Say:
        """The positions in words."""
        return positions_words(self.step.positions)


def staffed(process: ProcessVersion, staff: Staff) -> list[Staffed]:
    """Each row with the people in its positions, as `adopt` will look at it."""
    return [
        Staffed(
            step,
            {kind: tuple(account for account, _unit in staff.seats.get(kind, ())) for kind in step.positions},
        )
        for step in process.steps
    ]
