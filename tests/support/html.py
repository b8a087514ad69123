"""Pages read back: elements with their attributes, and forms as a browser would send them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

Attributes = dict[str, str]
SILENT = ("submit", "button", "image", "reset", "file")


@dataclass
class Form:
    """A form: where it goes, and what it would send when its main button is pressed."""

    attributes: Attributes
    in_main: bool
    fields: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[Attributes] = field(default_factory=list)

    @property
    def method(self) -> str:
        return self.attributes.get("method", "get").lower()

    @property
    def action(self) -> str:
        return self.attributes.get("action", "")

    def sent(self, filled: Mapping[str, str | list[str]]) -> dict[str, list[str]]:
        """What is sent with `filled` typed into it; a name it does not have is a fault of the test."""
        unknown = set(filled) - set(self.fields) - set(self.choices)
        assert not unknown, f"no field {unknown} in {sorted(self.fields | self.choices)}"
        typed = {name: value if isinstance(value, list) else [value] for name, value in filled.items()}
        pressed = next(iter([b for b in self.buttons if "data-primary" in b] or self.buttons), {})
        name = {pressed["name"]: [pressed.get("value", "")]} if pressed.get("name") else {}
        return {**self.fields, **typed, **name}


class Page:
    """A page: `tags` and `texts` in order, and its `forms`. What comes after <main> counts to it."""

    def __init__(self, html: str) -> None:
        self.tags: list[tuple[str, Attributes]] = []
        self.forms: list[Form] = []
        self.texts: list[str] = []
        self._form: Form | None = None
        self._select = ""
        self._chosen = False
        self._typed = ""
        self._said: list[str] = []
        parser = etree.HTMLParser(target=self, huge_tree=True)
        parser.feed(html)
        parser.close()

    def all(self, tag: str) -> list[Attributes]:
        return [attributes for name, attributes in self.tags if name == tag]

    def form(self, *names: str) -> Form:
        """The POST form of the page's own part that has fields of these names."""
        own = [f for f in self.forms if f.in_main and f.method == "post"]
        return next(f for f in own if set(names) <= set(f.fields) | set(f.choices))

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._end_of_text()
        found = dict(attributes)
        self.tags.append((tag, found))
        if tag == "form":
            self._form = Form(found, in_main="main" in (name for name, _ in self.tags))
            self.forms.append(self._form)
        elif self._form is not None:
            self._read(tag, found)

    def _read(self, tag: str, found: Attributes) -> None:
        assert self._form is not None
        name, kind, value = found.get("name", ""), found.get("type", "text"), found.get("value", "")
        if tag == "button":
            self._form.buttons.append(found)
        elif tag == "option":
            self._form.choices.setdefault(self._select, []).append(value)
            if "selected" in found or not self._chosen:
                self._form.fields.setdefault(self._select, [""])[-1] = value
                self._chosen = True
        elif tag == "select":
            self._select, self._chosen = name, False
            self._form.fields.setdefault(name, []).append("")
        elif tag == "textarea":
            self._typed = name
            self._form.fields[name] = [""]
        elif tag == "input" and name and kind in ("radio", "checkbox"):
            self._form.choices.setdefault(name, []).append(value or "on")
            if "checked" in found:
                self._form.fields.setdefault(name, []).append(value or "on")
        elif tag == "input" and name and kind not in SILENT:
            self._form.fields.setdefault(name, []).append(value)

    def data(self, said: str) -> None:
        self._said.append(said)

    def end(self, tag: str) -> None:
        self._end_of_text()
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._typed = ""

    def comment(self, said: str) -> None:
        self._end_of_text()

    def close(self) -> None:
        self._end_of_text()

    def _end_of_text(self) -> None:
        data = "".join(self._said)
        self._said.clear()
        if data.strip():
            self.texts.append(data.strip())
        if self._typed and self._form is not None:
            self._form.fields[self._typed] = [self._form.fields[self._typed][0] + data.lstrip("\n")]
