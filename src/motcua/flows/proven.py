"""What the registers have proven is not asked for again (ND 118/2025 art. 17(2)(a); Decree 224/2026 art. 15(1))."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from motcua.catalogue.once_only import Givers
from motcua.catalogue.selectors import version as procedure_version
from motcua.catalogue.shapes import LOOKED_AT, LOOKED_UP, Component, Source
from motcua.dossiers.degraded import name_of, place_of
from motcua.dossiers.operations import MissingPaper
from motcua.dossiers.people import told
from motcua.dossiers.row import Row
from motcua.flows.registers import is_connected
from motcua.kernel.errors import Invalid
from motcua.kernel.time import local
from motcua.parties.operations import Particulars
from motcua.parties.papers import PERSONAL_NUMBER

# Which particulars, confirmed by the population register, make a paper needless.
PROVES: Mapping[str, frozenset[str]] = {
    "population.identity_card": frozenset({"name", "born_on"}),
    "population.personal_number": frozenset({"name", "born_on"}),
    "residence.household_book": frozenset({"address"}),
}


def provable(components: Iterable[Component], *, on: date) -> dict[str, frozenset[str]]:
    """The components in whose place the population register may stand, with the particulars it has to confirm. Not one
    that is asked for all the same, with a written reason."""
    givers = Givers(on)
    found = {}
    for one in components:
        may_stand_in = one.kind in LOOKED_AT or Source.DATABASE in one.sources
        giver = givers.of_paper(one.name.vi) if may_stand_in and one.asked_because is None else None
        if giver is not None and giver.key in PROVES:
            found[one.code] = PROVES[giver.key]
    return found


def to_be_proven(components: Iterable[Component], *, people: Iterable[Particulars], on: date) -> set[str]:
    """The components that need not be sent from home, as the register is asked instead once the dossier is there: of
    people with a personal number, where there is a register to ask."""
    known = [bool(PERSONAL_NUMBER.fullmatch(one.number)) for one in people]
    return set(provable(components, on=on)) if known and all(known) and is_connected() else set()


def proven(row: Row, components: Iterable[Component], *, people: Mapping[int, Mapping[str, Any]]) -> set[str]:
    """The components that a register has proven already: what the desk has looked up, and what stands confirmed of all
    who apply. `people`: what is known of each, by place."""
    listed = list(components)
    there = {c["component"]: c for c in row["components"]}
    found = {one.code for one in listed if _is_looked_up(one, there.get(one.code))}
    applicants = [place for place, party in enumerate(row["parties"]) if party["role"] == "applicant"]
    confirmed = [confirmed_at(row, place, people.get(place, {})) for place in applicants]
    if confirmed:
        needed = provable(listed, on=local(row["received_at"] or row["submitted_at"]).date())
        found |= {code for code, names in needed.items() if all(names <= one for one in confirmed)}
    return found


def _is_looked_up(component: Component, came: Mapping[str, Any] | None) -> bool:
    if came is None or came["originals"] + came["copies"] or came.get("file_digests"):
        return False
    return component.kind in LOOKED_UP or bool(component.sources)


def confirmed_at(row: Row, place: int, fields: Mapping[str, Any]) -> frozenset[str]:
    """What the register has confirmed of the person at `place`: at the desk, or since."""
    since = {
        name_of(one["field"])
        for one in row["filled"]
        if place_of(one["field"]) == place and one["outcome"] == "same"
    }
    return frozenset(since | set((fields.get("looked_up") or {}).get("same", ())))


def refuse_proven(row: Row, items: Collection[MissingPaper]) -> None:
    """Raise Invalid, naming them, where `items` ask for what a register has proven. One statement, where a component is
    named."""
    named = {item.component for item in items if item.component is not None}
    if not named:
        return
    components = procedure_version(row["procedure_version"]).components_of(row["variant"])
    barred = named & proven(row, components, people=_people(row))
    if not barred:
        return
    names = [one.name for one in components if one.code in barred]
    vi, en = "; ".join(one.vi for one in names), "; ".join(one.en for one in names)
    raise Invalid(
        f"Không yêu cầu lại giấy tờ mà cơ sở dữ liệu đã xác nhận: {vi}. Hãy bỏ dấu ở giấy tờ này.",
        f"What a register has confirmed is not asked for again: {en}. Clear the mark of this paper.",
        field="items",
    )


def _people(row: Row) -> dict[int, Mapping[str, Any]]:
    by_snapshot = {str(one.snapshot): one.fields for one in told([row["id"]])}
    return {place: by_snapshot.get(p["snapshot"], {}) for place, p in enumerate(row["parties"])}
