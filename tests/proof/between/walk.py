"""A dossier on its way between agencies, by keyboard in Chromium: each stop is pictured, its due date compared."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pytest_django import DjangoDbBlocker

from motcua.kernel.time import ZONE, parse_utc
from motcua.ledger.dispatcher import dispatch
from motcua.ledger.selectors import check
from motcua.ledger.sequencer import sequence
from motcua.reactions.consultations import let_lapse
from tests.proof.between.told import by_the_shell, on_the_page
from tests.proof.day.acts import Fill, act, nothing
from tests.proof.day.desk import Clock, Desk, pages_by
from tests.proof.day.hand import Hand
from tests.proof.day.prints import Prints
from tests.support.chromium import chromium
from tests.support.database import Logins, Restorer
from tests.support.lives import plain
from tests.support.site import served, static_files


def moment(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


DAY = moment(8, 24, 7, 30)  # a Monday


@contextmanager
def everybody(
    at: datetime, pictures: Path, static: Path, logins: Logins, blocker: DjangoDbBlocker
) -> Iterator[Desk]:
    """All agencies' people at their computers from `at` on; really committed, put back at the end."""
    restorer, clock = Restorer(logins.owner), Clock(at)
    with blocker.unblock(), chromium() as browser:
        with static_files(static), served() as url, pages_by(clock):
            yield Desk(url, browser, Prints(pictures), clock)
        restorer.restore()


class Walk:
    """One dossier. `seen`: its due date as it was at each look."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.code, self.stop = desk, "", 0
        self.seen: list[str] = []

    def on(self, at: datetime) -> None:
        """Go on at another moment; the worker has done what follows until then."""
        self.desk.clock.move(at)
        while sequence() + dispatch(clock=self.desk.clock):
            pass
        let_lapse(clock=self.desk.clock, origin="simulated")

    def does(self, login: str, what: str, fill: Fill = nothing, *, then: str = "") -> Hand:
        """An act from the dossier's page, as everybody does it."""
        hand = act(self.desk, login, self.code, what, fill, then=then)
        return self.pictured(hand, f"{login}-{what}")

    def pictured(self, hand: Hand, name: str) -> Hand:
        """A picture of the whole page."""
        self.stop += 1
        hand.tab.screenshot(path=self.desk.prints.folder / f"{self.stop:02}-{name}.png", full_page=True)
        return hand

    def dated(self, login: str = "kinhte") -> datetime:
        """The due date, after the page and the shell have said the same of it."""
        hand = self.desk.officer(login, f"/dossiers/{self.code}")
        shell, page = by_the_shell(self.code), on_the_page(hand.tab)
        assert page == [f"{line['vi']} ({line['basis']})" for line in shell["explanation"]]
        row = plain(self.code)
        if not row["paused"]:
            assert row["due_at"] == parse_utc(shell["due_at"])
        self.pictured(hand, f"{login}-dates")
        self.seen.append(f"{self.desk.clock():%d/%m %H:%M} {shell['due_at']} {shell['remaining'] or ''}")
        return datetime.fromisoformat(shell["due_at"]) if shell["due_at"] else row["due_at"]

    def ends(self, *told: str) -> None:
        """What was seen is told; the ledger and the browser found nothing wrong."""
        print("\n" + "\n".join([*told, *self.seen]))
        assert check().faults == ()
        assert self.desk.complaints == []


def filled(**fields: str) -> Fill:
    """Choices chosen, ticks ticked, texts typed, in their order."""

    def does(hand: Hand) -> None:
        for name, value in fields.items():
            one = hand.tab.locator(f"main [name='{name}']").first
            kind = one.evaluate("e => e.type")
            if kind == "radio":
                hand.choose(name, value)
            elif kind == "checkbox":
                hand.tick(name, value if value != "on" else "")
            elif kind == "select-one":
                hand.select(name, value)
            else:
                hand.write(name, value)

    return does
