"""The chain without a database: bytes, form, and what verification says of each kind of change."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
import rfc8785
from hypothesis import given, settings, strategies as st

from motcua.ledger.chain import GENESIS, Head, Stored, envelope_fields, read, seal, verify

STREAM = UUID("01a20000-0000-7000-8000-000000000001")
OTHER = UUID("01a20000-0000-7000-8000-000000000002")
AT = datetime(2026, 8, 24, 2, 10, 0, 123456, tzinfo=UTC)


def chain(length: int, stream: UUID = STREAM) -> tuple[list[Stored], Head]:
    head = Head(stream=stream)
    rows = []
    for n in range(1, length + 1):
        fields = envelope_fields(
            event_id=UUID(int=n),
            head=head,
            event_type="noted",
            type_version=1,
            at=AT,
            origin="live",
            installation="trial",
            actor={"id": "system"},
            agency="H99",
            request=f"key {n}",
            nonce=bytes(16),
            data={"text": f"lần {n}"},
        )
        envelope, digest = seal(fields)
        rows.append(Stored(n, envelope.decode(), digest, {"type": "noted", "origin": "live"}))
        head = Head(stream=stream, seq=n, hash=digest, at=AT)
    return rows, head


def faults(rows, head, stream=STREAM):
    return [(f.seq, f.what) for f in verify(stream, rows, head)]


def forged(row: Stored, **changes) -> Stored:
    """The row with a changed envelope and the hash that fits it."""
    envelope = rfc8785.dumps(json.loads(row.envelope) | changes)
    return replace(row, envelope=envelope.decode(), hash=hashlib.sha256(envelope).digest())


def test_the_envelope_is_canonical_and_names_what_it_follows():
    (first, second), _ = chain(2)
    raw = json.loads(first.envelope)
    assert list(raw) == sorted(raw)
    assert set(raw) == {
        "v", "id", "stream", "seq", "type", "type_version", "at", "origin", "installation", "actor", "agency",
        "request", "nonce", "prev", "data",
    }  # fmt: skip
    assert raw["at"] == "2026-08-24T02:10:00.123456Z"
    assert raw["prev"] == GENESIS.hex()
    assert json.loads(second.envelope)["prev"] == first.hash.hex()
    assert first.envelope.encode() == rfc8785.dumps(raw)
    assert "lần 1" in first.envelope


def test_reading_gives_what_was_sealed():
    rows, head = chain(3)
    event = read(rows[2].envelope, rows[2].hash)
    assert (event.stream, event.seq, event.hash) == (STREAM, 3, head.hash)
    assert (event.at, event.data, event.prev) == (AT, {"text": "lần 3"}, rows[1].hash)


def test_floats_never_pass():
    with pytest.raises(rfc8785.CanonicalizationError):
        seal({"amount": float("nan")})


@pytest.mark.parametrize("length", [1, 2, 9])
def test_a_whole_chain_is_clean(length):
    assert faults(*chain(length)) == []


def test_an_empty_stream_is_clean_if_its_owner_says_so():
    assert faults([], Head(stream=STREAM)) == []


def test_changed_bytes():
    rows, head = chain(3)
    rows[1] = replace(rows[1], envelope=rows[1].envelope.replace("lần 2", "lần 8"))
    assert faults(rows, head) == [(2, "altered: the bytes do not give the stored hash")]


def test_changed_bytes_with_the_hash_made_to_fit():
    rows, head = chain(3)
    rows[1] = forged(rows[1], data={"text": "lần 8"})
    assert faults(rows, head) == [(3, "broken chain: it does not follow the event before it")]


def test_the_last_event_changed_with_the_hash_made_to_fit():
    rows, head = chain(3)
    rows[2] = forged(rows[2], data={"text": "lần 8"})
    assert faults(rows, head) == [(3, "cut: the owner's head says 3, the stream ends at 3")]


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", '"text"', "{"])
def test_bytes_that_are_no_envelope(text):
    rows, head = chain(3)
    rows[1] = replace(rows[1], envelope=text)
    assert faults(rows, head) == [
        (2, "altered: the bytes do not give the stored hash"),
        (2, "altered: the bytes are no envelope"),
    ]


@pytest.mark.parametrize("column", ["type", "origin"])
def test_a_changed_column(column):
    rows, head = chain(3)
    rows[0] = replace(rows[0], columns={**rows[0].columns, column: "other"})
    assert faults(rows, head) == [(1, f"altered: the column {column} differs from the envelope")]


def test_an_event_taken_out_of_the_middle():
    rows, head = chain(5)
    assert faults([rows[0], *rows[3:]], head) == [(2, "missing: events 2 to 3 are gone")]


def test_an_event_taken_out_and_the_rest_moved_up():
    rows, head = chain(3)
    assert faults([rows[0], replace(rows[2], seq=2)], head) == [
        (2, "swapped: the envelope belongs to another place"),
        (2, "broken chain: it does not follow the event before it"),
        (3, "cut: the owner's head says 3, the stream ends at 2"),
    ]


def test_the_end_cut_off():
    rows, head = chain(3)
    assert faults(rows[:2], head) == [(3, "cut: the owner's head says 3, the stream ends at 2")]


def test_an_event_put_at_the_end_past_the_owner():
    longer, _ = chain(4)
    _, head = chain(3)
    assert faults(longer, head) == [(3, "cut: the owner's head says 3, the stream ends at 4")]


def test_two_events_swapped():
    rows, head = chain(4)
    swapped = [rows[0], replace(rows[2], seq=2), replace(rows[1], seq=3), rows[3]]
    assert [what.split(":")[0] for _, what in faults(swapped, head)] == [
        "swapped",
        "broken chain",
        "swapped",
        "broken chain",
        "broken chain",
    ]


def test_an_event_of_another_stream():
    rows, head = chain(2)
    foreign, _ = chain(2, OTHER)
    assert (2, "swapped: the envelope belongs to another place") in faults([rows[0], foreign[1]], head)


def test_a_stream_without_an_owner():
    rows, _ = chain(2)
    assert faults(rows, None) == [(2, "no owner: no row claims this stream")]


@settings(deadline=None, derandomize=True)
@given(length=st.integers(1, 6), data=st.data())
def test_any_single_change_of_a_stored_byte_is_found(length, data):
    rows, head = chain(length)
    n = data.draw(st.integers(0, length - 1))
    row = rows[n]
    if data.draw(st.booleans()):
        place = data.draw(st.integers(0, 31))
        changed = bytearray(row.hash)
        changed[place] ^= data.draw(st.integers(1, 255))
        rows[n] = replace(row, hash=bytes(changed))
    else:
        place = data.draw(st.integers(0, len(row.envelope) - 1))
        letter = data.draw(st.characters(codec="ascii").filter(lambda c: c != row.envelope[place]))
        rows[n] = replace(row, envelope=row.envelope[:place] + letter + row.envelope[place + 1 :])
    assert faults(rows, head)
