"""The picture of a process as SVG. Pure.

Served as a file or put into a page: no style attributes, no scripts, nothing fetched; colours are attributes, on a
white ground of its own, so that it reads on paper and on a dark page. What it shows is told in its description too.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from motcua.kernel.say import Say
from motcua.processes.picture.layout import BOLD, CARD, EDGE, LINE, PADDING, SIZE, Bar, Card, Way, laid_out
from motcua.processes.picture.text import wrapped
from motcua.processes.picture.words import Line, lines_of
from motcua.processes.shapes import ProcessVersion, StepKind

_INK, _FRAME, _BACK, _OUT, _HERE, _DONE = "#1b1f24", "#4b5563", "#9a3412", "#1d4ed8", "#b45309", "#e5e7eb"
_WRONG = "#b91c1c"
_FILL = {StepKind.RECEIVE: "#f3f4f6", StepKind.RETURN: "#f3f4f6", StepKind.APPROVE: "#eff6ff"}
_STROKES = {"next": (_FRAME, ""), "back": (_BACK, "5 4"), "out": (_OUT, "2 3")}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HERE_NOW = Say("Đang ở bước này", "It is here now")
_WRONG_YET = Say("⚠ Còn phải sửa", "⚠ Still to mend")
_LEGEND = {
    "when": Say("Khung nét đứt: chỉ làm khi có điều kiện.", "Dashed frame: done only under its condition."),
    "back": Say(
        "Đường gạch bên trái: trả lại bước trước.", "Dashed line on the left: back to an earlier step."
    ),
    "out": Say("Đường chấm bên phải: hướng đi khác.", "Dotted line on the right: another way out."),
    "parallel": Say("Hai vạch đậm: các nhánh làm cùng lúc.", "Between two bars: branches side by side."),
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is drawn. `here`, `done`: the numbers of the rows a dossier is in, and has left behind; `wrong`: of
    those to mend; `variants`, `agencies`: what their codes are called; `name`: what its parts are named after, where a
    page has several."""

    language: str = "vi"
    here: Collection[int] = ()
    done: Collection[int] = ()
    wrong: Collection[int] = ()
    variants: Mapping[str, Say] = field(default_factory=dict)
    agencies: Mapping[str, Say] = field(default_factory=dict)
    name: str = "process"
    titled: bool = True


def picture(process: ProcessVersion, look: Look) -> str:
    """`process` as an SVG document in the language of `look`."""

    def say(line: Line) -> str:
        return line.text(look.language)

    lines = {step.order: _lines(process, step.order, look) for step in process.steps}
    heading = (
        wrapped(process.title(look.language), SIZE * 1.2 * BOLD, CARD + 2 * PADDING) if look.titled else []
    )
    top = EDGE + (len(heading) * LINE * 1.2 + 8 if heading else 0)
    layout = laid_out(process, lines, say, top)
    legend = [row for one in _legend(process, look.language) for row in wrapped(one, SIZE - 1, CARD)]
    height = layout.height + (len(legend) * LINE + 10 if legend else 0)
    told = " ".join("; ".join(say(line) for line in lines[n]) + "." for n in sorted(lines))
    return "".join(
        [
            _opening(look, layout.width, height, process.title(look.language), told),
            *_texts(heading, EDGE, EDGE + LINE, SIZE * 1.2, strong=True),
            *(_way(way) for way in layout.ways),
            *(_bar(bar) for bar in layout.bars),
            *(part for card in layout.cards for part in _card(card, look)),
            *_texts(legend, EDGE, layout.height + LINE, SIZE - 1),
            "</svg>\n",
        ]
    )


def _lines(process: ProcessVersion, number: int, look: Look) -> list[Line]:
    lines = lines_of(process, process.steps[number - 1], look.variants, look.agencies)
    if number in look.wrong:
        return [*lines, Line(_WRONG_YET, strong=True)]
    return [*lines, Line(_HERE_NOW, strong=True)] if number in look.here else lines


def _legend(process: ProcessVersion, language: str) -> list[str]:
    steps = process.steps
    shown = {
        "when": any(s.when is not None for s in steps),
        "back": any(s.returns_to for s in steps),
        "out": any(s.outcomes for s in steps),
        "parallel": any(s.parallel for s in steps),
    }
    return [_LEGEND[key](language) for key, is_shown in shown.items() if is_shown]


def _opening(look: Look, width: float, height: float, title: str, told: str) -> str:
    name = quoteattr(f"{look.name}-title {look.name}-told")
    box = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" aria-labelledby={name} '
        f'lang="{"en" if look.language.startswith("en") else "vi"}" class="process-picture" '
        f'font-family="Noto Sans, Arial, Helvetica, sans-serif">'
        f"<title id={quoteattr(look.name + '-title')}>{_text(title)}</title>"
        f"<desc id={quoteattr(look.name + '-told')}>{_text(told)}</desc>"
        f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>'
    )


def _card(card: Card, look: Look) -> Iterator[str]:
    is_here = card.step.order in look.here
    fill = _DONE if card.step.order in look.done and not is_here else _FILL.get(card.step.kind, "#ffffff")
    stroke, thick = (_HERE, 3) if is_here else (_FRAME, 1.25)
    if card.step.order in look.wrong:
        stroke, thick = _WRONG, 3
    dashes = ' stroke-dasharray="6 4"' if card.step.when is not None else ""
    kind = "step here" if is_here else "step"
    yield (
        f'<rect class="{kind}" x="{card.x:g}" y="{card.y:g}" width="{CARD}" height="{card.height:g}" rx="6" '
        f'fill="{fill}" stroke="{stroke}" stroke-width="{thick}"{dashes}/>'
    )
    for n, row in enumerate(card.rows):
        y = card.y + PADDING + LINE * n + LINE * 0.75
        yield from _texts([row.text], card.x + PADDING, y, SIZE, strong=row.strong)


def _texts(lines: list[str], x: float, y: float, size: float, *, strong: bool = False) -> Iterator[str]:
    weight = ' font-weight="600"' if strong else ""
    for n, line in enumerate(lines):
        at = y + n * LINE * max(1.0, size / SIZE)
        yield f'<text x="{x:g}" y="{at:g}" font-size="{size:g}"{weight} fill="{_INK}">{_text(line)}</text>'


def _bar(bar: Bar) -> str:
    return f'<rect x="{bar.x:g}" y="{bar.y - 2.5:g}" width="{bar.width:g}" height="5" rx="2" fill="{_INK}"/>'


def _way(way: Way) -> str:
    stroke, dashes = _STROKES[way.kind]
    points = " ".join(f"{x:g},{y:g}" for x, y in way.points)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    line = f'<polyline points="{points}" fill="none" stroke="{stroke}" stroke-width="1.5"{dashed}/>'
    (x0, y0), (x, y) = way.points[-2:]
    along, down = (x > x0) - (x < x0), (y > y0) - (y < y0)
    base_x, base_y = x - 7 * along, y - 7 * down
    corners = [(x, y), (base_x - 4 * down, base_y - 4 * along), (base_x + 4 * down, base_y + 4 * along)]
    head = " ".join(f"{a:g},{b:g}" for a, b in corners)
    return f'{line}<polygon points="{head}" fill="{stroke}"/>'


def _text(text: str) -> str:
    return escape(_CONTROL.sub("", text))
