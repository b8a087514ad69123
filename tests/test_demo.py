"""A small demonstration, played for real: what it leaves is lawful to the last row."""

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import StringIO
from random import Random
from unittest.mock import patch

import phonenumbers
import pytest
from django.db import IntegrityError, connection

from motcua.calendars.clock import compute
from motcua.calendars.selectors import calendar_of
from motcua.calendars.terms import Extension, Limit, Pause
from motcua.cli import demo as command
from motcua.cli.cluster import Dsns
from motcua.cli.database import as_owner
from motcua.cli.demo import _versions, end_of, run_demo
from motcua.cli.demo_away import HandOver
from motcua.cli.demo_cast import plays, quotas
from motcua.cli.demo_permits import Permits
from motcua.cli.demo_receipts import write_receipts
from motcua.cli.demo_report import LATE, OVERDUE
from motcua.cli.demo_stage import Stage
from motcua.cli.demo_stories import STORIES
from motcua.cli.errors import CliError
from motcua.dossiers import events as e
from motcua.dossiers.results import waiting
from motcua.dossiers.states import State
from motcua.dossiers.worklist import inbox
from motcua.flows.installation import DemoBegun, begin_demo, demos, make_installation
from motcua.kernel.actor import SYSTEM
from motcua.kernel.codec import decode
from motcua.kernel.registry import wiring
from motcua.kernel.time import ZONE, now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.replay import replay
from motcua.ledger.selectors import check, history
from motcua.reactions.reminders import PLANS, plan_reminders, remind_of_steps
from motcua.workday.models import Word
from tests.support.database import Restorer
from tests.support.world import COMMUNE, OTHER_COMMUNE, logins, next_door_runs_nothing, viewer

pytestmark = pytest.mark.django_db

UNTIL = datetime(2026, 8, 28, 16, 0, tzinfo=ZONE)
TERMS = DemoBegun(agency=COMMUNE, seed=5, days=3, dossiers=30, until=UNTIL)


@dataclass(frozen=True)
class Played:
    report: object
    faults: object
    differences: list
    logged: str


@contextmanager
def lives_alone() -> Iterator[None]:
    """The lives without what is played beside them (tests/test_setup.py has both)."""
    alone = patch.object(HandOver, "moments", return_value=())
    with next_door_runs_nothing(), patch.object(Permits, "play"), alone:
        yield


def found_installation() -> None:
    at = now()
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        make_installation(actor=SYSTEM, at=at)


