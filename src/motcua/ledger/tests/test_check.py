"""`ledger check` against the superuser, who can do what nobody may: each kind of change is found and named."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
import rfc8785
from django.db import connection
from tests.support.streams import count, note, stream_of

from motcua.ledger import selectors
from motcua.ledger.selectors import check
from motcua.ledger.sequencer import sequence

pytestmark = pytest.mark.django_db(transaction=True)
COMMUNE = "H99.01.01"


@pytest.fixture
def stream():
    """The commune's stream, long enough, with positions given."""
    while sequence():
        pass
    return stream_of(COMMUNE)


@pytest.fixture
def intruder(superuser_cursor):
    """The superuser with all triggers out of the way."""
    superuser_cursor.execute("SET session_replication_role = replica")
    return superuser_cursor


def found() -> set[tuple[object, int, str]]:
    return {(fault.stream, fault.seq, fault.what) for fault in check().faults}


def envelope_at(cursor, stream, seq):
    cursor.execute("SELECT envelope FROM ledger_event WHERE stream = %s AND seq = %s", [stream, seq])
    return json.loads(cursor.fetchone()[0])


def forge(cursor, stream, seq, **changes):
    """Change an envelope and give it the hash that fits."""
    envelope = rfc8785.dumps(envelope_at(cursor, stream, seq) | changes)
    cursor.execute(
        "UPDATE ledger_event SET envelope = %s, hash = %s WHERE stream = %s AND seq = %s",
        [envelope.decode(), hashlib.sha256(envelope).digest(), stream, seq],
    )


def test_a_ledger_nobody_touched_is_clean(stream):
    report = check()
    assert report.faults == ()
    assert report.events == count("ledger_event") == count("ledger_position") > 50
    assert report.streams > 20
    assert report.waiting == 0


def test_events_without_a_position_wait_and_are_no_fault():
    report = check()
    assert report.faults == ()
    assert report.waiting == report.events


def test_altered_bytes(stream, intruder):
    intruder.execute(
        "UPDATE ledger_event SET envelope = replace(envelope, '\"simulated\"', '\"live\"')"
        " WHERE stream = %s AND seq = 2",
        [stream],
    )
    assert found() == {
        (stream, 2, "altered: the bytes do not give the stored hash"),
        (stream, 2, "altered: the column origin differs from the envelope"),
    }


def test_altered_bytes_with_the_hash_made_to_fit(stream, intruder):
    forge(intruder, stream, 2, actor={"id": "somebody else"})
    assert found() == {(stream, 3, "broken chain: it does not follow the event before it")}


def test_the_last_event_altered_with_the_hash_made_to_fit(stream, intruder):
    intruder.execute("SELECT max(seq) FROM ledger_event WHERE stream = %s", [stream])
    (last,) = intruder.fetchone()
    forge(intruder, stream, last, actor={"id": "somebody else"})
    assert found() == {(stream, last, f"cut: the owner's head says {last}, the stream ends at {last}")}


def test_bytes_that_are_no_envelope(stream, intruder):
    intruder.execute("UPDATE ledger_event SET envelope = '' WHERE stream = %s AND seq = 2", [stream])
    assert found() == {
        (stream, 2, "altered: the bytes do not give the stored hash"),
        (stream, 2, "altered: the bytes are no envelope"),
    }


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("type", "'agency_added'"),
        ("at", "at + interval '1 day'"),
        ("origin", "'import'"),
        ("id", "gen_random_uuid()"),
    ],
)
def test_an_altered_column(stream, intruder, column, value):
    intruder.execute(f"UPDATE ledger_event SET {column} = {value} WHERE stream = '{stream}' AND seq = 2")
    assert found() == {(stream, 2, f"altered: the column {column} differs from the envelope")}


def test_trial_events_made_to_look_live(stream, intruder):
    intruder.execute(
        "UPDATE ledger_event SET installation = 'live', origin = 'import' WHERE stream = %s AND seq = 2",
        [stream],
    )
    assert found() == {
        (stream, 2, "altered: the column origin differs from the envelope"),
        (stream, 2, "altered: the column installation differs from the envelope"),
    }


def test_an_event_deleted_from_the_middle(stream, intruder):
    intruder.execute("DELETE FROM ledger_event WHERE stream = %s AND seq = 3", [stream])
    intruder.execute("SELECT position FROM ledger_position WHERE stream = %s AND seq = 3", [stream])
    (position,) = intruder.fetchone()
    assert found() == {
        (stream, 3, "missing: events 3 to 3 are gone"),
        (stream, 3, f"deleted: position {position} has lost its event"),
    }


def test_the_end_cut_off(intruder):
    stream = stream_of(COMMUNE)  # without positions: only the owner's head tells
    intruder.execute("SELECT max(seq) FROM ledger_event WHERE stream = %s", [stream])
    (last,) = intruder.fetchone()
    intruder.execute("DELETE FROM ledger_event WHERE stream = %s AND seq > %s", [stream, last - 2])
    intruder.execute("DELETE FROM ledger_tail WHERE stream = %s AND seq > %s", [stream, last - 2])
    assert found() == {(stream, last, f"cut: the owner's head says {last}, the stream ends at {last - 2}")}


