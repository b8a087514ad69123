"""The forms around money that came in by itself."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from motcua.agencies.selectors import agency as agency_facts
from motcua.payments.matching import run_of
from motcua.payments.operations.accounts import LONGEST_HOLDER
from motcua.payments.operations.incoming import LONGEST_SLIP
from motcua.payments.record import Row
from motcua.payments.vietqr import BANKS
from motcua.web.cashier.forms import CHOOSE, MoneyForm
from motcua.web.common.day_field import DayField
from motcua.web.common.text_field import TidyField, printable
from motcua.web.common.wording import say


def _plain(**more: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", **more})


class DayForm(forms.Form):
    """Which day; `today` where none is told. In an address as 2026-11-20, in the form as people write days."""

    on = DayField(label=_("Ngày"))

    def __init__(self, told: QueryDict, *, today: date) -> None:
        typed = any(name.startswith("on_") for name in told)
        super().__init__(told if typed else None, initial={"on": _day(str(told.get("on", ""))) or today})

    @property
    def day(self) -> date | None:
        """The day; None for what is none."""
        told = self.initial if not self.is_bound else self.cleaned_data if self.is_valid() else {}
        found: date | None = told.get("on")
        return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class AssignForm(MoneyForm):
    """Whose money it is."""

    code = TidyField(
        label=_("Mã hồ sơ"),
        help_text=_("Số tiền phải đúng bằng tổng số hồ sơ còn phải nộp"),
        max_length=60,
        error_messages={"required": _("Hãy ghi mã hồ sơ.")},
        widget=_plain(**{"class": "w20"}),
    )


class GiveBackForm(MoneyForm):
    """By which payment order it went back."""

    slip = TidyField(
        label=_("Số ủy nhiệm chi"),
        help_text=_("Ủy nhiệm chi đã có chữ ký của chủ tài khoản và kế toán trưởng"),
        max_length=LONGEST_SLIP,
        validators=[printable],
        error_messages={"required": _("Hãy ghi số ủy nhiệm chi.")},
        widget=_plain(**{"class": "w20"}),
    )


class MatchForm(MoneyForm):
    """Which tellings of the other source this money is; `candidates` are those it may be."""

    others = forms.MultipleChoiceField(
        label=_("Các khoản nguồn kia đã báo"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Hãy chọn ít nhất một khoản tiền."),
            "invalid_choice": _("Có khoản không còn trong danh sách; hãy chọn lại."),
        },
    )

    def __init__(
        self, data: QueryDict | None, *, candidates: Sequence[Row], total: int, **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.candidates = candidates
        self.fields["others"].choices = [(str(row["id"]), row["number"]) for row in candidates]  # type: ignore[attr-defined]
        run = run_of([row["amount"] for row in candidates], total)
        self.suggested = len(run)
        told = {str(candidates[n]["id"]) for n in run} if data is None else set(data.getlist("others"))
        self.lines = [(row, str(row["id"]) in told) for row in candidates]


class AgencyForm(MoneyForm):
    """For which agency; asked of who holds seats at several."""

    agency = forms.ChoiceField(label=_("Cơ quan"), error_messages=CHOOSE)

    def __init__(self, data: QueryDict | None = None, *, agencies: Sequence[str], **options: Any) -> None:
        super().__init__(data, **options)
        if len(agencies) < 2:
            del self.fields["agency"]
        else:
            choices = [(code, say(agency_facts(code).called)) for code in agencies]
            self.fields["agency"].choices = [("", "…"), *choices]  # type: ignore[attr-defined]


class StatementForm(AgencyForm):
    """A bank's statement. The page reads the file itself, and says at its field what is wrong with it."""

    file = forms.FileField(label=_("Tệp sao kê (CSV)"), required=False)


class AccountForm(AgencyForm):
    """The account that takes what is paid online."""

    bank = forms.ChoiceField(label=_("Ngân hàng"), error_messages=CHOOSE)
    number = TidyField(
        label=_("Số tài khoản"),
        max_length=40,
        error_messages={"required": _("Hãy ghi số tài khoản.")},
        widget=_plain(inputmode="numeric", **{"class": "w20"}),
    )
    holder = TidyField(
        label=_("Chủ tài khoản"),
        help_text=_("Như ngân hàng ghi, ví dụ UBND XA MAU"),
        max_length=LONGEST_HOLDER,
        error_messages={"required": _("Hãy ghi tên chủ tài khoản.")},
        widget=_plain(),
    )

    def __init__(self, data: QueryDict | None = None, *, agencies: Sequence[str], **options: Any) -> None:
        super().__init__(data, agencies=agencies, **options)
        banks = sorted(BANKS.items(), key=lambda bank: bank[1].casefold())
        self.fields["bank"].choices = [("", "…"), *banks]  # type: ignore[attr-defined]
