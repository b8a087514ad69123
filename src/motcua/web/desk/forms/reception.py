"""The form by which a dossier that was handed in before is received."""

from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext, gettext_lazy as _

from motcua.catalogue.completeness import check
from motcua.catalogue.shapes import LOOKED_UP, Channel, Component, Source
from motcua.dossiers.operations.claims import LONGEST_EVIDENCE
from motcua.web.common.text_field import TidyField
from motcua.web.common.wording import say
from motcua.web.desk import words
from motcua.web.desk.forms.base import ActForm, radio
from motcua.web.desk.given import Scan, scans


class PaperLine(NamedTuple):
    """A paper: what was sent of it (or says why nothing was), whether that is in order, and whether it was looked up
    instead. The questions are None where there is nothing to ask."""

    component: Component
    scans: tuple[Scan, ...]
    says: str
    good: BoundField | None
    found: BoundField | None


class ReceiveForm(ActForm):
    """The variant, and each paper as the officer finds it. What is missing is refused by the flow, all at once."""

    FAULTS = {**ActForm.FAULTS, "components": "", "answers": ""}
    begins_at_top = True  # with what the registers say

    variant = radio(_("Trường hợp"))
    only_variant = ""  # in words, where there is nothing to choose

    def build(self) -> None:
        """A tick for each paper that counts: the officer's own, on nothing but a look. What a register has proven is
        ticked already."""
        procedure, row = self.facts.procedure, self.facts.row
        channel = Channel(row["channel"])
        variants = [
            (v.code, say(v.label))
            for v in procedure.variants
            if procedure.channel(v.code, channel) is not None
        ]
        self.offer("variant", variants)
        field = self.fields["variant"]
        if len(variants) == 1:
            ((field.initial, self.only_variant),) = variants
            field.widget = forms.HiddenInput()
        else:
            field.initial = row["variant"]
        listed = procedure.components_of(row["variant"])
        needed = check(components=listed, channel=channel, answers=row["answers"], handed=()).needed
        self.listed = [c for c in listed if c.code in needed]
        self.came = {c["component"] for c in row["components"]}
        proven, self.instead = self.facts.proven, self.facts.instead
        for component in self.listed:
            if component.code in self.instead:
                continue
            self.fields[f"good_{component.code}"] = forms.BooleanField(label=_("Đủ, hợp lệ"), required=False)
            if component.kind in LOOKED_UP or Source.DATABASE in component.sources:
                self.fields[f"found_{component.code}"] = forms.BooleanField(
                    label=_("Đã tra cứu được trong cơ sở dữ liệu"),
                    required=False,
                    initial=component.code in proven,
                )

        self._claims()

    def _claims(self) -> None:
        """For each exemption asked for: whether it holds, and which paper shows it."""
        rules = self.facts.procedure.fees
        labels = {one.code: one.label for rule in rules for one in rule.exemptions}
        self.claimed = [
            claim["exemption"] for claim in self.facts.row["claims"] if claim["exemption"] in labels
        ]
        for claim in self.facts.row["claims"]:
            if (code := claim["exemption"]) not in labels:
                continue
            label = say(labels[code])
            self.fields[f"claim_{code}"] = forms.BooleanField(
                label=gettext("Đúng diện được miễn, giảm: %(label)s") % {"label": label}, required=False
            )
            self.fields[f"shown_{code}"] = TidyField(
                label=gettext("Giấy tờ chứng minh: %(label)s") % {"label": label},
                required=False,
                max_length=LONGEST_EVIDENCE,
                initial=self.facts.text(claim["evidence"]),
                widget=forms.TextInput(attrs={"class": "wfull", "autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        """Less is to be paid on a paper somebody looked at."""
        found = super().clean()
        for code in self.claimed:
            if found.get(f"claim_{code}") and not found.get(f"shown_{code}"):
                self.add_error(f"shown_{code}", _("Hãy ghi giấy tờ chứng minh đã xem."))
        return found

    @property
    def claims(self) -> list[tuple[BoundField, BoundField]]:
        """For each exemption asked for its tick and its paper."""
        return [(self[f"claim_{code}"], self[f"shown_{code}"]) for code in self.claimed]

    def _scans(self, component: Component) -> tuple[Scan, ...]:
        return scans(one for one in self.facts.attachments if one.component == component.code)

    def _says(self, component: Component) -> str:
        if component.code in self.instead:
            return say(words.INSTEAD[self.instead[component.code]])
        is_form = component.channels == (Channel.ONLINE,) and component.code in self.came
        return say(words.AS_FORM) if is_form else gettext("Không có tệp nào.")

    @property
    def papers(self) -> list[PaperLine]:
        """A line for each paper."""
        lines = []
        for one in self.listed:
            asked = (
                self[name] if name in self.fields else None
                for name in (f"good_{one.code}", f"found_{one.code}")
            )
            lines.append(PaperLine(one, scans := self._scans(one), "" if scans else self._says(one), *asked))
        return lines

    def arguments(self) -> dict[str, Any]:
        """What was found in order, and what was looked up."""
        told = self.cleaned_data
        ticked = {
            kind: [c.code for c in self.listed if told.get(f"{kind}_{c.code}")] for kind in ("good", "found")
        }
        confirmed = {code: told[f"shown_{code}"] for code in self.claimed if told.get(f"claim_{code}")}
        return {"row": self.facts.row, "variant": told["variant"], "confirmed": confirmed, **ticked}
