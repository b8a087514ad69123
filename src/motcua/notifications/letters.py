"""What a message says and where it goes, as the table keeps it: sealed, bound to its message."""

import json
from dataclasses import asdict, dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag

from motcua.kernel.say import Say
from motcua.kernel.seals import decrypt, encrypt
from motcua.kernel.text import mask_number
from motcua.notifications.rules import EMAIL


class Unreadable(Exception):
    """What is kept was not sealed by us for this message, or is no message."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A message as it is read: `to` is "" in the account, where it is kept in both languages: a page is read in the one
    that its reader chose there, whenever they do."""

    to: str
    subject: str
    body: str
    subject_en: str = ""
    body_en: str = ""

    @property
    def title(self) -> Say:
        """Its subject, for the page; one that was kept in one language stands in that."""
        return Say(self.subject, self.subject_en)

    @property
    def text(self) -> Say:
        """What it says, likewise."""
        return Say(self.body, self.body_en)

    def masked(self, channel: str) -> str:
        """Where it went, as lists show it."""
        return masked(channel, self.to)


def masked(channel: str, to: str) -> str:
    """An address as lists show it."""
    if channel != EMAIL:
        return mask_number(to.replace("+84", "0", 1) if to.startswith("+84") else to)
    name, _, domain = to.partition("@")
    return f"{name[:1]}•••@{domain}"


def seal(message: UUID, letter: Sealed) -> bytes:
    """`letter` as the table keeps it."""
    return encrypt("letter", json.dumps(asdict(letter), ensure_ascii=False).encode(), bound_to=message.bytes)


def unseal(message: UUID, sealed: bytes | None) -> Sealed | None:
    """What `seal` made; None once erased. Raises Unreadable."""
    if sealed is None:
        return None
    try:
        return Sealed(**json.loads(decrypt("letter", bytes(sealed), bound_to=message.bytes)))
    except (InvalidTag, ValueError, TypeError):
        raise Unreadable from None
