"""Who plays in a demonstration: how many come when, with what, to live which life."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from random import Random
from typing import TypeVar

from motcua.calendars.calendar import WorkCalendar
from motcua.catalogue.completeness import Handed, Medium, check
from motcua.catalogue.fees import Quantities
from motcua.catalogue.shapes import Channel, Component, ComponentKind, ProcedureVersion
from motcua.cli.demo_lives import Part
from motcua.cli.demo_people import Crowd
from motcua.cli.demo_stories import STORIES, Cast, Story, is_open_online, length
from motcua.flows.installation import DemoBegun
from motcua.flows.reception import Intake
from motcua.kernel.time import ZONE, local
from motcua.parties.operations import Particulars

T = TypeVar("T")
Versions = Mapping[str, ProcedureVersion]
Plays = Sequence[tuple[Story, Part]]

# How often a procedure is asked for, out of a hundred or so; what is not named here: now and then.
ASKED_FOR = {
    "2.000815": 30,
    "1.004873": 24,
    "2.000884": 20,
    "1.001193": 12,
    "2.000635": 10,
    "2.000908": 6,
    "1.000894": 9,
    "1.000656": 8,
    "1.004859": 8,
    "1.004884": 6,
    "2.000992": 5,
    "1.004837": 3,
    "2.000528": 3,
    "1.004746": 3,
    "1.005461": 3,
}
SELDOM = 1
COUPLES = frozenset({"1.000894", "1.000593", "1.004746", "2.000513", "2.000806"})
ABOUT_A_CHILD = frozenset(
    {"1.000689", "1.001193", "1.001695", "1.003583", "1.004837", "1.001669", "2.000528", "2.001263"}
)
ABOUT_A_DECEASED = frozenset({"1.000419", "1.000656", "1.005461", "2.000497"})

WEEKDAYS = (1.55, 1.1, 1.0, 1.0, 0.9, 0.6, 0.5)  # Mondays are full
HALF_HOUR = timedelta(minutes=30)
# Half hours of the day: a rush after opening, less towards noon, a smaller rush after the break.
RUSH = {
    15: 6,
    16: 9,
    17: 10,
    18: 9,
    19: 8,
    20: 6,
    21: 5,
    22: 3,
    26: 5,
    27: 7,
    28: 6,
    29: 5,
    30: 4,
    31: 3,
    32: 2,
}


def plays(
    terms: DemoBegun,
    *,
    versions: Versions,
    calendar: WorkCalendar,
    place: str,
    words: Mapping[str, Sequence[str]],
) -> Plays:
    """The lives of one demonstration in the order in which they begin; the same for the same `terms`."""
    chance = Random(f"{terms.seed}/cast")  # noqa: S311 - a play, no secrets
    begin = arrivals(terms, calendar, chance)
    today = local(terms.until).date()
    crowd = Crowd(f"{terms.seed}/people", place=place, today=today)
    working = max(
        1, calendar.working_days_between(local(terms.until).date() - timedelta(days=terms.days), today)
    )
    stories = [(chance.uniform(*story.when), n, story) for n, story in enumerate(quotas(len(begin), chance))]
    casts = _procedures(
        [story for _, _, story in sorted(stories, key=lambda s: s[:2])], versions, working, chance
    )
    found = []
    for number, (moment, cast) in enumerate(zip(begin, casts, strict=True), 1):
        own = Random(f"{terms.seed}/life/{number}")  # noqa: S311
        version = versions[cast.procedure]
        arrival = _from_home(moment, terms.until, own) if cast.story.online else moment
        part = Part(
            number=number,
            intake=_intake(terms.agency, version, cast, crowd, own),
            version=version,
            arrival=arrival,
            chance=own,
            calendar=calendar,
            words=words,
        )
        found.append((cast.story, part))
    return found


def arrivals(terms: DemoBegun, calendar: WorkCalendar, chance: Random) -> list[datetime]:
    """When people come to the counters, in order: office hours only, none in the last half hour before `until`."""
    last = local(terms.until) - HALF_HOUR
    first = local(terms.until) - timedelta(days=terms.days)
    midnight = datetime.combine(first.date(), time(), ZONE)
    slots = [midnight + n * HALF_HOUR for n in range(48 * (terms.days + 1))]
    open_slots = [s for s in slots if first <= s <= last - HALF_HOUR and calendar.deemed_opening(s) == s]
    if not open_slots:
        return []
    weights = [RUSH.get(s.hour * 2 + s.minute // 30, 1) * WEEKDAYS[s.weekday()] for s in open_slots]
    chosen = chance.choices(open_slots, weights, k=terms.dossiers)
    return sorted(slot + timedelta(seconds=chance.randrange(1800)) for slot in chosen)


def quotas(count: int, chance: Random) -> list[Story]:
    """`count` stories in their shares, each at least once where there is room for all."""
    total = sum(story.weight for story in STORIES)
    least = 1 if count >= len(STORIES) else 0
    exact = [max(least, count * story.weight / total) for story in STORIES]
    whole = [int(share) for share in exact]
    by_rest = sorted(range(len(STORIES)), key=lambda n: (whole[n] - exact[n], n))
    for n in by_rest[: max(0, count - sum(whole))]:
        whole[n] += 1
    stories = [story for story, times in zip(STORIES, whole, strict=True) for _ in range(times)]
    chance.shuffle(stories)
    while len(stories) > count:  # what was rounded up is taken from the commonest
        stories.remove(Counter(stories).most_common(1)[0][0])
    return stories


def _procedures(stories: Sequence[Story], versions: Versions, working: int, chance: Random) -> list[Cast]:
    casts = [_cast(story, versions, working, chance) for story in stories]
    for missing in sorted(set(versions) - {cast.procedure for cast in casts}):
        counts = Counter(cast.procedure for cast in casts)
        places = [
            n
            for n, cast in enumerate(casts)
            if cast.story.name in ("early", "on_time") and counts[cast.procedure] > 1
        ]
        if places:
            n = chance.choice(places)
            casts[n] = _cast(casts[n].story, {missing: versions[missing]}, working, chance)
    return casts


def _cast(story: Story, versions: Versions, working: int, chance: Random) -> Cast:
    fitting = [
        (code, variant.code)
        for code, version in sorted(versions.items())
        for variant in version.variants
        if story.fits(version, variant.code) and (not story.online or is_open_online(version, variant.code))
    ]
    brief = [(p, v) for p, v in fitting if length(versions[p], v) <= max(1, working // 3)]
    # Where no procedure of the agency allows the story, it is an ordinary life.
    choices = (brief if story.quick else ()) or fitting
    if not choices:
        return _cast(STORIES[0], versions, working, chance)
    weights = [ASKED_FOR.get(p, SELDOM) / (1 + length(versions[p], v)) ** 0.7 for p, v in choices]
    procedure, variant = chance.choices(choices, weights)[0]
    return Cast(story, procedure, variant)


def _from_home(moment: datetime, until: datetime, chance: Random) -> datetime:
    """Some send theirs in the evening."""
    evening = datetime.combine(moment.date(), time(19), ZONE) + timedelta(minutes=chance.randrange(180))
    return evening if chance.random() < 0.4 and evening < until - HALF_HOUR else moment


def _intake(agency: str, version: ProcedureVersion, cast: Cast, crowd: Crowd, chance: Random) -> Intake:
    open_channels = [c.channel for c in version.variant(cast.variant).channels]
    by_post = Channel.POST in open_channels and chance.random() < 0.06
    channel = Channel.ONLINE if cast.story.online else Channel.POST if by_post else Channel.COUNTER
    answers = _answers(version, cast.variant, chance)
    return Intake(
        agency=agency,
        procedure=cast.procedure,
        variant=cast.variant,
        channel=channel.value,
        people=tuple(_people(cast.procedure, crowd)),
        handed=tuple(hand_in(version.components_of(cast.variant), channel, answers, chance)),
        answers=answers,
        quantities=Quantities(
            documents=chance.choice((1, 1, 2)),
            copies=chance.choice((0, 1, 1, 2, 3)),
            pages=chance.choice((1, 2, 2, 4)),
            signatures=1,
        ),
    )


def intake_of(agency: str, version: ProcedureVersion, variant: str, crowd: Crowd, chance: Random) -> Intake:
    """What somebody brings to the counter for one variant of a procedure, all that is asked."""
    brought = _intake(agency, version, Cast(STORIES[0], version.code, variant), crowd, chance)
    handed = hand_in(version.components_of(variant), Channel.COUNTER, brought.answers, chance)
    return replace(brought, channel=Channel.COUNTER.value, handed=tuple(handed))


def _people(procedure: str, crowd: Crowd) -> list[tuple[str, Particulars]]:
    if procedure in COUPLES:
        return [("applicant", person) for person in crowd.couple()]
    applicant = crowd.adult()
    people = [("applicant", applicant)]
    if procedure in ABOUT_A_CHILD:
        people.append(("subject", crowd.child(applicant)))
    elif procedure in ABOUT_A_DECEASED:
        people.append(("subject", crowd.deceased(applicant)))
    return people


def _answers(version: ProcedureVersion, variant: str, chance: Random) -> dict[str, str]:
    """An answer to each question, mostly the plainest (the last); the variant's own is what makes the variant."""
    answers = {
        q.code: (q.options[-1] if chance.random() < 0.8 else chance.choice(q.options)).code
        for q in version.questions
    }
    when = version.variant(variant).when
    if when is not None:
        answers[when.question] = chance.choice(when.answers)
    return answers


def hand_in(
    components: Sequence[Component], channel: Channel, answers: Mapping[str, str], chance: Random
) -> list[Handed]:
    """Just what is needed, as the rule of completeness itself says: one of each group of alternatives."""
    by_code = {c.code: c for c in components}
    handed: list[Handed] = []
    while missing := check(components=components, channel=channel, answers=answers, handed=handed).missing:
        handed += [_handed(by_code[chance.choice(m.components)], channel) for m in missing]
    return handed


def _handed(component: Component, channel: Channel) -> Handed:
    if component.kind in (ComponentKind.DATABASE, ComponentKind.VAULT):
        return Handed(component.code, medium=Medium(component.kind.value))
    return Handed(
        component.code,
        originals=component.originals or (0 if component.copies else 1),
        copies=component.copies,
        medium=Medium.ELECTRONIC if channel is Channel.ONLINE else Medium.PAPER,
        shown=component.kind is ComponentKind.SHOW_ONLY,
    )
