"""Whether a condition holds for the answers given, and which questions it still asks. Pure.

A condition is read in order, like a careful clerk does: its own question first, then each of `also`. It fails at the
first answer that does not fit and stays open at the first question without one, so a question that no longer decides
anything is not asked.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from motcua.catalogue.shapes import Condition


def holds(condition: Condition | None, answers: Mapping[str, str]) -> bool | None:
    """Whether `condition` holds (none: always); None while a question it needs is not answered."""
    if condition is None:
        return True
    answer = answers.get(condition.question)
    if answer is None:
        return None
    if answer not in condition.answers:
        return False
    for part in condition.also:
        held = holds(part, answers)
        if held is not True:
            return held
    return True


def asked(condition: Condition | None, answers: Mapping[str, str]) -> Iterator[str]:
    """The questions to show for `condition`: those that were needed so far, the first open one last."""
    if condition is None:
        return
    yield condition.question
    if answers.get(condition.question) not in condition.answers:
        return
    for part in condition.also:
        yield from asked(part, answers)
        if holds(part, answers) is not True:
            return


def open_question(condition: Condition | None, answers: Mapping[str, str]) -> str | None:
    """The one question that must be answered next to decide `condition`; None when it is decided."""
    if holds(condition, answers) is not None:
        return None
    return next(code for code in asked(condition, answers) if code not in answers)


def led_to(condition: Condition | None, question: str) -> Iterator[str]:
    """The questions in `condition` that come right before `question`, which is asked where they were answered so."""
    for part in within(condition):
        before = [part.question, *(each.question for each in part.also)]
        yield from (a for a, b in pairwise(before) if b == question)


def within(condition: Condition | None) -> Iterator[Condition]:
    """`condition` and all that stand in it."""
    if condition is not None:
        yield condition
        for part in condition.also:
            yield from within(part)
