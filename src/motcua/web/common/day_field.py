"""A date typed in three fields, never picked from a calendar: people know their birthday by heart."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class DayInput(forms.MultiWidget):
    """Day, month, year. What was typed stays as typed when it is wrong."""

    labels = (_("Ngày"), _("Tháng"), _("Năm"))

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        digits = {"inputmode": "numeric", "autocomplete": "off"}
        widgets = [forms.TextInput(attrs={**digits, "maxlength": length}) for length in (2, 2, 4)]
        super().__init__(widgets, attrs)

    def decompress(self, value: date | None) -> list[str | None]:
        """The three texts of a date."""
        return [f"{value.day:02}", f"{value.month:02}", f"{value.year:04}"] if value else [None, None, None]


class DayField(forms.MultiValueField):
    """A civil date out of three texts; gives a `datetime.date`, or None when optional and all are empty."""

    widget = DayInput
    default_error_messages = {
        "required": _("Nhập đủ ngày, tháng, năm."),
        "incomplete": _("Nhập đủ ngày, tháng, năm."),
        "no_such_day": _("Không có ngày này. Nhập ngày, tháng, năm bằng số, ví dụ 05 09 1990."),
    }

    def __init__(self, **kwargs: Any) -> None:
        parts = tuple(forms.CharField(max_length=length, required=False) for length in (2, 2, 4))
        super().__init__(fields=parts, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> date | None:
        """The date, or what is wrong with it."""
        parts = [part.strip() for part in data_list or []]
        if not any(parts):
            return None
        if len(parts) < 3 or not all(parts):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        # Two figures are no year: 90 is 1990 to one reader and 2090 to a machine.
        if not all(part.isascii() and part.isdigit() for part in parts) or len(parts[2]) != 4:
            raise ValidationError(self.error_messages["no_such_day"], code="no_such_day")
        try:
            return date(int(parts[2]), int(parts[1]), int(parts[0]))
        except ValueError as error:
            raise ValidationError(self.error_messages["no_such_day"], code="no_such_day") from error
