"""Lists of what goes between agencies: waiting for acceptance, under way, to be told, fallen to silence."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.agencies.selectors import agency
from motcua.dossiers.record import as_row
from motcua.dossiers.row import Row
from motcua.dossiers.sight import NAME, eyes
from motcua.dossiers.states import State
from motcua.dossiers.untold import Untold, untold
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Denied
from motcua.kernel.say import Say
from motcua.kernel.time import parse_utc

PAGE = 50
MOST_COUNTED = 100
AT_DESK = frozenset({"reception_officer", "desk_manager"})


@dataclass(frozen=True, slots=True)
class Moved:
    """A dossier between agencies, or whose applicant is owed the words `untold`, since the first of them.
    `answer_by` None: papers on the way; `held_since`: since when who has it has it; `new_day`: what was promised with
    the apology; `missing`: what the applicant was asked for and has not sent, as components ("": something that is
    none)."""

    id: UUID
    code: str
    procedure_version: UUID
    name: str
    other: Say
    way: str
    manifest: str
    since: datetime
    held_since: datetime
    to: str
    giver: str
    answer_by: datetime | None
    due_at: datetime | None
    new_day: date | None
    untold: tuple[Untold, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MovedPage:
    """One page and the key of the next one."""

    lines: tuple[Moved, ...]
    following: str | None


_COLUMNS = (
    f"d.id, d.code, d.procedure_version, {NAME}, d.due_at, d.competent_agency,"
    " d.transfer ->> 'giver', d.transfer ->> 'to', d.transfer ->> 'way', d.transfer ->> 'manifest',"
    " d.transfer ->> 'since', d.transfer ->> 'answer_by', d.apology_date, d.to_tell, d.supplement,"
    " d.holder_since"
)
WAITING = "d.state = 'transferred' AND (d.transfer ->> 'to') = ANY(%(agencies)s)"
_SENT = (
    "d.state = 'transferred' AND d.transfer ->> 'giver' = ANY(%(agencies)s)"
    " AND (d.desk_agency = ANY(%(agencies)s) OR d.gave = ANY(%(agencies)s))"
)
TO_TELL = "d.to_tell IS NOT NULL AND d.decided_at IS NULL AND d.desk_agency = ANY(%(agencies)s)"
_LISTS: Mapping[str, tuple[str, str]] = {
    "waiting": (WAITING, "giver"),
    "sent": (_SENT, "to"),
    "to_tell": (TO_TELL, "competent"),
}


def moved(which: str, *, viewer: Viewer, after: str | None = None) -> MovedPage:
    """A page of the list `which` (waiting: for our acceptance; sent: by us; to_tell) of the viewer's desks, oldest
    first. One statement. Raises Denied for seats that are at no desk."""
    agencies = sorted({c.agency for c in viewer.capacities if c.kind in AT_DESK})
    if not agencies:
        raise Denied("Vị trí của bạn không ở Bộ phận Một cửa.", "Your position is not at a desk.")
    condition, other = _LISTS[which]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM dossiers_dossier d"  # noqa: S608 - fixed parts
            f" LEFT JOIN dossiers_label l ON l.dossier = d.id WHERE {condition} AND d.id > %(after)s"
            " ORDER BY d.id LIMIT %(limit)s",
            {**eyes(viewer), "agencies": agencies, "after": _after(after), "limit": PAGE + 1},
        )
        lines = [_line(values, other) for values in cursor.fetchall()]
    more = len(lines) > PAGE
    return MovedPage(tuple(lines[:PAGE]), str(lines[PAGE - 1].id) if more else None)


def _after(text: str | None) -> str:
    try:
        return str(UUID(text)) if text else str(UUID(int=0))
    except ValueError:
        return str(UUID(int=0))


def _line(values: Sequence[Any], other: str) -> Moved:
    (
        dossier,
        code,
        version,
        name,
        due_at,
        competent,
        giver,
        to,
        way,
        manifest,
        since,
        answer_by,
        new_day,
        to_tell,
        supplement,
        held_since,
    ) = values
    words = untold(json.loads(to_tell)) if to_tell else ()
    return Moved(
        id=dossier,
        code=code,
        procedure_version=version,
        name=name,
        other=agency({"giver": giver, "to": to, "competent": competent}[other]).called,
        way=way or "",
        manifest=manifest or "",
        since=words[0].since if other == "competent" else parse_utc(since),
        held_since=held_since,
        to=to or "",
        giver=giver or "",
        answer_by=parse_utc(answer_by) if answer_by else None,
        due_at=due_at,
        new_day=new_day,
        untold=words,
        missing=_missing(json.loads(supplement)) if supplement else (),
    )


def _missing(request: Mapping[str, Any]) -> tuple[str, ...]:
    left = (item["component"] or "" for item in request["items"] if item["item"] not in request["supplied"])
    return tuple(dict.fromkeys(left))


def silent(*, at: datetime, after: UUID | None, limit: int) -> list[Row]:
    """Transferred dossiers whose 8 working hours were over at `at`, whose papers nobody noted to have arrived, or whose
    giver and receiver were merged into one agency, in keyset order; for the worker. Few are in transfer at any time,
    and they have an index of their own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM dossiers_dossier WHERE state = %(state)s"
            " AND ((transfer ->> 'answer_by')::timestamptz <= %(at)s OR transfer ->> 'giver' = transfer ->> 'to'"
            " OR transfer ->> 'answer_by' IS NULL)"
            " AND (%(after)s::uuid IS NULL OR id > %(after)s) ORDER BY id LIMIT %(limit)s",
            {"state": State.TRANSFERRED.value, "at": at, "after": after, "limit": limit},
        )
        names = [c.name for c in cursor.description]
        return [as_row(names, values) for values in cursor.fetchall()]
