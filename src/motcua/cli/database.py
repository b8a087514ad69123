"""Django's way to the database: as which login, and migrated to what this source expects."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

import psycopg
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from rich.console import Console
from rich.progress import track

from motcua.cli.cluster import Dsns
from motcua.cli.errors import CliError
from motcua.kernel.db.grants import apply_grants
from motcua.kernel.registry import wiring
from motcua.kernel.tables import Kind, tables_of_kind
from motcua.ledger.replay import Streams, restore

MIGRATING = 0x6D637570  # any number that no other program of this database locks
MANY = 10_000
QUIET_SECONDS = 30.0
console = Console(highlight=False, markup=False, soft_wrap=True)


def point_django_at(dsn: str) -> None:
    """Let the default alias connect with `dsn`, in every thread: they share the settings."""
    let_go()
    parts = conninfo_to_dict(dsn)
    connection.settings_dict.update(
        NAME=parts.get("dbname", ""),
        USER=parts.get("user", ""),
        PASSWORD=parts.get("password", ""),
        HOST=parts.get("host", ""),
        PORT=str(parts.get("port", "")),
    )


def let_go() -> None:
    """Close this thread's connection, and the pool where there is one."""
    connection.close()
    close_pool = getattr(connection, "close_pool", None)
    if close_pool is not None:
        close_pool()


@contextmanager
def as_owner(dsns: Dsns) -> Iterator[None]:
    """Django connects as the owner inside, as the application after."""
    point_django_at(dsns.owner)
    try:
        yield
    finally:
        point_django_at(dsns.app)


def migrate(dsns: Dsns) -> int:
    """Bring the database to this source's migrations, then grant; returns how many were applied.

    One process at a time; a second one waits and finds nothing left to do.
    """
    with psycopg.connect(dsns.owner, autocommit=True) as keeper, as_owner(dsns):
        keeper.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            call_command("migrate", verbosity=0, interactive=False)
            _bring_projections_up({migration.app_label for migration, _ in plan})
            grant(dsns)
        return len(plan)


def _bring_projections_up(apps: set[str]) -> None:
    """A migration gives a projection its columns; what stands in them the events say (ADR 0018)."""
    tables = {table for projector in wiring().projectors for table in projector.tables}
    if any(table.split("_")[0] in apps for table in tables):
        restore(shown)


def shown(streams: Streams, count: int) -> Streams:
    """The streams as they come, with how far it is: it takes minutes where an archive is large."""
    if count > MANY:
        console.print(f"Dựng lại các bảng từ {count} dòng sự kiện · rebuilding tables from {count} streams")
    if console.is_terminal:
        return track(streams, "Dựng lại · rebuilding", total=count, console=console, transient=True)
    return told(streams, count)


def told(streams: Streams, count: int, *, seconds: Callable[[], float] = monotonic) -> Streams:
    """The same as lines for a log: one each tenth of a large archive and each half minute of any, with how many of how
    many and about how long the rest takes."""
    begun = last = seconds()
    tenth = max(count // 10, MANY // 10)
    for number, stream in enumerate(streams, start=1):
        yield stream
        at = seconds()
        if number % tenth and at - last < QUIET_SECONDS:
            continue
        last = at
        rest = (at - begun) / number * max(count - number, 0)
        console.print(
            f"Đã dựng lại {number}/{count}, còn khoảng {rest:.0f} giây"
            f" · rebuilt {number} of {count}, about {rest:.0f} s left"
        )


def grant(dsns: Dsns) -> None:
    """Give the application its rights anew; the owner is connected."""
    role = str(conninfo_to_dict(dsns.app).get("user"))
    with transaction.atomic(), connection.cursor() as cursor:
        apply_grants(cursor, tables_of_kind(Kind.FACT), app_role=role)


def claim(dsns: Dsns, kind: str) -> None:
    """Write on the database what it is, or see that it is that: a trial's is never opened as live.

    Raises CliError when the database belongs to an installation of the other kind.
    """
    with psycopg.connect(dsns.owner, autocommit=True) as owner:
        row = owner.execute(
            "SELECT current_database(), shobj_description(oid, 'pg_database') "
            "FROM pg_database WHERE datname = current_database()"
        ).fetchone()
        name, told = row or ("", None)
        mine = f"motcua {kind}"
        if told is None or not told.startswith("motcua "):
            owner.execute(
                sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(mine))
            )
        elif told != mine:
            raise CliError(
                f"Cơ sở dữ liệu {name} thuộc hệ thống {told.removeprefix('motcua ')}, không phải {kind}.",
                f"The database {name} belongs to a {told.removeprefix('motcua ')} installation, not {kind}.",
            )
