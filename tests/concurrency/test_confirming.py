"""Somebody confirms while the draft is saved or handed in: nothing is handed in that was not confirmed."""

from uuid import uuid4

import pytest
from django.db import transaction

from motcua.accounts.operations import session_digest
from motcua.flows.confirming import NotConfirmed, ask, asked_by, confirm
from motcua.flows.submissions import hand_in
from motcua.kernel.errors import NotFound
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.parties.selectors import citizen
from motcua.submissions.confirmations import ChangedSince, decline
from motcua.submissions.invitations import MOST_TAKEN, let_out
from motcua.submissions.models import Confirmation, Invitation
from motcua.submissions.operations import AlreadySubmitted, SavedElsewhere, give_up
from motcua.submissions.selectors import asked_about
from motcua.web.citizen.writing import Writing
from tests.support.citizens import citizen_session
from tests.support.joint import asked, confirmed, married, residence_form, residing, saved_again, terms
from tests.support.mandated import signed_in
from tests.support.together import all_at_once, while_at_work

pytestmark = pytest.mark.django_db(transaction=True)


class Couple:
    """Tuyết's draft, which Hùng is asked to confirm."""

    def __init__(self, at):
        self.at = at
        self.bride, self.groom = (
            citizen(session_digest=session_digest(citizen_session(who, at=at)), at=at)
            for who in ("tuyet", "hung")
        )
        self.draft = married(self.bride.id, at)
        self.asked = asked(self.draft, self.bride.id, at)
        self.intake, self.agreed, self.revision = terms(self.draft, self.bride.id, at)

    def confirms(self, wait=None):
        with transaction.atomic():
            confirm(
                confirmation=self.asked,
                party=self.groom.id,
                revision=self.revision,
                intake=self.intake,
                agreed=self.agreed,
                at=self.at,
            )
            if wait is not None:
                wait()

    def declines(self, wait=None):
        with transaction.atomic():
            decline(
                confirmation=self.asked,
                asked=asked_by(self.groom.id),
                party=self.groom.id,
                revision=self.revision,
                reason="Sai.",
                at=self.at,
            )
            if wait is not None:
                wait()

    def saves(self, wait=None):
        with transaction.atomic():
            saved_again(self.draft, self.bride.id, self.at)
            if wait is not None:
                wait()

    def gives_up(self, wait=None):
        with transaction.atomic():
            give_up(draft=self.draft, owner=self.bride.id)
            if wait is not None:
                wait()

    def hands_in(self, wait=None):
        with unit_of_work(actor=self.bride.actor, at=self.at, request=Request.fresh(), origin="simulated"):
            done = hand_in(
                draft=self.draft,
                revision=self.revision,
                intake=self.intake,
                agreed=self.agreed,
                actor=self.bride.actor,
                at=self.at,
            )
            if wait is not None:
                wait()
            return done


@pytest.fixture
def couple():
    return Couple(now())


def test_control_confirmed_first_it_is_handed_in(couple):
    couple.confirms()
    assert couple.hands_in().row["code"]


def test_what_is_saved_meanwhile_is_not_confirmed(couple):
    answer = while_at_work(couple.saves, couple.confirms)
    assert isinstance(answer, ChangedSince)
    assert Confirmation.objects.get().answer == ""


def test_what_is_confirmed_and_then_saved_is_not_handed_in(couple):
    couple.confirms()
    answer = while_at_work(couple.saves, couple.hands_in)
    assert isinstance(answer, SavedElsewhere)


def test_declined_while_it_is_handed_in(couple):
    couple.confirms()
    answer = while_at_work(couple.declines, couple.hands_in)
    assert isinstance(answer, NotConfirmed)


def test_handed_in_while_the_other_declines(couple):
    couple.confirms()
    answer = while_at_work(couple.hands_in, couple.declines)
    assert isinstance(answer, AlreadySubmitted)
    assert Confirmation.objects.get().answer == "confirmed"


def test_given_up_while_the_other_confirms_nothing_is_left(couple):
    answer = while_at_work(couple.gives_up, couple.confirms)
    assert isinstance(answer, NotFound)
    assert Confirmation.objects.count() == 0


def test_confirmed_while_it_is_given_up_it_is_gone_all_the_same(couple):
    assert while_at_work(couple.confirms, couple.gives_up) is None
    assert Confirmation.objects.count() == 0
    with pytest.raises(NotFound):
        couple.hands_in()


def test_two_who_have_to_confirm_do_so_at_once():
    at = now()
    residence_form(at)
    tenant, head, owner = (signed_in(who, at) for who in ("tuyet", "hung", "may"))
    draft = residing(tenant.id, at)
    writing = Writing(draft, owner=tenant.id, at=at)
    ask(kept=writing.kept, intake=writing.intake, at=at)
    named = {one.field: one.id for one in asked_about(draft)}
    people = [(named["head"], head.id), (named["owner_person"], owner.id)]
    assert all_at_once(lambda one: confirmed(one[0], draft, tenant.id, one[1], at), people) == [None, None]
    assert [one.answer for one in asked_about(draft)] == ["confirmed", "confirmed"]
    swapped = all_at_once(lambda one: confirmed(one[0], draft, tenant.id, tenant.id, at), people)
    assert [type(one) for one in swapped] == [NotFound, NotFound], "another's confirmation is nobody else's"


def test_of_many_who_write_to_one_address_at_once_no_more_go_out_than_it_may_get():
    at = now()
    senders = [uuid4() for _ in range(MOST_TAKEN + 3)]
    let = all_at_once(lambda who: let_out(["+84911222333"], asked=uuid4(), sender=who, at=at), senders)
    assert sum(len(one) for one in let) == MOST_TAKEN == Invitation.objects.exclude(place=b"").count()


def test_confirmed_by_two_clicks_at_once_it_is_confirmed_once(couple):
    answers = all_at_once(lambda _: couple.confirms(), range(3))
    assert answers == [None, None, None]
    assert Confirmation.objects.get().answer == "confirmed"
    assert couple.hands_in().row["code"]


def test_asked_by_two_clicks_at_once_it_is_one_question(couple):
    confirmed(couple.asked, couple.draft, couple.bride.id, couple.groom.id, couple.at)
    again = all_at_once(lambda _: asked(couple.draft, couple.bride.id, couple.at), range(3))
    assert set(again) == {couple.asked}
    assert Confirmation.objects.get().answer == "confirmed"
