"""Measurements of what a version would change: asked for, gone on with a batch at a time, stopped."""

import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from motcua.calendars.selectors import calendar_of
from motcua.catalogue.policy import check_announcer
from motcua.dossiers.under_process import Under, how_many, kept_mark, read, told_mark
from motcua.kernel.actor import Actor
from motcua.kernel.drafting import gone
from motcua.kernel.errors import Invalid, Refusal
from motcua.kernel.ids import uuid7
from motcua.kernel.time import local
from motcua.ledger.chain import document_digest
from motcua.processes.checks import faults, parse
from motcua.processes.impact.tally import Line, Tally
from motcua.processes.impact.weighing import Done, Row, Scales
from motcua.processes.includes import spliced
from motcua.processes.models import Draft, Impact, Version
from motcua.processes.moving import Fate
from motcua.processes.published import variants_of_version
from motcua.processes.selectors import code_at, published_body, staff, version

BATCH = 2_000
WAITING, MEASURING, DONE, STOPPED = "waiting", "measuring", "done", "stopped"
AT_WORK = (WAITING, MEASURING)
log = logging.getLogger(__name__)


class Ended(NamedTuple):
    """A stay in a row of a table that ended with an outcome."""

    seq: int
    number: int
    by: str
    acting_for: str
    at: datetime
    outcome: str


def fingerprint(document: Mapping[str, Any]) -> str:
    """By what a table is known again: its digest, with what it includes written in."""
    return document_digest(spliced(document, published_body)).hex()


def measure(*, draft: UUID, actor: Actor, at: datetime) -> UUID:
    """Begin to measure what a draft would change, as it stands; returns the measurement's id. What was measured of it
    before is gone.

    Raises Denied for who does not announce, NotFound without the draft, Invalid where the table can't be read.
    """
    check_announcer(actor)
    row = Draft.objects.select_for_update().filter(id=draft).first()
    if row is None:
        raise gone()
    document = spliced(row.body, published_body)
    if faults(document)[0] is None:
        raise Invalid(
            "Bảng bước còn lỗi nên chưa tính được. Hãy sửa các lỗi ở bản soạn trước.",
            "The table has faults, so nothing can be reckoned yet. Mend them in the draft first.",
        )
    Impact.objects.filter(draft=draft).delete()
    return begun(Impact(draft=row, document=dict(document)), actor, at)


def begun(row: Impact, actor: Actor, at: datetime) -> UUID:
    """Keep a measurement that is asked for; its id."""
    row.id, row.asked_by, row.asked_at = uuid7(), actor.id, at
    row.fingerprint, row.state = document_digest(row.document).hex(), WAITING
    row.total = how_many(_which(row))
    row.save(force_insert=True)
    return row.id


def stop(*, draft: UUID, actor: Actor, at: datetime) -> None:
    """Stop measuring; what was found so far stays to be read. Raises Denied."""
    check_announcer(actor)
    Impact.objects.filter(draft=draft, state__in=AT_WORK).update(state=STOPPED, ended_at=at)


def go_on(*, at: datetime) -> int:
    """Measure the next batch of the measurement that was asked for first; returns how many dossiers it saw, and 1 where
    none were left, or its table can't be read: then it is stopped, saying why, and the next one goes on. 0: there is
    nothing to measure. Six statements at most, and two for each agency, once."""
    row = (
        Impact.objects.select_for_update(skip_locked=True)
        .filter(state__in=AT_WORK)
        .order_by("asked_at", "id")
        .first()
    )
    if row is None:
        return 0
    try:
        return _go_on(row, at)
    except Refusal as refusal:
        row.state, row.ended_at, row.trouble = STOPPED, at, {"vi": refusal.vi, "en": refusal.en}
        row.save(update_fields=["state", "ended_at", "trouble"])
        return 1


