"""Styles: a narrow window rearranges a page, it does not paint it anew."""

import re

from tests.house.tree import SOURCE

# A bar that stays in view needs a ground; a label that stands before its cell is quiet, as its column's head was not.
# The contrast of these two is reckoned in src/motcua/web/common/tests/test_pages.py.
PROVEN = {"var(--c-page)", "var(--c-muted)"}
PAINT = re.compile(r"(?<![\w-])(color|background|background-color|opacity|filter)\s*:\s*([^;}]+)")


def painted(css: str) -> list[str]:
    """What rules for some widths only say about colour."""
    return [
        f"{name}: {value.strip()}"
        for begin in re.finditer(r"@media[^{]*-width[^{]*\{", css)
        for name, value in PAINT.findall(_block(css, begin.end()))
        if value.strip() not in PROVEN
    ]


def _block(css: str, start: int) -> str:
    depth = 1
    for place in range(start, len(css)):
        depth += {"{": 1, "}": -1}.get(css[place], 0)
        if depth == 0:
            return css[start:place]
    raise ValueError("a block without an end")


def test_a_width_with_colours_of_its_own_is_seen():
    assert painted("@media screen and (max-width: 40rem) { p { margin: 0; } b { color: red } }") == [
        "color: red"
    ]
    assert (
        painted(
            "@media (min-width: 9rem) { p { background: var(--c-page); border-color: red; } } b { color: red }"
        )
        == []
    )


def test_no_width_has_colours_of_its_own():
    """Contrast seen at one width (tests/browser/test_every_page.py) then holds at all."""
    sheets = [path for path in SOURCE.rglob("*.css") if "tests" not in path.parts]
    assert sheets
    assert {path.name: found for path in sheets if (found := painted(path.read_text(encoding="utf-8")))} == {}
