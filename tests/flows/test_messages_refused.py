"""A message that waits goes nowhere any more once its person wants it elsewhere, or not at all."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest

from motcua.dossiers.notified import notified
from motcua.dossiers.states import Act
from motcua.flows import mends, progress
from motcua.flows.corrections import Reception
from motcua.flows.telling import change_own_wish, change_wish
from motcua.kernel.actor import Actor
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.notifications.models import Message
from motcua.notifications.selectors import Wish
from motcua.web.citizen.tests import test_relative
from motcua.web.citizen.tests.walk import send as client_sends
from tests.support.acts import act, moment, open_day
from tests.support.citizens import citizen_client
from tests.support.lives import doings, plain, row_of
from tests.support.outlets import Outlets, outlets
from tests.support.pages import plain_static
from tests.support.told import MINUTE, MORNING, follow, in_supplement, listed, nothing_is_news, received, send
from tests.support.world import intake

pytestmark = pytest.mark.django_db
LATER = MORNING + 20 * MINUTE


@pytest.fixture(autouse=True)
def past() -> None:
    nothing_is_news()


@pytest.fixture
def out() -> Iterator[Outlets]:
    with outlets() as both:
        both.mail.mode = both.sms.mode = "busy"
        yield both


def opened_again(out: Outlets) -> None:
    out.mail.mode = out.sms.mode = "ok"


def wishes(party: UUID, *channels: str, at: datetime = MORNING + 5 * MINUTE) -> None:
    me = Actor(id=str(party), kind="citizen")
    with unit_of_work(actor=me, at=at, request=Request.fresh(), origin="simulated"):
        change_own_wish(party=party, wish=Wish("vi", frozenset(channels)), actor=me, at=at)


def became(code: str, about: str) -> dict[str, tuple[str, str]]:
    """How the messages stand that leave the house, by channel."""
    found = Message.objects.filter(notice__reference=code, notice__about=about).exclude(channel="account")
    return {one.channel: (one.state, one.fault) for one in found}


def gone(out: Outlets) -> list[str]:
    return [letter["to"] for letter in (*out.mail.kept, *out.sms.kept)]


def test_who_says_no_while_a_message_waits_gets_none_and_is_not_telephoned(out):
    code = in_supplement()
    send(MORNING + 4 * MINUTE)
    wishes(notified(plain(code))[0].party)
    opened_again(out)
    send(LATER)
    assert gone(out) == []
    assert became(code, "papers") == {"email": ("failed", "unwanted"), "sms": ("failed", "unwanted")}
    assert listed() == []


def test_who_drops_one_channel_is_told_by_the_other(out):
    code = in_supplement()
    send(MORNING + 4 * MINUTE)
    wishes(notified(plain(code))[0].party, "email")
    opened_again(out)
    send(LATER)
    assert became(code, "papers") == {"email": ("sent", ""), "sms": ("failed", "changed")}
    assert (set(gone(out)), listed()) == ({"tuyet@example.vn"}, [])


def test_who_wants_it_in_the_account_only_is_telephoned_about_what_must_be_known(out):
    code = in_supplement()
    send(MORNING + 4 * MINUTE)
    wishes(notified(plain(code))[0].party, "account")
    opened_again(out)
    send(LATER)
    assert (gone(out), listed()) == ([], [(code, "papers")])


def test_a_corrected_telephone_gets_what_waited_for_the_wrong_one_by_the_desk(out):
    code, at = received(email=""), MORNING + MINUTE
    doing = doings(at)[Act.START]
    act(doing.login, at, doing.flow, code=code, **doing.arguments)
    late = {"apology_date": open_day(moment(28, 9).date()), "reason": "Chờ trả lời."}
    act("chutich", at, progress.notify_delay, code=code, **late)
    follow(at)
    send(at)
    told = intake()
    people = tuple((role, replace(one, email="", phone="0987654321")) for role, one in told.people)
    right = Reception(variant=told.variant, people=people, handed=told.handed, answers=told.answers)
    at = MORNING + 5 * MINUTE
    seq = act("tiepnhan1", at, mends.correct_reception, code=code, reception=right, reason="Sai số.").meta.seq
    act("truongquay", at + MINUTE, mends.confirm, code=code, seq=seq)
    opened_again(out)
    send(LATER)
    assert gone(out) == []
    assert became(code, "delay") == {"sms": ("failed", "changed")}
    assert listed() == [(code, "delay")]


def test_that_wishes_changed_is_told_in_the_old_way_all_the_same(out):
    opened_again(out)
    code = received()
    follow(MORNING)
    send(MORNING)
    before = gone(out)
    whom = notified(plain(code))[0]
    out.mail.mode = out.sms.mode = "busy"
    who, at = Actor(id=str(whom.party), kind="citizen"), MORNING + MINUTE
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        change_wish(row=row_of(code), whom=whom, wish=Wish("vi", frozenset()), actor=who, at=at)
    send(MORNING + 2 * MINUTE)
    opened_again(out)
    send(LATER)
    assert len(gone(out)) == len(before) + 2
    assert set(became(code, "preferences").values()) == {("sent", "")}


def test_a_helper_whom_the_applicant_never_asked_is_told_nothing_more(out):
    at = now()
    with plain_static():
        helper, applicant = citizen_client(at=at), citizen_client("may", at=at)
        code = test_relative.filed(helper, test_relative.ASKED)
    follow(now())
    assert became(code, "submitted"), "the helper was to be told"
    (whom,) = notified(plain(code))
    with plain_static():
        said = client_sends(applicant, f"/my/dossiers/{code}/object", {"sure": "on", "reason": "Không nhờ."})
    assert said.status_code == 302
    assert whom not in notified(plain(code))
    opened_again(out)
    send(now())
    assert gone(out) == []
    assert set(became(code, "submitted").values()) == {("failed", "changed")}
