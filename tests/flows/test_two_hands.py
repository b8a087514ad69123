"""Who acts for another is one person with them at both ends of an act of two people, whoever does which half."""

from dataclasses import replace
from datetime import date

import pytest

from motcua.agencies.models import Agency
from motcua.agencies.operations import appoint, reset_factors
from motcua.agencies.operations.mergers import confirm_merger, propose_merger
from motcua.agencies.selectors import units
from motcua.certification import operations as books
from motcua.dossiers.travels import is_other_hand
from motcua.flows import assignment, day_books, manifests, mends, money, progress, settlements, transfers
from motcua.flows.reception import receive
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Denied, Invalid, OthersTurn
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import history
from motcua.payments import policy, projector
from motcua.payments.operations import Count, accounts
from motcua.payments.policy import TWO_PEOPLE, Deed
from motcua.payments.record import rows
from motcua.reception import projector as guided
from motcua.reception.models import GuidanceStanding
from motcua.reception.operations import guidance
from tests.flows.test_assigning import SECOND
from tests.flows.test_branches import LAND, MAP, branched, stepped
from tests.flows.test_mandates import acts_as, give
from tests.support.acts import act, moment
from tests.support.certification import book_of, certified, copies
from tests.support.lives import MINUTE, RESULT, everything, plain
from tests.support.money_days import closed, do, taken
from tests.support.opinions import replayed
from tests.support.ruled import ruled
from tests.support.situations import third_return
from tests.support.streams import count
from tests.support.tables import approve, row, run, seal, table
from tests.support.world import COMMUNE, OTHER_COMMUNE, actor, intake, logins, viewer

pytestmark = pytest.mark.django_db
AT, NOON, EVENING = moment(24, 9), moment(24, 12), moment(24, 16)


def denied(*tries):
    """None of (how, login, flow, arguments) is done: nothing is written."""
    before = count("ledger_event")
    for how, login, flow, arguments in tries:
        with pytest.raises(Denied, match="người thứ hai"):
            how(login, EVENING, flow, **arguments)
    assert count("ledger_event") == before


def done(login, at, flow, **arguments):
    return do(login, flow, at, **arguments)


def test_every_first_half_of_money_is_kept_with_for_whom_it_was_done():
    me, absent = str(logins()["thuquy"]), str(logins()["truongquay"])
    for deed, name in policy._FIRST.items():
        row = {f"{name}_by": me, f"{name}_for": absent}
        for login in ("thuquy", "truongquay"):
            with pytest.raises(Denied):
                policy.check_second(actor(login, at=AT), deed, row)
        policy.check_second(actor("chutich", at=AT), deed, row)
    assert set(policy._FIRST) == set(TWO_PEOPLE)


def test_a_settlement_closed_for_another_is_confirmed_by_neither_nor_for_either():
    taken(act("tiepnhan1", AT, receive, intake=intake(competent=OTHER_COMMUNE)).row["code"], at=AT)
    closed({10_000: 1}, at=NOON)
    give(to="truongquay", of="thuquy", at=AT, since=AT, until=moment(25, 9))
    row = acts_as("truongquay", NOON, settlements.close, payee=OTHER_COMMUNE).row
    assert (row["closed_by"], row["closed_for"]) == (str(logins()["truongquay"]), str(logins()["thuquy"]))
    told = {"settlement": row["id"]}
    denied(
        (acts_as, "truongquay", settlements.confirm, told),
        (done, "truongquay", settlements.confirm, told),
        (done, "thuquy", settlements.confirm, told),
    )
    assert not policy.may_second(viewer("thuquy", at=AT), Deed.CONFIRM_SETTLEMENT, COMMUNE, row)
    do("chutich", settlements.confirm, EVENING, **told)
    slip = {"slip": "UNC 77", "on": date(2026, 8, 24)}
    sent = acts_as("truongquay", EVENING, settlements.send, **told, **slip).row
    assert sent["sent_for"] == str(logins()["thuquy"])
    (rebuilt,) = projector.replay(history(row["id"]))["payments_settlement"]
    assert (rebuilt["closed_for"], rebuilt["sent_for"]) == (row["closed_for"], sent["sent_for"])


