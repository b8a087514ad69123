"""Signing out: here at once, at the provider next; and what a provider that is away changes about it."""

from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.conf import settings
from django.test import Client, override_settings
from tests.support.citizens import citizen_client, come_in

from motcua.accounts.oidc_calls import forget
from motcua.web.common.citizens import LONGEST_HINT

pytestmark = pytest.mark.django_db


def signed_out(client):
    """Press the button; the page that it leads to."""
    assert client.post("/my/sign-out")["Location"] == "/my/signed-out"
    return client.get("/my/signed-out")


def asked_anew(client):
    where = client.get("/my/sign-in/ask")["Location"]
    return parse_qs(urlsplit(where).query).get("prompt") == ["login"]


def test_who_signs_out_here_is_brought_to_sign_out_at_the_provider(provider):
    client = Client()
    assert not asked_anew(client)
    come_in(client)
    shown = signed_out(client)
    assert shown["Refresh"] == "0; url=/my/signed-out/identity"
    assert "Bản nháp vẫn còn" in shown.text
    there = client.get("/my/signed-out/identity")["Location"]
    told = {name: values[0] for name, values in parse_qs(urlsplit(there).query).items()}
    assert there.startswith(f"{provider.issuer}/logout?")
    assert told["client_id"] == "motcua"
    assert told["post_logout_redirect_uri"] == f"{settings.PUBLIC_URL}/my/signed-out/done"
    hint = jwt.decode(told["id_token_hint"], options={"verify_signature": False})
    assert hint["sub"] == "VN-0001"
    assert client.get("/my/signed-out/done")["Location"] == "/my/signed-out"
    assert "Refresh" not in client.get("/my/signed-out")
    assert not asked_anew(client)


def test_who_left_without_signing_out_there_does_not_let_the_next_one_in(provider):
    client = Client()
    come_in(client)
    client.cookies[settings.CITIZEN_COOKIE] = ""
    assert asked_anew(client)
    signed_in = Client()
    come_in(signed_in)
    del signed_in.cookies[settings.CAME_COOKIE]
    assert "Refresh" not in signed_out(signed_in), "nobody is known to be in there"


def test_a_session_that_has_ended_is_still_signed_out_at_the_provider(provider):
    client = Client()
    come_in(client)
    client.cookies[settings.CITIZEN_COOKIE] = "da het han"
    assert signed_out(client)["Refresh"] == "0; url=/my/signed-out/identity"
    assert client.get("/my/sign-out").status_code == 405


def test_who_is_signed_in_is_not_signed_out_by_an_address(provider):
    client = Client()
    come_in(client)
    assert client.get("/my/signed-out/identity")["Location"] == "/my/signed-out"
    assert client.get("/my/signed-out")["Location"] == "/my/dossiers"
    assert client.get("/my/dossiers").status_code == 200


def test_a_provider_that_is_away_is_said_and_asked_again(provider):
    client = Client()
    come_in(client)
    signed_out(client)
    forget()
    provider.is_down = True
    shown = client.get("/my/signed-out/identity")
    assert shown.status_code == 503
    assert "Chưa đăng xuất được khỏi VNeID" in shown.text
    assert "đóng hết trình duyệt" in shown.text
    assert 'href="/my/signed-out/identity"' in shown.text
    assert client.get("/my/dossiers")["Location"].startswith("/my/sign-in"), "here they are out all the same"
    provider.is_down = False
    assert asked_anew(client)
    assert client.get("/my/signed-out/identity")["Location"].startswith(f"{provider.issuer}/logout?")


@pytest.mark.parametrize("told", [None, 7, "ftp://127.0.0.1/logout"])
def test_a_provider_without_such_a_place_is_said(provider, told):
    client, discovery = Client(), provider.discovery
    provider.discovery = lambda: discovery() | {"end_session_endpoint": told}
    forget()
    come_in(client)
    shown = (signed_out(client), client.get("/my/signed-out/identity"))[1]
    assert shown.status_code == 200
    assert "hãy tự đăng xuất trên trang VNeID" in shown.text
    assert "Refresh" not in shown


@pytest.mark.parametrize("bent", [{"sid": "x" * LONGEST_HINT}, {"HoVaTen": "Nguyễn Thị Ánh Tuyết"}], ids=list)
def test_a_token_too_long_or_that_tells_of_the_person_goes_into_no_address(provider, bent):
    client = Client()
    provider.bend = bent
    come_in(client)
    assert len(client.cookies[settings.CAME_COOKIE].value) < 200
    signed_out(client)
    told = parse_qs(urlsplit(client.get("/my/signed-out/identity")["Location"]).query)
    assert "id_token_hint" not in told
    assert told["client_id"] == ["motcua"]


def test_a_forged_or_foreign_token_is_none(provider):
    client = Client()
    client.cookies[settings.CAME_COOKIE] = "gia-mao"
    assert "Refresh" not in client.get("/my/signed-out")
    assert client.get("/my/signed-out/identity")["Location"] == "/my/signed-out"
    client.cookies[settings.CAME_COOKIE] = "a"
    assert not asked_anew(client)


def test_without_a_provider_signing_out_ends_here(at):
    client = citizen_client(at=at)
    with override_settings(IDENTITY={"issuer": "", "client": "", "secret": ""}):
        assert "Refresh" not in signed_out(client)


def test_the_class_of_authentication_is_asked_for_where_one_is_set(provider):
    assert "acr_values" not in Client().get("/my/sign-in/ask")["Location"]
    with override_settings(IDENTITY_ACR="loa2"):
        assert "acr_values=loa2" in Client().get("/my/sign-in/ask")["Location"]
