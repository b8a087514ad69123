"""A locked account sits in no seat: nothing is given to it, what waits is seen, and unlocking gives the seat back."""

from datetime import timedelta
from uuid import UUID

import pytest

from motcua.agencies import operations as people
from motcua.agencies.models import Appointment
from motcua.agencies.selectors import agencies_holding, held_kinds
from motcua.catalogue.selectors import version as procedure_version
from motcua.dossiers.consulted import RECEIVING
from motcua.dossiers.operations import MissingPaper
from motcua.dossiers.passing import adrift
from motcua.flows import assignment, consultations, interests, leaving, progress
from motcua.flows.consultations import people_asked
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.processes.selectors import staff
from motcua.workday.selectors import words_of
from tests.flows.test_absences import away
from tests.flows.test_leaving import end, gone
from tests.flows.test_mandates import acts_as, give
from tests.support.acts import act, moment
from tests.support.html import Page
from tests.support.lives import brought_to, opened, plain
from tests.support.pages import plain_static, visitor
from tests.support.ruled import ruled
from tests.support.told import follow, nothing_is_news
from tests.support.world import COMMUNE, OTHER_COMMUNE, actor, logins

pytestmark = pytest.mark.django_db
AT = moment(24, 9)
HOUR = timedelta(hours=1)


def administers(operation, login, *, at=AT, agency=COMMUNE):
    who = actor("kythuat", at=at) if agency == COMMUNE else SYSTEM
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        return operation(agency=agency, account=logins()[login], actor=who, at=at)


def lock(login, **more):
    return administers(people.lock_account, login, **more)


def unlock(login, **more):
    return administers(people.unlock_account, login, **more)


@pytest.mark.parametrize("rule", ["load", "rotation"])
def test_no_rule_gives_work_to_who_is_locked_and_nobody_else_does(rule):
    ruled({"examine": {"assignment": rule}})
    lock("tuphap1")
    codes = [opened(AT + n * HOUR / 10) for n in range(3)]
    assert {plain(code)["holder_account"] for code in codes} == {logins()["tuphap2"]}
    told = {"code": codes[0], "to": str(logins()["tuphap1"]), "reason": "Đúng việc."}
    with pytest.raises(Invalid):
        act("chutich", AT + HOUR, assignment.assign, **told)
    unlock("tuphap1", at=AT + HOUR)
    assert plain(opened(AT + 2 * HOUR))["holder_account"] == logins()["tuphap1"]
    act("chutich", AT + 2 * HOUR, assignment.assign, **told)


def test_the_last_clerk_is_locked_at_once_and_what_waits_for_them_is_seen():
    code, at = brought_to("sealing")
    assert leaving.stranded(COMMUNE, at=at) == []
    lock("vanthu", at=at)
    (waits,) = leaving.stranded(COMMUNE, at=at)
    assert (waits.kinds, waits.count, waits.code) == (("clerk",), 1, code)
    assert "clerk" not in held_kinds(COMMUNE, at=at)
    assert "clerk" not in staff(agency=COMMUNE, at=at).seats
    unlock("vanthu", at=at + HOUR)
    assert leaving.stranded(COMMUNE, at=at + HOUR) == []
    assert plain(code)["holder_account"] == logins()["vanthu"]


def test_a_step_does_not_go_to_a_seat_in_which_only_the_locked_sit():
    code, at = brought_to("approving")
    lock("vanthu", at=at)
    with pytest.raises(NotAllowedNow, match="Chưa có ai giữ vị trí"):
        act("chutich", at + HOUR, progress.step, code=code, outcome="granted")
    unlock("vanthu", at=at + HOUR)
    act("chutich", at + 2 * HOUR, progress.step, code=code, outcome="granted")


def test_who_is_locked_keeps_no_seat_from_being_left_empty():
    code = opened(AT)
    act("tuphap1", AT, progress.start, code=code)
    lock("tuphap1")
    with pytest.raises(NotAllowedNow, match="1 hồ sơ đang chờ vị trí"):
        end("kythuat", gone("tuphap2"))


def test_an_agency_whose_receivers_are_locked_is_asked_nothing():
    one = {"agency": OTHER_COMMUNE, "asked_by": COMMUNE}
    assert OTHER_COMMUNE in agencies_holding(RECEIVING, at=AT)
    assert logins()["tuphap1.mauhai"] in people_asked(one, at=AT)
    for login in ("tuphap1.mauhai", "chutich.mauhai"):
        lock(login, agency=OTHER_COMMUNE)
    assert logins()["tuphap1.mauhai"] not in people_asked(one, at=AT)
    assert OTHER_COMMUNE not in agencies_holding(RECEIVING, at=AT)


def test_a_standing_order_counts_while_the_other_is_absent_alone():
    give(to="vanhoa", of="vanthu", at=AT, since=AT, until=AT + 100 * HOUR, when_absent=True)
    lock("vanthu")
    assert "clerk" not in held_kinds(COMMUNE, at=AT)
    away("vanthu", by="chutich", at=AT, since=AT, until=AT + HOUR)
    assert "clerk" in held_kinds(COMMUNE, at=AT)


