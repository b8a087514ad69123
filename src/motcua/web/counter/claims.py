"""Who asks to pay less, and the paper shown for it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.fees import Claim
from motcua.catalogue.shapes import Exemption, FeeRule
from motcua.dossiers.operations.claims import LONGEST_EVIDENCE
from motcua.web.common.text_field import TidyField
from motcua.web.common.wording import say
from motcua.web.counter.forms import RECOUNT, TypedForm


class ClaimForm(TypedForm):
    """An exemption that no answer decides: it holds on a paper shown (60/2014/QH13 art. 11)."""

    def __init__(self, data: Mapping[str, Any], *, rules: Iterable[FeeRule]) -> None:
        super().__init__(data, prefix="claim")
        known: dict[str, Exemption] = {
            one.code: one for rule in rules for one in rule.exemptions if one.when is None
        }
        self.known = known
        if not known:
            return
        self.fields["exemption"] = forms.ChoiceField(
            label=_("Diện miễn, giảm"),
            required=False,
            choices=[
                ("", _("Không thuộc diện nào")),
                *((one.code, say(one.label)) for one in known.values()),
            ],
            widget=forms.Select(attrs=RECOUNT),
            error_messages={"invalid_choice": _("Trường hợp này không có diện ấy; hãy chọn lại.")},
        )
        self.fields["evidence"] = TidyField(
            label=_("Giấy tờ chứng minh đã xuất trình"),
            help_text=_("Tên giấy tờ, số, ngày cấp. Chưa ghi thì chưa được miễn, giảm."),
            required=False,
            max_length=LONGEST_EVIDENCE,
            widget=forms.TextInput(attrs={"class": "wfull", "autocomplete": "off"} | RECOUNT),
        )

    def clean(self) -> dict[str, Any]:
        """A claim and its paper come together."""
        found = super().clean() or {}
        exemption, evidence = found.get("exemption"), found.get("evidence")
        if exemption and not evidence and "evidence" not in self.errors:
            needed = say(self.known[exemption].evidence)
            self.add_error("evidence", _("Hãy ghi giấy tờ chứng minh: %(needed)s.") % {"needed": needed})
        if evidence and not exemption and "exemption" not in self.errors:
            self.add_error("exemption", _("Hãy chọn diện miễn, giảm mà giấy tờ này chứng minh."))
        return found

    @property
    def used(self) -> bool:
        """Whether anything was chosen or written."""
        return any(str(self[name].value() or "").strip() for name in self.fields)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What is claimed so far; without evidence it is explained and not applied."""
        told = self.told
        exemption = told.get("exemption")
        return (Claim(exemption, told.get("evidence") or ""),) if exemption else ()
