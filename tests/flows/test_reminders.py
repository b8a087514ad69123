"""Reminders before a step is late and escalation after it: by the process's rules, once for each due, to whom it is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.calendars.words import said_moment
from motcua.cli.bench_pages import buffers
from motcua.flows import progress
from motcua.flows.reception import receive
from motcua.kernel.time import parse_utc
from motcua.reactions import reminders
from motcua.reactions.reminders import remind_of_steps
from motcua.workday.models import Reminder, Word
from tests.flows.test_absences import away
from tests.flows.test_mandates import give
from tests.flows.test_officers_told import told
from tests.support.acts import act, moment
from tests.support.lives import plain
from tests.support.statements import statements
from tests.support.tables import approve, row, run, seal, table
from tests.support.told import follow, nothing_is_news
from tests.support.world import intake, logins

pytestmark = pytest.mark.django_db
AT = moment(24, 9)
RULES = [
    {"when": "before", "value": "4", "unit": "working_hour", "tell": ["justice_officer"]},
    {"when": "after", "value": "1", "unit": "working_hour", "tell": ["justice_officer", "chair"]},
]


def begun(*rows):
    """A dossier that tuphap1 has begun, in a process with `rows`; what happened so far is told."""
    run(table(*rows, approve(), seal(), variants={"no_verification": {"unit": "working_day", "value": "9"}}))
    nothing_is_news()
    code = act("tiepnhan1", AT, receive, intake=intake()).row["code"]
    act("tuphap1", AT, progress.start, code=code)
    follow(AT)
    return code


def passes(at):
    """The worker's round at `at`."""
    follow(at)
    return remind_of_steps(clock=lambda: at, origin="simulated")


def due_of(code):
    return plain(code)["step_due_at"]


def test_before_and_after_each_once_and_a_moved_due_anew():
    code = begun(row("examine", time="2", escalation=RULES))
    due = due_of(code)
    assert passes(due - timedelta(hours=20)) == 0
    assert passes(due - timedelta(minutes=1)) == 1
    assert passes(due) == 0
    (soon,) = told("tuphap1")
    assert soon == f"Bước “Bước examine” sắp đến hạn, lúc {said_moment(due).vi}."
    assert told("chutich") == []
    act("chutich", due, progress.suspend, code=code, ground="verification", reason="Chờ.")
    assert passes(due + timedelta(days=2)) == 0, "while the clock stands nothing is due"
    act("chutich", due + timedelta(days=2), progress.resume, code=code)
    later = due_of(code)
    assert later > due
    assert passes(later - timedelta(minutes=1)) == 1
    assert passes(later + timedelta(days=1)) == 1
    assert len(told("tuphap1")) == 2
    (late,) = told("chutich")
    assert "đã quá hạn" in late
    act("tuphap1", later + timedelta(days=1), progress.step, code=code, outcome="granted")
    follow(later + timedelta(days=1))
    assert Reminder.objects.filter(number=2).count() == 0, "what is done is reminded of no more"


def test_a_worker_that_is_killed_tells_nobody_twice(monkeypatch):
    code = begun(row("examine", time="2", escalation=RULES))
    due = due_of(code)

    def killed(*_told, **_more):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(reminders, "tell_those", killed)
        with pytest.raises(KeyboardInterrupt):
            passes(due)
    assert Word.objects.filter(what="due_soon").count() == 0
    assert passes(due) == 1
    Reminder.objects.update(told_at=None)
    passes(due)
    assert len(told("tuphap1")) == 1


def test_the_rule_of_the_house_every_open_step_and_who_stands_in():
    beside = {"positions": ["culture_society_section"], "branch": "a.2"}
    code = begun(
        row("examine"), row("land", positions=["economic_section"], branch="a.1"), row("culture", **beside)
    )
    give(to="tuphap2", of="vanhoa", at=AT, since=AT, until=AT + timedelta(days=30), when_absent=True)
    act("tuphap1", AT + timedelta(minutes=1), progress.step, code=code, outcome="granted")
    away("vanhoa", at=AT, since=AT + timedelta(minutes=2), until=AT + timedelta(days=20))
    dues = {due_of(code), parse_utc(plain(code)["beside"][0]["due_at"])}
    passes(min(dues) - timedelta(minutes=1))
    first = Word.objects.filter(what="due_soon")
    assert set(first.values_list("account", flat=True)) == {
        logins()[who] for who in ("kinhte", "vanhoa", "tuphap2")
    }
    assert first.get(account=logins()["tuphap2"]).instead_of == logins()["vanhoa"]


def test_a_round_reads_what_is_due_and_nothing_else():
    """As many as a million dossiers have planned, of which a tenth runs: told ones wait for the end of their step."""
    begun(row("examine", time="2", escalation=RULES))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO workday_reminder SELECT gen_random_uuid(), 2, %(at)s, 0,"
            " %(at)s + (n - 60000) * interval '1 minute', CASE WHEN n <= 59900 THEN %(at)s END"
            " FROM generate_series(1, 200000) n",
            {"at": AT},
        )
        cursor.execute("ANALYZE workday_reminder")
    assert len(reminders.reminders.due_now(at=AT, limit=500)) == 100
    with CaptureQueriesContext(connection) as captured:
        touched = buffers(lambda: reminders.reminders.due_now(at=AT, limit=500))
    assert touched < 120, "the hundred that are due, each once"
    assert "workday_reminder_due" in plan_of(captured.captured_queries[0]["sql"])
    with statements(most=1):
        assert remind_of_steps(clock=lambda: AT - timedelta(days=1), origin="simulated") == 0


def plan_of(sql):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        return str(cursor.fetchone())
