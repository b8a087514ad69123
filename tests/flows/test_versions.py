"""A version published ahead comes into force at midnight; dossiers that run stay, or go on under what favours them."""

import json
import random
from datetime import date, timedelta
from importlib.resources import files

import pytest

from motcua.catalogue import operations as catalogue
from motcua.catalogue.checking import parse
from motcua.catalogue.selectors import find, offer, version
from motcua.catalogue.transition import Stays, Transition
from motcua.catalogue.upcoming import awaited
from motcua.dossiers import projector
from motcua.dossiers.events import PaperMark
from motcua.dossiers.operations import MissingPaper
from motcua.dossiers.others import look
from motcua.flows import progress
from motcua.flows.reception import receive
from motcua.flows.transition import fates
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import history
from motcua.reactions.catalogue import come_into_force
from tests.support.acts import act, moment
from tests.support.world import COMMUNE, PROVINCE, actor, intake

pytestmark = pytest.mark.django_db
CODE = "1.004873"
BASIS = "99/QĐ-UBND"
DAY = date(2026, 8, 27)
BEFORE = moment(24, 8)


def document(**limits):
    """The shipped procedure with other limits: `no_verification="2"` working days."""
    told = json.loads(
        (files("motcua.catalogue") / "data" / "procedures" / f"{CODE}.json").read_text(encoding="utf-8")
    )
    told["title"] = {"vi": "Thủ tục cấp giấy độc thân kiểu mới", "en": "Marital status, anew"}
    for variant in told["variants"]:
        if value := limits.get(variant["code"]):
            for channel in variant["channels"]:
                channel["limit"] = {"unit": channel["limit"]["unit"], "value": value}
    return told


