"""Finding a procedure in plain words: no accents, typing errors, abbreviations, everyday names. Pure; an `Index` is
built once and asked often. Each syllable counts, two side by side count more (most Vietnamese words are two), an
everyday name said whole counts most; accents count where they are typed. What stands in no procedure is read as the
nearest that does, or as what everyday words mean."""

import functools
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from motcua.catalogue.spelling import Spelling
from motcua.kernel.text import fold

Words = tuple[str, ...]
Postings = dict[int, float]

_SPLIT = re.compile(r"[^a-z0-9]+")
_WRITTEN = re.compile(r"\w+")
_CODE = re.compile(r"[0-9.]{4,}")
LONGEST_SAID = 5  # words of an everyday name
MOST_WORDS = 24  # of what is typed; nobody reads on
IN_TITLE, IN_NAME, IN_SECTOR, IN_ENGLISH = 1.0, 1.2, 0.3, 0.8
PAIRED = 1.6  # two syllables side by side, against one
SAID_WHOLE, SAID_JUST_SO = 2.0, 4.0
SLIGHT = 0.15  # of a word that says little, or that was read as what it means
ACCENTED = 0.5  # of a word typed with the accents it has in the title, on top
LATER = 0.8  # of a procedure that renews, changes or ends what the one asked for gives
FOR_FEW = 0.6  # of a procedure in a sector that few people ever deal with
MEANT, MEANT_TOO = 0.8, 0.4  # of what everyday words mean, against what is typed
WHOLE = 1.0  # of a procedure that holds all that was said, on top
LEAST = 0.3  # of the best: what scores less is not shown


def words_of(text: str) -> Words:
    """The syllables of `text`, folded; i and y are one, as people write both."""
    return tuple(part for part in _SPLIT.split(fold(text).replace("y", "i")) if part)


# Of what is published, which is read again with each new index; never of what people type.
_published = functools.lru_cache(maxsize=16384)(words_of)


def _begins(title: Words, later: Words) -> bool:
    """Whether `title` begins by `later`, "Thủ tục" before it left aside."""
    start = 2 if title[:2] == ("thu", "tuc") else 0
    return title[start : start + len(later)] == later


def _within(part: Words, words: Words) -> bool:
    return any(words[i : i + len(part)] == part for i in range(len(words) - len(part) + 1))


def _accented(text: str) -> list[Words]:
    """The words of `text` that accents tell from others, alone and beside the next."""
    written = _WRITTEN.findall(unicodedata.normalize("NFC", text).lower())
    alone = [(word,) for word in written if not word.isascii()]
    return alone + [pair for pair in zip(written, written[1:], strict=False) if not "".join(pair).isascii()]


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
    """How people speak: words that say little, what everyday words mean, what is written short; the words by which a
    title begins that is about a second time, and the sectors that few people ever deal with."""

    slight: frozenset[Words] = frozenset()
    means: Mapping[Words, Words] = field(default_factory=dict)
    short: Mapping[str, Words] = field(default_factory=dict)
    later: tuple[Words, ...] = ()
    few: frozenset[Words] = frozenset()

    def long(self, words: Words) -> Words:
        """`words` with what is written short written out."""
        return tuple(part for word in words for part in self.short.get(word, (word,)))


@dataclass(frozen=True, slots=True)
class _Meant:
    """What everyday words mean, how far that counts (less where they stand in procedures themselves), their places, and
    whether they stand in some procedure themselves."""

    meaning: Words
    factor: float
    places: range
    stands: bool


