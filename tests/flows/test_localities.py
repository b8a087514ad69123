"""A province and a commune set what is theirs of a procedure: it holds from its day on, for whom it is, and binds."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from motcua.agencies.models import Agency
from motcua.catalogue import operations as catalogue
from motcua.catalogue.localities import Standing, What, local_lines, standings
from motcua.catalogue.operations import Promising, Setting
from motcua.catalogue.selectors import offer, offered_variant
from motcua.catalogue.shapes import Amount, Channel, HandledIn, Limit, LimitUnit
from motcua.flows.reception import receive
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import history
from tests.support.acts import act, moment
from tests.support.world import COMMUNE, OTHER_COMMUNE, PROVINCE, actor, intake, viewer

pytestmark = pytest.mark.django_db
CODE = "1.004873"
TODAY, TOMORROW = date(2026, 8, 24), date(2026, 8, 25)
AT = moment(24, 8)
COUNTER = Channel.COUNTER


def events():
    """How many there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_event")
        return cursor.fetchone()[0]


def days(value, unit=LimitUnit.WORKING_DAY):
    return Limit(unit, Decimal(value))


def put(what, *, login="danhmuc", agency=COMMUNE, on=TODAY, basis="12/QĐ-UBND", at=AT, key=None, **terms):
    who = actor(login, at=at)
    request = Request.of(key) if key else Request.fresh()
    with unit_of_work(actor=who, at=at, request=request, origin="simulated"):
        getattr(catalogue, what)(setting=Setting(CODE, agency, on, basis), actor=who, at=at, **terms)


def promised(limit, *, variant="no_verification", **rest):
    put("promise", promises=[Promising(variant, COUNTER, limit)], **rest)


def offered(agency=COMMUNE, on=TODAY):
    return offer(CODE, agency=agency, province=PROVINCE, on=on)


def promise_of(agency=COMMUNE, on=TODAY):
    return offered_variant(offered(agency, on), variant="no_verification", channel="counter").promise


def test_a_promise_binds_from_its_day_on_and_a_dossier_keeps_what_it_was_promised():
    promised(days(2), on=TOMORROW)
    assert (promise_of(on=TODAY), promise_of(on=TOMORROW)) == (days(3), days(2))
    before = act("tiepnhan1", moment(24, 16), receive, intake=intake()).row
    after = act("tiepnhan1", moment(25, 9), receive, intake=intake()).row
    assert (before["promise_value"], before["due_at"]) == ("3", moment(27, 17))
    assert (after["promise_value"], after["limit_value"]) == ("2", "3")
    assert (after["due_at"], after["limit_due_at"]) == (moment(27, 17), moment(28, 17))
    assert promise_of(OTHER_COMMUNE, TOMORROW) == days(3)


def test_a_provinces_promise_holds_for_those_below_and_the_shorter_one_binds():
    promised(days(2), login="danhmuctinh", agency=PROVINCE)
    assert [promise_of(each) for each in (COMMUNE, OTHER_COMMUNE, PROVINCE)] == [days(2)] * 3
    promised(days(1))
    assert (promise_of(), promise_of(OTHER_COMMUNE)) == (days(1), days(2))
    promised(days(8, LimitUnit.WORKING_HOUR), login="danhmuctinh", agency=PROVINCE, on=TOMORROW)
    assert promise_of(OTHER_COMMUNE, TOMORROW) == days(8, LimitUnit.WORKING_HOUR)


def test_a_longer_promise_may_only_follow_on_a_later_day():
    promised(days(1))
    with pytest.raises(Invalid, match="sau hôm nay"):
        promised(days(2), basis="13/QĐ-UBND")
    assert promise_of() == days(1)
    promised(days(2), on=TOMORROW, basis="13/QĐ-UBND")
    assert (promise_of(), promise_of(on=TOMORROW)) == (days(1), days(2))


@pytest.mark.parametrize(
    ("limit", "variant", "matches"),
    [
        (days(4), "no_verification", "không dài hơn"),
        (days(5, LimitUnit.CALENDAR_DAY), "no_verification", "không dài hơn"),
        (Limit(LimitUnit.NONE), "no_verification", "không dài hơn"),
        (days(1), "nowhere", "không có trường hợp"),
    ],
)
def test_what_may_not_be_promised(limit, variant, matches):
    before = events()
    with pytest.raises(Invalid, match=matches) as refused:
        promised(limit, variant=variant)
    assert refused.value.field == f"{variant}.counter"
    assert (events(), promise_of()) == (before, days(3))


