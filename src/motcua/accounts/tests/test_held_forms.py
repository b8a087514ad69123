"""What was typed when a session had ended: given back once, where it belongs, and unreadable meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.support.together import all_at_once

from motcua.accounts.models import HeldForm
from motcua.accounts.operations import FORM_LIFE, hold_form, take_form

pytestmark = pytest.mark.django_db
AT = datetime(2026, 8, 24, 2, 10, tzinfo=UTC)
PATH = "/receive"
FIELDS = {"name": ["Nguyễn Thị Ánh Tuyết"], "number": ["001099012345"], "papers": ["a", "b"]}


@pytest.fixture
def form():
    return hold_form(path=PATH, fields=FIELDS, at=AT)


def test_it_comes_back_once(form):
    assert take_form(form=form, path=PATH, at=AT) == FIELDS
    assert take_form(form=form, path=PATH, at=AT) is None


def test_only_for_its_own_page(form):
    assert take_form(form=form, path="/decide", at=AT) is None
    assert take_form(form=form, path=PATH, at=AT) == FIELDS


def test_only_for_an_hour(form):
    assert take_form(form=form, path=PATH, at=AT + FORM_LIFE) is None
    assert take_form(form=form, path=PATH, at=AT + FORM_LIFE - timedelta(microseconds=1)) == FIELDS


def test_nothing_of_it_can_be_read_in_the_table(form):
    sealed = bytes(HeldForm.objects.get(id=form).sealed)
    for text in ("Nguyễn", "001099012345", "papers", PATH, "Nguy\\u1ec5n"):
        assert text.encode() not in sealed


def test_a_form_moved_to_another_id_or_changed_does_not_open(form):
    other = hold_form(path=PATH, fields={"name": ["B"]}, at=AT)
    HeldForm.objects.filter(id=other).update(sealed=HeldForm.objects.get(id=form).sealed)
    assert take_form(form=other, path=PATH, at=AT) is None
    changed = bytearray(HeldForm.objects.get(id=form).sealed)
    changed[-1] ^= 1
    HeldForm.objects.filter(id=form).update(sealed=bytes(changed))
    assert take_form(form=form, path=PATH, at=AT) is None


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_do_not_both_get_it():
    form = hold_form(path=PATH, fields=FIELDS, at=AT)
    answers = all_at_once(lambda _: take_form(form=form, path=PATH, at=AT), range(6))
    assert [a for a in answers if a is not None] == [FIELDS]
