"""What was typed when a session had ended: given back once, where it belongs, and unreadable meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.support.together import all_at_once

from motcua.accounts.models import HeldForm
from motcua.accounts.operations import (
    FORM_LIFE,
    SESSION_LIFE,
    add_account,
    hold_form,
    session_digest,
    sign_in,
    sweep,
    take_form,
)
from motcua.accounts.operations.held_forms import MOST_FORMS
from motcua.kernel.ids import uuid7

pytestmark = pytest.mark.django_db
AT = datetime(2026, 8, 24, 2, 10, tzinfo=UTC)
PATH = "/receive"
FIELDS = {"name": ["Nguyễn Thị Ánh Tuyết"], "number": ["001099012345"], "papers": ["a", "b"]}


PASSWORD = "mot-mat-khau-dai"


@pytest.fixture
def anh():
    return add_account(login="anh", name="Nguyễn Văn Anh", password=PASSWORD, at=AT)


@pytest.fixture
def session(anh):
    """The digest of a session that ended at AT."""
    return session_digest(sign_in(login="anh", password=PASSWORD, address="", at=AT - SESSION_LIFE).secret)


@pytest.fixture
def form(session):
    return hold_form(session=session, path=PATH, fields=FIELDS, at=AT)


def test_it_comes_back_once(form, anh):
    assert take_form(form=form, account=anh, path=PATH, at=AT) == FIELDS
    assert take_form(form=form, account=anh, path=PATH, at=AT) is None


def test_only_for_its_own_page(form, anh):
    assert take_form(form=form, account=anh, path="/decide", at=AT) is None
    assert take_form(form=form, account=anh, path=PATH, at=AT) == FIELDS


def test_only_for_who_typed_it(form, anh):
    assert take_form(form=form, account=uuid7(), path=PATH, at=AT) is None
    assert take_form(form=form, account=anh, path=PATH, at=AT) == FIELDS


def test_what_strangers_post_is_not_kept():
    assert hold_form(session=session_digest("a forged secret"), path=PATH, fields=FIELDS, at=AT) is None
    assert not HeldForm.objects.exists()


def test_the_owner_of_a_session_is_known_for_an_hour_after_its_end(session):
    sweep(at=AT + FORM_LIFE - timedelta(microseconds=1))
    assert hold_form(session=session, path=PATH, fields=FIELDS, at=AT + FORM_LIFE) is not None
    sweep(at=AT + FORM_LIFE)
    assert hold_form(session=session, path=PATH, fields=FIELDS, at=AT + FORM_LIFE) is None


def test_only_for_an_hour(form, anh):
    assert take_form(form=form, account=anh, path=PATH, at=AT + FORM_LIFE) is None
    assert (
        take_form(form=form, account=anh, path=PATH, at=AT + FORM_LIFE - timedelta(microseconds=1)) == FIELDS
    )


def test_nothing_of_it_can_be_read_in_the_table(form):
    sealed = bytes(HeldForm.objects.get(id=form).sealed)
    for text in ("Nguyễn", "001099012345", "papers", PATH, "Nguy\\u1ec5n"):
        assert text.encode() not in sealed


def test_a_form_moved_to_another_id_or_changed_does_not_open(form, anh, session):
    other = hold_form(session=session, path="/other", fields={"name": ["B"]}, at=AT)
    assert other is not None
    HeldForm.objects.filter(id=other).update(sealed=HeldForm.objects.get(id=form).sealed)
    assert take_form(form=other, account=anh, path=PATH, at=AT) is None
    changed = bytearray(HeldForm.objects.get(id=form).sealed)
    changed[-1] ^= 1
    HeldForm.objects.filter(id=form).update(sealed=bytes(changed))
    assert take_form(form=form, account=anh, path=PATH, at=AT) is None


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_do_not_both_get_it(form, anh):
    answers = all_at_once(lambda _: take_form(form=form, account=anh, path=PATH, at=AT), range(6))
    assert [a for a in answers if a is not None] == [FIELDS]


def test_of_one_page_the_last_form_stays(session, anh):
    first, last = (hold_form(session=session, path=PATH, fields={"name": [x]}, at=AT) for x in "ab")
    assert first is not None
    assert last is not None
    assert HeldForm.objects.count() == 1
    assert take_form(form=first, account=anh, path=PATH, at=AT) is None
    assert take_form(form=last, account=anh, path=PATH, at=AT) == {"name": ["b"]}


def test_of_one_person_the_last_pages_stay(session, form):
    other = add_account(login="binh", name="Lê Bình", password=PASSWORD, at=AT)
    theirs = sign_in(login="binh", password=PASSWORD, address="", at=AT).secret
    kept = hold_form(session=session_digest(theirs), path=PATH, fields=FIELDS, at=AT)
    posted = [
        hold_form(session=session, path=f"/{n}", fields=FIELDS, at=AT + timedelta(seconds=n))
        for n in range(40)
    ]
    assert set(HeldForm.objects.values_list("id", flat=True)) == {kept, *posted[-MOST_FORMS:]}
    assert HeldForm.objects.filter(account=other).count() == 1
