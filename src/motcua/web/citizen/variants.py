"""The variants of a procedure as who applies chooses among them; what only the officer answers is left to them."""

from collections.abc import Iterable
from functools import cached_property

from motcua.catalogue.conditions import within
from motcua.catalogue.selectors import Offer, offered_variant
from motcua.catalogue.shapes import Channel, LimitUnit
from motcua.kernel.say import Say
from motcua.web.common.limits import limit_words
from motcua.web.common.papers import implied_by


class Variants:
    """The variants of an offer that an agency takes online."""

    def __init__(self, found: Offer, taken: Iterable[str]) -> None:
        self._offer, self._taken = found, tuple(taken)
        self._officers = {question.code for question in found.version.questions if question.by_officer}

    @cached_property
    def choices(self) -> dict[str, list[str]]:
        """What is chosen among, each with all that the officer may find it to be at reception: variants that differ
        only by what the officer answers are one choice, the first of them."""
        found: dict[object, list[str]] = {}
        for code in self._taken:
            told = {(one.question, one.answers) for one in within(self._offer.version.variant(code).when)}
            apart = frozenset(each for each in told if each[0] not in self._officers)
            found.setdefault(apart if self._officers else code, []).append(code)
        return {codes[0]: codes for codes in found.values()}

    @property
    def labels(self) -> dict[str, Say]:
        """Each choice in words: the variant's, or, where it stands for several, the answers that lead to them."""
        return {code: self._label(code) for code in self.choices}

    def _label(self, code: str) -> Say:
        variant = self._offer.version.variant(code)
        told = {one.question: one.answers for one in within(variant.when)}
        labels = [
            option.label
            for question in self._offer.version.questions
            for option in question.options
            if not question.by_officer and option.code in told.get(question.code, ())
        ]
        if len(self.choices[code]) == 1 or not labels:
            return variant.label
        return Say("; ".join(one.vi for one in labels), "; ".join(one.en or one.vi for one in labels))

    def chosen(self, typed: str) -> str:
        """The choice that was `typed`, or the first one."""
        return typed if typed in self.choices else next(iter(self.choices))

    def implied(self, code: str) -> dict[str, str]:
        """What the choice answered for who applies; what the officer answers is nobody's word yet."""
        answered = implied_by(self._offer.version.variant(code))
        return {question: told for question, told in answered.items() if question not in self._officers}

    def times(self, code: str) -> list[tuple[Say, Say]]:
        """How long it takes online, as the agency promises, in each variant that the officer may find the choice to be:
        the variant, and the time."""
        told = []
        for one in self.choices[code]:
            entry = self._offer.version.channel(one, Channel.ONLINE)
            if entry is None or entry.limit.unit is LimitUnit.UNKNOWN:
                continue
            promise = offered_variant(self._offer, variant=one, channel=Channel.ONLINE.value).promise
            told.append(
                (self._offer.version.variant(one).label, limit_words(promise.unit.value, promise.value))
            )
        return told