def test_the_end_cut_off_and_the_owners_head_moved_back(stream, intruder):
    intruder.execute("SELECT max(seq) FROM ledger_event WHERE stream = %s", [stream])
    (last,) = intruder.fetchone()
    intruder.execute("DELETE FROM ledger_event WHERE stream = %s AND seq = %s", [stream, last])
    intruder.execute(
        "UPDATE agencies_agency SET head_seq = e.seq, head_hash = e.hash FROM ledger_event e"
        " WHERE code = %s AND e.stream = %s AND e.seq = %s",
        [COMMUNE, stream, last - 1],
    )
    intruder.execute("SELECT position FROM ledger_position WHERE stream = %s AND seq = %s", [stream, last])
    (position,) = intruder.fetchone()
    assert found() == {(stream, last, f"deleted: position {position} has lost its event")}


def test_a_whole_stream_deleted(intruder):
    stream = stream_of(COMMUNE)
    intruder.execute("SELECT max(seq) FROM ledger_event WHERE stream = %s", [stream])
    (last,) = intruder.fetchone()
    intruder.execute("DELETE FROM ledger_event WHERE stream = %s", [stream])
    intruder.execute("DELETE FROM ledger_tail WHERE stream = %s", [stream])
    assert found() == {(stream, last, "cut: the whole stream is gone, its owner is there")}


def test_a_stream_whose_owner_was_deleted(intruder):
    intruder.execute("DELETE FROM processes_version WHERE code = 'QT-1.004873' RETURNING id")
    (stream,) = intruder.fetchone()
    assert found() == {(stream, 1, "no owner: no row claims this stream")}


def test_two_events_swapped(stream, intruder):
    for old, new in [(3, 9_999), (4, 3), (9_999, 4)]:
        intruder.execute(
            "UPDATE ledger_event SET seq = %s WHERE stream = %s AND seq = %s", [new, stream, old]
        )
    assert found() == {
        (stream, 3, "swapped: the envelope belongs to another place"),
        (stream, 3, "broken chain: it does not follow the event before it"),
        (stream, 4, "swapped: the envelope belongs to another place"),
        (stream, 4, "broken chain: it does not follow the event before it"),
        (stream, 5, "broken chain: it does not follow the event before it"),
    }


def test_an_event_put_in_from_elsewhere(stream, intruder):
    intruder.execute("SELECT max(seq) FROM ledger_event WHERE stream = %s", [stream])
    (last,) = intruder.fetchone()
    intruder.execute(
        "INSERT INTO ledger_event (stream, seq, id, type, at, origin, installation, envelope, hash)"
        " SELECT %s, %s, gen_random_uuid(), type, at, origin, installation, envelope, hash FROM ledger_event"
        " WHERE stream = %s AND seq = 1",
        [stream, last + 1, stream_of("H99")],
    )
    whats = {
        what.split(":")[0] for where, seq, what in found() if where == stream and seq in (last, last + 1)
    }
    assert whats == {"swapped", "altered", "broken chain", "cut", "no position and not waiting for one"}


def test_a_position_taken_out(stream, intruder):
    intruder.execute("DELETE FROM ledger_position WHERE position = 10 RETURNING stream, seq")
    where, seq = intruder.fetchone()
    intruder.execute("SELECT stream, seq FROM ledger_position WHERE position = 11")
    after, after_seq = intruder.fetchone()
    assert found() == {
        (where, seq, "no position and not waiting for one"),
        (after, after_seq, "gap before position 11"),
    }


def test_two_positions_of_a_stream_swapped(stream, intruder):
    intruder.execute(
        "SELECT position FROM ledger_position WHERE stream = %s AND seq IN (3, 4) ORDER BY seq", [stream]
    )
    (third,), (fourth,) = intruder.fetchall()
    for old, new in [(third, -1), (fourth, third), (-1, fourth)]:
        intruder.execute("UPDATE ledger_position SET position = %s WHERE position = %s", [new, old])
    assert found() == {(stream, 4, f"swapped: position {third} comes before that of seq 3")}


def test_writing_meanwhile_is_no_fault(monkeypatch):
    """The heads are read first and the events later: an act between the two must not look like a fault."""
    read_heads = selectors._heads

    def heads_then_an_act():
        heads = read_heads()
        with ThreadPoolExecutor(1) as other:
            other.submit(act).result()
        return heads

    def act():
        note(agency=COMMUNE)
        connection.close()

    written = count("ledger_event")
    monkeypatch.setattr(selectors, "_heads", heads_then_an_act)
    report = check()
    assert report.faults == ()
    assert (report.events, count("ledger_event")) == (written, written + 1)


def test_faults_are_told_up_to_a_bound(stream, intruder):
    intruder.execute("UPDATE ledger_event SET envelope = 'x'")
    assert len(check(most_faults=7).faults) == 7