@pytest.mark.parametrize("scope", [{}, {"acts": ("step",)}])
def test_what_the_locked_gave_by_a_document_goes_on(scope):
    code, at = brought_to("approving")
    give(to="vanhoa", of="chutich", at=at, since=at, until=at + 5 * HOUR, **scope)
    lock("chutich", at=at)
    assert acts_as("vanhoa", at + HOUR, progress.step, code=code, outcome="granted").row["approval"]


@pytest.mark.parametrize("ours", [True, False])
def test_who_stands_in_for_a_sector_is_told_of_that_sector_alone(ours):
    nothing_is_news()
    code = opened(AT)
    sector = procedure_version(plain(code)["procedure_version"]).sector.name.vi if ours else "Đất đai"
    give(to="vanhoa", of="tuphap2", at=AT, since=AT, until=AT + 20 * HOUR, sectors=(sector,))
    act("chutich", AT, assignment.assign, code=code, to=str(logins()["tuphap2"]), reason="Đúng việc.")
    away("tuphap2", at=AT, since=AT, until=AT + 8 * HOUR)
    follow(AT + HOUR)
    assert len(words_of(logins()["tuphap2"])[0]) == 1
    assert len(words_of(logins()["vanhoa"])[0]) == (1 if ours else 0)


def handed_on(code, login, to, *, by="chutich", at=AT):
    who = actor(by, at=at)
    leaver = leaving.gone(logins()[login], agency=COMMUNE, at=at)
    told = {"code": code, "leaving": leaver, "to": to and logins()[to]}
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        return leaving.hand_on(**told, actor=who, at=at)


def test_what_stands_in_the_name_of_the_locked_is_seen_and_handed_on_by_a_lead():
    held, waits = opened(AT), opened(AT)
    for code in (held, waits):
        act("tuphap1", AT, progress.start, code=code)
    act(
        "tuphap1",
        AT,
        progress.request_supplement,
        code=waits,
        items=[MissingPaper(component=None, text="Bản sao.")],
    )
    assert adrift(COMMUNE, at=AT) == []
    lock("tuphap1")
    (one,) = adrift(COMMUNE, at=AT)
    assert (one.account, one.is_locked, one.count) == (logins()["tuphap1"], True, 2)
    with pytest.raises(Denied):
        handed_on(held, "tuphap1", None, by="tuphap2")
    assert handed_on(held, "tuphap1", "tuphap2")
    assert [(each.count, each.code) for each in adrift(COMMUNE, at=AT)] == [(1, waits)]
    assert handed_on(waits, "tuphap1", None)
    assert adrift(COMMUNE, at=AT) == []
    assert not handed_on(held, "tuphap1", None)
    act("tiepnhan1", AT + HOUR, progress.supply, code=waits, items=["1"])
    assert [plain(code)["holder_account"] for code in (held, waits)] == [logins()["tuphap2"], None]
    unlock("tuphap1", at=AT + HOUR)
    act("tuphap1", AT + 2 * HOUR, progress.step, code=waits, outcome="granted")


def test_an_opinion_that_the_locked_was_to_give_is_handed_on():
    code, at = brought_to("consulting")
    (one,) = plain(code)["consultations"]
    to = str(logins()["tuphap1.mauhai"])
    act("chutich.mauhai", at, consultations.hand_on, code=code, consultation=UUID(one["id"]), to=to)
    lock("tuphap1.mauhai", at=at, agency=OTHER_COMMUNE)
    assert [(each.count, each.code) for each in adrift(OTHER_COMMUNE, at=at)] == [(1, code)]
    assert adrift(COMMUNE, at=at) == []


def test_who_sits_there_keeps_what_is_theirs():
    code = opened(AT)
    act("tuphap1", AT, progress.start, code=code)
    assert not handed_on(code, "tuphap1", "tuphap2")
    assert plain(code)["holder_account"] == logins()["tuphap1"]


def test_whose_time_ran_out_is_seen_as_well():
    code = opened(AT)
    act("tuphap1", AT, progress.start, code=code)
    seat = Appointment.objects.get(account_id=logins()["tuphap1"], acting_for=None)
    Appointment.objects.filter(id=seat.id).update(valid_to=AT + HOUR)
    assert adrift(COMMUNE, at=AT) == []
    (one,) = adrift(COMMUNE, at=AT + HOUR)
    assert (one.is_locked, one.count, one.code) == (False, 1, code)


