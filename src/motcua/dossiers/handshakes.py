"""How long each side of a transfer took, from the dossier's own events. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from motcua.dossiers import events as e
from motcua.kernel.codec import decode
from motcua.kernel.time import parse_utc
from motcua.ledger.chain import Envelope

TYPES: dict[str, type[Any]] = {
    kind.TYPE: kind
    for kind in (e.DossierTransferred, e.TransferDelivered, e.TransferAccepted, e.TransferDeclined)
}


@dataclass(frozen=True, slots=True)
class Handshake:
    """One transfer: the giver has it until it is delivered (at once, where nothing goes on paper), the receiver until
    it answers. `outcome`: accepted, silent, declined or returned; "" while it is open. `manifest`: what the giver wrote
    of the manifest that papers went with."""

    giver: str
    to: str
    sent_at: datetime
    delivered_at: datetime | None
    answered_at: datetime | None = None
    outcome: str = ""
    manifest: str = ""


def handshakes(envelopes: Iterable[Envelope]) -> tuple[Handshake, ...]:
    """The transfers that the events of a dossier tell of, in their order; one that came to nothing stays open."""
    found: list[Handshake] = []
    for event in (decode(TYPES[x.type], x.data) for x in envelopes if x.type in TYPES):
        if isinstance(event, e.DossierTransferred):
            by_paper = event.answer_by is None
            delivered = None if by_paper else event.occurred_at
            found.append(
                Handshake(event.giver, event.to, event.occurred_at, delivered, manifest=event.manifest)
            )
        elif found and isinstance(event, e.TransferDelivered):
            found[-1] = replace(found[-1], delivered_at=event.occurred_at)
        elif found and isinstance(event, e.TransferAccepted):
            how = "silent" if event.silent else "accepted"
            found[-1] = _answered(found[-1], event.occurred_at, how)
        elif found and isinstance(event, e.TransferDeclined):
            how = "returned" if event.silent else "declined"
            found[-1] = _answered(found[-1], event.occurred_at, how)
    return tuple(found)


def gone_outside(transfers: Sequence[Handshake], travels: Iterable[Mapping[str, Any]]) -> Handshake | None:
    """The last transfer with papers, where they went on no manifest of the system, then or since, and stayed there."""
    went = [one for one in transfers if one.manifest]
    if not went or went[-1].outcome == "declined":
        return None
    one = went[-1]
    signed = [
        t
        for t in travels
        if t["what"] == "papers" and (t["manifest"] == one.manifest or parse_utc(t["sent_at"]) >= one.sent_at)
    ]
    return None if signed else one


def _answered(one: Handshake, at: datetime, how: str) -> Handshake:
    # Answered without a word that the papers came: they came then.
    return replace(one, delivered_at=one.delivered_at or at, answered_at=at, outcome=how)