def test_a_day_closed_and_a_reopening_asked_for_another_wait_for_a_third_person():
    code = act("tiepnhan1", AT, receive, intake=intake()).row["code"]
    do("thuquy", money.void, NOON, receipt=taken(code, at=AT)["id"], reason="Ghi nhầm.")
    give(to="truongquay", of="thuquy", at=AT, since=AT, until=moment(25, 9))
    (book,) = (row["id"] for row in rows("SELECT id FROM payments_book", []))
    row = acts_as("truongquay", NOON, day_books.close_book, book=book, count=Count(notes={})).row
    assert (row["seconded"], row["closed_for"]) == (True, str(logins()["thuquy"]))
    denied((done, "thuquy", day_books.confirm_closing, {"book": book}))
    do("chutich", day_books.confirm_closing, EVENING, book=book)
    acts_as("truongquay", EVENING, day_books.ask_reopening, book=book, reason="Đếm nhầm.")
    denied((done, "thuquy", day_books.reopen_book, {"book": book}))
    do("chutich", day_books.reopen_book, EVENING, book=book)


def test_of_a_manifest_neither_end_stands_for_anybody_of_the_other():
    give(to="tuphap1", of="tiepnhan1", at=AT, since=AT, until=moment(25, 9))
    give(to="tiepnhan1", of="tuphap2", at=AT, since=AT, until=moment(25, 9), number="13/QĐ-UBND")
    code = str(act("tiepnhan1", AT, receive, intake=intake()).row["code"])
    justice = next(one.id for one in units(COMMUNE) if one.code == "office")
    there = manifests.Destination(agency=COMMUNE, unit=justice)
    (number, *_row) = acts_as("tuphap1", NOON, manifests.give, lines=[("papers", code)], to=there)
    (travel,) = plain(code)["travels"]
    me, absent = str(logins()["tuphap1"]), str(logins()["tiepnhan1"])
    assert (travel["sent_by"], travel["sent_for"]) == (me, absent)
    before = everything(code)
    with pytest.raises(Denied, match="hai người"):
        acts_as(
            "tiepnhan1", NOON, manifests.sign, manifest=number, lines={("papers", code): ("received", "")}
        )
    assert everything(code) == before
    assert is_other_hand(actor("tuphap2", at=AT), travel, "sent")
    act("tuphap2", NOON, manifests.sign, manifest=number, lines={("papers", code): ("received", "")})


def flow_as(who, flow, code):
    with unit_of_work(actor=who, at=EVENING, request=Request.fresh(), origin="simulated"):
        flow(code=code, actor=who, at=EVENING)


def test_who_proposed_approves_at_no_row_whatever_seats_it_has_and_takes_none_over():
    mixed = row("check", "approve", positions=["justice_officer", "vice_chair"])
    run(table(row("examine"), mixed, approve(), seal()))
    code = act("tiepnhan1", AT, receive, intake=intake()).row["code"]
    act("tuphap1", AT, progress.start, code=code)
    act("tuphap1", NOON, progress.step, code=code, outcome="granted")
    before = everything(code)
    for flow, told in ((progress.step, {"outcome": "granted"}), (assignment.claim, {"reason": "Gấp."})):
        with pytest.raises(OthersTurn, match="không được tự duyệt"):
            act("tuphap1", EVENING, flow, code=code, **told)
    with pytest.raises(Invalid, match="đã trình kết quả"):
        act("chutich", EVENING, assignment.assign, code=code, to=str(logins()["tuphap1"]), reason="Gấp.")
    assert everything(code) == before
    act("tuphap2", EVENING, progress.step, code=code, outcome="granted")


