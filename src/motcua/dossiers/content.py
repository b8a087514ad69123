"""Personal text of a dossier: sealed with the installation's key, salted and digested for the event."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from motcua.dossiers.events import TextRef
from motcua.kernel.codec import encode
from motcua.kernel.ids import uuid7
from motcua.kernel.seals import decrypt, encrypt


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
