"""A closure that moves a thousand open dossiers: previewed page by page, published, followed to the end. Bounds are
seconds of the processor, several times what they take."""

import time

import pytest

from motcua.calendars.editions import written
from motcua.dossiers.moves import names_of
from motcua.flows.calendar import not_moved_yet, preview, progress, publish_calendar
from motcua.flows.reception import receive
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger import dispatcher, sequencer
from tests.support.acts import act, moment
from tests.support.statements import statements
from tests.support.world import COMMUNE, actor, intake, viewer

DOSSIERS = 1_000
AT = moment(24, 10)
MOST_SECONDS = {"preview": 8, "publish": 2, "move": 60}


def seconds(work, *given, **told):
    began = time.process_time()
    answer = work(*given, **told)
    return answer, round(time.process_time() - began, 2)


@pytest.mark.slow
@pytest.mark.proof
@pytest.mark.django_db
def test_a_thousand_dossiers_are_moved():
    for _ in range(DOSSIERS):
        act("tiepnhan1", moment(24, 9), receive, intake=intake())
    days = {"days_off": [{"date": "2026-08-26"}]}
    document = written(code="storm", changes=days, name=("Nghỉ bão", "Storm"), basis="12/QĐ-UBND")
    took = {}
    with statements(most=10):  # pages of five hundred, and none for each dossier
        found, took["preview"] = seconds(preview, document=document, agency=COMMUNE)
    assert (len(found.moves), found.later, found.earlier) == (DOSSIERS, DOSSIERS, 0)
    who = viewer("truongquay", at=moment(24, 10))
    assert len(names_of([move.id for move in found.moves[:50]], viewer=who)) == 50

    who = actor("chutich", at=AT)

    def publish():
        with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
            return publish_calendar(
                document=document, agency=COMMUNE, basis="12", actor=who, at=AT, mark=found.mark, found=found
            )

    edition, took["publish"] = seconds(publish)
    assert progress(edition=edition, agency=COMMUNE).total == DOSSIERS
    while sequencer.sequence():
        pass

    def move():
        while dispatcher.dispatch(clock=lambda: moment(24, 12)):
            pass

    _, took["move"] = seconds(move)
    print(took)
    done = progress(edition=edition, agency=COMMUNE)
    assert (done.moved, done.left, done.is_done) == (DOSSIERS, 0, True)
    assert not_moved_yet(agency=COMMUNE) == []
    assert {name: most for name, most in took.items() if most > MOST_SECONDS[name]} == {}
