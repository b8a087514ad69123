"""The ground the tests stand on: whose login, and that a committed test leaves nothing behind."""

import io
import secrets
import threading
from time import monotonic

import psycopg
import pytest
from django.db import ProgrammingError, connection
from psycopg.conninfo import make_conninfo

from motcua.cli import database
from motcua.cli.cluster import Dsns
from motcua.cli.database import claim, migrate
from motcua.cli.errors import CliError
from motcua.kernel.db.grants import apply_grants
from motcua.kernel.db.guards import append_only_sql
from motcua.kernel.tables import Kind, tables_of_kind
from motcua.ledger.replay import SCHEMA
from tests.support.database import PREFIX, Restorer, drop
from tests.support.lives import brought_to


def who() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_tests_run_as_the_application():
    assert who() == "motcua_app"


@pytest.mark.django_db(transaction=True)
def test_other_threads_are_the_application_too():
    seen: list[str] = []

    def ask() -> None:
        seen.append(who())
        connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert seen == ["motcua_app"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    ["CREATE TABLE mine (id int)", "DELETE FROM django_migrations", "SET session_replication_role = replica"],
)
def test_the_application_owns_nothing(statement):
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute(statement)


@pytest.fixture
def hurried_vacuum(superuser_cursor):
    """Autovacuum looks round every second, and stays long where a table says so."""
    superuser_cursor.execute("ALTER SYSTEM SET autovacuum_naptime = '1s'")
    superuser_cursor.execute("SELECT pg_reload_conf()")
    yield
    superuser_cursor.execute("ALTER SYSTEM RESET autovacuum_naptime")
    superuser_cursor.execute("SELECT pg_reload_conf()")


def test_a_database_under_autovacuum_can_be_dropped(
    database_logins, owner_cursor, superuser_cursor, hurried_vacuum
):
    name = f"{PREFIX}_vacuumed_{secrets.token_hex(4)}"
    there = "SELECT FROM pg_stat_activity WHERE backend_type = 'autovacuum worker' AND datname = %s"
    owner_cursor.execute(f"CREATE DATABASE {name}")
    with psycopg.connect(make_conninfo(database_logins.owner, dbname=name), autocommit=True) as inside:
        inside.execute(
            "CREATE TABLE busy WITH (autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1)"
            " AS SELECT n, repeat('x', 200) AS x FROM generate_series(1, 40000) n"
        )
        inside.execute("DELETE FROM busy WHERE n % 2 = 0")
    deadline = monotonic() + 60
    while superuser_cursor.execute(there, [name]).fetchone() is None:
        assert monotonic() < deadline
    drop(owner_cursor.connection, name)
    assert owner_cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is None


@pytest.fixture
def fact(owner_cursor):
    owner_cursor.execute("CREATE TABLE probe (id bigint GENERATED ALWAYS AS IDENTITY, word text)")
    owner_cursor.execute(append_only_sql("probe")[0])
    owner_cursor.execute("INSERT INTO probe (word) VALUES ('kept')")
    yield "probe"
    owner_cursor.execute("DROP TABLE probe")


@pytest.mark.parametrize("statement", ["UPDATE probe SET word = ''", "DELETE FROM probe", "TRUNCATE probe"])
def test_a_guarded_table_refuses_its_owner_and_the_superuser(fact, owner_cursor, superuser_cursor, statement):
    for cursor in (owner_cursor, superuser_cursor):
        with pytest.raises(psycopg.errors.RestrictViolation, match="probe is append-only"):
            cursor.execute(statement)
    assert owner_cursor.execute("SELECT word FROM probe").fetchall() == [("kept",)]


def test_guards_can_be_taken_back_by_a_reverse_migration(fact, owner_cursor):
    owner_cursor.execute(append_only_sql(fact)[1])
    owner_cursor.execute("DELETE FROM probe")
    assert owner_cursor.rowcount == 1


@pytest.mark.parametrize("name", ["a b", "x; drop table y", "a" * 46])
def test_guards_take_plain_names_only(name):
    with pytest.raises(ValueError, match="plain table name"):
        append_only_sql(name)


@pytest.fixture
def undone(database_logins, django_db_setup):
    """The owner, in a transaction that is rolled back."""
    with psycopg.connect(database_logins.owner) as session, session.cursor() as cursor:
        cursor.execute("CREATE TABLE grants_fact (id int); CREATE TABLE grants_plain (id serial)")
        yield cursor
        session.rollback()


def rights(cursor, table: str) -> set[str]:
    wanted = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"]
    return {
        right
        for right in wanted
        if cursor.execute("SELECT has_table_privilege('motcua_app', %s, %s)", [table, right]).fetchone()[0]
    }


