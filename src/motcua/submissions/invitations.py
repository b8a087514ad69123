"""How often people may be written to because somebody asks them to confirm: bounds by day, of who asks and of each
address, whoever asks it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from motcua.kernel.ids import uuid7
from motcua.kernel.seals import mac
from motcua.submissions.models import Invitation

COUNTED_FOR = timedelta(days=1)
MOST_SENT, MOST_TAKEN = 10, 3


def let_out(places: Collection[str], *, sender: UUID, at: datetime) -> frozenset[str]:
    """Those of `places` (telephone numbers, e-mail addresses) that `sender` may have written to now, counted from now
    on: nothing beyond `MOST_SENT` of one sender and `MOST_TAKEN` of one address in a day. Askers are counted one by
    one."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('invitations'))")
        lately = Invitation.objects.filter(at__gt=at - COUNTED_FOR)
        left = MOST_SENT - lately.filter(sender=sender).count()
        found: dict[str, bytes] = {}
        for place in sorted(places):
            known = mac("invitation", place.encode())
            if len(found) < left and lately.filter(place=known).count() < MOST_TAKEN:
                found[place] = known
        Invitation.objects.bulk_create(
            Invitation(id=uuid7(), sender=sender, place=known, at=at) for known in found.values()
        )
    return frozenset(found)


def sweep(*, at: datetime) -> int:
    """Forget what is counted no more; returns how many rows went."""
    return Invitation.objects.filter(at__lte=at - COUNTED_FOR).delete()[0]
