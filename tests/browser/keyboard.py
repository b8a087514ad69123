"""A person without a mouse: Tab, arrows, Space, Enter and letters, and the focus to be seen at every stop."""

from playwright.sync_api import Page

FARTHEST = 150  # stops on one page
# What has the focus: where, what of, and whether an outline or a frame shows it.
FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  const look = getComputedStyle(e);
  const seen = (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2) || look.boxShadow !== 'none';
  const box = e.getBoundingClientRect();
  return {seen, there: box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0,
          name: e.name || '', value: e.value ?? '', checked: !!e.checked, html: e.outerHTML.slice(0, 120)};
}"""


class Keyboard:
    """Works one tab with keys only."""

    def __init__(self, tab: Page) -> None:
        self.tab = tab

    def press(self, *keys: str) -> None:
        for key in keys:
            self.tab.keyboard.press(key)

    def reach(self, selector: str) -> None:
        """Tab on until an element of `selector` has the focus; each stop on the way must show that it has it."""
        for _ in range(FARTHEST):
            if self._stop() and self.tab.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"no way to {selector} by Tab on {self.tab.url}")

    def walk(self) -> list[str]:
        """Tab once through the whole page, from its beginning; gives the stops."""
        self.tab.evaluate("document.activeElement.blur()")
        stops: list[str] = []
        for _ in range(FARTHEST):
            self.press("Tab")
            stop = self._stop()
            if not stop or stop in stops[:1]:
                return stops
            stops.append(stop)
        raise AssertionError(f"the focus does not come round on {self.tab.url}: {stops[-3:]}")

    def _stop(self) -> str:
        """What has the focus, seen to have it; nothing when the page itself has it."""
        focus = self.tab.evaluate(FOCUS)
        if focus is None:
            return ""
        assert focus["there"], f"the focus is on something unseen: {focus['html']}"
        assert focus["seen"], f"nothing shows the focus: {focus['html']}"
        return str(focus["html"])

    def write(self, name: str, text: str) -> None:
        """Type over what stands in a field."""
        self.reach(f"main [name='{name}']")
        self.press("Control+a", "Delete")
        self.tab.keyboard.type(text)

    def choose(self, name: str, value: str) -> None:
        """Choose one of some radios: by Space where none is chosen yet, else by the arrows."""
        self.reach(f"main [name='{name}']")
        for _ in range(FARTHEST):
            focus = self.tab.evaluate(FOCUS)
            if focus["value"] == value:
                if not focus["checked"]:
                    self.press("Space")
                return
            self.press("ArrowDown")
        raise AssertionError(f"{name} has no {value}")

    def answer(self, name: str, value: str) -> None:
        """Choose, and wait for what a script draws anew because of it."""
        with self.tab.expect_response(lambda response: response.request.method == "POST"):
            self.choose(name, value)
        self.tab.wait_for_function("() => !document.querySelector('.htmx-request, .htmx-settling')")

    def tick(self, name: str) -> None:
        """Tick a box."""
        self.reach(f"main input[type=checkbox][name='{name}']")
        if not self.tab.evaluate(FOCUS)["checked"]:
            self.press("Space")

    def go(self, selector: str, key: str = "Enter") -> None:
        """Reach a link or a button, press it and wait for the page it leads to."""
        self.reach(selector)
        self.go_by(key)

    def go_by(self, key: str) -> None:
        """Press a key that leads to another page."""
        with self.tab.expect_navigation():
            self.press(key)
