"""What axe finds wrong on a page that a browser shows."""

import json
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
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

# Of texts that look the same in surroundings that look the same, axe reads the contrast of one: lists are long, and
# a tab that shows page after page remembers, in its session, what it has seen.
_ONE_OF_EACH_LOOK = """() => {
  const clear = "rgba(0, 0, 0, 0)", seen = new Set(JSON.parse(sessionStorage.getItem("looks") ?? "[]"));
  const short = (text) => {
    let a = 0xdeadbeef, b = 0x41c6ce57;
    for (let n = 0; n < text.length; n++) {
      a = Math.imul(a ^ text.charCodeAt(n), 2654435761);
      b = Math.imul(b ^ text.charCodeAt(n), 1597334677);
    }
    return (b >>> 0).toString(36) + (a >>> 0).toString(36);
  };
  const looks = new Map();
  const look = (one) => {
    if (!one) return "";
    if (!looks.has(one)) {
      const style = getComputedStyle(one), here = style.backgroundColor + style.backgroundImage;
      const own = here === clear + "none" && style.opacity === "1" ? "" : `${here} ${style.opacity}`;
      looks.set(one, style.position === "static" ? own + look(one.parentElement)
        : `${own} ${style.position} ${one.className}` + look(one.parentElement));
    }
    return looks.get(one);
  };
  for (const one of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(one), above = one.parentElement;
    const told = short([one.tagName, one.className, above.tagName, above.className, style.color, style.fontSize,
      style.fontWeight, style.textShadow, one.disabled, one.closest("details")?.open, look(one)].join("|"));
    if (seen.has(told) && style.display !== "none") one.setAttribute("data-same-look", "");
    if (style.display !== "none" && one.textContent.trim()) seen.add(told);
  }
  sessionStorage.setItem("looks", JSON.stringify([...seen]));
  axe.configure({rules: [{id: "color-contrast", selector: "*:not([data-same-look])"}]});
}"""


AXE = "axe.js"  # among the static files of a served site (tests/support/site.py)
AXE_SCRIPT = _AXE.axe_script


def faults(tab: Page, *, contrast: bool = True, served: bool = False) -> list[tuple[str, list[str]]]:
    """The rules that are broken, and the elements that break them. `contrast` False: for a page whose contrast was
    seen at another width (tests/house/test_styles.py sees to it that no width has colours of its own). `served`: the
    page loads axe like a script of its own, which the browser then compiles once for all pages."""
    if not tab.evaluate("typeof axe === 'object'"):
        if served:
            tab.add_script_tag(url=f"{settings.STATIC_URL}{AXE}")
        else:
            tab.evaluate(AXE_SCRIPT)
        tab.evaluate(_COLOURS_READ_ONCE)
    if contrast:
        tab.evaluate(_ONE_OF_EACH_LOOK)
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if not contrast:
        options["rules"] = _WITHOUT_CONTRAST
    found = tab.evaluate(f"axe.run({json.dumps(options)}).then(found => found.violations)")
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found]
