"""What an announcement says in its own words, where nobody has yet decided what it means. No sum and no date is ever
reckoned from these."""

from dataclasses import dataclass

from motcua.catalogue.lacks import Part


@dataclass(frozen=True, slots=True)
class AnnouncedFee:
    """A fee in the announcement's own words and figures; no sum is ever reckoned from it."""

    amount: str | None = None
    currency: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class AnnouncedTime:
    """A time in the announcement's own words, and the fees that stand beside it."""

    value: str | None = None
    unit: str | None = None
    text: str | None = None
    fees: tuple[AnnouncedFee, ...] = ()


@dataclass(frozen=True, slots=True)
class Announced:
    """What an imported announcement says beside the parts above, in its own words. `decided`: the parts in which a
    catalogue officer here has decided what it means."""

    publisher: str | None = None
    kind: str | None = None
    agencies: tuple[str, ...] = ()
    competent: str | None = None
    delegated: str | None = None
    coordinating: str | None = None
    address: str | None = None
    related: str | None = None
    subjects: tuple[str, ...] = ()
    subjects_said: str | None = None
    unread: tuple[AnnouncedTime, ...] = ()
    decided: tuple[Part, ...] = ()
