"""A mandate is withdrawn while its holder hands in: either all of it was before, or nothing is handed in."""

import pytest
from django.db import connection

from motcua.flows.online_money import ask_to_pay
from motcua.flows.submissions import hand_in
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Denied
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import history
from motcua.parties.mandates import end
from motcua.submissions.operations import AlreadySubmitted
from tests.support.joint import terms
from tests.support.mandated import HUNG, mandate, signed_in
from tests.support.scenes_citizen import whole_draft
from tests.support.together import all_at_once, while_at_work

pytestmark = pytest.mark.django_db(transaction=True)


class Staff:
    """Hùng, who may hand in a whole draft of the business."""

    def __init__(self, at):
        self.at = at
        self.business, self.person = signed_in("congty", at), signed_in("hung", at)
        self.mandate = mandate(self.business, HUNG, at)
        self.draft = whole_draft(self.business.id, at, "m")
        self.intake, self.agreed, self.revision = terms(self.draft, self.business.id, at)
        self.actor = Actor(
            kind="citizen",
            id=str(self.person.id),
            acting_for=str(self.business.id),
            mandate=str(self.mandate),
        )

    def hands_in(self, wait=None, request=None):
        with unit_of_work(
            actor=self.actor, at=self.at, request=request or Request.fresh(), origin="simulated"
        ):
            done = hand_in(
                draft=self.draft,
                revision=self.revision,
                intake=self.intake,
                agreed=self.agreed,
                actor=self.actor,
                at=self.at,
            )
            if wait is not None:
                wait()
            return done

    def loses_it(self, wait=None):
        with unit_of_work(actor=self.business.actor, at=self.at, request=Request.fresh(), origin="simulated"):
            end(mandate=self.mandate, business=self.business.id, actor=self.business.actor, at=self.at)
            if wait is not None:
                wait()


@pytest.fixture
def staff():
    return Staff(now())


def dossiers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dossiers_dossier")
        return cursor.fetchone()[0]


def test_control_with_a_mandate_it_is_handed_in(staff):
    assert staff.hands_in().row["parties"][0]["party"] == str(staff.business.id)
    assert dossiers() == 1


def test_withdrawn_first_nothing_is_handed_in(staff):
    answer = while_at_work(staff.loses_it, staff.hands_in)
    assert isinstance(answer, Denied)
    assert dossiers() == 0


def test_handed_in_first_the_withdrawal_waits(staff):
    assert while_at_work(staff.hands_in, staff.loses_it) is None
    assert dossiers() == 1


def test_handed_in_by_several_clicks_it_is_one_dossier(staff):
    twin = Request.fresh()
    answers = all_at_once(lambda request: staff.hands_in(request=request), [twin, twin, Request.fresh()])
    done = [one for one in answers if not isinstance(one, Exception)]
    assert len(done) == 1
    assert all(isinstance(one, AlreadyDone | AlreadySubmitted) for one in answers if one not in done)
    assert dossiers() == 1


def pays(staff, dossier, wait=None):
    with unit_of_work(actor=staff.actor, at=staff.at, request=Request.fresh(), origin="simulated"):
        done = ask_to_pay(dossier=dossier, actor=staff.actor, at=staff.at)
        if wait is not None:
            wait()
        return done


@pytest.fixture
def owing(staff):
    return staff.hands_in().row["id"]


def test_control_with_a_mandate_it_is_paid(staff, owing):
    order = pays(staff, owing).order
    assert history(order["id"])[0].actor["mandate"] == str(staff.mandate)


def test_withdrawn_first_nothing_is_paid(staff, owing):
    answer = while_at_work(staff.loses_it, lambda: pays(staff, owing))
    assert isinstance(answer, Denied)


def test_paid_first_the_withdrawal_waits(staff, owing):
    assert while_at_work(lambda wait: pays(staff, owing, wait), staff.loses_it) is None
