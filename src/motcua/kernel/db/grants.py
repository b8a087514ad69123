"""What the application's login may do: everything it needs, nothing on what is already written."""

from collections.abc import Iterable
from typing import Any, Protocol

OUR_RELATIONS = """
SELECT c.relname, c.relkind
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
   AND pg_get_userbyid(c.relowner) = current_user
 ORDER BY c.relname
"""
MIGRATIONS = "django_migrations"


class Cursor(Protocol):
    """The part of a database cursor that is used here."""

    def execute(self, query: Any, params: Any = None, /) -> Any: ...
    def fetchall(self) -> list[Any]: ...


def apply_grants(cursor: Cursor, fact_tables: Iterable[str], *, app_role: str = "motcua_app") -> None:
    """Run as the owner after each migrate, inside one transaction.

    Gives `app_role` SELECT, INSERT, UPDATE, DELETE on the owner's tables and use of its sequences, then
    takes UPDATE, DELETE and TRUNCATE on `fact_tables` and every write on django_migrations away again.
    Raises ValueError when a fact table does not exist: a misspelt name would leave its rows unguarded.
    """
    cursor.execute(OUR_RELATIONS)
    relations = cursor.fetchall()
    tables = [name for name, kind in relations if kind != "S"]
    sequences = [name for name, kind in relations if kind == "S"]
    facts = sorted(fact_tables)
    unknown = sorted(set(facts) - set(tables))
    if unknown:
        raise ValueError(f"fact tables that do not exist: {', '.join(unknown)}")
    role = _quoted(app_role)
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    if tables:
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {_listed(tables)} TO {role}")
    if sequences:
        cursor.execute(f"GRANT USAGE, SELECT ON SEQUENCE {_listed(sequences)} TO {role}")
    if facts:
        cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {_listed(facts)} FROM {role}")
    if MIGRATIONS in tables:
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON {MIGRATIONS} FROM {role}")


def _listed(names: list[str]) -> str:
    return ", ".join(f"public.{_quoted(name)}" for name in names)


def _quoted(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'
