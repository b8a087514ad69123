"""What every act's form shares: the numbered paper pad, how a refusal finds its field, the fields used often."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.events import PaperMark
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Refusal
from motcua.kernel.time import ZONE
from motcua.web.common.day_field import DayField
from motcua.web.common.paper_fields import hour_field, photo_field
from motcua.web.common.stored_file import StoredFileField
from motcua.web.common.text_field import TidyField, printable
from motcua.web.common.wording import say
from motcua.web.desk.facts import Facts

PAPER_FIELDS = ("paper_pad", "paper_number", "paper_on", "paper_time")
PHOTO = "paper_photo"
SURE = "sure"
CHOOSE = _("Hãy chọn một mục.")


def reason_field(label: Any = None, **options: Any) -> forms.CharField:
    """A reason of some lines."""
    return forms.CharField(
        label=label or _("Lý do"),
        widget=forms.Textarea(attrs={"rows": 4, "class": "wfull"}),
        validators=[printable],
        error_messages={"required": _("Hãy ghi lý do.")},
        **options,
    )


def basis_field(**options: Any) -> forms.CharField:
    """A legal basis."""
    return forms.CharField(
        label=_("Căn cứ pháp lý"),
        widget=forms.TextInput(attrs={"class": "wfull"}),
        validators=[printable],
        error_messages={"required": _("Hãy ghi căn cứ pháp lý.")},
        **options,
    )


def radio(label: Any, **options: Any) -> forms.ChoiceField:
    """One of a few; the choices are given when the form is made."""
    messages = {"required": CHOOSE, "invalid_choice": CHOOSE}
    return forms.ChoiceField(label=label, widget=forms.RadioSelect, error_messages=messages, **options)


def choices_of(table: Mapping[str, object]) -> list[tuple[str, str]]:
    """A table of words as choices in the language of the page."""
    return [(code, say(words)) for code, words in table.items()]


class ActForm(forms.Form):
    """The form of one act on one dossier.

    `arguments` are what its flow takes beside code, actor, at and paper. `FAULTS` says which field of ours
    shows a refusal that names another one. A `final` act asks for a tick: no later act takes it back. The page of one
    that `begins_at_top` gives no control the focus: what stands above the form is read first. One that is not `is_open`
    has nothing to fill in here: what stands above it leads to where that is done.
    """

    final: ClassVar[bool] = False
    begins_at_top: ClassVar[bool] = False
    is_open = True
    FAULTS: ClassVar[Mapping[str, str]] = {"occurred_at": "paper_on", "photo": PHOTO}

    paper_pad = TidyField(label=_("Quyển sổ giấy"), required=False, max_length=40)
    paper_number = TidyField(label=_("Số thứ tự trên sổ"), required=False, max_length=40)
    paper_on = DayField(label=_("Ngày ghi trên sổ"), required=False)
    paper_time = hour_field(_("Giờ ghi trên sổ"))
    paper_photo = photo_field()

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        facts: Facts,
        at: datetime,
        actor: Actor | None = None,
    ) -> None:
        super().__init__(data, files)
        self.facts = facts
        self.at = at
        self.actor = actor
        self.build()
        self.own_names = [name for name in self.fields if name not in (*PAPER_FIELDS, PHOTO)]
        if self.final:
            self.fields[SURE] = forms.BooleanField(
                label=_("Tôi đã kiểm tra, và hiểu rằng việc này không rút lại được."),
                error_messages={"required": _("Hãy đánh dấu để xác nhận.")},
            )
        self.order_fields([*self.own_names, *PAPER_FIELDS, PHOTO, SURE])

    def hold_judgement(self) -> None:
        """Show what was typed without a complaint; only of files, which are not sent a second time."""
        told = self.errors
        files = {name for name, field in self.fields.items() if isinstance(field, StoredFileField)}
        self._errors = ErrorDict({name: told[name] for name in files & set(told)})

    def build(self) -> None:
        """Make the fields that depend on the dossier."""

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Fill the choices of a field; the only one is chosen already."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - our own forms, not input
        field.choices = choices
        if len(choices) == 1 and not isinstance(field, forms.MultipleChoiceField):
            field.initial = choices[0][0]

    @property
    def own(self) -> Iterator[BoundField]:
        """The act's own fields, in order."""
        return (self[name] for name in self.own_names)

    @property
    def focusable(self) -> list[str]:
        """What may have the focus on arrival: the act's own fields, and the tick of a final one."""
        return [*self.own_names, *([SURE] if self.final else [])]

    @property
    def paper_fields(self) -> list[BoundField]:
        """The fields of the paper pad."""
        return [self[name] for name in (*PAPER_FIELDS, PHOTO)]

    @property
    def is_on_paper(self) -> bool:
        """Whether something of the paper pad was filled in or is wrong, so that it has to be seen."""
        typed = [value for name in PAPER_FIELDS for value in (self[name].value() or [])]
        sent = self[PHOTO].value()
        return any(typed) or bool(sent and sent.shown) or any(bound.errors for bound in self.paper_fields)

    def clean(self) -> dict[str, Any]:
        """The paper pad is filled in whole or not at all."""
        found = super().clean() or self.cleaned_data
        given = [name for name in PAPER_FIELDS if found.get(name)]
        if given or found.get(PHOTO):
            for name in PAPER_FIELDS:
                if name not in given and name not in self.errors:
                    self.add_error(name, _("Ghi đủ quyển, số, ngày và giờ trên sổ giấy."))
        return found

    def paper(self) -> PaperMark | None:
        """The mark of an act that was written on a pad first; None for one done here."""
        found = self.cleaned_data
        if not found.get("paper_on"):
            return None
        return PaperMark(
            pad=found["paper_pad"],
            number=found["paper_number"],
            occurred_at=datetime.combine(found["paper_on"], found["paper_time"], ZONE),
            photo=found[PHOTO][0].digest if found[PHOTO] else None,
        )

    def arguments(self) -> dict[str, Any]:
        """What the flow takes beside code, actor, at and paper."""
        return {name: self.cleaned_data[name] for name in self.own_names}

    def warning(self) -> str:
        """What is told to who did the act, though it was done; nothing as a rule."""
        return ""

    def fault(self, field: str) -> str:
        """The field of ours that shows a refusal about `field`."""
        return self.FAULTS.get(field, field)

    def refuse(self, refusal: Refusal, language: str) -> None:
        """Say the refusal of a flow beside its field, or above the form."""
        name = self.fault(refusal.field)
        self.add_error(name if name in self.fields else None, refusal.say(language))
