"""Personal or bulky text: sealed with the installation's key, salted and digested for the event that names it."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag

from motcua.kernel.codec import encode
from motcua.kernel.ids import uuid7
from motcua.kernel.seals import decrypt, encrypt


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRef:
    """A text kept as content."""

    content: UUID
    digest: bytes


@dataclass(frozen=True, slots=True)
class NewContent:
    """A content row about to be written."""

    id: UUID
    what: str
    salt: bytes
    digest: bytes
    body: bytes

    @property
    def ref(self) -> TextRef:
        """How an event names it."""
        return TextRef(content=self.id, digest=self.digest)

    def sealed(self) -> bytes:
        """The body as the table keeps it, bound to its id."""
        return encrypt("content", self.body, bound_to=self.id.bytes)


def text(what: str, body: str) -> NewContent:
    """A text (a reason, an item) as new content."""
    return _new(what, encode(body).encode())


def snapshot(what: str, fields: Mapping[str, Any]) -> NewContent:
    """A party's particulars as new content."""
    return _new(what, json.dumps(encode(fields), ensure_ascii=False, sort_keys=True).encode())


def _new(what: str, body: bytes) -> NewContent:
    salt = os.urandom(16)
    return NewContent(id=uuid7(), what=what, salt=salt, digest=digest_of(salt, body), body=body)


def digest_of(salt: bytes, body: bytes) -> bytes:
    """What an event keeps of a text: without the salt nobody can try texts against it."""
    return hashlib.sha256(salt + body).digest()


def open_body(content: UUID, sealed: bytes | None) -> str | None:
    """The text of a content row; None once erased."""
    return None if sealed is None else decrypt("content", bytes(sealed), bound_to=content.bytes).decode()


# What an inspection asks of content rows.


def references(data: Any) -> Iterator[tuple[UUID, str]]:
    """(content, digest) of every text and snapshot an event's data names."""
    if isinstance(data, Mapping):
        for content, digest in (("content", "digest"), ("snapshot", "snapshot_digest")):
            if content in data and digest in data:
                yield UUID(data[content]), data[digest]
        for value in data.values():
            yield from references(value)
    elif isinstance(data, list):
        for value in data:
            yield from references(value)


def vouched_for(content: UUID, row: Mapping[str, Any], digest: str) -> str | None:
    """The body of `row` (digest, salt, sealed), when it is the one the event's `digest` vouches for."""
    if row["sealed"] is None or row["salt"] is None or bytes(row["digest"]).hex() != digest:
        return None
    try:
        body = open_body(content, row["sealed"]) or ""
    except (InvalidTag, ValueError):  # not sealed by us, or no text
        return None
    return body if digest_of(bytes(row["salt"]), body.encode()).hex() == digest else None


def wrong(row: Mapping[str, Any] | None) -> str:
    """What is wrong with a row that `vouched_for` does not answer."""
    if row is None:
        return "deleted"
    return "erased, and no event says so" if row["sealed"] is None else "altered"
