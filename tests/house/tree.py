"""The files that are ours, as lists."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "motcua"
FOLDERS = (".ci", "docs", "requirements", "src", "tests")
MADE_BY_MACHINES = {"__pycache__", ".mypy_cache"}


def files(*suffixes: str) -> Iterator[Path]:
    """All our files with one of the suffixes (every file when none is named), in order."""
    # .git is a file where the repository is a linked working tree
    ours = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]
    for folder in FOLDERS:
        ours += [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    for path in sorted(ours):
        made = MADE_BY_MACHINES.intersection(path.parts) or any(p.endswith(".egg-info") for p in path.parts)
        if not made and path.suffix != ".mo" and (not suffixes or path.suffix in suffixes):
            yield path


def texts(*suffixes: str) -> Iterator[tuple[str, str]]:
    """Name from the root, and text, of our files that are UTF-8 text."""
    for path in files(*suffixes):
        try:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def nothing(found: list[Any]) -> None:
    """Fail with one line for each thing found."""
    assert not found, "\n" + "\n".join(str(each) for each in found)
