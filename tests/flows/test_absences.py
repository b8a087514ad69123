"""Somebody is away: who stands in gets the work for those hours, and nothing is lost when they are back."""

from datetime import timedelta

import pytest

from motcua.accounts.models import Account
from motcua.agencies.absences import absences
from motcua.agencies.models import Absence
from motcua.agencies.operations import end_absence, note_absence
from motcua.dossiers.worklist import Sought, inbox
from motcua.flows import progress
from motcua.flows.reception import receive
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from motcua.kernel.time import local, now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import history
from motcua.web.desk.tests.support import Story
from tests.flows.test_mandates import HOUR, acts_as, give
from tests.flows.test_paper import pad
from tests.support.acts import act, moment
from tests.support.lives import RESULT, plain
from tests.support.pages import plain_static, visitor
from tests.support.world import COMMUNE, actor, intake, logins, viewer

pytestmark = pytest.mark.django_db
AT = moment(24, 8)


def do(login, operation, at=AT, **arguments):
    who = actor(login, at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        return operation(actor=who, at=at, **arguments)


def away(login, *, by="", at=AT, since=AT, until=AT + 8 * HOUR, reason="leave"):
    told = {"reason": reason, "valid_from": since, "valid_to": until}
    return do(by or login, note_absence, at, agency=COMMUNE, account=logins()[login], **told)


def proposed(minute):
    """A dossier that comes to the clerk's seat, which one person holds, at `minute`."""
    code = act("tiepnhan1", AT + timedelta(minutes=minute), receive, intake=intake()).row["code"]
    later = AT + timedelta(minutes=minute + 1)
    act("tuphap1", later, progress.start, code=code)
    act("tuphap1", later, progress.step, code=code, outcome="granted")
    act("chutich", later, progress.step, code=code, outcome="granted")
    return code


def test_new_work_goes_to_the_standing_stand_in_for_those_hours_alone():
    held = proposed(1)
    assert plain(held)["holder_account"] == logins()["vanthu"]
    give(to="vanhoa", of="vanthu", since=AT, until=AT + timedelta(days=300), when_absent=True)
    assert not viewer("vanhoa", at=AT + HOUR).standing_in
    away("vanthu", by="chutich", since=AT + HOUR, until=AT + 3 * HOUR)
    inside = AT + HOUR + timedelta(minutes=30)
    assert viewer("vanhoa", at=inside).standing_in == {str(logins()["vanthu"])}
    during = proposed(70)
    assert plain(during)["holder_account"] == logins()["vanhoa"]
    lines = inbox(viewer=viewer("vanhoa", at=inside), at=inside, sought=Sought(mine="1")).lines
    name = viewer("vanthu").name
    assert {one.line.code: f"thay {name}" in [w.vi for w in one.why] for one in lines} == {
        held: True,
        during: False,
    }
    with pytest.raises(Denied):
        act("vanhoa", AT + timedelta(minutes=30), progress.decide, code=held, papers=[RESULT])
    acts_as("vanhoa", inside, progress.decide, code=held, papers=[RESULT])
    assert history(plain(held)["id"])[-1].actor["for"] == str(logins()["vanthu"])
    after = proposed(190)
    assert plain(after)["holder_account"] == logins()["vanthu"]
    assert not viewer("vanhoa", at=AT + 3 * HOUR).standing_in


def test_paper_from_hours_in_which_they_were_there_is_not_entered_for_them():
    code = Story(begins=AT - 3 * HOUR).proposed().code
    give(to="vanhoa", of="chutich", since=AT, until=AT + timedelta(days=300), when_absent=True)
    gone = AT + timedelta(days=2)
    away("chutich", by="kythuat", at=gone, since=gone, until=gone + 4 * HOUR)
    told = {"code": code, "outcome": "granted"}
    with pytest.raises(Invalid, match="từ 08:00 26/08/2026 đến 12:00 26/08/2026"):
        acts_as("vanhoa", gone + HOUR, progress.step, **told, paper=pad(AT + HOUR))
    done = acts_as("vanhoa", gone + HOUR, progress.step, **told, paper=pad(gone))
    assert done.event.occurred_at == gone


def test_without_a_stand_in_it_waits_on_the_shared_list_and_the_leader_is_told():
    held = proposed(1)
    away("vanthu", reason="sick")
    during = proposed(10)
    row = plain(during)
    assert (row["holder_account"], row["queue"]) == (None, f"{COMMUNE}/clerk")
    assert plain(held)["holder_account"] == logins()["vanthu"]
    line = absences(viewer=viewer("chutich", at=AT), at=AT)[0]
    assert (line.name, [seat.stand_ins for seat in line.seats]) == (viewer("vanthu").name, [()])
    assert absences(viewer=viewer("tuphap1", at=AT), at=AT) == []


def test_the_list_says_who_stands_in_in_which_hours_and_by_which_document():
    until = AT + 3 * HOUR
    give(to="vanhoa", of="vanthu", since=AT, until=until, when_absent=True)
    give(to="kinhte", of="vanthu", since=AT, until=AT + 30 * HOUR, acts=("decide",), number="13/QĐ-UBND")
    give(to="tuphap1", of="vanthu", since=AT + 9 * HOUR, until=AT + 30 * HOUR, number="14/QĐ-UBND")
    away("vanthu", since=AT + HOUR, until=AT + 8 * HOUR)
    (line,) = absences(viewer=viewer("chutich", at=AT), at=AT)
    ((whole, some),) = [seat.stand_ins for seat in line.seats]
    assert (whole.name, whole.document) == (viewer("vanhoa").name, "12/QĐ-UBND")
    assert (whole.since, whole.until, whole.limits) == (AT + HOUR, until, None)
    assert (some.name, some.until) == (viewer("kinhte").name, AT + 8 * HOUR)
    Account.objects.filter(id__in=[logins()["vanhoa"], logins()["kinhte"]]).update(is_active=False)
    assert [
        seat.stand_ins for one in absences(viewer=viewer("chutich", at=AT), at=AT) for seat in one.seats
    ] == [()]


def test_back_early_nothing_is_lost():
    held = proposed(1)
    gone = away("vanthu")
    do("vanthu", end_absence, AT + HOUR, absence=gone)
    assert plain(held)["holder_account"] == logins()["vanthu"]
    assert plain(proposed(61))["holder_account"] == logins()["vanthu"]
    with pytest.raises(NotAllowedNow):
        do("vanthu", end_absence, AT + 2 * HOUR, absence=gone)


def test_a_step_is_sent_back_past_who_is_away():
    code = act("tiepnhan1", AT, receive, intake=intake()).row["code"]
    act("tuphap1", AT + timedelta(minutes=1), progress.start, code=code)
    act("tuphap1", AT + timedelta(minutes=2), progress.step, code=code, outcome="granted")
    away("tuphap1")
    act("chutich", AT + HOUR, progress.return_step, code=code, to="examine", reason="Thiếu trích yếu.")
    assert plain(code)["holder_account"] == logins()["tuphap2"]


@pytest.mark.parametrize(
    ("by", "more", "error"),
    [
        ("tuphap1", {}, Denied),
        ("chutich.mauhai", {}, Denied),
        ("vanthu", {"reason": "đau lưng"}, Invalid),
        ("vanthu", {"until": AT}, Invalid),
        ("vanthu", {"since": AT - 2 * HOUR, "until": AT - HOUR}, Invalid),
    ],
)
def test_who_may_note_it_and_what_cannot_be(by, more, error):
    with pytest.raises(error):
        away("vanthu", by=by, **more)
    assert not Absence.objects.exists()


def test_absences_do_not_overlap_and_are_the_agency_s_own():
    away("vanthu")
    with pytest.raises(Invalid, match="đã được ghi vắng"):
        away("vanthu", by="kythuat", since=AT + HOUR, until=AT + 20 * HOUR)
    away("vanthu", by="phochutich", since=AT + 8 * HOUR, until=AT + 20 * HOUR)
    with pytest.raises(NotFound):
        away("chutich.mauhai", by="chutich")


def test_the_page_names_the_stand_in_the_hours_and_the_document():
    at = now()
    away("vanthu", at=at, since=at, until=at + 5 * HOUR)
    give(to="vanhoa", of="vanthu", at=at, since=at, until=at + 9 * HOUR, acts=("decide",))
    with plain_static():
        page = visitor("chutich", at=at).get("/absences").text
    assert f"{viewer('vanhoa').name}, theo 12/QĐ-UBND" in page
    assert "chỉ cho: " in page
    assert page.count(f"đến {local(at + 5 * HOUR):%H:%M}") == 2, (
        "the absence's end, and the mandate's within it"
    )
    assert "Chưa có ai" not in page


def test_who_stands_in_while_another_is_away_does_not_begin_that_themselves():
    give(to="phochutich", of="chutich", since=AT, until=AT + timedelta(days=300), when_absent=True)
    with pytest.raises(Denied, match="không tự ghi họ vắng"):
        away("chutich", by="phochutich", at=AT + HOUR)
    assert not Absence.objects.exists()
    assert not viewer("phochutich", at=AT + 2 * HOUR).standing_in
    away("chutich", by="kythuat")
    assert viewer("phochutich", at=AT + 2 * HOUR).standing_in == {str(logins()["chutich"])}