def test_on_their_page_a_lead_hands_on_and_the_record_has_its_number():
    at = now()
    code = opened(AT)
    act("tuphap1", AT, progress.start, code=code)
    who = logins()["tuphap1"]
    with plain_static():
        admin, chair = (visitor(login, at=at) for login in ("kythuat", "chutich"))
        form = Page(admin.get(f"/people/{who}/lock").text).form()
        told = admin.post(f"/people/{who}/lock", form.sent({}), follow=True).text
        assert "Còn 1 việc đứng tên người này." in told
        for page in (admin.get("/seats"), chair.get("/absences"), chair.get("/handovers")):
            assert f"/handovers/people/{who}" in page.text
        path = f"/handovers/people/{who}"
        assert visitor("tuphap2", at=at).get(path).status_code == 403
        assert visitor("chutich.mauhai", at=at).get(path).status_code == 404
        form = Page(chair.get(path).text).form("to_step")
        assert f'value="{who}"' not in chair.get(path).text
        assert chair.post(path, form.sent({"to_step": ""})).status_code == 422
        done = chair.post(path, form.sent({"to_step": str(logins()["tuphap2"])}), follow=True).text
        assert "Đã bàn giao 1 hồ sơ." in done
        assert "01/2026/BBBG" in done
        assert "Không có việc nào phải bàn giao" in chair.get(path).text
    assert plain(code)["holder_account"] == logins()["tuphap2"]
    assert Appointment.objects.filter(account_id=who, valid_to=None).exists()


@pytest.mark.parametrize("others", [["tuphap1"], []])
def test_what_is_said_to_the_locked_is_read_by_who_does_that_work_or_leads(others):
    nothing_is_news()
    code = opened(AT)
    act("phochutich", AT, assignment.assign, code=code, to=str(logins()["tuphap2"]), reason="Đúng việc.")
    for login in ("tuphap1", "tuphap2"):
        if login not in others:
            lock(login)
    follow(AT + HOUR)
    told = {login for login in ("tuphap1", "chutich", "phochutich") if words_of(logins()[login])[0]}
    assert told == set(others or ["chutich"]), "who gave it knows"
    (line,), _ = words_of(logins()[(others or ["chutich"])[0]])
    assert line.instead_of == logins()["tuphap2"]


def left_by(leaver, code, *, at):
    who = actor("kythuat", at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        return leaving.hand_on(code=code, leaving=leaver, to=None, actor=who, at=at)


@pytest.mark.parametrize("way", ["locked", "leaves"])
def test_what_nobody_is_left_to_do_goes_to_a_lead_and_is_seen(way):
    code, at = brought_to("in_process")
    act("tuphap1", at, interests.declare, code=code, kind="family", reason="Chủ hồ sơ là em họ của tôi.")
    assert leaving.stranded(COMMUNE, at=at) == []
    if way == "locked":
        lock("tuphap2", at=at)
        assert handed_on(code, "tuphap2", None, at=at)
    else:
        leaver = gone("tuphap2")
        assert left_by(leaver, code, at=at)
        with pytest.raises(NotAllowedNow, match="không còn ai làm được"):
            end("kythuat", leaver)
        lock("tuphap2", at=at)
        end("kythuat", gone("tuphap1"))
    row = plain(code)
    assert (row["queue"], row["holder_account"]) == (f"{COMMUNE}/leaders", None)
    (waits,) = leaving.stranded(COMMUNE, at=at)
    assert (waits.count, waits.code) == (1, code)


def test_who_may_not_do_a_step_having_done_another_keeps_no_seat_from_being_left_empty():
    ruled(
        {"examine": {"assignment": "rotation"}, "verify": {"apart_from": ["examine"]}},
        before={"code": "verify", "kind": "verify"},
    )
    code = opened(AT)
    first = plain(code)["holder_account"]
    did, other = sorted(("tuphap1", "tuphap2"), key=lambda login: logins()[login] != first)
    act(did, AT, progress.start, code=code)
    act(did, AT + HOUR, progress.step, code=code, outcome="granted")
    assert leaving.stranded(COMMUNE, at=AT + HOUR) == []
    leaver = gone(other)
    assert left_by(leaver, code, at=AT + HOUR)
    with pytest.raises(NotAllowedNow, match="không còn ai làm được"):
        end("kythuat", leaver)
    lock(other, at=AT + HOUR)
    (waits,) = leaving.stranded(COMMUNE, at=AT + HOUR)
    assert (waits.kinds, waits.without, waits.code) == (("justice_officer",), {logins()[did]}, code)


def test_a_mandate_for_something_else_hides_no_work():
    code = opened(AT)
    act("tuphap1", AT, progress.start, code=code)
    seat = Appointment.objects.get(account_id=logins()["tuphap1"], acting_for=None)
    Appointment.objects.filter(id=seat.id).update(valid_to=AT + HOUR)
    give(to="tuphap1", of="tuphap2", at=AT, since=AT, until=AT + 90 * HOUR, procedures=("9.999999",))
    (one,) = adrift(COMMUNE, at=AT + HOUR)
    assert (one.account, one.count) == (logins()["tuphap1"], 1)
    assert len(leaving.hanging(leaving.gone(one.account, agency=COMMUNE, at=AT + HOUR))) == 1
