"""What the fees of a reception are counted by."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.shapes import FeeRule, FeeUnit
from motcua.web.common.wording import say
from motcua.web.counter.forms import DIGITS, MOST_PAPERS, RECOUNT, TypedForm


class QuantityForm(TypedForm):
    """What the fees are counted by."""

    # Field of catalogue.fees.Quantities, its words, how many when nobody says.
    UNITS = {
        FeeUnit.DOCUMENT: ("documents", _("Số văn bản"), 1),
        FeeUnit.PAGE: ("pages", _("Số trang của một bản"), 0),
        FeeUnit.COPY: ("copies", _("Số bản xin cấp thêm"), 0),
        FeeUnit.SIGNATURE: ("signatures", _("Số chữ ký"), 0),
    }

    @staticmethod
    def owed(rules: Iterable[FeeRule]) -> set[FeeUnit]:
        """The units of fees that are always due: of those there is at least one, or nothing could be charged."""
        return {rule.unit for rule in rules if not rule.optional and rule.when is None}

    @classmethod
    def usual(cls, rules: Iterable[FeeRule]) -> dict[str, str]:
        """What stands in the fields before anybody counts: of a copy that is always paid one, pages nobody knows."""
        owed = cls.owed(rules)
        known = {name: str(least) for name, _label, least in cls.UNITS.values()}
        at_least = {FeeUnit.COPY: "1", FeeUnit.PAGE: "", FeeUnit.SIGNATURE: ""}
        return known | {cls.UNITS[unit][0]: told for unit, told in at_least.items() if unit in owed}

    def __init__(self, data: Mapping[str, Any], *, rules: Sequence[FeeRule]) -> None:
        super().__init__(data, prefix="count")
        asked, owed = {rule.unit: rule for rule in rules}, self.owed(rules)
        if FeeUnit.PAGE in asked:
            asked.setdefault(FeeUnit.COPY, asked[FeeUnit.PAGE])
        for unit, (name, label, _default) in self.UNITS.items():
            if unit in asked:
                self.fields[name] = forms.IntegerField(
                    label=label,
                    help_text=say(asked[unit].name),
                    min_value=0 if unit not in owed else 1,
                    max_value=MOST_PAPERS,
                    widget=forms.TextInput(attrs={**DIGITS, **RECOUNT, "maxlength": 3}),
                    error_messages={
                        "required": _("Ghi số lượng."),
                        "min_value": _("Ghi số lượng."),
                        "invalid": _("Ghi số lượng bằng chữ số."),
                    },
                )
