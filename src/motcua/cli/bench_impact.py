"""`motcua bench impact`: how many dossiers a second the preview of a draft reckons here; nothing of it stays."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import typer
from django.db import transaction
from rich.console import Console
from rich.table import Table

from motcua.cli.errors import CliError
from motcua.kernel.actor import SYSTEM
from motcua.kernel.ids import uuid7
from motcua.kernel.time import now
from motcua.processes.impact import jobs
from motcua.processes.models import Draft, Impact
from motcua.processes.selectors import published_body

LEAST = 2_000  # dossiers a second (the order of this project)
Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rate:
    """What reckoning one draft took: dossiers seen, those for which something changes, seconds by the clock and of the
    processor."""

    name: str
    seen: int
    touched: int
    clock: float
    processor: float


def impact(
    process: Annotated[
        str, typer.Option(help="code of the process whose dossiers are reckoned")
    ] = "QT-1.004873",
) -> None:
    """Preview two drafts of a process, one unchanged, one with a step given to others and shortened; undo both."""
    table = Table("draft", "dossiers", "changed", "a second, by the clock", "of the processor")
    slow = False
    for rate in rates(process, at=now()):
        by_clock = rate.seen / rate.clock
        slow = slow or by_clock < LEAST
        figures = (rate.seen, rate.touched, by_clock, rate.seen / rate.processor)
        table.add_row(rate.name, *(f"{figure:,.0f}" for figure in figures))
    Console().print(table)
    print(f"{'under' if slow else 'at least'} {LEAST:,} a second by the clock")


def rates(process: str, *, at: datetime) -> Iterator[Rate]:
    """The preview of an unchanged draft of `process`, and of one with a planted change, timed. Raises CliError without
    the process, without its dossiers, or while another preview waits."""
    body = published_body(process)
    if body is None:
        raise CliError(f"Không có quy trình {process}.", f"There is no process {process}.")
    if Impact.objects.filter(state__in=jobs.AT_WORK).exists():
        raise CliError(
            "Đang có một bản xem trước chưa tính xong; hãy đợi rồi đo.",
            "A preview is being reckoned; wait for it, then measure.",
        )
    for name, document in (("unchanged", body), ("planted change", planted(body))):
        with transaction.atomic():
            yield _measured(name, document, at)
            transaction.set_rollback(True)


def planted(body: Document) -> Document:
    """`body` with its first running step given to the clerk, in a quarter of a day."""
    steps = [dict(step) for step in body["steps"]]
    steps[1] |= {"positions": ["clerk"], "times": [one | {"value": "0.25"} for one in steps[1]["times"]]}
    return {**body, "steps": steps}


def _measured(name: str, document: Document, at: datetime) -> Rate:
    draft = Draft(
        id=uuid7(), code=f"bench-{uuid7()}", came_from={}, body=dict(document), begun_by=SYSTEM.id, begun_at=at,
        changed_by=SYSTEM.id, changed_at=at,
    )  # fmt: skip
    draft.save(force_insert=True)
    asked = jobs.begun(Impact(draft=draft, document=dict(document)), SYSTEM, at)
    clock, processor = time.monotonic(), time.process_time()
    while jobs.go_on(at=at):
        pass
    clock, processor = time.monotonic() - clock, time.process_time() - processor
    counts = [one["counts"] for one in Impact.objects.get(id=asked).result["agencies"].values()]
    seen = sum(one["seen"] for one in counts)
    if not seen:
        raise CliError(
            "Quy trình này chưa có hồ sơ nào để tính. Hãy nạp: motcua bench fill.",
            "This process has no dossiers to reckon. Load some: motcua bench fill.",
        )
    return Rate(name, seen, sum(one["touched"] for one in counts), clock, processor)
