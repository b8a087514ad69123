"""docs/law.md names functions and tests that exist: a table of law that nobody keeps is worse than none."""

import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "law.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and "`" in line
]


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:40])
def test_each_rule_names_a_function_and_a_test_that_exist(row):
    _rule, functions, tests = row
    assert quoted(functions), "no function"
    for name in quoted(functions):
        module, _, attribute = name.rpartition(".")
        assert hasattr(importlib.import_module(module), attribute), name
    assert quoted(tests), "no test"
    for path in quoted(tests):
        assert (ROOT / path).is_file(), path


def test_the_table_is_not_empty():
    assert len(ROWS) >= 15
