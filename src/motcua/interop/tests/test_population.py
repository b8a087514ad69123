"""The population register's message: what is asked, what is believed, and what is not."""

import json
import socketserver
import threading
import time
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime

import httpx
import pytest
from hypothesis import given, strategies as st
from tests.support.register import stand_in

from motcua.interop.population import adapter
from motcua.interop.population.message import LARGEST, Sender, Unreadable, read, request_of
from motcua.kernel.time import ZONE
from motcua.parties.registers import FIELDS, Answer, Outcome, Question, Registered, compare, judge

ASKED = Question(number="001190000001", name="Nguyễn Thị Ánh  Tuyết", born_on=date(1990, 2, 15))
SENDER = Sender(integration="H99-001", service="DVC-DANCU", account="h99.motcua")
PERSON = (
    "<CongDan><SoDinhDanh>001190000001</SoDinhDanh><HoVaTen><Ho>NGUYỄN</Ho><ChuDem>THỊ ÁNH</ChuDem>"
    "<Ten>TUYẾT</Ten></HoVaTen><NgayThangNamSinh><NgayThangNam>19900215</NgayThangNam></NgayThangNamSinh>"
    "<ThuongTru><ChiTiet>Thôn Trung Tâm</ChiTiet></ThuongTru></CongDan>"
)


def soap(inside, prefix=""):
    return f'<s:Envelope xmlns:s="urn:s"><s:Body><CongdanCollection>{inside}</CongdanCollection></s:Body></s:Envelope>'


def told(document, **more):
    return json.dumps({"message": document, **more}).encode()


def test_what_is_asked():
    assert request_of(ASKED, number="n-1", officer="tiepnhan1", sender=SENDER) == {
        "MaYeuCau": "n-1",
        "MaTichHop": "H99-001",
        "MaDVC": "DVC-DANCU",
        "MaCanBo": "tiepnhan1",
        "HoVaTen": "NGUYEN THI ANH TUYET",
        "SoDinhDanh": "001190000001",
        "NgayThangNam": "19900215",
    }
    nobody = Question(number="001190000001", name="Đỗ Ê")
    system = request_of(nobody, number="n-2", officer="", sender=SENDER)
    assert (system["MaCanBo"], system["HoVaTen"]) == ("h99.motcua", "DO E")
    assert "NgayThangNam" not in system


def test_what_is_read():
    found = read(told(soap(PERSON), error_code="0"), question=ASKED)
    assert found == Registered(
        number="001190000001",
        name="NGUYỄN THỊ ÁNH TUYẾT",
        born_on=date(1990, 2, 15),
        address="Thôn Trung Tâm",
    )
    year = PERSON.replace("<NgayThangNam>19900215</NgayThangNam>", "<Nam>1990</Nam>")
    by_year = read(told(soap(year)), question=ASKED)
    assert by_year is not None
    assert (by_year.born_on, by_year.born_year) == (None, 1990)
    assert read(told(soap("")), question=ASKED) is None


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"[" * 100_000,
        b'{"message": 5}',
        told("not xml"),
        told("<html/>"),
        told(soap(PERSON)[:-20]),
        told(soap(PERSON), error_code="409"),
        told(DOCTYPE + soap(PERSON)),
        told(soap(PERSON.replace("001190000001", "001190000009"))),
        told(soap(PERSON + PERSON)),
        told(soap(PERSON.replace("19900215", "19901345"))),
        told(soap(PERSON.replace("NGUYỄN", "").replace("THỊ ÁNH", "").replace("TUYẾT", ""))),
        told("<a>" * 60 + "</a>" * 60),
        b" " * (LARGEST + 1),
    ],
    ids=range(16),
)
def test_what_is_not_believed(body):
    with pytest.raises(Unreadable):
        read(body, question=ASKED)


