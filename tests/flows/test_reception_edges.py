"""Reception where it is unusual: codes of others, a promise in another unit, a dossier handed in elsewhere."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from motcua.catalogue.models import Promise
from motcua.dossiers.states import Act, State
from motcua.flows.reception import receive, submit
from motcua.kernel.errors import Denied, Invalid
from motcua.kernel.ids import uuid7
from motcua.kernel.time import ZONE
from tests.support.acts import act, moment
from tests.support.lives import everything, opened
from tests.support.streams import count
from tests.support.world import OTHER_COMMUNE, intake

pytestmark = pytest.mark.django_db


def test_a_foreign_code_stays_the_only_one_and_touches_no_counter():
    foreign = act("tiepnhan1", moment(24, 9), receive, intake=replace(intake(), code=" g22.99-260824-0007 "))
    assert foreign.row["code"] == foreign.event.code == "G22.99-260824-0007"
    assert count("dossiers_number") == 0
    assert opened(moment(24, 9, 5)) == "H99.01.01-260824-0001"


@pytest.mark.parametrize("flow", [receive, submit])
def test_a_foreign_code_that_is_taken_is_told(flow):
    act("tiepnhan1", moment(24, 9), flow, intake=replace(intake(), code="G22.99-260824-0007"))
    written = (
        count("ledger_event"),
        count("ledger_request"),
        count("parties_party"),
        count("dossiers_content"),
    )
    with pytest.raises(Invalid, match="G22.99-260824-0007 đã có") as refusal:
        act("tiepnhan1", moment(24, 10), flow, intake=replace(intake(), code="G22.99-260824-0007"))
    assert refusal.value.field == "code"
    assert written == (
        count("ledger_event"), count("ledger_request"), count("parties_party"), count("dossiers_content")
    )  # fmt: skip


@pytest.mark.parametrize("code", ["", "a", "G22/99", "G22?x=1", "Mã số 7", "-G22.99", "x" * 65])
def test_what_cannot_be_a_code_is_refused(code):
    with pytest.raises(Invalid) as refusal:
        act("tiepnhan1", moment(24, 9), receive, intake=replace(intake(), code=code))
    assert refusal.value.field == "code"


def test_a_foreign_code_of_our_own_series_would_stop_the_desk_and_is_refused():
    with pytest.raises(Invalid, match="dãy số của chính cơ quan"):
        act("tiepnhan1", moment(24, 9), receive, intake=replace(intake(), code="H99.01.01-260824-0001"))
    assert opened(moment(24, 9)) == "H99.01.01-260824-0001"


def promise(value: str, unit: str) -> None:
    Promise.objects.create(
        id=uuid7(),
        procedure_id="1.004873",
        agency="H99.01.01",
        variant="no_verification",
        channel="counter",
        value=value,
        unit=unit,
        basis="QĐ 1/2026",
        valid_from=date(2026, 1, 1),
    )


def test_a_shorter_promise_is_what_the_receipt_says():
    promise("1", "working_day")
    received = act("tiepnhan1", moment(24, 9), receive, intake=intake())
    assert (received.row["due_at"], received.row["limit_due_at"]) == (moment(25, 17), moment(27, 17))


@pytest.mark.parametrize(
    ("value", "unit", "at", "due"),
    [
        # over Tết 4 calendar days roll to Monday 23/2, before the limit's Wednesday
        ("4", "calendar_day", datetime(2026, 2, 13, 9, tzinfo=ZONE), datetime(2026, 2, 23, 17, tzinfo=ZONE)),
        # from here on the promise is the longer one
        (
            "30",
            "working_hour",
            datetime(2026, 8, 24, 16, tzinfo=ZONE),
            datetime(2026, 8, 27, 17, tzinfo=ZONE),
        ),
        ("8", "calendar_day", datetime(2026, 8, 24, 9, tzinfo=ZONE), datetime(2026, 8, 27, 17, tzinfo=ZONE)),
    ],
)
def test_a_promise_in_another_unit_never_passes_the_limit(value, unit, at, due):
    promise(value, unit)
    row = act("tiepnhan1", at, receive, intake=intake()).row
    assert row["due_at"] == due
    assert row["due_at"] <= row["limit_due_at"]


def test_a_submitted_dossier_is_received_for_what_it_was_handed_in():
    code = opened(moment(24, 9), Act.SUBMIT)
    before = everything(code)
    with pytest.raises(Invalid, match="nộp cho thủ tục 1.004873") as refusal:
        act("tiepnhan1", moment(24, 10), receive, intake=intake("1.000656"), submitted=code)
    assert refusal.value.field == "procedure"
    assert everything(code) == before


def test_a_neighbours_desk_does_not_receive_it():
    code = opened(moment(24, 9), Act.SUBMIT)
    before = everything(code)
    with pytest.raises(Denied):
        act("tiepnhan1.mauhai", moment(24, 10), receive, intake=intake(agency=OTHER_COMMUNE), submitted=code)
    assert everything(code) == before
    received = act("tiepnhan2", moment(24, 10), receive, intake=intake(), submitted=code)
    assert (received.row["code"], received.row["state"]) == (code, State.RECEIVED)
    assert received.row["received_at"] == moment(24, 10)
    assert received.row["submitted_at"] == moment(24, 9)
