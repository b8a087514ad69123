"""What the sources say to people through gettext, found without the system's gettext tools."""

import ast
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment
from jinja2.ext import extract_from_ast

from motcua.cli import messages

SOURCE = Path(__file__).resolve().parents[2] / "src" / "motcua"
CALLS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2}
_JINJA = Environment(autoescape=True)

Message = tuple[str, str]  # msgid and plural; no plural: ""


def said() -> dict[Message, str]:
    """Every message of our templates and Python files, and the first file that says it."""
    found: dict[Message, str] = {}
    for path in sorted(SOURCE.rglob("*")):
        if "tests" in path.parts or path.suffix not in (".py", ".html"):
            continue
        text = path.read_text(encoding="utf-8")
        reader = in_python if path.suffix == ".py" else in_template
        for message in reader(text):
            found.setdefault(message, str(path.relative_to(SOURCE)))
    return found


def in_python(text: str) -> Iterator[Message]:
    """The messages of a Python file: literals given to a function of gettext."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            texts = [a.value for a in node.args[: CALLS.get(name, 0)] if isinstance(a, ast.Constant)]
            if texts and all(isinstance(t, str) for t in texts):
                yield str(texts[0]), str(texts[1]) if len(texts) > 1 else ""


def in_template(text: str) -> Iterator[Message]:
    """The messages of a template, as Jinja2 itself extracts them."""
    for _line, _function, found in extract_from_ast(_JINJA.parse(text)):
        texts = [each for each in (found if isinstance(found, tuple) else (found,)) if each]
        if texts:
            yield texts[0], texts[1] if len(texts) > 1 else ""


def catalogues() -> list[Path]:
    """All English catalogues."""
    return sorted(SOURCE.rglob("locale/en/LC_MESSAGES/*.po"))


def entries(catalogue: Path) -> Iterator[tuple[Message, list[str], bool]]:
    """The messages of a catalogue with their English texts; the last value says whether they are fuzzy."""
    text = catalogue.read_text(encoding="utf-8")
    for entry, fuzzy in messages._entries(text, str(catalogue)):
        if entry["msgid"]:
            english = [entry[key] for key in sorted(entry) if key.startswith("msgstr")]
            yield (entry["msgid"], entry.get("msgid_plural", "")), english, fuzzy
