"""Reading parties: who a citizen's session belongs to."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from motcua.accounts.selectors import told_of
from motcua.kernel.actor import Actor
from motcua.kernel.codec import decode
from motcua.parties.operations import Particulars


@dataclass(frozen=True, slots=True)
class Citizen:
    """A citizen or a business that is signed in. `id` is that of the party and of its account."""

    id: UUID
    session: UUID
    name: str

    @property
    def actor(self) -> Actor:
        """As who they act."""
        return Actor(kind="citizen", id=str(self.id))


def citizen(*, session_digest: bytes, at: datetime) -> Citizen | None:
    """Whose session of a citizen this is; None when there is none at `at`. One statement: a session of staff opens
    nothing here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id, s.id, p.name FROM accounts_session s"
            " JOIN accounts_account a ON a.id = s.account_id AND a.is_active AND a.is_citizen"
            " JOIN parties_party p ON p.id = a.id"
            " WHERE s.secret_digest = %s AND s.expires_at > %s",
            [session_digest, at],
        )
        found = cursor.fetchone()
    return Citizen(*found) if found else None


def particulars_of(party: UUID) -> Particulars:
    """What the identity provider last told of a citizen. One statement."""
    found: Particulars = decode(Particulars, told_of(party))
    return found
