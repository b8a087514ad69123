"""The once-only gate: what a register or an earlier result can give is asked for as paper with a written reason only
(Decree 224/2026 art. 15(1): data are given once). Pure, on words without accents; the data have dates and sources."""

import functools
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files

from motcua.catalogue.search import words_of
from motcua.catalogue.shapes import Component, ComponentKind, ProcedureVersion
from motcua.kernel.say import Say

DATA = files("motcua.catalogue") / "data" / "registers.json"
# Asked for as paper.
HANDED_IN = frozenset({ComponentKind.REQUIRED, ComponentKind.REQUIRED_IF, ComponentKind.ONE_OF})
# A result with a shorter name says too little to be known by it.
LEAST_WORDS = 4
Words = tuple[str, ...]
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
    words: tuple[Words, ...]
    unless: tuple[Words, ...]
    giver: Giver
    since: date


@dataclass(frozen=True, slots=True)
class _Registers:
    heads: tuple[Words, ...]
    elsewhere: tuple[Words, ...]
    tails: frozenset[str]
    generic: tuple[Words, ...]
    papers: tuple[_Paper, ...]


@functools.cache
def _registers() -> _Registers:
    told = json.loads(DATA.read_text(encoding="utf-8"))
    papers = tuple(
        _Paper(
            words=_phrases(paper["words"]),
            unless=_phrases(paper["unless"]),
            giver=Giver(
                key=f"{register['code']}.{paper['code']}",
                name=Say(**register["name"]),
                paper=Say(**paper["name"]),
                source=register["source"],
            ),
            since=date.fromisoformat(register["from"]),
        )
        for register in told["registers"]
        for paper in register["papers"]
    )
    heads = tuple(sorted(_phrases(told["heads"]), key=len, reverse=True))
    return _Registers(
        heads,
        _phrases(told["elsewhere"]),
        frozenset(word for phrase in _phrases(told["tails"]) for word in phrase),
        _phrases(told["generic_results"]),
        papers,
    )


def _phrases(texts: Iterable[str]) -> tuple[Words, ...]:
    return tuple(words_of(text) for text in texts)


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
            words = _stripped(words_of(result.name.vi.partition("(")[0]))
            if len(words) >= LEAST_WORDS and not _is_generic(words):
                found.setdefault(words, result)
        return cls(on, found)

    def of_paper(self, name: str, *, apart_from: str = "") -> Giver | None:
        """Who can give the paper called `name`, other than procedure `apart_from` itself; None where nobody is known
        to. Only what the name begins with counts: what it mentions on the way is another paper's business."""
        words, whole = bare(name), words_of(name)
        if any(_holds(whole, phrase) for phrase in _registers().elsewhere):
            return None
        for paper in _registers().papers:
            if paper.since <= self.on and any(_is_called(words, each) for each in paper.words):
                return None if any(_holds(whole, each) for each in paper.unless) else paper.giver
        long = _stripped(whole)
        for length in range(len(long), LEAST_WORDS - 1, -1):
            result = self.results.get(long[:length])
            if result is None or result.procedure == apart_from:
                continue
            if length == len(words) or _is_called(long, long[:length]):
                key = f"result.{'-'.join(long[:length])}"
                return Giver(key, result.title, result.name, procedure=result.procedure)
        return None


def bare(name: str) -> Words:
    """What a paper is called: the first words between marks that say more than how it is handed in ("- Bản sao có chứng
    thực …")."""
    return next((words for part in _MARKS.split(name) if (words := _stripped(words_of(part)))), ())


def _stripped(words: Words) -> Words:
    while words:
        head = next((each for each in _registers().heads if words[: len(each)] == each), None)
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
    """The papers `version` asks for although somebody else can give them, with and without a reason. What a register
    or the vault may stand in for already is not among them, nor the original of what the procedure itself ends with:
    that one is given back for the new one."""
    own = [words for result in version.results if (words := bare(result.name.vi))]
    found = []
    for i, component in enumerate(version.components):
        if component.kind not in HANDED_IN or component.sources:
            continue
        words = bare(component.name.vi)
        if component.originals and any(words[: len(each)] == each for each in own):
            continue
        giver = givers.of_paper(component.name.vi, apart_from=version.code)
        if giver is not None:
            found.append(Asked(i, component, giver))
    return tuple(found)
