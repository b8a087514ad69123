"""Which procedures lie at hand, and who came before: what is remembered of receptions."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from motcua.dossiers.people import Told
from motcua.reception.known import keys_of
from motcua.reception.models import Favourite

MOST_FAVOURITES = 30

_COUNT = """
INSERT INTO reception_received (agency, day, procedure, count, position)
VALUES (%(agency)s, %(day)s, %(procedure)s, 1, %(position)s)
ON CONFLICT (agency, day, procedure) DO UPDATE SET count = reception_received.count + 1, position = excluded.position
WHERE reception_received.position < excluded.position
"""
_REMEMBER = """
INSERT INTO reception_known (mac, party, dossier, snapshot, seen_at)
SELECT k.*, %(at)s::timestamptz
FROM unnest(%(macs)s::bytea[], %(parties)s::uuid[], %(dossiers)s::uuid[], %(snapshots)s::uuid[]) k
ON CONFLICT (mac, party) DO UPDATE
SET dossier = excluded.dossier, snapshot = excluded.snapshot, seen_at = excluded.seen_at
WHERE reception_known.seen_at <= excluded.seen_at
"""


def pin(*, procedure: str, account: UUID, at: datetime) -> None:
    """Keep a procedure at hand; the oldest goes where there are too many."""
    Favourite.objects.update_or_create(account=account, procedure=procedure, defaults={"pinned_at": at})
    kept = Favourite.objects.filter(account=account).order_by("-pinned_at")
    for old in kept[MOST_FAVOURITES:]:
        old.delete()


def unpin(*, procedure: str, account: UUID) -> None:
    """Let a procedure go from what lies at hand."""
    Favourite.objects.filter(account=account, procedure=procedure).delete()


def count_received(*, agency: str, day: date, procedure: str, position: int) -> None:
    """Count one reception, once for each position."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"agency": agency, "day": day, "procedure": procedure, "position": position})


def remember(*, agency: str, people: Sequence[Told], at: datetime) -> None:
    """Let the people of a dossier be found again by number and telephone. One statement; repeating changes nothing."""
    keyed = {(key, p.party): p for p in people for key in keys_of(agency, p.fields)}
    if not keyed:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _REMEMBER,
            {
                "macs": [key for key, _ in keyed],
                "parties": [party for _, party in keyed],
                "dossiers": [p.dossier for p in keyed.values()],
                "snapshots": [p.snapshot for p in keyed.values()],
                "at": at,
            },
        )
