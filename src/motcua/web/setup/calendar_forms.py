"""What is typed to publish an edition of an agency's calendar."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.editions import spans_from, written
from motcua.kernel.errors import Invalid, Refusal
from motcua.kernel.time import local
from motcua.web.common.day_field import DayField
from motcua.web.common.text_field import TidyField, printable
from motcua.web.common.wording import say

CLOSED, MAKE_UP, HOURS = "closed", "make_up", "hours"
KINDS = (
    (CLOSED, _("Nghỉ, đóng cửa")),
    (MAKE_UP, _("Làm bù")),
    (HOURS, _("Làm việc theo giờ khác")),
)
# A year on either side: a slip of the year is told, a closure of last month is not.
REACH = timedelta(days=366)


class EditionForm(forms.Form):
    """Days off, make-up days or other hours of one agency, by one decision."""

    kind = forms.ChoiceField(
        label=_("Công bố gì"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn một mục."), "invalid_choice": _("Hãy chọn một mục.")},
    )
    first = DayField(label=_("Từ ngày"))
    last = DayField(
        label=_("Đến hết ngày"),
        required=False,
        help_text=_("Để trống: chỉ một ngày; với giờ làm việc là từ ngày ấy trở đi"),
    )
    hours = TidyField(
        label=_("Giờ làm việc những ngày ấy"),
        required=False,
        max_length=60,
        help_text=_("Chỉ ghi khi làm theo giờ khác, ví dụ 07:00-11:30, 13:30-17:00"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    swap = DayField(
        label=_("Ngày làm bù cho ngày nghỉ"),
        required=False,
        help_text=_("Chỉ ghi khi nghỉ và hoán đổi, ví dụ một thứ Bảy"),
    )
    basis = TidyField(
        label=_("Số văn bản quyết định"),
        help_text=_("Chỉ ghi số, ví dụ 12/QĐ-UBND; không ghi tên người"),
        max_length=60,
        validators=[printable],
        error_messages={"required": _("Hãy ghi số văn bản quyết định.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = TidyField(
        label=_("Lý do"),
        help_text=_("Người dân đọc được ở phần giải thích hạn trả, ví dụ: nghỉ tránh bão số 5"),
        max_length=120,
        validators=[printable],
        error_messages={"required": _("Hãy ghi lý do.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason_en = TidyField(
        label=_("Lý do bằng tiếng Anh"),
        max_length=120,
        validators=[printable],
        error_messages={"required": _("Hãy ghi lý do bằng tiếng Anh, ví dụ: closed for typhoon No. 5.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "en"}),
    )

    def __init__(self, data: Any = None, *, calendar: WorkCalendar, at: datetime) -> None:
        super().__init__(data)
        self.calendar, self.today = calendar, local(at).date()

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at the field it names."""
        self.add_error(refusal.field if refusal.field in self.fields else None, say(refusal))

    def clean_hours(self) -> str:
        """Office hours; empty where none are given."""
        typed = self.cleaned_data["hours"]
        if typed:
            try:
                spans_from(_spans(typed))
            except Invalid as wrong:
                raise ValidationError(
                    _("Viết các khoảng giờ tăng dần, ví dụ 07:00-11:30, 13:30-17:00."), code="hours"
                ) from wrong
        return str(typed)

    def clean(self) -> dict[str, Any]:
        """What the fields say together."""
        told = super().clean() or {}
        for name in ("first", "last", "swap"):
            if told.get(name) and abs(told[name] - self.today) > REACH:
                self.add_error(name, _("Ngày này cách hôm nay hơn một năm. Hãy xem lại năm."))
        kind, first, last = told.get("kind"), told.get("first"), told.get("last")
        if first and last and last < first:
            self.add_error("last", _("Ngày cuối phải từ ngày đầu trở đi."))
        if self.errors or first is None:
            return told
        if (kind == HOURS) != bool(told.get("hours")):
            self.add_error("hours", _("Ghi giờ khi, và chỉ khi, chọn “Làm việc theo giờ khác”."))
        if told.get("swap") and kind != CLOSED:
            self.add_error("swap", _("Ngày làm bù đi cùng ngày nghỉ; nếu không hãy chọn “Làm bù”."))
        elif told.get("swap") and (self._works(told["swap"]) or first <= told["swap"] <= (last or first)):
            self.add_error("swap", _("Ngày này vốn đã làm việc hoặc nằm trong đợt nghỉ."))
        wanted = {CLOSED: True, MAKE_UP: False}.get(str(kind))
        if wanted is not None and not any(self._works(day) == wanted for day in self._days(first, last)):
            self.add_error(
                "first",
                _("Những ngày này vốn đã nghỉ.") if wanted else _("Những ngày này vốn đã làm việc."),
            )
        return told

    def _works(self, day: date) -> bool:
        return self.calendar.is_working_day(day)

    @staticmethod
    def _days(first: date, last: date | None) -> Iterator[date]:
        for n in range(((last or first) - first).days + 1):
            yield first + timedelta(days=n)

    def document(self, *, code: str) -> dict[str, Any]:
        """The edition as JSON; of days off only those that were worked, and the other way round."""
        told = self.cleaned_data
        kind, first, last = told["kind"], told["first"], told["last"]
        days = list(self._days(first, last)) if kind != HOURS else []
        worked = [day for day in days if not self._works(day)] if kind == MAKE_UP else []
        worked += [told["swap"]] if told["swap"] else []
        changes: dict[str, list[dict[str, Any]]] = {
            "days_off": [{"date": str(d)} for d in days if self._works(d)] if kind == CLOSED else [],
            "working_days": [{"date": str(day)} for day in worked],
            "hours": [],
        }
        if kind == HOURS:
            until = None if last is None else str(last)
            changes["hours"] = [{"from": str(first), "to": until, "spans": _spans(told["hours"])}]
        filled = {what: entries for what, entries in changes.items() if entries}
        return written(
            code=code, changes=filled, name=(told["reason"], told["reason_en"]), basis=told["basis"]
        )


def _spans(typed: str) -> list[list[str]]:
    return [[clock.strip() for clock in span.split("-")] for span in typed.replace(";", ",").split(",")]
