"""Signing in by the identity provider: what is right, and everything that is forged, replayed, late or away."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from stand_ins.identity import PEOPLE
from tests.support.citizens import ISSUER, chosen, citizen_client, come_in
from tests.support.pages import plain_static, visitor
from tests.support.site import pages_at
from tests.support.together import while_at_work
from tests.support.world import viewer

from motcua.accounts.oidc_calls import MOST_AT_ONCE, forget, talk
from motcua.accounts.operations import sign_in_citizen
from motcua.accounts.terms import CITIZEN_IDLE, CITIZEN_LIFE
from motcua.dossiers.selectors import find_row
from motcua.flows.citizens import sign_in
from motcua.kernel.actor import SYSTEM
from motcua.kernel.codec import encode
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.parties.operations import Particulars, identify
from motcua.parties.vneid import introduced
from motcua.web.citizen.tests.walk import handed_in

pytestmark = pytest.mark.django_db

KEPT = (
    "accounts_account",
    "accounts_session",
    "accounts_identity",
    "parties_party",
    "accounts_spentchallenge",
)


def rows():
    found = []
    with connection.cursor() as cursor:
        for table in KEPT:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found.append(cursor.fetchone()[0])
    return found


def asked(client):
    """What the provider is asked; the way back is `answer`."""
    return client.get("/my/sign-in/ask", {"next": "/my/dossiers"})["Location"]


def answer(client, where, **changed):
    """Bring the provider's answer back, with parts of it changed."""
    back = urlsplit(where)
    told = {name: values[-1] for name, values in parse_qs(back.query).items()} | changed
    return client.get(back.path, told)


def refused(response, status=403):
    assert response.status_code == status, response.status_code
    assert "Chưa đăng nhập được" in response.text
    assert settings.CITIZEN_COOKIE not in response.cookies
    return True


def test_the_same_person_is_known_again_and_numbers_stand_nowhere(provider):
    first, second = Client(), Client()
    assert come_in(first, following="/my/begin/2.002516") == "/my/begin/2.002516"
    before = rows()
    come_in(second)
    after = rows()
    assert [after[i] - before[i] for i in (0, 2, 3)] == [0, 0, 0]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(a::text, '') || (SELECT string_agg(i::text, '') FROM accounts_identity i)"
            " FROM accounts_account a WHERE is_citizen"
        )
        (told,) = cursor.fetchone()
    assert not [x for x in ("001190000001", "VN-0001", "Tuyết", "0912345678") if x in told]
    assert first.get("/my/dossiers").status_code == 200


def renumbered(provider, number):
    """The provider has another number for the same TechID."""
    provider.people = {**provider.people, "tuyet": {**provider.people["tuyet"], "SoDinhDanh": number}}


def test_a_citizen_whose_number_changed_is_the_same_and_hands_in(provider):
    come_in(Client())
    before = rows()
    renumbered(provider, "001190000009")
    client = Client()
    come_in(client)
    assert rows()[2:4] == before[2:4], "known by TechID: no other party, no other identity"
    told = Particulars(name="Nguyễn Thị Ánh Tuyết", paper="citizen_id", number="001190000009")
    at = now()
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        (met,) = identify(people=[told], actor=SYSTEM, at=at)
    assert rows()[3] == before[3], "a desk that meets the new number meets the same party"
    code = handed_in(client)
    assert client.get(f"/my/dossiers/{code}").status_code == 200
    assert str(met) == find_row(code, viewer=viewer("tiepnhan1"))[0]["parties"][0]["party"]


def test_what_is_handed_in_is_the_signed_in_partys_whatever_number_is_told(at):
    citizen_client(at=at)
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        told = introduced(PEOPLE["tuyet"]).particulars
        (party,) = identify(people=[told], actor=SYSTEM, at=at)
        unheard_of = encode(replace(told, number="001190000008"))
        known = {"issuer": ISSUER, "subject": "VN-0001", "kind": told.kind}
        done = sign_in_citizen(account=party, particulars=unheard_of, at=at, **known)
    client, before = Client(), rows()
    client.cookies[settings.CITIZEN_COOKIE] = done.secret
    row = find_row(handed_in(client), viewer=viewer("tiepnhan1"))[0]
    assert row["parties"][0]["party"] == str(party)
    assert rows() == before


def test_a_number_that_is_somebody_elses_lets_nobody_in(provider):
    come_in(Client())
    come_in(Client(), "hung")
    renumbered(provider, provider.people["hung"]["SoDinhDanh"])
    client = Client()
    where, before = chosen(asked(client), "tuyet"), rows()
    shown = answer(client, where)
    assert refused(shown)
    assert "bộ phận một cửa" in shown.text
    assert rows() == before


