"""`motcua bench fill N`: load N synthetic dossiers by COPY, consistent with the ledger, to measure at size."""

import os
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from typing import Annotated, Any

import django
import psycopg
import typer
from django.conf import settings
from django.db import connection
from psycopg import sql
from psycopg.types.json import Jsonb
from rich.progress import Progress

from motcua.agencies.selectors import agency as agency_facts
from motcua.calendars.selectors import calendar_of
from motcua.catalogue.models import Version as ProcedureVersion
from motcua.cli.bench_lives import Ground, Life, lives_of_day
from motcua.cli.errors import CliError
from motcua.kernel.text import fold
from motcua.kernel.time import local, now
from motcua.ledger.sequencer import sequence
from motcua.processes.models import Adoption
from motcua.processes.selectors import staff, version

_BATCH = 500
_EVENT = ("stream", "seq", "id", "type", "at", "origin", "installation", "envelope", "hash")


def fill(
    count: Annotated[int, typer.Argument(min=1, max=5_000_000, help="how many dossiers")],
    agency: Annotated[str, typer.Option(help="the agency that receives them")] = "H99.01.01",
    days: Annotated[int, typer.Option(min=1, max=1500, help="how far back they reach")] = 365,
) -> None:
    """Load synthetic dossiers into a trial installation: events, rows, holdings, steps, contents."""
    if settings.INSTALLATION != "trial":
        raise CliError(
            "Chỉ nạp dữ liệu giả vào hệ thống thử nghiệm.",
            "Synthetic dossiers go into a trial installation only.",
        )
    began = time.monotonic()
    plan = _plan(agency, count, days)
    connection.close()
    pool = ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn"), initializer=django.setup)
    with Progress(transient=True) as progress, pool:
        bar = progress.add_task("COPY", total=count)
        jobs = [pool.submit(load_day, agency, *part) for part in plan]
        for job in as_completed(jobs):
            progress.advance(bar, job.result())
    loaded = time.monotonic()
    while sequence(limit=20_000):
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        size = cursor.fetchone()[0]
    print(
        f"{count} dossiers: loaded in {loaded - began:.0f} s, sequenced in {time.monotonic() - loaded:.0f} s, {size}"
    )


def _plan(agency: str, count: int, days: int) -> list[tuple[date, int]]:
    """(day, how many) over the working days behind us."""
    calendar = calendar_of(agency)
    today = local(now()).date()
    wanted = [today - timedelta(days=n) for n in range(1, days + 1)]
    working = [day for day in wanted if calendar.is_working_day(day)]
    if not working:
        raise CliError("Không có ngày làm việc nào.", "There is no working day in that time.")
    each, rest = divmod(count, len(working))
    return [(day, each + (n < rest)) for n, day in enumerate(working) if each + (n < rest)]


def load_day(agency: str, day: date, count: int) -> int:
    """Load one day's lives in one transaction, numbers included; returns how many."""
    moment = now()
    ground = _ground(agency, moment)
    with psycopg.connect(os.environ["MOTCUA_APP_DSN"]) as session:
        session.execute("SET LOCAL synchronous_commit = off")
        first = _take_numbers(session, agency, day, count)
        batch: list[Life] = []
        for life in lives_of_day(ground, day, first, count, now=moment):
            batch.append(life)
            if len(batch) == _BATCH:
                _copy(session, batch)
                batch = []
        _copy(session, batch)
    connection.close()
    return count


def _take_numbers(session: psycopg.Connection, agency: str, day: date, count: int) -> int:
    """The first of `count` numbers, after those given."""
    row = session.execute(
        "INSERT INTO dossiers_number (agency, day, last) VALUES (%s, %s, %s)"
        " ON CONFLICT (agency, day) DO UPDATE SET last = dossiers_number.last + excluded.last RETURNING last",
        [agency, day, count],
    ).fetchone()
    return int(row[0]) - count + 1 if row else 1


def _ground(agency: str, at: datetime) -> Ground:
    facts = agency_facts(agency)
    if facts.desk_unit is None:
        raise CliError(f"{agency} không có bộ phận một cửa.", f"{agency} has no desk.")
    newest = {v.procedure_id: v.id for v in ProcedureVersion.objects.order_by("number")}
    adoptions = Adoption.objects.filter(agency=agency, valid_to=None)
    adopted = {a.procedure: a.version_id for a in adoptions}
    return Ground(
        agency=agency,
        desk_unit=facts.desk_unit,
        staff=staff(agency=agency, at=at),
        calendar=calendar_of(agency),
        versions={
            code: (newest[code], process, version(process))
            for code, process in adopted.items()
            # The lives played here are examined, approved and sealed.
            if len(version(process).running) == 3
        },
        installation=settings.INSTALLATION,
    )


def _copy(session: psycopg.Connection, lives: Sequence[Life]) -> None:
    if not lives:
        return
    _rows(session, "ledger_event", _EVENT, (values for life in lives for values in life.events))
    _dicts(session, "dossiers_dossier", [life.row for life in lives if life.row])
    _dicts(session, "dossiers_holding", [row for life in lives for row in life.holdings])
    _dicts(session, "dossiers_custody", [row for life in lives for row in life.custody])
    _dicts(session, "processes_runningstep", [row for life in lives for row in life.stays])
    _rows(
        session,
        "dossiers_label",
        ("dossier", "agency", "name", "name_folded"),
        ((life.id, life.ground.agency, life.name, fold(life.name)) for life in lives),
    )
    _rows(
        session,
        "dossiers_content",
        ("id", "dossier", "what", "digest", "salt", "sealed"),
        ((c.id, life.id, c.what, c.digest, c.salt, c.sealed()) for life in lives for c in life.contents),
    )


def _dicts(session: psycopg.Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        names = tuple(sorted(rows[0]))
        _rows(session, table, names, (tuple(_plain(row[n]) for n in names) for row in rows))


def _plain(value: Any) -> Any:
    return Jsonb(value) if isinstance(value, dict | list) else value


def _rows(
    session: psycopg.Connection, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    command = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    with session.cursor().copy(command) as copy:
        for row in rows:
            copy.write_row(row)
