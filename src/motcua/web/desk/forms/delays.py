"""Form 04: why it is late and the new date, as prepared for a leader, and as signed or given back by one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.delays import CAUSES, waits
from motcua.web.common.day_field import DayField
from motcua.web.desk.forms.base import ActForm, choices_of, radio, reason_field


class DelayForm(ActForm):
    """The new date, the reason out of a list, and in one's own words."""

    apology_date = DayField(
        label=_("Ngày hẹn lại"), help_text=_("Ngày làm việc, sau ngày đã hẹn. Chỉ được hẹn lại một lần.")
    )
    cause = radio(_("Lý do chậm"))
    reason = reason_field(_("Nói rõ lý do cho người dân"))

    def build(self) -> None:
        """The causes there are."""
        self.offer("cause", choices_of(CAUSES))


class _Answer(ActForm):
    """What a leader answers to the letter that waits: `signs` is the event in which it was prepared."""

    signs = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def build(self) -> None:
        """Which letter the page shows."""
        if waits(self.facts.row):
            self.fields["signs"].initial = self.facts.row["delay"]["seq"]


class SignDelayForm(DelayForm, _Answer):
    """A letter that was prepared is signed as it stands; where none was, the leader writes it."""

    field_order = ("signs", "apology_date", "cause", "reason")

    def build(self) -> None:
        """Nothing to write where a letter waits."""
        _Answer.build(self)
        if waits(self.facts.row):
            for name in ("apology_date", "cause", "reason"):
                del self.fields[name]
        else:
            super().build()

    def arguments(self) -> dict[str, Any]:
        """Of a letter that waits the event alone."""
        return {name: self.cleaned_data[name] for name in self.own_names}


class SendBackDelayForm(_Answer):
    """Why it is not signed."""

    reason = reason_field(_("Lý do trả lại"))
