"""`motcua bench acts`: what taking up a dossier and passing it on cost in this installation, really done."""

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Annotated

import typer
from django.conf import settings
from rich.console import Console
from rich.table import Table

from motcua.cli.demo_stage import Person, people_of
from motcua.cli.errors import CliError
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.flows.steps import start, step
from motcua.kernel.actor import Actor
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work

WARM = 20
Act = Callable[..., object]


def acts(
    agency: Annotated[str, typer.Option(help="the agency whose dossiers are worked on")] = "H99.01.01",
    rounds: Annotated[int, typer.Option(min=20, max=10_000, help="how many of each act")] = 400,
) -> None:
    """Take up dossiers and pass them on, each in a unit of work of its own, kept; a trial installation only."""
    if settings.INSTALLATION != "trial":
        raise CliError("Chỉ đo trên hệ thống thử nghiệm.", "Acts are measured in a trial installation only.")
    staff = people_of(agency, at=now())
    table = Table("act", "how many", "operation p50 ms", "p95", "with COMMIT p50 ms", "p95")
    for name, state, act in (
        ("start", State.RECEIVED, start),
        ("step", State.IN_PROCESS, partial(step, outcome="granted")),
    ):
        waiting = islice(_waiting(agency, state, staff), rounds + WARM)
        timed = [_timed(act, code, actor) for code, actor in waiting][WARM:]
        if len(timed) < rounds:
            raise CliError(
                f"Chỉ có {len(timed)} hồ sơ đang chờ việc này; cần {rounds}. Hãy nạp thêm: motcua bench fill.",
                f"Only {len(timed)} dossiers wait for this; {rounds} are needed. Load more: motcua bench fill.",
            )
        columns = [
            f"{figure:.1f}" for times in zip(*timed, strict=True) for figure in _middle_and_most(times)
        ]
        table.add_row(name, str(rounds), *columns)
    Console().print(table)


def _waiting(agency: str, state: State, staff: dict[str, list[Person]]) -> Iterator[tuple[str, Actor]]:
    """Dossiers from all over the archive (a code's digest has no order) in their first step, and who may act."""
    rows = Dossier.objects.filter(competent_agency=agency, state=state, step__lte=3, approval__isnull=True)
    found = rows.order_by("head_hash").values_list("code", "step_kinds", "holder_account")
    for code, kinds, account in found[:10_000]:
        able = [each.actor for kind in kinds for each in staff.get(kind, ())]
        own = [actor for actor in able if account is None or actor.id == str(account)]
        if own:
            yield code, own[0]


def _timed(act: Act, code: str, actor: Actor) -> tuple[float, float]:
    """Milliseconds of the operation, and with BEGIN and COMMIT around it."""
    at: datetime = now()
    began = time.perf_counter()
    with unit_of_work(actor=actor, at=at, request=Request.fresh(), origin="simulated"):
        inside = time.perf_counter()
        act(code=code, actor=actor, at=at)
        done = time.perf_counter()
    return (done - inside) * 1000, (time.perf_counter() - began) * 1000


def _middle_and_most(times: tuple[float, ...]) -> tuple[float, float]:
    return statistics.median(times), statistics.quantiles(times, n=20, method="inclusive")[18]
