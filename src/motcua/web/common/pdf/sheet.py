"""A table on A4: manifests, books, lists. As `render`: facts in, bytes out."""

from typing import Any

from motcua.web.common.fonts import PaperFont, widths
from motcua.web.common.pdf.facts import SheetFacts
from motcua.web.common.pdf.lines import Frame, laid
from motcua.web.common.pdf.months import is_long, parts
from motcua.web.common.pdf.render import draw, head_fields


def render_sheet(facts: SheetFacts) -> bytes:
    """The PDF of a sheet, as many pages as it takes; the table's head stands on each.

    Raises MissingGlyphError when a text has a letter that no font can draw, ValueError when the code is not
    ASCII or is longer than 48 letters.
    """
    data = {
        **head_fields(facts.head, at=facts.issued_at),
        "title": facts.title,
        "title_upper": facts.title.upper(),
        "title_short": facts.title,
        "subtitle": facts.subtitle,
        "heads": [column.head for column in facts.columns],
        "shares": [column.share for column in facts.columns],
        "aligns": [column.align for column in facts.columns],
        "parts": parts(facts.rows, facts.months),
        "totals": list(facts.totals),
        "notes": list(facts.notes),
        "signers": list(facts.signers),
        "landscape": facts.landscape,
    }
    return draw("sheet.typ", data, qr=facts.head.qr, at=facts.issued_at, shaped=_shaped)


def _shaped(data: dict[str, Any], font: PaperFont) -> dict[str, Any]:
    """A long sheet's rows as lines."""
    if not is_long(data["parts"]):
        return data | {"frame": None}
    frame = Frame(
        width=270 if data["landscape"] else 183,
        shares=data["shares"],
        size=9 if font.family == "Noto Serif" else 9.8,
        leading=0.52,
        beside=1.4,
        above=1.4,
    )
    return data | laid(data["heads"], data["parts"], frame, widths(font))
