"""The identity of who works here: only as digests, to see whether they stand in a dossier themselves."""

from datetime import datetime
from uuid import UUID

from django.db.transaction import atomic

from motcua.parties.models import OwnIdentity
from motcua.parties.operations import Particulars, digests_of

# The accounts of those among %(parties)s who work here; for statements that ask for more beside it.
ACCOUNTS_OF = """
SELECT array_agg(DISTINCT o.account::text) FROM parties_ownidentity o
JOIN parties_identifier i ON i.number_mac = o.number_mac WHERE i.party_id = ANY(%(parties)s::uuid[])
"""


def say_own(*, account: UUID, name: str, number: str, at: datetime) -> None:
    """Keep, for `account`, the digests by which a party with their name and number is found, in place of those before;
    never the number. Raises Invalid for what is no number of an identity card."""
    told = Particulars(name=name, paper="citizen_id", number=number).cleaned()
    with atomic():
        OwnIdentity.objects.filter(account=account).delete()
        OwnIdentity.objects.bulk_create(
            OwnIdentity(account=account, number_mac=digest, said_at=at) for digest in digests_of(told)
        )


def said_at(account: UUID) -> datetime | None:
    """When `account` gave their own number; None where they have not. One statement."""
    said: datetime | None = (
        OwnIdentity.objects.filter(account=account).values_list("said_at", flat=True).first()
    )
    return said
