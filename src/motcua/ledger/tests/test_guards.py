"""Fact tables: listed here by name, guarded by grants and by triggers, whoever asks."""

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from motcua.kernel.registry import wiring
from motcua.kernel.tables import Kind, tables_of_kind

# The fact tables, and a column of each.
COLUMNS = {
    "access_log_look": "what",
    "access_log_registeranswer": "outcome",
    "access_log_registerintake": "dossier",
    "access_log_registerquestion": "who",
    "catalogue_decision": "note",
    "catalogue_handling": "basis",
    "catalogue_place": "basis",
    "catalogue_promise": "basis",
    "catalogue_schedule": "basis",
    "dossiers_messageseen": "at",
    "dossiers_opening": "at",
    "ledger_event": "type",
    "ledger_position": "seq",
    "parties_mandate": "power",
    "parties_mandateend": "ended_at",
    "postings_print": "form",
}
FACTS = list(COLUMNS)
BEFORE_EACH_UPDATE_OR_DELETE, BEFORE_TRUNCATE = 1 | 2 | 8 | 16, 2 | 32  # pg_trigger.tgtype


def changes(table: str) -> list[str]:
    column = COLUMNS[table]
    return [f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}", f"TRUNCATE {table}"]


EVERY_CHANGE = [(table, statement) for table in FACTS for statement in changes(table)]


def test_these_are_the_fact_tables():
    assert tables_of_kind(Kind.FACT) == FACTS


def test_every_projection_is_rebuilt_and_compared():
    rebuilt = [table for projector in wiring().projectors for table in projector.tables]
    assert sorted(rebuilt) == sorted(tables_of_kind(Kind.PROJECTION))


def test_every_table_of_ours_says_its_kind(owner_cursor):
    owner_cursor.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND pg_get_userbyid(relowner) = 'motcua_owner'"
    )
    ours = {name for (name,) in owner_cursor.fetchall()} - {"django_migrations"}
    assert ours == {table for kind in Kind for table in tables_of_kind(kind)}


@pytest.mark.parametrize("table", FACTS)
def test_grants(owner_cursor, table):
    for right, expected in [
        ("SELECT", True), ("INSERT", True), ("UPDATE", False), ("DELETE", False), ("TRUNCATE", False),
        ("REFERENCES", False), ("TRIGGER", False),
    ]:  # fmt: skip
        owner_cursor.execute("SELECT has_table_privilege('motcua_app', %s, %s)", [table, right])
        assert owner_cursor.fetchone() == (expected,), right
    owner_cursor.execute("SELECT has_any_column_privilege('motcua_app', %s, 'UPDATE')", [table])
    assert owner_cursor.fetchone() == (False,)


@pytest.mark.parametrize("table", FACTS)
def test_triggers(owner_cursor, table):
    owner_cursor.execute(
        "SELECT tgtype::int, tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
        " AND tgfoid = 'kernel_append_only'::regproc ORDER BY tgtype",
        [table],
    )
    assert owner_cursor.fetchall() == [(BEFORE_EACH_UPDATE_OR_DELETE, "O"), (BEFORE_TRUNCATE, "O")]


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "statement"), EVERY_CHANGE)
def test_the_app_login_may_not(table, statement):
    with (
        pytest.raises(ProgrammingError, match=f"permission denied for table {table}"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.fixture
def filled(owner_cursor):
    """A row in each fact table, so that a trigger for each row has something to refuse."""
    owner_cursor.execute(
        "INSERT INTO access_log_look (at, who, what, subject, agency) VALUES (now(), 'x', 'y', '', '')"
    )
    owner_cursor.execute(
        "INSERT INTO access_log_registerquestion (id, at, who, position, agency, register, procedure, subject)"
        " VALUES (gen_random_uuid(), now(), 'x', '', '', 'population', '', '')"
    )
    owner_cursor.execute(
        "INSERT INTO access_log_registeranswer (question, at, outcome) VALUES (gen_random_uuid(), now(), 'found')"
    )
    owner_cursor.execute("INSERT INTO access_log_registerintake VALUES ('x', 'y', now())")
    owner_cursor.execute(
        "INSERT INTO dossiers_opening VALUES (gen_random_uuid(), 1, gen_random_uuid(), now())"
    )
    owner_cursor.execute(
        "INSERT INTO dossiers_messageseen VALUES (gen_random_uuid(), 1, gen_random_uuid(), now())"
    )
    owner_cursor.execute("INSERT INTO ledger_position SELECT 1, stream, seq FROM ledger_event LIMIT 1")
    owner_cursor.execute(
        'INSERT INTO catalogue_decision (id, procedure_id, what, "where", words, note, decided_by, position_kind,'
        " decided_at, version) SELECT gen_random_uuid(), code, '', '', '[]', '', '', '', now(), gen_random_uuid()"
        " FROM catalogue_procedure LIMIT 1"
    )
    for table, more, values in (
        ("handling", "agency, handled_in", "'', 'here'"),
        ("place", "agency, address", "'', ''"),
        ("promise", "agency, variant, channel, value, unit", "'', '', 'post', '1', 'working_day'"),
    ):
        owner_cursor.execute(
            f"INSERT INTO catalogue_{table} (id, procedure_id, basis, valid_from, {more})"
            f" SELECT gen_random_uuid(), code, '', now(), {values} FROM catalogue_procedure LIMIT 1"
        )
    owner_cursor.execute(
        "INSERT INTO parties_mandate (id, business, power, procedures, valid_from, given_at)"
        " VALUES (gen_random_uuid(), gen_random_uuid(), 'see', '[]', now(), now())"
    )
    owner_cursor.execute(
        "INSERT INTO parties_mandateend (mandate, ended_at) VALUES (gen_random_uuid(), now())"
    )
    owner_cursor.execute(
        "INSERT INTO postings_print (id, agency, seq, form, sector, whole, posted, taken_down, wall, digest, posted_at,"
        " by) VALUES (gen_random_uuid(), '', 1, 'sheets', '', true, '[]', '[]', '[]', '', now(), '')"
    )
    return owner_cursor


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("table", "statement"), EVERY_CHANGE)
def test_not_even_the_owner_or_the_superuser_does_so_by_mistake(filled, superuser_cursor, table, statement):
    for cursor in (filled, superuser_cursor):
        with pytest.raises(psycopg.errors.RestrictViolation, match=f"{table} is append-only"):
            cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE ledger_event DISABLE TRIGGER ALL",
        "DROP TRIGGER ledger_event_append_only ON ledger_event",
        "ALTER TABLE ledger_event DROP CONSTRAINT ledger_event_live_is_now",
        "CREATE OR REPLACE FUNCTION kernel_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "SET session_replication_role = replica",
        "SET ROLE motcua_owner",
    ],
)
def test_the_app_login_cannot_take_the_guards_away(statement):
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
