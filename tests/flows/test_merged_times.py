"""What was measured of a merged agency stays under its name, and its codes are found."""

import pytest
from django.db import connection

from motcua.agencies.selectors import agency as agency_facts
from motcua.calendars.calendar import national_calendar
from motcua.dossiers.selectors import dossier, dossiers
from motcua.dossiers.transfer_times import times, transfer_moments
from motcua.flows import progress, transfers
from tests.flows.test_mergers import AFTER, BEFORE, merge, take_over
from tests.support.acts import act, moment
from tests.support.lives import opened
from tests.support.world import COMMUNE, OTHER_COMMUNE, viewer

pytestmark = pytest.mark.django_db


def test_what_was_measured_stays_under_the_old_name_and_an_old_code_still_finds():
    sent, done = opened(moment(24, 9)), opened(moment(24, 9))
    why = {"to": OTHER_COMMUNE, "reason": "Không thuộc thẩm quyền.", "way": "electronic"}
    act("tiepnhan1", moment(24, 10), transfers.transfer, code=sent, **why)
    act("tiepnhan1.mauhai", moment(24, 11), transfers.accept, code=sent)
    act("tuphap1", moment(24, 10), progress.start, code=done)
    act("tuphap1", moment(24, 11), progress.step, code=done, outcome="granted")

    def measured(who, at):
        found = transfer_moments(agency=COMMUNE, viewer=viewer(who, at=at), at=at)
        calendars = dict.fromkeys((COMMUNE, OTHER_COMMUNE), national_calendar())
        return times(found, agency=COMMUNE, calendars=calendars, at=at)

    def kept():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT d.code, s.agency, s.number, s.ended_at FROM processes_runningstep s"
                " JOIN dossiers_dossier d ON d.id = s.dossier WHERE s.ended_at <= %(at)s AND s.agency = %(old)s"
                " UNION ALL SELECT d.code, h.agency, h.seq, h.until FROM dossiers_holding h"
                " JOIN dossiers_dossier d ON d.id = h.dossier WHERE h.until <= %(at)s AND h.agency = %(old)s"
                " ORDER BY 1, 3",
                {"at": BEFORE, "old": COMMUNE},
            )
            return cursor.fetchall()

    before, stays = measured("truongquay", BEFORE), kept()
    assert before
    assert stays
    merge()
    take_over()
    assert measured("chutich.mauhai", AFTER) == before, "the transfer was the old agency's"
    assert kept() == stays, "and so were its steps, to the minute"
    chair = viewer("chutich.mauhai", at=AFTER)
    for code in (sent, done):
        assert code in {line.code for line in dossiers(viewer=chair, at=AFTER, words=code[:18]).lines}
        shown = dossier(code, viewer=chair)
        assert any(agency_facts(COMMUNE).name in entry.sentence.vi for entry in shown.entries)
