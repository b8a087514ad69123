"""The budget of design section 12: files of at most 400 lines, never over 600 (ruff counts statements)."""

import pytest

from tests.house.tree import ROOT, nothing, texts

SOFT, HARD = 400, 600
SOURCES = (".py", ".html", ".css", ".js", ".typ", ".md")
ALLOWED = {
    line.split()[0]
    for line in (ROOT / "tests" / "house" / "large_files.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
}


@pytest.fixture(scope="module")
def sizes() -> dict[str, int]:
    return {name: text.count("\n") for name, text in texts(*SOURCES)}


def test_files_stay_small(sizes):
    nothing([f"{name}: {lines}" for name, lines in sizes.items() if lines > SOFT and name not in ALLOWED])


def test_no_file_is_huge(sizes):
    nothing([f"{name}: {lines}" for name, lines in sizes.items() if lines > HARD])


def test_the_list_of_large_files_only_shrinks(sizes):
    nothing(sorted(name for name in ALLOWED if sizes.get(name, 0) <= SOFT))
