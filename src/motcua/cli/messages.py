"""Message catalogues: `.po` to `.mo` without system gettext (the `.mo` format of GNU gettext, 10.3)."""

import ast
import re
import struct
from collections.abc import Iterator
from pathlib import Path

MAGIC = 0x950412DE
KEYWORD = re.compile(r'(msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d+\])\s+(".*")$')


def compile_all(source: Path) -> int:
    """Compile every catalogue under `source` that is newer than its `.mo`; returns how many."""
    stale = [po for po in sorted(source.rglob("LC_MESSAGES/*.po")) if _is_stale(po)]
    for po in stale:
        draft = po.with_suffix(".mo.new")
        draft.write_bytes(compiled(po.read_text(encoding="utf-8"), name=str(po)))
        draft.replace(po.with_suffix(".mo"))
    return len(stale)


def compiled(text: str, *, name: str = "") -> bytes:
    """The `.mo` of a catalogue's text; untranslated and fuzzy messages are left out.

    Raises ValueError with `name` and the line for what is no catalogue.
    """
    messages = dict(sorted(_messages(text, name)))
    ids, strings = list(messages), list(messages.values())
    table = 7 * 4
    start = table + 16 * len(ids)
    body = b""
    tables = []
    for column in (ids, strings):
        for item in column:
            tables.append(struct.pack("<II", len(item), start + len(body)))
            body += item + b"\0"
    header = struct.pack("<7I", MAGIC, 0, len(ids), table, table + 8 * len(ids), 0, start)
    return header + b"".join(tables) + body


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns


def _messages(text: str, name: str) -> Iterator[tuple[bytes, bytes]]:
    for entry, fuzzy in _entries(text, name):
        translations = [entry[word] for word in sorted(entry) if word.startswith("msgstr")]
        if (fuzzy and entry["msgid"]) or not all(translations):
            continue
        key = entry["msgid"]
        if "msgctxt" in entry:
            key = f"{entry['msgctxt']}\x04{key}"
        if "msgid_plural" in entry:
            key = f"{key}\0{entry['msgid_plural']}"
        yield key.encode(), "\0".join(translations).encode()


def _entries(text: str, name: str) -> Iterator[tuple[dict[str, str], bool]]:
    entry: dict[str, str] = {}
    fuzzy = next_fuzzy = False
    word = ""
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if line.startswith("#"):
            next_fuzzy = next_fuzzy or (line.startswith("#,") and "fuzzy" in line)
        elif found := KEYWORD.match(line):
            word = found.group(1)
            if word in ("msgctxt", "msgid") and any(key.startswith("msgstr") for key in entry):
                yield entry, fuzzy
                entry = {}
            if not entry:
                fuzzy, next_fuzzy = next_fuzzy, False
            entry[word] = _literal(found.group(2), name, number)
        elif line.startswith('"') and word:
            entry[word] += _literal(line, name, number)
        elif line:
            raise ValueError(f"{name}:{number}: not a line of a catalogue: {line}")
    if entry:
        yield entry, fuzzy


def _literal(quoted: str, name: str, number: int) -> str:
    try:
        return str(ast.literal_eval(quoted))
    except (SyntaxError, ValueError) as error:
        raise ValueError(f"{name}:{number}: not a quoted string: {quoted}") from error
