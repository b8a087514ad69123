"""Giving results out: ready on a shelf, told, handed over, sent by post."""

from playwright.sync_api import expect

from tests.proof.day.acts import act, written
from tests.proof.day.desk import Desk
from tests.proof.day.hand import Hand

AT_DESK = "tiepnhan2"


def ready(desk: Desk, code: str, shelf: str) -> None:
    """The result lies on a shelf, and its applicant is told."""
    act(desk, AT_DESK, code, "make_available", written(shelf=shelf))

    def told(hand: Hand) -> None:
        hand.choose("way", "phone")
        hand.choose("reached", "yes")

    act(desk, AT_DESK, code, "notify_ready", told)


def give(
    desk: Desk, code: str, *, to: str = "", authority: str = "", lost: bool = False, proof: str = "paper"
) -> None:
    """Handed over at the counter."""

    def does(hand: Hand) -> None:
        hand.choose("way", "authorised" if to else "in_person")
        if to:
            hand.write("recipient", to)
        hand.choose("checked_by", "authorisation" if to else "citizen_id")
        if authority:
            hand.write("authority", authority)
        hand.choose("proof", proof)
        if proof == "screen":
            sign(hand)
        if lost:
            hand.tick("receipt_lost")

    act(desk, AT_DESK, code, "hand_over", does)


def sign(hand: Hand) -> None:
    """The recipient's finger on the screen: the one thing of the day that is no key."""
    pad = hand.tab.locator("main .pad canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    mouse = hand.tab.mouse
    mouse.move(box["x"] + 30, box["y"] + box["height"] / 2)
    mouse.down()
    for step in range(1, 25):
        across, up = box["width"] * step / 28, box["height"] * (0.5 + 0.3 * (-1) ** step)
        mouse.move(box["x"] + 30 + across * 0.9, box["y"] + up)
    mouse.up()
    hand.reach("main .pad [data-done]")
    hand.press("Enter")
    expect(hand.tab.locator("main [data-files] input[type=hidden][name=proof_file_kept]")).to_have_count(1)


def post(desk: Desk, codes: list[str]) -> str:
    """A manifest for the post, printed; gives its page."""
    hand = desk.officer(AT_DESK, "/results?show=post")
    for code in codes:
        hand.tick("codes", code)
    hand.write("carrier", "VNPost")
    hand.go_by("Control+Enter")
    assert hand.path.startswith("/results/manifests/"), hand.said()
    words = hand.print("main a[href$='.pdf']", "manifest")
    for code in codes:
        assert code in words
    return hand.path


def delivered(desk: Desk, manifest: str, code: str, number: str) -> None:
    """The post's officer writes down what was delivered."""
    hand = desk.officer("buudien", manifest)
    hand.tick("codes", code)
    hand.write(f"number-{code}", number)
    hand.go_by("Control+Enter")
    assert "đã phát" in hand.said()


def came_back(desk: Desk, code: str, why: str) -> None:
    """The post could not deliver; the result lies at the desk again."""

    def does(hand: Hand) -> None:
        hand.choose("what", "result")
        hand.choose("to", "shelf")
        hand.write("place", "B4")
        hand.write("reason", why)

    act(desk, "buudien", code, "move_papers", does, then="/results/manifests")
