"""One writes to the agency while it waits for one, and at no other time; whoever handles the dossier reads it."""

import pytest
from tests.support.acts import act
from tests.support.citizens import citizen_client
from tests.support.pages import visitor

from motcua.dossiers.operations import MissingPaper
from motcua.dossiers.windows import MOST_WRITINGS
from motcua.flows import progress
from motcua.kernel.time import now
from motcua.ledger.models import Event
from motcua.web.citizen.tests.walk import handed_in, send

pytestmark = pytest.mark.django_db
WORDS = "Tôi đã mất hộ chiếu, đang xin cấp lại."


@pytest.fixture
def asked(at):
    client = citizen_client(at=at)
    code = handed_in(client)
    return client, code


def ask(code):
    items = [MissingPaper(component=None, text="Hộ chiếu.")]
    act("tiepnhan1", now(), progress.request_supplement, code=code, items=items)


def written():
    return Event.objects.filter(type="dossier_applicant_wrote").count()


def test_only_while_the_agency_waits(asked, at):
    client, code = asked
    path = f"/my/dossiers/{code}/write"
    assert "Lúc này chưa viết được" in client.get(path).text
    assert path not in client.get(f"/my/dossiers/{code}").text
    refused = client.post(path, {"text": WORDS, "idempotency_key": "early"})
    assert (refused.status_code, written()) == (409, 0)
    ask(code)
    assert f'href="{path}"' in client.get(f"/my/dossiers/{code}").text
    assert send(client, path, {"text": WORDS}).status_code == 302
    assert written() == 1
    assert WORDS in client.get(path).text
    officer = visitor("tiepnhan1", at=at)
    assert WORDS in officer.get(f"/dossiers/{code}").text
    assert visitor("tiepnhan1.mauhai", at=at).get(f"/dossiers/{code}").status_code == 404
    page = officer.get(f"/dossiers/{code}").text
    assert page.count(WORDS) == 2, "before everything else, and in the history"
    assert "Người dân viết cho cơ quan</" in page
    envelope = str(Event.objects.get(type="dossier_applicant_wrote").envelope)
    assert "hộ chiếu" not in envelope


def test_nobody_else_writes_and_twice_is_once(asked, at):
    client, code = asked
    ask(code)
    path = f"/my/dossiers/{code}/write"
    other = citizen_client("may", at=at)
    assert other.get(path).status_code == 404
    assert other.post(path, {"text": WORDS, "idempotency_key": "k"}).status_code == 404
    assert written() == 0
    for _ in range(2):
        assert client.post(path, {"text": WORDS, "idempotency_key": "k"}).status_code == 302
    assert written() == 1


@pytest.mark.parametrize("words", ["", "   ", "x" * 2_001, "a\x00b"])
def test_what_is_wrong_is_said_and_writes_nothing(asked, at, words):
    client, code = asked
    ask(code)
    answer = client.post(f"/my/dossiers/{code}/write", {"text": words, "idempotency_key": "k"})
    assert (answer.status_code, written()) == (422, 0)


def test_there_is_an_end_to_writing(asked, at):
    client, code = asked
    ask(code)
    path = f"/my/dossiers/{code}/write"
    for number in range(MOST_WRITINGS):
        client.post(path, {"text": WORDS, "idempotency_key": str(number)})
    assert client.post(path, {"text": WORDS, "idempotency_key": "more"}).status_code == 409
    assert written() == MOST_WRITINGS
