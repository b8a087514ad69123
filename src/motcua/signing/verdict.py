"""The words of a verdict on a signed paper, and when it may be called valid. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Content(StrEnum):
    """What the bytes under a signature are."""

    INTACT = "intact"
    CHANGED = "changed"
    BROKEN = "broken"


class Chain(StrEnum):
    """Whether the certificate leads to a root of ours, and was in force when it signed."""

    TRUSTED = "trusted"
    UNTRUSTED = "untrusted"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    REVOKED = "revoked"


class Since(StrEnum):
    """What was done to the file after the signature."""

    NOTHING = "nothing"
    FILLED = "filled"
    ALTERED = "altered"


class Time(StrEnum):
    """What says when it was signed."""

    STAMPED = "stamped"
    CLAIMED = "claimed"
    UNTRUSTED = "untrusted"
    BROKEN = "broken"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One signature: who signed, by whose certificate, when (ISO 8601, as `time` says), and what it is worth."""

    field: str
    content: Content
    signer: str = ""
    issuer: str = ""
    when: str | None = None
    time: Time = Time.NONE
    chain: Chain = Chain.UNKNOWN
    since: Since = Since.ALTERED

    @property
    def valid(self) -> bool:
        """Whether everything was checked, and holds: intact, trusted, permitted changes only, no stamp in doubt."""
        return (
            self.content is Content.INTACT
            and self.chain is Chain.TRUSTED
            and self.since is not Since.ALTERED
            and self.time in (Time.STAMPED, Time.CLAIMED)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the signatures of a file are worth. `empty`: fields nobody signed. `why` it could not be read, else ""."""

    readable: bool
    signatures: tuple[Judged, ...] = ()
    empty: tuple[str, ...] = ()
    why: str = ""

    @property
    def valid(self) -> bool:
        """Whether it is signed, and each signature is valid."""
        return self.readable and bool(self.signatures) and all(each.valid for each in self.signatures)


UNREADABLE = Verdict(readable=False, why="unreadable")
