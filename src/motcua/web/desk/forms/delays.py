"""Form 04: why it is late and the new date, as prepared for a leader, and as signed or given back by one."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from motcua.calendars.selectors import calendar_of
from motcua.dossiers.delays import CAUSES, stale, waits
from motcua.flows.delays import Suggested, suggested
from motcua.kernel.time import local
from motcua.web.common import wording
from motcua.web.common.day_field import DayField
from motcua.web.desk.forms.base import ActForm, choices_of, radio, reason_field


class DelayForm(ActForm):
    """The new date, the reason out of a list, and in one's own words; as the forecast says, until somebody writes
    otherwise."""

    apology_date = DayField(
        label=_("Ngày hẹn lại"), help_text=_("Ngày làm việc, sau ngày đã hẹn. Chỉ được hẹn lại một lần.")
    )
    cause = radio(_("Lý do chậm"))
    reason = reason_field(_("Nói rõ lý do cho người dân"))

    def build(self) -> None:
        """The causes there are, and what the forecast says."""
        self.offer("cause", choices_of(CAUSES))
        if not self.is_bound:
            told = self.suggested()
            for name in ("apology_date", "cause", "reason"):
                self.initial[name] = getattr(told, name)

    def suggested(self) -> Suggested:
        """What the letter would say by the forecast. Two statements."""
        return suggested(self.facts.row, calendar=calendar_of(self.facts.row["competent_agency"]), at=self.at)

    def warning(self) -> str:
        """That the new date lies before the forecast."""
        day = self.cleaned_data.get("apology_date")
        likely = self.suggested().likely if day is not None else None
        if day is None or likely is None or day >= local(likely).date():
            return ""
        return gettext("Ngày hẹn lại %(day)s sớm hơn dự báo (%(likely)s): dễ phải trễ lần nữa.") % {
            "day": wording.day(day),
            "likely": wording.moment(likely),
        }


class _Answer(ActForm):
    """What a leader answers to the letter that waits: `signs` is the event in which it was prepared."""

    signs = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def build(self) -> None:
        """Which letter the page shows."""
        if waits(self.facts.row):
            self.fields["signs"].initial = self.facts.row["delay"]["seq"]


class SignDelayForm(DelayForm, _Answer):
    """A letter that was prepared is signed as it stands, or with another date where its own can't be promised any more;
    where none was prepared, the leader writes it."""

    field_order = ("signs", "apology_date", "cause", "reason")

    def build(self) -> None:
        """Nothing to write where a letter waits, but the date that keeps it from being signed."""
        _Answer.build(self)
        row = self.facts.row
        if not waits(row):
            super().build()
            return
        del self.fields["cause"], self.fields["reason"]
        if stale(row, calendar=calendar_of(row["competent_agency"]), at=self.at) is None:
            del self.fields["apology_date"]
        elif not self.is_bound:
            self.initial["apology_date"] = self.suggested().apology_date

    def arguments(self) -> dict[str, Any]:
        """Of a letter that waits the event, and the date where it has to be another."""
        return {name: self.cleaned_data[name] for name in self.own_names}


class SendBackDelayForm(_Answer):
    """Why it is not signed."""

    reason = reason_field(_("Lý do trả lại"))
