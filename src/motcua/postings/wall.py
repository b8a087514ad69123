"""What hangs on a wall, what belongs there now, and what has to be printed so that both are the same."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from motcua.catalogue.listing import key_of
from motcua.catalogue.selectors import Offer, Promised, offer_as_it_was, stored_limit
from motcua.ledger.chain import document_digest


class Form(StrEnum):
    """A sheet on A4 for each procedure, or tables on A3."""

    SHEETS = "sheets"
    POSTER = "poster"


@dataclass(frozen=True, slots=True)
class Hung:
    """A procedure as it was when its paper was printed: enough to print the same again. `promises` and `schedules` (by
    id) are those that stood then, in their order."""

    sector: str
    version: str
    since: str
    handled_in: str
    place: str = ""
    schedules: tuple[str, ...] = ()
    promises: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, found: Offer, *, since: date) -> "Hung":
        """As `found` is offered, in force `since` a day."""
        return cls(
            sector=key_of(found.version.sector.name),
            version=str(found.version_id),
            since=since.isoformat(),
            handled_in=found.handled_in,
            place=found.place,
            schedules=tuple(map(str, found.schedules)),
            promises=tuple(map(_told, found.promises)),
        )

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Hung":
        """As it was stored."""
        lists = {"promises": tuple(map(tuple, told["promises"])), "schedules": tuple(told["schedules"])}
        return cls(**{**told, **lists})

    def document(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self) | {
            "promises": [list(each) for each in self.promises],
            "schedules": list(self.schedules),
        }


def _told(promise: Promised) -> tuple[str, ...]:
    value = "" if promise.limit.value is None else str(promise.limit.value)
    return (promise.agency, promise.variant, promise.channel, value, promise.limit.unit.value, promise.basis)


Wall = Mapping[str, Hung]


@dataclass(frozen=True, slots=True)
class Change:
    """What is put up and taken down by one print, of one form; a `whole` print leaves nothing older in its sector."""

    form: Form
    sector: str
    whole: bool
    posted: Mapping[str, Hung]
    taken_down: tuple[str, ...]

    @property
    def digest(self) -> bytes:
        """Of all that it says."""
        return document_digest(
            {
                "form": self.form.value,
                "sector": self.sector,
                "whole": self.whole,
                "posted": {code: hung.document() for code, hung in self.posted.items()},
                "taken_down": list(self.taken_down),
            }
        )

    def on(self, wall: Wall) -> dict[str, Hung]:
        """What hangs there afterwards."""
        kept = {code: hung for code, hung in wall.items() if code not in self.taken_down}
        return kept | dict(self.posted)


def change_of(wall: Wall, belongs: Wall, *, form: Form, sector: str, whole: bool) -> Change:
    """What makes of `wall` what `belongs` there, within a sector ("": all); a whole print puts all of it up again."""
    here = {code: hung for code, hung in belongs.items() if sector in ("", hung.sector)}
    new = {code: hung for code, hung in here.items() if whole or wall.get(code) != hung}
    gone = (code for code, hung in wall.items() if sector in ("", hung.sector) and code not in here)
    # What moved to another sector is not gone: its paper there is the new one.
    down = tuple(sorted(code for code in gone if code not in belongs))
    return Change(form, sector, whole, new, down)


def as_it_was(hung: Hung) -> Offer:
    """What hangs there, as it was offered when it was printed. Raises NotFound."""
    return offer_as_it_was(
        UUID(hung.version),
        handled_in=hung.handled_in,
        promises=(
            Promised(agency, variant, channel, stored_limit(value, unit), basis)
            for agency, variant, channel, value, unit, basis in hung.promises
        ),
        schedules=map(UUID, hung.schedules),
        place=hung.place,
    )
