"""The tests' PostgreSQL: a private cluster in `var/test-pg`, or the server that DATABASE_URL names.

Migrations run once, as the owner, into a template named after the source's digest; every pytest process
then copies it to a database of its own, so that runs at the same time never meet. The tests themselves
connect as `motcua_app`. Databases of killed runs are dropped by the next one.
"""

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from motcua.cli import cluster
from motcua.cli.database import let_go, point_django_at
from motcua.kernel.db.grants import apply_grants
from motcua.kernel.tables import Kind, tables_of_kind
from tests.support.world import build_world

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var" / "test-pg"
PREFIX = "motcua_test"
MAKING, DRAFT = "making ", "_draft"
SOURCES = ("*.py", "*.sql", "*.json", "*.csv")


@dataclass(frozen=True, slots=True)
class Logins:
    """Conninfo strings of one test database for each login; superuser only on a cluster of ours."""

    app: str
    owner: str
    superuser: str | None


@contextmanager
def fresh_database() -> Iterator[Logins]:
    """A migrated, granted database of this process's own; Django's default alias points to it as the app."""
    dsns = cluster.ensure(VAR, database=PREFIX, durable=False)
    try:
        with psycopg.connect(dsns.owner, autocommit=True) as keeper:
            template = _template(keeper, dsns)
            name = f"{PREFIX}_{secrets.token_hex(6)}"
            _claim(keeper, name)
            _drop_abandoned(keeper, keep=template)
            _copy(keeper, template, name)
            logins = Logins(
                app=_in_database(dsns.app, name),
                owner=_in_database(dsns.owner, name),
                superuser=dsns.superuser and _in_database(dsns.superuser, name),
            )
            point_django_at(logins.app)
            yield logins
            let_go()
            drop(keeper, name)
    finally:
        cluster.release(VAR)


def _in_database(dsn: str, name: str) -> str:
    return make_conninfo(dsn, dbname=name)


def _template(keeper: psycopg.Connection, dsns: cluster.Dsns) -> str:
    """The migrated template for the sources as they are; made by the first process that asks."""
    name = f"{PREFIX}_template_{_digest()}"
    keeper.execute("SELECT pg_advisory_lock(hashtext(%s))", [MAKING + name])
    keeper.execute("SELECT pg_advisory_lock_shared(hashtext(%s))", [name])  # nobody drops it meanwhile
    try:
        if not _exists(keeper, name):
            draft = name + DRAFT
            drop(keeper, draft)
            keeper.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(draft)))
            _migrate(_in_database(dsns.owner, draft), str(conninfo_to_dict(dsns.app)["user"]))
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            keeper.execute(rename.format(sql.Identifier(draft), sql.Identifier(name)))
    finally:
        keeper.execute("SELECT pg_advisory_unlock(hashtext(%s))", [MAKING + name])
    return name


def _migrate(owner: str, app_role: str) -> None:
    point_django_at(owner)
    call_command("migrate", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        apply_grants(cursor, tables_of_kind(Kind.FACT), app_role=app_role)
    build_world()
    let_go()


def _digest() -> str:
    """Of all sources but tests: a needless migration now and then is better than a stale schema."""
    source = ROOT / "src" / "motcua"
    found = [path for pattern in SOURCES for path in source.rglob(pattern) if "tests" not in path.parts]
    found = sorted([*found, *(ROOT / "tests" / "support").glob("*.py")])
    total = sha256(os.fsencode(str(found)))
    for path in found:
        total.update(path.read_bytes())
    return total.hexdigest()[:12]


def _copy(keeper: psycopg.Connection, template: str, name: str) -> None:
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
    keeper.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))


def _claim(keeper: psycopg.Connection, name: str) -> bool:
    """Take the lock that says someone lives in this database; it ends with the connection."""
    row = keeper.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name]).fetchone()
    return row is not None and bool(row[0])


def _drop_abandoned(keeper: psycopg.Connection, *, keep: str) -> None:
    found = keeper.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [PREFIX + r"\_%"])
    for name in [str(row[0]) for row in found.fetchall()]:
        lock = MAKING + name.removesuffix(DRAFT) if name.endswith(DRAFT) else name
        if name != keep and _claim(keeper, lock):
            drop(keeper, name)
            keeper.execute("SELECT pg_advisory_unlock(hashtext(%s))", [lock])


def _exists(keeper: psycopg.Connection, name: str) -> bool:
    return keeper.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def drop(keeper: psycopg.Connection, name: str) -> None:
    """End who is still in a database of ours, and drop it."""
    # WITH (FORCE) would refuse where autovacuum is at work: the owner may not end that process, DROP itself may.
    keeper.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = %s AND backend_type = 'client backend'",
        [name],
    )
    keeper.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


class Restorer:
    """Brings a database back to what the migrations left, after a test that really committed.

    Empties the tables that hold rows, past the append-only triggers, puts the migrations' own rows back and
    resets the sequences.
    """

    def __init__(self, owner: str) -> None:
        self._owner = owner
        with psycopg.connect(owner) as session:
            self._rows = {table: _rows_of(session, table) for table in _filled(session)}
            self._positions = dict(_sequences(session))

    def restore(self) -> None:
        with psycopg.connect(self._owner) as session:
            session.execute("SET lock_timeout = '10s'")
            session.execute("SET session_replication_role = replica")
            filled = _filled(session)
            if filled:
                tables = sql.SQL(", ").join(map(sql.Identifier, filled))
                session.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(tables))
            for table, rows in self._rows.items():
                into = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
                with session.cursor().copy(into) as copy:
                    copy.write(rows)
            for sequence, position in _sequences(session):
                before = self._positions.get(sequence)
                if position != before:
                    session.execute(
                        "SELECT setval(%s, coalesce(%s, 1), %s)", [sequence, before, before is not None]
                    )


def _filled(session: psycopg.Connection) -> list[str]:
    found = session.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
        "AND pg_get_userbyid(relowner) = current_user ORDER BY relname"
    )
    tables = [str(row[0]) for row in found.fetchall()]
    if not tables:
        return []
    probe = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(table), sql.Identifier(table))
        for table in tables
    )
    return [str(row[0]) for row in session.execute(probe).fetchall()]


def _rows_of(session: psycopg.Connection, table: str) -> bytes:
    with session.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as copy:
        return b"".join(bytes(block) for block in copy)


def _sequences(session: psycopg.Connection) -> Iterable[tuple[str, int | None]]:
    found = session.execute(
        "SELECT format('public.%I', sequencename), last_value FROM pg_sequences WHERE schemaname = 'public'"
    )
    return [(str(name), position) for name, position in found.fetchall()]
