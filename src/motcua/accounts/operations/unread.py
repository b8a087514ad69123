"""How many words wait unread for an account: counted where they are told, so that no page has to."""

from collections.abc import Mapping
from uuid import UUID

from django.db import connection


def count_unread(changes: Mapping[UUID, int]) -> None:
    """Add to the counts of accounts. In the order of their ids, so that two who count never wait for each other; one
    statement, none for no changes."""
    if not changes:
        return
    accounts = sorted(changes)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH held AS (SELECT id FROM accounts_account WHERE id = ANY(%(accounts)s) ORDER BY id FOR NO KEY UPDATE)"
            " UPDATE accounts_account a SET unread = a.unread + n.more"
            " FROM unnest(%(accounts)s::uuid[], %(more)s::int[]) n(id, more), held"
            " WHERE a.id = n.id AND a.id = held.id",
            {"accounts": accounts, "more": [changes[one] for one in accounts]},
        )
