"""Who is asking: one statement, the seats held now, and how far the look goes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.support.world import BEGINNING, COMMUNE, DEPARTMENT, OTHER_COMMUNE, PASSWORD, PROVINCE, logins

from motcua.accounts.models import Account
from motcua.accounts.operations import SESSION_LIFE, add_account, session_digest, sign_in
from motcua.agencies.operations import NewAgency, NewPosition, NewUnit, add_agency, appoint
from motcua.agencies.selectors import account_names, agency, held_kinds, seats, viewer, viewer_of
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import NotFound
from motcua.kernel.unit_of_work import Request, unit_of_work

pytestmark = pytest.mark.django_db
AT = BEGINNING + timedelta(days=30)
DAY = timedelta(days=1)


def signed_in(login, at=AT):
    return session_digest(sign_in(login=login, password=PASSWORD, address="", at=at).secret)


def asking(login, at=AT):
    found = viewer(session_digest=signed_in(login, at), at=at)
    assert found is not None
    return found.viewer, found.language


def system(act, at=AT, **told):
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        return act(actor=SYSTEM, at=at, **told)


@pytest.fixture
def newcomer():
    return add_account(login="moi", name="Người Mới", password=PASSWORD, at=AT, language="en")


@pytest.mark.parametrize("login", ["tiepnhan1", "thanhtra", "vanthu.mauhai"])
def test_one_statement_says_who(login):
    digest = signed_in(login)
    with CaptureQueriesContext(connection) as sent:
        assert viewer(session_digest=digest, at=AT) is not None
    assert len(sent) == 1


def test_a_reception_officer_sees_the_own_commune():
    who, language = asking("tiepnhan1")
    assert (who.account, who.login, who.name, language) == (
        logins()["tiepnhan1"], "tiepnhan1", "Nguyễn Thị Thu Hà", "vi"
    )  # fmt: skip
    (capacity,) = who.capacities
    assert (capacity.kind, capacity.agency) == ("reception_officer", COMMUNE)
    assert who.scope == {COMMUNE}
    assert who.session is not None
    actor = who.actor(capacity)
    assert (actor.kind, actor.id, actor.position_kind, actor.agency) == (
        "staff", str(who.account), "reception_officer", COMMUNE
    )  # fmt: skip


@pytest.mark.parametrize(
    ("login", "scope"),
    [
        ("thanhtra", {PROVINCE, DEPARTMENT, COMMUNE, OTHER_COMMUNE}),
        ("danhmuctinh", {PROVINCE}),
        ("duongday", {COMMUNE}),
        ("chutich", {COMMUNE}),
        ("chutich.mauhai", {OTHER_COMMUNE}),
    ],
)
def test_only_seats_that_oversee_look_into_agencies_below(login, scope):
    who, _ = asking(login)
    assert who.scope == scope


def test_an_agency_added_below_comes_into_an_inspectors_scope():
    new = NewAgency(code="H99.02.01", name="Xã Mới", level="commune", parent=PROVINCE)
    system(add_agency, agency=new)
    assert "H99.02.01" in asking("thanhtra")[0].scope
    assert "H99.02.01" not in asking("tiepnhan1")[0].scope


def test_a_code_that_only_begins_alike_is_not_below(newcomer):
    unit = NewUnit(code="x", name="x", positions=(NewPosition(code="i", kind="inspector", name="Thanh tra"),))
    for code in ("A1", "A11"):
        system(add_agency, agency=NewAgency(code=code, name=code, level="province", units=(unit,)))
    system(appoint, account=newcomer, agency="A1", seat="i", valid_from=AT)
    assert asking("moi", AT)[0].scope == {"A1"}


def test_two_seats_are_two_capacities():
    who, _ = asking("vanthu.mauhai")
    assert {c.kind for c in who.capacities} == {"clerk", "desk_manager"}
    assert who.kinds(OTHER_COMMUNE) == {"clerk", "desk_manager"}
    assert who.kinds(COMMUNE) == frozenset()


def test_seats_in_two_agencies_add_up(newcomer):
    system(appoint, account=newcomer, agency=PROVINCE, seat="inspector", valid_from=AT)
    system(appoint, account=newcomer, agency=COMMUNE, seat="clerk", valid_from=AT)
    who, language = asking("moi")
    assert language == "en"
    assert who.scope == {PROVINCE, DEPARTMENT, COMMUNE, OTHER_COMMUNE}
    assert {(c.agency, c.kind) for c in who.capacities} == {(PROVINCE, "inspector"), (COMMUNE, "clerk")}


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "holds"),
    [
        (AT, None, True),
        (AT - DAY, AT + timedelta(microseconds=1), True),
        (AT + timedelta(microseconds=1), None, False),
        (AT + DAY, AT + 2 * DAY, False),
        (AT - 2 * DAY, AT - DAY, False),
        (AT - DAY, AT, False),
    ],
)
def test_only_appointments_of_this_moment_count(newcomer, valid_from, valid_to, holds):
    system(appoint, account=newcomer, agency=COMMUNE, seat="clerk", valid_from=valid_from, valid_to=valid_to)
    who, _ = asking("moi")
    assert bool(who.capacities) is holds
    assert who.scope == (frozenset({COMMUNE}) if holds else frozenset())
    here = {s.kind: s.accounts for s in seats(COMMUNE, at=AT)}
    assert (newcomer in here["clerk"]) is holds
    assert viewer_of(newcomer, at=AT).capacities == who.capacities


def test_without_a_seat_one_is_somebody_who_sees_nothing(newcomer):
    who, _ = asking("moi")
    assert (who.capacities, who.scope, who.name) == ((), frozenset(), "Người Mới")
    assert who.actor().agency == ""


def test_an_account_that_was_closed_is_nobody():
    digest = signed_in("tiepnhan1")
    Account.objects.filter(login="tiepnhan1").update(is_active=False)
    assert viewer(session_digest=digest, at=AT) is None
    with pytest.raises(NotFound):
        viewer_of(logins()["tiepnhan1"], at=AT)


def test_a_session_ends_after_ten_hours_to_the_microsecond():
    digest = signed_in("tiepnhan1")
    assert viewer(session_digest=digest, at=AT + SESSION_LIFE - timedelta(microseconds=1)) is not None
    assert viewer(session_digest=digest, at=AT + SESSION_LIFE) is None


def test_a_secret_nobody_gave_out_is_nobody():
    assert viewer(session_digest=session_digest("guessed"), at=AT) is None
    assert viewer(session_digest=b"", at=AT) is None


def test_staffed_means_somebody_sits_there_now(newcomer):
    assert held_kinds(COMMUNE, at=AT) >= {"clerk", "vice_chair", "economic_section"}
    assert "chair" in held_kinds(OTHER_COMMUNE, at=AT)
    assert "vice_chair" not in held_kinds(OTHER_COMMUNE, at=AT)
    assert held_kinds(COMMUNE, at=BEGINNING - DAY) == frozenset()


def test_names_and_facts():
    chair = logins()["chutich"]
    assert account_names({chair}) == {chair: "Phan Văn Thắng"}
    assert account_names(set()) == {}
    facts = agency(COMMUNE)
    assert (facts.name, facts.parent, facts.place, facts.code_template) == (
        "Ủy ban nhân dân Xã Mẫu", PROVINCE, "Xã Mẫu", "{agency}-{yymmdd}-{seq:04}"
    )  # fmt: skip
    assert facts.desk_unit is not None
    with pytest.raises(NotFound):
        agency("H00")
