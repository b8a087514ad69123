"""One draft handed in on two devices at the same instant: one dossier, and the other device is led to it."""

import threading
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from motcua.accounts.operations import session_digest
from motcua.dossiers.operations import Recorded
from motcua.flows.reception import examine
from motcua.flows.submissions import hand_in
from motcua.flows.terms import terms_of
from motcua.kernel.errors import NotFound
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.parties.selectors import Citizen, citizen
from motcua.submissions import operations as submissions
from motcua.submissions.models import Draft
from motcua.submissions.operations import AlreadySubmitted
from motcua.web.citizen.writing import Writing
from tests.support.acts import moment
from tests.support.citizens import citizen_session
from tests.support.scenes_citizen import whole_draft
from tests.support.streams import count
from tests.support.together import all_at_once, while_at_work

pytestmark = pytest.mark.django_db(transaction=True)
AT = moment(24, 9)


@pytest.fixture
def who() -> Citizen:
    found = citizen(session_digest=session_digest(citizen_session("tuyet", at=AT)), at=AT)
    assert found is not None
    return found


@pytest.fixture
def draft(who: Citizen) -> UUID:
    return whole_draft(who.id, AT, "a")


def handed_in(who, draft, wait=None):
    writing = Writing(draft, owner=who.id, at=AT)
    intake, revision = writing.intake, writing.kept.revision
    agreed = terms_of(examine(intake=intake, at=AT), intake)
    with unit_of_work(actor=who.actor, at=AT, request=Request.fresh(), origin="simulated"):
        done = hand_in(draft=draft, revision=revision, intake=intake, agreed=agreed, actor=who.actor, at=AT)
        if wait is not None:
            wait()
    return done


def one_of_it(before):
    return count("dossiers_dossier") - before


def test_two_devices_at_the_same_instant_hand_in_once(who, draft):
    before = count("dossiers_dossier")
    said = all_at_once(lambda _device: handed_in(who, draft), range(2))
    won = [one.row["code"] for one in said if isinstance(one, Recorded)]
    led = [one.code for one in said if isinstance(one, AlreadySubmitted)]
    assert won == led, said
    assert one_of_it(before) == 1
    assert Draft.objects.get(id=draft).submitted_as == won[0]


def test_the_second_waits_for_the_first_and_is_led_to_its_dossier(who, draft):
    before = count("dossiers_dossier")
    answer = while_at_work(lambda wait: handed_in(who, draft, wait), lambda: handed_in(who, draft))
    assert isinstance(answer, AlreadySubmitted)
    assert one_of_it(before) == 1


def test_the_control_without_the_drafts_lock_there_would_be_two(who, draft, monkeypatch):
    """The control: the race is a real one."""
    both_have_read, look = threading.Barrier(2), submissions.lock

    def look_then_wait(**told):
        found = look(**told)
        both_have_read.wait(10)
        return found

    monkeypatch.setattr(Draft.objects, "select_for_update", Draft.objects.all)
    monkeypatch.setattr(submissions, "lock", look_then_wait)
    # Files are taken once whatever comes: without them nothing but the lock stands between.
    monkeypatch.setattr("motcua.dossiers.operations.reception.attach", lambda *_told, **_more: ())
    before = count("dossiers_dossier")
    all_at_once(lambda _device: handed_in(who, draft), range(2))
    assert one_of_it(before) == 2


def given_up(who, draft, wait=None):
    with transaction.atomic():
        submissions.give_up(draft=draft, owner=who.id)
        if wait is not None:
            wait()


def test_given_up_while_it_is_handed_in_it_stays_and_says_its_code(who, draft):
    answer = while_at_work(lambda wait: handed_in(who, draft, wait), lambda: given_up(who, draft))
    assert isinstance(answer, AlreadySubmitted)
    assert Draft.objects.get(id=draft).submitted_as == answer.code


def test_handed_in_while_it_is_given_up_there_is_no_dossier(who, draft):
    before = count("dossiers_dossier")
    answer = while_at_work(lambda wait: given_up(who, draft, wait), lambda: handed_in(who, draft))
    assert isinstance(answer, NotFound)
    assert one_of_it(before) == 0


def test_the_control_deleted_without_the_lock_both_succeed(who, draft, monkeypatch):
    """The control: what is collected first, and deleted by id later, takes the dossier's trace along."""

    def unlocked(*, draft, owner):
        row = Draft.objects.filter(id=draft, owner=owner, submitted_as="").first()
        assert row is not None
        row.delete()

    monkeypatch.setattr(submissions, "give_up", unlocked)
    assert while_at_work(lambda wait: handed_in(who, draft, wait), lambda: given_up(who, draft)) is None
    assert not Draft.objects.filter(id=draft).exists()


def test_swept_while_it_is_saved_what_was_saved_stays(who, draft):
    late = AT + submissions.DRAFT_LIFE
    kept = Writing(draft, owner=who.id, at=AT).kept
    with transaction.atomic():
        submissions.save(kept=kept, page="you", fields={}, reached="you", at=late - timedelta(seconds=1))
        assert all_at_once(lambda at: submissions.sweep(at=at), [late]) == [0]
    assert Draft.objects.get(id=draft).revision == kept.revision + 1
    assert submissions.sweep(at=late) == 0
    assert submissions.sweep(at=late + submissions.DRAFT_LIFE) == 1
