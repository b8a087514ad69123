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


def let_out(places: Collection[str], *, asked: UUID, sender: UUID, at: datetime) -> frozenset[str]:
    """Those of `places` (telephone numbers, e-mail addresses) of who is `asked` (a confirmation) that `sender` may have
    written to now, counted from now on: nothing beyond `MOST_SENT` people of one sender, however many addresses each
    has, and `MOST_TAKEN` of one address in a day. Askers are counted one by one."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('invitations'))")
        lately = Invitation.objects.filter(at__gt=at - COUNTED_FOR)
        if lately.filter(sender=sender).values("asked").distinct().count() >= MOST_SENT:
            return frozenset()
        known = {place: mac("invitation", place.encode()) for place in places}
        found = {place: one for place, one in known.items() if lately.filter(place=one).count() < MOST_TAKEN}
        Invitation.objects.bulk_create(
            Invitation(id=uuid7(), sender=sender, asked=asked, place=one, at=at)
            for one in found.values() or (b"",)
        )
    return frozenset(found)


def sweep(*, at: datetime) -> int:
    """Forget what is counted no more; returns how many rows went."""
    return Invitation.objects.filter(at__lte=at - COUNTED_FOR).delete()[0]
