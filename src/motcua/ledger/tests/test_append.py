"""Writing to the ledger: exactly the bytes, the two times, the origin, and when nothing is written."""

import hashlib
import json
from datetime import timedelta

import pytest
import rfc8785
from django.db import IntegrityError, connection
from tests.support.streams import AT, Noted, count, head_of, note, stream_of

from motcua.kernel.actor import SYSTEM, Actor
from motcua.kernel.errors import ClockStepped, OutsideUnitOfWork
from motcua.kernel.time import now, utc_text
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.chain import GENESIS, Head
from motcua.ledger.operations import SKEW_RAISED, append, claim
from motcua.ledger.selectors import history

pytestmark = pytest.mark.django_db


def last() -> dict:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM ledger_event WHERE stream = %s ORDER BY seq DESC LIMIT 1", [stream_of()]
        )
        return dict(zip([c.name for c in cursor.description], cursor.fetchone(), strict=True))


def test_the_stored_text_is_exactly_what_was_hashed():
    note("Đủ và hợp lệ")
    row = last()
    raw = json.loads(row["envelope"])
    assert bytes(row["hash"]) == hashlib.sha256(row["envelope"].encode()).digest()
    assert row["envelope"].encode() == rfc8785.dumps(raw)
    assert raw["data"] == {"text": "Đủ và hợp lệ"}
    assert len(bytes.fromhex(raw["nonce"])) == 16


def test_the_columns_repeat_the_envelope():
    note()
    row = last()
    raw = json.loads(row["envelope"])
    assert {k: raw[k] for k in ("stream", "seq", "id", "type", "at", "origin", "installation")} == {
        "stream": str(row["stream"]),
        "seq": row["seq"],
        "id": str(row["id"]),
        "type": "test_noted",
        "at": utc_text(row["at"]),
        "origin": "simulated",
        "installation": "trial",
    }


def test_each_event_names_the_one_before_and_the_owner_keeps_the_head():
    note("a")
    first = last()
    note("b")
    second = last()
    assert second["seq"] == first["seq"] + 1
    assert json.loads(second["envelope"])["prev"] == bytes(first["hash"]).hex()
    with connection.cursor() as cursor:
        cursor.execute("SELECT head_seq, head_hash FROM agencies_agency WHERE code = 'H99'")
        seq, digest = cursor.fetchone()
    assert (seq, bytes(digest)) == (second["seq"], bytes(second["hash"]))


def test_two_equal_events_have_different_hashes():
    note("same")
    first = last()
    note("same")
    assert json.loads(first["envelope"])["nonce"] != json.loads(last()["envelope"])["nonce"]


def test_who_acted_stands_in_the_envelope():
    officer = Actor(kind="staff", id="abc", position_kind="chair", agency="H99", mandate="GUQ 1")
    note(actor=officer)
    (event,) = history(stream_of(), after=head_of() - 1)
    assert event.actor == {
        "id": "abc",
        "kind": "staff",
        "position": None,
        "position_kind": "chair",
        "agency": "H99",
        "for": None,
        "mandate": "GUQ 1",
    }


def test_recorded_at_is_the_servers_and_no_writer_sets_it():
    before = now()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_event (stream, seq, id, type, at, recorded_at, origin, installation, envelope, hash)"
            " VALUES (gen_random_uuid(), 1, gen_random_uuid(), 't', now(), '2000-01-01', 'live', 'trial', '{}', '')"
            " RETURNING recorded_at"
        )
        (recorded,) = cursor.fetchone()
    assert abs(recorded - before) < timedelta(seconds=60)


@pytest.mark.parametrize("seconds", [0, -50, 50])
def test_a_live_event_within_a_minute_is_written(seconds):
    note(at=now() + timedelta(seconds=seconds), origin="live")
    assert last()["origin"] == "live"


@pytest.mark.parametrize("seconds", [-62, 62, 86_400])
def test_a_live_event_of_another_time_is_refused_by_the_database_and_told_in_words(seconds):
    written = count("ledger_event")
    with pytest.raises(ClockStepped, match="Chưa ghi gì") as refusal:
        note(at=now() + timedelta(seconds=seconds), origin="live")
    assert "ledger_event_live_is_now" in str(refusal.value.__cause__)
    assert count("ledger_event") == written


