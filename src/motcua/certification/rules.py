"""What is certified, in which book, with which clause, on which paper, and when not: data with its law. Pure."""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from motcua.kernel.errors import Invalid
from motcua.kernel.say import Say
from motcua.kernel.text import fold


@dataclass(frozen=True, slots=True)
class Instead:
    """Another procedure that is entered in the same book: what is handed in, and the code of its result."""

    procedure: str
    handed: tuple[str, ...]
    result: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A certifying clause (lời chứng): its heading, and its text with {signer}, {person} and so on.

    `parties`: how many people there are at least; `instead`: the procedure it belongs to, where it is not its kind's.
    """

    code: str
    label: Say
    title: str
    text: str
    parties: int = 1
    instead: Instead | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """Why certification is refused."""

    code: str
    text: Say
    basis: str


@dataclass(frozen=True, slots=True)
class PaperType:
    """A type of paper, found by `letters`; it has `pages` as a rule, and its own clause and exemption from the fee
    where the law gives one."""

    code: str
    label: Say
    letters: tuple[str, ...]
    pages: int
    clause: str
    exemption: str


@dataclass(frozen=True, slots=True)
class Many:
    """The variant with more time, for orders of more than `over` pages in all (23/2015/NĐ-CP Đ21)."""

    variant: str
    over: int


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of certification and its yearly book.

    `identity`: the law asks for an identity paper; `name_required`: and for a name; `several`: of each party;
    `officer_signs`: who received the papers signs below the clause, as the requester signed before them. `counts`:
    what a line counts, "copies" of one paper, "papers" that are signed, or "originals" of one transaction, which is
    paid once. `columns`: how its book names columns that others call otherwise.
    """

    code: str
    label: Say
    procedure: str
    variant: str
    many: Many | None
    handed: tuple[str, ...]
    title: Say
    symbol: str
    counted: Say
    result: str
    identity: bool
    name_required: bool
    several: bool
    officer_signs: bool
    counts: str
    clauses: tuple[Clause, ...]
    grounds: tuple[Ground, ...]
    papers: tuple[str, ...]
    columns: Mapping[str, Say]

    @property
    def procedures(self) -> tuple[str, ...]:
        """The procedures whose papers are entered in its book."""
        others = (c.instead.procedure for c in self.clauses if c.instead)
        return tuple(dict.fromkeys((self.procedure, *others)))

    def under(self, clause: str) -> "Kind":
        """The kind as it is where `clause` is written: with that clause's own procedure. Raises Invalid."""
        instead = self.clause(clause).instead
        if instead is None:
            return self
        return replace(self, procedure=instead.procedure, handed=instead.handed, result=instead.result)

    def clause_for(self, procedure: str) -> str:
        """The clause that a procedure of its own asks for; "" for the kind's procedure."""
        return next((c.code for c in self.clauses if c.instead and c.instead.procedure == procedure), "")

    def variant_of(self, pages: int) -> str:
        """The variant under which papers of so many pages in all are taken in with a slip."""
        return self.many.variant if self.many and pages > self.many.over else self.variant

    def clause(self, code: str) -> Clause:
        """A clause of this kind; for "" the first. Raises Invalid."""
        found = next((c for c in self.clauses if c.code == (code or self.clauses[0].code)), None)
        if found is None:
            raise Invalid("Hãy chọn lời chứng.", "Choose the certifying clause.", field="clause")
        return found

    def ground(self, code: str) -> Ground:
        """A ground for refusal of this kind. Raises Invalid."""
        found = next((g for g in self.grounds if g.code == code), None)
        if found is None:
            raise Invalid("Hãy chọn căn cứ từ chối.", "Choose the ground for the refusal.", field="ground")
        return found

    def number(self, number: int, year: int) -> str:
        """A certification number as written: number, volume of the year, symbol of the book."""
        return f"{number}, quyển số 01/{year}-{self.symbol}"


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything the data says."""

    kinds: tuple[Kind, ...]
    papers: tuple[PaperType, ...]


def _say(data: Any) -> Say:
    return Say(data["vi"], data["en"])


def parse(data: Any) -> Rules:
    """The rules as the shipped file holds them. Raises KeyError where a part is missing."""
    papers = tuple(
        PaperType(
            p["code"],
            _say(p["label"]),
            tuple(p["letters"]),
            p["pages"],
            p.get("clause", ""),
            p.get("exemption", ""),
        )
        for p in data["papers"]
    )
    return Rules(kinds=tuple(_kind(k) for k in data["kinds"]), papers=papers)


def _kind(data: Any) -> Kind:
    return Kind(
        code=data["code"],
        label=_say(data["label"]),
        procedure=data["procedure"],
        variant=data["variant"],
        many=Many(data["many"]["variant"], data["many"]["over"]) if "many" in data else None,
        handed=tuple(data["handed"]),
        title=_say(data["book"]["title"]),
        symbol=data["book"]["symbol"],
        counted=_say(data["book"]["counted"]),
        result=data["result"],
        identity=data["identity"],
        name_required=data["name_required"],
        several=data.get("several", False),
        officer_signs=data["officer_signs"],
        counts=data["counts"],
        clauses=tuple(map(_clause, data["clauses"])),
        grounds=tuple(Ground(g["code"], _say(g["text"]), g["basis"]) for g in data["grounds"]),
        papers=tuple(data["papers"]),
        columns={name: _say(label) for name, label in data["book"].get("columns", {}).items()},
    )


def _clause(data: Any) -> Clause:
    found = data.get("instead")
    instead = Instead(found["procedure"], tuple(found["handed"]), found["result"]) if found else None
    return Clause(
        data["code"], _say(data["label"]), data["title"], data["text"], data.get("parties", 1), instead
    )


@functools.cache
def rules() -> Rules:
    """The shipped rules."""
    text = (files("motcua.certification") / "data" / "rules-vn-2025.json").read_text(encoding="utf-8")
    return parse(json.loads(text))


def kind(code: str) -> Kind:
    """A kind by its code. Raises Invalid."""
    found = next((k for k in rules().kinds if k.code == code), None)
    if found is None:
        raise Invalid("Hãy chọn loại việc chứng thực.", "Choose what is certified.", field="kind")
    return found


def kind_of_procedure(procedure: str) -> Kind | None:
    """The kind whose book a procedure is entered in; None for what the certification desk does not do."""
    return next((k for k in rules().kinds if procedure in k.procedures), None)


def paper(code: str) -> PaperType:
    """A paper type by its code. Raises Invalid."""
    found = next((p for p in rules().papers if p.code == code), None)
    if found is None:
        raise Invalid("Hãy chọn loại giấy tờ.", "Choose the type of paper.", field="paper")
    return found


def papers_of(of: Kind) -> tuple[PaperType, ...]:
    """The paper types of a kind, frequent ones first."""
    known = {p.code: p for p in rules().papers}
    return tuple(known[code] for code in of.papers)


def find_paper(words: str, *, of: Kind) -> PaperType | None:
    """The paper type of `of` meant by `words`: its code, its letters, else words of its name without accents.

    The letters win over names that begin so, those over names that hold the words; the frequent one first.
    """
    wanted = fold(words)
    if not wanted:
        return None
    found = papers_of(of)

    def rank(p: PaperType) -> int | None:
        name = fold(p.label.vi)
        if wanted in (fold(p.code), name) or wanted in map(fold, p.letters):
            return 0
        if name.startswith(wanted):
            return 1
        return 2 if all(word in name.split() or word in name for word in wanted.split()) else None

    ranked = [(rank(p), n, p) for n, p in enumerate(found)]
    hits = sorted((r, n) for r, n, _ in ranked if r is not None)
    return found[hits[0][1]] if hits else None


def day_after(closed: date | None, today: date) -> date:
    """The day an entry of `today` stands under: today, or the day after the last one `closed`."""
    return today if closed is None or closed < today else closed + timedelta(days=1)
