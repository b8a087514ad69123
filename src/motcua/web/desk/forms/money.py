"""The forms of what a dossier costs: asking for it, taking it, waiving it, entering an amount nobody had set."""

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.web.common.dong_field import DongField
from motcua.web.common.tender import TenderFields
from motcua.web.common.text_field import TidyField, printable
from motcua.web.common.wording import dong, say, unknown_amount
from motcua.web.desk.facts import Charge
from motcua.web.desk.forms.base import ActForm, basis_field, radio, reason_field


def charge_choices(charges: list[Charge]) -> list[tuple[str, str]]:
    """Charges with their amounts."""
    return [
        (c.code, f"{say(c.name)}: {unknown_amount(c.lacking) if c.amount is None else dong(c.amount)}")
        for c in charges
    ]


class ChargesForm(ActForm):
    """Which of the open charges; all of them unless the officer takes one out."""

    charges = forms.MultipleChoiceField(
        label=_("Khoản phải nộp"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Hãy chọn ít nhất một khoản."),
            "invalid_choice": _("Khoản này đã nộp hoặc đã được miễn."),
        },
    )

    def build(self) -> None:
        """The charges that can be asked for."""
        asked = [c for c in self.facts.chargeable if c.amount is not None]
        self.offer("charges", charge_choices(asked))
        self.fields["charges"].initial = [c.code for c in asked]


class WaiveForm(ChargesForm):
    """On which basis, and what was shown."""

    basis = basis_field(help_text=_("Điều khoản cho phép miễn, giảm."))
    evidence = reason_field(_("Giấy tờ chứng minh"), help_text=_("Tên, số và ngày của giấy tờ đã xem."))

    def build(self) -> None:
        """All open charges, also those nobody has set an amount for."""
        waived = self.facts.open_charges
        self.offer("charges", charge_choices(waived))
        self.fields["charges"].label = _("Khoản được miễn")
        self.fields["charges"].initial = [c.code for c in waived]


class SetFeeForm(ActForm):
    """The amount as the council has decided it."""

    charge = radio(_("Khoản thu"))
    amount = DongField(label=_("Mức thu (đồng)"))
    decision = TidyField(
        label=_("Nghị quyết quy định mức thu"),
        help_text=_(
            "Số và ngày, ví dụ 12/2025/NQ-HĐND ngày 10/7/2025. Mức đã có trong thông tư mà chưa ghi số trang, số bản"
            " thì ghi cách tính, ví dụ 4 trang, 2 bản theo 226/2016/TT-BTC."
        ),
        max_length=200,
        validators=[printable],
        widget=forms.TextInput(attrs={"class": "w20", "autocomplete": "off"}),
        error_messages={"required": _("Hãy ghi số nghị quyết quy định mức thu.")},
    )

    def build(self) -> None:
        """The charges without an amount."""
        unknown = [c for c in self.facts.open_charges if c.amount is None]
        self.offer("charge", charge_choices(unknown))


class PayForm(TenderFields, ActForm):
    """Cash or card for all that is open; the receipt's number is given when it is sent."""

    FAULTS = {"charges": "means", "lines": "means"}

    def build(self) -> None:
        """The applicant's name stands there: most pay for themselves."""
        self.fields["payer"].initial = self.facts.name
