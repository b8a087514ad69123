"""Reading the access log."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import connection

from motcua.access_log.models import Look, RegisterIntake
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Denied


@dataclass(frozen=True, slots=True)
class LookLine:
    """One line of the log."""

    at: datetime
    who: str
    what: str
    subject: str


def looks_at(subject: str, *, viewer: Viewer, limit: int = 50) -> list[LookLine]:
    """The newest lines about `subject`, for inspectors only. Raises Denied for anybody else."""
    agencies = viewer.agencies({"inspector"})
    if not agencies:
        raise Denied("Chỉ thanh tra được xem nhật ký truy cập.", "Only inspectors may read the access log.")
    rows = Look.objects.filter(subject=subject, agency__in=[*agencies, ""]).order_by("-at", "-id")[:limit]
    return [LookLine(at=r.at, who=r.who, what=r.what, subject=r.subject) for r in rows]


PAGE = 50
READERS = frozenset({"inspector"})
_ASKED = (
    "q.id, q.at, q.who, q.position, q.register, q.procedure, coalesce(i.dossier, q.subject), coalesce(a.outcome, ''),"
    " CASE WHEN q.at > i.at THEN 'late' WHEN q.whom <> '' AND q.whom <> ALL(i.people) THEN 'stranger' ELSE '' END"
    " FROM access_log_registerquestion q LEFT JOIN access_log_registeranswer a ON a.question = q.id"
    " LEFT JOIN access_log_registerintake i ON i.intake = q.subject"
)


class Stray(StrEnum):
    """Why a question in the name of an intake is not its dossier's."""

    LATE = "late"  # asked after it was received
    STRANGER = "stranger"  # about nobody who stands in it


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a state register. `subject`: a dossier's code, or the id of an intake that has become none;
    `outcome` "" for one that was cut off; `stray` a Stray, "" for none."""

    number: UUID
    at: datetime
    who: str
    position: str
    register: str
    procedure: str
    subject: str
    outcome: str
    stray: str


def questions(*, viewer: Viewer, after: str = "", limit: int = PAGE) -> tuple[list[Asked], str | None]:
    """What was asked of state registers in the agencies `viewer` inspects, newest first, and the key of the next page.
    Raises Denied for anybody else. One statement."""
    agencies = viewer.agencies(READERS)
    if not agencies:
        raise Denied(
            "Chỉ thanh tra được xem nhật ký tra cứu.", "Only inspectors may read the log of register queries."
        )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_ASKED} WHERE q.agency = ANY(%(agencies)s)"
            " AND (%(after)s::uuid IS NULL OR q.id < %(after)s) ORDER BY q.id DESC LIMIT %(limit)s",
            {"agencies": sorted(agencies), "after": after or None, "limit": limit + 1},
        )
        lines = [Asked(*row) for row in cursor.fetchall()]
    return lines[:limit], str(lines[limit - 1].number) if len(lines) > limit else None


def is_received(intake: str) -> bool:
    """Whether the intake has become a dossier: nothing is asked in its name any more. One statement."""
    return RegisterIntake.objects.filter(intake=intake).exists()


def last_asked(register: str, *, who: str) -> Asked | None:
    """What `who` asked `register` last. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_ASKED} WHERE q.who = %s AND q.register = %s ORDER BY q.id DESC LIMIT 1",
            [who, register],
        )
        found = cursor.fetchone()
    return None if found is None else Asked(*found)


def asked_since(register: str, *, who: str, since: datetime) -> set[str]:
    """The subjects about which `who` asked `register` since then. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT subject FROM access_log_registerquestion"
            " WHERE who = %s AND register = %s AND at > %s",
            [who, register, since],
        )
        return {subject for (subject,) in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Ended:
    """How a question to a state register ended, and when."""

    outcome: str
    at: datetime


def last_ended(register: str) -> Ended | None:
    """The newest question to `register` that has ended, whoever asked; it names nobody. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.outcome, a.at FROM access_log_registerquestion q"
            " JOIN access_log_registeranswer a ON a.question = q.id"
            " WHERE q.register = %s ORDER BY q.id DESC LIMIT 1",
            [register],
        )
        found = cursor.fetchone()
    return None if found is None else Ended(*found)
