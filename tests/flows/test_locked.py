"""A locked account sits in no seat: nothing is given to it, what waits is seen, and unlocking gives the seat back."""

from datetime import timedelta

import pytest

from motcua.agencies import operations as people
from motcua.agencies.selectors import agencies_holding, held_kinds
from motcua.catalogue.selectors import version as procedure_version
from motcua.dossiers.consulted import RECEIVING
from motcua.flows import assignment, leaving, progress
from motcua.flows.consultations import people_asked
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.processes.selectors import staff
from motcua.workday.selectors import words_of
from tests.flows.test_absences import away
from tests.flows.test_leaving import end, gone
from tests.flows.test_mandates import acts_as, give
from tests.support.acts import act, moment
from tests.support.lives import brought_to, opened, plain
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
