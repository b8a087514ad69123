"""How much is written: to see that a refusal, or a look, leaves nothing behind."""

from django.db import connection

TABLES = ("ledger_event", "ledger_request", "dossiers_content", "dossiers_holding", "parties_party")


def written() -> list[int]:
    """Rows of the tables that acts write, and the sum of all heads."""
    with connection.cursor() as cursor:
        counts = []
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            counts.append(int(cursor.fetchone()[0]))
        cursor.execute("SELECT coalesce(sum(head_seq), 0) FROM dossiers_dossier")
        return [*counts, int(cursor.fetchone()[0])]
