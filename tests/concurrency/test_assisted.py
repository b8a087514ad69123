"""Two helpers and one person at the same instant, one helper twice, and an objection while the desk receives."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.ids import uuid7
from motcua.kernel.time import now
from motcua.ledger.selectors import history
from motcua.submissions import consent_codes
from motcua.submissions.models import ConsentCode
from motcua.web.citizen.tests import test_relative
from motcua.web.citizen.tests.test_assist import row_of, written_for
from motcua.web.citizen.tests.walk import looked_at, received_at_desk
from tests.support.citizens import citizen_client
from tests.support.html import Page
from tests.support.pages import plain_static, visitor
from tests.support.streams import count
from tests.support.together import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
Sent = tuple[Client, str, dict[str, Any]]


@pytest.fixture(autouse=True)
def pages() -> Iterator[None]:
    with plain_static():
        yield


def ready(login: str) -> Sent:
    """A helper whose draft for the same person is whole, and what their browser would send to hand it in."""
    client = visitor(login, at=now())
    check = written_for(client)
    return client, check, Page(client.get(check).text).form("sure").sent({"sure": "on"})


def hand_in(one: Sent) -> Any:
    client, check, told = one
    return client.post(check, told)


def test_of_two_helpers_at_once_the_second_reads_of_the_first_and_may_go_on():
    helpers = [ready("tiepnhan1"), ready("giaodichvien")]
    answers = all_at_once(hand_in, helpers)
    assert sorted(one.status_code for one in answers) == [302, 409]
    assert count("dossiers_dossier") == 1
    late = next(n for n, one in enumerate(answers) if one.status_code == 409)
    assert "đã có một hồ sơ cùng thủ tục" in answers[late].text
    client, check, _told = helpers[late]
    form = Page(answers[late].text).form("sure", "again")
    refused = client.post(check, form.sent({"sure": "on"}))
    assert refused.status_code == 409, "without the tick it is asked again"
    form = Page(refused.text).form("sure", "again")
    assert client.post(check, form.sent({"sure": "on", "again": "on"})).status_code == 302
    assert count("dossiers_dossier") == 2


def test_the_control_unasked_there_are_two(monkeypatch):
    monkeypatch.setattr("motcua.flows.submissions.refuse_double", lambda _row: None)
    answers = all_at_once(hand_in, [ready("tiepnhan1"), ready("giaodichvien")])
    assert [one.status_code for one in answers] == [302, 302]
    assert count("dossiers_dossier") == 2


def test_two_clicks_at_once_hand_in_once():
    one = ready("tiepnhan1")
    again = Client()
    again.cookies = one[0].cookies
    answers = all_at_once(hand_in, [one, (again, *one[1:])])
    assert {each.status_code for each in answers} == {302}
    assert len({each["Location"] for each in answers}) == 1
    assert count("dossiers_dossier") == 1


def test_who_objects_while_the_desk_receives_is_heard_in_either_order():
    at = now()
    code = test_relative.filed(citizen_client(at=at), test_relative.ASKED)
    desk, applicant = visitor("tiepnhan1", at=at), citizen_client("may", at=at)
    receiving = Page(desk.get(f"/dossiers/{code}/receive").text).form("found_identity")
    objecting = Page(applicant.get(f"/my/dossiers/{code}/object").text).form("sure")
    acts = [
        (
            desk,
            f"/dossiers/{code}/receive",
            looked_at(receiving, {"found_identity": "on", "found_residence": "on"}),
        ),
        (applicant, f"/my/dossiers/{code}/object", objecting.sent({"sure": "on", "reason": "Không nhờ."})),
    ]
    received, objected = all_at_once(hand_in, acts)
    row = row_of(code)
    assert objected.status_code == 302
    assert row["filing"]["objected"] is not None
    assert (received.status_code, row["state"]) in ((302, "received"), (409, "submitted"))
    seqs = [event.seq for event in history(row["id"])]
    assert seqs == list(range(1, len(seqs) + 1))
    if received.status_code == 409:  # the objection came first: the officer reads it, then receives
        assert "báo không nhờ ai nộp" in desk.get(f"/dossiers/{code}/receive").text
        form = {"found_identity": "on", "found_residence": "on"}
        assert received_at_desk(desk, code, form).status_code == 302


def test_of_many_who_ask_for_one_number_at_once_few_are_sent_a_code():
    """Each for another person, so that nothing but the number is in common."""
    at = now()

    def asked(_: int) -> object:
        return consent_codes.ask(draft=uuid7(), owner=uuid7(), of="a", to="+84912345678", at=at)

    said = all_at_once(asked, range(6))
    sent = [one for one in said if isinstance(one, consent_codes.NewCode)]
    assert len(sent) == consent_codes.BOUNDS[0][1] == count("submissions_consentcode")
    assert all(isinstance(one, consent_codes.NewCode | NotAllowedNow) for one in said)


def test_guesses_at_once_are_counted_one_by_one():
    at, draft = now(), uuid7()
    made = consent_codes.ask(draft=draft, owner=uuid7(), of="a", to="+84912345678", at=at)
    wrong = f"{(int(made.code) + 1) % 10**6:06}"

    def guessed(_: int) -> None:
        consent_codes.answer(draft=draft, of="a", typed=wrong, at=at)

    said = all_at_once(guessed, range(8))
    assert all(isinstance(one, Invalid) for one in said)
    assert ConsentCode.objects.get().wrong == consent_codes.MOST_WRONG
    with pytest.raises(Invalid):
        consent_codes.answer(draft=draft, of="a", typed=made.code, at=at)
    assert ConsentCode.objects.get().answered_at is None
