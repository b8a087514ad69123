"""What a back-up by date does stands in the dossier's history as done for the other."""

from datetime import timedelta

import pytest
from tests.support.acts import act, moment
from tests.support.world import COMMUNE, actor, logins, viewer

from motcua.agencies.models import Appointment
from motcua.agencies.operations import NewMandate, appoint_stand_in
from motcua.flows import progress
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.web.desk.tests.support import Story, browser

pytestmark = pytest.mark.django_db

AT = moment(24, 8)


def stands_in(login: str, *, for_login: str) -> None:
    """`login` sits in for the other for the day of AT, by a document."""
    who = actor("kythuat", at=AT)
    with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
        appoint_stand_in(
            agency=COMMUNE,
            account=logins()[login],
            appointment=Appointment.objects.get(account_id=logins()[for_login], acting_for=None).id,
            mandate=NewMandate(number="12/QĐ-UBND"),
            valid_from=AT,
            valid_to=AT + timedelta(days=1),
            actor=who,
            at=AT,
        )


def test_the_history_says_for_whom_and_by_which_document() -> None:
    story = Story(begins=AT)
    stands_in("kinhte", for_login="tuphap1")
    later = AT + timedelta(hours=1)
    who = viewer("kinhte", at=later)
    seat = next(c for c in who.capacities if c.acting_for)
    with unit_of_work(actor=who.actor(seat), at=later, request=Request.fresh(), origin="simulated"):
        progress.start(code=story.code, actor=who.actor(seat), at=later)
    page = browser("chutich").get(f"/dossiers/{story.code}").text
    assert f"làm thay {viewer('tuphap1', at=later).name} theo 12/QĐ-UBND" in page
    with unit_of_work(actor=who.actor(seat), at=later, request=Request.fresh(), origin="simulated"):
        progress.step(code=story.code, outcome="granted", actor=who.actor(seat), at=later)
    box = browser("chutich").get(f"/dossiers/{story.code}").text.partition("Đề xuất đã trình")[2][:600]
    assert f"(làm thay {viewer('tuphap1', at=later).name}, 12/QĐ-UBND)" in box
    english = browser("chutich", language="en").get(f"/dossiers/{story.code}").text
    assert f"acting for {viewer('tuphap1', at=later).name} by 12/QĐ-UBND" in english


def test_what_people_do_in_their_own_seats_says_nothing_of_it() -> None:
    story = Story(begins=AT)
    act("tuphap1", AT + timedelta(hours=1), progress.start, code=story.code)
    assert "làm thay" not in browser("chutich").get(f"/dossiers/{story.code}").text