def test_one_techid_for_a_person_and_their_enterprise_is_two_parties(provider):
    provider.people = {
        **provider.people,
        "congty": {**provider.people["congty"], **dict.fromkeys(("TechID", "sub"), "VN-0001")},
    }
    come_in(Client())
    client = Client()
    come_in(client, "congty")
    assert "Công ty TNHH Mẫu" in client.get("/my/dossiers").text


@pytest.mark.django_db(transaction=True)
def test_two_first_sign_ins_at_once_open_two_sessions_of_one_account():
    who, at = introduced(PEOPLE["may"]), now()

    def come(wait=lambda: None, issuer=ISSUER):
        with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
            done = sign_in(who=who, issuer=issuer, state=str(uuid4()), actor=SYSTEM, at=at)
            wait()
        return done.account

    come(issuer="https://noi-khac.example")  # party and account are there: only the identity is new
    found = []
    second = while_at_work(lambda wait: found.append(come(wait)), come)
    assert [second] == found
    assert rows()[1:3] == [3, 2]


def test_an_enterprise_signs_in_by_its_tax_code(provider):
    client = Client()
    come_in(client, "congty")
    assert "Công ty TNHH Mẫu" in client.get("/my/dossiers").text


def test_forged_and_replayed_answers_open_nothing(provider):
    client, other = Client(), Client()
    where = chosen(asked(client), "tuyet")
    before = rows()
    assert refused(answer(client, where, state="x" * 32))
    assert refused(answer(client, where, code="x" * 32))
    assert refused(answer(client, where, iss="https://ke-gian.example")), "an answer of another provider"
    assert refused(answer(other, where)), "another browser than the one that asked"
    assert rows() == before
    kept, codes = client.cookies["motcua_asking"].value, dict(provider.codes)
    assert answer(client, where).status_code == 302
    before = rows()
    client.cookies["motcua_asking"] = kept
    provider.codes |= codes  # even where the provider takes a code twice
    assert refused(answer(client, where))
    assert rows() == before
    client.cookies["motcua_asking"] = "gia mao"
    assert refused(answer(client, where))


