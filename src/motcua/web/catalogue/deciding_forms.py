"""The small forms in which a finding is decided: one for each type of value, beside the words it is about."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.checking import FRACTIONS
from motcua.catalogue.national import reading_rules as rules, values
from motcua.catalogue.national.record import Record
from motcua.catalogue.worklist import Place
from motcua.web.catalogue import deciding_words as words
from motcua.web.catalogue.deciding_fields import (
    CHOOSE,
    SEEN,
    UNITLESS,
    DecisionForm,
    choices_of,
    decimal_of,
    filled,
    line,
    number,
    plain,
    radios,
    select,
)
from motcua.web.catalogue.deciding_rows import GroupsForm, PapersForm, VariantsForm
from motcua.web.common.day_field import DayField
from motcua.web.common.dong_field import DongField
from motcua.web.common.fields import needed_when


class LimitForm(DecisionForm):
    needs = frozenset({"unit", "value_of_limit", "source", "channels"})
    unit = select(_("Đơn vị"), words.LIMIT_UNITS)
    value_of_limit = number(_("Số"))
    source = line(
        _("Ghi ở đâu"), longest=300, hint=_("Văn bản, điều khoản hoặc lời nào nói thời hạn này"), css="wfull"
    )
    channels = forms.MultipleChoiceField(
        label=_("Cách nộp"),
        required=False,
        choices=lambda: choices_of(words.CHANNELS),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": CHOOSE},
    )

    def prepare(self, fields: dict[str, forms.Field]) -> None:
        self.is_counted = self.place.kind.value == "unit_blank"
        self.is_missing = self.place.kind.value == "limit_missing"
        if self.is_counted:
            del fields["value_of_limit"]
        if not self.is_missing:
            del fields["source"]
        if self.place.where != "CACHTHUCTHUCHIEN":
            del fields["channels"]

    def lacking(self, typed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        unit = typed.get("unit")
        if not unit:
            yield "unit", _("Hãy chọn đơn vị.")
            return
        number = typed.get("value_of_limit")
        if self.is_counted:
            number = decimal_of(getattr(self.thing, "value", ""))
        elif unit not in UNITLESS and number is None:
            yield "value_of_limit", _("Nhập một số, ví dụ 5.")
        if number is not None and unit not in UNITLESS and unit not in FRACTIONS and number % 1:
            name = "unit" if self.is_counted else "value_of_limit"
            yield name, _("Đơn vị này cần số nguyên; hãy đổi ra giờ hoặc chọn đơn vị khác.")
        if self.is_missing and not typed.get("source"):
            yield "source", _("Hãy ghi thời hạn này nêu ở đâu.")
        if "channels" in self.fields and not typed.get("channels"):
            yield "channels", _("Hãy chọn ít nhất một cách nộp.")

    def made(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        number = decimal_of(self.thing.value) if self.is_counted else typed.get("value_of_limit")
        return {
            "unit": typed["unit"],
            "value": None if typed["unit"] in UNITLESS else plain(number),
            "source": typed.get("source"),
            "channels": typed.get("channels"),
        }


class FeeForm(DecisionForm):
    needs = frozenset({"means", "nature", "name", "fee_unit", "basis"})
    means = radios(_("Mức thu"), words.MEANS)
    amount = needed_when(DongField(label=_("Số tiền khác"), required=False), _("khi là số tiền khác"))
    nature = radios(_("Phí hay lệ phí"), words.NATURES)
    name = line(_("Tên khoản thu"), hint=_("Ví dụ: Lệ phí cấp giấy xác nhận"), css="wfull")
    fee_unit = select(_("Thu theo"), words.FEE_UNITS)
    basis = line(_("Văn bản quy định"), longest=300, hint=_("Văn bản nào quy định mức này"), css="wfull")
    asked = line(
        _("Chỉ thu khi"), hint=_("Câu hỏi trả lời có hoặc không; để trống nếu ai cũng phải nộp"), css="wfull"
    )

    def prepare(self, fields: dict[str, forms.Field]) -> None:
        fields["basis"].initial = f"Quyết định công bố {self.record.decision}" if self.record.decision else ""

    def lacking(self, typed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        needed = {
            "means": _("Hãy chọn mức thu."),
            "nature": _("Hãy chọn phí hay lệ phí."),
            "name": _("Hãy ghi tên khoản thu."),
            "fee_unit": _("Hãy chọn thu theo gì."),
            "basis": _("Hãy ghi văn bản quy định."),
        }
        yield from ((name, message) for name, message in needed.items() if not typed.get(name))
        if typed.get("means") == values.FeeAs.AMOUNT and not typed.get("amount"):
            yield "amount", _("Nhập số tiền.")

    def made(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "means": typed["means"],
            "nature": typed["nature"],
            "unit": typed["fee_unit"],
            "basis": typed["basis"],
            "name": typed["name"],
            "amount": self._amount(typed),
            "asked": typed["asked"],
        }

    def _amount(self, typed: Mapping[str, Any]) -> int | None:
        """What it comes to, where it is a number."""
        if typed["means"] == values.FeeAs.AMOUNT:
            return typed["amount"]  # type: ignore[no-any-return]
        stated = decimal_of(self.thing.amount) if typed["means"] in _STATED else None
        return int(stated * _STATED[typed["means"]]) if stated else None


# What is stated, times this.
_STATED: Mapping[str, int] = {values.FeeAs.AS_STATED: 1, values.FeeAs.THOUSANDS: 1000}


class ResultForm(DecisionForm):
    needs = frozenset({"name"})
    name = line(_("Kết quả"), css="wfull")
    code = line(
        _("Mã kết quả"), longest=20, hint=_("Dạng KQ.A00.000000; để trống nếu không có mã"), css="w20"
    )

    def prepare(self, fields: dict[str, forms.Field]) -> None:
        if self.place.kind.value != "result_missing":
            del fields["name"]

    def lacking(self, typed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        if "name" in self.fields and not typed.get("name"):
            yield "name", _("Hãy ghi kết quả.")
        if typed.get("code") and not rules.RESULT_CODE.fullmatch(typed["code"]):
            yield "code", _("Mã kết quả có dạng KQ.A00.000000.")

    def made(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        # Looked at and found to have none is a decision too: the blank code says so.
        return {"code": typed.get("code") or None, "name": typed.get("name")}

    def value(self) -> dict[str, Any]:
        if self.how == SEEN:
            return {}
        made = self.made(self.cleaned_data)
        return {"code": made["code"]} | filled({"name": made["name"]})


class LevelForm(DecisionForm):
    needs = frozenset({"level"})
    level = radios(_("Cấp thực hiện"), words.LEVELS)

    def lacking(self, typed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        if not typed.get("level"):
            yield "level", CHOOSE

    def made(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        return {"level": typed["level"]}


class ChannelForm(DecisionForm):
    needs = frozenset({"channel"})
    channel = radios(_("Cách nộp"), words.CHANNELS)

    def lacking(self, typed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        if not typed.get("channel"):
            yield "channel", CHOOSE

    def made(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        return {"channel": typed["channel"]}


class AudienceForm(DecisionForm):
    needs = frozenset({"audience"})
    audience = forms.MultipleChoiceField(
        label=_("Đối tượng thực hiện"),
        required=False,
        choices=lambda: choices_of(words.AUDIENCES),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": CHOOSE},
    )

    def lacking(self, typed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        if not typed.get("audience"):
            yield "audience", CHOOSE

    def made(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        return {"audience": typed["audience"]}


class AgencyForm(DecisionForm):
    needs = frozenset({"text"})
    text = line(_("Cơ quan thực hiện"), longest=300, css="wfull")

    def lacking(self, typed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        if not typed.get("text"):
            yield "text", _("Hãy ghi tên cơ quan.")

    def made(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        return {"text": typed["text"]}


class StepsForm(DecisionForm):
    needs = frozenset({"lines"})
    lines = forms.CharField(
        label=_("Các bước"),
        required=False,
        max_length=20000,
        help_text=_("Mỗi bước một dòng"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def _steps(self, typed: Mapping[str, Any]) -> list[str]:
        return [line.strip() for line in str(typed.get("lines", "")).splitlines() if line.strip()]

    def lacking(self, typed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        if not self._steps(typed):
            yield "lines", _("Hãy ghi ít nhất một bước.")

    def made(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        return {"lines": self._steps(typed)}


class AnnouncingForm(DecisionForm):
    needs = frozenset({"number"})
    number = line(_("Số quyết định công bố"), longest=60, css="w20")
    issued_on = DayField(label=_("Ngày ban hành"), required=False)

    def lacking(self, typed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        if not typed.get("number"):
            yield "number", _("Hãy ghi số quyết định.")

    def made(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        day = typed.get("issued_on")
        return {"number": typed["number"], "issued_on": day.isoformat() if day else None}


FORMS: Mapping[type[Any] | None, type[DecisionForm]] = {
    None: DecisionForm,
    values.LimitValue: LimitForm,
    values.FeeValue: FeeForm,
    values.VariantsValue: VariantsForm,
    values.GroupsValue: GroupsForm,
    values.PapersValue: PapersForm,
    values.ResultValue: ResultForm,
    values.LevelValue: LevelForm,
    values.ChannelValue: ChannelForm,
    values.AudienceValue: AudienceForm,
    values.TextValue: AgencyForm,
    values.LinesValue: StepsForm,
    values.AnnouncingValue: AnnouncingForm,
}


def form_of(
    place: Place, record: Record, data: Any = None, *, also: int = 0, prefix: str = ""
) -> DecisionForm:
    """The form in which the finding at `place` is decided; `also`: at how many others of the procedure."""
    made = FORMS[values.RULES[place.kind].value]
    return made(data, place=place, record=record, also=also, prefix=prefix)
