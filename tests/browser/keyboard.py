"""A person without a mouse: Tab, arrows, Space, Enter and letters, and the focus to be seen at every stop."""

from typing import Any

from playwright.sync_api import Page

# The focus: whether it is where it should be, whether an outline or a frame shows it, what it stands on.
FOCUS = """(wanted) => {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return {there: false};
  const look = getComputedStyle(e);
  const box = e.getBoundingClientRect();
  return {there: true, is: e.matches(wanted), value: e.value ?? '', checked: !!e.checked, name: e.name || '',
          seen: (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2) || look.boxShadow !== 'none',
          drawn: box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0, below: box.top >= innerHeight,
          html: e.outerHTML.slice(0, 140)};
}"""
STILL = "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"


class Keyboard:
    """Works one tab with keys only."""

    farthest = 150  # stops on one page

    def __init__(self, tab: Page) -> None:
        self.tab = tab

    def press(self, *keys: str) -> None:
        """Press keys one after the other; a chord is one."""
        for key in keys:
            self.tab.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type data."""
        self.tab.keyboard.type(text)

    def focus(self, wanted: str = "*") -> dict[str, Any]:
        """What has the focus, seen to have it."""
        focus: dict[str, Any] = self.tab.evaluate(FOCUS, wanted)
        if focus["there"]:
            assert focus["seen"], f"nothing shows the focus: {focus['html']}"
            assert focus["drawn"], f"the focus is on something unseen: {focus['html']}"
            assert not focus["below"], f"the focus is out of sight: {focus['html']}"
        return focus

    def reach(self, selector: str, *, key: str = "Tab") -> None:
        """Go on by a key until an element of `selector` has the focus. Every stop on the way shows that it has it."""
        assert self.tab.locator(selector).count(), f"no {selector} on {self.tab.url}:\n{self.said()[:1500]}"
        for _ in range(self.farthest):
            focus = self.focus(selector)
            if focus["there"] and focus["is"]:
                return
            self.press(key)
        raise AssertionError(f"no way to {selector} by {key} on {self.tab.url}")

    def walk(self) -> list[str]:
        """Tab once through the whole page, from its beginning; gives the stops."""
        self.tab.evaluate("document.activeElement.blur()")
        stops: list[str] = []
        for _ in range(self.farthest):
            self.press("Tab")
            focus = self.focus()
            if not focus["there"] or focus["html"] in stops[:1]:
                return stops
            stops.append(focus["html"])
        raise AssertionError(f"the focus does not come round on {self.tab.url}: {stops[-3:]}")

    def write(self, name: str, text: str) -> None:
        """Type over what stands in a field of the page."""
        self.reach(f"main [name='{name}']")
        if self.focus()["value"]:
            self.press("Control+a")
        self.type(text)

    def choose(self, name: str, value: str) -> None:
        """Choose one of some radios: by Space where none is chosen yet, else by the arrows."""
        self.reach(f"main [name='{name}']")
        for _ in range(self.farthest):
            focus = self.focus()
            if focus["value"] == value:
                if not focus["checked"]:
                    self.press("Space")
                return
            self.press("ArrowDown")
        raise AssertionError(f"{name} has no {value}")

    def select(self, name: str, value: str) -> None:
        """Choose in a list by its arrows."""
        self.reach(f"main select[name='{name}']")
        values = self.tab.evaluate("() => [...document.activeElement.options].map((one) => one.value)")
        assert value in values, f"{name} has no {value}: {values}"
        ahead = values.index(value) - values.index(self.focus()["value"])
        self.press(*["ArrowDown" if ahead > 0 else "ArrowUp"] * abs(ahead))
        assert self.focus()["value"] == value

    def tick(self, name: str, value: str = "") -> None:
        """Tick a box."""
        one = f"[value='{value}']" if value else ""
        self.reach(f"main input[type=checkbox][name='{name}']{one}")
        if not self.focus()["checked"]:
            self.press("Space")

    def answer(self, name: str, value: str) -> None:
        """Choose, and wait for what a script draws anew because of it."""
        with self.tab.expect_response(lambda response: response.request.method == "POST"):
            self.choose(name, value)
        self.tab.wait_for_function(STILL)

    def go(self, selector: str, key: str = "Enter") -> None:
        """Reach a link or a button, press it and wait for the page it leads to."""
        self.reach(selector)
        self.go_by(key)

    def go_by(self, key: str) -> None:
        """Press a key that leads to another page."""
        with self.tab.expect_navigation():
            self.press(key)

    def said(self) -> str:
        """The words of the page's own part."""
        return self.tab.inner_text("main")
