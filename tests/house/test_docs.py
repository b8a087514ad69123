"""Links in the documents lead somewhere."""

import re
from pathlib import Path

from tests.house.tree import ROOT, files, nothing

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)[^)]*\)")
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


def anchor(heading: str) -> str:
    """As the usual renderers make it: lower case, marks dropped, spaces to hyphens."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def anchors(document: Path) -> set[str]:
    return {anchor(heading) for heading in HEADING.findall(document.read_text(encoding="utf-8"))}


def is_dead(document: Path, link: str) -> bool:
    target, _, fragment = link.partition("#")
    place = (document.parent / target).resolve() if target else document
    if not place.exists() or not place.is_relative_to(ROOT):
        return True
    return bool(fragment) and place.suffix == ".md" and fragment not in anchors(place)


def test_links_resolve():
    dead = [
        f"{document.relative_to(ROOT)}: {link}"
        for document in files(".md")
        for link in LINK.findall(document.read_text(encoding="utf-8"))
        if not re.match(r"[a-z][a-z0-9+.-]*:", link) and is_dead(document, link)
    ]
    nothing(dead)
