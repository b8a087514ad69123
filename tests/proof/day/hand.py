"""An officer's hands on a keyboard: what was pressed is counted, and what our answers took is measured."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

from playwright.sync_api import Page

from tests.browser.keyboard import STILL, Keyboard
from tests.proof.day.prints import Prints

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


class Hand(Keyboard):
    """One officer at one computer."""

    farthest = 400  # the receiving screen of a long list

    def __init__(self, tab: Page, url: str, prints: Prints) -> None:
        super().__init__(tab)
        self.url, self.prints = url, prints
        self.effort = Effort()

    # Keys -------------------------------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys one after the other; a chord is one."""
        self.effort.keys += len(keys)
        super().press(*keys)

    def scan(self, line: str) -> None:
        """A scanner types a line at once."""
        self.tab.keyboard.insert_text(line)

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

    def go_by(self, key: str) -> None:
        """Press a key that leads to another page."""
        with self.answered():
            self.press(key)

    def open(self, path: str) -> None:
        """A bookmark, or an address typed: one key."""
        self.effort.keys += 1
        with self.answered():
            self.tab.goto(self.url + path)

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
