"""How long each side of a transfer took, and where its papers went, from the dossier's own events. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from motcua.dossiers import events as e
from motcua.dossiers.travels import is_open
from motcua.kernel.codec import decode
from motcua.kernel.time import parse_utc
from motcua.ledger.chain import Envelope

TYPES: dict[str, type[Any]] = {
    kind.TYPE: kind
    for kind in (
        e.DossierTransferred,
        e.TransferDelivered,
        e.TransferAccepted,
        e.TransferDeclined,
        e.DossierPassedOn,
    )
}


@dataclass(frozen=True, slots=True)
class Handshake:
    """One transfer: the giver has it until it is delivered (at once, where nothing goes on paper), the receiver until
    it answers. `outcome`: accepted, silent, declined or returned; "" while it is open. `manifest`: what the giver wrote
    of the manifest that papers went with; `came`: whether their arrival was noted, or the transfer accepted."""

    giver: str
    to: str
    sent_at: datetime
    delivered_at: datetime | None
    answered_at: datetime | None = None
    outcome: str = ""
    manifest: str = ""
    came: bool = False


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
            found[-1] = replace(found[-1], delivered_at=event.occurred_at, came=not event.presumed)
        elif found and isinstance(event, e.TransferAccepted):
            how = "silent" if event.silent else "accepted"
            found[-1] = _answered(found[-1], event.occurred_at, how)
        elif found and isinstance(event, e.TransferDeclined):
            how = "returned" if event.silent else "declined"
            found[-1] = _answered(found[-1], event.occurred_at, how, came=event.came)
        elif isinstance(event, e.DossierPassedOn):
            # Who may have the papers still.
            found = [replace(x, to=event.successor) if x.to == event.predecessor else x for x in found]
    return tuple(found)


def went_outside(transfers: Iterable[Handshake], travels: Iterable[Mapping[str, Any]]) -> list[Handshake]:
    """The transfers, in their order, whose papers went on no manifest of the system and came there, or may still come;
    none that papers went on one of the system with, or after. One that ended before its papers came moved nothing;
    what came is there, however the transfer ended."""
    numbered = [t for t in travels if t["what"] == "papers"]
    return [
        one
        for one in transfers
        if one.manifest
        and (one.came or not one.outcome)
        and not any(t["manifest"] == one.manifest or parse_utc(t["sent_at"]) >= one.sent_at for t in numbered)
    ]


def came_outside(transfers: Iterable[Handshake], travels: Iterable[Mapping[str, Any]]) -> Handshake | None:
    """The transfer whose receiver has the papers by a manifest of paper alone; None where manifests of the system, or
    the desk they were handed in at, say where they are."""
    return next((one for one in reversed(went_outside(transfers, travels)) if one.came), None)


def still_coming(
    transfers: Sequence[Handshake], travels: Iterable[Mapping[str, Any]]
) -> tuple[str, bool] | None:
    """The manifest, and whether it is one of the system, on which papers stand that the last transfer took along: its
    receiver gave the dossier back, and neither signed for them nor noted that they came. None where there are none."""
    last = transfers[-1] if transfers else None
    if last is None or last.answered_at is None or last.outcome not in ("declined", "returned"):
        return None
    numbered = [t for t in travels if t["what"] == "papers"]
    travel = numbered[-1] if numbered else None
    if travel is not None and parse_utc(travel["sent_at"]) <= last.answered_at:
        to_them = is_open(travel) and travel["to_agency"] == last.to
        return (travel["manifest"], True) if to_them else None
    return (last.manifest, False) if last.manifest and not last.came and travel is None else None


def _answered(one: Handshake, at: datetime, how: str, *, came: bool = False) -> Handshake:
    # Measured as if papers that nobody noted had come when it was answered.
    came = came or one.came or (bool(one.manifest) and how in ("accepted", "silent"))
    return replace(one, delivered_at=one.delivered_at or at, answered_at=at, outcome=how, came=came)
