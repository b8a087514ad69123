"""The forms of the receiving screen. They are always bound: what is typed is the state, nothing else keeps it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from motcua.agencies.selectors import agency
from motcua.catalogue.shapes import Channel, Component, ProcedureVersion, Question
from motcua.kernel.errors import Invalid
from motcua.parties.operations import Particulars
from motcua.parties.papers import PAPERS
from motcua.reception.selectors.at_hand import Person
from motcua.web.common.cards import UNREADABLE, doubts_of
from motcua.web.common.day_field import DayField
from motcua.web.common.limits import limit_words
from motcua.web.common.party_kinds import PARTY_KINDS
from motcua.web.common.sexes import SEXES
from motcua.web.common.stored_file import StoredFileField
from motcua.web.common.text_field import printable, telephone
from motcua.web.common.wording import say
from motcua.web.counter.look_up import UNASKED, Look
from motcua.web.counter.words import CHANNELS

DIGITS = {"inputmode": "numeric", "autocomplete": "off"}
# What these controls change is drawn anew: papers and fees, the outcome, the people.
REDRAW = {"data-redraw": ""}
RECOUNT = {"data-recount": ""}
PEOPLE = {"data-people": ""}
EARLIEST_BIRTH = date(1880, 1, 1)
MOST_PAPERS = 999
PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class TypedForm(forms.Form):
    """A form that can show what was typed without judging it yet."""

    use_required_attribute = False
    at_once: tuple[str, ...] = ()

    def hold_judgement(self) -> None:
        """Keep what is right in `cleaned_data`, and complain only about fields that are told `at_once`."""
        told = self.errors
        self._errors = ErrorDict({name: told[name] for name in self.at_once if name in told})

    @property
    def told(self) -> Mapping[str, Any]:
        """What is right so far."""
        if not hasattr(self, "cleaned_data"):
            self.full_clean()
        return self.cleaned_data


class ChoiceForm(TypedForm):
    """Variant and channel."""

    variant = forms.ChoiceField(
        label=_("Trường hợp"),
        widget=forms.RadioSelect(attrs=REDRAW),
        error_messages={"required": _("Hãy chọn trường hợp.")},
    )
    channel = forms.ChoiceField(
        label=_("Hình thức nộp"),
        widget=forms.RadioSelect(attrs=REDRAW),
        error_messages={"required": _("Hãy chọn hình thức nộp.")},
    )

    competent = forms.ChoiceField(
        label=_("Cơ quan giải quyết"),
        help_text=_(
            "Nhận thay cơ quan khác: giấy tiếp nhận ghi ngày dự kiến, thời hạn tính từ khi cơ quan đó nhận."
        ),
        required=False,
        widget=forms.Select(attrs=REDRAW),
    )

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        version: ProcedureVersion,
        channel: str,
        elsewhere: Callable[[], list[str]],
    ) -> None:
        super().__init__(data)
        # Asked for only where it is shown, or something was chosen: as a rule nobody is received for another.
        choices_of(self, "competent").choices = lambda: [
            ("", _("Cơ quan của quầy này")),
            *((code, say(agency(code).called)) for code in elsewhere()),
        ]
        choices_of(self, "variant").choices = [
            (v.code, _variant_words(version, v.code, channel)) for v in version.variants
        ]
        open_channels = {c.channel for v in version.variants for c in v.channels}
        choices_of(self, "channel").choices = [
            (c.value, say(w)) for c, w in CHANNELS.items() if c in open_channels
        ]
        if not data.get("variant"):
            self.fields["variant"].widget.attrs["autofocus"] = True
        for name in ("variant", "channel"):
            if len(choices_of(self, name).choices) == 1:
                self.fields[name].widget = forms.HiddenInput()


def choices_of(form: forms.Form, name: str) -> Any:
    """The field `name` of `form`, whose choices are to be set."""
    return form.fields[name]


def _variant_words(version: ProcedureVersion, variant: str, channel: str) -> str:
    """The label of a variant with its limit on `channel`, or on the first it has."""
    entry = version.channel(variant, Channel(channel)) or version.variant(variant).channels[0]
    limit = limit_words(entry.limit.unit.value, entry.limit.value)
    return f"{say(version.variant(variant).label)} – {say(limit)}"


class PersonForm(TypedForm):
    """One party as told at the counter, with the card that was scanned."""

    at_once = ("scan",)
    scan = forms.CharField(
        label=_("Quét thẻ, hoặc tìm người đã đến"),
        help_text=_("Quét mã QR trên thẻ căn cước, hoặc gõ tên, điện thoại, số giấy tờ, mã hồ sơ trước."),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={**PLAIN, **PEOPLE}),
    )
    kind = forms.ChoiceField(label=_("Đối tượng"), widget=forms.Select(attrs=RECOUNT))
    name = forms.CharField(
        label=_("Họ và tên, hoặc tên tổ chức"),
        max_length=200,
        validators=[printable],
        widget=forms.TextInput(attrs=PLAIN),
        error_messages={"required": _("Hãy ghi họ tên hoặc tên tổ chức.")},
    )
    paper = forms.ChoiceField(label=_("Loại giấy tờ tùy thân"))
    number = forms.CharField(
        label=_("Số giấy tờ"),
        max_length=60,
        widget=forms.TextInput(attrs=PLAIN),
        error_messages={"required": _("Hãy ghi số giấy tờ, hoặc chọn “Không có giấy tờ”.")},
    )
    born = DayField(label=_("Ngày sinh"), required=False)
    sex = forms.ChoiceField(label=_("Giới tính"), required=False)
    phone = forms.CharField(
        label=_("Điện thoại"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"inputmode": "email", **PLAIN}),
        error_messages={"invalid": _("Địa chỉ thư điện tử không đúng, ví dụ ten@example.vn.")},
    )
    address = forms.CharField(
        label=_("Địa chỉ"),
        required=False,
        max_length=500,
        validators=[printable],
        widget=forms.TextInput(attrs=PLAIN),
    )

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        prefix: str,
        today: date,
        found: Sequence[Person] | None = None,
        look: Look = UNASKED,
        name_only: bool = False,
    ) -> None:
        super().__init__(data, prefix=prefix)
        self.name_only = name_only
        self.found = found
        self.look = look
        self.today = today
        self.doubts = doubts_of(data, prefix=f"{prefix}-")
        choices_of(self, "kind").choices = [(code, say(words)) for code, words in PARTY_KINDS.items()]
        choices_of(self, "sex").choices = [
            ("", _("Không ghi")),
            *((code, say(w)) for code, w in SEXES.items()),
        ]
        choices_of(self, "paper").choices = [(code, say(paper.label)) for code, paper in PAPERS.items()]
        self.fields["number"].required = not name_only and data.get(f"{prefix}-paper") != "none"
        if name_only:
            self.fields["number"].help_text = _("Thủ tục này chỉ cần họ tên.")

    def take_focus(self) -> None:
        """Let the cursor stand here when the page opens."""
        self.fields["scan"].widget.attrs["autofocus"] = True

    def decide_papers(self) -> None:
        """Let a change of the kind of person draw the papers anew: some are asked of some kinds only."""
        self.fields["kind"].widget.attrs.update(REDRAW)

    def hold_judgement(self) -> None:
        """Beside what is told at once: what a scanned card left in doubt."""
        super().hold_judgement()
        if self.found:
            self.errors.pop("scan", None)
        self._doubt()

    def _doubt(self) -> None:
        for name, why in self.doubts:
            self.add_error("born" if name == "born_on" else name, why)

    def clean_scan(self) -> str:
        """A card that could be read has been spread over the fields by now; other words look for somebody."""
        words = self.cleaned_data["scan"]
        if words and self.found is None:
            raise forms.ValidationError(UNREADABLE)
        if words and not self.found:
            raise forms.ValidationError(
                _("Không tìm thấy ai đã đến quầy với tên, số này. Hãy xóa ô này và nhập tay.")
            )
        if words:
            raise forms.ValidationError(_("Hãy chọn một người tìm thấy, hoặc xóa ô này."), code="choose")
        return ""

    def clean_phone(self) -> str:
        """Digits with or without a leading +, as people group them."""
        return telephone(self.cleaned_data["phone"])

    def clean_born(self) -> date | None:
        """A day somebody who is alive, or died lately, can have been born on."""
        born: date | None = self.cleaned_data["born"]
        if born is not None and born > self.today:
            raise forms.ValidationError(_("Ngày sinh ở tương lai; hãy xem lại năm."))
        if born is not None and born < EARLIEST_BIRTH:
            raise forms.ValidationError(_("Ngày sinh quá xa; hãy xem lại năm."))
        return born

    def clean(self) -> dict[str, Any]:
        """What the parties' own rules say of the number and the rest."""
        super().clean()
        try:
            self.particulars.cleaned()
        except Invalid as refusal:
            if refusal.field in self.fields and refusal.field not in self.errors:
                self.add_error(refusal.field, say(refusal))
        self._doubt()
        return self.cleaned_data

    @property
    def particulars(self) -> Particulars:
        """The party as typed; in order once the form is valid."""
        told = self.told
        return Particulars(
            name=told.get("name", ""),
            kind=told.get("kind", "citizen"),
            paper="none" if self.name_only and not told.get("number") else told.get("paper", "none"),
            number=told.get("number", ""),
            born_on=told.get("born"),
            sex=told.get("sex", ""),
            phone=told.get("phone", ""),
            email=told.get("email", ""),
            address=told.get("address", ""),
            looked_up=self.look.kept(told),
        )


