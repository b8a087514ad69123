"""A reception corrected onto another process: the dossier begins it anew, and nothing done of the wrong one counts."""

import importlib
from datetime import date, timedelta

import pytest
from django.db import connection
from psycopg.types.json import Jsonb

from motcua.flows import assignment, mends, progress
from motcua.flows.corrections import Reception
from motcua.flows.reception import receive
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Denied, NotAllowedNow
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.processes.operations import adopt, publish
from motcua.processes.selectors import published_body
from tests.flows.test_impact import AT, CODE, changed, codes, draft_of, measured
from tests.flows.test_mends import assert_replays
from tests.support.acts import act, moment
from tests.support.lives import everything, plain
from tests.support.opinions import ask
from tests.support.pages import plain_static, visitor
from tests.support.site import pages_at
from tests.support.tables import approve, row, run, seal, table
from tests.support.world import BEGINNING, COMMUNE, intake, logins

pytestmark = pytest.mark.django_db
LIMITS = {code: {"unit": "working_day", "value": "30"} for code in ("no_verification", "verification")}
MIGRATION = importlib.import_module("motcua.dossiers.migrations.0037_processes_corrected")


def run_both():
    """The long process for both variants, and since the 21st a short one for `verification`."""
    run(table(row("examine"), *map(row, "bcdefg"), approve(), seal(), variants=LIMITS))
    short = table(row("look"), row("check", apart_from=["look"]), approve(), seal(), variants=LIMITS)
    with unit_of_work(actor=SYSTEM, at=BEGINNING, request=Request.fresh(), origin="simulated"):
        version = publish(document=short, actor=SYSTEM, at=BEGINNING)
        adopt(
            agency=COMMUNE,
            process_version=version,
            variant="verification",
            valid_from=date(2026, 8, 21),
            actor=SYSTEM,
            at=BEGINNING,
        )


def begun(steps):
    """A dossier of which so many rows of the long process are done."""
    code = act("tiepnhan1", moment(24, 9), receive, intake=intake()).row["code"]
    act("tuphap1", moment(24, 10), progress.start, code=code)
    for minute in range(steps):
        act("tuphap1", moment(24, 11, minute), progress.step, code=code, outcome="granted")
    return code


def proposed(code):
    other = intake(variant="verification")
    told = Reception(variant="verification", people=other.people, handed=other.handed, answers=other.answers)
    at = moment(24, 16)
    return act("tiepnhan1", at, mends.correct_reception, code=code, reception=told, reason="Nhầm.").meta.seq


def execute(statement, values=()):
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def test_what_was_done_of_the_wrong_process_stays_in_its_table():
    run_both()
    code = begun(6)
    ask(code, moment(24, 12))
    before, seq = plain(code), proposed(code)
    act("truongquay", moment(24, 16, 30), mends.confirm, code=code, seq=seq)
    now = plain(code)
    assert (before["step"], now["step"]) == (8, 2)
    assert [(x["process"], x["until"]) for x in now["earlier"]] == [
        (str(before["process_version"]), now["head_seq"])
    ]
    assert [(one["step"], one["awaited"]) for one in now["consultations"]] == [(0, True)]
    assert_replays(code)
    with pages_at(moment(25, 8)), plain_static():
        page = visitor("tuphap2", at=moment(25, 8)).get(f"/dossiers/{code}")
        assert (page.status_code, "Bước examine" in page.text, "Bước look" in page.text) == (200, True, True)
    # What the migration makes of a dossier that was corrected before there was such a thing.
    execute(
        "UPDATE dossiers_dossier SET earlier = '[]', consultations = jsonb_set(consultations, '{0,step}', '8')"
        " WHERE code = %s",
        [code],
    )
    execute(MIGRATION.FORWARD)
    assert plain(code) == now
    # tuphap1 did the second row of the wrong process, and may do what stands apart from the second of this one.
    act("tuphap2", moment(25, 9), assignment.claim, code=code)
    act("tuphap2", moment(25, 10), progress.step, code=code, outcome="granted")
    with pytest.raises(Denied, match="bước trước"):
        act("tuphap2", moment(25, 11), assignment.claim, code=code, reason="Chị Lan bận.")
    assert plain(code)["holder_account"] == logins()["tuphap1"]
    act("tuphap1", moment(25, 12), progress.step, code=code, outcome="granted")
    assert_replays(code)
    other = begun(1)
    after = changed(published_body(CODE), 1, positions=["economic_section"])
    assert measured(draft_of(after)).sums.counts["seen"] == 2
    # A record that does not fit its process is listed as such, and keeps nothing else from being measured.
    execute(
        "UPDATE processes_runningstep SET number = 99 WHERE outcome = 'granted' AND dossier = %s", [now["id"]]
    )
    found = measured(draft_of(after), at=AT + timedelta(minutes=1))
    assert (found.state, found.sums.counts["seen"]) == ("done", 2)
    assert codes(found, "stays:unreadable") == [code]
    assert other not in codes(found, "stays:unreadable")


def test_a_part_that_the_other_process_has_not_keeps_the_variant():
    run_both()
    code = begun(1)
    seq = proposed(code)
    part = {"child": "residence", "dossier": "", "code": "", "ended_at": None, "due_at": None}
    execute("UPDATE dossiers_dossier SET children = %s WHERE code = %s", [Jsonb([part]), code])
    before = everything(code)
    with pytest.raises(NotAllowedNow, match="phần việc"):
        act("truongquay", moment(24, 16, 30), mends.confirm, code=code, seq=seq)
    with pytest.raises(NotAllowedNow, match="phần việc"):
        proposed(code)
    assert everything(code) == before
