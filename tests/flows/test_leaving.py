"""Somebody leaves a seat: nothing stays in their name, and no dossier is without a holder."""

import pytest
from django.db import connection

from motcua.agencies.models import Appointment
from motcua.dossiers import projector
from motcua.flows import leaving, progress
from motcua.flows.reception import receive
from motcua.kernel.errors import Denied, NotAllowedNow
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import history
from tests.support.acts import act, moment
from tests.support.html import Page
from tests.support.lives import plain
from tests.support.pages import plain_static, visitor
from tests.support.world import COMMUNE, actor, intake, logins, viewer

pytestmark = pytest.mark.django_db
AT = moment(24, 9)
LATER = moment(24, 15)
SEAT = {"agency": COMMUNE, "kind": "justice_officer", "keeps": frozenset()}


def do(login, flow, **arguments):
    who = actor(login, at=LATER)
    with unit_of_work(actor=who, at=LATER, request=Request.fresh(), origin="simulated"):
        return flow(actor=who, at=LATER, **arguments)


def held(count):
    codes = [act("tiepnhan1", moment(24, 9, n), receive, intake=intake()).row["code"] for n in range(count)]
    for n, code in enumerate(codes):
        act("tuphap1", moment(24, 10, n), progress.start, code=code)
    return codes


def ended():
    found = Appointment.objects.get(account_id=logins()["tuphap1"], acting_for=None)
    return {"appointment": found.id, "account": logins()["tuphap1"], **SEAT}


def test_a_seat_is_not_left_while_work_hangs_on_it():
    codes = held(3)
    with pytest.raises(NotAllowedNow, match="còn giữ 3 hồ sơ"):
        do("kythuat", leaving.end_appointment, **ended())
    assert viewer("tuphap1", at=LATER).capacities
    leaver, to = logins()["tuphap1"], logins()["tuphap2"]
    assert do("kythuat", leaving.hand_on, code=codes[0], leaver=leaver, to=to)
    assert do("chutich", leaving.hand_on, code=codes[1], leaver=leaver, to=None)
    assert do("kythuat", leaving.hand_on, code=codes[2], leaver=leaver, to=logins()["vanthu"])
    assert not do("kythuat", leaving.hand_on, code=codes[0], leaver=leaver, to=to)
    assert [plain(code)["holder_account"] for code in codes] == [to, None, None]
    assert {plain(code)["queue"] for code in codes} == {f"{COMMUNE}/justice_officer"}
    for code in codes:
        row = plain(code)
        assert projector.replay(history(row["id"]))["dossiers_dossier"] == [row]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM dossiers_holding WHERE dossier = %s AND until IS NULL", [row["id"]]
            )
            assert cursor.fetchone() == (1,)
    assert do("kythuat", leaving.end_appointment, **ended()) == leaver
    assert not viewer("tuphap1", at=LATER).capacities


@pytest.mark.parametrize("login", ["tuphap2", "quantritinh", "chutich.mauhai"])
def test_only_who_leads_or_administers_hands_on(login):
    code = held(1)[0]
    before = plain(code)
    with pytest.raises(Denied):
        do(login, leaving.hand_on, code=code, leaver=logins()["tuphap1"], to=None)
    assert plain(code) == before


def test_what_a_seat_that_one_keeps_may_do_does_not_hang_on_the_other():
    held(1)
    told = {**SEAT, "account": logins()["tuphap1"]}
    assert len(leaving.hanging(**told)) == 1
    assert leaving.hanging(**{**told, "kind": "clerk"}) == []
    assert leaving.hanging(**{**told, "keeps": frozenset({"justice_officer"})}) == []


def test_on_its_page_the_choice_is_made_and_all_is_handed_on():
    codes = held(2)
    held_by = Appointment.objects.get(account_id=logins()["tuphap1"], acting_for=None)
    path = f"/seats/appointments/{held_by.id}/end"
    with plain_static():
        page = visitor("kythuat", at=now())
        form = Page(page.get(path).text).form("to")
        assert codes[0] in page.get(path).text
        assert page.post(path, form.sent({"to": ""})).status_code == 422
        told = page.post(path, form.sent({"to": str(logins()["tuphap2"])}), follow=True).text
    assert "Đã bàn giao 2 hồ sơ." in told
    assert {plain(code)["holder_account"] for code in codes} == {logins()["tuphap2"]}
    assert not viewer("tuphap1", at=now()).capacities
