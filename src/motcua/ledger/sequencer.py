"""Order between streams: one sequencer gives gap-free positions to committed events (design, section 8.2)."""

from django.db import connection, transaction

# Any number that no other program of this database locks.
_LOCK = 0x6D6F7463


def sequence(*, limit: int = 2000) -> int:
    """Give positions to at most `limit` waiting events; returns how many. Safe to run anywhere, any time:
    whoever does not get the lock does nothing. An event in the tail is committed, so no follower that reads by
    position can miss one."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(
            """
            WITH taken AS (
                DELETE FROM ledger_tail t USING (
                    SELECT stream, seq FROM ledger_tail ORDER BY stream, seq LIMIT %s
                ) n WHERE t.stream = n.stream AND t.seq = n.seq
                RETURNING t.stream, t.seq
            ), last AS (
                SELECT coalesce(max(position), 0) AS position FROM ledger_position
            )
            INSERT INTO ledger_position (position, stream, seq)
            SELECT last.position + row_number() OVER (ORDER BY taken.stream, taken.seq),
                   taken.stream, taken.seq
            FROM taken, last
            """,
            [limit],
        )
        return int(cursor.rowcount)
