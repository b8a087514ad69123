"""Everybody who should be is told of a dossier, each once and as they want it; what was told is not kept for ever."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from motcua.dossiers.notified import ROLES, Named, notified, who_is_told
from motcua.flows import telling
from motcua.flows.reception import receive
from motcua.kernel.actor import Actor
from motcua.kernel.ids import uuid7
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger import duties
from motcua.notifications import operations
from motcua.notifications.models import Letter, Message, Notice, Preference, ReferencePreference
from motcua.notifications.rules import KEPT_FOR
from motcua.notifications.selectors import Wish, in_account, of_reference, wishes
from motcua.parties.operations import Particulars
from tests.support.acts import act
from tests.support.lives import plain, row_of
from tests.support.outlets import Outlets, outlets
from tests.support.told import MINUTE, MORNING, follow, messages, nothing_is_news, received, send, tried
from tests.support.world import intake

pytestmark = pytest.mark.django_db
PARTIES = [uuid7() for _ in range(4)]


@pytest.fixture(autouse=True)
def past() -> None:
    nothing_is_news()


@pytest.fixture
def out() -> Iterator[Outlets]:
    with outlets() as both:
        yield both


def person(name: str, *, email: str = "", phone: str = "", kind: str = "citizen") -> Particulars:
    return Particulars(name=name, kind=kind, email=email, phone=phone, address="Thôn Trung Tâm, Xã Mẫu")


HUSBAND = person("Trần Văn Bình", email="binh@example.vn", phone="0912345678")
WIFE = person("Lê Thị Mây", email="may@example.vn", phone="0912345678")
FATHER = person("Trần Văn Ba", phone="0987654321")


def received_for(*people: tuple[str, Particulars]) -> str:
    return str(act("tiepnhan1", MORNING, receive, intake=replace(intake(), people=people)).row["code"])


def told(out: Outlets) -> tuple[list[str], list[str]]:
    """To whom e-mails and text messages went."""
    return sorted(one["to"] for one in out.mail.kept), sorted(one["to"] for one in out.sms.kept)


def test_each_applicant_is_told_and_no_telephone_twice(out):
    code = received_for(("applicant", HUSBAND), ("applicant", WIFE), ("submitter", FATHER))
    follow(MORNING)
    send(MORNING + MINUTE)
    assert told(out) == (["binh@example.vn", "may@example.vn"], ["+84912345678"])
    assert len(in_account(code)) == 1
    assert {line.to for line in of_reference(code)} == {
        "",
        "b•••@example.vn",
        "m•••@example.vn",
        "•••••••678",
    }


def test_whom_the_applicants_named_is_told_in_their_place(out):
    received_for(("applicant", HUSBAND), ("applicant", WIFE), ("notified", FATHER))
    follow(MORNING)
    send(MORNING + MINUTE)
    assert told(out) == ([], ["+84987654321"])


def test_who_applies_without_an_address_is_told_through_who_handed_it_in(out):
    received_for(("applicant", replace(WIFE, email="", phone="")), ("submitter", FATHER))
    follow(MORNING)
    send(MORNING + MINUTE)
    assert told(out) == ([], ["+84987654321"])


def test_each_is_told_in_their_own_language_and_who_wants_none_is_not(out):
    code = received_for(
        ("applicant", HUSBAND), ("applicant", person("Ana", email="ana@example.org", kind="foreigner"))
    )
    (first, _) = notified(plain(code))
    operations.prefer(addressee=first.party, language="vi", channels=["sms"], at=MORNING)
    follow(MORNING)
    send(MORNING + MINUTE)
    assert told(out) == (["ana@example.org"], ["+84912345678"])
    assert "Dossier received" in out.mail.kept[0]["subject"]
    assert "da tiep nhan" in out.sms.kept[0]["text"]


def test_one_who_was_not_reached_is_telephoned_though_the_other_was(out):
    code = received_for(("applicant", HUSBAND), ("applicant", person("Ba", email="sai@example.vn")))
    follow(MORNING)
    send(MORNING + MINUTE)
    Message.objects.filter(channel="email", addressee=notified(plain(code))[1].party).update(
        state="failed", ended_at=MORNING
    )
    Notice.objects.filter(reference=code).update(outcome="", settled_at=None)
    tried(MORNING + timedelta(hours=1))
    assert Notice.objects.get(reference=code).outcome == "missed"


def test_a_telephone_abroad_gets_no_text_and_the_log_says_so(out):
    code = received_for(("applicant", person("Ana", phone="+44 7400 123456", kind="foreigner")))
    assert "sms" not in telling.reachable(notified(plain(code))[0])
    follow(MORNING)
    send(MORNING + MINUTE)
    assert told(out) == ([], [])
    assert [(m.state, m.fault) for m in Message.objects.filter(channel="sms")] == [("failed", "abroad")]
    assert {line.to for line in of_reference(code)} == {"", "••••••••••456"}


named = st.builds(
    Named,
    role=st.sampled_from([*ROLES, "subject", "recipient", "household"]),
    party=st.sampled_from(PARTIES),
    kind=st.just("citizen"),
    email=st.sampled_from(["", "a@example.vn"]),
    phone=st.sampled_from(["", "0912345678"]),
)


@given(st.lists(named, max_size=8))
def test_who_is_told_of_any_people(people: list[Named]) -> None:
    found = who_is_told(people)
    parties = [one.party for one in found]
    asked = [one for one in people if one.role in ROLES]
    assert len(parties) == len(set(parties))
    assert bool(found) is bool(asked)
    assert {one.party for one in found} <= {one.party for one in asked}
    if any(one.has_address for one in asked):
        first = min(ROLES.index(one.role) for one in asked if one.has_address)
        assert set(parties) == {one.party for one in asked if one.has_address and one.role == ROLES[first]}
    else:
        assert len(found) <= 1


def test_who_typed_for_another_is_told_only_where_that_was_chosen():
    applicant = Named("applicant", PARTIES[0], "citizen", "", "")
    helper = Named("submitter", PARTIES[1], "citizen", "", "0912345678")
    assert [one.party for one in who_is_told([applicant, helper])] == [PARTIES[1]]
    assert [one.party for one in who_is_told([applicant, helper], but="submitter")] == [PARTIES[0]]
    chosen = [applicant, helper, replace(helper, role="notified")]
    assert [one.party for one in who_is_told(chosen, but="submitter")] == [PARTIES[1]]


def owner(code: str) -> tuple[Any, Actor]:
    whom = notified(plain(code))[0]
    return whom, Actor(kind="citizen", id=str(whom.party))


def test_a_receipt_changes_one_dossier_and_the_owner_all_of_them():
    code = received()
    whom, actor = owner(code)
    at = MORNING + MINUTE
    with unit_of_work(actor=actor, at=at, request=Request.of("one")):
        telling.change_wish(row=row_of(code), whom=whom, wish=Wish("en", frozenset()), actor=actor, at=at)
    assert wishes([whom.party]) == {}
    assert wishes([whom.party], reference=code) == {whom.party: Wish("en", frozenset())}
    kept = Wish("vi", frozenset({"sms"}))
    with unit_of_work(actor=actor, at=at, request=Request.of("two")):
        telling.change_own_wish(party=whom.party, wish=kept, actor=actor, at=at)
    for reference in (code, "another", ""):
        assert wishes([whom.party], reference=reference) == {whom.party: kept}
    assert not ReferencePreference.objects.exists()
    with pytest.raises(telling.Unchanged), unit_of_work(actor=actor, at=at, request=Request.of("three")):
        telling.change_own_wish(party=whom.party, wish=kept, actor=actor, at=at)
    assert Preference.objects.get().changed_at == at


def test_texts_are_erased_after_their_time_and_the_log_stays(out):
    code = received()
    follow(MORNING)
    send(MORNING + MINUTE)
    log = messages(code)
    for late, kept in ((KEPT_FOR - MINUTE, 3), (KEPT_FOR + MINUTE, 0), (KEPT_FOR + MINUTE, 0)):
        duties.run(clock=lambda late=late: MORNING + late, origin="simulated")
        assert Letter.objects.filter(sealed__isnull=False).count() == kept
    assert messages(code) == log
    assert in_account(code) == ()
    assert {(line.to, line.letter, line.is_damaged) for line in of_reference(code)} == {("", None, False)}
