"""A new version of a procedure and the dossiers that run: shown beforehand, then done, by one rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from uuid import UUID

from motcua.agencies.selectors import agency as agency_facts
from motcua.calendars.selectors import calendar_of
from motcua.catalogue.selectors import (
    Offer,
    offer_of,
    offered_variant,
    version as procedure_version,
    version_ids,
)
from motcua.catalogue.shapes import ProcedureVersion
from motcua.catalogue.transition import Stays
from motcua.catalogue.upcoming import Awaited
from motcua.certification.rules import kind_of_procedure
from motcua.dossiers import operations as dossiers
from motcua.dossiers.due import due_fact
from motcua.dossiers.operations import NextVersion, Recorded
from motcua.dossiers.row import Row
from motcua.dossiers.selectors import running_under
from motcua.dossiers.states import RUNNING, State
from motcua.dossiers.succession import Offered, Weighed, bar, under, weigh
from motcua.flows.courses import done, step_due_of
from motcua.flows.reception import limit_fact
from motcua.kernel.actor import Actor

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a running dossier: from the due moment `old` to `new`, or `stays` says why it keeps its own."""

    id: UUID
    code: str
    agency: str
    old: datetime | None
    new: datetime | None
    stays: Stays | None


class Scales:
    """Weighs running dossiers against `version`, in force from `on`; what agencies offer is read once each."""

    def __init__(self, version: ProcedureVersion, on: date) -> None:
        self.version, self.on = version, on
        self.offer = cache(self._offer)
        self.calendar = cache(calendar_of)

    def _offer(self, agency: str) -> Offer:
        return offer_of(self.version, agency=agency, province=agency_facts(agency).parent, on=self.on)

    def weigh(self, row: Row, at: datetime) -> tuple[Weighed, Offered | None]:
        """Whether `row` goes on under the version at `at`, and what it is offered there."""
        if kind_of_procedure(self.version.code) is not None:  # the book of its day (23/2015/NĐ-CP art. 13)
            return Weighed(Stays.CERTIFIED), None
        if (barred := bar(row, self.version)) is not None:
            return Weighed(barred), None
        found = self.offer(row["competent_agency"])
        terms = offered_variant(found, variant=row["variant"], channel=row["channel"])
        offered = Offered(
            version=self.version,
            limit=limit_fact(terms.limit),
            promise=limit_fact(terms.promise),
            province=found.fees,
        )
        before = procedure_version(row["procedure_version"])
        calendar = self.calendar(row["competent_agency"])
        return weigh(row, before, offered, calendar=calendar, at=at), offered


def fates(version: ProcedureVersion, *, on: date, at: datetime) -> Iterator[Fate]:
    """What would become at `at` of each dossier that runs under a version of the procedure published before, were
    `version` in force from `on`. Writes nothing. A statement for each 500 dossiers, two for each agency."""
    scales = Scales(version, on)
    for row in _running(version.code, version_ids(version.code)):
        weighed, _ = scales.weigh(row, at)
        yield Fate(row["id"], row["code"], row["competent_agency"], row["due_at"], weighed.new, weighed.stays)


def _running(procedure: str, versions: tuple[UUID, ...]) -> Iterator[Row]:
    after: UUID | None = None
    while page := running_under(procedure=procedure, versions=versions, after=after, limit=_PAGE):
        yield from page
        after = page[-1]["id"]


def concerned(awaited: Awaited) -> Iterator[UUID]:
    """The dossiers that run under versions before the one that came into force."""
    others = tuple(one for one in version_ids(awaited.procedure) if one != awaited.id)
    return (row["id"] for row in _running(awaited.procedure, others))


def move(*, dossier: UUID, awaited: Awaited, actor: Actor, at: datetime) -> Recorded | None:
    """Let one running dossier go on under the version that came into force, where that favours its applicant; None
    where it stays, or moved before."""
    row = dossiers.lock_by_id(dossier)
    if row["procedure_version"] == awaited.id or State(row["state"]) not in RUNNING or row["reopened"]:
        return None
    version = procedure_version(awaited.id)
    weighed, offered = Scales(version, awaited.effective_from).weigh(row, at)
    if weighed.stays is not None or weighed.promise is None or offered is None:
        return None
    calendar = calendar_of(row["competent_agency"])
    anew = under(row, offered.limit, weighed.promise)
    following = NextVersion(
        version=awaited.id,
        number=awaited.number,
        basis=awaited.basis,
        limit=offered.limit,
        promise=weighed.promise,
        due=due_fact(anew, calendar),
        fee_order=weighed.fee_order,
    )
    step_due = step_due_of(anew, at, calendar)
    return done(dossiers.move_version(row=row, following=following, step_due=step_due, actor=actor, at=at))
