"""Ten real procedures with the worst components of the catalogue: the right list for the answers given.

Eight are shipped; 2.002011 (20 variants and 94 rows on its page) and 2.000829 are settled by the province and lie in
`hard/`, keyed in the same way.
"""

import json
from pathlib import Path

import pytest

from motcua.catalogue.checking import parse
from motcua.catalogue.completeness import Completeness, Handed, Medium, check
from motcua.catalogue.shapes import Component, ComponentKind
from motcua.catalogue.starter import procedures
from motcua.catalogue.tests.hard_stories import STORIES, Story

APART = [
    parse(json.loads(p.read_text(encoding="utf-8")))
    for p in sorted(Path(__file__).parent.glob("hard/*.json"))
]
VERSIONS = {v.code: v for v in (*procedures(), *APART)}
LOOKED_UP = (ComponentKind.DATABASE, ComponentKind.VAULT)


EACH = pytest.mark.parametrize(
    "story", STORIES, ids=[f"{c.code}-{c.variant}-{n}" for n, c in enumerate(STORIES)]
)


def components(story: Story) -> dict[str, Component]:
    return {c.code: c for c in VERSIONS[story.code].components_of(story.variant)}


def look(story: Story, *handed: Handed) -> Completeness:
    return check(
        components=components(story).values(),
        channel=story.channel,
        answers=story.answers,
        handed=handed,
        applicant=story.applicant,
    )


def brought(component: Component) -> Handed:
    if component.kind in LOOKED_UP:
        return Handed(component.code, medium=Medium(component.kind.value))
    shown = component.kind is ComponentKind.SHOW_ONLY
    return Handed(component.code, component.originals, component.copies, shown=shown)


def alternatives(story: Story) -> dict[str, list[list[str]]]:
    """Group -> the papers of each of its alternatives."""
    return {group: [a.split("+") for a in text.split()] for group, text in story.one_of.items()}


def enough(story: Story) -> list[str]:
    """A set that is just enough: of each group its last alternative."""
    chosen = [code for ways in alternatives(story).values() for code in ways[-1]]
    return [*story.hand_in.split(), *chosen, *story.show.split(), *story.look_up.split()]


def test_ten_procedures_are_tried() -> None:
    assert len({story.code for story in STORIES}) == 10
    assert len(VERSIONS["2.002011"].variants) == 18


@EACH
def test_the_list_is_the_right_one(story: Story) -> None:
    """ND 118/2025 art. 17(2)(a): what is asked for, and nothing else."""
    seen, known = look(story), components(story)
    assert seen.unanswered == ()
    needed = [known[code] for code in seen.needed]
    groups: dict[str, dict[str, list[str]]] = {}
    for c in needed:
        if c.group is not None:
            groups.setdefault(c.group, {}).setdefault(c.alternative or c.code, []).append(c.code)
    handed_in = (ComponentKind.REQUIRED, ComponentKind.REQUIRED_IF)
    assert {c.code for c in needed if c.kind in handed_in} == set(story.hand_in.split())
    assert {g: list(ways.values()) for g, ways in groups.items()} == alternatives(story)
    assert {c.code for c in needed if c.kind is ComponentKind.SHOW_ONLY} == set(story.show.split())
    assert {c.code for c in needed if c.kind in LOOKED_UP} == set(story.look_up.split())
    notes = [c for c in known.values() if c.kind is ComponentKind.NOTE]
    assert len([c for c in notes if not c.channels or story.channel in c.channels]) == story.notes


@EACH
def test_a_complete_set_is_accepted_and_each_missing_paper_is_named(story: Story) -> None:
    known, whole = components(story), enough(story)
    assert look(story, *(brought(known[code]) for code in whole)).complete
    for gone in whole:
        answer = look(story, *(brought(known[code]) for code in whole if code != gone))
        named = {code for missing in answer.missing for code in missing.components}
        assert gone in named
        assert all(code == gone or known[code].group == known[gone].group is not None for code in named)
        assert known[gone].name.vi in answer.missing[0].reason.vi
        assert known[gone].name.en in answer.missing[0].reason.en


@EACH
def test_every_alternative_is_enough_and_no_half_of_one(story: Story) -> None:
    known = components(story)
    for group, ways in alternatives(story).items():
        rest = [code for code in enough(story) if known[code].group != group]
        for papers in ways:
            assert look(story, *(brought(known[code]) for code in [*rest, *papers])).complete
            for half in range(len(papers)):
                some = papers[:half] + papers[half + 1 :]
                answer = look(story, *(brought(known[code]) for code in [*rest, *some]))
                assert [set(m.components) for m in answer.missing] == [{p for way in ways for p in way}]


@EACH
def test_an_answer_left_out_is_asked_for(story: Story) -> None:
    """Nothing is accepted on a guess: without an answer that decides, the question is told."""
    for question in story.answers:
        without = {code: answer for code, answer in story.answers.items() if code != question}
        known = components(story)
        seen = check(
            components=known.values(),
            channel=story.channel,
            answers=without,
            handed=[brought(known[code]) for code in enough(story)],
            applicant=story.applicant,
        )
        decides = {c.when.question for c in known.values() if c.when is not None}
        if question in decides:
            assert question in seen.unanswered
            assert not seen.complete
