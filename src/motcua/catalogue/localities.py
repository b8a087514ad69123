"""What an agency and its province have set of a procedure: what holds, what is to come, what was before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from motcua.catalogue.models import Handling, Place, Promise, Schedule
from motcua.catalogue.policy import officer_seats
from motcua.catalogue.schedules import parse_schedule
from motcua.catalogue.selectors import stored_limit
from motcua.catalogue.shapes import Amount, HandledIn, Limit
from motcua.kernel.actor import Viewer

MOST = 200  # of each kind, the newest first


class What(StrEnum):
    """What is set locally, and the word for it in addresses."""

    PROMISE = "promise"
    FEES = "fees"
    PLACE = "place"
    HANDLED_IN = "handled_in"


class Standing(StrEnum):
    """Where a setting is in time."""

    NOW = "now"
    AHEAD = "ahead"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing set: for a `promise` variant, channel and limit; for `fees` rule and amounts; else the address or the
    system. `subject` names what a later line of the same kind takes the place of."""

    id: UUID
    what: What
    agency: str
    valid_from: date
    basis: str
    subject: tuple[str, ...] = ()
    limit: Limit | None = None
    amounts: tuple[Amount, ...] = ()
    address: str = ""
    handled_in: HandledIn | None = None


def local_lines(procedure: str, *, agencies: list[str], viewer: Viewer) -> list[Line]:
    """What `agencies` have set of `procedure`, the newest first. Four statements. Raises Denied."""
    officer_seats(viewer)
    found = [*_promises(procedure, agencies), *_fees(procedure, agencies), *_places(procedure, agencies)]
    found += _handlings(procedure, agencies)
    return sorted(found, key=lambda line: (line.valid_from, line.id), reverse=True)


def standings(lines: list[Line], *, on: date) -> list[tuple[Line, Standing]]:
    """The lines, the newest first, with how each stands on a day: the last of its subject that has begun holds."""
    held: set[tuple[str, What, tuple[str, ...]]] = set()
    told = []
    for line in lines:
        key = (line.agency, line.what, line.subject)
        if line.valid_from > on:
            told.append((line, Standing.AHEAD))
        elif key in held:
            told.append((line, Standing.PAST))
        else:
            held.add(key)
            told.append((line, Standing.NOW))
    return told


def _promises(procedure: str, agencies: list[str]) -> Iterator[Line]:
    rows = Promise.objects.filter(procedure_id=procedure, agency__in=agencies)
    for row in rows.order_by("-valid_from", "-id")[:MOST]:
        yield Line(
            row.id,
            What.PROMISE,
            row.agency,
            row.valid_from,
            row.basis,
            (row.variant, row.channel),
            limit=stored_limit(row.value, row.unit),
        )


def _fees(procedure: str, agencies: list[str]) -> Iterator[Line]:
    rows = Schedule.objects.filter(agency__in=agencies, body__contains={"fees": [{"procedure": procedure}]})
    for row in rows.order_by("-valid_from", "-id")[:MOST]:
        for fee in parse_schedule(row.body).of(procedure):
            yield Line(
                row.id, What.FEES, row.agency, row.valid_from, row.basis, (fee.rule,), amounts=fee.amounts
            )


def _places(procedure: str, agencies: list[str]) -> Iterator[Line]:
    rows = Place.objects.filter(procedure_id=procedure, agency__in=agencies)
    for row in rows.order_by("-valid_from", "-id")[:MOST]:
        yield Line(row.id, What.PLACE, row.agency, row.valid_from, row.basis, address=row.address)


def _handlings(procedure: str, agencies: list[str]) -> Iterator[Line]:
    rows = Handling.objects.filter(procedure_id=procedure, agency__in=["", *agencies])
    for row in rows.order_by("-valid_from", "-id")[:MOST]:
        yield Line(
            row.id,
            What.HANDLED_IN,
            row.agency,
            row.valid_from,
            row.basis,
            handled_in=HandledIn(row.handled_in),
        )
