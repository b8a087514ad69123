"""What a back-up by date does stands in the dossier's history as done for the other."""

from datetime import timedelta

import pytest
from tests.support.acts import act, moment
from tests.support.html import Page
from tests.support.world import COMMUNE, actor, logins, viewer

from motcua.agencies.models import Appointment
from motcua.agencies.operations import NewMandate, appoint_stand_in, note_absence
from motcua.flows import progress
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.web.desk.tests.support import Story, browser

pytestmark = pytest.mark.django_db

AT = moment(24, 8)


def stands_in(login: str, *, for_login: str, kind: str = "", days: int = 1) -> None:
    """`login` sits in for the other from AT on, by a document."""
    who = actor("kythuat", at=AT)
    with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
        appoint_stand_in(
            agency=COMMUNE,
            account=logins()[login],
            appointment=Appointment.objects.get(account_id=logins()[for_login], acting_for=None).id,
            mandate=NewMandate(number="12/QĐ-UBND", kind=kind),
            valid_from=AT,
            valid_to=AT + timedelta(days=days),
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


def test_who_may_sign_in_their_own_seat_and_by_a_mandate_says_in_which() -> None:
    """Their own unless they say otherwise; while the one they stand in for is away, that one's."""
    own, absent = Story(begins=AT).proposed().code, Story(begins=AT).proposed().code
    stands_in("phochutich", for_login="chutich", kind="kt", days=1000)
    deputy = browser("phochutich")

    def sign(code: str, **fields: str) -> str:
        path = f"/dossiers/{code}/step"
        page = Page(deputy.get(path).content.decode())
        assert (
            deputy.post(path, page.form("sign_as").sent({"outcome": "granted", **fields})).status_code == 302
        )
        return deputy.get(f"/dossiers/{code}").content.decode()

    asked = deputy.get(f"/dossiers/{own}/step").content.decode()
    head = viewer("chutich", at=AT).name
    assert f"KT. CHỦ TỊCH (thay {head}, theo 12/QĐ-UBND)" in asked
    assert f"(thay {head})" in asked.partition("<main")[0], "the header says for whom"
    refused = deputy.post(
        f"/dossiers/{own}/step", {"outcome": "granted", "sign_as": "x", "idempotency_key": "x"}
    )
    assert refused.status_code == 409
    assert "làm thay" not in sign(own)
    who, at = actor("chutich", at=now()), now()
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        note_absence(
            agency=COMMUNE, account=logins()["chutich"], reason="leave", valid_from=at,
            valid_to=at + timedelta(days=1), actor=who, at=at,
        )  # fmt: skip
    assert f"làm thay {head} theo 12/QĐ-UBND" in sign(absent)
