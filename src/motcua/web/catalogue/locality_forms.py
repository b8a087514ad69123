"""What an agency's catalogue officer types to set something of a procedure locally."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.operations import Promising, Setting
from motcua.catalogue.reading import DECIMAL
from motcua.catalogue.selectors import Offer
from motcua.catalogue.shapes import Amount, Channel, HandledIn, Limit, LimitUnit, SetBy
from motcua.kernel.errors import Refusal
from motcua.kernel.time import local
from motcua.web.catalogue.part_words import HANDLED, SHORT_CHANNELS, UNITS
from motcua.web.common.day_field import DayField
from motcua.web.common.dong_field import DongField
from motcua.web.common.limits import limit_words
from motcua.web.common.text_field import TidyField, printable
from motcua.web.common.wording import say

PROMISED = (
    LimitUnit.WORKING_DAY,
    LimitUnit.CALENDAR_DAY,
    LimitUnit.WORKING_HOUR,
    LimitUnit.HOUR,
    LimitUnit.SAME_DAY,
)
OFF = {"autocomplete": "off"}
SETTING = ("basis", "valid_from")


class LocalForm(forms.Form):
    """Something set from a day on, on a document. What is set stands in the forms below it."""

    field_order: Sequence[str] = ()

    basis = TidyField(
        label=_("Số văn bản làm căn cứ"),
        help_text=_("Ví dụ 12/QĐ-UBND; không ghi tên người"),
        max_length=120,
        validators=[printable],
        error_messages={"required": _("Hãy ghi số văn bản làm căn cứ.")},
        widget=forms.TextInput(attrs=OFF),
    )
    valid_from = DayField(label=_("Áp dụng từ ngày"), help_text=_("Hôm nay hoặc sau hôm nay"))

    def __init__(self, data: Any = None, *, found: Offer, at: datetime) -> None:
        super().__init__(data, initial={"valid_from": local(at).date()})
        self.found = found
        self.build()
        self.order_fields([name for name in self.fields if name not in SETTING])

    def build(self) -> None:
        """Add the fields that depend on the procedure."""

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at the field it names."""
        where = self.place_of(refusal.field or "")
        self.add_error(where if where in self.fields else None, say(refusal))

    def place_of(self, field: str) -> str:
        """The field of the form for a field that a refusal names."""
        return field

    def setting(self, agency: str) -> Setting:
        """Which procedure, for whom, from when, on what."""
        told = self.cleaned_data
        return Setting(self.found.version.code, agency, told["valid_from"], told["basis"])

    def terms(self) -> dict[str, Any]:
        """What the operation takes beside the setting: what the form's own fields say."""
        return {name: value for name, value in self.cleaned_data.items() if name not in SETTING}


class PlaceForm(LocalForm):
    """Where dossiers are taken."""

    address = TidyField(
        label=_("Nơi nhận hồ sơ của thủ tục này"),
        help_text=_("Để trống: trở lại quầy của cơ quan"),
        required=False,
        max_length=500,
        validators=[printable],
        widget=forms.TextInput(attrs=OFF),
    )


