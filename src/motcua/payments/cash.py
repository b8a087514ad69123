"""Cash: what a box should hold, what was counted, and which receipt a difference may come from. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from motcua.kernel.errors import Invalid

# Notes in circulation, in đồng.
DENOMINATIONS = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200)
MOST_NOTES = 100_000
MOST_DONG = 100_000_000_000


@dataclass(frozen=True, slots=True)
class Taken:
    """One receipt paid in cash: what it came to and what was put on the counter."""

    id: UUID
    number: int
    total: int
    given: int


def counted(counts: Mapping[int, int]) -> int:
    """What the notes come to. Raises Invalid for a note that is none, and for a number that none can have."""
    for note, many in counts.items():
        if note not in DENOMINATIONS or not 0 <= many <= MOST_NOTES:
            raise Invalid(
                "Số tờ phải là số nguyên, không âm.",
                "The number of notes is a whole number, not below nought.",
                field=f"note_{note}",
            )
    return sum(note * many for note, many in counts.items())


def change(total: int, given: int) -> int:
    """What goes back over the counter. Raises Invalid when less was given than is due."""
    if given > MOST_DONG:
        raise Invalid("Số tiền đưa quá lớn.", "The amount given is too large.", field="given")
    if given < total:
        raise Invalid(
            f"Tiền khách đưa còn thiếu {total - given:,} đồng.".replace(",", "."),
            f"The amount given is short by VND {total - given:,}.",
            field="given",
        )
    return given - total


def suspects(difference: int, taken: Iterable[Taken]) -> list[Taken]:
    """The receipts that alone would explain a box that holds `difference` more (or less) than it should.

    Less: money written down and not put in (the whole receipt), or change given twice. More: change not given.
    """
    short = -difference
    found = []
    for one in taken:
        back = one.given - one.total
        if (difference < 0 and short in (one.total, back)) or (difference > 0 and difference == back):
            found.append(one)
    return found