class QuestionsForm(TypedForm):
    """The version's questions that decide about papers or fees of this variant."""

    def __init__(self, data: Mapping[str, Any], *, questions: Iterable[Question]) -> None:
        super().__init__(data, prefix="ask")
        for question in questions:
            self.fields[question.code] = forms.ChoiceField(
                label=say(question.text),
                choices=[(option.code, say(option.label)) for option in question.options],
                widget=forms.RadioSelect(attrs=REDRAW),
                error_messages={"required": _("Hãy chọn câu trả lời.")},
            )

    @property
    def answers(self) -> dict[str, str]:
        """Question -> option, of those answered."""
        return {code: answer for code, answer in self.told.items() if answer}


class PapersForm(TypedForm):
    """The checklist: for each component whether it came, how many, or whether it was looked up instead."""

    def __init__(
        self,
        data: Mapping[str, Any],
        files: MultiValueDict[str, Any] | None,
        *,
        components: Iterable[Component],
    ) -> None:
        super().__init__(data, files, prefix="paper")
        self.components = tuple(components)
        # A file that is wrong is told when it comes: nobody scans a second time for a page that was not read.
        self.at_once = tuple(f"{component.code}_files" for component in self.components)
        for component in self.components:
            self._add(component)

    def _add(self, component: Component) -> None:
        tick = forms.CheckboxInput(attrs=RECOUNT)
        self.fields[f"{component.code}_have"] = forms.BooleanField(
            label=say(component.name), required=False, widget=tick
        )
        self.fields[f"{component.code}_found"] = forms.BooleanField(
            label=_("Đã tra cứu được trong cơ sở dữ liệu"),
            required=False,
            widget=forms.CheckboxInput(attrs=RECOUNT),
        )
        self.fields[f"{component.code}_sought"] = forms.BooleanField(
            label=_("Đã tra cứu, không có dữ liệu"), required=False
        )
        self.fields[f"{component.code}_files"] = StoredFileField(
            label=_("Tệp đính kèm"), required=False, multiple=True
        )
        for name, label in (("originals", _("Số bản chính")), ("copies", _("Số bản sao"))):
            self.fields[f"{component.code}_{name}"] = forms.IntegerField(
                label=label,
                min_value=0,
                max_value=MOST_PAPERS,
                required=False,
                widget=forms.TextInput(attrs={**DIGITS, **RECOUNT, "maxlength": 3}),
                error_messages={"invalid": _("Ghi số bản bằng chữ số.")},
            )
