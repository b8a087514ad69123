"""What `ledger check` looks at beside the chains: guards that must stand, bodies and texts that events vouch for."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from uuid import UUID

import rfc8785
from django.db import connection

from motcua.kernel.db.guards import guard_names
from motcua.kernel.tables import Kind, tables_of_kind
from motcua.ledger.chain import Envelope, Fault

# A batch of whole streams, oldest event first.
Batch = Sequence[tuple[UUID, Sequence[Envelope]]]
RECORDING = ("ledger_event", ("ledger_event_record", "ledger_event_queue"))


def guards() -> Iterator[Fault]:
    """Triggers that keep facts append-only and the limit on a live act's time: missing or switched off."""
    wanted = [(table, name) for table in tables_of_kind(Kind.FACT) for name in guard_names(table)]
    wanted += [(RECORDING[0], name) for name in RECORDING[1]]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
        )
        standing = {(table.rpartition(".")[2], name) for table, name in cursor.fetchall()}
        cursor.execute(
            "SELECT 1 FROM pg_constraint WHERE conname = 'ledger_event_live_is_now' AND convalidated"
        )
        is_limited = cursor.fetchone() is not None
        cursor.execute(
            "SELECT stream, seq FROM ledger_event"
            " WHERE origin = 'live' AND at - recorded_at NOT BETWEEN interval '-60 seconds' AND interval '60 seconds'"
            " ORDER BY stream, seq LIMIT 200"
        )
        moved = cursor.fetchall()
    for table, name in wanted:
        if (table, name) not in standing:
            yield Fault(None, 0, f"guard gone: the trigger {name} of {table} is missing or switched off")
    if not is_limited:
        yield Fault(None, 0, "guard gone: the limit on a live act's time, ledger_event_live_is_now")
    for stream, seq in moved:
        yield Fault(stream, seq, "moved: it is live and lies more than 60 s from when it was recorded")


def published(batch: Batch, *, table: str, event_type: str, repeats: Sequence[str] = ()) -> Iterator[Fault]:
    """Published bodies of `table` (id, body, the columns `repeats`) against the digest their event carries.

    `event_type` is the event that published the row; its stream is the row's id.
    """
    events = {e.stream: e for _, envelopes in batch for e in envelopes if e.type == event_type}
    if not events:
        return
    columns = "".join(f', "{name}"::text' for name in repeats)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT id, body{columns} FROM "{table}" WHERE id = ANY(%s)', [list(events)])  # noqa: S608
        rows = {row[0]: row[1:] for row in cursor.fetchall()}
    for stream, event in events.items():
        if stream not in rows:
            continue  # the check of heads tells it
        body, *told = rows[stream]
        digest = hashlib.sha256(
            rfc8785.dumps(json.loads(body) if isinstance(body, str) else body)
        ).hexdigest()
        if digest != event.data["body_digest"]:
            yield Fault(stream, event.seq, f"altered: the body in {table} is not the one that was published")
        for name, value in zip(repeats, told, strict=True):
            if value != str(event.data[name]):
                yield Fault(stream, event.seq, f"altered: {table}.{name} differs from the event")
