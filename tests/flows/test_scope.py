"""A mandate for some procedures, sectors or acts opens nothing of other dossiers: no opinion, no thread, no letter."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from motcua.dossiers.consultations import shared, waiting
from motcua.dossiers.tasks import within_task
from motcua.dossiers.thread import is_for
from motcua.dossiers.worklist import rooms
from motcua.flows import consultations, delays, notes
from motcua.kernel.errors import Denied, NotFound
from tests.flows.test_mandates import acts_as, give
from tests.support.acts import act, open_day
from tests.support.lives import brought_to, everything, plain
from tests.support.opinions import OPINION, ask
from tests.support.world import COMMUNE, logins, viewer

pytestmark = pytest.mark.django_db
ECONOMY = "unit:economy"


def asked_of_the_economy():
    code, at = brought_to("in_process")
    return code, at, ask(code, at, whom=[ECONOMY])[0]


def lent(to, at, *, number="12/QĐ-UBND", of="kinhte", **scope):
    give(to=to, of=of, at=at, since=at, until=at + timedelta(hours=9), number=number, **scope)


@pytest.mark.parametrize(
    "scope", [{"procedures": ("9.999999",)}, {"sectors": ("Đất đai",)}, {"acts": ("step",)}]
)
def test_no_opinion_outside_the_scope_is_seen_answered_or_written_about(scope):
    code, at, one = asked_of_the_economy()
    lent("thuquy", at, **scope)
    who, asked = viewer("thuquy", at=at), UUID(one["id"])
    assert waiting(viewer=who).lines == ()
    with pytest.raises(NotFound):
        shared(asked, viewer=who)
    before = everything(code)
    for flow, told in (
        (consultations.answer, {"consultation": asked, **OPINION}),
        (consultations.hand_on, {"consultation": asked, "to": str(logins()["thuquy"])}),
        (notes.write, {"to": "unit", "body": "Đã xem."}),
    ):
        with pytest.raises(Denied):
            acts_as("thuquy", at, flow, code=code, **told)
    assert everything(code) == before
    row = plain(code)
    to = {"account": None, "agency": COMMUNE, "unit": one["unit"]}
    assert is_for(who, to, row) is ("acts" in scope)


@pytest.mark.parametrize("scope", [{"procedures": ("1.004873",)}, {"sectors": ("Hộ tịch",)}, {}])
def test_an_opinion_inside_the_scope_is_answered_under_the_mandate(scope):
    code, at, one = asked_of_the_economy()
    lent("thuquy", at, **scope, acts=("answer_consultation",) if "procedures" in scope else ())
    who = viewer("thuquy", at=at)
    assert [line.id for line in waiting(viewer=who).lines] == [UUID(one["id"])]
    assert shared(UUID(one["id"]), viewer=who).capacity.mandate == "12/QĐ-UBND"
    done = acts_as("thuquy", at, consultations.answer, code=code, consultation=UUID(one["id"]), **OPINION)
    assert done.row["consultations"][0]["outcome"] == "agree"


def test_letters_of_apology_wait_in_the_signing_room_of_who_may_sign_them():
    code, at = brought_to("in_process")
    day = open_day((at + timedelta(days=40)).date())
    act("tuphap1", at, delays.prepare, code=code, apology_date=day, reason="Chờ xác minh.")
    lent("vanthu", at, of="chutich", kind="tuq", procedures=("9.999999",))
    lent("kinhte", at, of="chutich", kind="tuq", procedures=("1.004873",), number="13/QĐ-UBND")
    row = plain(code)
    for login, reaches in (("vanthu", False), ("kinhte", True)):
        assert within_task(replace(viewer(login, at=at), capacities=()), row) is reaches
    letters = {
        login: rooms(viewer=viewer(login, at=at), at=at)["letters"]
        for login in ("vanthu", "kinhte", "chutich")
    }
    assert letters == {"vanthu": 0, "kinhte": 1, "chutich": 1}
