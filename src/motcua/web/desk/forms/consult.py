"""The forms with which the opinion of others is asked for, and given."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from motcua.agencies.positions import WORKING
from motcua.agencies.selectors import agencies_holding, agency, seats, units
from motcua.dossiers.consulted import ANSWERS, RECEIVING, Asked, awaited, is_inside, open_ones
from motcua.dossiers.policy import may
from motcua.dossiers.states import Act
from motcua.flows.consultations import GROUND, OUTSIDE, UNITS, able_to_answer, made_late, plans
from motcua.kernel.errors import Invalid
from motcua.kernel.say import Say
from motcua.processes.forecast import explain
from motcua.web.common.stored_file import StoredFileField
from motcua.web.common.text_field import TidyField, printable
from motcua.web.common.wording import say
from motcua.web.desk import words
from motcua.web.desk.forms.base import CHOOSE, ActForm, choices_of, radio, reason_field
from motcua.web.desk.known import staff_names
from motcua.web.desk.opinion_words import PARTS

AWARE = "aware"


def _ticks(label: Any, **options: Any) -> forms.MultipleChoiceField:
    messages = {"required": CHOOSE, "invalid_choice": CHOOSE}
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=messages,
        **options,
    )


PAPER_ONLY = _("giấy tờ này chỉ có bản giấy")


def _planned(chosen: str) -> tuple[int | None, str]:
    """The step and the code of a consultation that the process foresees; of another, none."""
    step, _slash, plan = chosen.partition("/")
    return (int(step), plan) if plan else (None, "")


class ConsultForm(ActForm):
    """Whom, about what, until when, and what they see of the dossier. `preset_late`: what the forecast says where the
    time that stands there at first makes the dossier late."""

    preset_late = ""

    plan = radio(_("Theo quy trình"), required=False)
    about = forms.CharField(
        label=_("Nội dung cần lấy ý kiến"),
        widget=forms.Textarea(attrs={"rows": 5, "class": "wfull"}),
        validators=[printable],
        error_messages={"required": _("Hãy ghi nội dung cần lấy ý kiến.")},
    )
    whom = _ticks(_("Bộ phận của cơ quan mình"))
    agencies = _ticks(_("Cơ quan khác"))
    outside = forms.CharField(
        label=_("Nơi ngoài hệ thống"),
        help_text=_(
            "Mỗi dòng tên một cơ quan, tổ chức; hệ thống in công văn có số, bạn ghi ý kiến khi họ trả lời."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "wfull"}),
        validators=[printable],
    )
    value = forms.CharField(
        label=_("Trả lời trong"),
        initial="3",
        max_length=12,
        widget=forms.TextInput(attrs={"class": "w4", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Hãy ghi hạn trả lời.")},
    )
    unit = forms.ChoiceField(label=_("Đơn vị"), error_messages={"required": CHOOSE, "invalid_choice": CHOOSE})
    pauses = forms.BooleanField(
        label=_("Dừng tính thời hạn của hồ sơ trong lúc chờ"),
        required=False,
    )
    parts = _ticks(_("Cho nơi được hỏi xem"))
    papers = _ticks(_("Giấy tờ cho xem, kèm tệp"))
    attached = StoredFileField(label=_("Văn bản gửi kèm"), required=False, multiple=True)

    def build(self) -> None:
        """What the process foresees for the open step; whom there is to ask; what the dossier has to show."""
        row = self.facts.row
        self.plans = {f"{step}/{one.code}": one for step, one in plans(row)}
        asked = {f"{one['step']}/{one['plan']}" for one in row["consultations"]}
        if self.plans:
            free = gettext("Lấy ý kiến khác, ngoài quy trình")
            choices = [(code, say(one.about)) for code, one in self.plans.items()]
            self.offer("plan", [*choices, ("", free)])
            waiting = [code for code in self.plans if code not in asked]
            self.fields["plan"].initial = waiting[0] if waiting else ""
            if waiting:
                self.fields["about"].initial = say(self.plans[waiting[0]].about)
        else:
            del self.fields["plan"]
        self.offer("unit", [(unit, say(words.UNITS[unit])) for unit in UNITS])
        self._offer_whom(row["competent_agency"])
        self._offer_parts()
        if not self.is_bound:
            plan = self.fields["plan"].initial if self.plans else ""
            self.preset_late = self._late(plan, value=self.fields["value"].initial, unit=UNITS[0])
        grounds = {ground.code.value: ground for ground in self.facts.suspension_grounds}
        if GROUND in grounds and self.actor and may(self.actor, Act.SUSPEND, row) is None:
            self.fields["pauses"].help_text = f"{say(grounds[GROUND].label)}; {grounds[GROUND].basis}"
        else:
            del self.fields["pauses"]

    def _offer_whom(self, own: str) -> None:
        there = {seat.unit for seat in seats(own, at=self.at) if seat.accounts and seat.kind in WORKING}
        parts = [(f"unit:{one.code}", say(one.called)) for one in units(own) if one.id in there]
        self.fields["whom"].choices = sorted(parts, key=lambda choice: choice[1])  # type: ignore[attr-defined]
        led = [code for code in agencies_holding(RECEIVING, at=self.at) if code != own]
        named = [(f"agency:{code}", say(agency(code).called)) for code in led]
        self.fields["agencies"].choices = sorted(named, key=lambda choice: choice[1])  # type: ignore[attr-defined]

    def _offer_parts(self) -> None:
        offered = {code: label for code, label in PARTS.items() if code != "form" or self.facts.topics}
        self.fields["parts"].choices = choices_of(offered)  # type: ignore[attr-defined]
        names = {c.code: c.name for c in self.facts.procedure.components}
        came = [c["component"] for c in self.facts.row["components"]]
        scanned = {file.component for file in self.facts.attachments}
        if came:
            self.fields["papers"].choices = [  # type: ignore[attr-defined]
                (
                    code,
                    say(names.get(code, Say(code, code))) + ("" if code in scanned else f" ({PAPER_ONLY})"),
                )
                for code in came
            ]
        else:
            del self.fields["papers"]

    def clean(self) -> dict[str, Any]:
        """Somebody is asked: whom the process names, or who is ticked."""
        found = super().clean()
        if not any(found.get(name) for name in ("plan", "whom", "agencies", "outside")):
            self.add_error("whom", _("Hãy chọn ít nhất một nơi để hỏi."))
        if not self.errors and not found.get("paper_on"):  # what was asked on paper is asked already
            self._think_again()
        return found

    def _think_again(self) -> None:
        """Ask for a tick where the time given makes the dossier late."""
        told = self.arguments()
        late = self._late(
            self.cleaned_data.get("plan", ""),
            **{name: told[name] for name in ("whom", "value", "unit", "pauses")},
        )
        if not late:
            return
        self.fields[AWARE] = forms.BooleanField(
            label=_("Tôi biết hồ sơ sẽ trễ hẹn, vẫn lấy ý kiến với hạn trả lời này."), required=False
        )
        if AWARE not in self.data:
            self.add_error(AWARE, late)

    def _late(self, planned: str, *, value: str, unit: str, **told: Any) -> str:
        """What the forecast says where asking so makes it late; a time that is none is the flow's to refuse."""
        step, plan = _planned(planned)
        try:
            late = made_late(
                self.facts.row,
                value=value,
                unit=unit,
                at=self.at,
                step=step,
                plan=plan,
                **{"whom": (), **told},
            )
        except Invalid:
            return ""
        return "" if late is None else say(explain(late)[-1])

    def arguments(self) -> dict[str, Any]:
        """One list of whom; files by their uploads."""
        found = self.cleaned_data
        step, plan = _planned(found.get("plan", ""))
        return {
            "plan": plan,
            "step": step,
            "whom": [
                *found["whom"],
                *found["agencies"],
                *(f"{OUTSIDE}{line.strip()}" for line in found["outside"].splitlines() if line.strip()),
            ],
            "about": found["about"],
            "value": found["value"].replace(",", "."),
            "unit": found["unit"],
            "pauses": found.get("pauses", False),
            "parts": found["parts"],
            "papers": found.get("papers", []),
            "uploads": [one.upload for one in found["attached"]],
        }


