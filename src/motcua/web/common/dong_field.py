"""An amount in whole đồng as people type it: 15000, 15.000, 15 000."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

GROUPED = re.compile(r"\d{1,3}([.,  ])\d{3}(\1\d{3})*")
MOST = 10_000_000_000
LONGEST = 20  # figures; Python turns no text of thousands of them into a number


class DongField(forms.Field):
    """Gives an int, or None when optional and empty. A broken đồng and a sign are refused, not rounded."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={"class": "w10", "inputmode": "numeric", "autocomplete": "off", "maxlength": LONGEST}
            ),
        )
        kwargs.setdefault("error_messages", {"required": _("Nhập số tiền.")})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """The amount, or what is wrong with it."""
        typed = str(value or "").strip()
        if not typed:
            return None
        bare = re.sub(r"[.,  ]", "", typed) if GROUPED.fullmatch(typed) else typed
        if len(bare) > LONGEST or not (bare.isascii() and bare.isdigit()) or int(bare) > MOST:
            raise ValidationError(_("Nhập số đồng bằng chữ số, ví dụ 15000 hoặc 15.000."), code="no_amount")
        return int(bare)
