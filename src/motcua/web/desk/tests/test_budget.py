"""What pages and acts cost in statements (design, section 12). The process has met its people and versions."""

from typing import Any

import pytest
from tests.support.statements import Statements, statements

from motcua.kernel.time import local, now
from motcua.web.desk.tests.support import NAME, RESULT, SITUATIONS, Story, browser, day_fields

pytestmark = pytest.mark.django_db
WHO = 1
OVER = {"submitted", "decided", "ready", "transferred", "withdrawn"}
PAGES = [
    (address, login) for address in ("/inbox", "/dossiers") for login in ("tuphap1", "tiepnhan1", "chutich")
]


@pytest.mark.parametrize(("address", "login"), PAGES)
def test_lists(address: str, login: str) -> None:
    for make in SITUATIONS.values():
        make()
    client = browser(login)
    client.get(address)
    # What waits for a leader's yes is a list of its own; what may be late, and bank's statements are counted.
    confirms = 3 * (address == "/inbox" and login == "chutich")
    beside = 2 * (address == "/inbox")  # one's own filters; what waits beside the work list is counted
    with statements(most=WHO + 1 + confirms + beside):
        assert client.get(address).status_code == 200


def test_a_list_in_a_process_that_has_met_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    Story().started()
    client = browser("tuphap1")
    client.get("/inbox")
    monkeypatch.setattr("motcua.web.desk.known._names._known", {})
    for module in ("catalogue", "processes"):
        monkeypatch.setattr(f"motcua.{module}.selectors._kept._known", {})
    with statements(most=WHO + 6):
        assert client.get("/inbox").status_code == 200


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_dossier(situation: str) -> None:
    code = SITUATIONS[situation]().code
    within, outside = browser("chutich"), browser("thanhtra")
    measures = 1 if situation == "transferred" else 0  # both sides' calendars
    runs = situation not in OVER  # what its steps usually take is looked up for the forecast
    for client, line in ((within, 0), (outside, 1)):
        client.get(f"/dossiers/{code}")
        with statements(most=WHO + 6 + measures + line + runs):
            assert client.get(f"/dossiers/{code}").status_code == 200


FORMS = [
    ("received", "tuphap1", "start"),
    ("at_approval", "chutich", "step"),
    ("at_seal", "vanthu", "decide"),
    ("decided", "tiepnhan1", "hand_over"),
    ("suspended", "chutich", "resume"),
    ("in_process", "chutich", "extend"),
]


@pytest.mark.parametrize(("situation", "login", "act"), FORMS)
def test_the_form_of_an_act(situation: str, login: str, act: str) -> None:
    code = SITUATIONS[situation]().code
    client = browser(login)
    client.get(f"/dossiers/{code}/{act}")
    with statements(most=WHO + 6):
        assert client.get(f"/dossiers/{code}/{act}").status_code == 200


def _today() -> dict[str, str]:
    return day_fields("result_date", local(now()).date())


POSTS: list[tuple[str, str, str, dict[str, Any], int]] = [
    ("received", "tuphap1", "start", {}, 9),
    ("in_process", "tuphap1", "step", {"outcome": "granted", "note": "Hợp lệ."}, 9),
    ("at_approval", "chutich", "step", {"outcome": "granted"}, 9),
    (
        "at_seal",
        "vanthu",
        "decide",
        {"result_number": "1", "result_kind": RESULT, "medium": "wet_ink", "sure": "on"},
        11,
    ),
    (
        "decided",
        "tiepnhan1",
        "hand_over",
        {"way": "in_person", "recipient": NAME, "checked_by": "citizen_id", "proof": "paper", "sure": "on"},
        10,
    ),
]


@pytest.mark.parametrize(("situation", "login", "act", "fields", "most"), POSTS)
def test_an_act_from_begin_to_commit(
    situation: str, login: str, act: str, fields: dict[str, Any], most: int
) -> None:
    code = SITUATIONS[situation]().code
    client = browser(login)
    client.get(f"/dossiers/{code}/{act}")
    with statements(most=WHO + 1 + most) as counted:
        posted = client.post(f"/dossiers/{code}/{act}", {**fields, **_today(), "idempotency_key": "k"})
    assert posted.status_code == 302
    begins = _transaction(counted)
    assert begins == WHO + 1, "before it: who is asking, and the dossier's row"
    assert len(counted) - begins <= most


def _transaction(counted: Statements) -> int:
    """Where the unit of work begins; it ends with the last statement."""
    (begins,) = [n for n, text in enumerate(counted.texts) if text.startswith("SAVEPOINT")]
    assert counted.texts[-1].startswith("RELEASE")
    return begins
