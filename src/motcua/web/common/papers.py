"""What to bring for the answers given: the papers that apply, alternatives together, and what need not be brought."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from motcua.catalogue.completeness import check
from motcua.catalogue.conditions import asked, holds, led_to, within
from motcua.catalogue.shapes import (
    LOOKED_UP,
    UNJUDGED,
    Audience,
    Channel,
    Component,
    ComponentKind,
    Condition,
    ProcedureVersion,
    Question,
    Source,
    Variant,
)
from motcua.dossiers.tracked import OpenItem
from motcua.web.common.eform_words import AND, IS
from motcua.web.common.wording import say

ASKED = "ask-"  # before the code of a question, in the address of a procedure's page


def asked_for(items: Iterable[OpenItem], version: ProcedureVersion) -> list[str]:
    """What the desk asked for, in words: the paper, and what is wrong with it."""
    names = {c.code: say(c.name) for c in version.components}
    both = ((names.get(one.component or ""), one.text) for one in items)
    return [": ".join(dict.fromkeys(part for part in parts if part)) for parts in both]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Papers of which one whole alternative is enough."""

    ways: tuple[tuple[Component, ...], ...]


@dataclass(frozen=True, slots=True)
class Papers:
    """What applies: to hand in, one of several, to show and take back, looked up by the agency, notes. `open`: so
    many papers hang on questions that are not answered; `announced`: under each heading, what nobody has judged yet."""

    hand_in: tuple[Component, ...] = ()
    one_of: tuple[Alternatives, ...] = ()
    show: tuple[Component, ...] = ()
    looked_up: tuple[Component, ...] = ()
    notes: tuple[Component, ...] = ()
    open: int = 0
    announced: tuple[tuple[str, tuple[Component, ...]], ...] = ()

    @property
    def none_named(self) -> bool:
        """Whether no paper at all is listed."""
        return not (self.hand_in or self.one_of or self.show or self.looked_up or self.open or self.announced)


def papers_of(
    components: tuple[Component, ...],
    *,
    channel: Channel,
    answers: Mapping[str, str],
    applicant: Audience | None,
) -> Papers:
    """The papers of `components` that apply on `channel` for these answers and this applicant."""
    checked = check(components=components, channel=channel, answers=answers, handed=(), applicant=applicant)
    active = [c for c in components if c.code in checked.needed]
    alone = [c for c in active if c.group is None]
    return Papers(
        hand_in=tuple(c for c in alone if c.kind not in LOOKED_UP and c.kind is not ComponentKind.SHOW_ONLY),
        one_of=tuple(_groups(c for c in active if c.group is not None)),
        show=tuple(c for c in alone if c.kind is ComponentKind.SHOW_ONLY),
        looked_up=tuple(c for c in alone if c.kind in LOOKED_UP),
        notes=tuple(c for c in components if c.kind is ComponentKind.NOTE and _on(c, channel)),
        announced=tuple(_announced(components)),
        open=sum(_may_apply(c, channel, applicant, answers) for c in components),
    )


def questions_of(
    version: ProcedureVersion, variant: Variant, *, channel: Channel, answers: Mapping[str, str]
) -> list[Question]:
    """The questions that a paper or a fee of `variant` hangs on for the answers so far; what the choice of the
    variant has answered is not asked."""
    hanging = conditions_of(version, variant, channel=channel)
    wanted = {code for condition in hanging for code in asked(condition, answers)}
    return [q for q in version.questions if q.code in wanted]


def conditions_of(version: ProcedureVersion, variant: Variant, *, channel: Channel) -> list[Condition | None]:
    """What the papers and fees of `variant` hang on."""
    found = [c.when for c in version.components_of(variant.code) if _on(c, channel)]
    for rule in version.fees_of(variant.code, channel):
        found += [rule.when, *(e.when for e in rule.exemptions)]
    return found


def behind(
    question: str,
    *,
    version: ProcedureVersion,
    variant: Variant,
    channel: Channel,
    answers: Mapping[str, str],
) -> str:
    """The answers that led to `question`, in words."""
    known = {one.code: one for one in version.questions}
    hanging = conditions_of(version, variant, channel=channel)
    led = dict.fromkeys(code for one in hanging for code in led_to(one, question) if code in answers)
    return say(AND).join(
        say(IS).format(what=say(known[code].text).rstrip(" ?"), which=f"“{say(option.label)}”")
        for code in led
        for option in known[code].options
        if option.code == answers[code]
    )


def implied_by(variant: Variant) -> dict[str, str]:
    """What the choice of `variant` has answered already."""
    return {part.question: part.answers[0] for part in within(variant.when) if len(part.answers) == 1}


def spared(component: Component) -> bool:
    """Whether the agency looks it up first, so that it is brought only where nothing is found."""
    return Source.DATABASE in component.sources and component.kind not in LOOKED_UP


def _groups(components: Iterable[Component]) -> Iterable[Alternatives]:
    groups: dict[str, dict[str, list[Component]]] = {}
    for c in components:
        ways = groups.setdefault(str(c.group), {})
        ways.setdefault(f"={c.alternative}" if c.alternative else c.code, []).append(c)
    for ways in groups.values():
        yield Alternatives(tuple(tuple(way) for way in ways.values()))


def _announced(components: Iterable[Component]) -> Iterable[tuple[str, tuple[Component, ...]]]:
    said = (c for c in components if c.kind is ComponentKind.ANNOUNCED)
    for heading, under in groupby(said, key=lambda c: c.heading or ""):
        yield heading, tuple(under)


def _on(component: Component, channel: Channel) -> bool:
    return not component.channels or channel in component.channels


def _may_apply(
    component: Component, channel: Channel, applicant: Audience | None, answers: Mapping[str, str]
) -> bool:
    if component.kind in UNJUDGED or not _on(component, channel):
        return False
    if component.applicants and applicant is not None and applicant not in component.applicants:
        return False
    return holds(component.when, answers) is None
