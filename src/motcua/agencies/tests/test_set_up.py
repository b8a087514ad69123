"""Setting up agencies and appointing people: events on the agency's own stream, refusals that name the field."""

from datetime import timedelta

import pytest
from tests.support.streams import count
from tests.support.world import BEGINNING, COMMUNE, OTHER_COMMUNE, logins

from motcua.agencies.bodies import Body
from motcua.agencies.models import Agency, Appointment, Counter, Position, Unit
from motcua.agencies.operations import NewAgency, NewPosition, NewUnit, add_agency, appoint
from motcua.agencies.serving import serving
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import check, history

pytestmark = pytest.mark.django_db
AT = BEGINNING + timedelta(days=30)
DESK = NewUnit(
    code="desk",
    name="Bộ phận Một cửa",
    is_desk=True,
    positions=(NewPosition(code="r1", kind="reception_officer", name="Tiếp nhận"),),
    counters=("Quầy 1", "Quầy 2"),
)
NEW = NewAgency(code="H99.02.01", name=" Xã  Mới ", level="commune", parent="H99", units=(DESK,))


def system(act, **told):
    with unit_of_work(actor=SYSTEM, at=AT, request=Request.fresh(), origin="simulated"):
        return act(actor=SYSTEM, at=AT, **told)


def test_an_agency_comes_with_units_seats_and_counters():
    system(add_agency, agency=NEW)
    row = Agency.objects.get(code="H99.02.01")
    assert (row.name, row.path, row.head_seq) == ("Xã Mới", "/H99/H99.02.01/", 1)
    (unit,) = Unit.objects.filter(agency=row)
    (seat,) = Position.objects.filter(unit=unit)
    assert list(Counter.objects.filter(unit=unit).order_by("number").values_list("number", "name")) == [
        (1, "Quầy 1"),
        (2, "Quầy 2"),
    ]
    (event,) = history(row.stream)
    assert event.type == "agency_added"
    assert event.data == {
        "code": "H99.02.01",
        "name": "Xã Mới",
        "level": "commune",
        "parent": "H99",
        "units": [{"id": str(unit.id), "code": "desk", "name": "Bộ phận Một cửa", "is_desk": True}],
        "positions": [{"id": str(seat.id), "unit": str(unit.id), "kind": "reception_officer"}],
        "body": "committee",
        "serves": [],
    }
    assert check().faults == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": COMMUNE}, "code"),
        ({"parent": "H00"}, "parent"),
        (
            {
                "units": (
                    NewUnit(code="x", name="x", positions=(NewPosition(code="k", kind="king", name="Vua"),)),
                )
            },
            "units",
        ),
        ({"units": (DESK, NewUnit(code="desk2", name="Quầy hai", is_desk=True))}, "units"),
        ({"units": (NewUnit(code="x", name="x"), NewUnit(code="x", name="y"))}, "units"),
        ({"units": (DESK, NewUnit(code="y", name="y", positions=DESK.positions))}, "units"),
        ({"body": Body.POLICE, "serves": ("H99.07.01",)}, "serves"),
        ({"body": Body.POLICE, "serves": (COMMUNE,)}, "serves"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_written(change, field):
    before = count("ledger_event"), Agency.objects.count(), Unit.objects.count()
    told = {"code": "H99.02.01", "name": "Xã Mới", "level": "commune", "parent": "H99", "units": (DESK,)}
    with pytest.raises(Invalid) as refusal:
        system(add_agency, agency=NewAgency(**{**told, **change}))
    assert refusal.value.field == field
    assert (count("ledger_event"), Agency.objects.count(), Unit.objects.count()) == before


def test_who_serves_a_place_is_found_by_what_they_are():
    assert serving("committee", COMMUNE, on=AT.date()) == COMMUNE
    assert serving("police", COMMUNE, on=AT.date()) == "G99.20.01"
    assert serving("insurance", OTHER_COMMUNE, on=AT.date()) == "G99.30.01"
    assert serving("police", OTHER_COMMUNE, on=AT.date()) is None, "no police of that commune works here yet"
    police = NewAgency(
        code="G99.20.02",
        name="Công an Xã Mẫu Hai",
        level="commune",
        body=Body.POLICE,
        serves=(OTHER_COMMUNE,),
    )
    system(add_agency, agency=police)
    assert serving("police", OTHER_COMMUNE, on=AT.date()) == "G99.20.02"


def test_an_appointment_is_an_event_on_the_agencys_stream():
    stream = Agency.objects.get(code=COMMUNE).stream
    before = Agency.objects.get(code=COMMUNE).head_seq
    made = system(appoint, account=logins()["thuquy"], agency=COMMUNE, seat="clerk", valid_from=AT)
    (event,) = history(stream, after=before)
    row = Appointment.objects.get(id=made)
    assert event.type == "person_appointed"
    assert event.data["appointment"] == str(made)
    assert event.data["position"] == str(row.position_id)
    assert event.data["valid_to"] is None
    assert Agency.objects.get(code=COMMUNE).head_seq == before + 1


@pytest.mark.parametrize(("agency", "seat"), [("H00", "clerk"), (COMMUNE, "king")])
def test_nobody_is_appointed_where_there_is_no_seat(agency, seat):
    before = count("ledger_event"), Appointment.objects.count()
    with pytest.raises(NotFound):
        system(appoint, account=logins()["thuquy"], agency=agency, seat=seat, valid_from=AT)
    assert (count("ledger_event"), Appointment.objects.count()) == before


def test_an_appointment_ends_after_it_begins():
    before = count("ledger_event"), Appointment.objects.count()
    with pytest.raises(Invalid) as refusal:
        system(appoint, account=logins()["thuquy"], agency=COMMUNE, seat="clerk", valid_from=AT, valid_to=AT)
    assert refusal.value.field == "valid_to"
    assert (count("ledger_event"), Appointment.objects.count()) == before
