"""What processes say of who sees which parts of a dossier, for `dossiers.sight`."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from motcua.processes.selectors import versions


def sights(ids: Iterable[UUID]) -> Mapping[UUID, Mapping[str, frozenset[str]]]:
    """Of published versions the positions that see only parts of their dossiers, and which (dossiers.sight). No
    statement for versions that are known."""
    return {
        one: {each.position: frozenset(each.parts) for each in found.sees}
        for one, found in versions(ids).items()
    }
