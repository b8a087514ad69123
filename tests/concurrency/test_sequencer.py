"""Order between streams: 8 writers, 3 followers, and the control that shows what the sequencer is for.

Writers take several streams in one transaction, of random length, some are rolled back, so commits come out of
order. A follower that reads by an identity or by a time passes over what commits late; one that reads by
position misses nothing.
"""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import connection

from motcua.agencies.operations import NewAgency, add_agency, decide_on_stream
from motcua.kernel.actor import SYSTEM
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger import selectors, sequencer
from motcua.ledger.dispatcher import follow
from motcua.ledger.sequencer import sequence
from tests.support.streams import AT, Noted, count, head_of, stream_of
from tests.support.together import alone

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, FOLLOWERS, STREAMS = 8, 3, 24
AGENCIES = [f"H99.9.{n:02}" for n in range(STREAMS)]

CONTROL = """
CREATE TABLE control (id bigint GENERATED ALWAYS AS IDENTITY, at timestamptz, stream uuid, seq int);
GRANT SELECT, INSERT ON control TO motcua_app;
CREATE FUNCTION control() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO control (at, stream, seq) VALUES (NEW.recorded_at, NEW.stream, NEW.seq);
    RETURN NULL;
END $$;
CREATE TRIGGER control AFTER INSERT ON ledger_event FOR EACH ROW EXECUTE FUNCTION control();
"""
END_OF_CONTROL = "DROP TRIGGER control ON ledger_event; DROP FUNCTION control(); DROP TABLE control"


@pytest.fixture
def world(owner_cursor):
    """Agencies whose streams are written to, positions for what is there, and an outbox with an identity."""
    with unit_of_work(actor=SYSTEM, at=AT, request=Request.fresh(), origin="simulated"):
        for code in AGENCIES:
            add_agency(
                agency=NewAgency(code=code, name=code, level="commune", parent="H99"), actor=SYSTEM, at=AT
            )
    while sequence():
        pass
    owner_cursor.execute(CONTROL)
    yield
    owner_cursor.execute(END_OF_CONTROL)


@dataclass
class Follower:
    """Reads what is new again and again, and keeps it; `read` is one look."""

    query: str
    last: object
    seen: list[tuple[object, str]] = field(default_factory=list)

    def look(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(self.query, [self.last])
            rows = cursor.fetchall()
        self.seen += [(stream, seq) for _, stream, seq in rows]
        if rows:
            self.last = rows[-1][0]
        return len(rows)


def by_identity() -> Follower:
    return Follower("SELECT id, stream, seq FROM control WHERE id > %s ORDER BY id", 0)


def by_time() -> Follower:
    return Follower(
        "SELECT at, stream, seq FROM control WHERE at > %s ORDER BY at", AT - timedelta(days=9_999)
    )


class ByPosition:
    """The lawful follower: `dispatcher.follow`."""

    def __init__(self) -> None:
        self.last = self.start = last_position()
        self.seen: list[tuple[object, int]] = []
        self.positions: list[int] = []

    def look(self) -> int:
        placed = follow(after=self.last, limit=97)
        for one in placed:
            self.seen.append((one.envelope.stream, one.envelope.seq))
            self.positions.append(one.position)
            self.last = one.position
        return len(placed)


def last_position() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(position), 0) FROM ledger_position")
        return int(cursor.fetchone()[0])


class RolledBack(Exception):
    """A writer changes its mind."""


def transaction(chance: random.Random) -> int:
    """One use case of random length on some of the streams, always locked in the same order; how many events."""
    written = 0
    try:
        with unit_of_work(actor=SYSTEM, at=AT, request=Request.fresh(), origin="simulated"):
            for code in sorted(chance.sample(AGENCIES, chance.choice([1, 1, 1, 2, 4]))):
                for _ in range(chance.choice([1, 1, 2, 6])):
                    decide_on_stream(agency=code, event=Noted(text="x"), actor=SYSTEM, at=AT)
                    written += 1
            if chance.random() < 0.1:
                raise RolledBack
    except RolledBack:
        return 0
    return written


def write(seed: int, events: int) -> int:
    chance, written = random.Random(seed), 0  # noqa: S311 - no secret
    while written < events:
        written += transaction(chance)
    return written


def until(done: threading.Event, look) -> None:
    """Look until nothing is new after `done`."""
    while True:
        last_round = done.is_set()
        if not look() and last_round:
            return
        done.wait(0.001)


