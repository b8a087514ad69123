"""The small form of a procedure's page: where, how, who, which variant, and the questions that decide something. It is
sent by GET, so an address holds what was chosen; what it does not know is as if it had not been said."""

from collections.abc import Mapping, Sequence

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.shapes import Audience, Channel, ProcedureVersion, Question
from motcua.kernel.say import Say
from motcua.web.common.papers import ASKED
from motcua.web.common.wording import say
from motcua.web.portal.procedure_words import AUDIENCES, CHANNELS

LONGEST = 80
MOST_BUTTONS = 12  # a longer choice is a list to open: a province has a hundred communes


class ChoicesForm(forms.Form):
    """Radio buttons of what there is to choose, or a list where it is long; a choice of one is none. Nothing is
    complained of."""

    use_required_attribute = False

    def __init__(
        self,
        told: Mapping[str, str],
        *,
        agencies: Sequence[tuple[str, Say]] = (),
        channels: Sequence[Channel] = (),
        audience: Sequence[Audience] = (),
        version: ProcedureVersion | None = None,
        questions: Sequence[Question] = (),
    ) -> None:
        super().__init__(told)
        self._choice("agency", _("Nộp ở đâu?"), [(code, say(name)) for code, name in agencies])
        self._choice("channel", _("Nộp cách nào?"), [(c.value, say(CHANNELS[c])) for c in channels])
        self._choice("who", _("Ai đề nghị?"), [(a.value, say(AUDIENCES[a])) for a in audience])
        variants = version.variants if version else ()
        self._choice("variant", _("Trường hợp nào?"), [(v.code, say(v.label)) for v in variants])
        for question in questions:
            options = [(option.code, say(option.label)) for option in question.options]
            self._choice(ASKED + question.code, say(question.text), options)

    def _choice(self, name: str, label: object, choices: list[tuple[str, str]]) -> None:
        if len(choices) > 1:
            widget = forms.RadioSelect if len(choices) <= MOST_BUTTONS else forms.Select
            self.fields[name] = forms.ChoiceField(label=str(label), choices=choices, widget=widget)

    def full_clean(self) -> None:
        """What is not answered stays open."""
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, object] = {}

    @property
    def shown(self) -> list[BoundField]:
        """The fields in their order."""
        return [self[name] for name in self.fields]


def told_of(fields: Mapping[str, object]) -> dict[str, str]:
    """What an address says, cut to what any choice could be."""
    return {name: str(value)[:LONGEST] for name, value in fields.items()}
