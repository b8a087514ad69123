"""A form on paper: blank, to be filled in by hand, or with its answers, to be signed. As `render`: facts in, bytes out.

Official papers are Vietnamese, whatever the language of the page they are asked from.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from motcua.eforms.shapes import Form
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.web.common.eform_words import BLANK_ROWS, Told, blank, told
from motcua.web.common.mending import Mending
from motcua.web.common.pdf.render import compiled


@dataclass(frozen=True, slots=True, kw_only=True)
class EformFacts:
    """`to`: who it is handed to; `code`: of the dossier, where there is one; `at`: when it was filled in, None for a
    blank form, which is the same whenever it is printed; `mended`: what was answered anew since, and when; `own`: the
    reader's personal number, where those of everybody else are masked."""

    trial: bool
    form: Form
    procedure: str
    to: str = ""
    code: str = ""
    answers: Mapping[str, Any] | None = None
    at: datetime | None = None
    mended: tuple[Mending, ...] = ()
    own: str | None = None


def render_eform(facts: EformFacts) -> bytes:
    """The form as a PDF on A4. Raises MissingGlyphError when an answer has a letter that no font can draw."""
    form = facts.form
    made = facts.at or datetime(form.valid_from.year, form.valid_from.month, form.valid_from.day, tzinfo=UTC)
    parts = (
        told(form, facts.answers, _vietnamese, own=facts.own)
        if facts.answers is not None
        else blank(form, _vietnamese, rows=BLANK_ROWS)
    )
    data: dict[str, Any] = {
        "trial": facts.trial,
        "title": form.title.vi,
        "title_upper": form.title.vi.upper(),
        "procedure": facts.procedure,
        "to": facts.to,
        "code": facts.code,
        "blank": facts.answers is None,
        "source": "" if form.source.verified else form.source.name.vi,
        "version": f"{form.code} {form.version}",
        "parts": [_part(part) for part in parts],
        "mended": [_mended(one) for one in facts.mended],
    }
    return compiled("eform.typ", data, at=made)


def _vietnamese(said: Say) -> str:
    return said.vi


def _mended(one: Mending) -> str:
    who = f"Người khai {one.name}" if one.by_citizen else "Bộ phận Một cửa"
    labels = "; ".join(change.label for change in one.changes)
    return f"{who} sửa lúc {local(one.at):%H:%M ngày %d/%m/%Y}: {labels}."


def _part(part: Told) -> dict[str, Any]:
    again = ("heading", part.title)  # the topic's title stands above it already
    lines = [
        asdict(line) | {"options": [list(each) for each in line.options]}
        for line in part.lines
        if (line.kind, line.label) != again
    ]
    return {"title": part.title, "lines": lines}
