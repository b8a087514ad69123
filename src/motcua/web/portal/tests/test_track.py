"""The doors to a dossier: code and PIN, the token of the QR, and the cookie they open."""

import re
import time
from datetime import timedelta
from http.cookies import Morsel

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from tests.support.acts import moment
from tests.support.site import pages_at
from tests.support.situations import dossier_in

from motcua.dossiers.row import Row
from motcua.dossiers.tracked import pin_of, token_of
from motcua.web.portal.opened import COOKIE
from motcua.web.portal.tests.conftest import AT

WRONG = "Mã hồ sơ hoặc mã tra cứu không đúng. Cả hai được in trên giấy tiếp nhận."
LOCKED = "Đã nhập sai mã tra cứu quá 5 lần cho mã hồ sơ này. Hãy thử lại sau một giờ, hoặc quét mã QR."


@pytest.fixture
def row(citizen: Client) -> Row:
    return dossier_in("in_process", since=moment(24, 9))


def wrong_pin(row: Row) -> str:
    return f"{(int(pin_of(row)) + 1) % 1_000_000:06}"


def send(citizen: Client, code: str, pin: str):
    return citizen.post("/track", {"code": code, "pin": pin})


def attempts():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dossiers_pinattempt")
        return cursor.fetchone()[0]


def cookie(citizen: Client) -> Morsel:
    return citizen.cookies[COOKIE]


def test_code_and_pin_open_the_dossier_for_half_an_hour(citizen, row):
    answer = send(citizen, row["code"], pin_of(row))
    assert (answer.status_code, answer["Location"]) == (302, "/tracking")
    made = cookie(citizen)
    assert (made["max-age"], made["path"], made["samesite"]) == (1800, "/tracking", "Lax")
    assert made["httponly"]
    assert row["code"] not in made.value
    assert row["code"] in citizen.get("/tracking").text
    assert attempts() == 0


def test_what_people_type_along_is_no_mistake(citizen, row):
    pin = pin_of(row)
    answer = send(citizen, f" {row['code'].lower().replace('-', ' - ')} ", f"{pin[:3]} {pin[3:]}")
    assert answer.status_code == 302


def test_a_wrong_code_and_a_wrong_pin_are_told_alike(citizen, row):
    def told(code: str) -> str:
        answer = send(citizen, code, wrong_pin(row))
        assert answer.status_code == 403
        kept = re.sub(r'value="[^"]*"', "", answer.text)
        assert WRONG in kept
        assert code in answer.text
        return kept

    assert told(row["code"]) == told("H99.01.01-260824-0999")
    assert COOKIE not in citizen.cookies


def test_the_code_alone_shows_nothing(citizen, row):
    answer = send(citizen, row["code"], "")
    assert answer.status_code == 422
    assert "Nhập mã tra cứu gồm 6 chữ số in trên giấy tiếp nhận." in answer.text
    assert re.sub('value="[^"]*"', "", answer.text) == re.sub(
        'value="[^"]*"', "", send(citizen, "H99.01.01-260824-0999", "").text
    )
    assert attempts() == 0


@pytest.mark.parametrize("pin", ["12345", "1234567", "abcdef", "١٢٣٤٥٦"])
def test_what_can_be_no_pin_is_no_attempt(citizen, row, pin):
    answer = send(citizen, row["code"], pin)
    assert answer.status_code == 422
    assert "Mã tra cứu gồm đúng 6 chữ số." in answer.text
    assert attempts() == 0


def test_five_wrong_pins_lock_a_code_for_an_hour(citizen, row):
    for _ in range(5):
        assert send(citizen, row["code"], wrong_pin(row)).status_code == 403
    locked = send(citizen, row["code"], pin_of(row))
    assert locked.status_code == 403
    assert LOCKED in locked.text
    with pages_at(AT + timedelta(minutes=59)):
        assert LOCKED in send(citizen, row["code"], pin_of(row)).text
    with pages_at(AT + timedelta(hours=1)):
        assert send(citizen, row["code"], pin_of(row)).status_code == 302
    other = dossier_in("received", since=moment(24, 10))
    assert send(citizen, other["code"], pin_of(other)).status_code == 302


def test_a_code_that_does_not_exist_is_locked_alike(citizen, row):
    for _ in range(5):
        assert WRONG in send(citizen, "H99.01.01-260824-0999", "000000").text
    assert LOCKED in send(citizen, "H99.01.01-260824-0999", "000000").text


def test_the_token_leaves_the_address(citizen, row):
    answer = citizen.get(f"/t/{token_of(row)}")
    assert (answer.status_code, answer["Location"]) == (302, "/tracking")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "no-store"
    assert token_of(row) not in cookie(citizen).value
    page = citizen.get("/tracking")
    assert row["code"] in page.text
    assert token_of(row) not in page.text
    assert pin_of(row) not in page.text


@pytest.mark.parametrize("token", ["A" * 22, "x", "a" * 500, "H99.01.01-260824-0001"])
def test_an_unknown_token_leads_to_the_form(citizen, row, token):
    answer = citizen.get(f"/t/{token}")
    assert answer.status_code == 404
    assert "Mã QR này không mở được hồ sơ nào" in answer.text
    assert 'action="/track"' in answer.text
    assert COOKIE not in citizen.cookies


def test_the_cookie_ends_after_half_an_hour(citizen, row, monkeypatch):
    citizen.get(f"/t/{token_of(row)}")
    opened = time.time()
    monkeypatch.setattr(time, "time", lambda: opened + 1799)
    assert citizen.get("/tracking").status_code == 200
    monkeypatch.setattr(time, "time", lambda: opened + 1801)
    answer = citizen.get("/tracking")
    assert (answer.status_code, answer["Location"]) == (302, "/track")
    assert "Phiên tra cứu đã hết (30 phút)." in citizen.get("/track").text


def test_a_cookie_of_ones_own_making_opens_nothing(citizen, row):
    made = [
        "",
        "nonsense",
        signing.dumps("not a dossier", salt="motcua.tracking"),
        signing.dumps(str(row["id"]), salt="another.purpose"),
        signing.dumps("01a20082-0000-7000-8000-000000000000", salt="motcua.tracking"),
    ]
    for value in made:
        citizen.cookies[COOKIE] = value
        assert citizen.get("/tracking")["Location"] == "/track", value


def test_closing_forgets_the_dossier(citizen, row):
    citizen.get(f"/t/{token_of(row)}")
    answer = citizen.post("/tracking")
    assert answer["Location"] == "/track"
    assert (cookie(citizen).value, cookie(citizen)["max-age"]) == ("", 0)
    assert "Đã đóng hồ sơ trên máy này." in citizen.get("/track").text