@pytest.mark.parametrize(
    "bent",
    [
        {"nonce": "khac"},
        {"iss": "https://ke-gian.example"},
        {"aud": "he-thong-khac"},
        {"exp": 1},
        {"iat": 4102444800},
        {"azp": "he-thong-khac"},
        {"aud": ["motcua", "he-thong-khac"]},
        {"nbf": 4102444800},
        {"nbf": "mai"},
        {"sub": "nguoi-khac"},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_question_is_not_believed(provider, bent):
    client = Client()
    where = chosen(asked(client), "tuyet")
    before, provider.bend = rows(), bent
    assert refused(answer(client, where))
    assert rows() == before


@pytest.mark.parametrize(("level", "said"), [("1", "ở mức độ 1"), (None, "không cho biết mức độ")])
def test_an_account_below_the_level_comes_not_in_and_hears_which_is_needed(provider, level, said):
    provider.people = {**provider.people, "tuyet": {**provider.people["tuyet"], "IAL": level}}
    client = Client()
    where = chosen(asked(client), "tuyet")
    before, shown = rows(), answer(client, where)
    assert refused(shown)
    assert said in shown.text
    assert "cần mức độ 2" in shown.text
    assert rows() == before
    with override_settings(IDENTITY_LEVEL=0):
        come_in(Client())


def test_a_token_for_several_that_names_us_is_believed(provider):
    provider.bend = {"aud": ["motcua", "he-thong-khac"], "azp": "motcua", "nbf": 1}
    come_in(Client())


def test_keys_may_change_and_a_strange_key_is_not_believed(provider):
    client = Client()
    provider.rotate()
    come_in(client)
    where = chosen(asked(client), "hung")
    published, old = provider.jwks(), provider.keys
    provider.rotate()
    provider.keys, provider.jwks = [*provider.keys, *old][:1], lambda: published
    before = rows()
    assert refused(answer(client, where))
    assert rows() == before


@pytest.mark.parametrize(("algorithm", "believed"), [("PS256", True), ("RS512", False)])
def test_a_key_that_names_no_algorithm_is_good_for_those_we_take(provider, algorithm, believed):
    provider.algorithm = algorithm
    client = Client()
    answered = answer(client, chosen(asked(client), "tuyet"))
    assert answered.status_code == 302 if believed else refused(answered)


def test_a_provider_that_is_away_or_says_no_writes_nothing(provider):
    client = Client()
    where, before = chosen(asked(client), "tuyet"), rows()
    no = chosen(asked(client), "")
    assert refused(answer(client, no))
    where = chosen(asked(client), "tuyet")
    provider.is_down = True
    assert refused(answer(client, where), 503)
    forget()
    assert refused(client.get("/my/sign-in/ask"), 503)
    assert rows() == before
    provider.is_down = False
    come_in(client)


def test_the_provider_is_asked_for_its_description_once_in_some_minutes(provider):
    given, discovery = [], provider.discovery

    def counted():
        given.append(1)
        return discovery()

    provider.discovery = counted
    forget()
    for _ in range(3):
        asked(Client())
    assert len(given) == 1


def test_a_busy_provider_holds_no_more_pages(provider):
    forget()
    client = Client()
    with ExitStack() as busy:
        for _ in range(MOST_AT_ONCE):
            busy.enter_context(talk())
        assert refused(client.get("/my/sign-in/ask"), 503)
    come_in(client)


def test_where_nothing_is_configured_nothing_is_offered(at):
    client, stranger = citizen_client(at=at), Client()
    with override_settings(IDENTITY={"issuer": "", "client": "", "secret": ""}):
        assert "/my/" not in stranger.get("/procedures/2.002516").text
        assert "chưa nộp trực tuyến được" in stranger.get("/my/sign-in").text
        assert refused(stranger.get("/my/sign-in/ask"), 503)
        assert client.get("/my/begin/2.002516").status_code == 409


def test_the_way_back_leads_to_pages_of_citizens_only(provider):
    for elsewhere in (
        "https://ke-gian.example/my/",
        "//ke-gian.example/my/x",
        "/inbox",
        "/myth",
        "javascript:1",
        "/my/begin/" + "ệ" * 400,  # the asking cookie would not fit into a browser
    ):
        assert come_in(Client(), following=elsewhere) == "/my/dossiers"


def test_a_secret_opens_nothing_on_the_other_side(at):
    citizen, staff = citizen_client(at=at), visitor("tiepnhan1", at=at)
    secrets = citizen.cookies[settings.CITIZEN_COOKIE].value, staff.cookies[settings.SESSION_COOKIE].value
    swapped = Client()
    swapped.cookies[settings.SESSION_COOKIE], swapped.cookies[settings.CITIZEN_COOKIE] = secrets
    assert swapped.get("/inbox")["Location"].startswith("/sign-in")
    assert swapped.get("/my/dossiers")["Location"].startswith("/my/sign-in")


def test_a_new_sign_in_ends_the_session_before_and_forgets_what_was_said(provider):
    client = Client()
    come_in(client)
    secret = client.cookies[settings.CITIZEN_COOKIE].value
    where = chosen(asked(client), "hung")
    came = answer(client, where)
    assert came.cookies["messages"].value == ""
    assert client.cookies[settings.CITIZEN_COOKIE].value != secret
    old = Client()
    old.cookies[settings.CITIZEN_COOKIE] = secret
    assert old.get("/my/dossiers")["Location"].startswith("/my/sign-in")
    assert client.post("/my/sign-out").cookies["messages"].value == ""


@override_settings(ASKING_COOKIE="__Host-motcua-asking", SESSION_COOKIE_SECURE=True)
def test_the_asking_cookie_is_of_this_host_alone(provider):
    client = Client()
    kept = client.get("/my/sign-in/ask").cookies["__Host-motcua-asking"]
    assert (kept["path"], kept["secure"], kept["httponly"], kept["domain"]) == ("/", True, True, "")
    come_in(client)
    assert client.cookies["__Host-motcua-asking"].value == ""


def test_signing_out_ends_the_session(at):
    client = citizen_client(at=at)
    secret = client.cookies[settings.CITIZEN_COOKIE].value
    assert client.post("/my/sign-out")["Location"] == "/my/signed-out"
    client.cookies[settings.CITIZEN_COOKIE] = secret
    assert client.get("/my/dossiers").status_code == 302


@pytest.mark.parametrize("later", [CITIZEN_IDLE + timedelta(minutes=2), CITIZEN_LIFE + timedelta(minutes=1)])
def test_what_is_typed_into_an_ended_session_comes_back(later):
    begun = now()
    with plain_static():
        with pages_at(begun):
            client = citizen_client(at=begun)
            draft = client.post("/my/begin/2.002516", {"agency": "H99.01.01"})["Location"]
            client.post(f"{draft}/questions", {"revision": "1", "delegated": "no", "_asked": "delegated"})
            path = f"{draft}/you"
            assert client.get(path).status_code == 200
        with pages_at(begun + later):
            told = {
                "revision": "2",
                "phone": "0987654321",
                "address": "Thôn Hạ",
                "_asked": "phone email address way",
            }
            assert client.post(path, told)["Location"].startswith("/my/sign-in")
            again = citizen_client(at=begun + later)
            client.cookies[settings.CITIZEN_COOKIE] = again.cookies[settings.CITIZEN_COOKIE].value
            shown = client.get(path).text
            assert "0987654321" in shown
            assert "Thôn Hạ" in shown
            assert "được giữ lại" in shown
