"""What the registers have proven is not asked for again (ND 118/2025 art. 17(2)(a); Decree 224/2026 art. 15(1))."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from motcua.catalogue.once_only import Givers
from motcua.catalogue.selectors import version as procedure_version
from motcua.catalogue.shapes import LOOKED_AT, LOOKED_UP, Channel, Component, ComponentKind, Source
from motcua.dossiers.degraded import name_of, place_of
from motcua.dossiers.operations import MissingPaper
from motcua.dossiers.people import told
from motcua.dossiers.row import Row
from motcua.flows.registers import is_connected
from motcua.kernel.errors import Invalid
from motcua.kernel.time import local
from motcua.ledger.selectors import history
from motcua.parties.operations import Particulars
from motcua.parties.papers import PERSONAL_NUMBER
from motcua.parties.registers import OF_IDENTITY, LookedUp

# Which particulars, confirmed by the population register, make a paper needless.
PROVES: Mapping[str, frozenset[str]] = {
    "population.identity_card": frozenset({"name", "born_on"}),
    "population.personal_number": frozenset({"name", "born_on"}),
    "residence.household_book": frozenset({"address"}),
}
ELSE_ONLY = ", chỉ khi không khai thác được"


def provable(components: Iterable[Component], *, on: date) -> dict[str, frozenset[str]]:
    """The components in whose place the population register may stand, with the particulars it has to confirm. Not one
    that is asked for all the same, with a written reason."""
    givers = Givers(on)
    found = {}
    for one in components:
        may_stand_in = one.kind in LOOKED_AT or Source.DATABASE in one.sources
        giver = givers.of_paper(_called(one)) if may_stand_in and one.asked_because is None else None
        if giver is not None and giver.key in PROVES:
            found[one.code] = PROVES[giver.key]
    return found


def _called(component: Component) -> str:
    # What is looked up says itself that the paper is asked for where there are no data; here there are.
    name = component.name.vi
    return name.partition(ELSE_ONLY)[0] if component.kind in LOOKED_UP else name


def to_be_proven(components: Iterable[Component], *, people: Iterable[Particulars], on: date) -> set[str]:
    """The components that need not be sent from home, as the register is asked instead once the dossier is there: of
    people with a personal number, where there is a register to ask."""
    known = [bool(PERSONAL_NUMBER.fullmatch(one.number)) for one in people]
    return set(provable(components, on=on)) if known and all(known) and is_connected() else set()


def proven(row: Row, components: Iterable[Component], *, people: Mapping[int, Mapping[str, Any]]) -> set[str]:
    """The components that a register has proven already: what the desk has looked up, and what stands confirmed of all
    who apply. `people`: what is known of each, by place."""
    listed = list(components)
    return _looked_up(row, listed) | _answered(row, listed, people, confirmed_at)


class Instead(StrEnum):
    """What stands in the place of a paper when a dossier that was handed in is received."""

    LOOKED_UP = "looked_up"  # the desk has looked it up
    CONFIRMED = "confirmed"  # the population register has confirmed what was told
    HEARD = "heard"  # the population register has given it, otherwise than it was told
    SIGNED_IN = "signed_in"  # who applies has signed in with their electronic identity


def standing_in(
    row: Row, components: Iterable[Component], *, people: Mapping[int, Mapping[str, Any]]
) -> dict[str, Instead]:
    """What stands in the place of which component, so that the officer who receives need not tick it: of those alone of
    which nothing came that is to be looked at. `people` as in `proven`. One statement. Source: ND 118/2025 art.
    17(2)(a)."""
    came = {c["component"] for c in row["components"] if _is_there(c)}
    listed = [one for one in components if one.code not in came]
    found = dict.fromkeys(_signed_in(row, listed), Instead.SIGNED_IN)
    found |= dict.fromkeys(_answered(row, listed, people, _heard_at), Instead.HEARD)
    found |= dict.fromkeys(_answered(row, listed, people, confirmed_at), Instead.CONFIRMED)
    return found | dict.fromkeys(_looked_up(row, listed), Instead.LOOKED_UP)


def _signed_in(row: Row, components: list[Component]) -> set[str]:
    """The papers that are only shown to tell who applies, where those who apply have signed in themselves."""
    shown = [one for one in components if one.kind is ComponentKind.SHOW_ONLY]
    if not shown or row["channel"] != Channel.ONLINE or row["filing"] is not None:
        return set()
    opened = history(row["id"], limit=1)[0]
    found = provable(shown, on=_came_on(row)) if opened.actor["kind"] == "citizen" else {}
    return {code for code, names in found.items() if "name" in names}


def _came_on(row: Row) -> date:
    return local(row["received_at"] or row["submitted_at"]).date()


def _answered(
    row: Row,
    components: list[Component],
    people: Mapping[int, Mapping[str, Any]],
    known_at: Callable[[Row, int, Mapping[str, Any]], frozenset[str]],
) -> set[str]:
    """The components whose particulars are `known_at` the places of all who apply."""
    applicants = [place for place, party in enumerate(row["parties"]) if party["role"] == "applicant"]
    known = [known_at(row, place, people.get(place, {})) for place in applicants]
    if not known:
        return set()
    needed = provable(components, on=_came_on(row))
    return {code for code, names in needed.items() if all(names <= one for one in known)}


def _looked_up(row: Row, components: list[Component]) -> set[str]:
    there = {c["component"]: c for c in row["components"]}
    return {one.code for one in components if _is_looked_up(one, there.get(one.code))}


def _is_looked_up(component: Component, came: Mapping[str, Any] | None) -> bool:
    if came is None or _is_there(came):
        return False
    return component.kind in LOOKED_UP or bool(component.sources)


def _is_there(came: Mapping[str, Any]) -> bool:
    return bool(came["originals"] + came["copies"] or came.get("file_digests"))


def confirmed_at(row: Row, place: int, fields: Mapping[str, Any]) -> frozenset[str]:
    """What the register has confirmed of the person at `place`: at the desk, or since."""
    since = {
        name_of(one["field"])
        for one in row["filled"]
        if place_of(one["field"]) == place and one["outcome"] == "same"
    }
    return frozenset(since | set((fields.get("looked_up") or {}).get("same", ())))


def given_by(looked_up: LookedUp | None) -> frozenset[str]:
    """What the register has confirmed of somebody who was looked up at the desk, or has given otherwise without
    contradicting."""
    if looked_up is None:
        return frozenset()
    return frozenset(looked_up.same) | (frozenset(looked_up.unlike) - OF_IDENTITY)


def _heard_at(row: Row, place: int, fields: Mapping[str, Any]) -> frozenset[str]:
    """The same, and what the register has given otherwise where that is no contradiction (`told` says what)."""
    heard = {
        name_of(one["field"])
        for one in row["filled"]
        if place_of(one["field"]) == place and one["outcome"] == "heard" and one["told"]
    }
    return confirmed_at(row, place, fields) | heard


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
    by_snapshot = {str(one.snapshot): one.fields for one in told([row["id"]], viewer=None)}
    return {place: by_snapshot.get(p["snapshot"], {}) for place, p in enumerate(row["parties"])}
