"""Templates: nothing a strict content policy would block, nothing unescaped, no syntax error."""

import re

import pytest
from django.template import engines

from tests.house.tree import SOURCE, nothing, texts

FORBIDDEN = {
    "inline script": re.compile(r"<script\b(?![^>]*\bsrc\s*=)", re.IGNORECASE),
    "inline style": re.compile(r"<style\b|[\s\"']style\s*=", re.IGNORECASE),
    "event attribute": re.compile(r"[\s\"'](?:on[a-z]+|hx-on[\w:-]*)\s*=", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
    "unescaped output": re.compile(r"\|\s*safe(?:seq)?\b|\bautoescape\b|\bMarkup\s*\("),
}
# What makes markup of a text, in Python: only the components and their drawing may.
MARKUP = re.compile(r"\b(?:SafeString|SafeText|Markup)\(")


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("inline script", "<script>go()</script>"),
        ("inline script", '<script type="module">go()</script>'),
        ("inline style", '<p style="color:red">'),
        ("inline style", "<STYLE>p{}</STYLE>"),
        ("event attribute", '<button onclick="go()">'),
        ("event attribute", '<p hx-on:click="go()">'),
        ("script address", '<a href="javascript:go()">'),
        ("unescaped output", "{{ name|safe }}"),
        ("unescaped output", "{{ name | safe }}"),
        ("unescaped output", "{% autoescape false %}"),
        ("unescaped output", "{{ Markup(name) }}"),
    ],
)
def test_what_is_forbidden_is_seen(what, text):
    assert FORBIDDEN[what].search(text)


@pytest.mark.parametrize(
    "text",
    [
        '<script type="module" src="/a.js"></script>',
        '<link rel="stylesheet" href="/a.css">',
        "{{ only|lower }}",
        "{{ safely|say }}",
    ],
)
def test_what_is_allowed_passes(text):
    nothing([what for what, pattern in FORBIDDEN.items() if pattern.search(text)])


@pytest.mark.parametrize("what", FORBIDDEN)
def test_templates_hold_none(what):
    found = [
        f"{name}:{text.count(chr(10), 0, hit.start()) + 1}: {hit.group().strip()}"
        for name, text in texts(".html", ".svg")
        for hit in FORBIDDEN[what].finditer(text)
    ]
    nothing(found)


def test_python_marks_nothing_safe():
    nothing([name for name, text in texts(".py") if "mark_" + "safe" in text])


def test_only_the_components_make_markup_of_text():
    found = [name for name, text in texts(".py") if name.startswith("src/") and MARKUP.search(text)]
    assert found == ["src/motcua/web/common/components.py"]


def test_every_template_compiles():
    folders = [path for path in SOURCE.rglob("jinja2") if path.is_dir()]
    names = [str(path.relative_to(folder)) for folder in folders for path in folder.rglob("*.html")]
    for name in names:
        engines["jinja2"].get_template(name)
    assert len(names) == len(set(names)), "two modules have a template of the same name"
    assert not [path for path in SOURCE.rglob("templates") if path.is_dir()], (
        "one template language is enough"
    )


KEYS = re.compile(r"keys=True|primary=True|data-key[s=]|\bkey=\"F\d")


def test_a_page_that_shows_keys_loads_what_hears_them():
    pages = {name: text for name, text in texts(".html") if "{% extends" in text and "/tests/" not in name}
    assert any(KEYS.search(text) for text in pages.values())
    nothing([name for name, text in pages.items() if KEYS.search(text) and "motcua/keys.js" not in text])
