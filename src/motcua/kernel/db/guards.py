"""Triggers that keep a table append-only, whoever asks; for migrations."""

APPEND_ONLY_FUNCTION = """
CREATE OR REPLACE FUNCTION kernel_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation',
              HINT = 'What was written stays. Record a new act that mends it.';
END
$$;
"""


def append_only_sql(table: str) -> tuple[str, str]:
    """Forward and reverse SQL of a migration that refuses UPDATE, DELETE and TRUNCATE on `table`.

    `migrations.RunSQL(*append_only_sql("ledger_event"))`. The three raise `restrict_violation` (23001),
    also for the owner and the superuser. Raises ValueError for a name that is not a plain identifier.
    """
    if not table.isidentifier() or len(table) > 45:
        raise ValueError(f"not a plain table name of at most 45 letters: {table!r}")
    changed, emptied = guard_names(table)
    forward = f"""{APPEND_ONLY_FUNCTION}
CREATE TRIGGER {changed} BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION kernel_append_only();
CREATE TRIGGER {emptied} BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_append_only();
"""
    reverse = f"""
DROP TRIGGER IF EXISTS {emptied} ON {table};
DROP TRIGGER IF EXISTS {changed} ON {table};
"""
    return forward, reverse


def guard_names(table: str) -> tuple[str, str]:
    """The names of the two triggers that keep `table` append-only."""
    return f"{table}_append_only", f"{table}_no_truncate"
