"""What could not be looked up when a dossier came in: which fields wait, for what, and until when. Pure.

A field is named "{register}.{place}": the register that did not answer, and the person's place among the dossier's
parties.
"""

from collections.abc import Iterable
from datetime import datetime

from motcua.dossiers.row import Row
from motcua.kernel.codec import encode

POPULATION = "population"
# A register has said the same, or a paper was shown: the field is filled.
SETTLES = frozenset({"same", "shown"})


def person_field(place: int) -> str:
    """The field that waits for the population register, of the person at `place` among the parties."""
    return f"{POPULATION}.{place}"


def place_of(field: str) -> int | None:
    """Whose field it is; None for one of another register."""
    register, _, place = field.partition(".")
    return int(place) if register == POPULATION and place.isascii() and place.isdigit() else None


def waiting(fields: Iterable[str], since: datetime) -> list[Row] | None:
    """The fields as the row keeps them from `since` on; None where nothing waits. `outcome` is what the register has
    said meanwhile, which somebody still has to look at."""
    found = [{"field": name, "since": encode(since), "outcome": "", "told": None} for name in fields]
    return found or None


def after_answer(row: Row, field: str, outcome: str, told: Row | None) -> list[Row] | None:
    """What waits on `row` once `field` has got `outcome`."""
    found = []
    for one in row["degraded"] or []:
        if one["field"] != field:
            found.append(one)
        elif outcome not in SETTLES:
            found.append({**one, "outcome": outcome, "told": told})
    return found or None


def is_waiting(row: Row, field: str, *, unasked: bool = False) -> bool:
    """Whether `field` of `row` waits; `unasked`: and no register has said anything of it."""
    return any(one["field"] == field and not (unasked and one["outcome"]) for one in row["degraded"] or [])