def _go_on(row: Impact, at: datetime) -> int:
    rows, mark = read(_which(row), told_mark(row.mark) if row.mark else None, limit=BATCH)
    scales = _scales(row.id)
    tally, ended = Tally(row.result, scales), _ended(rows)
    runs = _runs(row)
    counted = [(one, _counted(one, ended.get(one["id"], ()), tally, runs)) for one in rows]
    _write(row.id, [(one, line) for one, line in counted if line is not None])
    row.mark, row.result = (None if mark is None else kept_mark(mark)), tally.told
    row.state, row.ended_at = (MEASURING, None) if mark is not None else (DONE, at)
    row.save(update_fields=["mark", "result", "state", "ended_at"])
    return len(rows) or 1


def _which(row: Impact) -> Under:
    versions = Version.objects.order_by("number").values_list("id", flat=True)
    code, procedure = row.document["code"], row.document["procedure"]
    if row.version_id is not None:
        others = tuple(versions.filter(code=code).exclude(id=row.version_id))
        return Under(procedure=procedure, versions=others, since=None, agency=row.agency)
    own = tuple(versions.filter(code=code)) or tuple(versions.filter(procedure=procedure))
    return Under(procedure=procedure, versions=own, since=_year_before(local(row.asked_at).date()))


def _runs(row: Impact) -> frozenset[str] | None:
    """For which variants the agency runs the version to which its dossiers are to be moved; None for a draft."""
    if row.version_id is None:
        return None
    return variants_of_version(row.version_id, agency=row.agency, on=local(row.asked_at).date())


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


@lru_cache(maxsize=2)
def _scales(impact: UUID) -> Scales:
    """The scales of a measurement, kept from batch to batch."""
    row = Impact.objects.get(id=impact)
    at = row.asked_at
    return Scales(
        parse(row.document),
        at=at,
        version=version,
        calendar=calendar_of,
        staff=lambda agency: staff(agency=agency, at=at),
    )


_STAYS = (
    "SELECT dossier, seq, number, ended_by, ended_for, ended_at, outcome FROM processes_runningstep"
    " WHERE dossier = ANY(%s) AND outcome IN ('granted', 'partly', 'refused', 'decided') ORDER BY dossier, seq, number"
)


def _ended(rows: Sequence[Row]) -> dict[UUID, list[Ended]]:
    """The stays of each dossier that ended with an outcome, oldest first. One statement."""
    found: dict[UUID, list[Ended]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_STAYS, [[row["id"] for row in rows]])
        for dossier, *stay in cursor.fetchall():
            found.setdefault(dossier, []).append(Ended(*stay))
    return found


def _counted(row: Row, ended: Sequence[Ended], tally: Tally, runs: frozenset[str] | None) -> Line | None:
    """Count a dossier; its line. One that does not fit its own process is counted as such: it keeps neither the others
    nor the next measurement waiting."""
    try:
        done = list(_done(row, ended))
        found = tally.scales.weigh(row, done) if runs is None else tally.scales.fate(row, done, runs)
    except (LookupError, Refusal) as error:
        log.warning("dossier %s could not be weighed: %s", row["code"], type(error).__name__)
        return tally.add_unreadable(row)
    return tally.add_fate(row, found) if isinstance(found, Fate) else tally.add(row, found)


def _done(row: Row, ended: Sequence[Ended]) -> Iterator[Done]:
    """The steps done of a dossier under its agency's processes."""
    for stay in ended:
        if (code := code_at(row, stay.seq, stay.number)) is not None:
            yield Done(code, stay.by, stay.at, stay.outcome == "decided", stay.acting_for)


def _write(impact: UUID, lines: Iterable[tuple[Row, Line]]) -> None:
    told = [
        {
            "code": row["code"],
            "agency": row["competent_agency"],
            "is_running": row["step"] is not None,
            "groups": line.groups,
            "told": line.told,
        }
        for row, line in lines
    ]
    if not told:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO processes_impactline (impact_id, code, agency, is_running, groups, told, outcome)"
            " SELECT %s, x.code, x.agency, x.is_running, x.groups, x.told, '' FROM jsonb_to_recordset(%s::jsonb)"
            " AS x(code text, agency text, is_running bool, groups jsonb, told jsonb)",
            [impact, json.dumps(told)],
        )
