"""One act on many dossiers, sent twice at once or by two people at once: each dossier is done once, and each page tells
of each."""

import re

import pytest

from motcua.web.desk.tests.support import Story, browser
from tests.support.pages import plain_static
from tests.support.streams import count
from tests.support.together import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _static():
    with plain_static():
        yield


def done(page: str) -> set[str]:
    """The codes that the page says are done."""
    found = re.search(r'<section aria-labelledby="done_title">.*?</section>', page, re.DOTALL)
    return set(re.findall(r"H99\.01\.01-\d{6}-\d{4}", found[0])) if found else set()


def sent_at_once(logins: list[str], keys: list[str], codes: list[str]) -> list[set[str]]:
    clients = [browser(login) for login in logins]

    def send(n: int) -> set[str]:
        fields = {"do": "start", "codes": codes, "confirmed": "1", "idempotency_key": keys[n]}
        answer = clients[n].post("/inbox/acts", fields)
        assert answer.status_code == 200
        return done(answer.content.decode())

    return all_at_once(send, range(len(logins)))


def test_a_second_click_beside_the_first_does_nothing_twice():
    codes = [Story().code for _ in range(5)]
    before = count("ledger_event")
    first, second = sent_at_once(["tuphap1", "tuphap1"], ["same", "same"], codes)
    assert first == second == set(codes)
    assert count("ledger_event") - before == len(codes)


def test_two_people_at_once_share_what_there_is():
    codes = [Story().code for _ in range(5)]
    before = count("ledger_event")
    one, other = sent_at_once(["tuphap1", "tuphap2"], ["a", "b"], codes)
    assert one | other == set(codes)
    assert not one & other
    assert count("ledger_event") - before == len(codes)
