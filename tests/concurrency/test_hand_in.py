"""One draft handed in on two devices at the same instant: one dossier, and the other device is led to it."""

import threading
from uuid import UUID

import pytest

from motcua.accounts.operations import session_digest
from motcua.dossiers.operations import Recorded
from motcua.flows.reception import examine
from motcua.flows.submissions import hand_in
from motcua.flows.terms import terms_of
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
