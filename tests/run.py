"""`make test`: pytest twice, since the browser's event loop poisons a process for the other tests."""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOTHING_COLLECTED = 5
MOST_WORKERS = 4  # each has a database and some 600 MB
WORKERS = os.environ.get("MOTCUA_TEST_WORKERS", str(min(max(os.cpu_count() or 2, 2), MOST_WORKERS)))
SLOWEST = ("--durations=20", "--durations-min=2")
CHECKED = "--ignore=tests/house"  # `make check` runs what reads the source
BYTECODE = str(ROOT / "var" / "bytecode")  # each of some thirty processes would compile the same files anew


def main() -> int:
    """Run both, print the total, and answer the exit status: 0 only when all that exists has passed."""
    total: Counter[str] = Counter()
    plain = _pytest(total, CHECKED, "-m", "not browser and not proof", "-n", WORKERS)
    browser = _pytest(total, "-m", "browser", "-n", WORKERS, DJANGO_ALLOW_ASYNC_UNSAFE="true")
    if browser == NOTHING_COLLECTED and not _browser_tests_exist():
        print("No browser tests exist yet.")
        browser = 0
    print(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    return plain or browser


def _pytest(total: Counter[str], *arguments: str, **environment: str) -> int:
    command = [sys.executable, "-m", "pytest", *SLOWEST, *arguments]
    kept = os.environ | {"PYTHONPYCACHEPREFIX": BYTECODE, "PYTHONDONTWRITEBYTECODE": ""} | environment
    with subprocess.Popen(
        command, cwd=ROOT, env=kept, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as run:
        last = ""
        for line in run.stdout or ():
            print(line, end="", flush=True)
            last = line if line.startswith("=") else last
    for count, word in re.findall(r"(\d+) (\w+)", last):
        total["failed" if word in ("error", "errors") else word] += int(count)
    return run.returncode


def _browser_tests_exist() -> bool:
    """Whether a test wears the mark: then a run that collects none is a fault, not an answer."""
    mark = "mark." + "browser"
    return any(mark in path.read_text(encoding="utf-8") for path in _test_files())


def _test_files() -> list[Path]:
    return [path for folder in ("src", "tests") for path in (ROOT / folder).rglob("test_*.py")]


if __name__ == "__main__":
    sys.exit(main())
