"""Who is not at work in a demonstration: the officer of the economic section is away and has a stand-in by a standing
order, who goes on with what is in their name; and who helped for a time where civil status is registered has handed on
what they had begun, with a record."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import ClassVar
from uuid import UUID

from motcua.agencies.handovers import sat
from motcua.agencies.mandates import NewMandate
from motcua.agencies.operations import appoint_person, appoint_stand_in, note_absence
from motcua.agencies.policy import ADMINISTRATOR
from motcua.agencies.selectors import agency as agency_facts, last_decided
from motcua.cli.demo_cast import Versions, intake_of
from motcua.cli.demo_people import Crowd
from motcua.cli.demo_played import Played
from motcua.cli.demo_stage import Moment, Person
from motcua.flows import leaving, progress
from motcua.flows.leaving import Leaving
from motcua.flows.reception import receive
from motcua.kernel.errors import Refusal
from motcua.kernel.time import local

AWAY, STAND_IN, ORDER = "economic_section", "culture_society_section", "21/PC-UBND"
LASTS, ORDERED = timedelta(days=15), timedelta(days=365)
HELPER, HELPED = "catalogue_officer", "justice_officer"
# What takes long enough to be under way still.
BEGUN = (("1.004884", "verification"), ("1.004873", "verification"))
# In the afternoon, when no pads are given out for a power cut.
AFTERNOON = 310


@dataclass(slots=True, kw_only=True)
class Absence(Played):
    """Played beside the lives; nothing where a seat it needs is held by nobody, or the agency's stream has gone on."""

    name: ClassVar[str] = "absence"
    _known: datetime | None = None

    def staffed(self) -> Mapping[str, list[Person]]:
        """Who is there when: the one who is away until they go, from then on the stand-in."""
        self.begin()
        at = self.later(self.opening(2), AFTERNOON)
        terms = self.run.terms
        past = max(terms.until - timedelta(days=terms.days), last_decided(terms.agency) or at)
        held = all(self.staff.get(kind) for kind in (AWAY, STAND_IN, ADMINISTRATOR))
        if not held or (past > at and not self._done):
            return self.staff
        self._known = at
        away, other = self.staff[AWAY][0], self.staff[STAND_IN][0]
        instead = replace(away.actor, id=other.actor.id, acting_for=away.actor.id, mandate=ORDER)
        both = [replace(away, until=self._since), Person(other.name, AWAY, instead, since=self._since)]
        return {**self.staff, AWAY: both + self.staff[AWAY][1:]}

    def moments(self) -> Iterator[Moment]:
        """The standing order, and the absence noted by who will be away."""
        if self._known is not None:
            yield self._known, partial(self._noted, self._known)

    @property
    def _since(self) -> datetime:
        return local(self.opening(1)).replace(hour=0, minute=0)

    def _noted(self, at: datetime) -> None:
        agency, away = self.run.terms.agency, self.staff[AWAY][0].actor
        self.note(
            "ordered",
            self.staff[ADMINISTRATOR][0].actor,
            at,
            appoint_stand_in,
            agency=agency,
            account=UUID(self.staff[STAND_IN][0].actor.id),
            mandate=NewMandate(number=ORDER, dated=local(at).date(), when_absent=True),
            valid_from=at,
            valid_to=at + ORDERED,
            appointment=sat(UUID(away.id), agency=agency, at=at).appointment,
        )
        hours = {"valid_from": self._since, "valid_to": self._since + LASTS}
        told = {"account": UUID(away.id), "reason": "mission", **hours}
        self.note("noted", away, at, note_absence, agency=agency, **told)


@dataclass(slots=True, kw_only=True)
class HandOver(Played):
    """Played beside the lives; nothing where a seat it needs is held by nobody, or what was begun is not received."""

    name: ClassVar[str] = "handover"
    _appointment: UUID | None = None
    _codes: list[str] = field(default_factory=list)

    def moments(self, versions: Versions) -> Iterator[Moment]:
        """A helper is appointed for a time, begins two dossiers, and leaves the seat: one goes to a colleague, the
        other to the shared list of the seat."""
        wanted = (HELPER, HELPED, "reception_officer", ADMINISTRATOR)
        if all(self.staff.get(kind) for kind in wanted) and all(code in versions for code, _ in BEGUN):
            self.begin()
            at, end = (self.later(self.opening(days), AFTERNOON) for days in (2, 1))
            yield at, partial(self._begun, at, versions)
            yield end, partial(self._ended, end)

    def _begun(self, at: datetime, versions: Versions) -> None:
        terms, clerk = self.run.terms, self.staff["reception_officer"][0].actor
        seat, helper = self.staff[HELPED][-1].actor, self.staff[HELPER][0].actor
        day = local(terms.until).date()
        crowd = Crowd(f"{terms.seed}/handover", place=agency_facts(terms.agency).place, today=day)
        chance = Random(f"{terms.seed}/handover")  # noqa: S311 - a play, no secrets
        with suppress(Refusal):  # another demonstration of the same days was here
            appointed = self.note(
                "appointed",
                self.staff[ADMINISTRATOR][0].actor,
                at,
                appoint_person,
                agency=terms.agency,
                account=UUID(helper.id),
                position=seat.position,
                valid_from=at,
                valid_to=terms.until,
            )
            self._appointment = UUID(appointed["appointment"])
            for n, (code, variant) in enumerate(BEGUN):
                told = {"intake": intake_of(terms.agency, versions[code], variant, crowd, chance)}
                got = self.act(f"received/{n}", clerk, self.later(at, 10 * n + 5), receive, **told)
                begins, taken = self.later(at, 10 * n + 12), replace(seat, id=helper.id)
                self._codes.append(self.act(f"started/{n}", taken, begins, progress.start, code=got))

    def _ended(self, at: datetime) -> None:
        if self._appointment is None:
            return
        administrator = self.staff[ADMINISTRATOR][0].actor
        who = Leaving(
            agency=self.run.terms.agency,
            appointment=self._appointment,
            account=UUID(self.staff[HELPER][0].actor.id),
            kind=HELPED,
            keeps=frozenset({HELPER}),
        )
        colleague = UUID(self.staff[HELPED][-1].actor.id)
        with suppress(Refusal):
            for n, (code, to) in enumerate(zip(self._codes, (colleague, None), strict=False)):
                self.note(f"handed/{n}", administrator, at, leaving.hand_on, code=code, leaving=who, to=to)
            self.note("ended", administrator, at, leaving.end_appointment, leaving=who)