def test_grants_take_the_past_out_of_the_applications_hands(undone):
    apply_grants(undone, [*tables_of_kind(Kind.FACT), "grants_fact"])
    assert rights(undone, "grants_fact") == {"SELECT", "INSERT"}
    assert rights(undone, "grants_plain") == {"SELECT", "INSERT", "UPDATE", "DELETE"}
    assert rights(undone, "django_migrations") == {"SELECT"}
    usable = "SELECT has_sequence_privilege('motcua_app', 'grants_plain_id_seq', 'USAGE')"
    assert undone.execute(usable).fetchone() == (True,)


def test_grants_refuse_a_fact_table_that_is_misspelt(undone):
    with pytest.raises(ValueError, match="do not exist: grants_fatc"):
        apply_grants(undone, ["grants_fatc"])


def test_a_committed_test_leaves_what_the_migrations_left(owner_cursor, database_logins):
    owner_cursor.execute("CREATE TABLE kept (id serial PRIMARY KEY, word text)")
    owner_cursor.execute("CREATE TABLE passing (id serial PRIMARY KEY, kept_id int REFERENCES kept)")
    owner_cursor.execute(append_only_sql("passing")[0])
    try:
        owner_cursor.execute("INSERT INTO kept (word) VALUES ('giữ'), (NULL)")
        restorer = Restorer(database_logins.owner)
        owner_cursor.execute("INSERT INTO kept (word) VALUES ('bỏ')")
        owner_cursor.execute("INSERT INTO passing (kept_id) VALUES (3)")
        restorer.restore()
        assert owner_cursor.execute("SELECT * FROM kept ORDER BY id").fetchall() == [(1, "giữ"), (2, None)]
        assert owner_cursor.execute("SELECT count(*) FROM passing").fetchone() == (0,)
        owner_cursor.execute("INSERT INTO kept (word) VALUES ('mới') RETURNING id")
        assert owner_cursor.fetchone() == (3,)
        owner_cursor.execute("INSERT INTO passing (kept_id) VALUES (3) RETURNING id")
        assert owner_cursor.fetchone() == (1,)
    finally:
        owner_cursor.execute("DROP TABLE passing, kept")


@pytest.fixture
def dsns(database_logins):
    return Dsns(app=database_logins.app, owner=database_logins.owner, superuser=None)


def test_a_database_belongs_to_one_kind_of_installation(dsns, owner_cursor):
    claim(dsns, "trial")
    claim(dsns, "trial")
    with pytest.raises(CliError, match="thuộc hệ thống trial, không phải live"):
        claim(dsns, "live")


@pytest.mark.django_db(transaction=True)
def test_a_migrated_database_is_left_alone_and_the_application_stays_itself(dsns):
    assert migrate(dsns) == 0
    assert who() == "motcua_app"


@pytest.mark.django_db(transaction=True)
def test_an_upgrade_makes_rows_whole_that_an_older_release_wrote(dsns, owner_cursor):
    """Who proposed before counts for who may sign (ADR 0057); rows of before kept the last one alone."""
    code, _ = brought_to("sealing")
    proposal = "SELECT proposal FROM dossiers_dossier WHERE code = %s"
    whole = owner_cursor.execute(proposal, [code]).fetchone()
    owner_cursor.execute("UPDATE dossiers_dossier SET proposal = '{}' WHERE code = %s", [code])
    owner_cursor.execute(
        "DELETE FROM django_migrations WHERE app = 'dossiers' AND name = '0039_more_since_proposed'"
    )
    assert migrate(dsns) == 1
    owner_cursor.execute(f"DROP SCHEMA {SCHEMA} CASCADE")
    assert owner_cursor.execute(proposal, [code]).fetchone() == whole
    assert migrate(dsns) == 0


def test_a_log_is_told_how_far_a_rebuild_is(monkeypatch):
    said = io.StringIO()
    monkeypatch.setattr(database.console, "file", said)
    clock = iter(range(0, 10**6, 1))

    def lines(streams, count, each):
        said.truncate(0)
        said.seek(0)
        ticks = iter(each * n for n in clock)
        assert list(database.told(streams, count, seconds=lambda: next(ticks))) == list(streams)
        return said.getvalue().splitlines()

    large = lines(range(20_000), 20_000, 0.001)
    assert len(large) == 10
    assert "Đã dựng lại 2000/20000, còn khoảng 18 giây" in large[0]
    assert "rebuilt 20000 of 20000, about 0 s left" in large[-1]
    assert lines(range(50), 50, 0.1) == []
    slow = lines(range(10), 10, 10.0)
    assert [line.split(",")[0] for line in slow] == [f"Đã dựng lại {n}/10" for n in (3, 6, 9)]
