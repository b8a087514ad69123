"""Nothing Django itself says about a field comes out in English on a Vietnamese page."""

import inspect
from collections.abc import Iterator

from django import forms
from django.core import validators
from django.forms import fields
from django.utils import translation


def said_by_django() -> Iterator[str]:
    for module in (fields, validators):
        for _name, kind in inspect.getmembers(module, inspect.isclass):
            yield from map(str, getattr(kind, "default_error_messages", {}).values())
            yield str(getattr(kind, "message", ""))


def test_every_message_of_a_field_is_vietnamese():
    with translation.override("vi"):
        told = [text for text in said_by_django() if text]
    assert len(told) > 30
    assert [text for text in told if text.isascii()] == []


def test_a_nul_is_told_in_the_language_of_the_page():
    for language, words in (("vi", "NUL"), ("en", "Null characters are not allowed.")):
        with translation.override(language):
            form = forms.Form({"name": "a\x00b"})
            form.fields["name"] = forms.CharField()
            assert words in form.errors["name"][0]
