"""The pages of everybody at the day's fullest moment, to be looked at."""

from tests.proof.day.desk import Desk

PAGES = (
    ("tiepnhan1", "/inbox"),
    ("tiepnhan1", "/dossiers/receive"),
    ("tiepnhan1", "/certification"),
    ("tiepnhan2", "/results"),
    ("tiepnhan2", "/results?show=tell"),
    ("tiepnhan2", "/dossiers"),
    ("tuphap1", "/inbox"),
    ("chutich", "/inbox"),
    ("truongquay", "/board"),
    ("truongquay", "/register"),
    ("thuquy", "/payments"),
    ("thuquy", "/payments/books"),
)


def look(desk: Desk) -> int:
    """A picture of each page in full, and of one dossier with much behind it."""
    pages = [*PAGES, ("tiepnhan1", f"/dossiers/{desk.known['known'].code}")]
    for place, (login, path) in enumerate(pages):
        hand = desk.officer(login, path)
        name = path.strip("/").replace("/", "-").replace("?", "-")
        hand.tab.screenshot(path=desk.prints.folder / f"page-{place:02}-{login}-{name}.png", full_page=True)
    return len(pages)
