"""What the database says where somebody else holds what is wanted."""

import psycopg
from django.db import OperationalError

WAITED = frozenset({"55P03", "57014"})  # lock not available, query canceled


def gave_up_waiting(error: OperationalError) -> bool:
    """Whether the database answers, but a lock or a statement took longer than a page waits."""
    cause = error.__cause__
    return isinstance(cause, psycopg.Error) and cause.sqlstate in WAITED