class _OneForm(ActForm):
    """Which of those that were asked."""

    consultation = radio(_("Nơi được hỏi"))

    def waiting(self) -> list[Asked]:
        """Those it may be about."""
        return awaited(self.facts.row)

    def build(self) -> None:
        """By what they were called when they were asked, numbered in that order."""
        all_of_them, wanted = self.facts.row["consultations"], [one["id"] for one in self.waiting()]
        self.ids = {str(n): one["id"] for n, one in enumerate(all_of_them, 1) if one["id"] in wanted}
        names = {one["id"]: say(Say(one["name"], one["name_en"])) for one in all_of_them}
        self.offer("consultation", [(number, names[found]) for number, found in self.ids.items()])

    def arguments(self) -> dict[str, Any]:
        """By its id."""
        found = super().arguments()
        return {**found, "consultation": UUID(self.ids[found["consultation"]])}


class RemindForm(_OneForm):
    """Whom to remind."""


class TakeBackForm(_OneForm):
    """Whom to ask no more, and why."""

    reason = reason_field()

    def waiting(self) -> list[Asked]:
        """Those whose time still runs."""
        return open_ones(self.facts.row)


class AskedForm(ActForm):
    """What is done about the one consultation `one` by those it asks."""

    def __init__(self, *typed: Any, one: Asked, **more: Any) -> None:
        self.one = one
        super().__init__(*typed, **more)


