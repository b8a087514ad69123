"""docs/forms.md names fields that the newest shipped forms have: a comparison that nobody keeps is worse than none."""

import re
from pathlib import Path

import pytest

from motcua.eforms.selectors import forms
from motcua.eforms.shapes import walk

TOLD = (Path(__file__).resolve().parents[2] / "docs" / "forms.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.+)\n((?:(?!## ).*\n)+)", TOLD, re.MULTILINE))
NEWEST = {form.code: form for form in sorted(forms().values(), key=lambda form: form.version)}


@pytest.mark.parametrize("form", NEWEST.values(), ids=lambda form: form.code)
def test_every_form_is_compared_with_the_official_one(form):
    [text] = [text for title, text in SECTIONS.items() if form.code in title.split(" and ")]
    named = set(re.findall(r"`([a-z_.]+)`", text))
    asked = {path for path, _field in walk(form.fields)}
    assert named <= asked
    rows = [line for line in text.splitlines() if line.startswith("|")][2:]
    assert all(re.search(r"`[a-z_.]+`", row) for row in rows), "an item that no field takes"


@pytest.mark.parametrize("form", NEWEST.values(), ids=lambda form: form.code)
def test_what_is_asked_is_in_the_official_form_or_the_page_says_why(form):
    [text] = [text for title, text in SECTIONS.items() if form.code in title.split(" and ")]
    if "|" not in text:
        assert "no official declaration" in text
        return
    named = set(re.findall(r"`([a-z_.]+)`", text))
    asked = {path for path, field in walk(form.fields) if field.type not in ("info", "group")}
    assert asked - {path for path in asked if path in named or path.rpartition(".")[0] in named} == set()
