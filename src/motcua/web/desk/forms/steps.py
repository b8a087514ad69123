"""The forms between reception and result."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from motcua.dossiers.operations import IssuedPaper
from motcua.flows.children import expected_children
from motcua.kernel.time import local
from motcua.processes.acting import MADE_FIELD
from motcua.processes.shapes import StepKind
from motcua.web.common.day_field import DayField
from motcua.web.common.fields import needed_when
from motcua.web.common.stored_file import StoredFileField
from motcua.web.common.wording import say
from motcua.web.desk import words
from motcua.web.desk.forms.base import ActForm, basis_field, choices_of, radio, reason_field
from motcua.web.desk.given import made_of

NEXT = "-"  # what follows in the table, beside a step's named ways out


class StartForm(ActForm):
    """Nothing to fill in: the page says what is taken up."""


class MakingForm(ActForm):
    """The papers that the open step of the process makes: a field of files for each. Which have to be there is the
    flow's to say, as an earlier time in this step may have made them."""

    def build(self) -> None:
        """A field for each paper, with what of it is there already."""
        step = self.facts.step
        self.made = {f"{MADE_FIELD}{one.code}": one for one in (step.papers if step else ())}
        for name, one in self.made.items():
            there = [f.name for f in made_of(self.facts, one.code)]
            hint = gettext("Đã có: %(names)s") % {"names": ", ".join(there)} if there else ""
            self.fields[name] = StoredFileField(
                label=say(one.title),
                required=False,
                multiple=True,
                is_needed=one.required and not there,
                help_text=hint,
            )

    def sent(self) -> dict[str, Any]:
        """What was sent, by the codes of the papers; nothing where the step makes none."""
        found = {one.code: [f.upload for f in self.cleaned_data[name]] for name, one in self.made.items()}
        return {"made": found} if found else {}


class StepForm(MakingForm):
    """The outcome of a step; of an approval, the leader's decision. Where its table has other ways out, which one."""

    outcome = radio(_("Đề xuất"))
    way = radio(_("Hướng đi tiếp"), initial=NEXT)
    note = needed_when(
        reason_field(_("Ghi chú, lý do"), required=False),
        _("khi không đồng ý, hoặc chỉ đồng ý một phần"),
    )
    basis = needed_when(
        basis_field(required=False, help_text=_("Ví dụ: 123/2015/NĐ-CP, Điều 22")), _("khi không đồng ý")
    )

    def build(self) -> None:
        """A leader decides where an officer proposes; who seals what was granted judges nothing."""
        super().build()
        self.offer("outcome", choices_of(words.OUTCOMES))
        if self.facts.is_approval:
            self.fields["outcome"].label = _("Quyết định")
        step = self.facts.step
        self.judges = step is None or step.kind is not StepKind.SEAL or self._said() != "granted"
        if not self.judges:
            del self.fields["outcome"], self.fields["basis"]
            self.fields["note"] = reason_field(_("Ghi chú"), required=False)
        if step is None or not step.outcomes:
            del self.fields["way"]
            return
        ways = [(one.code, say(one.label)) for one in step.outcomes]
        self.offer("way", [(NEXT, gettext("Theo trình tự của quy trình")), *ways])

    def arguments(self) -> dict[str, Any]:
        """The row that follows is no way of its own."""
        found = super().arguments()
        told = {name: value for name, value in found.items() if name not in self.made}
        if not self.judges:
            told |= {"outcome": "granted", "basis": ""}
        return {
            name: "" if (name, value) == ("way", NEXT) else value for name, value in told.items()
        } | self.sent()

    def _said(self) -> str:
        """What was approved, or else proposed, last."""
        said = self.facts.row["approval"] or self.facts.row["proposal"]
        return str(said["outcome"]) if said else "granted"


class ReturnForm(ActForm):
    """Which earlier step, and why."""

    to = radio(_("Trả về bước"))
    reason = reason_field()

    def build(self) -> None:
        """The ways back of the open step."""
        self.offer("to", [(step.code, f"{step.order}. {say(step.work)}") for step in self.facts.earlier])


class DecideForm(MakingForm):
    """The numbered papers of what the leader approved: the result, a refusal's paper, or both for a part."""

    final = True
    medium = radio(_("Hình thức"), initial="wet_ink")

    def build(self) -> None:
        """One group of fields for each paper that the approved outcome needs."""
        super().build()
        self.offer("medium", choices_of(words.MEDIUMS))
        approval = self.facts.row["approval"]
        self.outcome = approval["outcome"] if approval else "granted"
        self.roles = {"granted": ("result",), "refused": ("refusal",)}.get(
            self.outcome, ("result", "refusal")
        )
        for role in self.roles:
            self.fields |= _paper_fields(role, self)
        self.order_fields([name for name in self.fields if name != "medium"])

    def clean(self) -> dict[str, Any]:
        """A paper is dated between reception and today."""
        found = super().clean()
        received, today = self.facts.row["received_on"], local(self.at).date()
        for role in self.roles:
            dated = found.get(f"{role}_date")
            if dated and dated > today:
                self.add_error(f"{role}_date", _("Ngày văn bản ở tương lai."))
            elif dated and received and dated < received:
                self.add_error(f"{role}_date", _("Ngày văn bản trước ngày tiếp nhận hồ sơ."))
        return found

    def fault(self, field: str) -> str:
        """The flow names papers by their place in the list."""
        papers, _dot, rest = field.partition(".")
        number, _dot, part = rest.partition(".")
        if papers == "papers" and number.isdigit() and int(number) < len(self.roles):
            return f"{self.roles[int(number)]}_{part}"
        return super().fault(field)

    def arguments(self) -> dict[str, Any]:
        """The papers in the order of their roles."""
        found = self.cleaned_data
        papers = [
            IssuedPaper(
                role=role,
                kind=found[f"{role}_kind"],
                number=found[f"{role}_number"],
                date=found[f"{role}_date"],
                medium=found["medium"],
            )
            for role in self.roles
        ]
        return {"papers": papers} | self.sent()


def _paper_fields(role: str, form: DecideForm) -> dict[str, forms.Field]:
    own = form.facts.procedure.results
    if expected_children(form.facts.row):  # the other results are numbered where they are settled
        own = own[:1]
    results = [(r.code, say(r.name)) for r in own]
    kinds: dict[str, forms.Field] = {
        "result": forms.ChoiceField(
            label=_("Loại kết quả"), choices=results, widget=forms.Select(attrs={"class": "wfull"})
        ),
        # A refusal has a paper of its own, none of the published results (design, section 4).
        "refusal": forms.CharField(
            label=_("Loại văn bản từ chối"), initial="Công văn trả lời", max_length=100
        ),
    }
    numbered = forms.CharField(
        label=_("Số, ký hiệu văn bản") if role == "result" else _("Số, ký hiệu văn bản từ chối"),
        help_text=_("Ví dụ 12/UBND-XN"),
        max_length=100,
        widget=forms.TextInput(attrs={"class": "w20", "autocomplete": "off"}),
        error_messages={"required": _("Hãy ghi số văn bản.")},
    )
    dated = DayField(
        label=_("Ngày văn bản") if role == "result" else _("Ngày văn bản từ chối"),
        initial=local(form.at).date(),
    )
    return {f"{role}_number": numbered, f"{role}_date": dated, f"{role}_kind": kinds[role]}
