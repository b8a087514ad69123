"""What is wrong in a form is named by the officer and mended in the form, until the last minute of the last day."""

from datetime import datetime, time, timedelta

import pytest

from motcua.dossiers.answered import form_of
from motcua.dossiers.operations import MissingPaper
from motcua.dossiers.tracked import open_items
from motcua.dossiers.windows import supplement_until
from motcua.flows import progress
from motcua.flows.reception import submit
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.time import ZONE
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import history
from tests.support.acts import act, moment
from tests.support.mending import NAME, WHO, birth_from_home, birth_returned
from tests.support.scenes_joint import person
from tests.support.world import intake
from tests.support.written import written

pytestmark = pytest.mark.django_db
AT = moment(24, 9)


@pytest.fixture
def who():
    return person("tuyet", AT)


def supply(who, at, code, items, **told):
    with unit_of_work(actor=who.actor, at=at, request=Request.fresh(), origin="simulated"):
        return progress.supply(code=code, items=items, actor=who.actor, at=at, **told).row


def refused(error, work, *arguments, **named):
    before = written()
    with pytest.raises(error) as told:
        work(*arguments, **named)
    assert written() == before
    return told.value


def item(**told):
    return MissingPaper(**{"component": None, "text": "Sai.", **told})


def test_only_what_the_form_has_and_asked_can_be_named(who):
    code = birth_from_home(who, AT)
    for wrong in (
        item(topic="nowhere"),
        item(topic="child", fields=("mother.name",)),
        item(topic="child", fields=("clinic",)),
        item(topic="child", fields=("child.name",), text="  "),
        item(topic="child", component="birth_notice"),
    ):
        refused(Invalid, act, "tiepnhan1", AT, progress.request_supplement, code=code, items=[wrong])


def test_a_dossier_without_a_form_has_nothing_to_name(who):
    code = act("tiepnhan1", AT, submit, intake=intake(channel="online")).row["code"]
    refused(Invalid, act, "tiepnhan1", AT, progress.request_supplement, code=code, items=[NAME])


def test_what_is_named_is_said_in_words(who):
    code = birth_from_home(who, AT)
    row = act(
        "tiepnhan1", AT, progress.request_supplement, code=code, items=[NAME, item(topic="parents")]
    ).row
    one, two = (each.text for each in open_items(row))
    assert one.startswith("Tờ khai, trang “Trẻ được khai sinh” (Trẻ")
    assert one.endswith("): Họ của trẻ sai.")
    assert two == "Tờ khai, trang “Cha, mẹ”: Sai."


def test_the_last_minute_of_the_last_day_is_in_time_and_the_next_is_not(who):
    last = datetime.combine(supplement_until(AT), time(23, 59), ZONE)
    code, late = birth_returned(who, AT), birth_returned(who, AT)
    typed = {"child": {"name": "Trần Minh"}}
    row = supply(who, last, code, ["1"], typed=typed)
    assert row["supplement"]["supplied"] == ["1"]
    told = refused(NotAllowedNow, supply, who, last + timedelta(minutes=1), late, ["1"], typed=typed)
    assert "Đã hết ngày bổ sung" in told.vi
    taken = act("tiepnhan1", last + timedelta(hours=9), progress.supply, code=late, items=["1"], typed=typed)
    assert taken.event.fields == ("child.name",), "the desk takes it until the dossier is stopped"


def test_the_form_and_words_go_with_items_that_take_them(who):
    code = birth_returned(who, AT)
    typed = {"child": {"name": "Trần Minh"}}
    refused(Invalid, supply, who, AT, code, ["1"])
    refused(Invalid, supply, who, AT, code, ["1"], typed={"child": {"name": ""}})
    refused(Invalid, supply, who, AT, code, ["2"], words={"1": "Đúng rồi."})
    refused(Invalid, supply, who, AT, code, ["7"], typed=typed)
    row = supply(who, AT, code, ["1", "2"], typed=typed, words={"2": "Ông nội."})
    assert row["state"] == "submitted"
    refused(NotAllowedNow, supply, who, AT, code, ["1"], typed=typed)
    held = form_of(row)
    assert held is not None
    (mend,) = held.mends
    assert (mend.before["child"]["name"], held.answers["child"]["name"]) == ("Nguyễn Minh", "Trần Minh")
    events = str([x.data for x in history(row["id"])])
    assert "Trần" not in events
    assert "Ông nội" not in events


def test_of_everything_else_that_is_typed_nothing_counts(who):
    code = birth_returned(who, AT)
    typed = {
        "child": {"name": "Trần Minh", "sex": "female"},
        "mother": {"name": "Lê Thị Lan"},
        "strange": "x",
    }
    row = supply(who, AT, code, ["1"], typed=typed)
    held = form_of(row)
    assert held is not None
    assert held.mends[0].fields == ("child.name",)
    assert (held.answers["child"]["sex"], held.answers["mother"]["name"]) == ("male", "Trần Thị Hường")


def test_what_another_open_item_names_may_wait_for_it_and_no_longer(who):
    """Born in a clinic, it turns out, and no mother was told: the clinic is asked at once, the mother in her item."""
    parents = item(topic="parents", text="Ghi mẹ.")
    code = birth_returned(who, AT, [item(topic="child", fields=("born_at",)), parents, WHO])
    refused(Invalid, supply, who, AT, code, ["1"], typed={"born_at": "clinic"})
    row = supply(who, AT, code, ["1"], typed={"born_at": "clinic", "clinic": "Trạm y tế xã"})
    refused(Invalid, supply, who, AT, code, ["2"], typed={"mother_known": "yes", "mother": {"name": ""}})
    row = supply(who, AT, code, ["2"], typed={"mother_known": "no", "father_known": "no"})
    held = form_of(row)
    assert held is not None
    assert "mother" not in held.answers
    assert len(held.mends) == 2
