"""The once-only gate: what a register or an earlier result can give is asked for as paper with a written reason only
(Decree 224/2026 art. 15(1): data are given once). Pure, on words without accents; the data have dates and sources."""

import functools
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files

from motcua.catalogue.shapes import Component, ComponentKind, ProcedureVersion
from motcua.kernel.say import Say
from motcua.kernel.text import fold, nfc

DATA = files("motcua.catalogue") / "data" / "registers.json"
# Asked for as paper.
HANDED_IN = frozenset({ComponentKind.REQUIRED, ComponentKind.REQUIRED_IF, ComponentKind.ONE_OF})
# A result with a shorter name says too little to be known by it.
LEAST_WORDS, MOST_WORDS = 4, 40
# What a paper is called stands at the beginning of its name.
LONGEST_READ = 250
Words = tuple[str, ...]
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"[,;:()\[\]/.!?+]|(?:^|\s)[-–•*](?=\s|\w)")


@dataclass(frozen=True, slots=True)
class Giver:
    """What can give a paper: a register, or the procedure (`procedure`) that ends with it; `key` is the same for
    every paper that is the same."""

    key: str
    name: Say
    paper: Say
    source: str = ""
    procedure: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A paper that published procedure `procedure` ends with."""

    procedure: str
    title: Say
    name: Say


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper of a version that somebody else can give, and its place."""

    index: int
    component: Component
    giver: Giver

    @property
    def is_reasoned(self) -> bool:
        """Whether somebody wrote why it is asked for all the same."""
        return self.component.asked_because is not None


@dataclass(frozen=True, slots=True)
class _Paper:
    unless: tuple[Words, ...]
    giver: Giver
    since: date


@dataclass(frozen=True, slots=True)
class _Registers:
    """As shipped; `heads` and `papers` by their first word, the longest first."""

    heads: Mapping[str, Sequence[Words]]
    elsewhere: tuple[Words, ...]
    tails: frozenset[str]
    generic: tuple[Words, ...]
    papers: Mapping[str, Sequence[tuple[Words, _Paper]]]


@functools.cache
def _registers() -> _Registers:
    told = json.loads(DATA.read_text(encoding="utf-8"))
    papers: dict[str, list[tuple[Words, _Paper]]] = {}
    for register in told["registers"]:
        for paper in register["papers"]:
            one = _Paper(
                unless=_phrases(paper["unless"]),
                giver=Giver(
                    key=f"{register['code']}.{paper['code']}",
                    name=Say(**register["name"]),
                    paper=Say(**paper["name"]),
                    source=register["source"],
                ),
                since=date.fromisoformat(register["from"]),
            )
            for words in _phrases(paper["words"]):
                papers.setdefault(words[0], []).append((words, one))
    heads: dict[str, list[Words]] = {}
    for head in sorted(_phrases(told["heads"]), key=len, reverse=True):
        heads.setdefault(head[0], []).append(head)
    return _Registers(
        heads,
        _phrases(told["elsewhere"]),
        frozenset(word for phrase in _phrases(told["tails"]) for word in phrase),
        _phrases(told["generic_results"]),
        papers,
    )


def _phrases(texts: Iterable[str]) -> tuple[Words, ...]:
    return tuple(_words(_bare_letters(text)) for text in texts)


