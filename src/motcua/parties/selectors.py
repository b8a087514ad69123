"""Reading parties: who a citizen's session belongs to, and for whom they act."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import connection

from motcua.accounts.selectors import told_of
from motcua.kernel.actor import Actor
from motcua.kernel.codec import decode
from motcua.parties.mandates import Held, allowing
from motcua.parties.models import Party
from motcua.parties.operations import Particulars


@dataclass(frozen=True, slots=True)
class Behalf:
    """That a person acts for a business, by which mandates."""

    person: UUID
    name: str
    known_as: bytes
    mandates: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Citizen:
    """A citizen or a business that is signed in, or a person who acts for a business (`behalf`): `id` is that of the
    party whose dossiers these are, and of its account. `lapsed` names a business whose mandate they no longer hold."""

    id: UUID
    session: UUID
    name: str
    kind: str = "citizen"
    behalf: Behalf | None = None
    lapsed: str = ""

    @property
    def person(self) -> UUID:
        """The account that signed in."""
        return self.behalf.person if self.behalf else self.id

    @property
    def is_business(self) -> bool:
        """Whether the business's own account signed in, which gives mandates."""
        return self.kind == "business" and self.behalf is None

    @property
    def actor(self) -> Actor:
        """As who they act, where no mandate is needed."""
        return Actor(kind="citizen", id=str(self.person), acting_for=str(self.id) if self.behalf else None)

    def acts(self, power: str, procedure: str) -> Actor:
        """As who they do this, for whom, and by which mandate: its id, as the ledger is for ever and a document may
        name people. Raises Denied where none allows it."""
        if self.behalf is None:
            return self.actor
        held = allowing(self.behalf.mandates, power=power, procedure=procedure)
        return replace(self.actor, mandate=str(held.id))

    def refuse_without(self, power: str, procedure: str | None = None) -> None:
        """Raise Denied where they act for a business that does not let them do this."""
        if self.behalf is not None:
            allowing(self.behalf.mandates, power=power, procedure=procedure)

    def may(self, power: str, procedure: str | None = None) -> bool:
        """Whether they may do this for whom they act."""
        return self.behalf is None or any(one.allows(power, procedure) for one in self.behalf.mandates)

    def sees(self, procedure: str) -> bool:
        """Whether what they act for lets them see its dossiers of `procedure`."""
        return self.may("see", procedure)

    @property
    def procedures(self) -> frozenset[str] | None:
        """The procedures whose dossiers they see; None for all."""
        if self.behalf is None or any(not one.procedures for one in self.behalf.mandates):
            return None
        return frozenset().union(*(one.procedures for one in self.behalf.mandates))


def citizen(*, session_digest: bytes, at: datetime) -> Citizen | None:
    """Whose session of a citizen this is; None when there is none at `at`. One statement: a session of staff opens
    nothing here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id, s.id, p.name, p.party_kind FROM accounts_session s"
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


def names_of(parties: Collection[UUID]) -> dict[UUID, str]:
    """What parties are called. One statement, none for nobody."""
    if not parties:
        return {}
    return dict(Party.objects.filter(id__in=parties).values_list("id", "name"))
