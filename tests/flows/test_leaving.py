"""Somebody leaves a seat: nothing stays in their name, no dossier is without a holder, and a record is kept of it."""

from uuid import UUID

import pytest
from django.db import connection

from motcua.agencies.handovers import records
from motcua.agencies.models import Appointment, Handover
from motcua.agencies.operations import appoint_person
from motcua.dossiers import projector
from motcua.flows import consultations, leaving, mends, progress
from motcua.flows.interests import declare
from motcua.flows.leaving import Leaving
from motcua.flows.reception import receive
from motcua.kernel.errors import Denied, NotAllowedNow
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import history
from tests.support.acts import act, moment
from tests.support.html import Page
from tests.support.lives import brought_to, doings, plain
from tests.support.pages import plain_static, visitor
from tests.support.world import COMMUNE, OTHER_COMMUNE, actor, intake, logins, viewer

pytestmark = pytest.mark.django_db
AT = moment(24, 9)
LATER = moment(24, 15)


def do(login, flow, **arguments):
    who = actor(login, at=LATER)
    with unit_of_work(actor=who, at=LATER, request=Request.fresh(), origin="simulated"):
        return flow(actor=who, at=LATER, **arguments)


def held(count):
    codes = [act("tiepnhan1", moment(24, 9, n), receive, intake=intake()).row["code"] for n in range(count)]
    for n, code in enumerate(codes):
        act("tuphap1", moment(24, 10, n), progress.start, code=code)
    return codes


def gone(login="tuphap1", kind="justice_officer", agency=COMMUNE, keeps=frozenset()):
    """Who leaves which seat."""
    account = logins()[login]
    seat = Appointment.objects.get(account_id=account, position__position_kind=kind, acting_for=None)
    return Leaving(agency=agency, appointment=seat.id, account=account, kind=kind, keeps=keeps)


def hand_on(login, code, to, leaving_=None):
    return do(login, leaving.hand_on, code=code, leaving=leaving_ or gone(), to=to and logins()[to])


def end(login="kythuat", leaving_=None):
    return do(login, leaving.end_appointment, leaving=leaving_ or gone())


def replays(code):
    row = plain(code)
    assert projector.replay(history(row["id"]))["dossiers_dossier"] == [row]


def lines():
    """(what, code, who got it) of the last record."""
    (record,) = records(viewer=viewer("kythuat", at=LATER))[0][:1]
    return record.number, [(piece.what, piece.code, piece.to) for piece in record.pieces]


def test_a_seat_is_not_left_while_work_hangs_on_it():
    codes = held(3)
    with pytest.raises(NotAllowedNow, match="còn giữ 3 hồ sơ"):
        end()
    assert viewer("tuphap1", at=LATER).capacities
    assert not Handover.objects.exists()
    to = logins()["tuphap2"]
    assert hand_on("kythuat", codes[0], "tuphap2")
    assert hand_on("chutich", codes[1], None)
    assert hand_on("kythuat", codes[2], "vanthu")
    assert not hand_on("kythuat", codes[0], "tuphap2")
    assert [plain(code)["holder_account"] for code in codes] == [to, None, None]
    assert {plain(code)["queue"] for code in codes} == {f"{COMMUNE}/justice_officer"}
    for code in codes:
        replays(code)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM dossiers_holding WHERE dossier = %s AND until IS NULL",
                [plain(code)["id"]],
            )
            assert cursor.fetchone() == (1,)
    assert end() == logins()["tuphap1"]
    assert not viewer("tuphap1", at=LATER).capacities
    name = viewer("tuphap2", at=LATER).name
    taken = [("step", codes[0], name), ("step", codes[1], ""), ("step", codes[2], "")]
    assert lines() == ("01/2026/BBBG", taken)


def test_what_comes_back_after_a_wait_comes_back_to_the_successor():
    code, at = brought_to("supplement_requested")
    assert [one.what for one in leaving.hanging(gone())] == ["comes_back"]
    with pytest.raises(NotAllowedNow):
        end()
    hand_on("kythuat", code, "tuphap2")
    assert plain(code)["holder_kind"] == "applicant"
    end()
    act("tiepnhan1", moment(24, 16), progress.supply, code=code, items=["1"])
    assert (plain(code)["holder_account"], plain(code)["state"]) == (logins()["tuphap2"], "in_process")
    replays(code)


def test_who_takes_no_part_hands_it_on_to_nobody_of_their_choice():
    (code,) = held(1)
    act("chutich", moment(24, 11), declare, code=code, kind="family", reason="Em họ.")
    assert hand_on("chutich", code, "tuphap2") == [None]
    assert plain(code)["holder_account"] is None
    replays(code)


