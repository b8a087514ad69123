"""What a reception that was put right makes of what registers have said of its people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from motcua.dossiers.degraded import person_field, still
from motcua.dossiers.people import told
from motcua.dossiers.row import Row
from motcua.flows.registers import is_connected
from motcua.kernel.codec import decode
from motcua.parties.operations import Particulars
from motcua.parties.papers import PERSONAL_NUMBER
from motcua.parties.registers import FIELDS, LookedUp

People = Sequence[tuple[str, Particulars]]


@dataclass(frozen=True, slots=True)
class Sources:
    """The people with what still holds of their look-up; which field stands as which one did, and which have to be
    looked up anew (dossiers.events.ReceptionCorrected)."""

    people: tuple[tuple[str, Particulars], ...]
    same: Mapping[str, str]
    anew: tuple[str, ...]


def after_correction(row: Row, people: People) -> Sources:
    """What was said of a particular holds as long as that stands, of the same number. What was changed or added is
    looked up where there is a register to ask; what waited goes on waiting. One statement."""
    found = {str(one.snapshot): one.fields for one in told([row["id"]], viewer=None)}
    before = [(str(p["role"]), found.get(p["snapshot"], {})) for p in row["parties"]]
    same: dict[str, str] = {}
    anew: list[str] = []
    result = []
    for place, old in enumerate(_places(before, people)):
        role, new = people[place]
        was = _Before(row, -1, {}) if old is None else _Before(row, old, before[old][1])
        unchanged = was.unchanged(new)
        same |= {person_field(place, n): person_field(was.place, n) for n in unchanged}
        anew += [
            person_field(place, n) for n in FIELDS if getattr(new, n) and was.has_to_wait(n, new, unchanged)
        ]
        result.append((role, replace(new, looked_up=was.looked_up(unchanged))))
    return Sources(tuple(result), same, tuple(anew))


def _places(before: Sequence[tuple[str, Mapping[str, Any]]], people: People) -> Iterator[int | None]:
    """The former place of each person: who has their number, else who had their turn in their role."""
    free = list(range(len(before)))
    numbered = {
        place: old
        for place, (role, new) in enumerate(people)
        for old in free
        if new.number and before[old][0] == role and before[old][1].get("number") == new.number
    }
    free = [old for old in free if old not in numbered.values()]
    for place, (role, _new) in enumerate(people):
        old = numbered.get(place)
        if old is None:
            old = next((one for one in free if before[one][0] == role), None)
            free = [one for one in free if one != old]
        yield old


@dataclass(frozen=True, slots=True)
class _Before:
    """A person as they stood before; `place` -1 for one who was not there."""

    row: Row
    place: int
    fields: Mapping[str, Any]

    def unchanged(self, new: Particulars) -> frozenset[str]:
        """The particulars that stand, where the number does."""
        if not new.number or self.fields.get("number") != new.number:
            return frozenset()
        old = decode(Particulars, self.fields)
        return frozenset(n for n in FIELDS if getattr(new, n) and getattr(new, n) == getattr(old, n))

    def looked_up(self, unchanged: frozenset[str]) -> LookedUp | None:
        """The look-up at reception, of what stands."""
        if not unchanged or not self.fields.get("looked_up"):
            return None
        kept = decode(LookedUp, self.fields["looked_up"])
        return replace(
            kept,
            same=tuple(n for n in kept.same if n in unchanged),
            unlike=tuple(n for n in kept.unlike if n in unchanged),
        )

    def has_to_wait(self, name: str, new: Particulars, unchanged: frozenset[str]) -> bool:
        """Whether the particular is to be looked up anew."""
        if name in unchanged:
            return False
        waited = person_field(self.place, name) in still(self.row)
        return waited or is_connected() and bool(PERSONAL_NUMBER.fullmatch(new.number))
