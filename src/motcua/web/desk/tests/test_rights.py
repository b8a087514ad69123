"""Acts x positions x situations: exactly what the table here says opens; everything else is refused in words
and writes nothing."""

from collections.abc import Mapping
from itertools import product

import pytest
from django.db import connection
from tests.support.world import COMMUNE, PROVINCE, trial_agencies

from motcua.agencies.positions import BLIND
from motcua.dossiers.states import ACTS, Act
from motcua.web.desk.tests.support import SITUATIONS, Story, browser

pytestmark = pytest.mark.django_db

BUILT = {act for act, row in ACTS.items() if row.built}

# What each kind of seat may do in each situation, written by hand from design section 4.
_KEEPS = frozenset({"move_papers"})
_MENDS = frozenset({"close_as_duplicate", "correct_reception"})
_FINDS = frozenset({"reopen_for_correction"})
_LEADS = frozenset({"suspend", "extend", "notify_delay", "stop", "consult"})
_SENDS, _ASKS, _SAYS = frozenset({"transfer"}), "request_payment", frozenset({"declare_interest"})
_ASSIGNS = _SAYS | {"transfer", "assign"}
_SORRY = frozenset({"prepare_delay"})
_OPINIONS = frozenset({"remind_consulted", "take_back_consultation"})
_DESK, _OFFICER, _CLERK, _LEADERS = (
    ("reception_officer",),
    ("justice_officer",),
    ("clerk",),
    ("chair", "vice_chair"),
)
_FINDERS = ("desk_manager", "justice_officer", "economic_section", "culture_society_section", "clerk")
# Of the officers one who does not have it: who has it is in test_hands.
EXPECTED: Mapping[str, Mapping[tuple[str, ...], frozenset[str]]] = {
    "submitted": {
        _DESK: _KEEPS
        | _SENDS
        | {"receive", "request_supplement", "withdraw", "refuse", "close_as_duplicate", _ASKS},
        _LEADERS: _SENDS,
        ("cashier",): frozenset({"pay"}),
    },
    "received": {
        _DESK: _KEEPS | _MENDS | _SENDS | {"withdraw", "void_receipt", _ASKS},
        _OFFICER: _SAYS | _SORRY | {"start", "claim", "request_supplement", _ASKS},
        _LEADERS: _ASSIGNS | {"extend", "notify_delay"},
    },
    "in_process": {
        _DESK: _KEEPS | _MENDS | _SENDS | {"withdraw", _ASKS},
        _OFFICER: _SAYS | _SORRY | {"claim", "request_supplement", "consult", _ASKS},
        _LEADERS: _LEADS | _ASSIGNS,
    },
    "apologising": {
        _DESK: _KEEPS | _MENDS | _SENDS | {"withdraw", _ASKS},
        _OFFICER: _SAYS | _SORRY | {"claim", "request_supplement", "consult", _ASKS},
        _LEADERS: _LEADS | _ASSIGNS | {"send_back_delay"},
    },
    "consulting": {
        _DESK: _KEEPS | _MENDS | {"withdraw", _ASKS},
        _OFFICER: _SAYS | _SORRY | {"claim", "request_supplement", "consult", _ASKS} | _OPINIONS,
        _LEADERS: (_LEADS | _ASSIGNS | _OPINIONS) - _SENDS,
    },
    "at_approval": {
        _DESK: _KEEPS | _MENDS | _SENDS | {"withdraw", _ASKS},
        _LEADERS: _LEADS | _ASSIGNS | _SORRY | {"claim", "step", "return_step", "request_supplement", _ASKS},
    },
    "at_seal": {
        _DESK: _KEEPS | _MENDS | _SENDS | {"withdraw", _ASKS},
        _CLERK: _SAYS
        | _SORRY
        | {"decide", "put_back", "return_step", "request_supplement", "consult", _ASKS},
        _LEADERS: _LEADS | _ASSIGNS,
        ("chair",): frozenset({"recall"}),  # who signed it
    },
    "supplement_requested": {
        _DESK: _KEEPS | {"supply", "withdraw"},
        _OFFICER: _SORRY,
        _LEADERS: frozenset({"notify_delay", "stop"}),
    },
    "suspended": {
        _DESK: _KEEPS | {"withdraw"},
        _OFFICER: _SORRY,
        _LEADERS: frozenset({"resume", "extend", "notify_delay", "stop"}),
    },
    "decided": {
        _DESK: _KEEPS | _FINDS | {"make_available", "hand_over", "charge_at_return"},
        _FINDERS: _FINDS,
        _LEADERS: _FINDS | {"revoke_result"},
    },
    "ready": {
        _DESK: _KEEPS | _FINDS | {"notify_ready", "hand_over", "charge_at_return"},
        _FINDERS: _FINDS,
        _LEADERS: _FINDS | {"revoke_result"},
    },
    "withdrawn": {_DESK: frozenset({"give_back_papers"})},
}
# A dossier that owes something is paid at the cashier's and waived by a leader, in every running state.
_OWES = (
    "received",
    "in_process",
    "consulting",
    "apologising",
    "at_approval",
    "at_seal",
    "supplement_requested",
    "suspended",
    "decided",
    "ready",
)