def test_accents_tell_people_apart_and_capitals_do_not():
    person = Registered(
        number="001190000001", name="NGUYỄN THỊ ÁNH TUYẾT", born_year=1990, address="Thôn Đông"
    )
    same = compare(person, name="Nguyễn Thị Ánh Tuyết", born_on=date(1990, 7, 1), address="thôn đông")
    assert [one.same for one in same] == [True, True, True]
    unlike = compare(person, name="Nguyễn Thị Anh Tuyết", born_on=None)
    assert [(one.field, one.same) for one in unlike] == [
        ("name", False),
        ("born_on", False),
        ("address", False),
    ]


@pytest.mark.parametrize(
    ("mode", "outcome"),
    [
        ("answer", "found"),
        ("not_found", "not_found"),
        ("fail", "failed"),
        ("away", "silent"),
        ("hang", "silent"),
    ],
)
def test_whatever_the_other_side_does_is_an_outcome(monkeypatch, mode, outcome):
    monkeypatch.setattr(adapter, "TIMEOUT", httpx.Timeout(0.5))
    with stand_in(mode):
        register = adapter.from_settings()
        assert register is not None
        assert register.ask(ASKED, number="n-1", officer="tiepnhan1")[0] == outcome
        if mode == "answer":  # each request has a number of its own
            assert register.ask(ASKED, number="n-1", officer="tiepnhan1")[0] == "unreadable"
            assert register.ask(ASKED, number="n-2", officer="tiepnhan1")[0] == outcome


class _Server(socketserver.ThreadingTCPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Drips)
        self.over = threading.Event()


class _Drips(socketserver.BaseRequestHandler):
    """Sends its headers letter by letter, for ever."""

    server: _Server

    def handle(self) -> None:
        with suppress(OSError):
            self.request.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not self.server.over.wait(0.05):
                self.request.sendall(b"x")


def test_an_answer_that_drips_is_cut_off_before_its_headers_are_whole(monkeypatch):
    monkeypatch.setattr(adapter, "LONGEST", 0.4)
    with _Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        register = adapter.PopulationRegister(f"http://127.0.0.1:{server.server_address[1]}/", SENDER)
        begun = time.monotonic()
        try:
            assert register.ask(ASKED, number="n-1", officer="") == ("silent", None)
            assert time.monotonic() - begun < 4
        finally:
            server.over.set()
            server.shutdown()


@given(
    name=st.sampled_from(["Nguyễn Thị Ánh Tuyết", "Nguyễn Thị Anh Tuyết"]),
    born_on=st.sampled_from([date(1990, 2, 15), date(1990, 2, 16), None]),
    sex=st.sampled_from(["", "female", "male"]),
    address=st.sampled_from(["", "Thôn Đông", "Thôn Đoài"]),
    person=st.builds(
        Registered,
        number=st.just("001190000001"),
        name=st.just("NGUYỄN THỊ ÁNH TUYẾT"),
        born_on=st.sampled_from([date(1990, 2, 15), None]),
        sex=st.sampled_from(["", "female"]),
        address=st.sampled_from(["", "Thôn Đông"]),
    ),
)
def test_each_field_is_judged_alone_and_only_agreement_in_who_it_is_fills(
    name, born_on, sex, address, person
):
    told = {"name": name, "born_on": born_on, "sex": sex, "address": address}
    answer = Answer(
        register="population",
        number="n",
        asked_at=datetime(2026, 8, 24, tzinfo=ZONE),
        question=ASKED,
        outcome=Outcome.FOUND,
        person=person,
    )
    for field in FIELDS:
        judged = judge(answer, field, **told)
        has = getattr(person, field)
        if field == "address":
            assert judged.outcome == ("same" if has and has == address else "heard")
        elif not has or not told[field]:
            assert judged.outcome in {"unstated", "differs"}
        else:
            same = has.casefold() == told[field].casefold() if field == "name" else has == told[field]
            assert judged.outcome == ("same" if same else "differs")
        assert (
            judge(replace(answer, person=None, outcome=Outcome.NOT_FOUND), field, **told).outcome
            == "not_found"
        )
