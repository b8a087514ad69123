"""Papers of the certification desk: the certifying clauses."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from motcua.web.common.fonts import PaperFont, widths
from motcua.web.common.pdf.lines import Frame, laid
from motcua.web.common.pdf.months import is_long, parts
from motcua.web.common.pdf.render import compiled
from motcua.web.common.pdf.words import day_words

MOST_STRIPS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseFacts:
    """One certifying clause (lời chứng). `text` may be empty; `copies` are the strips to print; `officer`, who received
    the papers, signs too where the law asks it (blank: not); `signing`: the lines above the signature."""

    title: str
    text: str
    number: str
    day: date
    paper: str
    copies: int
    signer: str
    signing: str
    officer: str
    at: datetime


def render_clauses(
    facts: Sequence[ClauseFacts], *, agency: str, place: str, wide: bool, trial: bool
) -> bytes:
    """The clauses on A4: strips to cut and paste, one for each copy; `wide`: each on a sheet of its own.

    More than 200 strips are not printed at once: the stamp serves such numbers better. Raises MissingGlyphError.
    """
    rows: list[dict[str, Any]] = []
    for fact in facts:
        on = ", ".join(part for part in (place, day_words(fact.day)) if part)
        row = asdict(fact) | {"day": on, "at": ""}
        rows += [row] * (1 if wide else min(fact.copies, MOST_STRIPS - len(rows)))
    data = {"agency": agency, "wide": wide, "trial": trial, "rows": rows}
    return compiled("clauses.typ", data, at=facts[0].at)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookFacts:
    """A book as printed. A row is one text for each column, or one text alone for a closing; a corrected text is
    {"old": [...], "new": ...}. `months`: of each row."""

    title: str
    agency: str
    window: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Sequence[Sequence[str | dict[str, Any]]]
    months: Sequence[int]
    closing: str
    at: datetime


def render_book(facts: BookFacts, *, trial: bool) -> bytes:
    """The book on landscape A4. Raises MissingGlyphError."""
    names = ("title", "agency", "window", "columns", "widths", "closing")
    data: dict[str, Any] = {name: getattr(facts, name) for name in names}
    data |= {"parts": parts(facts.rows, facts.months), "trial": trial}
    return compiled("book.typ", data, at=facts.at, shaped=_shaped)


def _shaped(data: dict[str, Any], font: PaperFont) -> dict[str, Any]:
    """A long book's rows as lines."""
    if not is_long(data["parts"]):
        return data | {"frame": None}
    frame = Frame(width=272, shares=data["widths"], size=8.5, leading=0.45, beside=1.2, above=1.1)
    return data | laid(data["columns"], data["parts"], frame, widths(font))
