"""What the forms in which findings are decided are made of.

A form that is left alone says nothing. One that is filled in asks what to do with it.
"""

import hashlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.national.record import Record
from motcua.catalogue.national.words import thing_at
from motcua.catalogue.shapes import LimitUnit
from motcua.catalogue.worklist import Place
from motcua.kernel.errors import Refusal
from motcua.kernel.say import Say
from motcua.web.common.text_field import TidyField
from motcua.web.common.wording import say

LATER, DECIDE, SEEN = "", "decide", "seen"
LONGEST_NOTE = 2000
# Fields that are no part of a value.
BESIDE = ("how", "note", "shown", "also")
UNITLESS = (LimitUnit.SAME_DAY, LimitUnit.NONE)
CHOOSE = _("Hãy chọn một mục.")


def prefix_of(place: Place) -> str:
    """What the fields of a place's form begin with."""
    return "f" + hashlib.sha256(f"{place.kind}{place.where}".encode()).hexdigest()[:12]


def choices_of(options: Mapping[Any, Say], *, blank: bool = False) -> list[tuple[str, Any]]:
    said = [(key.value, say(label)) for key, label in options.items()]
    return [("", "—"), *said] if blank else said


def select(label: Any, options: Mapping[Any, Say]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        widget=forms.Select(attrs={"class": "w20"}),
        choices=lambda: choices_of(options, blank=True),
        error_messages={"invalid_choice": CHOOSE},
    )


def radios(label: Any, options: Mapping[Any, Say]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=lambda: choices_of(options),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": CHOOSE},
    )


def line(label: Any, *, longest: int = 200, hint: Any = "", css: str = "") -> TidyField:
    widget = forms.TextInput(attrs={"autocomplete": "off", **({"class": css} if css else {})})
    return TidyField(label=label, required=False, max_length=longest, help_text=hint, widget=widget)


def number(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=Decimal("0.01"),
        max_value=Decimal(10000),
        max_digits=8,
        decimal_places=2,
        widget=forms.TextInput(attrs={"class": "w4", "inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Nhập một số, ví dụ 5."),
            "min_value": _("Nhập số lớn hơn 0."),
            "max_value": _("Số quá lớn."),
            "max_digits": _("Số quá dài."),
            "max_decimal_places": _("Tối đa hai chữ số lẻ."),
        },
    )


def count_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=99,
        widget=forms.TextInput(attrs={"class": "w2", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Nhập số bản bằng chữ số."),
            "min_value": _("Số bản không thể âm."),
            "max_value": _("Số bản quá lớn."),
        },
    )


class DecisionForm(forms.Form):
    """What to do with one finding. Forms for values add their fields and say what `value` they make."""

    use_required_attribute = False
    rows: ClassVar[tuple[str, ...]] = ()
    # What a value cannot do without: drawn so, asked for only of who decides.
    needs: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, data: Any, *, place: Place, record: Record, also: int = 0, prefix: str = "") -> None:
        super().__init__(data, prefix=prefix or prefix_of(place))
        self.place, self.record = place, record
        self.thing = thing_at(record, place.where)
        self.called = ""
        # At how many other places of the procedure the same words stand.
        self.also_count = also
        fields = dict(self.fields)
        self.fields.clear()
        self.prepare(fields)
        asked = [(LATER, _("Để sau")), (SEEN, _("Đã xem, giữ như bản công bố"))]
        if self.valued:
            asked.insert(1, (DECIDE, _("Quyết định như đã điền")))
        self.fields |= fields
        self.fields["how"] = forms.ChoiceField(
            label=_("Làm gì với chỗ này"),
            required=False,
            choices=asked,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": CHOOSE},
        )
        if also:
            self.fields["also"] = forms.BooleanField(
                label=_("Cũng cho %(count)s chỗ khác có cùng lời trong thủ tục này") % {"count": also},
                required=False,
                initial=True,
            )
        self.fields["note"] = TidyField(
            label=_("Ghi chú"),
            required=False,
            max_length=LONGEST_NOTE,
            help_text=_("Căn cứ hay lý do; không ghi thông tin cá nhân"),
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
        self.fields["shown"] = forms.CharField(required=False, widget=forms.HiddenInput, initial=place.shown)

        self._needed = [field for name, field in self.fields.items() if self._is_needed(name)]
        self._mark(drawn=True)

    def _is_needed(self, name: str) -> bool:
        return name == "how" or bool({name, name.rpartition("_")[0]} & self.needs)

    def _mark(self, *, drawn: bool) -> None:
        for field in self._needed:
            field.required = drawn

    @property
    def valued(self) -> bool:
        """Whether more can be decided than that somebody looked."""
        return type(self) is not DecisionForm

    def prepare(self, fields: dict[str, forms.Field]) -> None:
        """Fill in what the words say, add what depends on them."""

    @property
    def value_fields(self) -> list[Any]:
        """The fields of the value, bound."""
        return [self[name] for name in self.fields if name not in BESIDE]

    @property
    def how(self) -> str:
        """What was chosen; "": to leave it."""
        return str(self.cleaned_data.get("how", LATER)) if self.is_valid() else LATER

    @property
    def _typed(self) -> list[str]:
        """Fields somebody wrote into, beyond what they held."""
        return [name for name in self.changed_data if self[name].data not in (None, "", [])]

    def full_clean(self) -> None:
        self._mark(drawn=False)
        super().full_clean()
        self._mark(drawn=True)
        chosen = self.cleaned_data.get("how", LATER) if self.is_bound else LATER
        if self.is_bound and chosen != DECIDE and "how" not in self.errors:
            kept = BESIDE
            for name in [name for name in self.errors if name not in kept]:
                del self.errors[name]
            if chosen == LATER and any(name not in ("how", "shown", "also") for name in self._typed):
                self.add_error("how", _("Bạn đã điền ở đây; hãy chọn quyết định, hoặc xóa để để sau."))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("how") == DECIDE and not self.errors:
            for name, message in self.lacking(cleaned):
                self.add_error(name, message)
        return cleaned

    def lacking(self, typed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """What is not filled in that the value needs."""
        yield from ()

    def value(self) -> dict[str, Any]:
        """The value as JSON; {} for what is left as announced."""
        return {} if self.how == SEEN else filled(self.made(self.cleaned_data))

    def made(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        """The value's JSON."""
        return {}

    def refuse(self, refusal: Refusal) -> None:
        """Tell a refusal at the field it is about: "rows.1.label" is the second row's."""
        parts = refusal.field.split(".")
        name = f"{parts[-1]}_{parts[1]}" if len(parts) == 3 else refusal.field
        self.add_error(name if name in self.fields else "how", say(refusal))


def filled(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in value.items() if one not in (None, "", [])}


def decimal_of(text: str) -> Decimal | None:
    return Decimal(text) if text.replace(".", "", 1).isdecimal() and text.isascii() else None


def plain(number: Decimal | None) -> str | None:
    return None if number is None else f"{number.normalize():f}"
