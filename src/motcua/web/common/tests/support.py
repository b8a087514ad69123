"""What the tests of components and pages share: drawing a template, and reading tags back."""

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.template import engines
from django.test import RequestFactory

COMMON = Path(__file__).resolve().parent.parent


def draw(source: str, **values: Any) -> str:
    return engines["jinja2"].from_string(source).render(values)


def page(name: str, **values: Any) -> str:
    source = (COMMON / "tests" / "pages" / f"{name}.html").read_text(encoding="utf-8")
    return engines["jinja2"].from_string(source).render(values, RequestFactory().get("/here?a=1&b=2"))


class Outline(HTMLParser):
    """Start tags with their attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice: {attrs}"
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def hidden(html: str) -> dict[str | None, str | None]:
    """Names and values of the hidden inputs."""
    return {a["name"]: a.get("value") for a in Outline(html).all("input") if a.get("type") == "hidden"}