def publish(told, *, at=BEFORE, on=DAY, transition=Transition.FAVOUR):
    who = actor("danhmuctinh", at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        return catalogue.publish(
            document=told,
            effective_from=on,
            actor=who,
            at=at,
            transition=transition,
            transition_basis=BASIS,
        )


def take_back(version_id, *, at, basis="100/QĐ-UBND"):
    who = actor("danhmuctinh", at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        catalogue.withdraw(version=version_id, basis=basis, actor=who, at=at)


def received(at, **terms):
    return act("tiepnhan1", at, receive, intake=intake(**terms))


def in_force(on):
    return offer(CODE, agency=COMMUNE, province=PROVINCE, on=on).version_id


def come(at):
    return come_into_force(clock=lambda: at, origin="simulated")


def row_of(code):
    """The dossier as it stands."""
    found = look(code)
    assert found is not None
    return found


def test_it_comes_into_force_at_midnight_with_a_dossier_on_each_side():
    before = in_force(DAY)
    new = publish(document(no_verification="2"), transition=Transition.STAY)
    assert [one.title for one in find(CODE)] != ["Thủ tục cấp giấy độc thân kiểu mới"]

    late = received(moment(26, 23, 59)).row
    early = received(moment(27, 0)).row
    assert (late["procedure_version"], late["limit_value"]) == (before, "3")
    assert (early["procedure_version"], early["limit_value"]) == (new, "2")
    # The 31st is given in lieu and the next two days are holidays: both are due on 3 September.
    assert late["due_at"] == early["due_at"] == moment(31, 17) + timedelta(days=3)

    assert come(moment(27, 0, 1)) == 1
    assert [one.title for one in find(CODE)] == ["Thủ tục cấp giấy độc thân kiểu mới"]
    assert row_of(late["code"])["procedure_version"] == before
    assert come(moment(27, 0, 5)) == 0


def test_what_was_written_on_a_pad_the_day_before_is_of_the_version_of_that_day():
    before = in_force(date(2026, 8, 26))
    publish(document(no_verification="2"))
    sheet = PaperMark(pad="S001", number="7", occurred_at=moment(26, 16))
    entered = act("tiepnhan1", moment(27, 9), receive, intake=intake(), paper=sheet).row
    assert (entered["procedure_version"], entered["limit_value"]) == (before, "3")


def test_one_taken_back_before_its_day_never_comes_into_force():
    before, new = in_force(DAY), publish(document(no_verification="2"))
    dossier = received(moment(25, 9)).row
    with pytest.raises(Invalid, match="số văn bản"):
        take_back(new, at=moment(25, 10), basis=" ")
    take_back(new, at=moment(26, 23))
    assert in_force(DAY) == before
    assert come(moment(27, 9)) == 0
    assert row_of(dossier["code"])["procedure_version"] == before
    with pytest.raises(NotAllowedNow, match="đã thu hồi"):
        take_back(new, at=moment(26, 23, 30))


def test_one_in_force_is_not_taken_back():
    new = publish(document(no_verification="2"))
    for at in (
        moment(27, 0),
        moment(27, 0) - timedelta(seconds=5),
    ):  # begun before midnight, written after it
        with pytest.raises(NotAllowedNow, match="phiên bản tiếp theo"):
            take_back(new, at=at)
    assert in_force(DAY) == new


def test_lists_name_what_was_published_since_midnight_and_not_what_came_at_midnight():
    publish(document(no_verification="2"), transition=Transition.STAY)
    later = document() | {"title": {"vi": "Bản công bố sau nửa đêm", "en": "After midnight"}}
    publish(later, at=moment(27, 0), transition=Transition.STAY)
    assert come(moment(27, 0, 1)) == 1
    assert [one.title for one in find(CODE)] == ["Bản công bố sau nửa đêm"]
    assert come(moment(27, 0, 2)) == 0


def test_where_it_favours_the_applicant_a_dossier_goes_on_under_it_and_nothing_is_late_backwards():
    told = document(no_verification="2", verification="5")
    before = in_force(DAY)
    late = received(moment(17, 9)).row  # three working days are over
    backwards = received(moment(24, 9)).row  # due 27/8 17:00, by the new limit 26/8 17:00
    shorter = received(moment(26, 9)).row
    verified = received(moment(26, 9), variant="verification").row
    waiting = received(moment(26, 10)).row
    missing = [MissingPaper(component="form", text="Thiếu chữ ký.")]
    act("tuphap1", moment(26, 14), progress.request_supplement, code=waiting["code"], items=missing)

    foreseen = {fate.code: fate for fate in fates(parse(told), on=DAY, at=moment(27, 0, 3))}
    new = publish(told)
    assert (
        come(moment(27, 0, 1)) == 1
    )  # named, and nothing more: what began at midnight may still be under way
    come(moment(27, 0, 3))

    told_of = {
        late["code"]: Stays.LATE_ALREADY,
        backwards["code"]: Stays.LATE_AT_ONCE,
        shorter["code"]: None,
        verified["code"]: None,
        waiting["code"]: None,
    }
    assert {code: fate.stays for code, fate in foreseen.items()} == told_of
    for code, stays in told_of.items():
        row = row_of(code)
        assert row["procedure_version"] == (new if stays is None else before), code
    assert row_of(shorter["code"])["due_at"] == foreseen[shorter["code"]].new == moment(28, 17)
    assert row_of(verified["code"])["limit_value"] == "5"
    assert row_of(late["code"])["due_at"] == late["due_at"]
    event = history(shorter["id"])[-1]
    assert (event.type, event.data["basis"], event.data["number"]) == ("dossier_version_moved", BASIS, 2)
    assert (row_of(waiting["code"])["due_at"], row_of(waiting["code"])["limit_value"]) == (None, "2")
    assert awaited(at=moment(28, 9)) == []
    settled = [e for e in history(new) if e.type == "procedure_transition_settled"]
    assert [(e.data["moved"], e.data["stayed"]) for e in settled] == [(3, 2)]
    assert come(moment(28, 9)) == 0
    for code in told_of:
        now = row_of(code)
        (again,) = projector.replay(history(now["id"]))["dossiers_dossier"]
        assert {name: now[name] for name in again} == again


def test_by_the_usual_rule_all_stay():
    before = in_force(DAY)
    dossier = received(moment(26, 9)).row
    publish(document(no_verification="1"), transition=Transition.STAY)
    come(moment(27, 1))
    assert row_of(dossier["code"])["procedure_version"] == before
    assert len(history(dossier["id"])) == 1


def variant_of(told, code):
    return next(v for v in told["variants"] if v["code"] == code)


def without_variant(told):
    told["variants"] = [v for v in told["variants"] if v["code"] != "no_verification"]
    told["grounds"] = {}


def with_another_paper(told):
    told["components"].append(
        {"code": "more", "name": {"vi": "Giấy khác", "en": "More"}, "kind": "required", "originals": 1}
    )
    variant_of(told, "no_verification")["components"].append("more")


def without_the_form(told):
    told["components"] = [c for c in told["components"] if c["code"] != "form"]
    for variant in told["variants"]:
        variant["components"].remove("form")


def longer(told):
    for channel in variant_of(told, "no_verification")["channels"]:
        channel["limit"]["value"] = "4"


def unknown(told):
    for channel in variant_of(told, "no_verification")["channels"]:
        channel["limit"] = {"unit": "unknown", "value": "2"}


@pytest.mark.parametrize(
    ("change", "stays"),
    [
        (without_variant, Stays.VARIANT_GONE),
        (with_another_paper, Stays.MORE_PAPERS),
        (without_the_form, Stays.PAPER_UNKNOWN),
        (longer, Stays.LONGER),
        (unknown, Stays.LIMIT_UNKNOWN),
        (lambda told: None, Stays.NO_BETTER),
    ],
)
def test_why_a_dossier_keeps_the_version_it_was_received_under(change, stays):
    dossier = received(moment(26, 9)).row
    told = document()
    change(told)
    new = publish(told)
    (fate,) = fates(version(new), on=DAY, at=moment(27, 9))
    assert fate.stays is stays
    come(moment(27, 9))
    assert row_of(dossier["code"])["procedure_version"] == dossier["procedure_version"]
    assert len(history(dossier["id"])) == 1


def test_a_fee_that_is_no_more_is_not_asked_of_who_has_not_paid():
    told = document()
    told["fees"] = []
    for variant in told["variants"]:
        for channel in variant["channels"]:
            channel["fees"] = []
    told["requirement_gaps"] = []
    dossier = received(moment(26, 9)).row
    assert dossier["fee_open"]
    publish(told)
    come(moment(27, 9))
    row = row_of(dossier["code"])
    assert (row["fees"], row["fee_total"], row["fee_open"]) == ([], 0, False)


def test_whatever_is_published_no_due_moment_comes_later_and_the_preview_is_what_happens():
    pick = random.Random(4)  # noqa: S311 - seeded test data
    for _ in range(12):
        codes = [
            received(moment(24 + n % 3, 8 + n), variant=pick.choice(["no_verification", "verification"])).row
            for n in range(4)
        ]
        told = document(no_verification=str(pick.randrange(1, 6)), verification=str(pick.randrange(2, 30)))
        at = moment(27, 9)
        expected = {f.code: (f.stays is None, f.new) for f in fates(parse(told), on=DAY, at=at)}
        publish(told, at=moment(26, 20))
        come(at)
        for row in codes:
            now = row_of(row["code"])
            went = now["procedure_version"] != row["procedure_version"]
            assert now["due_at"] <= row["due_at"]
            assert went == expected[row["code"]][0]
            assert now["due_at"] > at or not went
        break_off(codes)


def break_off(rows):
    """So that the next round begins with none."""
    for row in rows:
        act("tiepnhan1", moment(27, 10), progress.withdraw, code=row["code"], shown_by="signed_paper")