def run(events: int) -> dict[str, object]:
    """`events` by all writers while everybody follows; what each follower saw."""
    lawful = [ByPosition() for _ in range(FOLLOWERS)]
    naive = {"identity": by_identity(), "time": by_time()}
    written, sequenced = threading.Event(), threading.Event()
    with ThreadPoolExecutor(WRITERS + FOLLOWERS + 4) as threads:
        reading = [threads.submit(alone, until, sequenced, f.look) for f in lawful]
        reading += [threads.submit(alone, until, written, f.look) for f in naive.values()]
        sequencing = [threads.submit(alone, until, written, lambda: sequence(limit=53)) for _ in range(2)]
        writing = [threads.submit(alone, write, seed, events // WRITERS) for seed in range(WRITERS)]
        total = sum(w.result() for w in writing)
        written.set()
        for one in sequencing:
            one.result()
        alone(lambda: [None for _ in iter(sequence, 0)])
        sequenced.set()
        for one in reading:
            one.result()
    return {"written": total, "lawful": lawful, "naive": naive}


def all_events() -> list[tuple[object, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT stream, seq FROM control ORDER BY stream, seq")
        return cursor.fetchall()


def assert_nothing_was_missed(result: dict[str, object]) -> None:
    events = all_events()
    assert len(events) == result["written"]
    assert count("ledger_tail") == 0
    for follower in result["lawful"]:
        first = follower.start + 1
        assert follower.positions == list(range(first, first + len(events)))
        assert sorted(follower.seen) == events
        last_seq: dict[object, int] = {}
        for stream, seq in follower.seen:
            assert seq > last_seq.get(stream, 0)
            last_seq[stream] = seq
    # the control's own trigger is all there is to find
    assert [fault.what for fault in selectors.check().faults] == [
        "guard undone: the trigger control on ledger_event is none of ours"
    ]


def lost(result: dict[str, object], by: str) -> int:
    return len(set(all_events()) - set(result["naive"][by].seen))


def test_every_event_gets_its_place_and_no_follower_misses_one(world):
    assert_nothing_was_missed(run(320))


@pytest.mark.proof
def test_twelve_thousand_events(world):
    result = run(12_000)
    assert_nothing_was_missed(result)
    total = result["written"]
    for by in ("identity", "time"):
        print(f"{total} events, a follower by {by} lost {lost(result, by)} ({lost(result, by) / total:.1%})")
        assert lost(result, by) > 0


def test_the_control_loses_what_commits_late(world):
    """A takes a lower number than B and commits after it: whoever read B by number or time never sees A."""
    naive, lawful = [by_identity(), by_time()], ByPosition()
    inside, let_go = threading.Event(), threading.Event()

    def slow() -> None:
        with unit_of_work(actor=SYSTEM, at=AT, request=Request.fresh(), origin="simulated"):
            decide_on_stream(agency=AGENCIES[0], event=Noted(text="slow"), actor=SYSTEM, at=AT)
            inside.set()
            let_go.wait(10)

    with ThreadPoolExecutor(1) as threads:
        late = threads.submit(alone, slow)
        assert inside.wait(10)
        with unit_of_work(actor=SYSTEM, at=AT, request=Request.fresh(), origin="simulated"):
            decide_on_stream(agency=AGENCIES[1], event=Noted(text="quick"), actor=SYSTEM, at=AT)
        sequence()
        for follower in (*naive, lawful):
            follower.look()
        let_go.set()
        late.result()
    sequence()
    for follower in (*naive, lawful):
        follower.look()
    slow_event = (stream_of(AGENCIES[0]), head_of(AGENCIES[0]))
    quick_event = (stream_of(AGENCIES[1]), head_of(AGENCIES[1]))
    assert [follower.seen for follower in naive] == [[quick_event], [quick_event]]
    assert lawful.seen == [quick_event, slow_event]


def test_only_one_sequences_at_a_time(world):
    """Whoever finds the lock taken does nothing, and nothing is lost by it."""
    start = last_position()
    with unit_of_work(actor=SYSTEM, at=AT, request=Request.fresh(), origin="simulated"):
        decide_on_stream(agency=AGENCIES[0], event=Noted(text="x"), actor=SYSTEM, at=AT)
    with ThreadPoolExecutor(1) as threads, connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [sequencer._LOCK])
        assert threads.submit(alone, sequence).result() == 0
        cursor.execute("SELECT pg_advisory_unlock(%s)", [sequencer._LOCK])
        assert threads.submit(alone, sequence).result() == 1
    assert last_position() == start + 1
