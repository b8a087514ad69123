"""The permission matrix: every address and every act, for every kind of seat and for nobody at all."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.urls import reverse

from motcua.agencies.positions import POSITION_KINDS
from motcua.dossiers.states import ACTS as TABLE, Act
from motcua.flows import progress
from motcua.web.common.public import PUBLIC as OPEN
from tests.support.acts import act
from tests.support.matrix import PAGES, PATHS, PUBLIC
from tests.support.matrix_acts import ACTS, expected
from tests.support.matrix_people import PEOPLE
from tests.support.scenes import AT, url_names
from tests.support.scenes_citizen import OWN
from tests.support.situations import dossier_in
from tests.support.written import written

KEY = {"idempotency_key": "0198f2a0-1111-7000-8000-000000000000"}


@pytest.fixture
def stage(stage):
    """And a dossier whose papers were asked for once and have come in."""
    row = dossier_in("supplement_requested", since=AT - timedelta(days=2))
    act("tiepnhan1", AT - timedelta(days=1), progress.supply, code=row["code"], items=["1", "2"])
    stage.codes["supplied"] = row["code"]
    return stage


def test_every_address_every_act_and_every_seat_has_its_rule():
    assert url_names() - PUBLIC - set(PAGES) - set(OWN) == {"act"}
    assert set(PATHS) == set(PAGES)
    assert {row.act for row in TABLE.values() if row.built and row.sources} == set(ACTS)
    assert set(POSITION_KINDS) <= set(PEOPLE)
    assert PUBLIC == OPEN


@pytest.mark.slow
def test_pages(stage):
    faults = []
    for name, rule in PAGES.items():
        for kind, login in PEOPLE.items():
            wanted = rule.wanted(kind)
            answer = stage.client(login).get(PATHS[name].format_map(stage.codes))
            if answer.status_code != wanted:
                faults.append(f"{kind} on {name}: {answer.status_code}, not {wanted}")
    assert not faults, "\n".join(faults)


def test_citizens_and_staff_open_nothing_of_each_other(stage):
    citizen, another = stage.client("citizen:tuyet"), stage.client("citizen:may")
    before, faults = written(), []
    for name, path in OWN.items():
        there = path.format_map(stage.codes)
        for login in (None, *PEOPLE.values()):
            answers = stage.client(login).get(there), stage.client(login).post(there, KEY)
            if not all(a.status_code == 302 and a["Location"].startswith("/my/sign-in?") for a in answers):
                faults.append(f"{login} on {name}: {[a.status_code for a in answers]}")
    for name, path in PATHS.items():
        answer = citizen.get(path.format_map(stage.codes))
        if answer.status_code != 302 or not answer["Location"].startswith("/sign-in?next="):
            faults.append(f"a citizen on {name}: {answer.status_code}")
    # Another citizen: what is not theirs does not exist.
    for name in (
        "my_draft",
        "my_draft_page",
        "my_draft_check",
        "my_dossier",
        "my_dossier_sent",
        "my_confirm",
        "my_confirm_file",
    ):
        answer = another.get(OWN[name].format_map(stage.codes))
        if answer.status_code != 404:
            faults.append(f"another citizen on {name}: {answer.status_code}")
    assert not faults, "\n".join(faults)
    assert written() == before


@pytest.mark.slow
def test_acts(stage):
    faults = []
    for what, places in ACTS.items():
        for situation, who in places:
            path = reverse("act", args=[stage.codes[situation], what.value])
            for kind, login in PEOPLE.items():
                wanted = expected(kind, what, who, situation)
                answer = stage.client(login).get(path)
                if answer.status_code != wanted:
                    faults.append(f"{kind}: {what} when {situation}: {answer.status_code}, not {wanted}")
    assert not faults, "\n".join(faults)


@pytest.mark.slow
def test_a_denied_act_leaves_nothing_behind(stage):
    before, faults = written(), []
    for what, places in ACTS.items():
        for situation, who in places:
            path = reverse("act", args=[stage.codes[situation], what.value])
            for kind in PEOPLE.keys() - who:
                answer = stage.client(PEOPLE[kind]).post(path, KEY)
                wanted = expected(kind, what, who, situation)
                if answer.status_code != wanted:
                    faults.append(f"{kind}: {what} when {situation}: {answer.status_code}, not {wanted}")
    assert not faults, "\n".join(faults)
    assert written() == before


@pytest.mark.parametrize("what", [row.act for row in TABLE.values() if not row.built])
def test_an_act_that_is_not_built_is_refused_with_a_sentence(stage, what):
    before = written()
    for login in ("tiepnhan1", "chutich", "thuquy"):
        for method in ("get", "post"):
            answer = getattr(stage.client(login), method)(
                f"/dossiers/{stage.codes['in_process']}/{what}", KEY
            )
            assert answer.status_code == 409
            assert TABLE[what].label.vi in answer.text
    assert written() == before


def test_what_is_no_act_is_not_found(stage):
    for word in ("delete", "step/step", "STEP", "submit", "%00"):
        assert stage.client("chutich").get(f"/dossiers/{stage.codes['in_process']}/{word}").status_code in (
            404,
            409,
        )
    assert stage.client("chutich").get("/nowhere").status_code == 404


def test_nobody_gets_in_without_signing_in(stage):
    before = written()
    paths = [path.format_map(stage.codes) for path in PATHS.values()]
    paths += [reverse("act", args=[stage.codes["in_process"], what.value]) for what in Act]
    visitor = stage.client(None)
    for path in paths:
        page = path.partition("?")[0]  # a form that is sent comes back to its page
        answers = ((visitor.get(path), path), (visitor.head(path), path), (visitor.post(path, KEY), page))
        for answer, back in answers:
            assert answer.status_code == 302
            assert answer["Location"] == f"/sign-in?next={quote(back, safe='')}"
    assert written() == before


def test_an_ended_session_and_a_forged_one_are_nobody(stage):
    client = stage.client("tuphap1")
    client.post("/sign-out")
    assert client.get("/inbox").status_code == 302
    forged = stage.client(None)
    forged.cookies["motcua"] = "x" * 43
    assert forged.get("/inbox").status_code == 302


def test_a_seat_that_has_ended_opens_nothing(stage):
    client = stage.client("tuphap1")
    assert client.get(f"/dossiers/{stage.codes['in_process']}").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE agencies_appointment SET valid_to = %s WHERE account_id ="
            " (SELECT id FROM accounts_account WHERE login = 'tuphap1')",
            [AT],
        )
    assert client.get(f"/dossiers/{stage.codes['in_process']}").status_code == 404
