"""What may not stand in a committed file."""

import re

from tests.house.tree import nothing, texts

HOST = re.compile(
    r"https?://|git\+|\bfile:|--(?:extra-)?index-url|--find-links|--trusted-host", re.IGNORECASE
)
PINNED = re.compile(r"^[A-Za-z0-9._-]+(\[[^\]]+\])?==\S+")
# a folder of somebody's machine: spelt in pieces, so that this file passes its own test
MACHINE = re.compile(
    r"(?<![\w.~})])/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "ho" + "me", "Us" + "ers"]) + r")/\w"
)
SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore|nosec|pragma)\b(.*)", re.IGNORECASE)
NAMED = re.compile(r"^(: [A-Z]+\d+(, [A-Z]+\d+)*|\[[a-z, -]+\])")


def lines(*suffixes: str):
    for name, text in texts(*suffixes):
        for number, line in enumerate(text.splitlines(), start=1):
            yield f"{name}:{number}", line


def test_requirements_name_no_host_and_are_pinned_by_hash():
    for name, text in texts(".txt", ".in"):
        if name.startswith("requirements/"):
            assert HOST.findall(text) == [], name
            wanted = [line for line in text.splitlines() if line[:1].isalnum()]
            assert [line for line in wanted if not PINNED.match(line)] == [], name
            if name.endswith(".txt"):
                for block in re.split(r"\n(?=[A-Za-z0-9])", text.strip()):
                    assert "--hash=sha256:" in block, f"{name}: {block}"


def test_no_file_names_a_folder_of_somebodys_machine():
    nothing([where for where, line in lines() if MACHINE.search(line)])


def test_silenced_warnings_are_named():
    found = []
    for where, line in lines(".py"):
        silenced = SILENCED.search(line)
        if silenced and not where.startswith("tests/house/") and not NAMED.match(silenced.group(2)):
            found.append(f"{where}: {line.strip()}")
    nothing(found)


def test_nothing_is_left_for_later():
    later = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    nothing([where for where, line in lines(".py", ".html", ".js", ".css", ".typ") if later.search(line)])
