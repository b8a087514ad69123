"""Typing errors in single syllables: what was likely meant, among the syllables that there are. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable

SLIPPED = 0.6  # of a syllable read as another
_SPOKEN = (("ngh", "ng"), ("gh", "g"), ("tr", "ch"), ("gi", "d"), ("qu", "k"), ("c", "k"), ("ck", "ch"))
_LETTERS = (
    (re.compile("aa|aw"), "a"),
    (re.compile("oo|ow"), "o"),
    (re.compile("ee"), "e"),
    (re.compile("uw"), "u"),
)


class Spelling:
    """The syllables that there are, and how people miss them."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._shortened: dict[str, set[str]] = defaultdict(set)
        self._spoken: dict[str, set[str]] = defaultdict(set)
        for word in self._known:
            if word.isalpha():
                for short in (word, *_shortened(word)):
                    self._shortened[short].add(word)
                self._spoken[_spoken(word)].add(word)

    def read(self, words: Iterable[str]) -> tuple[str, ...]:
        """`words` with those mended that only the keyboard made: telex left as keys, syllables run together."""
        read: list[str] = []
        for word in words:
            if word in self._known:
                read.append(word)
            elif (bare := _without_telex(word)) in self._known:
                read.append(bare)
            else:
                read += self._apart(word) or [word]
        return tuple(read)

    def near(self, word: str) -> tuple[tuple[str, float], ...]:
        """What `word` is: itself where it is known, else the likeliest others."""
        return ((word, 1.0),) if word in self._known else self.mistaken(word)

    def mistaken(self, word: str) -> tuple[tuple[str, float], ...]:
        """What `word` may stand for instead: sounded alike, or one letter more, less, other or out of place."""
        if len(word) < 2 or not word.isalpha():
            return ()
        near = set(self._spoken.get(_spoken(word), ()))
        for short in (word, *_shortened(word)):
            if len(short) > 1:
                near |= self._shortened.get(short, set())
        return tuple((other, SLIPPED) for other in sorted(near - {word}))

    def _apart(self, word: str) -> list[str] | None:
        """The fewest known syllables that `word` is made of; None where it is not."""
        best: list[list[str] | None] = [[]] + [None] * len(word)
        for end in range(2, len(word) + 1):
            for start in range(max(0, end - 7), end - 1):
                before = best[start]
                if before is not None and word[start:end] in self._known:
                    held = best[end]
                    if held is None or len(before) + 1 < len(held):
                        best[end] = [*before, word[start:end]]
        return best[-1] or None


def _shortened(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


def _spoken(word: str) -> str:
    """How `word` sounds to many: s as x, tr as ch, d as gi, n as l, ending n as ng."""
    for written, heard in _SPOKEN:
        if word.startswith(written):
            word = heard + word[len(written) :]
            break
    word = word.replace("s", "x", 1) if word.startswith("s") else word
    word = "l" + word[1:] if word.startswith("n") and not word.startswith(("ng", "nh")) else word
    return word[:-1] if word.endswith("ng") else word


def _without_telex(word: str) -> str:
    for doubled, letter in _LETTERS:
        word = doubled.sub(letter, word)
    word = word.replace("dd", "d")
    return word[:-1] if len(word) > 2 and word[-1] in "sfrxj" else word
