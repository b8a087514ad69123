"""What could not be looked up when a dossier came in: which fields wait, for what, and until when. Pure.

A field is named "{register}.{place}.{name}": the register that has not answered, the person's place among the
dossier's parties, and what of them (parties.registers.FIELDS). The first events say "{register}.{place}": who they are.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from motcua.dossiers.row import Row
from motcua.kernel.codec import encode
from motcua.parties.registers import FIELDS, OF_FIRST_EVENTS

POPULATION = "population"
# A register has said the same, or something that contradicts nothing; or a paper was shown: the field is filled.
SETTLES = frozenset({"same", "heard", "shown"})


def person_field(place: int, name: str) -> str:
    """The field that waits for the population register: `name` of the person at `place` among the parties."""
    return f"{POPULATION}.{place}.{name}"


def person_fields(place: int, told: object) -> tuple[str, ...]:
    """All that the population register can say of what was told (particulars) of the person at `place`."""
    return tuple(person_field(place, name) for name in FIELDS if getattr(told, name))


def place_of(field: str) -> int | None:
    """Whose field it is; None for one of another register."""
    register, _, rest = field.partition(".")
    place = rest.partition(".")[0]
    return int(place) if register == POPULATION and place.isascii() and place.isdigit() else None


def name_of(field: str) -> str:
    """What of the person it is."""
    return field.rpartition(".")[2]


def spelt_out(fields: Iterable[str]) -> Iterator[str]:
    """The fields by name, also those of the first events."""
    for field in fields:
        if field.count(".") > 1:
            yield field
        elif (place := place_of(field)) is not None:
            yield from (person_field(place, name) for name in OF_FIRST_EVENTS)


def waiting(fields: Iterable[str], since: datetime, *, row: Row | None = None) -> list[Row] | None:
    """The fields as the row keeps them from `since` on, each that waits on `row` already as it stands there; None
    where nothing waits. `outcome` is what the register has said meanwhile, which somebody still has to look at."""
    there = {one["field"]: one for one in (row["degraded"] or [] if row else [])}
    anew = {"since": encode(since), "outcome": "", "told": None, "number": ""}
    return [there.get(name, {"field": name, **anew}) for name in spelt_out(fields)] or None


def held(row: Row, findings: Iterable[Row], *, number: str, at: datetime) -> Row:
    """What waits on `row`, and what is filled with where it comes from, once `findings` (facts.FieldFact, encoded) are
    known."""
    found = {field: one for one in findings for field in spelt_out([one["field"]])}
    waits, filled = [], []
    for one in row["degraded"] or []:
        finding = found.get(one["field"])
        if finding is None:
            waits.append(one)
            continue
        known = {**finding, "field": one["field"], "number": number}
        if finding["outcome"] in SETTLES:
            filled.append({**known, "at": encode(at)})
        else:
            waits.append({**one, **known})
    return {"degraded": waits or None, "filled": [*row["filled"], *filled]}


def carried(row: Row, same: Mapping[str, str], anew: Iterable[str], *, since: datetime) -> Row:
    """What waits and what is filled after a reception was put right: `same` says which field stands as which one did,
    `anew` which have to be looked up once more."""
    was = {old: new for new, old in same.items()}
    waits, filled = (
        [{**one, "field": was[one["field"]]} for one in row[column] or [] if one["field"] in was]
        for column in ("degraded", "filled")
    )
    return {"degraded": [*waits, *(waiting(anew, since) or [])] or None, "filled": filled}


def still(row: Row) -> tuple[str, ...]:
    """The fields of `row` that wait."""
    return tuple(one["field"] for one in row["degraded"] or [])


def are_waiting(row: Row, fields: Collection[str]) -> bool:
    """Whether there is any, and each of `fields` waits on `row`."""
    return bool(fields) and set(fields) <= set(still(row))