@pytest.mark.parametrize("rule", ["load", "rotation"])
def test_no_rule_gives_an_approval_to_who_proposed(rule):
    mixed = row("check", "approve", positions=["justice_officer", "vice_chair"], assignment=rule)
    run(table(row("examine"), mixed, approve(), seal()))
    for _ in range(4):
        code = act("tiepnhan1", AT, receive, intake=intake()).row["code"]
        act("tuphap1", AT, progress.start, code=code)
        stepped("tuphap1", 11, code, day=24)
        assert plain(code)["holder_account"] not in (None, logins()["tuphap1"])


def test_who_sends_a_dossier_on_does_not_take_it_over():
    with unit_of_work(actor=SYSTEM, at=AT, request=Request.fresh(), origin="simulated"):
        account = logins()["tiepnhan1"]
        appoint(account=account, agency=OTHER_COMMUNE, seat="reception_1", valid_from=AT, actor=SYSTEM, at=AT)
    code = str(act("tiepnhan1", AT, receive, intake=intake(competent=OTHER_COMMUNE)).row["code"])
    act("tiepnhan1", NOON, transfers.transfer, code=code, to=OTHER_COMMUNE, way="manifest", manifest="BG-1")
    who = viewer("tiepnhan1", at=EVENING)
    there = who.actor(next(c for c in who.capacities if c.agency == OTHER_COMMUNE))
    before = everything(code)
    for flow in (transfers.note_arrival, transfers.accept):
        with pytest.raises(Denied, match="không được tự nhận"):
            flow_as(there, flow, code)
    assert everything(code) == before
    act("tiepnhan1.mauhai", EVENING, transfers.note_arrival, code=code)
    act("tiepnhan1.mauhai", EVENING, transfers.accept, code=code)


def test_what_is_kept_apart_from_a_step_is_so_from_whom_it_was_done_for():
    ruled({"verify": {"apart_from": ["examine"]}}, before=SECOND)
    give(to="kinhte", of="tuphap1", at=AT, since=AT, until=moment(25, 9))
    code = str(act("tiepnhan1", moment(24, 8), receive, intake=intake()).row["code"])
    acts_as("kinhte", AT, progress.start, code=code)
    acts_as("kinhte", AT + MINUTE, progress.step, code=code, outcome="granted")
    before = everything(code)
    with pytest.raises(Denied, match="bước trước"):
        act("tuphap1", NOON, progress.step, code=code, outcome="granted")
    assert everything(code) == before


def test_a_day_of_a_certification_book_is_opened_again_by_another_than_who_closed_it():
    certified(copies(), AT)
    give(to="truongquay", of="tiepnhan1", at=AT, since=AT, until=moment(25, 9))
    acts_as("truongquay", EVENING, books.close_day, book=book_of(), day=date(2026, 8, 24))
    with pytest.raises(Denied, match="người thứ hai"):
        act("truongquay", EVENING, books.reopen_day, book=book_of(), reason="Nhầm.")


def test_a_third_return_and_a_merger_are_answered_by_who_stands_for_nobody_who_proposed_them():
    number = third_return(AT)
    GuidanceStanding.objects.filter(number=number).update(told_for=str(logins()["truongquay"]))
    with pytest.raises(Denied, match="người thứ hai"):
        act("truongquay", NOON, guidance.answer, number=number, approved=True, word="Đúng.")
    written = history(Agency.objects.get(code=COMMUNE).stream)
    (envelope,) = (x for x in written if x.type == "return_proposed")
    other = replace(envelope, actor={**envelope.actor, "for": "b"})
    (row,) = guided.replay([other])[guided.TABLE]
    assert row["told_for"] == "b"
    for_inspector = replace(actor("quantritinh", at=AT), acting_for=str(logins()["thanhtra"]))
    told = {"predecessor": COMMUNE, "successor": OTHER_COMMUNE, "takes_effect": date(2026, 8, 25)}
    with unit_of_work(actor=for_inspector, at=NOON, request=Request.fresh(), origin="simulated"):
        merger = propose_merger(basis="1656/NQ-UBTVQH15", actor=for_inspector, at=NOON, **told)
    with pytest.raises(Denied, match="người thứ hai"):
        act("thanhtra", NOON, confirm_merger, merger=merger)


