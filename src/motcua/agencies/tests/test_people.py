"""An agency's people: added, appointed, stood in for, locked, reset; by whom, and what is written of it."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from tests.support.together import all_at_once
from tests.support.world import BEGINNING, COMMUNE, OTHER_COMMUNE, PASSWORD, actor, logins, viewer

from motcua.accounts.models import Account, Session
from motcua.accounts.operations import enrol_totp, offer_totp, sign_in
from motcua.accounts.totp import code_of, step_at
from motcua.agencies import operations
from motcua.agencies.mandates import NewMandate
from motcua.agencies.models import Appointment, Person, Position
from motcua.agencies.people import agency_seats, people, person
from motcua.agencies.policy import APART, NOT_ON_ONESELF, StaffAct, apart, on_oneself
from motcua.agencies.positions import POSITION_KINDS
from motcua.agencies.selectors import idle_minutes, viewer_of
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone

pytestmark = pytest.mark.django_db
AT = BEGINNING + timedelta(days=30)
PAPER = NewMandate(number="1/QĐ")
DAY = timedelta(days=1)


def do(operation, *, by="kythuat", at=AT, agency=COMMUNE, request=None, **told):
    who = actor(by, at=at) if isinstance(by, str) else by
    with unit_of_work(actor=who, at=at, request=request or Request.fresh(), origin="simulated"):
        return operation(agency=agency, actor=who, at=at, **told)


def seat(code, agency=COMMUNE):
    return Position.objects.get(unit__agency_id=agency, code=code)


def held(login, at=AT):
    return {c.kind for c in viewer_of(logins()[login], at=at).capacities}


def appointment(login):
    return Appointment.objects.get(account_id=logins()[login]).id


def events(agency=COMMUNE):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.envelope FROM ledger_event e JOIN agencies_agency a ON a.stream = e.stream"
            " WHERE a.code = %s ORDER BY e.seq",
            [agency],
        )
        return [json.loads(envelope) for (envelope,) in cursor.fetchall()]


def denied_leaves_nothing(error, operation, **told):
    before = events(), Appointment.objects.count(), list(Account.objects.order_by("id").values())
    with pytest.raises(error):
        do(operation, **told)
    assert (events(), Appointment.objects.count(), list(Account.objects.order_by("id").values())) == before


def second_administrator():
    """Another technical administrator of the commune, made as they are made."""
    account = do(operations.add_person, login="kythuat2", name="Kỹ Thuật Hai", password=PASSWORD)
    do(
        operations.appoint_person,
        account=account,
        position=seat("technical").id,
        valid_from=AT,
        valid_to=None,
    )
    return account


def acting(account, at=AT):
    seen = viewer_of(account, at=at)
    return seen.actor(seen.capacities[0])


def test_everybody_of_the_trial_belongs_to_their_agency():
    assert Person.objects.count() == Account.objects.count()
    assert {p.agency_id for p in Person.objects.filter(account__login="chutich.mauhai")} == {OTHER_COMMUNE}


def test_a_person_is_added_and_changes_the_password_first():
    account = do(operations.add_person, login="Mới", name="Người  Mới", password=PASSWORD)
    row = Account.objects.get(id=account)
    assert (row.login, row.name, row.must_change_password) == ("moi", "Người Mới", True)
    assert sign_in(login="moi", password=PASSWORD, address="", at=AT).account == account
    last = events()[-1]
    assert (last["type"], last["data"], last["actor"]["position_kind"]) == (
        "person_added", {"account": str(account)}, "technical_administrator",
    )  # fmt: skip
    assert "Mới" not in json.dumps(last, ensure_ascii=False)


def test_a_seat_opens_what_it_opens_from_its_day_to_its_end():
    tuphap2 = logins()["tuphap2"]
    told = {
        "account": tuphap2,
        "position": seat("clerk").id,
        "valid_from": AT + DAY,
        "valid_to": AT + 3 * DAY,
    }
    made = do(operations.appoint_person, **told)
    assert [held("tuphap2", AT + n * DAY) for n in range(4)] == [
        {"justice_officer"},
        {"justice_officer", "clerk"},
        {"justice_officer", "clerk"},
        {"justice_officer"},
    ]
    assert events()[-1]["type"] == "person_appointed"
    assert events()[-1]["data"]["appointment"] == str(made)


def test_a_back_up_acts_for_the_other_and_the_ledger_says_so():
    lines = {
        "account": logins()["phochutich"],
        "appointment": appointment("chutich"),
        "mandate": NewMandate(number="12/QĐ-UBND"),
        "valid_from": AT,
        "valid_to": AT + 2 * DAY,
    }
    do(operations.appoint_stand_in, **lines)
    seen = viewer_of(logins()["phochutich"], at=AT)
    own, other = seen.capacities
    assert (own.kind, own.acting_for, own.mandate) == ("vice_chair", None, None)
    assert (other.kind, other.acting_for, other.mandate) == ("chair", str(logins()["chutich"]), "12/QĐ-UBND")
    as_other = seen.actor(other)
    assert (as_other.acting_for, as_other.mandate) == (str(logins()["chutich"]), "12/QĐ-UBND")
    assert held("phochutich", AT + 2 * DAY) == {"vice_chair"}
    assert events()[-1]["type"] == "stand_in_appointed"
    assert events()[-1]["data"]["mandate"] == "12/QĐ-UBND"


def test_what_a_back_up_does_carries_for_and_mandate_in_its_envelope():
    account = do(operations.add_person, login="thay", name="Người Thay", password=PASSWORD)
    do(
        operations.appoint_stand_in,
        account=account,
        appointment=appointment("kythuat"),
        mandate=NewMandate(number="7/QĐ"),
        valid_from=AT,
        valid_to=AT + DAY,
    )
    do(operations.lock_account, by=acting(account), account=logins()["tuphap2"])
    who = events()[-1]["actor"]
    assert (who["id"], who["for"], who["mandate"]) == (str(account), str(logins()["kythuat"]), "7/QĐ")


@pytest.mark.parametrize("mandate", ["", "QĐ", "theo lời ông Thắng", "12 QĐ của ông Thắng", "x" * 50])
def test_a_mandate_is_a_document_s_number(mandate):
    denied_leaves_nothing(
        Invalid,
        operations.appoint_stand_in,
        account=logins()["phochutich"],
        appointment=appointment("chutich"),
        mandate=NewMandate(number=mandate),
        valid_from=AT,
        valid_to=AT + DAY,
    )


def test_ending_a_seat_ends_its_back_ups_and_one_that_has_not_begun_never_does():
    told = {
        "appointment": appointment("chutich"),
        "mandate": NewMandate(number="12/QĐ"),
        "valid_from": AT,
        "valid_to": AT + 9 * DAY,
    }
    do(operations.appoint_stand_in, account=logins()["phochutich"], **told)
    later = {"account": logins()["tuphap2"], "position": seat("clerk").id}
    coming = do(operations.appoint_person, valid_from=AT + DAY, valid_to=None, **later)
    do(operations.end_appointment, appointment=appointment("chutich"), at=AT + DAY / 2)
    assert held("chutich", AT + DAY) == set()
    assert held("phochutich", AT + DAY) == {"vice_chair"}
    assert [e["type"] for e in events()[-2:]] == ["appointment_ended"] * 2
    do(operations.end_appointment, appointment=coming, at=AT + DAY / 2)
    assert held("tuphap2", AT + 2 * DAY) == {"justice_officer"}
    denied_leaves_nothing(NotFound, operations.end_appointment, appointment=coming)
    denied_leaves_nothing(
        NotAllowedNow, operations.end_appointment, appointment=appointment("chutich"), at=AT + 2 * DAY
    )


def test_locking_ends_the_sessions_and_unlocking_opens_the_door_again():
    sign_in(login="tuphap2", password=PASSWORD, address="", at=AT)
    do(operations.lock_account, account=logins()["tuphap2"])
    assert not Session.objects.exists()
    with pytest.raises(Denied):
        sign_in(login="tuphap2", password=PASSWORD, address="", at=AT)
    denied_leaves_nothing(NotAllowedNow, operations.lock_account, account=logins()["tuphap2"])
    do(operations.unlock_account, account=logins()["tuphap2"])
    assert not sign_in(login="tuphap2", password=PASSWORD, address="", at=AT + DAY).half
    denied_leaves_nothing(NotAllowedNow, operations.unlock_account, account=logins()["tuphap2"])
    assert [e["type"] for e in events()[-2:]] == ["account_locked", "account_unlocked"]


def test_a_reset_takes_the_factors_and_says_so():
    account = logins()["tuphap2"]
    offer = offer_totp(account=account, at=AT)
    enrol_totp(account=account, offer=offer.sealed, code=code_of(offer.seed, step_at(AT)), at=AT)
    sign_in(login="tuphap2", password=PASSWORD, address="", at=AT)
    do(operations.reset_factors, account=account)
    row = Account.objects.get(id=account)
    assert (row.second_factor_since, row.factors_reset_at) == (None, AT)
    assert not Session.objects.exists()
    assert not sign_in(login="tuphap2", password=PASSWORD, address="", at=AT).half
    assert events()[-1]["type"] == "factors_reset"


def test_a_new_password_is_to_be_changed_and_unlocks_the_door():
    for _ in range(5):
        with pytest.raises(Denied):
            sign_in(login="tuphap2", password="sai", address="", at=AT)
    do(operations.reset_password, account=logins()["tuphap2"], password="mật khẩu mới 1")
    assert not sign_in(login="tuphap2", password="mật khẩu mới 1", address="", at=AT).half
    assert Account.objects.get(login="tuphap2").must_change_password
    assert events()[-1]["type"] == "password_reset"


def all_acts(account):
    """Every act about `account`, as it would be done."""
    seat_of = Appointment.objects.get(account_id=account)
    span = {"valid_from": AT, "valid_to": AT + DAY}
    return {
        StaffAct.ADD: (operations.add_person, {"login": "moi", "name": "Mới", "password": PASSWORD}),
        StaffAct.APPOINT: (
            operations.appoint_person,
            {"account": account, "position": seat("hotline").id, **span},
        ),
        StaffAct.STAND_IN: (
            operations.appoint_stand_in,
            {"account": account, "appointment": appointment("vanthu"), "mandate": PAPER, **span},
        ),
        StaffAct.END: (operations.end_appointment, {"appointment": seat_of.id}),
        StaffAct.LOCK: (operations.lock_account, {"account": account}),
        StaffAct.UNLOCK: (operations.unlock_account, {"account": account}),
        StaffAct.RESET_FACTORS: (operations.reset_factors, {"account": account}),
        StaffAct.RESET_PASSWORD: (operations.reset_password, {"account": account, "password": PASSWORD}),
        StaffAct.SET_SCREEN_LOCK: (operations.set_screen_lock, {"minutes": 5}),
    }


@pytest.mark.parametrize("act", StaffAct)
def test_only_the_agency_s_own_administrator(act):
    operation, told = all_acts(logins()["tuphap2"])[act]
    for by in ("chutich", "truongquay", "danhmuc", "thanhtra", "quantritinh", "chutich.mauhai"):
        denied_leaves_nothing(Denied, operation, by=by, **told)


@pytest.mark.parametrize(
    "act", sorted(set(StaffAct) - {StaffAct.ADD, StaffAct.END, StaffAct.SET_SCREEN_LOCK})
)
def test_nobody_of_another_agency(act):
    operation, told = all_acts(logins()["chutich.mauhai"])[act]
    denied_leaves_nothing(NotFound, operation, **told)


@pytest.mark.parametrize("act", sorted(NOT_ON_ONESELF))
def test_nobody_does_it_for_themselves(act):
    operation, told = all_acts(logins()["kythuat"])[act]
    denied_leaves_nothing(Denied, operation, **told)
    assert on_oneself(act) is not None


def test_a_seat_of_another_agency_is_not_given():
    told = {"account": logins()["tuphap2"], "valid_from": AT, "valid_to": None}
    denied_leaves_nothing(
        NotFound, operations.appoint_person, position=seat("chair", OTHER_COMMUNE).id, **told
    )
    denied_leaves_nothing(NotFound, operations.appoint_person, position=uuid7(), **told)
    denied_leaves_nothing(NotFound, operations.end_appointment, appointment=appointment("chutich.mauhai"))


@pytest.mark.parametrize(
    ("code", "begins", "ends"),
    [
        ("justice_2", AT, None),  # held already
        ("clerk", AT - DAY, None),  # in the past
        ("clerk", AT + DAY, AT + DAY),
        ("technical", AT, None),  # the vice-chair is no technical administrator
    ],
)
def test_appointments_that_cannot_be(code, begins, ends):
    login = "phochutich" if code == "technical" else "tuphap2"
    denied_leaves_nothing(
        Invalid,
        operations.appoint_person,
        account=logins()[login],
        position=seat(code).id,
        valid_from=begins,
        valid_to=ends,
    )


def test_seats_kept_apart_are_seats_there_are():
    assert {kind for pair in APART for kind in pair} <= set(POSITION_KINDS)
    assert apart("clerk", ["reception_officer"]) is None
    assert apart("chair", ["clerk", "technical_administrator"]) is not None


def test_a_stand_in_is_for_another_person_while_they_hold_the_seat():
    told = {"mandate": PAPER, "valid_from": AT, "valid_to": AT + DAY}
    own = {"account": logins()["tuphap2"], "appointment": appointment("tuphap2")}
    denied_leaves_nothing(Invalid, operations.appoint_stand_in, **own, **told)
    first = do(
        operations.appoint_stand_in, account=logins()["tuphap2"], appointment=appointment("vanthu"), **told
    )
    denied_leaves_nothing(
        Invalid, operations.appoint_stand_in, account=logins()["tuphap1"], appointment=first, **told
    )


def test_the_same_request_twice_is_one_act():
    request = Request.of("key-1", b"same")
    do(operations.lock_account, account=logins()["tuphap2"], request=request)
    with pytest.raises(AlreadyDone):
        do(operations.lock_account, account=logins()["tuphap2"], request=request)
    assert [e["type"] for e in events()].count("account_locked") == 1


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_lock_each_other_at_once_leave_one():
    other = second_administrator()
    first = logins()["kythuat"]
    pairs = [(actor("kythuat", at=AT), other), (acting(other), first)]

    def lock(pair):
        by, whom = pair
        do(operations.lock_account, by=by, account=whom)

    answers = all_at_once(lock, pairs)
    assert sum(isinstance(answer, Denied) for answer in answers) == 1
    assert sum(answer is None for answer in answers) == 1
    assert Account.objects.filter(id__in=[first, other], is_active=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_appoint_the_same_at_once_appoint_once():
    other = second_administrator()
    told = {
        "account": logins()["tuphap2"],
        "position": seat("clerk").id,
        "valid_from": AT,
        "valid_to": None,
    }
    answers = all_at_once(
        lambda by: do(operations.appoint_person, by=by, **told), [actor("kythuat", at=AT), acting(other)]
    )
    assert sum(isinstance(answer, UUID) for answer in answers) == 1
    assert sum(isinstance(answer, Invalid) for answer in answers) == 1
    assert held("tuphap2") == {"justice_officer", "clerk"}


def test_the_lists_are_the_administrator_s_and_of_the_own_agency():
    lines = people(viewer=viewer("kythuat"), at=AT).lines
    assert {line.login for line in lines} == {
        p.account.login for p in Person.objects.select_related("account").filter(agency_id=COMMUNE)
    }
    assert [s.kind for line in lines if line.login == "tuphap2" for s in line.seats] == ["justice_officer"]
    seats = agency_seats(viewer=viewer("kythuat"), at=AT)
    assert len(seats) == Position.objects.filter(unit__agency_id=COMMUNE).count()
    assert {name for line in seats for name, _, _ in line.holders if line.kind == "chair"} == {
        "Phan Văn Thắng"
    }
    with pytest.raises(NotFound):
        person(logins()["chutich.mauhai"], viewer=viewer("kythuat"), at=AT)
    for login in ("chutich", "thanhtra"):
        for look in (people, agency_seats):
            with pytest.raises(Denied):
                look(viewer=viewer(login), at=AT)


@pytest.mark.parametrize("minutes", [-1, 0, 1, 121])
def test_a_screen_locks_after_two_minutes_to_two_hours(minutes):
    denied_leaves_nothing(Invalid, operations.set_screen_lock, minutes=minutes)
    do(operations.set_screen_lock, minutes=5)
    assert events()[-1]["data"] == {"minutes": 5}
    assert idle_minutes(COMMUNE) == 5
    assert idle_minutes(OTHER_COMMUNE) == 10


def test_people_are_paged(monkeypatch):
    monkeypatch.setattr("motcua.agencies.people.PEOPLE_A_PAGE", 7)
    seen, after = [], ""
    while True:
        page = people(viewer=viewer("kythuat"), at=AT, after=after)
        seen += [line.login for line in page.lines]
        if page.following is None:
            break
        after = page.following
    assert len(seen) == len(set(seen)) == Person.objects.filter(agency_id=COMMUNE).count()