@dataclass(frozen=True, slots=True)
class Givers:
    """What there is to give papers on a day: the registers, and what published procedures end with."""

    on: date
    results: Mapping[Words, Result] = field(default_factory=dict)

    @classmethod
    def of(cls, results: Iterable[Result], *, on: date) -> "Givers":
        """With `results` by their words; those whose names say too little are left out."""
        found: dict[Words, Result] = {}
        for result in results:
            words = _stripped(_words(_bare_letters(result.name.vi.partition("(")[0])))
            if len(words) >= LEAST_WORDS and not _is_generic(words):
                found.setdefault(words, result)
        return cls(on, found)

    def of_paper(self, name: str, *, apart_from: str = "") -> Giver | None:
        """Who can give the paper called `name`, other than procedure `apart_from` itself; None where nobody is known
        to. Only what the name begins with counts: what it mentions on the way is another paper's business."""
        folded = _bare_letters(name[:LONGEST_READ])
        words, whole = _called(folded), _words(folded)
        if not words:
            return None
        found = self._of_register(words) or self._of_result(words, _stripped(whole), apart_from)
        if found is None or any(_holds(whole, each) for each in (*_registers().elsewhere, *found[1])):
            return None
        return found[0]

    def _of_register(self, words: Words) -> tuple[Giver, tuple[Words, ...]] | None:
        for called, paper in _registers().papers.get(words[0], ()):
            if paper.since <= self.on and _is_called(words, called):
                return paper.giver, paper.unless
        return None

    def _of_result(
        self, words: Words, long: Words, apart_from: str
    ) -> tuple[Giver, tuple[Words, ...]] | None:
        for length in range(min(len(long), MOST_WORDS), LEAST_WORDS - 1, -1):
            result = self.results.get(long[:length])
            if result is None or result.procedure == apart_from:
                continue
            if length == len(words) or _is_called(long, long[:length]):
                key = f"result.{'-'.join(long[:length])}"
                return Giver(key, result.title, result.name, procedure=result.procedure), ()
        return None


def bare(name: str) -> Words:
    """What a paper is called: the first words between marks that say more than how it is handed in ("- Bản sao có chứng
    thực …")."""
    return _called(_bare_letters(name))


def _called(folded: str) -> Words:
    return next((words for part in _MARKS.split(folded) if (words := _stripped(_words(part)))), ())


@functools.cache
def _letters() -> Mapping[int, str]:
    # All letters that Vietnamese texts may hold, from Latin-1 to Latin Extended Additional.
    return {code: fold(chr(code)) for code in range(0xC0, 0x1F00) if chr(code).isalpha()}


def _bare_letters(text: str) -> str:
    """As kernel.text.fold, letter by letter: the index folds fourteen thousand names at once."""
    return nfc(text).casefold().translate(_letters())


def _words(folded: str) -> Words:
    """The words of a folded text; i and y are one, as people write both."""
    return tuple(_WORD.findall(folded.replace("y", "i")))


def _stripped(words: Words) -> Words:
    heads = _registers().heads
    while words:
        head = next((each for each in heads.get(words[0], ()) if words[: len(each)] == each), None)
        if head is None and not (len(words[0]) < 2 or words[0].isdigit()):
            break
        words = words[len(head) if head else 1 :]
    return words


def _is_called(words: Words, called: Words) -> bool:
    """Whether `words` name that paper and no longer-named other one: what follows goes on about it."""
    length = len(called)
    if words[:length] != called:
        return False
    return len(words) == length or words[length] in _registers().tails or words[length].isdigit()


def _is_generic(words: Words) -> bool:
    """Whether a result's name says too little: it is, or begins with, what any office issues."""
    return any(
        words == each or (len(each) < 3 and words[: len(each)] == each and each[0] not in ("giai", "quiet"))
        for each in _registers().generic
    )


def _holds(words: Words, phrase: Words) -> bool:
    return any(words[i : i + len(phrase)] == phrase for i in range(len(words) - len(phrase) + 1))


def asked(version: ProcedureVersion, givers: Givers) -> tuple[Asked, ...]:
    """The papers `version` asks for although somebody else can give them, with and without a reason, also where a
    register may stand in for the paper: it is asked for all the same. The original of what the procedure itself ends
    with is not among them: that one is given back for the new one."""
    own = [words for result in version.results if (words := bare(result.name.vi))]
    found = []
    for i, component in enumerate(version.components):
        if component.kind not in HANDED_IN:
            continue
        words = bare(component.name.vi)
        if component.originals and any(words[: len(each)] == each for each in own):
            continue
        giver = givers.of_paper(component.name.vi, apart_from=version.code)
        if giver is not None:
            found.append(Asked(i, component, giver))
    return tuple(found)
