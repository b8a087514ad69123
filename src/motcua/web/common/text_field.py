"""Texts as people type them: tidy, and made of letters that papers can show."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from motcua.kernel.text import clean
from motcua.web.common.fonts import MissingGlyphError, font_for
from motcua.web.common.wording import say


def printable(text: str) -> None:
    """A validator: a letter that no paper can draw is refused where it is typed, as a receipt or a letter that
    can't be printed helps nobody."""
    try:
        font_for([clean(text)])
    except MissingGlyphError as missing:
        raise ValidationError(say(missing), code="unprintable") from missing


def telephone(typed: str) -> str:
    """A telephone number, tidy: digits with or without a leading +, as people group them. "" stays so. Raises
    ValidationError."""
    phone = clean(typed)
    bare = phone.translate(str.maketrans("", "", " .-()"))
    if bare and not (bare.removeprefix("+").isdecimal() and bare.isascii() and 8 <= len(bare) <= 16):
        raise ValidationError(_("Số điện thoại không đúng: cần 8 đến 15 chữ số."))
    return phone


class TidyField(forms.CharField):
    """One line of text without what nobody sees: invisible letters alone are nothing typed."""

    def to_python(self, value: Any) -> str:
        """The text in NFC, spaces made one, controls and marks of direction dropped."""
        return clean(super().to_python(value) or "")
