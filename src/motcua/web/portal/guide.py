"""The page of a procedure, in the order in which people ask, put together for what they have answered so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from motcua.agencies.selectors import with_desks
from motcua.calendars.selectors import calendar_of, calendars_of
from motcua.catalogue.announced import AnnouncedFee, AnnouncedTime
from motcua.catalogue.checking import gaps
from motcua.catalogue.conditions import holds
from motcua.catalogue.selectors import Offer, offer
from motcua.catalogue.shapes import (
    ELSEWHERE,
    Audience,
    Channel,
    Exemption,
    ProcedureVersion,
    Question,
    Variant,
)
from motcua.catalogue.upcoming import Coming, coming
from motcua.kernel.say import Say
from motcua.kernel.time import ZONE, local
from motcua.processes.selectors import agencies_running
from motcua.web.common.online import is_offered
from motcua.web.common.papers import ASKED, Papers, implied_by, papers_of, questions_of
from motcua.web.portal.choices import ChoicesForm
from motcua.web.portal.costs import Cost, Timing, costs, timings
from motcua.web.portal.hours import Desk, desk_of
from motcua.web.portal.posted import announced_fees, announced_times

MOST_AHEAD = timedelta(days=3 * 366)
MOST_DESKS = 5  # shown with their hours; who looks for another chooses it


@dataclass(frozen=True, slots=True)
class Guide:
    """The page. `undecided`: a variant is to be chosen before papers can be told; `elsewhere`: the system that handles
    it, when that is not this one; `agency`: whose times and place it tells; `on`: the day it tells of, `is_ahead` of
    today; `coming`: what follows."""

    offer: Offer
    form: ChoicesForm
    variants: tuple[Variant, ...]
    undecided: bool
    channel: Channel
    channels: tuple[Channel, ...]
    papers: Papers
    timings: tuple[Timing, ...]
    costs: tuple[Cost, ...]
    exemptions: tuple[Exemption, ...]
    desks: tuple[Desk, ...]
    other_desks: int
    elsewhere: Say | None
    agency: Say
    on: date
    is_ahead: bool
    coming: Coming | None

    @property
    def version(self) -> ProcedureVersion:
        """The published version."""
        return self.offer.version

    @property
    def gaps(self) -> list[Say]:
        """What is missing or not proved, once each."""
        return list(dict.fromkeys(gap.reason for gap in gaps(self.version)))

    @property
    def said(self) -> list[tuple[tuple[Channel, ...], AnnouncedTime]]:
        """What the announcement writes of times beside the limits that were read from it, once each, by channels; none
        where it names none that we know."""
        told: dict[tuple[str | None, ...], tuple[tuple[Channel, ...], AnnouncedTime]] = {}
        for channel, said in announced_times(self.version):
            if said.text or channel is None or not self.timings:
                key = (said.value, said.unit, said.text)
                before = told.get(key, ((), said))[0]
                told[key] = ((*before, channel) if channel and channel not in before else before, said)
        return list(told.values())

    @property
    def by_channel(self) -> bool:
        """Whether the papers depend on how it is handed in."""
        return any(component.channels for component in self.version.components)

    @property
    def is_bare(self) -> bool:
        """Whether the announcement names the procedure and says nothing else of it that people ask for."""
        version = self.version
        return not (version.components or self.channels or version.results or self.said or self.said_fees)

    @property
    def said_fees(self) -> list[AnnouncedFee]:
        """Fees in the announcement's own words, once each."""
        return announced_fees(self.version)

    @property
    def online(self) -> bool:
        """Whether it is handed in here online: handled here, open online, taken by an agency, with a sign-in."""
        return self.here and bool(self.desks) and is_offered(self.offer)

    @property
    def helped(self) -> bool:
        """Whether it is open online, but nobody can sign in here: the desk hands it in with the applicant."""
        return self.here and bool(self.desks) and not self.online and is_offered(self.offer, by_citizen=False)

    @property
    def here(self) -> bool:
        """Whether it is handed in here."""
        return self.elsewhere is None


