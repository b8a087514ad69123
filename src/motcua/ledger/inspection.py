"""What `ledger check` looks at beside the chains: guards that must stand, bodies and texts that events vouch for."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper

from motcua.kernel.db.guards import APPEND_ONLY_FUNCTION, guard_names
from motcua.kernel.tables import Kind, tables_of_kind
from motcua.ledger.chain import Envelope, Fault, document_digest
from motcua.ledger.operations import LIVE_IS_NOW

Trigger = tuple[str, str]  # table, name
# A batch of whole streams, oldest event first.
Batch = Sequence[tuple[UUID, Sequence[Envelope]]]
RECORDING = {"ledger_event_record": "ledger_record", "ledger_event_queue": "ledger_queue"}
# What the migrations made, without what differs between PostgreSQL's versions: line breaks and blanks.
FUNCTIONS = {
    "kernel_append_only": APPEND_ONLY_FUNCTION,
    "ledger_record": "$$ BEGIN NEW.recorded_at := clock_timestamp(); RETURN NEW; END $$",
    "ledger_queue": (
        "$$ BEGIN INSERT INTO ledger_tail (stream, seq) SELECT stream, seq FROM added; RETURN NULL; END $$"
    ),
}
WITHIN_A_MINUTE = ("origin <> 'live'", "at - recorded_at", "'-00:01:00'", "'00:01:00'")


def guards() -> Iterator[Fault]:
    """What keeps facts append-only and a live act's time honest, against what the migrations made: triggers and their
    functions, rules, the limit on a live act's time, what the application's login may do."""
    facts = tables_of_kind(Kind.FACT)
    wanted = {(table, name): "kernel_append_only" for table in facts for name in guard_names(table)}
    wanted |= {("ledger_event", name): function for name, function in RECORDING.items()}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgname, p.proname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND t.tgqual IS NULL"
            " AND t.tgenabled IN ('O', 'A') AND c.relnamespace = 'public'::regnamespace"
            " AND p.pronamespace = 'public'::regnamespace AND c.relname = ANY(%s)",
            [facts],
        )
        standing = {(table, name): function for table, name, function in cursor.fetchall()}
        yield from _gone_or_added(wanted, standing)
        cursor.execute(
            "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname = ANY(%s)",
            [list(FUNCTIONS)],
        )
        for name, source in cursor.fetchall():
            if source.split() != FUNCTIONS[name].split("$$")[1].split():
                yield Fault(None, 0, f"guard altered: the function {name}")
        cursor.execute(
            "SELECT c.relname, r.rulename FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY(%s)",
            [facts],
        )
        for table, name in cursor.fetchall():
            yield Fault(None, 0, f"guard undone: the rule {name} on {table}")
        yield from _live_is_now(cursor)
        yield from _rights(cursor, facts)


def _gone_or_added(wanted: Mapping[Trigger, str], standing: Mapping[Trigger, str]) -> Iterator[Fault]:
    for (table, name), function in wanted.items():
        if standing.get((table, name)) != function:
            yield Fault(
                None, 0, f"guard gone: the trigger {name} of {table} is missing, altered or switched off"
            )
    for table, name in standing.keys() - wanted.keys():
        yield Fault(None, 0, f"guard undone: the trigger {name} on {table} is none of ours")


def _live_is_now(cursor: CursorWrapper) -> Iterator[Fault]:
    cursor.execute(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s"
        " AND conrelid = 'public.ledger_event'::regclass AND convalidated",
        [LIVE_IS_NOW],
    )
    found = cursor.fetchone()
    if found is None or not all(part in found[0] for part in WITHIN_A_MINUTE):
        yield Fault(None, 0, f"guard gone: the limit on a live act's time, {LIVE_IS_NOW}")
    cursor.execute(
        "SELECT stream, seq FROM ledger_event"
        " WHERE origin = 'live' AND at - recorded_at NOT BETWEEN interval '-60 seconds' AND interval '60 seconds'"
        " ORDER BY stream, seq LIMIT 200"
    )
    for stream, seq in cursor.fetchall():
        yield Fault(stream, seq, "moved: it is live and lies more than 60 s from when it was recorded")


def _rights(cursor: CursorWrapper, facts: list[str]) -> Iterator[Fault]:
    cursor.execute(
        "SELECT rolname FROM pg_roles WHERE rolname = session_user AND (rolsuper OR rolbypassrls OR rolcreaterole)"
    )
    for (login,) in cursor.fetchall():
        yield Fault(None, 0, f"guard undone: the login {login} has rights of an administrator")
    cursor.execute(
        "SELECT t, r FROM unnest(%s::text[]) t, unnest('{UPDATE,DELETE,TRUNCATE,TRIGGER}'::text[]) r"
        " WHERE has_table_privilege(session_user, t, r)",
        [facts],
    )
    for table, right in cursor.fetchall():
        yield Fault(None, 0, f"guard undone: the application's login may {right} {table}")


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
        if not _is_published(body, event.data["body_digest"]):
            yield Fault(stream, event.seq, f"altered: the body in {table} is not the one that was published")
        for name, value in zip(repeats, told, strict=True):
            if value != str(event.data[name]):
                yield Fault(stream, event.seq, f"altered: {table}.{name} differs from the event")


def _is_published(body: object, digest: str) -> bool:
    document: Any = json.loads(body) if isinstance(body, str) else body
    try:
        return document_digest(document).hex() == digest
    except (TypeError, ValueError):  # no document, or a number that none can have held
        return False
