"""Acts on a dossier's page: by the person whose act it is, from the dossier to its form and back."""

from collections.abc import Callable

from tests.proof.day.desk import Desk
from tests.proof.day.hand import Hand

Fill = Callable[[Hand], None]
# Who may have the next step of a procedure of a commune.
STAFF = ("tuphap1", "vanhoa", "chutich", "vanthu")
FORWARD = ("start", "step", "decide")


def nothing(_hand: Hand) -> None:
    """The form asks for nothing."""


def written(**fields: str) -> Fill:
    """Fields typed, in their order."""

    def does(hand: Hand) -> None:
        for name, text in fields.items():
            hand.write(name, text)

    return does


def act(desk: Desk, login: str, code: str, what: str, fill: Fill = nothing, *, then: str = "") -> Hand:
    """From the dossier's page to the act's, and back to the dossier, or `then` to another page."""
    hand = desk.officer(login, f"/dossiers/{code}")
    with desk.measured("act", hand):
        hand.go(f"main a:is([href='/dossiers/{code}/{what}'], [href^='/dossiers/{code}/{what}?'])")
        fill(hand)
        if hand.tab.locator("main input[name=sure]").count():
            hand.tick("sure")
        hand.go_by("Control+Enter")
        assert hand.path == (then or f"/dossiers/{code}"), f"{what}: {hand.said()[:1500]}"
    desk.books.did[what] += 1
    return hand


def confirm(desk: Desk, login: str, code: str) -> Hand:
    """The second person says yes."""
    hand = desk.officer(login, "/inbox")
    hand.go(f"main a:is([href='/dossiers/{code}/countersign'], [href^='/dossiers/{code}/countersign?'])")
    hand.choose("answer", "confirm")
    hand.go_by("Control+Enter")
    assert hand.path == f"/dossiers/{code}", hand.said()[:1500]
    return hand


def settle(desk: Desk, code: str) -> None:
    """Everybody of the process does their step, until there is a result."""
    for _ in range(12):
        for login in STAFF:
            hand = desk.officer(login, f"/dossiers/{code}")
            offered = [
                what for what in FORWARD if hand.tab.locator(f"main a[href$='/{code}/{what}']").count()
            ]
            if offered:
                act(desk, login, code, offered[-1], _forward(offered[-1], code))
                if offered[-1] == "decide":
                    return
                break
        else:
            raise AssertionError(f"nobody has the next step of {code}")
    raise AssertionError(f"{code} is not settled")


def _forward(what: str, code: str) -> Fill:
    def does(hand: Hand) -> None:
        if what == "step":
            hand.choose("outcome", "granted")
        elif what == "decide":
            hand.write("result_number", f"{int(code[-4:])}/UBND-XN")

    return does


def paper(desk: Desk, login: str, code: str, number: str, kind: str) -> str:
    """A form of the dossier, printed from its page."""
    hand = desk.officer(login, f"/dossiers/{code}")
    return hand.print(f"main a[href='/dossiers/{code}/forms/{number}.pdf']", kind)
