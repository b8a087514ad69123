"""An officer's hands on a keyboard: what was pressed is counted, and what our answers took is measured."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from playwright.sync_api import Page

from tests.proof.day.prints import Prints

FARTHEST = 400  # stops on one page
# The focus: whether it is where it should be, whether one sees it, what it stands on.
FOCUS = """(wanted) => {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return {there: false};
  const look = getComputedStyle(e);
  const box = e.getBoundingClientRect();
  return {there: true, is: e.matches(wanted), value: e.value ?? '', checked: !!e.checked, name: e.name || '',
          seen: (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2) || look.boxShadow !== 'none',
          in_sight: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
          html: e.outerHTML.slice(0, 140)};
}"""
STILL = "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"
A_NEW_PAGE = "main:not([data-old])"


@dataclass
class Effort:
    """What something cost: keys pressed beside the data typed, seconds that our answers and prints took."""

    keys: int = 0
    answers: float = 0.0

    def since(self, before: "Effort") -> "Effort":
        """The difference."""
        return Effort(self.keys - before.keys, self.answers - before.answers)

    def copy(self) -> "Effort":
        """As it is now."""
        return Effort(self.keys, self.answers)


class Hand:
    """One officer at one computer."""

    def __init__(self, tab: Page, url: str, prints: Prints) -> None:
        self.tab, self.url, self.prints = tab, url, prints
        self.effort = Effort()

    # Keys -------------------------------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys one after the other; a chord is one."""
        for key in keys:
            self.effort.keys += 1
            self.tab.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type data: its letters are not counted."""
        self.tab.keyboard.type(text)

    def scan(self, line: str) -> None:
        """A scanner types a line at once."""
        self.tab.keyboard.insert_text(line)

    def focus(self, wanted: str = "*") -> dict[str, Any]:
        """What has the focus."""
        found: dict[str, Any] = self.tab.evaluate(FOCUS, wanted)
        return found

    def reach(self, selector: str, *, key: str = "Tab") -> None:
        """Go on by a key until an element of `selector` has the focus. Every stop on the way shows that it has it."""
        assert self.tab.locator(selector).count(), f"no {selector} on {self.tab.url}:\n{self.said()[:1500]}"
        for _ in range(FARTHEST):
            focus = self.focus(selector)
            if focus["there"]:
                assert focus["seen"], f"nothing shows the focus: {focus['html']}"
                assert focus["in_sight"], f"the focus is out of sight: {focus['html']}"
                if focus["is"]:
                    return
            self.press(key)
        raise AssertionError(f"no way to {selector} by {key} on {self.tab.url}")

    def write(self, name: str, text: str) -> None:
        """Type over what stands in a field of the page."""
        self.reach(f"main [name='{name}']")
        if self.focus()["value"]:
            self.press("Control+a")
        self.type(text)

    def choose(self, name: str, value: str) -> None:
        """Choose one of some radios, by Space or by the arrows."""
        self.reach(f"main [name='{name}']")
        for _ in range(FARTHEST):
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

    # Answers ----------------------------------------------------------------------------------------------------

    @contextmanager
    def answered(self) -> Iterator[None]:
        """Another page comes; how long it takes counts as ours."""
        began = perf_counter()
        with self.tab.expect_navigation() as navigation:
            yield
        self.effort.answers += perf_counter() - began
        status = navigation.value.status if navigation.value else 0
        assert status < 400, f"{status} at {self.tab.url}:\n{self.said()[:2500]}"

    @contextmanager
    def redrawn(self) -> Iterator[None]:
        """A part of the page is drawn anew; that what is typed was saved (204) is not it."""
        began = perf_counter()
        with self.tab.expect_response(lambda said: said.request.method == "POST" and said.status != 204):
            yield
        self.tab.wait_for_function(STILL)
        self.effort.answers += perf_counter() - began

    def go(self, selector: str, key: str = "Enter") -> None:
        """Reach a link or a button, press it, and be on the page it leads to."""
        self.reach(selector)
        self.go_by(key)

    def go_by(self, key: str) -> None:
        """Press a key that leads to another page."""
        with self.answered():
            self.press(key)

    def open(self, path: str) -> None:
        """A bookmark, or an address typed: one key."""
        self.effort.keys += 1
        with self.answered():
            self.tab.goto(self.url + path)

    def said(self) -> str:
        """The words of the page's own part."""
        return self.tab.inner_text("main")

    @property
    def path(self) -> str:
        """Where the page is."""
        return self.tab.url.removeprefix(self.url).split("?")[0]

    # Prints -----------------------------------------------------------------------------------------------------

    def print(self, selector: str, kind: str) -> str:
        """Press a link to a paper and have the paper; gives its words."""
        self.reach(selector)
        link = self.tab.locator(selector).first
        path = link.get_attribute("href") or ""
        if link.get_attribute("target") == "_blank":
            with self.tab.context.expect_page() as opened:
                self.press("Enter")
            opened.value.close()
            self.tab.bring_to_front()
        else:
            self.effort.keys += 1  # the browser would open it in this tab, and the officer come back
        return self.fetch(path, kind)

    def fetch(self, path: str, kind: str) -> str:
        """Have a paper; gives its words."""
        began = perf_counter()
        answer = self.tab.context.request.get(self.url + path)
        self.effort.answers += perf_counter() - began
        assert answer.status == 200, f"{answer.status} at {path}: {answer.text()[:300]}"
        return self.prints.keep(kind, answer.body())
