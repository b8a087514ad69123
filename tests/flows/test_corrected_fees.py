"""A corrected reception keeps what was claimed, asks for what is owed, and leaves certified papers to their book."""

from dataclasses import replace

import pytest

from motcua.catalogue.fees import Claim
from motcua.flows import certification, mends
from motcua.flows.corrections import Reception
from motcua.flows.reception import receive
from motcua.kernel.errors import NotAllowedNow
from motcua.ledger.selectors import check, history
from motcua.parties.operations import Particulars
from tests.flows.test_mends import assert_replays, row
from tests.support.acts import act, moment
from tests.support.certification import copies
from tests.support.lives import MINUTE, everything
from tests.support.pages import plain_static, visitor
from tests.support.site import pages_at
from tests.support.world import intake

pytestmark = pytest.mark.django_db


def to_marriage(**told):
    """An intake whose registration costs nothing for an answer, or on a paper shown."""
    whole = intake("2.001263")
    return replace(whole, **{**told, "answers": {**whole.answers, **told.get("answers", {})}})


def corrected_by_two(code, told, hour=10, **changes):
    at = moment(24, hour)
    right = Reception(variant=told.variant, people=told.people, handed=told.handed, answers=told.answers)
    seq = act(
        "tiepnhan1",
        at,
        mends.correct_reception,
        code=code,
        reception=replace(right, **changes),
        reason="Ghi sai.",
    ).meta.seq
    act("truongquay", at + MINUTE, mends.confirm, code=code, seq=seq)


def money_of(code):
    return [(fee["amount"], fee["state"]) for fee in row(code)["fees"]], row(code)["fee_open"]


def test_what_was_exempt_by_mistake_is_to_be_paid_once_corrected():
    told = to_marriage(answers={"kin": "yes", "special_child": "no"})
    code = act("tiepnhan1", moment(24, 9), receive, intake=told).row["code"]
    assert money_of(code) == ([(0, "nothing")], False)
    corrected_by_two(code, told, answers={**told.answers, "kin": "no"})
    ((amount, state),), is_open = money_of(code)
    assert (amount > 0, state, is_open) == (True, "open", True)
    assert_replays(code)
    corrected_by_two(code, told, hour=11)
    assert money_of(code) == ([(0, "nothing")], False)


def test_a_corrected_name_leaves_the_exemption_that_was_claimed_and_shown():
    told = to_marriage(
        answers={"kin": "no", "special_child": "no"}, claims=(Claim("merit", "Thẻ thương binh 12"),)
    )
    code = act("tiepnhan1", moment(24, 9), receive, intake=told).row["code"]
    before = money_of(code)
    assert before == ([(0, "nothing")], False)
    ((role, person), *others) = told.people
    corrected_by_two(code, told, people=((role, replace(person, name="Nguyễn Thị Nguyệt")), *others))
    assert money_of(code) == before
    order = [x.data["fee_order"] for x in history(row(code)["id"]) if "fee_order" in x.data]
    assert order[0] == order[-1]
    assert check().faults == ()
    assert_replays(code)


def test_certified_papers_are_struck_out_and_entered_anew():
    at = moment(24, 9)
    copied = copies(("citizen_card", 1, 3), name="Trần Văn A")
    recorded = act("tiepnhan1", at, certification.take_in, order=copied)
    code, told = recorded.row["code"], recorded.event
    before = everything(code)
    right = Reception(
        variant=told.variant,
        people=(("applicant", Particulars(name="Trần Văn Anh")),),
        handed=intake(recorded.row["procedure"]).handed,
        answers=told.answers,
    )
    with pytest.raises(NotAllowedNow, match="gạch số"):
        act("tiepnhan1", at + MINUTE, mends.correct_reception, code=code, reception=right, reason="Sai tên.")
    assert everything(code) == before


def test_the_form_of_a_correction_that_must_be_refused_is_not_opened():
    at = moment(24, 9)
    copied = copies(("citizen_card", 1, 3), name="Trần Văn A")
    certified = act("tiepnhan1", at, certification.take_in, order=copied).row["code"]
    ordinary = act("tiepnhan1", at, receive, intake=to_marriage()).row["code"]
    with plain_static(), pages_at(at + MINUTE):
        client = visitor("tiepnhan1", at=at + MINUTE)
        for code, status in ((ordinary, 200), (certified, 409)):
            assert client.get(f"/dossiers/{code}/correct_reception").status_code == status
            offered = f'href="/dossiers/{code}/correct_reception"' in client.get(f"/dossiers/{code}").text
            assert offered == (status == 200)
