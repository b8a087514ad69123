"""Several applicants: what each confirmed goes with the dossier, and it is withdrawn when all of them want to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.dossiers import events as e
from motcua.dossiers.content import NewContent
from motcua.dossiers.operations.common import reason_content
from motcua.dossiers.policy import check
from motcua.dossiers.projector import standing
from motcua.dossiers.record import Recorded, record
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act
from motcua.kernel.actor import Actor
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.ids import uuid7
from motcua.kernel.text import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """That `party`, named by `field` of the form, confirmed `body` at `confirmed_at`: with the salt and digest that
    were taken then."""

    party: UUID
    field: str
    body: bytes
    salt: bytes
    digest: bytes
    confirmed_at: datetime


def confirmed(*, row: Row, consent: Consent, actor: Actor, at: datetime) -> Recorded:
    """Write one consent down, in the unit of work in which `actor` hands the dossier in; the caller has checked it."""
    kept = NewContent(uuid7(), "confirmed", consent.salt, consent.digest, consent.body)
    event = e.DossierConfirmed(
        party=consent.party,
        field=consent.field,
        snapshot=kept.id,
        snapshot_digest=kept.digest,
        occurred_at=consent.confirmed_at,
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept])


def applicants(row: Row) -> frozenset[UUID]:
    """Whose dossier it is: as many as apply."""
    return frozenset(UUID(p["party"]) for p in row["parties"] if p["role"] == "applicant")


def agree_to_withdraw(
    *, row: Row, agreed: Collection[UUID], reason: str, actor: Actor, at: datetime
) -> Recorded | None:
    """One of several applicants wants to withdraw; `agreed` are those who said so before. None where nobody else has
    to say so any more: it may be withdrawn. Raises Denied; NotAllowedNow for whoever said so already.
    """
    check(actor, Act.WITHDRAW, row, standing(row))
    party = UUID(actor.party)
    if not applicants(row) - {*agreed, party}:
        return None
    if party in agreed:
        raise NotAllowedNow(
            "Ông/bà đã đồng ý rút; hồ sơ được rút khi mọi người cùng nộp đồng ý.",
            "You have agreed to withdraw already; it is withdrawn when all who applied agree.",
        )
    contents = [reason_content("withdrawal", reason)] if clean(reason) else []
    event = e.WithdrawalAgreed(party=party, reason=contents[0].ref if contents else None, occurred_at=at)
    return record(row=row, event=event, actor=actor, at=at, contents=contents)
