"""Ten real procedures with the worst components of the catalogue: the right list for the answers given."""

import pytest

from motcua.catalogue.completeness import Completeness, Handed, check
from motcua.catalogue.shapes import ComponentKind
from motcua.catalogue.tests.hard_sets import LOOKED_UP, VERSIONS, alternatives, brought, components, enough
from motcua.catalogue.tests.hard_stories import STORIES, Story

EACH = pytest.mark.parametrize(
    "story", STORIES, ids=[f"{c.code}-{c.variant}-{n}" for n, c in enumerate(STORIES)]
)


def look(story: Story, *handed: Handed) -> Completeness:
    return check(
        components=components(story).values(),
        channel=story.channel,
        answers=story.answers,
        handed=handed,
        applicant=story.applicant,
    )


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
