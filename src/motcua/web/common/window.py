"""The first and the last day of what is looked at or exported: in an address as 2026-11-20, in a form as people write
days. The browser's own calendar is not asked: it writes 11/01 or 01/11 as its own language has it."""

from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from motcua.kernel.errors import Invalid
from motcua.web.common.day_field import DayField

_WRONG = Invalid("Ngày viết bằng số, ví dụ 20 11 2026.", "Write the day in figures, such as 20 11 2026.")


class WindowForm(forms.Form):
    """Two days; `first` and `last` stand there where none is told."""

    first = DayField(label=_("Từ ngày"))
    last = DayField(label=_("Đến ngày"))

    def __init__(self, told: QueryDict, *, first: date, last: date) -> None:
        typed = any(name.startswith(("first_", "last_")) for name in told)
        super().__init__(told if typed else None, initial={"first": first, "last": last})
        for name in ("first", "last"):
            if told.get(name):
                self.initial[name] = _day(str(told[name]))

    def days(self) -> tuple[date, date]:
        """The window. Raises Invalid for what is no day."""
        chosen = self.initial if not self.is_bound else self.cleaned_data if self.is_valid() else {}
        first, last = chosen.get("first"), chosen.get("last")
        if first is None or last is None:
            raise Invalid(_WRONG.vi, _WRONG.en, field="last" if first else "first")
        return first, last


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
