"""What hangs on the wall: a sheet on A4 for each procedure, a table on A3. As `render`: facts in, bytes out."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from motcua.kernel.time import local
from motcua.web.common.codes import qr_svg
from motcua.web.common.fonts import PaperFont
from motcua.web.common.pdf.render import compiled
from motcua.web.common.pdf.words import day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class WallHead:
    """Whose wall, when printed, and where people ask and complain; `qr` leads to the board's page."""

    trial: bool
    parent: str
    agency: str
    place: str
    at: datetime
    desk: tuple[str, ...]
    complain: tuple[str, ...]
    qr: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """A paper as the wall lists it; a row with a name alone is a heading."""

    name: str
    originals: str = ""
    copies: str = ""
    remark: str = ""
    is_heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One lawful part: `lines` are paragraphs, or numbered `steps`; `rows` a table of papers; `gap`: not known."""

    name: str
    lines: tuple[str, ...] = ()
    steps: bool = False
    rows: tuple[PaperRow, ...] = ()
    gap: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WallSheet:
    """One procedure. `announced`: by which decision, when, in force since when."""

    code: str
    title: str
    sector: str
    announced: tuple[str, ...]
    parts: tuple[Part, ...]
    qr: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterRow:
    """A line of the table: cells of several lines each."""

    number: int
    title: str
    code: str
    limits: tuple[str, ...]
    fees: tuple[str, ...]
    ways: tuple[str, ...]
    announced: tuple[str, ...]
    qr: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterGroup:
    """The lines of one sector."""

    sector: str
    rows: tuple[PosterRow, ...]


def render_wall_sheets(head: WallHead, sheets: tuple[WallSheet, ...]) -> bytes:
    """A sheet for each procedure, each numbered from its own first page. Raises MissingGlyphError."""
    facts = _head(head) | {"sheets": [asdict(sheet) for sheet in sheets]}
    return compiled("wall_sheet.typ", facts, at=head.at, shaped=_with_codes)


def render_poster(head: WallHead, title: str, groups: tuple[PosterGroup, ...]) -> bytes:
    """The table on A3; its head stands on each page. Raises MissingGlyphError."""
    facts = _head(head) | {"title": title, "groups": [asdict(group) for group in groups]}
    return compiled("wall_poster.typ", facts, at=head.at, shaped=_with_codes)


def _head(head: WallHead) -> dict[str, Any]:
    on = day_words(local(head.at).date())
    told = {name: value for name, value in asdict(head).items() if name != "at"}
    return told | {
        "agency_upper": head.agency.upper(),
        "number": "",
        "place_date": ", ".join(part for part in (head.place, on) if part),
        "printed": f"In {on}",
    }


def _with_codes(data: dict[str, Any], _font: PaperFont) -> dict[str, Any]:
    """Addresses as pictures: after the letters were looked for in the fonts, which a picture has none of."""
    for group in data.get("groups", []):
        for row in group["rows"]:
            row["picture"] = qr_svg(row["qr"])
    for sheet in data.get("sheets", []):
        sheet["picture"] = qr_svg(sheet["qr"])
    return data | {"picture": qr_svg(data["qr"])}