class Index:
    """The procedures in a form that answers at once."""

    def __init__(self, procedures: Iterable[Searched], language: Language) -> None:
        self._docs: Sequence[Searched] = tuple(procedures)
        self._language = language
        self._single: dict[str, Postings] = defaultdict(dict)
        self._pair: dict[Words, Postings] = defaultdict(dict)
        self._accented: dict[Words, Postings] = defaultdict(dict)
        self._names: dict[str, list[tuple[Words, int]]] = defaultdict(list)
        lengths = [len(_published(doc.title)) for doc in self._docs]
        usual = sum(lengths) / len(lengths) if lengths else 1.0
        for i, doc in enumerate(self._docs):
            # A long title that holds the words says less about them than a short one.
            weight = IN_TITLE / (0.6 + 0.4 * lengths[i] / usual)
            self._add(i, language.long(_published(doc.title)), weight)
            self._add(i, _published(doc.sector), IN_SECTOR)
            self._add(i, _published(doc.english), IN_ENGLISH * weight)
            for words in _accented(doc.title):
                self._accented[words][i] = weight
            for name in filter(None, map(_published, doc.names)):
                self._add(i, name, IN_NAME)
                self._names[name[0]].append((name, i))
        self._for_few = {i for i, doc in enumerate(self._docs) if _published(doc.sector) in language.few}
        self._later = {
            later: {i for i, doc in enumerate(self._docs) if _begins(_published(doc.title), later)}
            for later in language.later
        }
        spoken = (word for phrase in (*language.means, *language.slight) for word in phrase)
        self._spelling = Spelling({*self._single, *spoken, *language.short})

    def _add(self, doc: int, words: Words, weight: float) -> None:
        for word in words:
            held = self._single[word]
            held[doc] = max(held.get(doc, 0.0), weight)
        for pair in zip(words, words[1:], strict=False):
            held = self._pair[pair]
            held[doc] = max(held.get(doc, 0.0), weight)

    def find(self, typed: str) -> list[str]:
        """The codes of the procedures that `typed` may mean, the likeliest first."""
        folded = fold(typed)
        numbers = [number for number in _CODE.findall(folded) if any(c.isdigit() for c in number)]
        coded = [doc.code for doc in self._docs if any(n in doc.code for n in numbers)] if numbers else []
        scores: Postings = defaultdict(float)
        read = self._spelling.read(words_of(folded)[:MOST_WORDS])
        words = self._mended(self._language.long(read))
        told = tuple(self._meant(words))
        read_otherwise = {i for each in told if not each.stands for i in each.places}
        self._score(words, 1.0, scores, slight=self._slight(words) | read_otherwise)
        for each in told:
            self._score(each.meaning, each.factor, scores)
        if not scores:
            return coded
        for accented in _accented(typed)[: 2 * MOST_WORDS]:
            self._give(self._accented.get(accented), ACCENTED * (PAIRED if accented[1:] else 1.0), scores)
        asked = [words, *(each.meaning for each in told)]
        for later, held in self._later.items():
            if not any(_within(later, each) for each in asked):
                for i in held & scores.keys():
                    scores[i] *= LATER
        for i in self._for_few & scores.keys():
            scores[i] *= FOR_FEW
        matters = self._matters(words, told)
        holds = Counter(i for ways in matters for i in set().union(*ways))
        for i in scores:
            scores[i] *= 1 + WHOLE * holds[i] / max(1, len(matters))
        enough = max(scores.values()) * LEAST
        ranked = sorted(
            (i for i, score in scores.items() if score >= enough),
            key=lambda i: (-scores[i], len(self._docs[i].title), self._docs[i].code),
        )
        return list(dict.fromkeys([*coded, *(self._docs[i].code for i in ranked)]))

    def _matters(self, words: Words, told: Iterable["_Meant"]) -> list[list[Postings]]:
        """For each word that says something, who holds it: itself, or what it means."""
        slight = self._slight(words)
        held = {
            i: [self._single[near] for near, _ in self._spelling.near(word) if near in self._single]
            for i, word in enumerate(words)
            if i not in slight
        }
        for each in told:
            pairs = zip(each.meaning, each.meaning[1:], strict=False)
            means = [
                self._pair[pair] for pair in pairs if pair in self._pair and pair not in self._language.slight
            ]
            for i in each.places:
                if i in held:
                    held[i] = [*held[i], *means]
        return list(held.values())

    def _mended(self, words: Words) -> Words:
        """`words` with each unknown one read as what stands beside its neighbours most often, else as an everyday word
        if it is near one."""
        mended = list(words)
        for i, word in enumerate(words):
            near = [other for other, likeness in self._spelling.near(word) if likeness < 1]
            pairs = [
                (len(self._pair[pair]), other)
                for other in near
                for pair in (tuple(mended[i - 1 : i]) + (other,), (other, *words[i + 1 : i + 2]))
                if pair in self._pair
            ]
            alone = [other for other in near if (other,) in self._language.means]
            mended[i] = max(pairs)[1] if pairs else next(iter(alone), word)
        return tuple(mended)

    def _meant(self, words: Words) -> Iterable["_Meant"]:
        """What everyday words mean; of words within words the longest are read."""
        spans = [
            (start, end)
            for start in range(len(words))
            for end in range(start + 1, min(start + LONGEST_SAID, len(words)) + 1)
            if words[start:end] in self._language.means
        ]
        for start, end in spans:
            if not any(s <= start and end <= e and (s, e) != (start, end) for s, e in spans):
                itself = self._stands(said := words[start:end])
                yield _Meant(
                    self._language.means[said],
                    MEANT_TOO if itself and len(said) > 1 else MEANT,
                    range(start, end),
                    itself,
                )

    def _stands(self, said: Words) -> bool:
        """Whether some procedure holds `said` itself, each word beside the next."""
        if len(said) == 1:
            return said[0] in self._single
        held = [self._pair.get(pair, {}).keys() for pair in zip(said, said[1:], strict=False)]
        return bool(set(held[0]).intersection(*held[1:]))

    def _score(self, words: Words, factor: float, scores: Postings, slight: Set[int] | None = None) -> None:
        slight = self._slight(words) if slight is None else slight
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
