"""A citizen signs in: the identity provider's word, the party and its account, in one transaction; and acts for a
business while its mandate stands."""

from datetime import datetime
from uuid import UUID

from motcua.access_log.operations import note
from motcua.accounts import operations as accounts
from motcua.accounts.operations import SignedIn
from motcua.kernel.actor import Actor
from motcua.kernel.codec import encode
from motcua.parties.mandates import hold, known_as
from motcua.parties.operations import Particulars, identify, prove, proven_by
from motcua.parties.selectors import particulars_of
from motcua.parties.vneid import Introduced


def sign_in(*, who: Introduced, issuer: str, state: str, actor: Actor, at: datetime) -> SignedIn:
    """Open a citizen's session. Known again by the provider's own identifier, else by the number they signed in with
    before, else as who somebody typed with this number and this name; else met for the first time. Name and kind are
    the provider's, whatever somebody typed of them. `state` is spent: the same answer opens nothing twice.

    A number or a name that is new since the last time becomes one more of the same party's.

    Raises Denied for an answer that was taken before, for a closed account, and for a number that is somebody else's.
    """
    accounts.spend_answer(state=state, at=at)
    kind = who.particulars.kind
    account = accounts.account_known_as(issuer=issuer, subject=who.subject, kind=kind)
    if account is None:
        account = proven_by(who.particulars) or _met(who.particulars, actor, at)
    renamed = prove(party=account, told=who.particulars, actor=actor, at=at)
    done = accounts.sign_in_citizen(
        account=account,
        issuer=issuer,
        subject=who.subject,
        kind=kind,
        particulars=encode(who.particulars),
        at=at,
    )
    note(who=str(account), what="signed_in_identity", at=at)
    if renamed:
        note(who=str(account), what="named_by_identity", subject=str(account), at=at)
    return done


def hold_mandate(*, actor: Actor, power: str, procedure: str, at: datetime) -> None:
    """Where a person acts for a business: be sure, until the end of the unit of work, that the mandate they act by
    allows `power` on `procedure`. Raises Denied."""
    if actor.kind == "citizen" and actor.acting_for is not None:
        told = particulars_of(UUID(actor.id))
        hold(
            mandate=actor.mandate,
            business=UUID(actor.acting_for),
            known=known_as(name=told.name, number=told.number),
            power=power,
            procedure=procedure,
            at=at,
        )


def _met(told: Particulars, actor: Actor, at: datetime) -> UUID:
    return identify(people=[told], actor=actor, at=at)[0]