def test_the_councils_fees_hold_from_their_day_on_beside_those_of_other_procedures():
    def owed(on):
        return {fee.rule: (fee.amounts[0].value, fee.basis) for fee in offered(on=on).fees}

    put(
        "charge",
        login="danhmuctinh",
        agency=PROVINCE,
        on=TOMORROW,
        basis="07/2026/NQ-HĐND",
        amounts={"registration": (Amount(value=9000),)},
    )
    assert owed(TOMORROW) == {"registration": (9000, "07/2026/NQ-HĐND")}
    assert owed(TODAY)["registration"][0] != 9000
    other = offer("1.000656", agency=COMMUNE, province=PROVINCE, on=TOMORROW)
    assert [fee.basis for fee in other.fees] == ["Biểu thu dùng thử của Tỉnh Mẫu"]
    row = act("tiepnhan1", moment(25, 9), receive, intake=intake()).row
    assert row["fee_total"] == 9000
    assert act("tiepnhan1", moment(24, 9), receive, intake=intake()).row["fee_total"] != 9000


def test_fees_are_the_provinces_and_only_those_the_law_leaves_to_it():
    before = events()
    amounts = {"registration": (Amount(value=9000),)}
    with pytest.raises(Invalid, match="cấp tỉnh"):
        put("charge", amounts=amounts)
    with pytest.raises(Invalid, match="luật giao"):
        put("charge", login="danhmuctinh", agency=PROVINCE, amounts={"nothing": (Amount(value=1),)})
    with pytest.raises(Invalid, match="âm"):
        put("charge", login="danhmuctinh", agency=PROVINCE, amounts={"registration": (Amount(value=-1),)})
    assert events() == before


def test_the_place_and_the_system_of_a_province_hold_below_unless_an_agency_says_otherwise():
    put("take_at", login="danhmuctinh", agency=PROVINCE, address="Bưu điện Tỉnh Mẫu")
    put("take_at", address="  Nhà văn hóa   thôn Hạ ")
    assert (offered().place, offered(OTHER_COMMUNE).place) == ("Nhà văn hóa thôn Hạ", "Bưu điện Tỉnh Mẫu")
    put("handle_in", login="danhmuctinh", agency=PROVINCE, handled_in=HandledIn.PORTAL, on=TOMORROW)
    assert [offered(each, TOMORROW).handled_in for each in (COMMUNE, OTHER_COMMUNE)] == ["portal"] * 2
    act("tiepnhan1", moment(24, 16), receive, intake=intake())
    with pytest.raises(NotAllowedNow, match="Cổng Dịch vụ công"):
        act("tiepnhan1", moment(25, 8), receive, intake=intake())
    put("handle_in", handled_in=HandledIn.HERE, on=TOMORROW)
    assert [offered(each, TOMORROW).handled_in for each in (COMMUNE, OTHER_COMMUNE)] == ["here", "portal"]


@pytest.mark.parametrize("login", ["chutich", "tiepnhan1", "kythuat", "danhmuctinh"])
def test_only_the_agencys_own_catalogue_officer_sets_anything(login):
    before = events()
    with pytest.raises(Denied):
        put("take_at", login=login, address="Nơi khác")
    assert (events(), offered().place) == (before, "")


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"on": TODAY - timedelta(days=1)}, "valid_from"),
        ({"on": date(2199, 1, 1)}, "valid_from"),
        ({"basis": " \n "}, "basis"),
        ({"basis": "x" * 501}, "basis"),
        ({"address": "x" * 501}, "address"),
    ],
)
def test_nothing_is_backdated_and_nothing_is_without_a_document(terms, field):
    before = events()
    with pytest.raises(Invalid) as refused:
        put("take_at", **{"address": "Nơi khác", **terms})
    assert (refused.value.field, events()) == (field, before)


def test_sent_twice_it_is_set_once():
    put("take_at", address="Nơi khác", key="one")
    with pytest.raises(AlreadyDone):
        put("take_at", address="Nơi khác", key="one")
    lines = local_lines(CODE, agencies=[COMMUNE], viewer=viewer("danhmuc"))
    assert [line.address for line in lines] == ["Nơi khác"]


def test_what_holds_what_is_to_come_and_what_was():
    promised(days(2))
    promised(days(1))
    promised(days(2), on=TOMORROW)
    put("take_at", address="Nơi khác")
    lines = local_lines(CODE, agencies=[COMMUNE, PROVINCE], viewer=viewer("danhmuc"))
    told = [(line.what, line.agency, standing) for line, standing in standings(lines, on=TODAY)]
    assert told == [
        (What.PROMISE, COMMUNE, Standing.AHEAD),
        (What.PLACE, COMMUNE, Standing.NOW),
        (What.PROMISE, COMMUNE, Standing.NOW),
        (What.PROMISE, COMMUNE, Standing.PAST),
        (What.FEES, PROVINCE, Standing.NOW),
    ]
    with pytest.raises(Denied):
        local_lines(CODE, agencies=[COMMUNE], viewer=viewer("chutich"))


def test_it_stands_on_the_agencys_stream():
    put("take_at", address="Nơi khác")
    last = history(Agency.objects.get(code=COMMUNE).stream)[-1]
    assert (last.type, last.data["what"], last.data["terms"]) == (
        "procedure_localised",
        "place",
        {"address": "Nơi khác"},
    )
