"""The envelope of an event and the chain of hashes. Pure; verification never re-serialises."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import rfc8785

from motcua.kernel.time import parse_utc, utc_text

ENVELOPE_VERSION = 1
GENESIS = bytes(32)


@dataclass(frozen=True, slots=True)
class Head:
    """Where a stream ends. It stands on the row that owns the stream and is what an act locks first."""

    stream: UUID
    seq: int = 0
    hash: bytes = GENESIS
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """One event as it was written, read back from its bytes."""

    id: UUID
    stream: UUID
    seq: int
    type: str
    type_version: int
    at: datetime
    origin: str
    installation: str
    actor: Mapping[str, Any]
    agency: str
    request: str
    prev: bytes
    data: Mapping[str, Any]
    hash: bytes


def seal(fields: Mapping[str, Any]) -> tuple[bytes, bytes]:
    """The bytes of an envelope in RFC 8785 form and their SHA-256.

    `fields` holds plain JSON data only (strings NFC, integers, no floats). Raises rfc8785's error otherwise.
    """
    envelope = rfc8785.dumps(dict(fields))
    return envelope, hashlib.sha256(envelope).digest()


def envelope_fields(
    *,
    event_id: UUID,
    head: Head,
    event_type: str,
    type_version: int,
    at: datetime,
    origin: str,
    installation: str,
    actor: Mapping[str, Any],
    agency: str,
    request: str,
    nonce: bytes,
    data: Mapping[str, Any],
) -> dict[str, Any]:
    """The fields of the next envelope after `head`; the 16-byte nonce keeps small contents unguessable."""
    return {
        "v": ENVELOPE_VERSION,
        "id": str(event_id),
        "stream": str(head.stream),
        "seq": head.seq + 1,
        "type": event_type,
        "type_version": type_version,
        "at": utc_text(at),
        "origin": origin,
        "installation": installation,
        "actor": dict(actor),
        "agency": agency,
        "request": request,
        "nonce": nonce.hex(),
        "prev": head.hash.hex(),
        "data": dict(data),
    }


def read(envelope: str | bytes, digest: bytes) -> Envelope:
    """The envelope in `envelope`, whose stored hash is `digest` (not checked here)."""
    raw = json.loads(envelope)
    return Envelope(
        id=UUID(raw["id"]),
        stream=UUID(raw["stream"]),
        seq=raw["seq"],
        type=raw["type"],
        type_version=raw["type_version"],
        at=parse_utc(raw["at"]),
        origin=raw["origin"],
        installation=raw["installation"],
        actor=raw["actor"],
        agency=raw["agency"],
        request=raw["request"],
        prev=bytes.fromhex(raw["prev"]),
        data=raw["data"],
        hash=digest,
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a stream."""

    stream: UUID
    seq: int
    what: str


def verify(stream: UUID, rows: list[tuple[int, str, bytes, str, str]], head: Head | None) -> list[Fault]:
    """Faults of one stream.

    `rows` are (seq, envelope text, stored hash, stored type, stored at as utc text) in order of seq; `head` is
    what the owner row says (None when no owner claims the stream). Finds altered bytes, altered columns,
    gaps, swapped and cut events, and a head that disagrees.
    """
    faults: list[Fault] = []
    previous, expected = GENESIS, 1
    for seq, envelope, digest, event_type, at in rows:
        if seq != expected:
            faults.append(Fault(stream, expected, f"missing: events {expected} to {seq - 1} are gone"))
        if hashlib.sha256(envelope.encode()).digest() != digest:
            faults.append(Fault(stream, seq, "altered: the bytes do not give the stored hash"))
        raw = json.loads(envelope)
        if (raw["stream"], raw["seq"]) != (str(stream), seq):
            faults.append(Fault(stream, seq, "swapped: the envelope belongs to another place"))
        if (raw["type"], raw["at"]) != (event_type, at):
            faults.append(Fault(stream, seq, "altered: a column differs from the envelope"))
        if seq == expected and bytes.fromhex(raw["prev"]) != previous:
            faults.append(Fault(stream, seq, "broken chain: it does not follow the event before it"))
        previous, expected = digest, seq + 1
    if head is not None and (head.seq, head.hash) != (expected - 1, previous):
        faults.append(
            Fault(
                stream, head.seq, f"cut: the owner's head says {head.seq}, the stream ends at {expected - 1}"
            )
        )
    return faults
