"""From a draft to a published version."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.catalogue.drafts import Reasons
from motcua.catalogue.operations import check_day, give_up, publish
from motcua.catalogue.transition import Transition
from motcua.kernel.actor import Actor
from motcua.kernel.time import local
from motcua.ledger.operations import claim


def publish_draft(
    *,
    draft: UUID,
    revision: int,
    decision: Mapping[str, Any],
    reasons: Reasons,
    effective_from: date,
    upon: UUID | None,
    actor: Actor,
    at: datetime,
    transition: Transition = Transition.STAY,
    transition_basis: str = "",
) -> UUID:
    """Publish `draft` as it stood at `revision`, in force from `effective_from` by `decision`; returns the version's
    id. `upon`: the newest version it was compared with; `transition`: what becomes of the dossiers that run.
    Raises Denied, NotFound for a draft that is no more, Moved,
    Overtaken, and Invalid for a day that is gone or where something stands in the way."""
    check_day(effective_from, today=local(at).date())
    document = give_up(
        draft=draft, revision=revision, decision=decision, reasons=reasons, upon=upon, actor=actor, at=at
    )
    version = publish(
        document=document,
        effective_from=effective_from,
        actor=actor,
        at=at,
        transition=transition,
        transition_basis=transition_basis,
    )
    claim(stream=version, seq=1, actor=actor, at=at)
    return version
