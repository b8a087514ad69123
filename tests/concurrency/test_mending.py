"""One form mended on two devices at the same instant: two items both stand, one item is answered once."""

import pytest

from motcua.dossiers.answered import form_of
from motcua.dossiers.operations import MissingPaper, Recorded
from motcua.flows import progress
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import history
from tests.support.acts import moment
from tests.support.mending import NAME, birth_returned
from tests.support.scenes_joint import person
from tests.support.together import all_at_once, while_at_work

pytestmark = pytest.mark.django_db(transaction=True)
AT = moment(24, 9)
MOTHER = MissingPaper(component=None, topic="parents", fields=("mother.name",), text="Họ của mẹ sai.")


@pytest.fixture
def who():
    return person("tuyet", AT)


@pytest.fixture
def code(who):
    return birth_returned(who, AT, [NAME, MOTHER])


def mended(who, code, item, typed, wait=None):
    with unit_of_work(actor=who.actor, at=AT, request=Request.fresh(), origin="simulated"):
        done = progress.supply(code=code, items=[item], typed=typed, actor=who.actor, at=AT)
        if wait is not None:
            wait()
    return done


def test_two_items_on_two_devices_both_stand(who, code):
    told = {"1": {"child": {"name": "Trần Minh"}}, "2": {"mother": {"name": "Lê Thị Lan"}}}
    answers = all_at_once(lambda one: mended(who, code, *one), told.items())
    assert all(isinstance(one, Recorded) for one in answers), answers
    row = max((one.row for one in answers), key=lambda row: row["head_seq"])
    held = form_of(row)
    assert held is not None
    assert (held.answers["child"]["name"], held.answers["mother"]["name"]) == ("Trần Minh", "Lê Thị Lan")
    assert (row["state"], len(held.mends)) == ("submitted", 2)


def test_one_item_is_answered_by_whoever_was_first(who, code):
    loser = while_at_work(
        lambda wait: mended(who, code, "1", {"child": {"name": "Trần Minh"}}, wait),
        lambda: mended(who, code, "1", {"child": {"name": "Lê Minh"}}),
    )
    assert isinstance(loser, NotAllowedNow), loser
    last = mended(who, code, "2", {"mother": {"name": "Lê Thị Lan"}}).row
    held = form_of(last)
    assert held is not None
    assert held.answers["child"]["name"] == "Trần Minh"
    assert [x.type for x in history(last["id"])].count("dossier_supplied") == 2


def test_one_after_the_other_both_go_on(who, code):
    """The control: nothing but being first decides."""
    assert mended(who, code, "1", {"child": {"name": "Lê Minh"}}).event.fields == ("child.name",)
    assert mended(who, code, "2", {"mother": {"name": "Lê Thị Lan"}}).event.complete
