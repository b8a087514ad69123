"""The envelope of an event and the chain of hashes. Pure; verification never re-serialises."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
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


def document_digest(document: Mapping[str, Any]) -> bytes:
    """SHA-256 of a published document in RFC 8785 form: what its event carries. Raises rfc8785's error."""
    return hashlib.sha256(rfc8785.dumps(dict(document))).digest()


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
    """One thing wrong with a stream, or with the ledger as a whole (stream None)."""

    stream: UUID | None
    seq: int
    what: str


@dataclass(frozen=True, slots=True)
class Stored:
    """An event as its row holds it; `columns` are those that repeat the envelope, written as it writes them."""

    seq: int
    envelope: str
    hash: bytes
    columns: Mapping[str, str]


def verify(stream: UUID, rows: Iterable[Stored], head: Head | None) -> list[Fault]:
    """Faults of one stream.

    `rows` in order of seq; `head` is what the owner's row says (None: no owner claims the stream). Finds altered
    bytes, altered columns, gaps, swapped and cut events, a head that disagrees, and a stream nobody owns.
    """
    faults: list[Fault] = []
    previous, expected = GENESIS, 1
    for row in rows:
        if row.seq != expected:
            faults.append(Fault(stream, expected, f"missing: events {expected} to {row.seq - 1} are gone"))
        if hashlib.sha256(row.envelope.encode()).digest() != row.hash:
            faults.append(Fault(stream, row.seq, "altered: the bytes do not give the stored hash"))
        follows = previous.hex() if row.seq == expected else None
        faults += [Fault(stream, row.seq, what) for what in _misplaced(stream, row, follows)]
        previous, expected = row.hash, row.seq + 1
    if head is None:
        faults.append(Fault(stream, expected - 1, "no owner: no row claims this stream"))
    elif (head.seq, head.hash) != (expected - 1, previous):
        faults.append(
            Fault(
                stream, head.seq, f"cut: the owner's head says {head.seq}, the stream ends at {expected - 1}"
            )
        )
    return faults


def _misplaced(stream: UUID, row: Stored, follows: str | None) -> Iterator[str]:
    """What the envelope itself says against the place it stands in; `follows` is the hash it must name, if known."""
    try:
        raw = json.loads(row.envelope)
        place, prev = (raw["stream"], raw["seq"]), raw["prev"]
        columns = {name: raw[name] for name in row.columns}
    except (ValueError, KeyError, TypeError):
        yield "altered: the bytes are no envelope"
        return
    if place != (str(stream), row.seq):
        yield "swapped: the envelope belongs to another place"
    for name, written in row.columns.items():
        if columns[name] != written:
            yield f"altered: the column {name} differs from the envelope"
    if follows is not None and prev != follows:
        yield "broken chain: it does not follow the event before it"
