"""The pages of a draft as forms. What is typed is the state: saved as it came, judged when it is sent."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, gettext_lazy as _

from motcua.catalogue.shapes import Audience, Component, Exemption, FeeRule, Question
from motcua.flows.submissions import as_files, still_to_send
from motcua.kernel.errors import Refusal
from motcua.kernel.say import Say
from motcua.parties.operations import Particulars
from motcua.web.common.return_ways import RETURN_WAYS
from motcua.web.common.stored_file import KEPT, Sent, StoredFileField
from motcua.web.common.text_field import TidyField, printable, telephone
from motcua.web.common.wording import say

CHOOSE = _("Hãy chọn một mục.")
Said = Sequence[tuple[str, Sequence[tuple[str, str]]]]  # under each heading, label and value


class PageForm(forms.Form):
    """One page of a draft. On arrival nothing is complained of."""

    use_required_attribute = False

    def rest(self) -> "PageForm":
        """Show what is typed without judging it."""
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}
        return self

    def told(self) -> dict[str, list[str]]:
        """What is to be kept of it: the fields as they came, files as references."""
        found: dict[str, list[str]] = {}
        for name in self.fields:
            value = self[name].value()
            if isinstance(self.fields[name].widget, forms.MultiWidget):
                for place, part in enumerate(value or ()):
                    found[f"{self.add_prefix(name)}_{place}"] = [str(part or "")]
            elif isinstance(value, Sent):
                found[self.add_prefix(name) + KEPT] = [one.reference for one in value.shown]
            elif isinstance(self.fields[name], forms.BooleanField):
                found[self.add_prefix(name)] = ["on"] if value else []
            elif isinstance(value, list | tuple):
                found[self.add_prefix(name)] = [str(one) for one in value]
            else:
                found[self.add_prefix(name)] = [] if value is None else [str(value)]
        return found

    @property
    def uploads(self) -> list[UUID]:
        """The files that this page holds."""
        values = (self[name].value() for name in self.fields)
        return [one.upload for value in values if isinstance(value, Sent) for one in value.shown]

    def refuse(self, refusal: Refusal) -> None:
        """Say why what was sent could not be kept."""
        self.add_error(None, say(refusal))

    def problems(self) -> list[str]:
        """What is wrong, in sentences."""
        found = []
        for name, texts in self.errors.items():
            label = f"{self[name].label}: " if name in self.fields else ""
            found += [f"{label}{text}" for text in texts]
        return found

    def said(self) -> Said:
        """What was answered, in words; fields left empty are left out."""
        lines = [(str(bound.label), value) for bound in self if (value := in_words(bound))]
        return [("", lines)] if lines else []


def in_words(bound: BoundField) -> str:
    """What a field holds, as people read it."""
    value = bound.value()
    if isinstance(value, Sent):
        return "; ".join(one.name for one in value.shown)
    if isinstance(bound.field, forms.BooleanField):
        return gettext("Có") if value else ""
    if isinstance(bound.field.widget, forms.MultiWidget):
        return "/".join(str(part).zfill(2) for part in value or () if part)
    choices = getattr(bound.field, "choices", None)
    if choices is not None:
        labels = {str(code): str(label) for code, label in choices}
        return labels.get(str(value or ""), "")
    return str(value or "")


class VariantForm(PageForm):
    """Which variant it is; the desk sees to it again."""

    variant = forms.ChoiceField(
        label=_("Trường hợp nào?"),
        help_text=_("Chưa rõ thì giữ mục đầu tiên; cán bộ sẽ xem lại khi tiếp nhận."),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, choices: Mapping[str, Say], proposed: Mapping[str, Any]
    ) -> None:
        super().__init__(data)
        field = self.fields["variant"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - our own form
        field.choices = [(code, say(words)) for code, words in choices.items()]
        field.initial = proposed["variant"] if proposed.get("variant") in choices else next(iter(choices))


class QuestionsForm(PageForm):
    """The questions that papers and fees hang on."""

    def __init__(
        self, data: Mapping[str, Any] | None, *, questions: Sequence[Question], proposed: Mapping[str, str]
    ) -> None:
        super().__init__(data, initial=dict(proposed))
        for question in questions:
            self.fields[question.code] = forms.ChoiceField(
                label=say(question.text),
                choices=[(option.code, say(option.label)) for option in question.options],
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Hãy chọn câu trả lời."),
                    "invalid_choice": _("Hãy chọn câu trả lời."),
                },
            )


NOTHING_LESS = "none"


class YouForm(PageForm):
    """How to reach the person, and how the result is to come back. Who they are was told by the provider."""

    phone = TidyField(
        label=_("Điện thoại"),
        help_text=_("Cơ quan gọi số này khi cần hỏi thêm."),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "class": "w20"}),
        error_messages={"required": _("Hãy ghi số điện thoại để cơ quan liên hệ.")},
    )
    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "email", "class": "w20"}),
        error_messages={"invalid": _("Địa chỉ thư điện tử không đúng, ví dụ ten@example.vn.")},
    )
    address = TidyField(
        label=_("Nơi cư trú hoặc trụ sở"),
        help_text=_("Số nhà, thôn hoặc đường, xã hoặc phường, tỉnh hoặc thành phố."),
        max_length=500,
        validators=[printable],
        widget=forms.TextInput(attrs={"autocomplete": "street-address", "class": "wfull"}),
        error_messages={"required": _("Hãy ghi nơi cư trú hoặc trụ sở.")},
    )
    way = forms.ChoiceField(
        label=_("Nhận kết quả bằng cách nào?"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        known: Particulars,
        is_helped: bool = False,
        rules: Iterable[FeeRule] = (),
    ) -> None:
        initial = {"phone": known.phone, "email": known.email, "address": known.address, "way": "desk"}
        super().__init__(data, initial=initial)
        if is_helped:
            # Whoever needs help may have no telephone; and this browser is to remember nothing of them.
            self.fields["phone"].required = False
            for name in ("phone", "email", "address"):
                self.fields[name].widget.attrs["autocomplete"] = "off"
        field = self.fields["way"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - our own form
        field.choices = [(code, say(label)) for code, label in RETURN_WAYS.items()]
        self._offer_less({one.code: one for rule in rules for one in rule.exemptions if one.when is None})

    def _offer_less(self, known: Mapping[str, Exemption]) -> None:
        """Exemptions that no answer decides: asked for here, confirmed by the desk on the paper."""
        if not known:
            return
        self.fields["exemption"] = forms.ChoiceField(
            label=_("Có thuộc diện được miễn, giảm phí, lệ phí không?"),
            required=False,
            choices=[
                (NOTHING_LESS, _("Không thuộc diện nào")),
                *((one.code, say(one.label)) for one in known.values()),
            ],
            initial=NOTHING_LESS,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": CHOOSE},
        )
        self.fields["evidence"] = TidyField(
            label=_("Giấy tờ chứng minh"),
            help_text=_("Tên giấy tờ, số, ngày cấp. Cơ quan xem giấy tờ này rồi mới miễn, giảm."),
            required=False,
            max_length=300,
            widget=forms.TextInput(attrs={"class": "wfull"}),
        )

    @staticmethod
    def asks_less(told: Mapping[str, Any]) -> bool:
        """Whether an exemption is asked for."""
        return told.get("exemption", NOTHING_LESS) not in ("", NOTHING_LESS)

    def clean_evidence(self) -> str:
        """Whoever asks to pay less names the paper that shows it."""
        told = str(self.cleaned_data["evidence"])
        if self.asks_less(self.cleaned_data) and not told:
            raise forms.ValidationError(_("Hãy ghi giấy tờ chứng minh, để cơ quan xem."))
        return told

    def clean_phone(self) -> str:
        """Digits with or without a leading +, as people group them."""
        return telephone(self.cleaned_data["phone"])


class PapersForm(PageForm):
    """A file field for each paper that is to be sent."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        components: Sequence[Component],
        answers: Mapping[str, str],
        applicant: Audience,
        area: str = "my_",
    ) -> None:
        super().__init__(data, files, prefix="paper")
        self.components, self.answers, self.applicant = tuple(components), answers, applicant
        for component in self.components:
            self.fields[component.code] = StoredFileField(
                label=say(component.name), required=False, multiple=True, is_needed=True, area=area
            )

    def clean(self) -> dict[str, Any]:
        """No file twice, and every paper that is needed."""
        found = super().clean() or self.cleaned_data
        seen: dict[str, str] = {}
        for component in self.components:
            for one in found.get(component.code) or ():
                if one.digest in seen:
                    self.add_error(
                        component.code,
                        gettext("“%(name)s” đã gửi ở mục “%(other)s”; mỗi tệp chỉ gửi một lần.")
                        % {"name": one.name, "other": seen[one.digest]},
                    )
                seen.setdefault(one.digest, say(component.name))
        handed = [as_files(c) for c in self.components if found.get(c.code)]
        for missing in still_to_send(
            components=self.components, answers=self.answers, handed=handed, applicant=self.applicant
        ):
            field = missing.components[0]
            if field in self.errors:
                continue
            if len(missing.components) > 1 or found.get(field):
                self.add_error(field, say(missing.reason))
            else:
                self.add_error(field, gettext("Hãy gửi giấy tờ này."))
        return found


class CheckForm(forms.Form):
    """The word that what is declared is true."""

    use_required_attribute = False
    sure = forms.BooleanField(
        label=_("Tôi cam đoan nội dung khai và giấy tờ gửi kèm là đúng sự thật."),
        error_messages={"required": _("Hãy đánh dấu cam đoan trước khi nộp.")},
    )
    # Asked where the applicant has another dossier of the procedure.
    again = forms.BooleanField(label=_("Đây là việc khác, vẫn nộp"), required=False)
    is_double = False

    def __init__(self, data: Mapping[str, Any] | None, *, is_helped: bool = False) -> None:
        super().__init__(data)
        if is_helped:
            self.fields["sure"].label = _(
                "Chủ hồ sơ cam đoan nội dung khai và giấy tờ gửi kèm là đúng sự thật."
            )

    def ask_again(self) -> None:
        """Take the tick away: what was promised of is no longer what is shown."""
        self.data = {}


def fields_of(kept: Mapping[str, list[str]]) -> QueryDict:
    """What was kept of a page, as a browser would send it."""
    found = QueryDict(mutable=True)
    for name, values in kept.items():
        found.setlist(name, values)
    return found
