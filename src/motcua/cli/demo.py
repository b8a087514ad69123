"""`motcua demo`: a commune's fortnight, played through the same functions that serve real people."""

import heapq
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from importlib.resources import files
from operator import itemgetter
from typing import Annotated

import typer
from django.conf import settings
from django.db import connection
from rich.console import Console

from motcua.agencies.selectors import agency as agency_facts
from motcua.calendars.selectors import calendar_of
from motcua.catalogue.selectors import offer
from motcua.catalogue.shapes import ProcedureVersion
from motcua.cli.demo_account import set_up_account
from motcua.cli.demo_away import Absence, HandOver
from motcua.cli.demo_between import BetweenAgencies
from motcua.cli.demo_cast import plays
from motcua.cli.demo_certification import CertificationDesk
from motcua.cli.demo_permits import Permits
from motcua.cli.demo_receipts import write_receipts
from motcua.cli.demo_report import Report
from motcua.cli.demo_roster import set_rosters
from motcua.cli.demo_stage import ORIGIN, Stage, outage_day, people_of
from motcua.cli.errors import CliError
from motcua.flows.installation import DemoBegun, DemoRun, begin_demo, demos, finish_demo
from motcua.kernel.actor import SYSTEM
from motcua.kernel.time import ZONE, local, now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.processes.selectors import adopted_variants

COMMUNE = "H99.01.01"
DAYS, DOSSIERS, SEED = 14, 250, 2026
MOST_DAYS, MOST_DOSSIERS = 366, 20_000

Tell = Callable[[str], None]
console = Console(highlight=False, markup=False)


def demo(
    *,
    seed: Annotated[int, typer.Option(help="cùng số, cùng câu chuyện · same seed, same story")] = SEED,
    days: Annotated[int, typer.Option(help="số ngày · days", min=1, max=MOST_DAYS)] = DAYS,
    dossiers: Annotated[int, typer.Option(help="số hồ sơ · dossiers", min=1, max=MOST_DOSSIERS)] = DOSSIERS,
    until: Annotated[str, typer.Option(help="kết thúc lúc, mặc định bây giờ · end, by default now")] = "",
    agency: Annotated[str, typer.Option(help="mã cơ quan · agency code")] = COMMUNE,
) -> None:
    """Fill a trial installation with the dossiers of some days, then tell how they stand."""
    moment = now()
    terms = DemoBegun(agency=agency, seed=seed, days=days, dossiers=dossiers, until=end_of(until, moment))
    report = run_demo(terms=terms, at=moment, say=console.print)
    console.print(report.table())
    files = write_receipts(report, settings.VAR / "demo")
    console.print(f"{len(files)} giấy tiếp nhận · receipts: {settings.VAR / 'demo'}")
    for line in report.turned:
        console.print(line)


def end_of(text: str, moment: datetime) -> datetime:
    """`text` (2026-11-20 or 2026-11-20T16:00) as the end of a demonstration; empty: `moment`. Raises CliError
    for what is no time, or lies ahead: nobody's next act may be earlier than what is written."""
    if not text:
        return moment.replace(microsecond=0)
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        raise CliError(
            f"Không hiểu thời điểm “{text}”; viết dạng 2026-11-20T16:00.",
            f"“{text}” is no time; write it as 2026-11-20T16:00.",
        ) from None
    told = told if told.tzinfo else told.replace(tzinfo=ZONE)
    if told > moment:
        raise CliError(
            f"Thời điểm kết thúc {local(told):%H:%M %d/%m/%Y} ở tương lai.",
            f"The end, {local(told):%H:%M %d/%m/%Y}, lies ahead.",
        )
    return told


def run_demo(*, terms: DemoBegun, at: datetime, say: Tell) -> Report:
    """Play `terms`, or finish the demonstration that was broken off last; `at` is the real moment it begins.

    Raises CliError on a live installation, and where the agency has adopted nothing to play with.
    """
    if settings.INSTALLATION == "live":
        raise CliError(
            "Hệ thống chính thức không nhận hồ sơ mô phỏng; chỉ chạy demo trên hệ thống dùng thử.",
            "A live installation takes no simulated dossiers; the demo runs on a trial one only.",
        )
    run = _run(terms, at, say)
    versions = _versions(run.terms)
    calendar = calendar_of(run.terms.agency)
    words: Mapping[str, Sequence[str]] = json.loads(
        (files("motcua.cli") / "data" / "demo_words.json").read_text(encoding="utf-8")
    )
    place = agency_facts(run.terms.agency).place
    script = plays(run.terms, versions=versions, calendar=calendar, place=place, words=words)
    if not script:
        say("Không có giờ làm việc nào trong khoảng này · no office hours in this period")
    sits = people_of(run.terms.agency, at=run.terms.until)
    absence = Absence(run=run, calendar=calendar, staff=sits)
    staff = absence.staffed()
    stage = Stage(run=run, calendar=calendar, staff=staff, outage=outage_day(script, until=run.terms.until))
    desk = CertificationDesk(run=run, calendar=calendar, staff=staff)
    handover = HandOver(run=run, calendar=calendar, staff=staff)
    beside = heapq.merge(desk.moments(), absence.moments(), handover.moments(versions), key=itemgetter(0))
    with _not_waiting_for_the_disk():
        set_rosters(run=run, staff=staff)
        set_up_account(run=run, staff=staff)
        rows = stage.play(script, beside=beside)
        BetweenAgencies(run=run, calendar=calendar, staff=staff).play(script)
        Permits(run=run, calendar=calendar, staff=staff).play(versions)
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin=ORIGIN):
        finish_demo(acts=stage.acts, actor=SYSTEM, at=at)
    turned = [f"{t.story}: {t.why}" for t in stage.turned]
    return Report(rows=rows, acts=stage.acts, turned=turned, until=run.terms.until)


@contextmanager
def _not_waiting_for_the_disk() -> Iterator[None]:
    """Two thousand commits need not wait for the disk one by one: were the last of them lost in a crash, they
    would be played again, as the run is not finished before the one that waits."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")


def _run(terms: DemoBegun, at: datetime, say: Tell) -> DemoRun:
    _, broken_off = demos()
    if broken_off is not None:
        say("Hoàn tất lần mô phỏng đang dở · finishing the demonstration that was broken off")
        return broken_off
    _versions(terms)
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin=ORIGIN):
        begin_demo(terms=terms, actor=SYSTEM, at=at)
    return demos()[0][-1]


def _versions(terms: DemoBegun) -> dict[str, ProcedureVersion]:
    """What the agency receives throughout the period, with a process adopted for each variant."""
    agency = agency_facts(terms.agency)
    first = local(terms.until).date() - timedelta(days=terms.days)
    adopted = adopted_variants(terms.agency)
    found = {}
    for code in sorted({procedure for procedure, _ in adopted}):
        version = offer(code, agency=agency.code, province=agency.parent, on=first).version
        if all((code, variant.code) in adopted for variant in version.variants):
            found[code] = version
    if not found:
        raise CliError(
            f"Cơ quan {terms.agency} chưa áp dụng quy trình nào nên không có gì để mô phỏng.",
            f"Agency {terms.agency} has adopted no process, so there is nothing to play.",
        )
    return found
