"""Which parts of a dossier a viewer's seats show them, by what its process says of them; see ADR 0067.

Processes stand above dossiers, so what a process says comes through a port that `config.wiring` fills.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from motcua.agencies.positions import LOOKING
from motcua.dossiers.policy import SEATS, represents
from motcua.dossiers.row import Row
from motcua.dossiers.states import Authority
from motcua.kernel.actor import Viewer
from motcua.kernel.registry import wiring

if TYPE_CHECKING:
    from motcua.dossiers.selectors import Line

SIGHTS = "sights"
PEOPLE, FORM, PAPERS = "people", "form", "papers"
PARTS = frozenset({PEOPLE, FORM, PAPERS})
# Of process versions by their ids: position -> the only parts that it sees.
Limits = Mapping[str, frozenset[str]]
Sights = Callable[[Collection[UUID]], Mapping[UUID, Limits]]


def hidden(viewer: Viewer, row: Row) -> frozenset[str]:
    """The parts of the dossier that every seat which shows it to `viewer` hides from them. No statement once its
    process is known."""
    limits = _limits([row["process_version"]]).get(row["process_version"])
    if not limits:
        return frozenset()
    return PARTS - frozenset().union(*(limits.get(kind, PARTS) for kind in _kinds(viewer, row)))


def _limits(processes: Iterable[UUID | None]) -> Mapping[UUID, Limits]:
    make = wiring().adapters.get(SIGHTS)
    sights: Sights | None = make() if make else None
    wanted = {one for one in processes if one is not None}
    return sights(wanted) if sights is not None and wanted else {}


def _kinds(viewer: Viewer, row: Row) -> set[str]:
    """The kinds of seat by which `viewer` sees the dossier, as `policy.sees` has it."""
    agencies = {row["desk_agency"], row["competent_agency"], *(left["agency"] for left in row["earlier"])}
    if row["transfer"]:
        agencies.add(row["transfer"]["to"])
    return {
        c.kind
        for c in viewer.capacities
        if (c.kind in LOOKING and agencies & set(c.scope))
        or represents(c, row)
        or (row["manifest"] and c.kind in SEATS[Authority.POST])
    }


def refs_of_people(row: Row) -> set[str]:
    """The contents that hold who the dossier is about: their particulars, and what registers said of them."""
    told = [one["told"] for one in (*(row["degraded"] or ()), *row["filled"]) if one["told"]]
    return {party["snapshot"] for party in row["parties"]} | {ref["content"] for ref in told}


def nameless(lines: Iterable["Line"], *, viewer: Viewer) -> frozenset[UUID]:
    """The processes of `lines` that hide the people of their dossiers from every seat in which `viewer` looks at
    dossiers. No statement once they are known, else one."""
    kinds = {c.kind for c in viewer.capacities if c.kind in LOOKING}
    limits = _limits(one.process_version for one in lines)
    return frozenset(
        process
        for process, each in limits.items()
        if kinds and each and all(PEOPLE not in each.get(kind, PARTS) for kind in kinds)
    )


def without_names(lines: Sequence["Line"], *, viewer: Viewer) -> list["Line"]:
    """Lines of a list, without the names of those whose people no seat of `viewer` shows them."""
    unseen = nameless(lines, viewer=viewer)
    return [replace(one, name="") if one.process_version in unseen else one for one in lines]