def people() -> dict[str, str]:
    """One login of the trial world for each kind of seat that sees the commune's dossiers, by kind."""
    found: dict[str, str] = {}
    for agency in trial_agencies():
        kinds = {p["code"]: p["kind"] for p in agency["positions"]}
        for account in agency["accounts"]:
            if agency["code"] in (PROVINCE, COMMUNE):
                found |= {kinds[p]: account["login"] for p in account["positions"] if kinds[p] not in BLIND}
    return found


def allowed(situation: str, kind: str) -> frozenset[str]:
    """What the table says."""
    money = {"cashier": {"pay"}, "chair": {"waive"}, "vice_chair": {"waive"}} if situation in _OWES else {}
    acts = (acts for kinds, acts in EXPECTED[situation].items() if kind in kinds)
    return frozenset(money.get(kind, ())).union(*acts)


def written() -> int:
    """How many events and claimed requests there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM ledger_event) + (SELECT count(*) FROM ledger_request)")
        return int(cursor.fetchone()[0])


def test_the_trial_world_has_every_kind_of_seat() -> None:
    assert len(people()) == 11


@pytest.mark.slow
@pytest.mark.parametrize("situation", EXPECTED)
def test_exactly_the_allowed_acts_open(situation: str) -> None:
    code = SITUATIONS[situation]().code
    before = written()
    opened: dict[str, set[str]] = {}
    posted_to: set[Act] = set()  # by one who may not: tests/web/test_matrix.py has everybody send
    clients = {kind: browser(login) for kind, login in people().items()}
    # Whoever looks at a dossier that waits for them ends its recall, so that is asked for first.
    for act, kind in sorted(product(BUILT, clients), key=lambda pair: pair[0] is not Act.RECALL):
        answer = clients[kind].get(f"/dossiers/{code}/{act}")
        if answer.status_code == 200:
            opened.setdefault(kind, set()).add(act.value)
            continue
        assert answer.status_code in (403, 409), (kind, act, answer.status_code)
        if act in posted_to:
            continue
        posted_to.add(act)
        posted = clients[kind].post(
            f"/dossiers/{code}/{act}", {"idempotency_key": act, "reason": "Một lý do"}
        )
        assert posted.status_code == answer.status_code, (kind, act)
    assert opened == {kind: set(acts) for kind in people() if (acts := allowed(situation, kind))}
    assert written() == before


@pytest.mark.parametrize("situation", EXPECTED)
def test_acts_of_later_versions_are_refused_in_words(situation: str) -> None:
    code = SITUATIONS[situation]().code
    client = browser("chutich")
    before = written()
    for act in set(ACTS) - BUILT:
        for answer in (client.get(f"/dossiers/{code}/{act}"), client.post(f"/dossiers/{code}/{act}")):
            assert answer.status_code == 409
            assert f"Chức năng “{ACTS[act].label.vi}” chưa mở" in answer.content.decode()
    assert written() == before


def test_a_word_that_is_no_act_is_no_page() -> None:
    code = Story().code
    answer = browser("chutich").get(f"/dossiers/{code}/forget")
    assert answer.status_code == 404
    assert "Traceback" not in answer.content.decode()


@pytest.mark.parametrize("address", ["", "/start", "/step"])
def test_for_another_agency_the_dossier_does_not_exist(address: str) -> None:
    code = Story().code
    for login in ("tuphap1.mauhai", "chutich.mauhai", "kythuat", "danhmuc"):
        client = browser(login)
        there, nowhere = client.get(f"/dossiers/{code}{address}"), client.get(f"/dossiers/H99-0{address}")
        assert (there.status_code, nowhere.status_code) == (404, 404)
        page = there.content.decode().replace(code, "H99-0")
        assert body_of(page) == body_of(nowhere.content.decode()), "nothing tells the two apart"
    assert (
        browser("tuphap1.mauhai").post(f"/dossiers/{code}/start", {"idempotency_key": "k"}).status_code == 404
    )


def body_of(page: str) -> str:
    """The body of an error page."""
    return page.partition("<main")[2].partition("</main>")[0]


def test_nobody_gets_in_without_signing_in() -> None:
    code = Story().code
    client = browser("tuphap1")
    client.cookies.clear()
    for address in ("/inbox", "/dossiers", f"/dossiers/{code}", f"/dossiers/{code}/start"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in?next=")


def test_who_proposed_does_not_approve() -> None:
    """A person who holds both seats is stopped by the two-person rule, page and post alike."""
    story = Story().proposed()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE dossiers_dossier SET proposal = jsonb_set(proposal, '{by}',"
            " to_jsonb((SELECT id::text FROM accounts_account WHERE login = 'chutich'))) WHERE code = %s",
            [story.code],
        )
    answer = browser("chutich").get(f"/dossiers/{story.code}/step")
    typed = {"outcome": "granted", "note": "Đủ điều kiện.", "idempotency_key": "k"}
    sent = browser("chutich").post(f"/dossiers/{story.code}/step", typed)
    for page in (answer, sent):
        told = page.content.decode()
        assert page.status_code == 403
        assert "<h1>Việc này do người khác làm</h1>" in told
        assert "Người trình không được tự duyệt; cần một lãnh đạo khác: hãy đưa mã" in told
        assert [words for words in ("đã thay đổi", "quản trị") if words in told] == []
    assert "Đủ điều kiện." in sent.content.decode(), "what was typed"
    assert browser("phochutich").get(f"/dossiers/{story.code}/step").status_code == 200
