"""What an administrator types of a mandate: whose seat, to the hour, for what, by which document."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.agencies.mandates import HEADS, KINDS, NewMandate
from motcua.agencies.people import SeatLine
from motcua.catalogue.selectors import published_codes, sectors
from motcua.dossiers.states import ACTS, Act, Authority
from motcua.kernel.time import ZONE
from motcua.web.common.day_field import DayField
from motcua.web.common.paper_fields import hour_field
from motcua.web.common.text_field import TidyField
from motcua.web.common.wording import say
from motcua.web.setup.forms import CHOOSE, StaffForm, begins, ends, seat_name
from motcua.web.setup.words import act_words

VACANT = "vacant:"
# Whose acts a document names: those of who works on a dossier, is asked about one, leads, or confirms.
_OFFICE = {Authority.STEP, Authority.CONSULTED, Authority.LEADER, Authority.LEAD, Authority.TWO_PEOPLE}


def nameable() -> list[Act]:
    """The acts that a mandate may name, in the order of the act table."""
    return [act for act, row in ACTS.items() if row.authority & _OFFICE]


class StandInForm(StaffForm):
    """Another's seat, for a time, by a document."""

    appointment = forms.ChoiceField(label=_("Làm thay cho ai, ở vị trí nào"), error_messages=CHOOSE)
    kind = forms.ChoiceField(label=_("Hình thức ký"), required=False, error_messages=CHOOSE)
    valid_from = DayField(label=_("Từ ngày"), required=False, help_text=_("Để trống: từ bây giờ"))
    from_hour = hour_field(_("Từ giờ"))
    valid_to = DayField(label=_("Đến hết ngày"))
    to_hour = hour_field(_("Đến giờ (nếu không đến hết ngày)"))
    mandate = TidyField(
        label=_("Số văn bản phân công"),
        help_text=_("Chỉ ghi số, ví dụ 12/QĐ-UBND; không ghi tên người"),
        max_length=40,
        error_messages={"required": _("Hãy ghi số văn bản phân công.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    dated = DayField(label=_("Ngày văn bản"), required=False)
    when_absent = forms.BooleanField(
        label=_("Chỉ có hiệu lực khi người được thay vắng mặt"),
        required=False,
        help_text=_("Khi lần vắng mặt được ghi, người này tự động làm thay trong những giờ ấy."),
    )
    acts = forms.MultipleChoiceField(
        label=_("Chỉ cho các việc"),
        required=False,
        help_text=_("Bỏ trống: mọi việc của vị trí. TL. và TUQ. phải nêu việc hoặc thủ tục."),
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE,
    )
    sectors = forms.MultipleChoiceField(
        label=_("Chỉ cho các lĩnh vực"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE,
    )
    procedures = TidyField(
        label=_("Chỉ cho các thủ tục (mã, cách nhau bằng dấu phẩy)"),
        required=False,
        max_length=2000,
        help_text=_("Ví dụ 1.004873, 2.000635. Bỏ trống: mọi thủ tục."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, *, seats: Sequence[SeatLine] = (), at: datetime) -> None:
        super().__init__(data, seats=seats, at=at)
        held = [
            (str(held.appointment), f"{name}: {seat_name(seat)}")
            for seat in seats
            for name, _account, held in seat.holders
            if not held.acting_for
        ]
        self._offer("kind", [(code, say(kind.title)) for code, kind in KINDS.items()])
        vacant = [
            (f"{VACANT}{seat.position}", _("Vị trí trống: %(seat)s (Q.)") % {"seat": seat_name(seat)})
            for seat in seats
            if seat.kind in HEADS and all(held.acting_for for _name, _account, held in seat.holders)
        ]
        self._offer("appointment", [("", "…"), *held, *vacant])
        self._offer("sectors", [(name, name) for name in sectors()])
        self._offer("acts", [(act.value, act_words(act)) for act in nameable()])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_procedures(self) -> tuple[str, ...]:
        """The codes, each of a published procedure."""
        codes = tuple(dict.fromkeys(self.cleaned_data["procedures"].replace(",", " ").split()))
        unknown = sorted(set(codes) - published_codes()) if codes else []
        if unknown:
            raise forms.ValidationError(
                _("Không có thủ tục mã %(code)s; hãy xem lại."), params={"code": unknown[0]}
            )
        return codes

    def arguments(self) -> dict[str, Any]:
        """For whom, when, for what and by which document."""
        told = self.cleaned_data
        since, until = begins(told["valid_from"], self.at), ends(told["valid_to"])
        if told["from_hour"]:
            since = datetime.combine(
                told["valid_from"] or since.astimezone(ZONE).date(), told["from_hour"], ZONE
            )
        if told["to_hour"]:
            until = datetime.combine(told["valid_to"], told["to_hour"], ZONE)
        whose = told["appointment"]
        seat = (
            {"position": UUID(whose.removeprefix(VACANT))}
            if whose.startswith(VACANT)
            else {"appointment": whose}
        )
        return {
            **seat,
            "valid_from": since,
            "valid_to": until,
            "mandate": NewMandate(
                number=told["mandate"],
                kind=told["kind"],
                dated=told["dated"],
                acts=tuple(told["acts"]),
                procedures=told["procedures"],
                sectors=tuple(told["sectors"]),
                when_absent=told["when_absent"],
            ),
        }
