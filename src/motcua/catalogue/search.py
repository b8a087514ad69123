"""Finding a procedure in plain words: no accents, typing errors, abbreviations, everyday names. Pure; an `Index` is
built once and asked often. Each syllable counts, two side by side count more (most Vietnamese words are two), an
everyday name said whole counts most. What stands in no procedure is read as the nearest that does."""

import functools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from motcua.catalogue.spelling import Spelling
from motcua.kernel.text import fold

Words = tuple[str, ...]
Postings = dict[int, float]

_SPLIT = re.compile(r"[^a-z0-9]+")
_CODE = re.compile(r"[0-9.]{4,}")
MOST_WORDS = 24  # of what is typed; nobody reads on
IN_TITLE, IN_NAME, IN_SECTOR, IN_ENGLISH = 1.0, 1.2, 0.3, 0.8
PAIRED = 1.6  # two syllables side by side, against one
SAID_WHOLE, SAID_JUST_SO = 2.0, 4.0
SLIGHT = 0.15  # of a word that says little
MEANT, MEANT_TOO = 0.8, 0.4  # of what everyday words mean, against what is typed
LEAST = 0.3  # of the best: what scores less is not shown


def words_of(text: str) -> Words:
    """The syllables of `text`, folded; i and y are one, as people write both."""
    return tuple(part for part in _SPLIT.split(fold(text).replace("y", "i")) if part)


# Of what is published, which is read again with each new index; never of what people type.
_published = functools.lru_cache(maxsize=16384)(words_of)


@dataclass(frozen=True, slots=True)
class Searched:
    """What of a procedure is searched."""

    code: str
    title: str
    names: tuple[str, ...] = ()
    sector: str = ""
    english: str = ""


@dataclass(frozen=True, slots=True)
class Language:
    """How people speak: words that say little, and what everyday words mean."""

    slight: frozenset[Words] = frozenset()
    means: Mapping[Words, Words] = field(default_factory=dict)


class Index:
    """The procedures in a form that answers at once."""

    def __init__(self, procedures: Iterable[Searched], language: Language) -> None:
        self._docs: Sequence[Searched] = tuple(procedures)
        self._language = language
        self._single: dict[str, Postings] = defaultdict(dict)
        self._pair: dict[Words, Postings] = defaultdict(dict)
        self._names: dict[str, list[tuple[Words, int]]] = defaultdict(list)
        lengths = [len(_published(doc.title)) for doc in self._docs]
        usual = sum(lengths) / len(lengths) if lengths else 1.0
        for i, doc in enumerate(self._docs):
            # A long title that holds the words says less about them than a short one.
            self._add(i, _published(doc.title), IN_TITLE / (0.6 + 0.4 * lengths[i] / usual))
            self._add(i, _published(doc.sector), IN_SECTOR)
            self._add(i, _published(doc.english), IN_ENGLISH / (0.6 + 0.4 * lengths[i] / usual))
            for name in filter(None, map(_published, doc.names)):
                self._add(i, name, IN_NAME)
                self._names[name[0]].append((name, i))
        said = {word for phrase in language.means for word in phrase}
        self._spelling = Spelling({*self._single, *said, *(w for phrase in language.slight for w in phrase)})

    def _add(self, doc: int, words: Words, weight: float) -> None:
        for word in words:
            held = self._single[word]
            held[doc] = max(held.get(doc, 0.0), weight)
        for pair in zip(words, words[1:], strict=False):
            held = self._pair[pair]
            held[doc] = max(held.get(doc, 0.0), weight)

    def find(self, typed: str) -> list[str]:
        """The codes of the procedures that `typed` may mean, the likeliest first."""
        typed = fold(typed)
        numbers = [number for number in _CODE.findall(typed) if any(c.isdigit() for c in number)]
        coded = [doc.code for doc in self._docs if any(number in doc.code for number in numbers)]
        scores: Postings = defaultdict(float)
        words = self._mended(self._spelling.read(words_of(typed)[:MOST_WORDS]))
        self._score(words, 1.0, scores)
        for meant, factor in self._meant(words):
            self._score(meant, factor, scores)
        if not scores:
            return coded
        enough = max(scores.values()) * LEAST
        ranked = sorted(
            (i for i, score in scores.items() if score >= enough),
            key=lambda i: (-scores[i], len(self._docs[i].title), self._docs[i].code),
        )
        return list(dict.fromkeys([*coded, *(self._docs[i].code for i in ranked)]))

    def _mended(self, words: Words) -> Words:
        """`words` with each unknown one read as what stands beside its neighbours most often, if anything does."""
        mended = list(words)
        for i, word in enumerate(words):
            pairs = [
                (len(self._pair[pair]), other)
                for other, likeness in self._spelling.near(word)
                if likeness < 1
                for pair in (tuple(mended[i - 1 : i]) + (other,), (other, *words[i + 1 : i + 2]))
                if pair in self._pair
            ]
            mended[i] = max(pairs)[1] if pairs else word
        return tuple(mended)

    def _meant(self, words: Words) -> Iterable[tuple[Words, float]]:
        """What everyday words mean, and how far that counts: less where they stand in procedures themselves."""
        for start in range(len(words)):
            for end in range(start + 1, min(start + 5, len(words)) + 1):
                if (meaning := self._language.means.get(said := words[start:end])) is not None:
                    itself = len(said) > 1 and all(p in self._pair for p in zip(said, said[1:], strict=False))
                    yield meaning, MEANT_TOO if itself else MEANT

    def _score(self, words: Words, factor: float, scores: Postings) -> None:
        slight = self._slight(words)
        for i, word in enumerate(words):
            for near, likeness in self._spelling.near(word):
                self._give(
                    self._single.get(near), factor * likeness * (SLIGHT if i in slight else 1.0), scores
                )
        for i, pair in enumerate(zip(words, words[1:], strict=False)):
            weak = SLIGHT if i in slight and i + 1 in slight else 1.0
            for near_pair, likeness in self._near_pairs(pair):
                self._give(self._pair.get(near_pair), factor * PAIRED * likeness * weak, scores)
        for i, word in enumerate(words):
            for name, doc in self._names.get(word, ()):
                if words[i : i + len(name)] == name:
                    just_so = SAID_JUST_SO if len(name) == len(words) else SAID_WHOLE
                    scores[doc] += factor * just_so * sum(self._rarity(self._single[w]) for w in name) / 2

    def _near_pairs(self, pair: Words) -> Iterable[tuple[Words, float]]:
        if pair in self._pair:
            yield pair, 1.0
            return
        for first, like_first in ((pair[0], 1.0), *self._spelling.mistaken(pair[0])):
            for second, like_second in ((pair[1], 1.0), *self._spelling.mistaken(pair[1])):
                if (first, second) in self._pair:
                    yield (first, second), like_first * like_second

    def _slight(self, words: Words) -> frozenset[int]:
        """The places of the words that say little."""
        longest = 4
        return frozenset(
            place
            for start in range(len(words))
            for end in range(start + 1, min(start + longest, len(words)) + 1)
            if words[start:end] in self._language.slight
            for place in range(start, end)
        )

    def _give(self, postings: Postings | None, factor: float, scores: Postings) -> None:
        if postings:
            worth = factor * self._rarity(postings)
            for doc, weight in postings.items():
                scores[doc] += worth * weight

    def _rarity(self, postings: Postings) -> float:
        return math.log(1 + len(self._docs) / len(postings))