class HandlingForm(LocalForm):
    """Which system handles it."""

    handled_in = forms.ChoiceField(
        label=_("Giải quyết trên hệ thống nào"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn một mục."), "invalid_choice": _("Hãy chọn một mục.")},
    )

    def build(self) -> None:
        """The systems in words."""
        field: Any = self.fields["handled_in"]
        field.choices = [(code, say(words)) for code, words in HANDLED.items()]
        self.initial["handled_in"] = self.found.handled_in

    def terms(self) -> dict[str, Any]:
        """The system."""
        return {"handled_in": HandledIn(self.cleaned_data["handled_in"])}


class PromiseForm(LocalForm):
    """Times shorter than the law's, a line for each variant and the channels it treats alike."""

    def build(self) -> None:
        """A number and a unit for each line."""
        self.lines = _alike(self.found)
        for n, line in enumerate(self.lines):
            promised = line.promised
            self.fields[f"value_{n}"] = TidyField(
                label=line.called,
                help_text=_("Quy định: %(law)s. Đang cam kết: %(promise)s. Để trống: không đổi.")
                % {"law": _said(line.limit), "promise": _said(promised) if promised else _("chưa có")},
                required=False,
                max_length=6,
                widget=forms.TextInput(attrs={**OFF, "inputmode": "decimal", "class": "w4"}),
            )
            self.fields[f"unit_{n}"] = forms.ChoiceField(
                label=_("Đơn vị"),
                choices=[(unit.value, say(UNITS[unit])) for unit in PROMISED],
                initial=line.limit.unit if line.limit.unit in PROMISED else LimitUnit.WORKING_DAY,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """A number above 0 where one is typed, and at least one line."""
        told = super().clean() or {}
        self.promises = []
        for n, line in enumerate(self.lines):
            typed, unit = told.get(f"value_{n}", ""), told.get(f"unit_{n}") or LimitUnit.WORKING_DAY
            same_day = unit == LimitUnit.SAME_DAY
            if not typed and not (same_day and line.limit.unit is not LimitUnit.SAME_DAY):
                continue
            if same_day and typed:
                self.add_error(f"value_{n}", _("Trả ngay trong ngày thì không ghi số."))
                continue
            value = None if same_day else _number(typed)
            if not same_day and value is None:
                self.add_error(f"value_{n}", _("Nhập một số lớn hơn 0, ví dụ 2."))
                continue
            limit = Limit(LimitUnit(unit), value)
            self.promises += [Promising(line.variant, channel, limit) for channel in line.channels]
        if not self.promises and not self.errors:
            self.add_error(None, _("Hãy nhập ít nhất một thời hạn cam kết."))
        return told

    def place_of(self, field: str) -> str:
        """A refusal names variant and channel."""
        variant, _dot, channel = field.partition(".")
        for n, line in enumerate(self.lines):
            if line.variant == variant and channel in line.channels:
                return f"value_{n}"
        return field

    def terms(self) -> dict[str, Any]:
        """The times promised."""
        return {"promises": self.promises}


@dataclass(frozen=True, slots=True)
class Alike:
    """Channels of a variant with the same limit and promise."""

    variant: str
    called: str
    channels: tuple[Channel, ...]
    limit: Limit
    promised: Limit | None


def _alike(found: Offer) -> list[Alike]:
    lines = []
    for variant in found.version.variants:
        groups: dict[tuple[Limit, Limit | None], list[Channel]] = {}
        for entry in variant.channels:
            promised = found.promised(variant.code, entry.channel.value)
            groups.setdefault((entry.limit, promised.limit if promised else None), []).append(entry.channel)
        for (limit, promise), channels in groups.items():
            if limit.unit is not LimitUnit.UNKNOWN:
                named = ", ".join(say(SHORT_CHANNELS[channel]) for channel in channels)
                called = f"{say(variant.label)} · {named}"
                lines.append(Alike(variant.code, called, tuple(channels), limit, promise))
    return lines


def _said(limit: Limit) -> str:
    return say(limit_words(limit.unit.value, limit.value))


def _number(typed: str) -> Decimal | None:
    text = typed.replace(",", ".")
    return Decimal(text) if DECIMAL.fullmatch(text) and Decimal(text) > 0 else None


class FeesForm(LocalForm):
    """What the council of the province set, a line for each fee the law leaves to it."""

    def build(self) -> None:
        """Two amounts for each fee: handed in at the desk or by post, and online."""
        self.rules = [r for r in self.found.version.fees if r.set_by is SetBy.PROVINCIAL_COUNCIL]
        now = {fee.rule: fee.amounts for fee in self.found.fees}
        for n, rule in enumerate(self.rules):
            held = now.get(rule.code, ())
            self.fields[f"desk_{n}"] = DongField(
                label=_("%(fee)s: nộp trực tiếp, bưu chính") % {"fee": say(rule.name)},
                help_text=_("Số đồng; 0 là không thu. Để trống: không đổi"),
                required=False,
                initial=_held(held, Channel.COUNTER),
            )
            self.fields[f"online_{n}"] = DongField(
                label=_("%(fee)s: nộp trực tuyến") % {"fee": say(rule.name)},
                help_text=_("Để trống: như nộp trực tiếp"),
                required=False,
                initial=_held(held, Channel.ONLINE),
            )

    def clean(self) -> dict[str, Any]:
        """At least one fee; an amount online goes with one at the desk."""
        told = super().clean() or {}
        self.amounts: dict[str, tuple[Amount, ...]] = {}
        for n, rule in enumerate(self.rules):
            desk, online = told.get(f"desk_{n}"), told.get(f"online_{n}")
            if desk is None and online is not None:
                self.add_error(f"desk_{n}", _("Nhập cả mức thu khi nộp trực tiếp."))
            elif desk is not None and online in (None, desk):
                self.amounts[rule.code] = (Amount(value=desk),)
            elif desk is not None:
                self.amounts[rule.code] = (
                    Amount(value=online or 0, channels=(Channel.ONLINE,)),
                    Amount(value=desk),
                )
        if not self.amounts and not self.errors:
            self.add_error(None, _("Hãy nhập ít nhất một mức thu."))
        return told

    def terms(self) -> dict[str, Any]:
        """The amounts by fee."""
        return {"amounts": self.amounts}


def _held(amounts: Sequence[Amount], channel: Channel) -> int | None:
    return next((a.value for a in amounts if not a.channels or channel in a.channels), None)
