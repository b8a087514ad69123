"""Reactions follow positions: each once, failures stay visible and are tried again, others go on."""

import threading
from dataclasses import dataclass, field

import pytest
from django.db import DatabaseError, connection
from tests.support.streams import AT, note, stream_of

from motcua.kernel import registry
from motcua.kernel.errors import Refusal
from motcua.kernel.registry import Reaction, Wiring
from motcua.ledger import dispatcher
from motcua.ledger.dispatcher import MAX_ATTEMPTS, dispatch, follow, retry_open
from motcua.ledger.models import Cursor, Reacted
from motcua.ledger.sequencer import sequence

pytestmark = pytest.mark.django_db


@dataclass
class Follower:
    """A reaction that writes down what it was given, and fails where it is told to."""

    name: str = "seen"
    fails: dict[int, BaseException] = field(default_factory=dict)
    seen: list[tuple[int, str]] = field(default_factory=list)
    tried: list[int] = field(default_factory=list)

    def run(self, envelope, *, position, clock):
        assert clock() == AT
        self.tried.append(position)
        if position in self.fails:
            raise self.fails[position]
        self.seen.append((position, envelope.data["text"]))


@pytest.fixture
def follow_with():
    """Put followers of test events in force for one test, past what the world already holds."""
    before = registry.wiring()
    while sequence():
        pass
    Cursor.objects.create(follower=dispatcher.FOLLOWER, position=last_position())

    def put(*followers: Follower) -> None:
        reactions = tuple(Reaction(f.name, frozenset({"test_noted"}), f.run) for f in followers)
        registry.install(Wiring(reactions=reactions))

    yield put
    registry.install(before)


def last_position() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(position), 0) FROM ledger_position")
        return int(cursor.fetchone()[0])


def written(*texts: str) -> list[int]:
    """Append events and give them positions, which are returned."""
    start = last_position()
    for text in texts:
        note(text)
    assert sequence() == len(texts)
    return list(range(start + 1, start + 1 + len(texts)))


def clock():
    return AT


def test_each_event_reaches_its_reactions_once_and_in_order(follow_with):
    first, second = Follower("first"), Follower("second")
    follow_with(first, second)
    places = written("a", "b", "c")
    assert dispatch(clock=clock) == 3
    assert dispatch(clock=clock) == 0
    for follower in (first, second):
        assert follower.seen == list(zip(places, "abc", strict=True))


def test_only_the_types_a_reaction_follows_reach_it(follow_with):
    follower = Follower()
    follow_with(follower)
    registry.install(Wiring(reactions=(Reaction("seen", frozenset({"other"}), follower.run),)))
    written("a", "b")
    assert dispatch(clock=clock) == 2
    assert follower.tried == []
    assert not Reacted.objects.exists()


@pytest.mark.parametrize("failure", [Refusal("Chưa được.", "Not yet."), DatabaseError("no such thing")])
def test_a_failure_stays_open_with_its_error_and_the_others_go_on(follow_with, failure):
    failing, other = Follower("failing"), Follower("other")
    follow_with(failing, other)
    places = written("a", "b", "c")
    failing.fails[places[1]] = failure
    assert dispatch(clock=clock) == 3
    assert [text for _, text in failing.seen] == ["a", "c"]
    assert [text for _, text in other.seen] == ["a", "b", "c"]
    row = Reacted.objects.get(position=places[1], reaction="failing")
    assert (row.done_at, row.attempts, row.error) == (None, 1, str(failure))
    assert Reacted.objects.filter(done_at=None).count() == 1


def test_a_retry_that_works_closes_it_and_repeats_nothing(follow_with):
    failing = Follower()
    follow_with(failing)
    (place, after) = written("a", "b")
    failing.fails[place] = Refusal("Chưa được.", "Not yet.")
    dispatch(clock=clock)
    assert retry_open(clock=clock) == 0
    assert Reacted.objects.get(position=place).attempts == 2
    failing.fails.clear()
    assert retry_open(clock=clock) == 1
    assert retry_open(clock=clock) == 0
    assert failing.tried == [place, after, place, place]
    assert failing.seen == [(after, "b"), (place, "a")]
    row = Reacted.objects.get(position=place)
    assert (row.done_at, row.attempts, row.error) == (AT, 3, "")


def test_after_many_attempts_it_waits_for_a_person(follow_with):
    failing = Follower()
    follow_with(failing)
    (place,) = written("a")
    failing.fails[place] = Refusal("Không được.", "No.")
    dispatch(clock=clock)
    for _ in range(MAX_ATTEMPTS + 3):
        retry_open(clock=clock)
    assert len(failing.tried) == MAX_ATTEMPTS
    row = Reacted.objects.get(position=place)
    assert (row.done_at, row.attempts, row.error) == (None, MAX_ATTEMPTS, "Không được.")


def test_what_was_done_is_not_done_again_when_the_cursor_was_not_moved(follow_with):
    """As after a kill between the reaction and the cursor."""
    follower = Follower()
    follow_with(follower)
    places = written("a", "b")
    dispatch(clock=clock)
    Cursor.objects.filter(follower=dispatcher.FOLLOWER).update(position=places[0] - 1)
    assert dispatch(clock=clock) == 2
    assert follower.tried == places


def test_a_kill_in_mid_batch_leaves_the_rest_for_the_next(follow_with):
    follower = Follower()
    follow_with(follower)
    places = written("a", "b", "c")
    follower.fails[places[1]] = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        dispatch(clock=clock)
    follower.fails.clear()
    assert dispatch(clock=clock) == 3
    assert follower.seen == list(zip(places, "abc", strict=True))


def test_a_batch_has_a_bound(follow_with):
    follower = Follower()
    follow_with(follower)
    written("a", "b", "c")
    assert [dispatch(clock=clock, limit=2) for _ in range(3)] == [2, 1, 0]
    assert [text for _, text in follower.seen] == ["a", "b", "c"]


def test_following_reads_by_position():
    while sequence():
        pass
    start = last_position()
    note("a")
    assert follow(after=start) == []
    sequence()
    (placed,) = follow(after=start)
    assert (placed.position, placed.envelope.stream, placed.envelope.data) == (
        start + 1,
        stream_of(),
        {"text": "a"},
    )


@pytest.mark.django_db(transaction=True)
def test_two_dispatchers_at_once_run_nothing_twice(follow_with):
    """The second one comes while the first is inside a reaction."""
    follower = Follower()
    others: list[int] = []

    def second_dispatcher():
        others.append(dispatch(clock=clock))
        others.append(retry_open(clock=clock))
        connection.close()

    def run(envelope, *, position, clock):
        second = threading.Thread(target=second_dispatcher)
        second.start()
        second.join()
        follower.run(envelope, position=position, clock=clock)

    follow_with(follower)
    registry.install(Wiring(reactions=(Reaction("seen", frozenset({"test_noted"}), run),)))
    places = written("a", "b")
    assert dispatch(clock=clock) == 2
    assert others == [0, 0, 0, 0]
    assert follower.tried == places
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s", [dispatcher._LOCK]
        )
        assert cursor.fetchone() == (0,)
