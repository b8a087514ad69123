"""`motcua bench pages`: what the pages' statements cost in this installation, in time and in buffers touched."""

import json
import statistics
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated
from uuid import UUID

import typer
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rich.console import Console
from rich.table import Table

from motcua.accounts.selectors import account_of
from motcua.agencies.selectors import viewer_of
from motcua.cli.errors import CliError
from motcua.dossiers.selectors import dossier, dossiers
from motcua.dossiers.tracked import by_token, token_of, tracked
from motcua.dossiers.worklist import inbox
from motcua.kernel.actor import Viewer
from motcua.kernel.time import now
from motcua.processes.selectors import stays

Page = Callable[[], object]


def pages(
    login: Annotated[str, typer.Option(help="whose pages")] = "tuphap1",
    rounds: Annotated[int, typer.Option(min=1, max=1000)] = 40,
) -> None:
    """Time the reading side of each page and count the buffers it touches, database and Python included."""
    at = now()
    account = account_of(login)
    if account is None:
        raise CliError(f"Không có tài khoản {login}.", f"There is no account {login}.")
    table = Table("page", "p50 ms", "p95 ms", "statements", "buffers")
    for name, page in pages_of(account, at).items():
        times = sorted(_timed(page) for _ in range(rounds))
        with CaptureQueriesContext(connection) as captured:
            page()
        p95 = statistics.quantiles(times, n=20, method="inclusive")[18] if rounds > 1 else times[0]
        statements = str(len(captured.captured_queries))
        table.add_row(name, f"{statistics.median(times):.1f}", f"{p95:.1f}", statements, str(buffers(page)))
    Console().print(table)


def pages_of(account: UUID, at: datetime) -> Mapping[str, Page]:
    """The reading side of each page, for one officer; the dossier is one from the middle of the archive."""
    who = viewer_of(account, at=at)
    listed = dossiers(viewer=who, at=at, show="ended").lines
    if not listed:
        raise CliError("Chưa có hồ sơ nào đã xong.", "There is no finished dossier yet.")
    code, name = listed[-1].code, listed[-1].name
    row = dossier(code, viewer=who).row
    return {
        "inbox": lambda: inbox(viewer=who, at=at),
        "list": lambda: dossiers(viewer=who, at=at),
        **{
            f"list: {show}": _listing(who, at, show)
            for show in ("open", "late", "waiting", "suspended", "ended")
        },
        "search by code": lambda: dossiers(viewer=who, at=at, words=code),
        "search by name": lambda: dossiers(viewer=who, at=at, words=name),
        "search by rare name": lambda: dossiers(viewer=who, at=at, words="khong co ai"),
        "dossier": lambda: (dossier(code, viewer=who), stays(row["id"], viewer=who)),
        "tracking": lambda: (by_token(token_of(row)), tracked(row["id"])),
    }


def _listing(who: Viewer, at: datetime, show: str) -> Page:
    return lambda: dossiers(viewer=who, at=at, show=show)


def _timed(page: Page) -> float:
    began = time.perf_counter()
    page()
    return (time.perf_counter() - began) * 1000


def buffers(page: Page) -> int:
    """Shared buffers that the SELECTs of `page` touch, by EXPLAIN."""
    with CaptureQueriesContext(connection) as captured:
        page()
    total = 0
    with connection.cursor() as cursor:
        for query in captured.captured_queries:
            if query["sql"].lstrip().upper().startswith(("SELECT", "WITH")):
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {query['sql']}")
                plan = cursor.fetchone()[0]
                root = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
                total += int(root["Shared Hit Blocks"]) + int(root["Shared Read Blocks"])
    return total
