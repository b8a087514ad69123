"""A table on A4: manifests, books, lists. As `render`: facts in, bytes out."""

from motcua.web.common.pdf.facts import SheetFacts
from motcua.web.common.pdf.months import parts
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
    return draw("sheet.typ", data, qr=facts.head.qr, at=facts.issued_at)
