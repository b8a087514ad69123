"""Reading the ledger: one stream's history, and the check of every chain."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection

from motcua.kernel.actor import SYSTEM
from motcua.kernel.db.snapshot import one_snapshot
from motcua.kernel.registry import wiring
from motcua.kernel.time import utc_text
from motcua.ledger.chain import Envelope, Fault, Head, Stored, read, verify

BATCH = 500


def history(stream: UUID, *, limit: int = 500, after: int = 0) -> list[Envelope]:
    """The events of `stream` after seq `after`, oldest first. The caller has checked who may see the stream."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT envelope, hash FROM ledger_event WHERE stream = %s AND seq > %s ORDER BY seq LIMIT %s",
            [stream, after, limit],
        )
        return [read(envelope, bytes(digest)) for envelope, digest in cursor.fetchall()]


def firsts(streams: list[UUID]) -> dict[UUID, Envelope]:
    """The first event of each of `streams`: who opened it, when and how. The caller has checked who may see them."""
    if not streams:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stream, envelope, hash FROM ledger_event WHERE stream = ANY(%s) AND seq = 1", [streams]
        )
        return {stream: read(envelope, bytes(digest)) for stream, envelope, digest in cursor.fetchall()}


def of_types(streams: Collection[UUID], types: Collection[str]) -> dict[UUID, list[Envelope]]:
    """The events of these types on each of `streams`, oldest first. The caller has checked who may see them. One
    statement, none for no stream."""
    found: dict[UUID, list[Envelope]] = {}
    if not streams:
        return found
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stream, envelope, hash FROM ledger_event WHERE stream = ANY(%s) AND type = ANY(%s)"
            " ORDER BY stream, seq",
            [list(streams), sorted(types)],
        )
        for stream, envelope, digest in cursor.fetchall():
            found.setdefault(stream, []).append(read(envelope, bytes(digest)))
    return found


def stream_count() -> int:
    """How many streams there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_event WHERE seq = 1")
        return int(cursor.fetchone()[0])


def streams() -> Iterator[tuple[UUID, list[Envelope]]]:
    """Every stream with its events, one stream at a time (a server-side cursor: memory stays small)."""
    with connection.chunked_cursor() as cursor:
        cursor.execute("SELECT stream, envelope, hash FROM ledger_event ORDER BY stream, seq")
        rows = iter(cursor)
        for stream, group in groupby(rows, key=lambda row: row[0]):
            yield stream, [read(envelope, bytes(digest)) for _, envelope, digest in group]


def claimed(prefix: str) -> dict[str, tuple[UUID, int]]:
    """The requests whose keys begin with `prefix`, each with the stream and seq of its first event: what a run
    of many acts, broken off, has done already."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, stream, seq FROM ledger_request WHERE starts_with(key, %s)",
            [prefix],
        )
        return {key: (stream, seq) for key, stream, seq in cursor.fetchall()}


def claimed_stream(*, actor: str, key: str) -> UUID | None:
    """Where what `actor` did under the request `key` begins; None where nothing was done under it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT stream FROM ledger_request WHERE actor = %s AND key = %s", [actor, key])
        row = cursor.fetchone()
        return None if row is None else row[0]


def bodies_claimed(*, actor: str, keys: Collection[str]) -> dict[str, bytes]:
    """The digests of what `actor` sent under these request keys, by key, where it was acted on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, body_digest FROM ledger_request WHERE actor = %s AND key = ANY(%s)",
            [actor, sorted(keys)],
        )
        return {key: bytes(digest) for key, digest in cursor.fetchall()}


def count_claimed(prefix: str) -> int:
    """How many acts the installation did itself under keys that begin with `prefix`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM ledger_request WHERE actor = %s AND starts_with(key, %s)",
            [SYSTEM.id, prefix],
        )
        return int(cursor.fetchone()[0])


def position_of(stream: UUID, seq: int) -> int | None:
    """The place of an event in the one order; None while it has none yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT position FROM ledger_position WHERE stream = %s AND seq = %s", [stream, seq])
        row = cursor.fetchone()
        return None if row is None else int(row[0])


def is_done(position: int, reaction: str) -> bool:
    """Whether `reaction` to the event at `position` has run to its end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM ledger_reacted WHERE position = %s AND reaction = %s AND done_at IS NOT NULL",
            [position, reaction],
        )
        return cursor.fetchone() is not None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What `ledger check` found."""

    streams: int
    events: int
    waiting: int
    faults: tuple[Fault, ...]


