"""What a portal page makes a telephone fetch: at most 20 KB of styles and 30 KB of scripts, packed."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

KB = 1024
LINKED = re.compile(r'(?:href|src)="/static/([^"]+\.(css|js))"')
IMPORTED = re.compile(r"""(?:from|import)\s*\(?["']\./([^"']+)""")


def fetched(page: str) -> dict[str, set[Path]]:
    """The files that a page links, and those that its scripts import, by kind."""
    found: dict[str, set[Path]] = {"css": set(), "js": set()}
    for name, kind in LINKED.findall(page):
        at = finders.find(name)
        assert at, name
        found[kind].add(Path(at))
    waiting = list(found["js"])
    while waiting:
        script = waiting.pop()
        more = {script.parent / name for name in IMPORTED.findall(script.read_text(encoding="utf-8"))}
        waiting += more - found["js"]
        found["js"] |= more
    return found


@pytest.mark.parametrize(
    "address", ["/", "/procedures", "/procedures/1.004873", "/posting/H99.01.01", "/track", "/open-data"]
)
def test_a_page_is_light(citizen: Client, address: str) -> None:
    files = fetched(citizen.get(address).content.decode())
    packed = {kind: sum(len(gzip.compress(f.read_bytes())) for f in held) for kind, held in files.items()}
    assert len(files["css"]) >= 2
    assert len(files["js"]) >= 1
    assert packed["css"] <= 20 * KB, packed
    assert packed["js"] <= 30 * KB, packed