def test_nobody_who_closed_confirmed_or_ever_sent_a_settlement_says_that_it_came():
    taken(act("tiepnhan1", AT, receive, intake=intake(competent=OTHER_COMMUNE)).row["code"], at=AT)
    closed({10_000: 1}, at=NOON)
    told = {"settlement": do("thuquy", settlements.close, NOON, payee=OTHER_COMMUNE)["id"]}
    do("truongquay", settlements.confirm, NOON, **told)
    slip = {"slip": "UNC 77", "on": NOON.date()}
    deputised = replace(actor("thuquy", at=AT), acting_for=str(logins()["vanhoa"]))
    for each in (
        actor("thuquy", at=AT),
        deputised,
        replace(deputised, id=str(logins()["vanhoa"]), acting_for=None),
    ):
        with unit_of_work(actor=each, at=EVENING, request=Request.fresh(), origin="simulated"):
            settlements.send(actor=each, at=EVENING, **told, **slip)
    there = actor("chutich.mauhai", at=EVENING)
    before = count("ledger_event")
    for login in ("thuquy", "truongquay", "vanhoa"):
        also = replace(there, id=str(logins()[login]))
        for each in (also, replace(there, acting_for=also.id)):
            opened = unit_of_work(actor=each, at=EVENING, request=Request.fresh(), origin="simulated")
            with pytest.raises(Denied, match="người thứ hai"), opened:
                settlements.receive(actor=each, at=EVENING, **told, amount=10_000)
    assert count("ledger_event") == before
    do("chutich.mauhai", settlements.receive, EVENING, **told, amount=10_000)


def test_an_administrator_does_nothing_for_whom_they_stand_in_that_that_one_may_not_do_for_themselves():
    for_other = replace(actor("kythuat", at=AT), acting_for=str(logins()["tuphap1"]))
    opened = unit_of_work(actor=for_other, at=AT, request=Request.fresh(), origin="simulated")
    with pytest.raises(Denied, match="chính mình"), opened:
        reset_factors(agency=COMMUNE, account=logins()["tuphap1"], actor=for_other, at=AT)


def test_an_account_proposed_for_a_leader_is_not_set_by_that_leader():
    give(to="phochutich", of="chutich", at=AT, since=AT, until=moment(25, 9), kind="kt")

    def propose(**more):
        return accounts.propose_account(
            agency=COMMUNE, bank="970436", number="0123456789", holder="UBND", **more
        )

    account = acts_as("phochutich", NOON, propose)
    with pytest.raises(Denied, match="người thứ hai"):
        act("chutich", EVENING, accounts.set_account, agency=COMMUNE, account=account)


def test_who_drafted_for_another_does_not_approve_after_a_third_person_verified():
    ruled({}, before=SECOND)
    give(to="phochutich", of="tuphap1", at=moment(24, 8), since=moment(24, 8), until=moment(25, 9))
    code = str(act("tiepnhan1", moment(24, 8), receive, intake=intake()).row["code"])
    granted = {"code": code, "outcome": "granted"}

    acts_as("phochutich", AT, progress.start, code=code)
    acts_as("phochutich", AT, progress.step, **granted)
    act("tuphap2", AT + MINUTE, progress.step, **granted)
    before = everything(code)
    with pytest.raises(Denied, match="không được tự duyệt"):
        act("phochutich", AT + 2 * MINUTE, progress.step, **granted)
    assert everything(code) == before
    act("tuphap2", AT + 2 * MINUTE, assignment.recall, code=code)
    act("tuphap2", AT + 3 * MINUTE, progress.step, **granted)
    with pytest.raises(Denied, match="không được tự duyệt"):
        act("phochutich", AT + 4 * MINUTE, progress.step, **granted)
    replayed(code)
    act("chutich", AT + 4 * MINUTE, progress.step, **granted)
    replayed(code)


