"""Two officers send the same person away at the same moment: they are counted one after the other."""

from datetime import timedelta

import pytest

from motcua.kernel.errors import NotAllowedNow
from motcua.reception.selectors.guidance import found
from motcua.reception.selectors.returns import waiting_for_word
from tests.support.acts import moment
from tests.support.situations import told_to_bring
from tests.support.together import all_at_once
from tests.support.world import COMMUNE

pytestmark = pytest.mark.django_db(transaction=True)


def guide(at):
    return told_to_bring(at, name="Vũ Thị Ba")


def test_only_one_of_two_is_the_third():
    at = moment(24, 9)
    guide(at), guide(at + timedelta(minutes=1))
    later = at + timedelta(minutes=2)
    answers = all_at_once(guide, [later, later])
    assert sorted(type(a) for a in answers if isinstance(a, Exception)) == [NotAllowedNow]
    assert [one.times for one in waiting_for_word(COMMUNE)] == [3]
    assert sorted(one.number[-6:] for one in found("Vũ Thị Ba", agency=COMMUNE, at=later)) == [
        "000001",
        "000002",
        "000003",
    ]


def test_strangers_do_not_hinder_each_other():
    at = moment(24, 9)
    numbers = all_at_once(lambda name: told_to_bring(at, name=name), ["Vũ Thị Ba", "Vũ Thị Bốn"])
    assert sorted(number[-6:] for number in numbers) == ["000001", "000002"]
