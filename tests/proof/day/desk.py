"""The desk on the day: its clock, its officers at their computers, and the script's own books of what was done."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from time import perf_counter

import pytest
from playwright.sync_api import Browser, Page

from motcua.kernel.unit_of_work import unit_of_work
from motcua.web.common import middleware, requests
from motcua.web.counter import batches
from tests.proof.day.hand import Effort, Hand
from tests.proof.day.people import Person
from tests.proof.day.prints import Prints
from tests.support.world import PASSWORD

KEYS_A_SECOND = 5  # an unhurried typist
PATIENCE = 60_000


class Clock:
    """The day's time: put forward from visit to visit, and running as long as one lasts."""

    def __init__(self, at: datetime) -> None:
        self.at, self.since = at, perf_counter()

    def __call__(self) -> datetime:
        return self.at + timedelta(seconds=perf_counter() - self.since)

    def move(self, at: datetime) -> None:
        """Go on at `at`; never back."""
        self.at, self.since = max(at, self()), perf_counter()


@dataclass
class Received:
    """A dossier as its officer knows it."""

    code: str
    procedure: str
    person: Person
    pin: str = ""


@dataclass
class Books:
    """What the script did, by its own count; nothing in it is read from the database."""

    received: list[Received] = field(default_factory=list)
    certified: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    cash_in: int = 0
    card_in: int = 0
    cash_out: int = 0
    handed_in: int = 0
    receipts: list[str] = field(default_factory=list)
    voided: list[str] = field(default_factory=list)
    did: Counter[str] = field(default_factory=Counter)


class Desk:
    """Everybody who works today, each at a computer of their own."""

    def __init__(self, url: str, browser: Browser, prints: Prints, clock: Clock) -> None:
        self.url, self.browser, self.prints, self.clock = url, browser, prints, clock
        self.lying: dict[str, str] = {}
        self.guided: tuple[str, Person] | None = None
        self.last_total = 0
        self.to_refund = ("", 0)
        self.hands: dict[str, Hand] = {}
        self.books = Books()
        self.known: dict[str, Received] = {}
        self.complaints: list[str] = []
        self.efforts: dict[str, list[Effort]] = defaultdict(list)

    def officer(self, login: str, path: str) -> Hand:
        """The officer with this login, at one of the menu's pages; signed in, unlocked when the screen was locked."""
        hand = self.hands.get(login)
        if hand is None:
            hand = self.hands[login] = Hand(self._tab(login), self.url, self.prints)
        before = hand.effort.copy()
        hand.open(path)
        if hand.path == "/unlock":
            hand.open("/sign-in")
        if hand.path == "/sign-in":
            self.sign_in(hand, login)
            hand.open(path)
            hand.effort = before
        assert hand.path == path.split("?")[0], f"{login} at {hand.tab.url}, not {path}"
        return hand

    def sign_in(self, hand: Hand, login: str) -> None:
        """Name and password."""
        hand.write("login", login)
        hand.write("password", PASSWORD)
        hand.go_by("Enter")

    def _tab(self, login: str) -> Page:
        context = self.browser.new_context(viewport={"width": 1366, "height": 768})
        context.set_default_timeout(PATIENCE)
        tab = context.new_page()
        tab.on("console", lambda message: self._listen(login, message.type, message.text))
        tab.on("pageerror", lambda error: self._listen(login, "error", str(error)))
        return tab

    def _listen(self, login: str, kind: str, text: str) -> None:
        # Chromium notes each answer of 4xx; some are pages of ours.
        if not text.startswith("Failed to load resource: the server responded with a status of 4"):
            self.complaints.append(f"{self.clock():%H:%M} {login} {kind}: {text}")

    @contextmanager
    def measured(self, what: str, *hands: Hand) -> Iterator[None]:
        """What a piece of work costs."""
        before = [hand.effort.copy() for hand in hands]
        yield
        spent = [hand.effort.since(then) for hand, then in zip(hands, before, strict=True)]
        self.efforts[what].append(Effort(sum(e.keys for e in spent), sum(e.answers for e in spent)))

    def remember(self, name: str, one: Received) -> Received:
        """Somebody comes back later in the day, by this name."""
        self.known[name] = one
        return one


@contextmanager
def pages_by(clock: Clock) -> Iterator[None]:
    """Let the pages read the desk's clock, and say of what they write that it was simulated (design, section 8.4)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(middleware, "now", clock)
        for edge in (requests, batches):
            patch.setattr(edge, "unit_of_work", partial(unit_of_work, origin="simulated"))
        yield


def overhead(effort: Effort) -> float:
    """Seconds that are ours: answers and prints, and the keys that are no data."""
    return effort.answers + effort.keys / KEYS_A_SECOND