def leads(login):
    """Who works here sits in a leader's seat, too."""
    with unit_of_work(actor=SYSTEM, at=AT, request=Request.fresh(), origin="simulated"):
        told = {"account": logins()[login], "agency": COMMUNE, "seat": "vice_chair"}
        appoint(**told, valid_from=AT, actor=SYSTEM, at=AT)


def test_who_proposed_in_one_branch_does_not_approve_after_the_other_was_given_back():
    code = branched()
    leads("vanhoa")
    stepped("vanhoa/culture_society_section", 9, code)
    stepped(LAND, 10, code)
    act(MAP, moment(25, 11), progress.return_step, code=code, to="land", reason="Đo lại.")
    for hour, login in ((13, LAND), (14, MAP), (15, "tuphap1")):
        stepped(login, hour, code)
    before = everything(code)
    with pytest.raises(Denied, match="không được tự duyệt"):
        stepped("vanhoa/vice_chair", 16, code)
    assert everything(code) == before
    stepped("chutich", 16, code)
    replayed(code)


def test_who_proposed_at_a_row_before_the_one_given_back_to_does_not_approve():
    ruled({"approve": {"returns_to": ["examine", "verify"]}}, before=SECOND)
    leads("tuphap1")
    code = str(act("tiepnhan1", AT, receive, intake=intake()).row["code"])
    granted = {"code": code, "outcome": "granted"}
    act("tuphap1/justice_officer", NOON, progress.start, code=code)
    act("tuphap1/justice_officer", NOON, progress.step, **granted)
    act("tuphap2", NOON + MINUTE, progress.step, **granted)
    act("chutich", NOON + 2 * MINUTE, progress.return_step, code=code, to="verify", reason="Xem lại.")
    act("tuphap2", NOON + 3 * MINUTE, progress.step, **granted)
    before = everything(code)
    with pytest.raises(Denied, match="không được tự duyệt"):
        act("tuphap1/vice_chair", EVENING, progress.step, **granted)
    assert everything(code) == before
    # Done anew by another, it is theirs.
    act("chutich", EVENING, progress.return_step, code=code, to="examine", reason="Xem lại.")
    act("tuphap2", EVENING + MINUTE, progress.step, **granted)
    act("tuphap2", EVENING + 2 * MINUTE, progress.step, **granted)
    act("tuphap1/vice_chair", EVENING + 3 * MINUTE, progress.step, **granted)
    replayed(code)


def test_who_proposed_does_not_approve_what_is_opened_again_at_the_approval():
    leads("tuphap1")
    code = str(act("tiepnhan1", AT, receive, intake=intake()).row["code"])
    act("tuphap1/justice_officer", NOON, progress.start, code=code)
    act("tuphap1/justice_officer", NOON, progress.step, code=code, outcome="granted")
    act("chutich", NOON + MINUTE, progress.step, code=code, outcome="granted")
    act("vanthu", NOON + 2 * MINUTE, progress.decide, code=code, papers=[RESULT])
    told = {"to": "approve", "fault": "office", "reason": "Sai ngày sinh."}
    seq = act("tuphap2", NOON + 3 * MINUTE, mends.reopen_for_correction, code=code, **told).meta.seq
    act("chutich", NOON + 4 * MINUTE, mends.confirm, code=code, seq=seq)
    before = everything(code)
    with pytest.raises(Denied, match="không được tự duyệt"):
        act("tuphap1/vice_chair", EVENING, progress.step, code=code, outcome="granted")
    assert everything(code) == before
    act("chutich", EVENING, progress.step, code=code, outcome="granted")
    replayed(code)