def check(*, most_faults: int = 200) -> CheckReport:
    """Verify every chain against its bytes, its columns and its owner's head, the order between streams, and
    what the wiring's inspections and surveys compare with the events.

    Finds altered, deleted, cut and swapped events, whole streams that vanished or that nobody owns, what is
    wrong with the positions, guards that are gone, and texts and bodies that are not those of the events.
    Never re-serialises events: the stored bytes are what is hashed. Others may go on writing: it reads one
    snapshot.
    """
    with one_snapshot():
        return _check(most_faults)


def _check(most_faults: int) -> CheckReport:
    heads = _heads()
    faults: list[Fault] = []
    streams_seen = events = 0
    inspecting = _Inspecting()
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT stream, seq, envelope, hash, id, type, at, origin, installation FROM ledger_event"
            " ORDER BY stream, seq"
        )
        for stream, group in groupby(iter(cursor), key=lambda row: row[0]):
            rows = [_stored(row[1:]) for row in group]
            streams_seen += 1
            events += len(rows)
            wrong = verify(stream, rows, heads.pop(stream, None))
            faults += wrong or inspecting.take(stream, rows)
    faults += inspecting.rest()
    faults += [
        Fault(stream, head.seq, "cut: the whole stream is gone, its owner is there")
        for stream, head in heads.items()
        if head.seq
    ]
    faults += [fault for survey in wiring().surveys for fault in survey()]
    waiting, order_faults = _order()
    return CheckReport(streams_seen, events, waiting, tuple((faults + order_faults)[:most_faults]))


@dataclass(slots=True)
class _Inspecting:
    """Hands whole streams to the inspections, `BATCH` at a time."""

    held: list[tuple[UUID, list[Envelope]]] = field(default_factory=list)

    def take(self, stream: UUID, rows: list[Stored]) -> list[Fault]:
        self.held.append((stream, [read(row.envelope, row.hash) for row in rows]))
        return self.rest() if len(self.held) >= BATCH else []

    def rest(self) -> list[Fault]:
        batch, self.held = self.held, []
        return [fault for inspection in wiring().inspections for fault in inspection.run(batch)]


def _stored(row: tuple[Any, ...]) -> Stored:
    seq, envelope, digest, event_id, event_type, at, origin, installation = row
    columns = {
        "id": str(event_id),
        "type": event_type,
        "at": utc_text(at),
        "origin": origin,
        "installation": installation,
    }
    return Stored(seq=seq, envelope=envelope, hash=bytes(digest), columns=columns)


def _heads() -> dict[UUID, Head]:
    heads: dict[UUID, Head] = {}
    for model in apps.get_models():
        names = {f.name for f in model._meta.fields}
        if model.__module__.startswith("motcua.") and {"head_seq", "head_hash"} <= names:
            stream_field = "stream" if "stream" in names else "id"
            with connection.chunked_cursor() as cursor:
                cursor.execute(f'SELECT "{stream_field}", head_seq, head_hash FROM "{model._meta.db_table}"')  # noqa: S608
                for stream, seq, digest in cursor:
                    heads[stream] = Head(stream=stream, seq=seq, hash=bytes(digest))
    return heads


def _order() -> tuple[int, list[Fault]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_tail")
        waiting = cursor.fetchone()[0]
        cursor.execute(
            "SELECT e.stream, e.seq, 'no position and not waiting for one' FROM ledger_event e"
            " LEFT JOIN ledger_position p USING (stream, seq) LEFT JOIN ledger_tail t USING (stream, seq)"
            " WHERE p.position IS NULL AND t.seq IS NULL"
            " UNION ALL SELECT p.stream, p.seq, 'deleted: position ' || p.position || ' has lost its event'"
            " FROM ledger_position p LEFT JOIN ledger_event e USING (stream, seq) WHERE e.seq IS NULL"
            " UNION ALL SELECT stream, seq, 'gap before position ' || position FROM"
            " (SELECT stream, seq, position, position - lag(position, 1, 0::bigint) OVER (ORDER BY position) AS step"
            "  FROM ledger_position) s WHERE step <> 1"
            " UNION ALL SELECT stream, seq, 'swapped: position ' || position || ' comes before that of seq ' || seq - 1"
            " FROM (SELECT stream, seq, position, lag(position) OVER (PARTITION BY stream ORDER BY seq) AS before"
            "  FROM ledger_position) s WHERE before > position LIMIT 200"
        )
        return waiting, [Fault(stream, seq, what) for stream, seq, what in cursor.fetchall()]
