"""What axe finds wrong on a page that a browser shows."""

import json
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AXE = Axe()
# Three quarters of axe's time is the contrast of each text with what lies behind it.
_WITHOUT_CONTRAST = {"color-contrast": {"enabled": False}}

# A third of axe's time is reading the same few colours, over and over.
_COLOURS_READ_ONCE = """() => {
  const colour = axe.commons.color.Color, read = colour.prototype.parseString, known = new Map();
  colour.prototype.parseString = function (text) {
    if (!known.has(text)) known.set(text, read.call(new colour(), text));
    const {r, g, b, alpha} = known.get(text);
    return Object.assign(this, {r, g, b, alpha});
  };
}"""


def faults(tab: Page, *, contrast: bool = True) -> list[tuple[str, list[str]]]:
    """The rules that are broken, and the elements that break them. `contrast` False: for a page whose contrast was
    seen at another width (tests/house/test_styles.py sees to it that no width has colours of its own)."""
    if not tab.evaluate("typeof axe === 'object'"):
        tab.evaluate(_AXE.axe_script)
        tab.evaluate(_COLOURS_READ_ONCE)
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if not contrast:
        options["rules"] = _WITHOUT_CONTRAST
    found = tab.evaluate(f"axe.run({json.dumps(options)}).then(found => found.violations)")
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found]
