"""Calendars published at one moment, and a dossier received while one is: nobody publishes unseen, nobody is left
behind."""

from dataclasses import replace

import pytest
from django.db import connection

from motcua.calendars.editions import written
from motcua.calendars.selectors import calendar_of
from motcua.config.wiring import WIRING
from motcua.flows.calendar import Stale, not_moved_yet, preview, publish_calendar
from motcua.flows.reception import receive
from motcua.kernel.actor import SYSTEM
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger import dispatcher, sequencer
from motcua.ledger.operations import AlreadyDone
from tests.support.acts import act, moment
from tests.support.lives import row_of
from tests.support.together import all_at_once, while_at_work
from tests.support.world import COMMUNE, actor, intake

pytestmark = pytest.mark.django_db(transaction=True)
AT = moment(24, 9)


def storm(day="2026-08-26"):
    days = {"days_off": [{"date": day}]}
    return written(code=day, changes=days, name=("Nghỉ bão", "Storm"), basis="12/QĐ-UBND")


def published(login, document, request, wait=None, found=None):
    who = actor(login, at=AT)
    found = found or preview(document=document, agency=COMMUNE)
    with unit_of_work(actor=who, at=AT, request=request, origin="simulated"):
        edition = publish_calendar(
            document=document, agency=COMMUNE, basis="12", actor=who, at=AT, mark=found.mark, found=found
        )
        if wait is not None:
            wait()
        return edition


def editions():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM calendars_publishededition")
        return cursor.fetchone()[0]


def work():
    while sequencer.sequence():
        pass
    while dispatcher.dispatch(clock=lambda: moment(24, 12)):
        pass


def test_the_second_of_two_sees_what_the_first_did():
    found = preview(document=storm("2026-08-27"), agency=COMMUNE)

    def second():
        return published("kythuat", storm("2026-08-27"), Request.fresh(), found=found)

    answer = while_at_work(lambda wait: published("chutich", storm(), Request.fresh(), wait), second)
    assert isinstance(answer, Stale)
    assert editions() == 1
    # alone, the same is published
    published("kythuat", storm("2026-08-27"), Request.fresh())
    assert editions() == 2


def test_one_request_sent_by_two_threads_is_published_once():
    request = Request.of("once", b"a")
    answers = all_at_once(lambda _: published("chutich", storm(), request), range(2))
    assert sorted(type(answer).__name__ for answer in answers) == ["AlreadyDone", "UUID"]
    done = next(answer for answer in answers if isinstance(answer, AlreadyDone))
    assert done.stream in answers
    assert editions() == 1


@pytest.mark.parametrize("kept", [True, False], ids=["as it is", "control: without keep_to_calendar"])
def test_a_dossier_received_while_a_calendar_is_published_is_not_left_behind(kept, monkeypatch):
    """Its reception has read the old calendar, and is committed after the reaction to the new one has looked."""
    if not kept:
        reactions = tuple(r for r in WIRING.reactions if r.name != "keep_to_calendar")
        monkeypatch.setattr(dispatcher, "wiring", lambda: replace(WIRING, reactions=reactions))
    old = calendar_of(COMMUNE)
    act("tiepnhan1", AT, receive, intake=intake())
    with unit_of_work(actor=SYSTEM, at=AT, request=Request.fresh(), origin="simulated"):
        publish_calendar(document=storm(), agency=COMMUNE, basis="12", actor=SYSTEM, at=AT)
    work()
    with monkeypatch.context() as patch:
        patch.setattr("motcua.processes.selectors.calendar_from", lambda editions: old)
        code = act("tiepnhan1", AT, receive, intake=intake()).row["code"]
    assert row_of(code)["due_at"] == moment(27, 17)
    work()
    assert row_of(code)["due_at"] == (moment(28, 17) if kept else moment(27, 17))
    assert len(not_moved_yet(agency=COMMUNE)) == (0 if kept else 1)