class OpinionForm(AskedForm):
    """What the body that was asked says, signed by whom under which number."""

    outcome = radio(_("Ý kiến"))
    text = forms.CharField(
        label=_("Nội dung trả lời"),
        widget=forms.Textarea(attrs={"rows": 6, "class": "wfull"}),
        validators=[printable],
        error_messages={"required": _("Hãy ghi nội dung trả lời.")},
    )
    signed = TidyField(
        label=_("Người ký"), max_length=200, error_messages={"required": _("Hãy ghi người ký.")}
    )
    number = TidyField(
        label=_("Số, ký hiệu văn bản"),
        max_length=100,
        widget=forms.TextInput(attrs={"class": "w10", "autocomplete": "off"}),
        error_messages={"required": _("Hãy ghi số văn bản.")},
    )
    attached = StoredFileField(label=_("Văn bản trả lời và tài liệu kèm theo"), required=False, multiple=True)

    def build(self) -> None:
        """The four answers; one's own agency is answered without a letter."""
        self.offer("outcome", choices_of(ANSWERS))
        if is_inside(self.one):
            for name, told in (
                ("signed", _("Bỏ trống: chính bạn trả lời.")),
                ("number", _("Nếu có văn bản.")),
            ):
                self.fields[name].required, self.fields[name].help_text = False, told

    def arguments(self) -> dict[str, Any]:
        """Files by their uploads."""
        found = super().arguments()
        sent = found.pop("attached")
        return {**found, "uploads": [one.upload for one in sent]}


class HandOnForm(AskedForm):
    """Who of the body answers."""

    to = forms.ChoiceField(label=_("Giao cho"), error_messages={"required": CHOOSE, "invalid_choice": CHOOSE})

    def build(self) -> None:
        """Those asked, but who asked and who has the dossier."""
        there = able_to_answer(self.facts.row, self.one, at=self.at)
        names = staff_names(there)
        self.is_open = any(str(one) != self.actor.id for one in there) if self.actor else False
        self.offer("to", sorted(((str(one), names[one]) for one in there), key=lambda choice: choice[1]))