def guide(code: str, told: Mapping[str, str], *, at: datetime) -> Guide:
    """The page of the procedure `code` at `at` for what is told, also as it will be on a day ahead. Raises NotFound. A
    statement for the offer, one for what is to come, one for who runs it, and one for each desk."""
    today = local(at).date()
    on = _day(told.get("on", ""), today)
    with_desk = with_desks()
    place = told.get("agency", "")
    if place not in with_desk:
        place = next(iter(with_desk), "")
    found = offer(code, agency=place, province=with_desk[place].parent if place else None, on=on)
    version = found.version
    variants, chosen, undecided = _variants(version, told)
    channels = tuple(c for c in Channel if any(e.channel is c for v in variants for e in v.channels))
    channel = next(
        (c for c in channels if c.value == told.get("channel")), next(iter(channels), Channel.COUNTER)
    )
    applicant = next((a for a in version.audience if a.value == told.get("who")), None)
    answers = _answers(version, told) | (implied_by(chosen) if chosen else {})
    first = variants[0] if variants else None
    running = agencies_running(procedure=code, variants=[first.code], on=on) if first else []
    places = [each for each in running if each in with_desk]
    elsewhere = ELSEWHERE.get(found.handled_in)
    decided = first if not undecided else None
    return Guide(
        offer=found,
        form=ChoicesForm(
            {**told, "channel": channel.value, "agency": place},
            agencies=[(each, with_desk[each].called) for each in places] if elsewhere is None else (),
            channels=channels if any(c.channels for c in version.components) else (),
            audience=version.audience if _asks_who(version) else (),
            version=version if _differ(version.variants) else None,
            questions=_questions(version, decided, channel, answers, chosen),
        ),
        variants=variants,
        undecided=undecided,
        channel=channel,
        channels=channels,
        papers=_papers(version, decided, channel, answers, applicant),
        timings=timings(found, variants, calendar=calendar_of(place), at=_at(on, today, at)),
        costs=costs(found, first, applicant=applicant or next(iter(version.audience), None), answers=answers),
        exemptions=tuple(dict.fromkeys(e for rule in version.fees for e in rule.exemptions)),
        desks=_desks(places, place, at) if elsewhere is None else (),
        other_desks=max(0, len(places) - MOST_DESKS),
        elsewhere=elsewhere,
        agency=with_desk[place].called if place else Say("", ""),
        on=on,
        is_ahead=on > today,
        coming=coming(code, on=on),
    )


def _at(on: date, today: date, at: datetime) -> datetime:
    """From when an example is reckoned: from now, or from when the office opens on a day ahead."""
    return at if on == today else datetime.combine(on, time(), ZONE)


def _day(typed: str, today: date) -> date:
    """The day asked for; today, where it is none, gone, or too far to mean anything."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return today
    return day if today <= day <= today + MOST_AHEAD else today


def _variants(
    version: ProcedureVersion, told: Mapping[str, str]
) -> tuple[tuple[Variant, ...], Variant | None, bool]:
    """Those that the answers leave, the one chosen, and whether one must be chosen for the papers."""
    for variant in version.variants:
        if variant.code == told.get("variant") or len(version.variants) == 1:
            return (variant,), variant, False
    answers = _answers(version, told)
    left = tuple(v for v in version.variants if holds(v.when, answers) is not False) or version.variants
    return left, None, _differ(left)


def _differ(variants: tuple[Variant, ...]) -> bool:
    """Whether they ask for different papers."""
    return len({v.components for v in variants}) > 1


def _answers(version: ProcedureVersion, told: Mapping[str, str]) -> dict[str, str]:
    known = {q.code: {o.code for o in q.options} for q in version.questions}
    given = {code: told.get(ASKED + code, "") for code in known}
    return {code: answer for code, answer in given.items() if answer in known[code]}


def _questions(
    version: ProcedureVersion,
    variant: Variant | None,
    channel: Channel,
    answers: Mapping[str, str],
    chosen: Variant | None,
) -> list[Question]:
    if variant is None:
        return []
    settled = implied_by(chosen) if chosen else {}
    found = questions_of(version, variant, channel=channel, answers=answers)
    return [q for q in found if q.code not in settled]


def _papers(
    version: ProcedureVersion,
    variant: Variant | None,
    channel: Channel,
    answers: Mapping[str, str],
    applicant: Audience | None,
) -> Papers:
    if variant is None:
        return Papers()
    components = version.components_of(variant.code)
    return papers_of(components, channel=channel, answers=answers, applicant=applicant)


def _asks_who(version: ProcedureVersion) -> bool:
    """Whether papers or amounts depend on who applies."""
    amounts = [a for rule in version.fees for a in rule.amounts]
    return any(c.applicants for c in version.components) or any(a.applicants for a in amounts)


def _desks(places: list[str], first: str, at: datetime) -> tuple[Desk, ...]:
    """The desks of `places` with their hours, the chosen one first."""
    shown = sorted(places, key=lambda each: each != first)[:MOST_DESKS]
    return tuple(
        desk_of(each, calendar, at=at) for each, calendar in zip(shown, calendars_of(*shown), strict=True)
    )
