"""The roster of a demonstration: the week it ends in and the next, as the desk manager sets them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from motcua.agencies.events import RosterCell
from motcua.agencies.roster import Week, set_roster, week
from motcua.agencies.selectors import last_decided, viewer_of
from motcua.cli.demo_stage import ORIGIN, Person
from motcua.flows.installation import DemoRun
from motcua.kernel.time import local
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import claimed

WORKING_DAYS = 5


def set_rosters(*, run: DemoRun, staff: Mapping[str, Sequence[Person]]) -> None:
    """Fill both weeks, unless there is no desk manager, nobody to seat, or it was done."""
    managers, officers = staff.get("desk_manager", ()), staff.get("reception_officer", ())
    if not managers or not officers:
        return
    agency, at = run.terms.agency, run.terms.until - timedelta(days=run.terms.days)
    at = max(
        at, last_decided(agency) or at
    )  # before any day of the run: the agency's stream goes on from here
    manager = managers[0].actor
    viewer = viewer_of(UUID(manager.id), at=at)
    done = claimed(f"demo/{run.number}/roster/")
    for n in range(2):
        of = local(run.terms.until).date() + timedelta(days=7 * n)
        key = f"demo/{run.number}/roster/{n}"
        if key in done:
            continue
        known = week(agency=agency, of=of, viewer=viewer, at=at)
        with unit_of_work(actor=manager, at=at, request=Request.of(key), origin=ORIGIN):
            cells = _cells(known, officers)
            set_roster(agency=agency, of=of, cells=cells, actor=manager, at=at, viewer=viewer)


def _cells(known: Week, officers: Sequence[Person]) -> list[RosterCell]:
    """Everybody at a counter of their own, moving up a place each day; the others stand by."""
    people = [UUID(officer.actor.id) for officer in officers]
    seated = known.windows[: len(people)]
    spare = [person for person in known.people if person not in people]
    return [
        RosterCell(
            counter=window.id, day=day, officer=_of(people, place, turn), backup=_of(spare, place, turn)
        )
        for turn, day in enumerate(known.days[:WORKING_DAYS])
        for place, window in enumerate(seated)
    ]


def _of(people: Sequence[UUID], place: int, turn: int) -> UUID | None:
    return people[(place + turn) % len(people)] if people else None
