"""Conditions on several answers: read in order, asked only as far as they still decide."""

from collections.abc import Mapping
from itertools import product

from hypothesis import given, strategies as st

from motcua.catalogue.conditions import asked, holds, led_to, open_question, within
from motcua.catalogue.shapes import Condition

QUESTIONS = ("a", "b", "c")
ANSWERS = ("yes", "no", "other")

CONDITIONS = st.recursive(
    st.builds(
        Condition,
        st.sampled_from(QUESTIONS),
        st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=2, unique=True).map(tuple),
    ),
    lambda inner: st.builds(
        Condition,
        st.sampled_from(QUESTIONS),
        st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=2, unique=True).map(tuple),
        st.lists(inner, max_size=2).map(tuple),
    ),
    max_leaves=5,
)
GIVEN = st.dictionaries(st.sampled_from(QUESTIONS), st.sampled_from(ANSWERS))
WHOLE = st.fixed_dictionaries({q: st.sampled_from(ANSWERS) for q in QUESTIONS})


def every_part(condition: Condition, answers: Mapping[str, str]) -> bool:
    """The meaning, without any order: all parts fit."""
    return all(answers[part.question] in part.answers for part in within(condition))


@given(CONDITIONS, WHOLE)
def test_with_every_answer_it_is_plain_and(condition: Condition, answers: dict[str, str]) -> None:
    assert holds(condition, answers) is every_part(condition, answers)
    assert open_question(condition, answers) is None


@given(CONDITIONS, GIVEN)
def test_what_is_decided_stays_so_whatever_is_answered_later(
    condition: Condition, answers: dict[str, str]
) -> None:
    held = holds(condition, answers)
    left = [q for q in QUESTIONS if q not in answers]
    ends = {
        holds(condition, answers | dict(zip(left, more, strict=True)))
        for more in product(ANSWERS, repeat=len(left))
    }
    if held is not None:
        assert ends == {held}
    else:
        assert open_question(condition, answers) in left


def test_what_led_to_a_question_stands_right_before_it() -> None:
    chain = Condition("a", ("yes",), (Condition("b", ("no",)), Condition("c", ("no",))))
    assert [list(led_to(chain, question)) for question in QUESTIONS] == [[], ["a"], ["b"]]


@given(CONDITIONS, GIVEN)
def test_answering_what_is_asked_comes_to_an_end(condition: Condition, answers: dict[str, str]) -> None:
    """Each answer to the open question brings it nearer; a question already answered is never open."""
    so_far = dict(answers)
    for _ in QUESTIONS:
        question = open_question(condition, so_far)
        if question is None:
            break
        assert question not in so_far
        assert question in set(asked(condition, so_far))
        so_far[question] = "yes"
    assert holds(condition, so_far) is not None


def test_a_question_that_no_longer_decides_is_not_asked() -> None:
    birth = Condition("notice", ("no",), (Condition("witness"),))
    assert list(asked(birth, {})) == ["notice"]
    assert list(asked(birth, {"notice": "yes"})) == ["notice"]
    assert holds(birth, {"notice": "yes"}) is False
    assert list(asked(birth, {"notice": "no"})) == ["notice", "witness"]
    assert open_question(birth, {"notice": "no"}) == "witness"
    assert holds(birth, {"notice": "no", "witness": "yes"}) is True
    assert holds(None, {}) is True
    assert list(asked(None, {})) == []
    assert open_question(None, {}) is None
