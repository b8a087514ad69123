"""The forms of what moves the due date, and of what stops it from moving."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from motcua.calendars.selectors import calendar_of
from motcua.catalogue.shapes import Channel, Ground
from motcua.dossiers.faults import FAULTS
from motcua.dossiers.operations import MissingPaper
from motcua.kernel.say import Say
from motcua.kernel.text import clean
from motcua.kernel.time import ZONE
from motcua.web.common.day_field import DayField
from motcua.web.common.stored_file import StoredFileField
from motcua.web.common.text_field import printable
from motcua.web.common.wording import say
from motcua.web.desk import words
from motcua.web.desk.facts import OpenItem
from motcua.web.desk.forms.base import CHOOSE, ActForm, choices_of, radio, reason_field


class SupplementForm(ActForm):
    """Everything that is missing or wrong, named once: papers of the variant, pages and fields of the electronic form,
    and others."""

    others = forms.CharField(
        label=_("Nội dung khác cần bổ sung"),
        help_text=_("Mỗi dòng một nội dung."),
        required=False,
        validators=[printable],
        widget=forms.Textarea(attrs={"rows": 3, "class": "wfull"}),
    )

    def build(self) -> None:
        """For each paper a tick, and what is missing or wrong; none for what a register has proven, nor for the
        electronic form, whose pages are named themselves."""
        proven = self.facts.proven
        self.spared = [c for c in self.facts.components if c.code in proven]
        self.about_form = self.facts.topics
        self.asked = [
            c
            for c in self.facts.components
            if c.code not in proven and not (self.about_form and c.channels == (Channel.ONLINE,))
        ]
        for component in self.asked:
            name = say(component.name)
            self.fields[f"missing_{component.code}"] = forms.BooleanField(label=name, required=False)
            self.fields[f"fault_{component.code}"] = forms.ChoiceField(
                label=gettext("Lỗi của %(paper)s") % {"paper": name},
                choices=[("", gettext("Chọn lỗi")), *choices_of(FAULTS)],
                required=False,
            )
            self.fields[f"wrong_{component.code}"] = forms.CharField(
                label=gettext("Thiếu hoặc sai gì: %(paper)s") % {"paper": name},
                required=False,
                validators=[printable],
                # The blank placeholder lets the style sheet tell whether something is typed.
                widget=forms.TextInput(attrs={"class": "wfull", "placeholder": " "}),
            )
        for topic, one in self.about_form.items():
            self.fields[f"fields_{topic}"] = forms.MultipleChoiceField(
                label=gettext("Mục sai ở trang “%(topic)s”") % {"topic": say(one.title)},
                choices=choices_of(one.fields),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": CHOOSE},
            )
            self.fields[f"form_{topic}"] = forms.CharField(
                label=gettext("Trang “%(topic)s” sai gì") % {"topic": say(one.title)},
                required=False,
                validators=[printable],
                widget=forms.TextInput(attrs={"class": "wfull"}),
            )
        self.order_fields([name for name in self.fields if name != "others"])

    @property
    def topics(self) -> list[tuple[Say, forms.BoundField, forms.BoundField]]:
        """For each page of the electronic form its title, its fields and what is wrong."""
        return [
            (one.title, self[f"fields_{topic}"], self[f"form_{topic}"])
            for topic, one in self.about_form.items()
        ]

    @property
    def papers(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """For each paper its tick, fault and text."""
        return [
            (self[f"missing_{c.code}"], self[f"fault_{c.code}"], self[f"wrong_{c.code}"]) for c in self.asked
        ]

    def clean(self) -> dict[str, Any]:
        """A ticked paper says what is wrong with it, and something is asked for; a fault or words alone tick their
        paper."""
        found = super().clean()
        asked = bool(clean(found.get("others", "")))
        for component in self.asked:
            wrong = found.get(f"fault_{component.code}") or clean(found.get(f"wrong_{component.code}", ""))
            asked = asked or bool(wrong)
            if found.get(f"missing_{component.code}") and not wrong:
                asked = True
                self.add_error(f"wrong_{component.code}", _("Hãy ghi giấy tờ này thiếu hoặc sai gì."))
        for topic in self.about_form:
            wrong = clean(found.get(f"form_{topic}", ""))
            asked = asked or bool(wrong)
            if found.get(f"fields_{topic}") and not wrong:
                asked = True
                self.add_error(f"form_{topic}", _("Hãy ghi mục đã đánh dấu sai gì."))
        if not asked:
            self.add_error(None, _("Hãy đánh dấu ít nhất một giấy tờ cần bổ sung."))
        return found

    def arguments(self) -> dict[str, Any]:
        """One item for each paper, one for each page of the form, then one for each line of the others."""
        found = self.cleaned_data
        items = [
            MissingPaper(component=c.code, text=found[f"wrong_{c.code}"], fault=found[f"fault_{c.code}"])
            for c in self.asked
            if found[f"fault_{c.code}"] or clean(found[f"wrong_{c.code}"])
        ]
        items += [
            MissingPaper(
                component=None,
                topic=topic,
                fields=tuple(found[f"fields_{topic}"]),
                text=found[f"form_{topic}"],
            )
            for topic in self.about_form
            if clean(found[f"form_{topic}"])
        ]
        lines = [line for line in found["others"].splitlines() if clean(line)]
        return {"items": [*items, *(MissingPaper(component=None, text=line) for line in lines)]}


class SupplyForm(ActForm):
    """Which of the missing papers came in."""

    items = forms.MultipleChoiceField(
        label=_("Giấy tờ đã nhận"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Hãy đánh dấu giấy tờ đã nhận."),
            "invalid_choice": _("Giấy tờ này đã nhận rồi."),
        },
    )

    def build(self) -> None:
        """The items that are still open, but those that are mended in the electronic form."""
        waiting = [item for item in self.facts.items if not item.is_supplied and not item.is_form]
        self.is_open = bool(waiting)
        self.offer("items", [(item.number, _about(item)) for item in waiting])
        for item in waiting:
            self.fields[f"files_{item.number}"] = StoredFileField(
                label=gettext("Tệp: %(paper)s") % {"paper": _about(item)}, required=False, multiple=True
            )

    def arguments(self) -> dict[str, Any]:
        """The papers that came in, and their files by item."""
        told = self.cleaned_data
        files = {name.removeprefix("files_"): told[name] for name in self.own_names if name != "items"}
        uploads = {item: [one.upload for one in sent] for item, sent in files.items() if sent}
        return {"items": told["items"], "uploads": uploads}


def _about(item: OpenItem) -> str:
    return ": ".join(part for part in (say(item.paper), item.text) if part) or item.number


def ground_choices(grounds: tuple[Ground, ...]) -> list[tuple[str, str]]:
    """The grounds of the pinned version with basis and maximum."""
    told = []
    for ground in grounds:
        parts = [say(ground.label), ground.basis]
        if ground.maximum:
            parts.append(gettext("tối đa %(limit)s") % {"limit": say(words.limit(ground.maximum))})
        told.append((ground.code.value, "; ".join(parts)))
    return told


class GroundForm(ActForm):
    """A lawful ground of the pinned version, and the reason in this dossier."""

    ground = radio(_("Căn cứ"))
    reason = reason_field()
    grounds: tuple[Ground, ...] = ()

    def build(self) -> None:
        """The grounds of the kind that the act needs."""
        self.offer("ground", ground_choices(self.grounds))


class SuspendForm(GroundForm):
    """Until when, at most as long as the ground allows."""

    until = DayField(
        label=_("Tạm dừng đến hết ngày"),
        help_text=_("Để trống: đến mức tối đa của căn cứ."),
        required=False,
    )
    field_order = ("ground", "until", "reason")

    def build(self) -> None:
        """The grounds for a pause."""
        self.grounds = self.facts.suspension_grounds
        super().build()

    def arguments(self) -> dict[str, Any]:
        """The last day ends when its office closes. Raises Invalid for a year no calendar knows."""
        found = super().arguments()
        if found["until"] is not None:
            closing = calendar_of(self.facts.row["competent_agency"]).closing(found["until"])
            found["until"] = datetime.combine(found["until"], closing or time.max, ZONE)
        return found


class ResumeForm(ActForm):
    """Nothing to fill in: the page says what the due date becomes."""


class ExtendForm(GroundForm):
    """By how much, in the ground's own unit."""

    value = forms.CharField(
        label=_("Gia hạn thêm"),
        max_length=12,
        widget=forms.TextInput(attrs={"class": "w4", "inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"required": _("Hãy ghi số ngày gia hạn lớn hơn 0.")},
    )
    field_order = ("ground", "value", "reason")

    def build(self) -> None:
        """The grounds for an extension; the unit is named where all have the same."""
        self.grounds = self.facts.extension_grounds
        super().build()
        units = {g.maximum.unit.value if g.maximum else self.facts.row["promise_unit"] for g in self.grounds}
        if len(units) == 1:
            self.fields["value"].help_text = say(words.UNITS.get(units.pop()))

    def arguments(self) -> dict[str, Any]:
        """A decimal comma is a point to the flow."""
        found = super().arguments()
        return {**found, "value": found["value"].replace(",", ".")}