@pytest.mark.parametrize("origin", ["import", "simulated", "paper", "offline"])
def test_other_origins_may_set_the_time(origin):
    note(at=AT, origin=origin)
    assert (last()["at"], last()["origin"]) == (AT, origin)


def test_an_unknown_origin_is_refused_by_the_database():
    with pytest.raises(IntegrityError, match="ledger_event_origin"):
        note(origin="guessed")


def test_a_live_installation_refuses_simulated_events(settings):
    settings.INSTALLATION = "live"
    written = count("ledger_event")
    with pytest.raises(IntegrityError, match="ledger_event_live_is_real"):
        note(origin="simulated")
    assert count("ledger_event") == written
    note(at=now(), origin="live")
    assert last()["installation"] == "live"


@pytest.mark.parametrize("behind", [timedelta(0), timedelta(microseconds=1), SKEW_RAISED])
def test_a_clock_a_little_behind_is_raised_to_the_streams_last(behind):
    note("first", at=AT)
    note("second", at=AT - behind)
    assert last()["at"] == AT
    assert json.loads(last()["envelope"])["at"] == utc_text(AT)


@pytest.mark.parametrize("behind", [SKEW_RAISED + timedelta(microseconds=1), timedelta(days=300)])
def test_a_clock_that_stepped_back_writes_nothing(behind):
    note("first", at=AT)
    events, requests, head = count("ledger_event"), count("ledger_request"), head_of()
    with pytest.raises(ClockStepped, match="Máy chủ lệch giờ"):
        note("second", at=AT - behind, request=Request.of("key"))
    assert (count("ledger_event"), count("ledger_request"), head_of()) == (events, requests, head)


def test_the_clock_may_go_ahead_as_far_as_it_likes():
    note(at=AT)
    note(at=AT + timedelta(days=400))
    assert last()["at"] == AT + timedelta(days=400)


def test_an_act_on_paper_is_marked_so_only_where_it_is_live():
    head = Head(stream=stream_of("H99.01.01"), seq=9_000, hash=GENESIS)
    for origin, expected in [("live", "paper"), ("simulated", "simulated"), ("import", "import")]:
        at = now()
        with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin=origin):
            done = append(head=head, event=Noted(text="x"), agency="", actor=SYSTEM, at=at, paper=True)
        (event,) = history(head.stream, after=head.seq)
        assert event.origin == expected
        head = done.head


def test_writing_outside_a_unit_of_work_is_refused():
    head = Head(stream=stream_of())
    written = count("ledger_event"), count("ledger_request")
    with pytest.raises(OutsideUnitOfWork):
        append(head=head, event=Noted(text="x"), agency="", actor=SYSTEM, at=AT)
    with pytest.raises(OutsideUnitOfWork):
        claim(stream=head.stream, seq=1, actor=SYSTEM, at=AT)
    assert (count("ledger_event"), count("ledger_request")) == written


def test_writing_for_another_or_at_another_time_is_refused():
    head = Head(stream=stream_of(), seq=head_of())
    somebody = Actor(kind="staff", id="somebody")
    with unit_of_work(actor=SYSTEM, at=AT, request=Request.fresh(), origin="simulated"):
        with pytest.raises(OutsideUnitOfWork, match="differ"):
            append(head=head, event=Noted(text="x"), agency="", actor=somebody, at=AT)
        with pytest.raises(OutsideUnitOfWork, match="differ"):
            claim(stream=head.stream, seq=1, actor=SYSTEM, at=AT + timedelta(seconds=1))


def test_a_place_in_a_stream_is_taken_once():
    taken = Head(stream=stream_of(), seq=0)
    with (
        pytest.raises(IntegrityError, match="ledger_event_pkey"),
        unit_of_work(actor=SYSTEM, at=AT, request=Request.fresh(), origin="simulated"),
    ):
        append(head=taken, event=Noted(text="x"), agency="", actor=SYSTEM, at=AT)
