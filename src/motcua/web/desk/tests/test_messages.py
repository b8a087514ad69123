"""What officers see of messages: masked, and what they said only for those whose task it is."""

from collections.abc import Iterator

import pytest
from tests.support.acts import moment
from tests.support.lives import brought_to, row_of
from tests.support.outlets import letter, told_of
from tests.support.pages import visitor
from tests.support.site import pages_at

from motcua.notifications import operations
from motcua.notifications.letters import Sealed
from motcua.notifications.operations import NewNotice
from motcua.notifications.selectors import PAGE

pytestmark = pytest.mark.django_db
AT = moment(24, 10)
ADDRESSES = ("tuyet@example.vn", "+84912345678", "912345678")


@pytest.fixture(autouse=True)
def at_ten() -> Iterator[None]:
    with pages_at(AT):
        yield


@pytest.fixture
def code() -> str:
    found, at = brought_to("in_process")
    told_of(found, at=at)
    return found


@pytest.mark.parametrize("login", ["tiepnhan1", "tuphap1", "chutich", "truongquay", "thanhtra"])
def test_addresses_are_masked_and_texts_are_for_who_has_the_task(code, login):
    page = visitor(login, at=AT).get(f"/dossiers/{code}/messages").text
    assert "t•••@example.vn" in page
    assert "•••••••678" in page
    assert not [address for address in ADDRESSES if address in page]
    assert "Địa chỉ nhận không dùng được" in page
    assert ("Hẹn trả 17:00 27/08/2026." in page) is (login in ("tiepnhan1", "tuphap1", "chutich"))


def test_the_dossier_leads_to_its_messages(code):
    desk = visitor("tiepnhan1", at=AT)
    assert f'href="/dossiers/{code}/messages"' in desk.get(f"/dossiers/{code}").text
    assert desk.get(f"/dossiers/{row_of(code)['id']}/messages").status_code == 404
    assert visitor("tiepnhan1.mauhai", at=AT).get(f"/dossiers/{code}/messages").status_code == 404


def test_the_log_shows_no_address_no_text_and_the_administrator_no_dossier(code):
    manager, administrator = (
        visitor(login, at=AT).get("/messages").text for login in ("truongquay", "kythuat")
    )
    for page in (manager, administrator):
        assert "t•••@example.vn" in page
        assert code in page
        assert not [address for address in (*ADDRESSES, "Hẹn trả 17:00") if address in page]
    assert f'href="/dossiers/{code}"' in manager
    assert "/dossiers/" not in administrator


def test_the_log_is_paged_and_filtered():
    for number in range(PAGE + 1):
        letters = [letter("email", Sealed(f"n{number}@example.vn", "Tin", "Tin."))]
        notice = NewNotice(
            reference=f"H99.01.01-260824-{number:04}",
            cause="test",
            as_of=1,
            about="received",
            agency="H99.01.01",
            asked_for=False,
            letters=letters,
        )
        operations.make(notice, at=AT)
    manager = visitor("truongquay", at=AT)
    first = manager.get("/messages")
    assert first.text.count("n•••@example.vn") == PAGE
    after = first.text.partition("?after=")[2].partition('"')[0]
    assert manager.get(f"/messages?after={after}").text.count("n•••@example.vn") == 1
    assert "n•••@example.vn" not in manager.get("/messages?state=failed").text
    assert manager.get("/messages?state=queued").text.count("n•••@example.vn") == PAGE