@pytest.fixture(scope="module")
def played(database_logins, django_db_setup, django_db_blocker):
    """The demonstration, committed as it is in life; taken away after this file."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    logging.getLogger().addHandler(handler)
    with django_db_blocker.unblock():
        restorer = Restorer(database_logins.owner)
        found_installation()
        with lives_alone():
            report = run_demo(terms=TERMS, at=now(), say=lambda line: None)
        faults = check()
        with as_owner(Dsns(app=database_logins.app, owner=database_logins.owner, superuser=None)):
            differences = replay()
        logging.getLogger().removeHandler(handler)
        yield Played(report, faults, differences, written.getvalue())
        restorer.restore()


def rows(query, arguments=()):
    with connection.cursor() as cursor:
        cursor.execute(query, arguments)
        return cursor.fetchall()


def parts():
    versions = _versions(TERMS)
    words = {name: ["…"] for name in ("blurred", "other_paper")}
    return plays(TERMS, versions=versions, calendar=calendar_of(COMMUNE), place="Xã Mẫu", words=words)


def test_every_life_was_lived_and_none_was_turned_away(played):
    assert played.report.turned == []
    assert len(played.report.rows) == 30
    assert len({story.name for story, _ in parts()}) == len(STORIES) == 24
    assert len({row["procedure"] for row in played.report.rows}) >= 12
    assert {row["channel"] for row in played.report.rows} >= {"counter", "online"}
    assert demos() == ([demos()[0][0]], None)
    assert demos()[0][0].terms == TERMS


def test_counts_agree_with_the_database(played):
    by_state = Counter(state for state, _ in played.report.counts().elements())
    stored = rows("SELECT state, count(*) FROM dossiers_dossier WHERE NOT express GROUP BY state")
    assert {state.value: n for state, n in by_state.items()} == dict(stored)
    kinds = Counter(kind for _, kind in played.report.counts().elements())
    late, overdue, everything = rows(
        "SELECT count(*) FILTER (WHERE decided_at > due_at),"
        " count(*) FILTER (WHERE decided_at IS NULL AND ended_at IS NULL AND due_at < %s), count(*)"
        " FROM dossiers_dossier WHERE NOT express",
        [UNTIL],
    )[0]
    assert (kinds[LATE], kinds[OVERDUE], sum(kinds.values())) == (late, overdue, everything)
    text = StringIO()
    command.Console(file=text, width=100).print(played.report.table())
    assert "30 hồ sơ" in text.getvalue()


def test_the_ledger_is_whole_and_simulated_to_the_last_event(played):
    assert played.faults.faults == ()
    assert rows("SELECT DISTINCT origin FROM ledger_event") == [("simulated",)]
    staff = rows(
        "SELECT count(*) FROM ledger_event WHERE type LIKE 'dossier_%%'"
        " AND envelope::jsonb->'actor'->>'kind' NOT IN ('staff', 'citizen')"
    )
    assert staff == [(0,)]


def test_replay_gives_the_same_tables(played):
    tables = {table for projector in wiring().projectors for table in projector.tables}
    assert {d.table for d in played.differences} == tables >= {"dossiers_dossier", "certification_entry"}
    assert [d for d in played.differences if not d.equal] == []
    ((express,),) = rows("SELECT count(*) FROM dossiers_dossier WHERE express")
    assert next(d.running for d in played.differences if d.table == "dossiers_dossier") == 30 + express


def test_the_certification_desk_worked_on_each_day_and_closed_it(played):
    days = rows("SELECT day, count(DISTINCT dossier) FROM certification_entry GROUP BY day ORDER BY day")
    assert len(days) >= 3
    assert all(count >= 2 for _, count in days)
    assert rows("SELECT count(*) FROM certification_entry WHERE state <> 'signed'") == [(0,)]
    assert rows("SELECT of_kind FROM certification_book ORDER BY 1") == [
        ("copy",),
        ("signature",),
        ("transaction",),
    ]
    assert rows("SELECT count(*) FROM dossiers_dossier WHERE express AND fee_open") == [(0,)]
    closed = rows("SELECT DISTINCT day FROM certification_note WHERE what = 'day_closed' ORDER BY day")
    assert closed == [(day,) for day, _ in days[:-1]], "the last day still runs"


def test_the_desk_has_its_roster_for_two_weeks(played):
    found = rows(
        "SELECT count(DISTINCT day), count(DISTINCT counter_id), count(officer), count(*) FROM agencies_shift"
    )
    ((days, counters, seated, cells),) = found
    assert days == 10
    assert counters == 2, "as many as there are officers"
    assert seated == cells == days * counters


def test_holdings_partition_the_time(played):
    """No gap, no overlap, from the first moment to the end; exactly one open unless the dossier has ended."""
    for dossier, state, first, ended in rows(
        "SELECT id, state, coalesce(submitted_at, received_at), ended_at FROM dossiers_dossier WHERE NOT express"
    ):
        held = rows("SELECT since, until FROM dossiers_holding WHERE dossier = %s ORDER BY seq", [dossier])
        assert held[0][0] == first
        assert [until for _, until in held[:-1]] == [since for since, _ in held[1:]]
        assert held[-1][1] == ended
        assert (ended is None) == (State(state) not in {"refused", "withdrawn", "stopped", "returned"})


def due_by_events(stream):
    """The due moment out of a stream's events alone, by the clock and nothing of the dossier's own code."""
    start, limit, pauses, extensions = None, None, [], []
    for envelope in history(stream):
        event = decode({kind.TYPE: kind for kind in e.EVENTS}[envelope.type], envelope.data)
        match event:
            case e.DossierReceived():
                start, pauses = event.occurred_at, []
                limit = Limit(event.promise.value and Decimal(event.promise.value), event.promise.unit)
            case e.SupplementRequested() | e.DossierSuspended() if start is not None:
                pauses.append(Pause(event.occurred_at, None))
            case e.Supplied(complete=True) | e.DossierResumed() if start is not None:
                pauses[-1] = Pause(pauses[-1].start, event.occurred_at)
            case e.DossierExtended():
                extensions.append(
                    Extension(event.occurred_at, Decimal(event.value), event.unit, event.ground)
                )
    if start is None:
        return None
    calendar = calendar_of(COMMUNE)
    return compute(start=start, limit=limit, calendar=calendar, pauses=pauses, extensions=extensions).due_at


def test_due_moments_are_the_clocks(played):
    stored = rows("SELECT id, code, due_at FROM dossiers_dossier WHERE NOT express")
    assert {code: due for _, code, due in stored} == {code: due_by_events(id_) for id_, code, _ in stored}


def test_staff_keep_office_hours_but_for_the_pad(played):
    calendar = calendar_of(COMMUNE)
    moments = rows(
        "SELECT at, envelope::jsonb->'data'->'paper'->>'occurred_at' FROM ledger_event"
        " WHERE type LIKE 'dossier_%%' AND envelope::jsonb->'actor'->>'kind' = 'staff'"
    )
    assert all(calendar.deemed_opening(at) == at for at, _ in moments)
    written = [(at, datetime.fromisoformat(told)) for at, told in moments if told]
    assert len(written) >= 1
    assert all(told < at and calendar.deemed_opening(told) == told for at, told in written)
    numbers = rows(
        "SELECT envelope::jsonb->'data'->'paper'->>'number' FROM ledger_event"
        " WHERE envelope::jsonb->'data'->'paper' <> 'null' ORDER BY at"
    )
    first = int(numbers[0][0])  # a pad's numbers go on from the pads before it
    assert numbers == [(f"{n}",) for n in range(first, first + len(numbers))]
    assert len(numbers) == rows("SELECT count(*) FROM pads_sheet WHERE state = 'used'")[0][0]


def test_codes_are_gap_free_on_each_day(played):
    codes = [code for (code,) in rows("SELECT code FROM dossiers_dossier ORDER BY code")]
    by_day = Counter(code.rsplit("-", 1)[0] for code in codes)
    assert codes == [f"{day}-{n:04}" for day in sorted(by_day) for n in range(1, by_day[day] + 1)]


def test_nothing_personal_outside_content(played):
    people = [person for _, part in parts() for _, person in part.intake.people]
    secrets = {text for p in people for text in (p.name, p.number, p.phone) if len(text) > 5}
    assert len(secrets) > 60
    places = [
        "\n".join(text for (text,) in rows("SELECT envelope FROM ledger_event")),
        "\n".join(text for (text,) in rows("SELECT actor || ' ' || key FROM ledger_request")),
        played.logged,
    ]
    assert [s for s in sorted(secrets) if any(s in place for place in places)] == []
    names = [
        name
        for (name,) in rows(
            "SELECT name FROM dossiers_label JOIN dossiers_dossier ON id = dossier WHERE NOT express"
        )
    ]
    assert set(names) <= secrets, "the canary people did come in"


def test_numbers_are_nobodys(played):
    for _, part in parts():
        for _, person in part.intake.people:
            assert person.number[:3] in ("", "099")
            if person.phone:
                assert not phonenumbers.is_valid_number(phonenumbers.parse(person.phone, "VN"))


def test_receipts_of_a_dozen(played, tmp_path):
    files = write_receipts(played.report, tmp_path / "demo")
    assert len(files) == 12
    assert all(file.read_bytes().startswith(b"%PDF-") for file in files)
    assert {file.stem for file in files} <= {row["code"] for row in played.report.rows}


def shape(report):
    """How the lives went, without what is minted anew each time; what is in the name of who is away meanwhile is taken
    over first, which is an event more."""
    told = (
        "procedure",
        "state",
        "received_at",
        "due_at",
        "decided_at",
        "ended_at",
        "holder_since",
    )
    return [tuple(row[name] for name in told) for row in report.rows]


def test_one_that_was_broken_off_is_finished_as_if_nothing_had_been(played, monkeypatch):
    """Killed between two acts, and played again: the same lives as those that went through undisturbed."""
    write, told = Stage._write, []

    def killed(self, key, do, actor, arguments):
        if len(told) == 70:
            raise KeyboardInterrupt
        told.append(key)
        return write(self, key, do, actor, arguments)

    before = rows("SELECT count(*) FROM dossiers_dossier")[0][0]
    monkeypatch.setattr(Stage, "_write", killed)
    with lives_alone(), pytest.raises(KeyboardInterrupt):
        run_demo(terms=TERMS, at=now(), say=told.append)
    monkeypatch.setattr(Stage, "_write", write)
    assert demos()[1] == demos()[0][-1]

    said = []
    other = DemoBegun(agency=COMMUNE, seed=99, days=1, dossiers=5, until=UNTIL)
    with lives_alone():
        again = run_demo(terms=other, at=now(), say=said.append)
    assert said == ["Hoàn tất lần mô phỏng đang dở · finishing the demonstration that was broken off"]
    assert shape(again) == shape(played.report)
    assert again.acts == played.report.acts
    assert rows("SELECT count(*) FROM dossiers_dossier")[0][0] == before + 30
    assert demos()[1] is None


def test_a_live_installation_takes_none(played, settings):
    settings.INSTALLATION = "live"
    with pytest.raises(CliError, match="mô phỏng"):
        run_demo(terms=TERMS, at=now(), say=lambda line: None)
    at = now()
    with (
        pytest.raises(IntegrityError, match="ledger_event_live_is_real"),
        unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"),
    ):
        begin_demo(terms=TERMS, actor=SYSTEM, at=at)


def test_an_end_is_a_time_that_has_passed():
    moment = datetime(2026, 8, 28, 9, 0, 0, 5, tzinfo=ZONE)
    assert end_of("", moment) == datetime(2026, 8, 28, 9, 0, tzinfo=ZONE)
    assert end_of("2026-08-20T16:00", moment) == datetime(2026, 8, 20, 16, 0, tzinfo=ZONE)
    for wrong in ("gần đây", "2026-08-28T09:30"):
        with pytest.raises(CliError):
            end_of(wrong, moment)


@pytest.mark.parametrize(("count", "different"), [(1, 1), (24, 24), (100, 24), (250, 24)])
def test_quotas_add_up(count, different):
    stories = quotas(count, Random(1))  # noqa: S311
    assert len(stories) == count
    assert len(set(stories)) == different


def test_dossiers_go_to_the_next_commune_where_it_runs_the_procedure():
    found_installation()
    run_demo(
        terms=DemoBegun(agency=COMMUNE, seed=7, days=8, dossiers=12, until=UNTIL),
        at=now(),
        say=lambda _: None,
    )
    found = rows(
        "SELECT state, competent_agency, transfer ->> 'way', to_tell::text FROM dossiers_dossier"
        " WHERE elsewhere <> '' ORDER BY received_at"
    )
    assert found == [
        ("received", OTHER_COMMUNE, None, None),
        ("decided", OTHER_COMMUNE, None, None),
        ("transferred", COMMUNE, "manifest", None),
        ("transferred", OTHER_COMMUNE, "electronic", None),
        ("received", OTHER_COMMUNE, None, None),
    ]
    guest = viewer("daidien", at=UNTIL)
    assert [one.line.state for one in inbox(viewer=guest, at=UNTIL).lines] == ["received", "decided"]
    assert [line.shelf for line in waiting(viewer=guest, at=UNTIL).lines] == ["B2"]


def test_the_cashier_takes_fees_and_counts_the_box_each_evening(played):
    books = rows("SELECT number, closed_at, counted, expected FROM payments_book ORDER BY number")
    closed = [(counted, expected) for _, closed_at, counted, expected in books if closed_at is not None]
    assert len(closed) >= 2
    assert all(counted == expected for counted, expected in closed)
    ((receipts, highest, means),) = rows(
        "SELECT count(*), max(number), count(DISTINCT means) FROM payments_receipt"
    )
    assert receipts == highest > 5
    assert means == 2
    ((owing,),) = rows("SELECT count(*) FROM dossiers_dossier WHERE fee_open")
    assert owing


def test_officers_are_reminded_before_a_step_is_late_and_the_head_after_it(played):
    """What the worker does once it is played: of a fortnight the trial shows both on its first day."""
    for (stream,) in rows("SELECT id FROM dossiers_dossier WHERE ended_at IS NULL ORDER BY id"):
        for envelope in history(stream):
            if envelope.type in PLANS:
                plan_reminders(envelope, position=0, clock=lambda: UNTIL)
    assert remind_of_steps(clock=lambda: UNTIL, origin="simulated") > 0
    assert Word.objects.filter(what="due_soon").exists()
    after_the_holidays = datetime(2026, 9, 3, 17, 0, tzinfo=ZONE)
    remind_of_steps(clock=lambda: after_the_holidays, origin="simulated")
    assert Word.objects.filter(account=logins()["chutich"], what="overdue").exists()
