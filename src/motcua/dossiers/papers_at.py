"""Where papers are, by the manifests of the system and those of paper that transfers went with."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from motcua.agencies.selectors import agency
from motcua.dossiers.handshakes import TYPES, Handshake, came_outside, handshakes, still_coming
from motcua.dossiers.row import Row
from motcua.dossiers.travels import WHAT, Place, Travel, arrived, counts, is_given_out, place_of
from motcua.kernel.codec import encode
from motcua.ledger.selectors import of_types


def outside(travels: Mapping[UUID, Sequence[Travel]]) -> dict[UUID, Handshake]:
    """Of dossiers, each with its travels, the transfer that took the papers where they are (`came_outside`), for those
    where one did. One statement, none for no dossier."""
    events = of_types(travels.keys(), TYPES)
    found = {one: came_outside(handshakes(events[one]), travels[one]) for one in events}
    return {dossier: transfer for dossier, transfer in found.items() if transfer is not None}


def refused(travels: Mapping[UUID, Travel]) -> frozenset[UUID]:
    """Which of the dossiers, each with the travel of its papers that nobody has signed for, the receiver gave back. One
    statement, none for no dossier."""
    events = of_types(travels.keys(), TYPES)
    return frozenset(one for one in events if still_coming(handshakes(events[one]), [encode(travels[one])]))


def desk_of(one: Handshake) -> Place:
    """The desk that papers of a transfer came to."""
    return Place(one.to, agency(one.to).desk_unit)


def where_papers_are(rows: Iterable[Row]) -> dict[UUID, dict[str, Place | None]]:
    """Where papers and result of each dossier are (None as `place_of` says). Papers that a transfer took along on a
    manifest of paper alone are at the receiving desk once it noted their arrival, whatever came of the transfer; until
    then who had them may put them on one of ours. One statement."""
    handed_in = list(rows)
    gone = outside({row["id"]: row["travels"] for row in handed_in if any(counts(row))})
    found = {}
    for row in handed_in:
        places = {what: place_of(row, what, agency(row["desk_agency"]).desk_unit) for what in WHAT}
        if row["id"] in gone and not is_given_out(row, "papers"):
            places["papers"] = desk_of(gone[row["id"]])
        found[row["id"]] = places
    return found


def signed_for_at(row: Row, places: Mapping[str, Place | None], here: Place) -> bool:
    """Whether papers of a dossier were brought `here` and lie here still: who has them sends them on, though the
    dossier is otherwise not theirs. `places`: of `where_papers_are`."""
    return any(
        place == here
        and (any(arrived(t) == here for t in row["travels"]) or here.agency != row["desk_agency"])
        for place in places.values()
    )
