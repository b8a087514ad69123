"""A clerk without a script: reads the form of the page, fills it in by its labels' names, posts it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

NAME = "Nguyễn Thị Ánh Tuyết"
NUMBER = "012190678901"


@dataclass
class FormReader(HTMLParser):
    """The fields of the form `wanted` as a browser would send them, and what each may hold."""

    html: str
    wanted: str = "reception"
    fields: dict[str, str] = field(default_factory=dict)
    radios: dict[str, list[str]] = field(default_factory=dict)
    ticks: list[str] = field(default_factory=list)
    inside: bool = False
    select: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self.inside = found.get("id") == self.wanted
        if not self.inside or not (name := found.get("name") or self.select):
            return
        value = found.get("value") or ""
        kind = found.get("type")
        if tag == "select":
            self.select = name
        elif tag == "option" and ("selected" in found or self.select not in self.fields):
            self.fields[self.select] = value
        elif tag == "input" and kind == "radio":
            self.radios.setdefault(name, []).append(value)
        elif tag == "input" and kind == "checkbox":
            self.ticks.append(name)
        if tag == "input" and (kind not in ("radio", "checkbox") or "checked" in found):
            self.fields[name] = value or ("on" if kind == "checkbox" else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        if tag == "form":
            self.inside = False


def form_of(response: Any) -> FormReader:
    """The receiving form of a page."""
    found = FormReader(response.content.decode())
    assert found.fields, "the page has no receiving form"
    return found


def opened(
    client: Client, procedure: str = "1.004873", variant: str = "no_verification", **query: str
) -> Any:
    """The page with procedure and variant chosen."""
    answer = client.get(reverse("receive"), {"procedure": procedure, "variant": variant, **query})
    assert answer.status_code == 200
    return answer


def filled(
    client: Client, procedure: str = "1.004873", variant: str = "no_verification", **typed: str
) -> dict[str, str]:
    """Everything a complete reception posts: person, an answer to each question, each paper ticked.

    `typed` replaces fields: double underscores stand for the dashes that Python names cannot hold.
    """
    page = form_of(opened(client, procedure, variant))
    person = {"applicant-0-name": NAME, "applicant-0-number": NUMBER}
    answers: dict[str, str] = {}
    while True:  # an answer may bring the next question
        again = form_of(post(client, {**page.fields, **answers, **person, "_update": "1"}))
        asked = {name: options[-1] for name, options in again.radios.items() if name.startswith("ask-")}
        if asked == answers:
            break
        answers = asked
    ticked = {name: "on" for name in again.ticks if name.endswith("_have")}
    counted = {name: "1" for name, told in again.fields.items() if name.startswith("count-") and not told}
    return {
        **again.fields,
        **counted,
        **ticked,
        **{name.replace("__", "-"): value for name, value in typed.items()},
    }


def post(client: Client, fields: Mapping[str, Any], **headers: str) -> Any:
    """Send the form."""
    return client.post(reverse("receive"), dict(fields), headers=headers or None)


def received(client: Client, fields: Mapping[str, Any]) -> str:
    """Send the form and give back the new dossier's code."""
    answer = post(client, fields)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return str(answer["Location"]).split("/")[-2]
