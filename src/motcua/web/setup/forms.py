"""What an administrator types about people."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.agencies.people import SeatLine
from motcua.kernel.errors import Refusal
from motcua.kernel.time import ZONE, local
from motcua.ledger.operations import AlreadyDone
from motcua.web.common.day_field import DayField
from motcua.web.common.text_field import TidyField, printable
from motcua.web.common.wording import language, say

CHOOSE = {"required": _("Hãy chọn một mục."), "invalid_choice": _("Hãy chọn một mục.")}


class StaffForm(forms.Form):
    """A form about a person; one without fields only asks whether to go on."""

    def __init__(self, data: Any = None, *, seats: Sequence[SeatLine] = (), at: datetime) -> None:
        super().__init__(data)
        self.seats, self.at = seats, at
        self.refused = 0

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at the field it names."""
        self.add_error(refusal.field if refusal.field in self.fields else None, say(refusal))

    @contextmanager
    def doing(self) -> Iterator[None]:
        """Around what is done with what was sent: what was done before is done, a refusal is shown."""
        try:
            yield
        except AlreadyDone:
            pass
        except Refusal as refusal:
            self.refuse(refusal)
            self.refused = refusal.status

    @property
    def status(self) -> int:
        """With which status the form is shown: of what refused it, 422 for its own faults."""
        return self.refused or (422 if self.errors else 200)

    def arguments(self) -> dict[str, Any]:
        """What the operation takes beside agency, account, actor and at."""
        return {}


class PersonForm(StaffForm):
    """A new person."""

    name = TidyField(
        label=_("Họ và tên"),
        max_length=100,
        validators=[printable],
        error_messages={"required": _("Hãy ghi họ và tên.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    login = TidyField(
        label=_("Tên đăng nhập"),
        help_text=_("Chữ thường không dấu, ví dụ thuha hoặc tiepnhan3"),
        max_length=60,
        error_messages={"required": _("Hãy ghi tên đăng nhập.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def arguments(self) -> dict[str, Any]:
        """Login and name."""
        return {"login": self.cleaned_data["login"], "name": self.cleaned_data["name"]}


class AppointForm(StaffForm):
    """A seat, from a day on."""

    position = forms.ChoiceField(label=_("Vị trí"), error_messages=CHOOSE)
    valid_from = DayField(label=_("Từ ngày"), required=False, help_text=_("Để trống: từ bây giờ"))
    valid_to = DayField(
        label=_("Đến hết ngày"), required=False, help_text=_("Để trống: không định ngày kết thúc")
    )

    posted_by = TidyField(
        label=_("Mã cơ quan cử đến"),
        required=False,
        max_length=40,
        help_text=_("Chỉ ghi cho cán bộ cơ quan khác cử đến quầy, ví dụ H99.01.02"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, *, seats: Sequence[SeatLine] = (), at: datetime) -> None:
        super().__init__(data, seats=seats, at=at)
        choices = [(str(seat.position), f"{seat_name(seat)} ({seat.unit_name})") for seat in seats]
        self.fields["position"].choices = [("", "…"), *choices]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """The seat and its time."""
        return {
            "position": self.cleaned_data["position"],
            "posted_by": self.cleaned_data["posted_by"],
            "valid_from": begins(self.cleaned_data["valid_from"], self.at),
            "valid_to": ends(self.cleaned_data["valid_to"]),
        }


class ScreenLockForm(StaffForm):
    """Minutes."""

    minutes = forms.IntegerField(
        label=_("Tự khóa sau (phút không dùng)"),
        help_text=_("Từ 2 đến 120 phút"),
        error_messages={
            "required": _("Hãy nhập một số phút, ví dụ 10."),
            "invalid": _("Hãy nhập một số phút, ví dụ 10."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w4"}),
    )

    def __init__(self, data: Any = None, *, at: datetime, minutes: int) -> None:
        super().__init__(data, at=at)
        self.initial["minutes"] = minutes

    def arguments(self) -> dict[str, Any]:
        """The minutes."""
        return {"minutes": self.cleaned_data["minutes"]}


def seat_name(seat: SeatLine) -> str:
    """A seat's name in the page's language."""
    return seat.name_en if language() == "en" and seat.name_en else seat.name


def begins(day: date | None, at: datetime) -> datetime:
    """The first instant of `day` here; now for today and for no day."""
    if day is None or day == local(at).date():
        return at
    return datetime.combine(day, time(), ZONE)


def ends(day: date | None) -> datetime | None:
    """The instant after `day`; None for no end, and for a day the calendar does not reach beyond."""
    return None if day is None or day == date.max else datetime.combine(day + timedelta(days=1), time(), ZONE)
