"""Tables: each says what kind it is, facts are guarded twice, migrations are complete."""

import contextlib
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from motcua.kernel.tables import Kind, tables_of_kind
from tests.house.tree import nothing

TRIGGERS = """
SELECT DISTINCT t.tgrelid::regclass::text, event.name
  FROM pg_trigger t
  JOIN pg_proc p ON p.oid = t.tgfoid AND p.proname = 'kernel_append_only'
  JOIN (VALUES (8, 'DELETE'), (16, 'UPDATE'), (32, 'TRUNCATE')) AS event(bit, name)
    ON t.tgtype::int & event.bit <> 0
 WHERE t.tgenabled = 'O' AND t.tgtype::int & 2 <> 0 AND t.tgqual IS NULL
"""
RIGHTS = "SELECT has_table_privilege('motcua_app', %s, %s)"


def test_every_table_declares_its_kind():
    ours = [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("motcua.")]
    declared = [m.__name__ for m in ours if getattr(m, "kind", None) not in set(Kind)]
    nothing(declared)
    assert len(ours) == sum(len(tables_of_kind(kind)) for kind in Kind)


def test_facts_refuse_change_by_trigger(owner_cursor):
    found = set(owner_cursor.execute(TRIGGERS).fetchall())
    facts = tables_of_kind(Kind.FACT)
    assert facts, "no fact table at all"
    wanted = {(table, act) for table in facts for act in ("UPDATE", "DELETE", "TRUNCATE")}
    nothing(sorted(wanted - found))


@pytest.mark.parametrize("act", ["UPDATE", "DELETE", "TRUNCATE"])
def test_facts_refuse_change_by_grant(owner_cursor, act):
    allowed = [
        table
        for table in tables_of_kind(Kind.FACT)
        if owner_cursor.execute(RIGHTS, [table, act]).fetchone() != (False,)
    ]
    nothing(allowed)


@pytest.mark.django_db
def test_migrations_are_complete():
    told = StringIO()
    with contextlib.suppress(SystemExit):
        call_command("makemigrations", check=True, dry_run=True, verbosity=1, stdout=told)
    assert told.getvalue().strip() == "No changes detected"
