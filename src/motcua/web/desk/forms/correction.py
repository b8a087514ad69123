"""The form that puts a reception right: who, which variant, what came. The first look at another variant only
shows what it asks for; nothing is proposed until its papers were seen."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, gettext_lazy as _

from motcua.catalogue.completeness import Handed, Medium
from motcua.catalogue.conditions import within
from motcua.catalogue.shapes import LOOKED_AT, Channel, Component, ComponentKind, Source
from motcua.flows.corrections import Reception
from motcua.kernel.actor import Actor
from motcua.parties.models import PARTY_KINDS
from motcua.parties.operations import Particulars
from motcua.parties.papers import PAPERS
from motcua.web.common import party_kinds
from motcua.web.common.day_field import DayField
from motcua.web.common.sexes import SEXES
from motcua.web.common.text_field import TidyField
from motcua.web.common.wording import say
from motcua.web.desk import words
from motcua.web.desk.facts import Facts
from motcua.web.desk.forms.base import ActForm, choices_of, radio, reason_field

PARTS = ("name", "kind", "paper", "number", "born", "sex", "phone", "email", "address")


def _line(label: Any, css: str, **options: Any) -> TidyField:
    widget = forms.TextInput(attrs={"class": css, "autocomplete": "off"})
    return TidyField(label=label, widget=widget, required=False, **options)


def _count(label: str) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "w4", "inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=999, required=False, widget=widget)


def _person_fields() -> dict[str, forms.Field]:
    return {
        "name": _line(_("Họ tên hoặc tên tổ chức"), "w20", max_length=200),
        "kind": forms.ChoiceField(
            label=_("Đối tượng"), choices=choices_of(party_kinds.PARTY_KINDS), required=False
        ),
        "paper": forms.ChoiceField(
            label=_("Loại giấy tờ"), choices=[(p.code, say(p.label)) for p in PAPERS.values()], required=False
        ),
        "number": _line(_("Số giấy tờ"), "w20", max_length=40),
        "born": DayField(label=_("Ngày sinh"), required=False),
        "sex": forms.ChoiceField(
            label=_("Giới tính"), choices=[("", _("Không ghi")), *choices_of(SEXES)], required=False
        ),
        "phone": _line(_("Điện thoại"), "w10", max_length=30),
        "email": _line(_("Thư điện tử"), "w20", max_length=200),
        "address": _line(_("Địa chỉ"), "wfull", max_length=500),
    }


@dataclass(frozen=True, slots=True)
class PersonPart:
    """The fields of one person of the dossier."""

    role: str
    fields: list[BoundField]


@dataclass(frozen=True, slots=True)
class PaperPart:
    """The fields of one component: counts, or a tick where it is only looked at or may be looked up."""

    name: str
    fields: list[BoundField]


class CorrectionForm(ActForm):
    """Everything that was received, to be put right. A name left empty takes its person out."""

    reason = reason_field(_("Lý do đính chính"), help_text=_("Sai ở đâu, do ai phát hiện."))

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        facts: Facts,
        at: datetime,
        actor: Actor | None = None,
    ) -> None:
        # Which variant's papers were on the screen; what is drawn now is the one chosen now.
        self.looked_at = None if data is None else data.get("shown")
        if data is not None:
            data = data.copy()
            data["shown"] = str(data.get("variant", facts.row["variant"]))
        super().__init__(data, files, facts=facts, at=at, actor=actor)

    def build(self) -> None:
        """The people, the variant, its questions and papers, filled with what the dossier says."""
        row = self.facts.row
        version = self.facts.procedure
        variants = [(v.code, say(v.label)) for v in version.variants]
        self.roles = [p["role"] for p in row["parties"]]
        for n, party in enumerate(row["parties"]):
            told = self._told(party)
            for part, made in _person_fields().items():
                made.initial = told.get("born_on" if part == "born" else part)
                self.fields[f"p{n}_{part}"] = made
        self.fields["p0_name"].required = True
        self.fields["p0_name"].error_messages["required"] = _("Hãy ghi họ tên chủ hồ sơ.")
        self.fields["variant"] = radio(_("Trường hợp"), initial=row["variant"])
        self.offer("variant", variants)
        chosen = str(self.data.get("variant", row["variant"]))
        self.chosen = chosen if chosen in dict(variants) else str(row["variant"])
        self.fields["shown"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=self.chosen)
        self._questions(row["answers"])
        self._papers({c["component"]: c for c in row["components"]})
        self.order_fields([name for name in self.fields if name != "reason"])

    def _told(self, party: Mapping[str, Any]) -> Mapping[str, Any]:
        body = self.facts.texts.get(UUID(party["snapshot"]))
        told: dict[str, Any] = json.loads(body) if body else {}
        if told.get("born_on"):
            told["born_on"] = date.fromisoformat(told["born_on"])
        return told

    def _questions(self, answers: Mapping[str, str]) -> None:
        # All that may decide about a paper: without scripts nobody sees a question come and go.
        deciding = {part.question for c in self._listed() for part in within(c.when)}
        asked = deciding - set(self._chosen_answers())
        self.questions = [q for q in self.facts.procedure.questions if q.code in asked]
        for question in self.questions:
            made = radio(say(question.text), initial=answers.get(question.code), required=False)
            made.choices = [(o.code, say(o.label)) for o in question.options]
            self.fields[f"answer_{question.code}"] = made

    def _papers(self, came: Mapping[str, Mapping[str, Any]]) -> None:
        self.components = self._listed()
        for c in self.components:
            had = came.get(c.code)
            looked_up = had is not None and not had["originals"] + had["copies"]
            if c.kind not in LOOKED_AT:
                for part, label in (("originals", gettext("Bản chính")), ("copies", gettext("Bản sao"))):
                    made = _count(label)
                    made.initial = had[part] if had else 0
                    self.fields[f"paper_{c.code}_{part}"] = made
            else:
                self._tick(f"paper_{c.code}_shown", _("Đã xuất trình"), is_on=bool(had) and not looked_up)
            if _source(c) is not None:
                self._tick(f"paper_{c.code}_found", _("Đã tra cứu được"), is_on=looked_up)

    def _listed(self) -> list[Component]:
        channel = Channel(self.facts.row["channel"])
        return [
            c
            for c in self.facts.procedure.components_of(self.chosen)
            if c.kind is not ComponentKind.NOTE and (not c.channels or channel in c.channels)
        ]

    def _tick(self, name: str, label: Any, *, is_on: bool) -> None:
        self.fields[name] = forms.BooleanField(label=label, required=False, initial=is_on)

    @property
    def people_parts(self) -> list[PersonPart]:
        """The people in order."""
        return [
            PersonPart(say(words.ROLES[role]), [self[f"p{n}_{part}"] for part in PARTS])
            for n, role in enumerate(self.roles)
        ]

    @property
    def question_fields(self) -> list[BoundField]:
        """What decides about papers."""
        return [self[f"answer_{q.code}"] for q in self.questions]

    @property
    def paper_parts(self) -> list[PaperPart]:
        """The components of the variant on the screen."""
        return [
            PaperPart(
                say(c.name), [self[name] for name in self.fields if name.startswith(f"paper_{c.code}_")]
            )
            for c in self.components
        ]

    def clean(self) -> dict[str, Any]:
        """Another variant asks for other papers: they are looked at before anything is proposed."""
        found = super().clean()
        if self.looked_at != self.chosen:
            self.add_error(
                "variant",
                _("Trường hợp đã đổi: hãy xem lại câu hỏi và giấy tờ bên dưới rồi gửi lại."),
            )
        return found

    def fault(self, field: str) -> str:
        """A refusal of a person's particulars is told at the first person; of papers and answers above all."""
        return f"p0_{field}" if f"p0_{field}" in self.fields else super().fault(field)

    def arguments(self) -> dict[str, Any]:
        """The reception as it should have been, and why."""
        found = self.cleaned_data
        kept = {} if self.chosen != self.facts.row["variant"] else dict(self.facts.row["answers"])
        answers = {q.code: given for q in self.questions if (given := found[f"answer_{q.code}"])}
        reception = Reception(
            variant=self.chosen,
            people=tuple(
                (role, self._particulars(n)) for n, role in enumerate(self.roles) if found[f"p{n}_name"]
            ),
            handed=tuple(h for c in self.components if (h := self._handed(c)) is not None),
            answers={**kept, **answers, **self._chosen_answers()},
        )
        return {"reception": reception, "reason": found["reason"]}

    def _chosen_answers(self) -> dict[str, str]:
        """What the choice of the variant has answered already, as at reception."""
        when = self.facts.procedure.variant(self.chosen).when
        return {part.question: part.answers[0] for part in within(when) if len(part.answers) == 1}

    def _particulars(self, n: int) -> Particulars:
        told = {part: self.cleaned_data[f"p{n}_{part}"] for part in PARTS}
        return Particulars(born_on=told.pop("born"), **{**told, "kind": told["kind"] or PARTY_KINDS[0]})

    def _handed(self, c: Component) -> Handed | None:
        found = self.cleaned_data
        if found.get(f"paper_{c.code}_shown"):
            return Handed(c.code, c.originals if c.originals or c.copies else 1, c.copies, shown=True)
        originals = found.get(f"paper_{c.code}_originals") or 0
        copies = found.get(f"paper_{c.code}_copies") or 0
        if originals or copies:
            return Handed(c.code, originals, copies)
        source = _source(c)
        return Handed(c.code, medium=source) if source and found.get(f"paper_{c.code}_found") else None


def _source(component: Component) -> Medium | None:
    """What may stand in for the paper."""
    if component.kind is ComponentKind.DATABASE or Source.DATABASE in component.sources:
        return Medium.DATABASE
    if component.kind is ComponentKind.VAULT or Source.VAULT in component.sources:
        return Medium.VAULT
    return None
