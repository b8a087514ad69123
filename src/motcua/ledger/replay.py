"""Replay: projections rebuilt from events into a second schema, and compared with the running ones."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from psycopg import sql
from psycopg.types.json import Jsonb

from motcua.kernel.db.snapshot import one_snapshot
from motcua.kernel.registry import Projector, wiring
from motcua.ledger.chain import Envelope
from motcua.ledger.selectors import stream_count, streams

Streams = Iterable[tuple[UUID, list[Envelope]]]
# Hands on the streams it is given, and may tell somebody how far they are; the number is how many there are.
Watch = Callable[[Streams, int], Streams]

SCHEMA = "replay"
_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class TableDifference:
    """How a rebuilt table compares: rows on each side, and rows that the other side lacks."""

    table: str
    running: int
    rebuilt: int
    only_running: int
    only_rebuilt: int

    @property
    def equal(self) -> bool:
        """Whether the two tables hold the same rows."""
        return not (self.only_running or self.only_rebuilt)


def unwatched(given: Streams, _count: int) -> Streams:
    """Streams as they come: nobody waits."""
    return given


def replay(watch: Watch = unwatched) -> list[TableDifference]:
    """Rebuild every projection from the ledger into schema `replay` and compare, table by table.

    Runs as the owner (it makes the schema anew); touches nothing that is running, and others may go on writing:
    it reads one snapshot. Content that was erased is not needed: events and projections hold references and
    digests only.
    """
    tables = {table: _columns(table) for projector in wiring().projectors for table in projector.tables}
    with one_snapshot():
        _make_schema(tables)
        buffers: dict[str, list[dict[str, Any]]] = {table: [] for table in tables}
        for table, row in _rows(wiring().projectors, watch(streams(), stream_count())):
            buffers[table].append(row)
            if len(buffers[table]) >= _BATCH:
                _copy(table, tables[table], buffers[table])
        for table, rows in buffers.items():
            _copy(table, tables[table], rows)
        return [_compare(table, columns) for table, columns in tables.items()]


def restore(watch: Watch = unwatched) -> list[TableDifference]:
    """Make every projection what its events say, in one transaction; returns what differed before.

    Runs as the owner, alone (after a migration that gave projections new columns): rows that differ are replaced.
    """
    with transaction.atomic():
        found = [d for d in replay(watch) if not d.equal]
        for difference in found:
            columns = _columns(difference.table)
            names = sql.SQL(", ").join(sql.Identifier(name) for name, _ in columns)
            tables = {
                "a": sql.Identifier("public", difference.table),
                "b": sql.Identifier(SCHEMA, difference.table),
            }
            with connection.cursor() as cursor:
                cursor.execute(sql.SQL("DELETE FROM {a}").format(**tables))
                cursor.execute(sql.SQL("INSERT INTO {a} ({c}) SELECT {c} FROM {b}").format(c=names, **tables))
    return found


def _rows(projectors: tuple[Projector, ...], given: Streams) -> Iterator[tuple[str, dict[str, Any]]]:
    for _, events in given:
        for projector in projectors:
            mine = [e for e in events if e.type in projector.types]
            if mine:
                rebuilt: Mapping[str, list[dict[str, Any]]] = projector.replay(mine)
                for table, rows in rebuilt.items():
                    for row in rows:
                        yield table, row


def _columns(table: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'"
            " AND is_identity = 'NO' ORDER BY ordinal_position",
            [table],
        )
        return [(str(name), str(kind)) for name, kind in cursor.fetchall()]


def _make_schema(tables: Mapping[str, list[tuple[str, str]]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP SCHEMA IF EXISTS {s} CASCADE").format(s=sql.Identifier(SCHEMA)))
        cursor.execute(sql.SQL("CREATE SCHEMA {s}").format(s=sql.Identifier(SCHEMA)))
        for table, columns in tables.items():
            names = sql.SQL(", ").join(sql.Identifier(name) for name, _ in columns)
            cursor.execute(
                sql.SQL("CREATE TABLE {s}.{t} AS SELECT {c} FROM public.{t} WITH NO DATA").format(
                    s=sql.Identifier(SCHEMA), t=sql.Identifier(table), c=names
                )
            )


def _copy(table: str, columns: list[tuple[str, str]], rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    command = sql.SQL("COPY {s}.{t} ({c}) FROM STDIN").format(
        s=sql.Identifier(SCHEMA),
        t=sql.Identifier(table),
        c=sql.SQL(", ").join(sql.Identifier(name) for name, _ in columns),
    )
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        for row in rows:
            copy.write_row(
                [
                    Jsonb(row[name]) if data_type == "jsonb" and row[name] is not None else row[name]
                    for name, data_type in columns
                ]
            )
    rows.clear()


def _compare(table: str, columns: list[tuple[str, str]]) -> TableDifference:
    names = sql.SQL(", ").join(sql.Identifier(name) for name, _ in columns)
    running = sql.SQL("public.{t}").format(t=sql.Identifier(table))
    rebuilt = sql.SQL("{s}.{t}").format(s=sql.Identifier(SCHEMA), t=sql.Identifier(table))

    def count(query: sql.Composed) -> int:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return int(cursor.fetchone()[0])

    def lacking(here: sql.Composed, there: sql.Composed) -> int:
        return count(
            sql.SQL("SELECT count(*) FROM (SELECT {c} FROM {a} EXCEPT ALL SELECT {c} FROM {b}) d").format(
                c=names, a=here, b=there
            )
        )

    return TableDifference(
        table=table,
        running=count(sql.SQL("SELECT count(*) FROM {a}").format(a=running)),
        rebuilt=count(sql.SQL("SELECT count(*) FROM {a}").format(a=rebuilt)),
        only_running=lacking(running, rebuilt),
        only_rebuilt=lacking(rebuilt, running),
    )