def test_an_opinion_that_somebody_was_to_give_goes_to_who_comes_after_them():
    code, at = brought_to("consulting")
    (one,) = plain(code)["consultations"]
    to = str(logins()["tuphap1.mauhai"])
    act("chutich.mauhai", at, consultations.hand_on, code=code, consultation=UUID(one["id"]), to=to)
    who = gone("tuphap1.mauhai", agency=OTHER_COMMUNE)
    assert [one.what for one in leaving.hanging(who)] == ["opinion"]
    with pytest.raises(Denied):
        hand_on("kythuat", code, None, who)
    hand_on("chutich.mauhai", code, None, who)
    (one,) = plain(code)["consultations"]
    assert (one["account"], one["awaited"]) == (None, True)
    replays(code)


def test_what_others_answer_without_them_is_listed_and_stands():
    code, at = brought_to("decided")
    told = {"to": "examine", "fault": "office", "reason": "Sai ngày sinh."}
    seq = act("tuphap1", at, mends.reopen_for_correction, code=code, **told).meta.seq
    assert [one.what for one in leaving.hanging(gone())] == ["proposal"]
    end()
    assert lines()[1] == [("proposal", code, "")]
    assert plain(code)["pending"]["by"] == str(logins()["tuphap1"])
    act("chutich", moment(24, 16), mends.confirm, code=code, seq=seq)
    assert plain(code)["state"] == "in_process"


def test_a_cashier_s_record_says_that_the_day_s_book_is_open():
    code, at = brought_to("payment_requested")
    paid = doings(at)["pay"]
    act(paid.login, at, paid.flow, code=code, **paid.arguments)
    end(leaving_=gone("thuquy", "cashier"))
    assert [what for what, *_ in lines()[1]] == ["cash"]


def test_a_seat_that_running_steps_wait_for_is_not_emptied():
    held(1)
    end("kythuat", gone("tuphap2"))
    hand_on("kythuat", plain_code(), None)
    with pytest.raises(NotAllowedNow, match="1 hồ sơ đang chờ vị trí"):
        end()
    assert viewer("tuphap1", at=LATER).capacities


def plain_code():
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM dossiers_dossier")
        return cursor.fetchone()[0]


@pytest.mark.parametrize("login", ["tuphap2", "quantritinh", "chutich.mauhai"])
def test_only_who_leads_or_administers_hands_on(login):
    code = held(1)[0]
    before = plain(code)
    with pytest.raises(Denied):
        hand_on(login, code, None)
    assert plain(code) == before
    assert not Handover.objects.exists()


def test_what_a_seat_that_one_keeps_may_do_does_not_hang_on_the_other():
    held(1)
    assert len(leaving.hanging(gone())) == 1
    assert leaving.hanging(gone(keeps=frozenset({"justice_officer"}))) == []
    assert not leaving.hanging(gone("vanthu", "clerk"))


def test_on_its_page_each_dossier_may_go_to_another_and_the_record_is_printed():
    codes = held(3)
    path = f"/seats/appointments/{gone().appointment}/end"
    two, clerk = str(logins()["tuphap2"]), str(logins()["vanthu"])
    with plain_static():
        page = visitor("kythuat", at=now())
        form = Page(page.get(path).text).form("to_step")
        assert codes[0] in page.get(path).text
        assert page.post(path, form.sent({"to_step": ""})).status_code == 422
        assert page.post(path, form.sent({"to_step": two, "one_1": clerk})).status_code == 422, (
            "not their work"
        )
        chosen = {"to_step": two, "one_1": "shared", "one_2": "shared"}
        told = page.post(path, form.sent(chosen), follow=True).text
        paper = told.partition('href="/handovers/')[2].partition('"')[0]
        printed = page.get(f"/handovers/{paper}")
        assert visitor("tuphap2", at=now()).get(f"/handovers/{paper}").status_code == 403
        assert visitor("chutich.mauhai", at=now()).get(f"/handovers/{paper}").status_code == 404
    assert "Đã bàn giao 3 hồ sơ." in told
    assert printed.content.startswith(b"%PDF")
    assert [plain(code)["holder_account"] for code in codes] == [UUID(two), None, None]
    assert not viewer("tuphap1", at=now()).capacities


def test_whoever_administers_reads_what_waits_for_a_seat_that_ran_out():
    code = held(1)[0]
    act("tuphap1", moment(24, 11), progress.step, code=code, outcome="granted")
    act("chutich", moment(24, 12), progress.step, code=code, outcome="granted")
    assert leaving.stranded(COMMUNE, at=LATER) == []
    with plain_static():
        assert "Cần giao vị trí" not in visitor("kythuat", at=now()).get("/seats").text
    clerk = Appointment.objects.get(id=gone("vanthu", "clerk").appointment)
    Appointment.objects.filter(id=clerk.id).update(valid_to=LATER)
    with plain_static():
        page = visitor("kythuat", at=now()).get("/seats").text
    assert code in page
    assert "chưa có người giữ vị trí Văn thư" in page
    do("kythuat", appoint_person, agency=COMMUNE, account=logins()["kinhte"], position=clerk.position_id,
       valid_from=LATER, valid_to=None)  # fmt: skip
    assert leaving.stranded(COMMUNE, at=LATER) == []
