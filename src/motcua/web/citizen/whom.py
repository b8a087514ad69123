"""For whom somebody writes, and that this person agreed: two more pages of a draft."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, gettext_lazy as _

from motcua.dossiers.assisting import (
    CONSENTS,
    LONGEST_RELATION,
    TELLS,
    Consent,
    Filing,
    FilingKind,
    Kind,
    Receipt,
)
from motcua.kernel.errors import Invalid
from motcua.kernel.text import mask_number
from motcua.kernel.time import parse_utc, utc_text
from motcua.parties.operations import Particulars
from motcua.parties.papers import PAPERS, fits
from motcua.web.citizen.forms import CHOOSE, PageForm, Said
from motcua.web.citizen.kept_files import as_said
from motcua.web.common.day_field import DayField
from motcua.web.common.fields import needed_when
from motcua.web.common.party_kinds import PARTY_KINDS
from motcua.web.common.stored_file import SCANNED, StoredFileField
from motcua.web.common.text_field import TidyField, printable
from motcua.web.common.wording import say

WHOM, CONSENT = "whom", "consent"
OF, AGREED_AT = "_of", "_agreed_at"  # of a consent: of which content, and since when
_NO_CODE = (
    "Hãy gửi mã đến điện thoại của chủ hồ sơ, rồi nhập mã họ đọc.",
    "Send a code to the applicant's telephone, then type the code they read out.",
)
OFF = {"autocomplete": "off", "spellcheck": "false"}


class WhomForm(PageForm):
    """The applicant, as told by who writes for them."""

    kind = forms.ChoiceField(label=_("Đối tượng"))
    name = TidyField(
        label=_("Họ và tên, hoặc tên tổ chức"),
        help_text=_(
            "Ghi đúng như trên giấy tờ: chủ hồ sơ chỉ thấy hồ sơ trong tài khoản khi cả tên và số đều đúng."
        ),
        max_length=200,
        validators=[printable],
        widget=forms.TextInput(attrs={**OFF, "class": "w20"}),
        error_messages={"required": _("Hãy ghi họ tên hoặc tên tổ chức.")},
    )
    paper = forms.ChoiceField(label=_("Loại giấy tờ tùy thân"))
    number = TidyField(
        label=_("Số giấy tờ"),
        max_length=60,
        widget=forms.TextInput(attrs={**OFF, "class": "w20"}),
        error_messages={"required": _("Hãy ghi số giấy tờ, hoặc chọn “Không có giấy tờ”.")},
    )
    born = DayField(label=_("Ngày sinh"), required=False)
    relation = TidyField(
        label=_("Quan hệ với chủ hồ sơ"),
        help_text=_("Ví dụ: con, cháu, hàng xóm, người được ủy quyền."),
        max_length=LONGEST_RELATION,
        validators=[printable],
        widget=forms.TextInput(attrs={**OFF, "class": "w20"}),
        error_messages={"required": _("Hãy ghi quan hệ với chủ hồ sơ.")},
    )

    def __init__(self, data: Mapping[str, Any] | None, *, filing: Kind) -> None:
        super().__init__(data, initial={"kind": "citizen", "paper": "citizen_id"})
        for name, found in (
            ("kind", PARTY_KINDS.items()),
            ("paper", [(p.code, p.label) for p in PAPERS.values()]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - our own form
            field.choices = [(code, say(words)) for code, words in found]
        self.fields["number"].required = (data or {}).get("paper") != "none"
        if filing.face_to_face:
            del self.fields["relation"]

    def clean(self) -> dict[str, Any]:
        """The particulars as the registers of people take them."""
        found = super().clean() or self.cleaned_data
        if not self.errors and not fits(kind=found["kind"], paper=found["paper"]):
            self.add_error(
                "paper",
                _(
                    "Loại giấy tờ không hợp với đối tượng: doanh nghiệp, tổ chức, cơ quan ghi mã số thuế hoặc mã định "
                    "danh; cá nhân ghi giấy tờ tùy thân."
                ),
            )
        if not self.errors:
            try:
                self.particulars.cleaned()
            except Invalid as refusal:
                self.add_error(refusal.field if refusal.field in self.fields else None, say(refusal))
        return found

    @property
    def particulars(self) -> Particulars:
        """Who applies, once the page is in order."""
        told = self.cleaned_data
        return Particulars(
            name=told["name"],
            kind=told["kind"],
            paper=told["paper"],
            number=told.get("number", ""),
            born_on=told.get("born"),
        )

    def said(self) -> Said:
        """The same, its number masked."""
        number = str(self.fields["number"].label)
        return [
            (title, [(label, mask_number(value) if label == number else value) for label, value in lines])
            for title, lines in super().said()
        ]


@dataclass(frozen=True, slots=True)
class ByCode:
    """How consent by a code stands: where it goes (masked; "" for no mobile number), until when the last one can be
    typed, its receipt; `judge` takes one that was typed, and raises Invalid."""

    to: str
    until: datetime | None
    receipt: Receipt | None
    judge: Callable[[str], None]


class ConsentForm(PageForm):
    """That the applicant agreed, and how. It holds of which content: what changes after it is to be agreed to anew.
    A page shows of it what the way that is chosen needs."""

    consent = forms.ChoiceField(
        label=_("Chủ hồ sơ đồng ý bằng cách nào?"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    code = needed_when(
        forms.CharField(
            label=_("Mã chủ hồ sơ đọc"),
            help_text=_("6 chữ số trong tin nhắn mới nhất."),
            required=False,
            max_length=20,
            widget=forms.TextInput(attrs={**OFF, "class": "w10", "inputmode": "numeric"}),
        ),
        _("khi đồng ý bằng mã"),
    )
    sheet = StoredFileField(
        label=_("Ảnh phiếu đồng ý đã ký"),
        help_text=_("Chụp hoặc quét phiếu có chữ ký hoặc điểm chỉ của chủ hồ sơ."),
        required=False,
        multiple=True,
        is_needed=True,
        accept=SCANNED,
    )
    paper_kept = forms.BooleanField(label=_("Phiếu giấy đã ký được giữ lại ở nơi nhập"), required=False)
    notified = forms.ChoiceField(label=_("Báo tin cho ai?"), widget=forms.RadioSelect, initial="applicant")
    sure = forms.BooleanField(
        label=_("Tôi đã đọc lại toàn bộ nội dung cho chủ hồ sơ nghe, và họ đồng ý nộp."),
        error_messages={"required": _("Chủ hồ sơ chưa đồng ý thì chưa nộp được.")},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        filing: Kind,
        of: str,
        at: datetime,
        kept: Mapping[str, list[str]] | None,
        is_sent: bool,
        area: str,
        by_code: ByCode | None,
    ) -> None:
        ways = [way for way in filing.consents if by_code is not None or way is not Consent.CODE]
        initial = {"consent": ways[0]} if len(ways) == 1 else None
        super().__init__(data, files, initial=initial)
        self.of, self.at, self.kept, self.is_sent, self.by_code = of, at, kept or {}, is_sent, by_code
        if by_code is None or by_code.receipt is not None or not by_code.to:
            del self.fields["code"]
        choices: dict[str, list[tuple[str, str]]] = {
            "consent": [(way.value, say(CONSENTS[way])) for way in ways],
            "notified": [(role, say(label)) for role, label in TELLS.items()],
        }
        for name, found in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - our own form
            field.choices = found
        self.fields["sheet"].widget.area = area
        if filing.face_to_face:
            del self.fields["notified"]
        else:
            del self.fields["paper_kept"]
            self.fields["sure"].label = _("Tôi cam đoan chủ hồ sơ đã xem nội dung này và nhờ tôi nộp thay.")

    def clean(self) -> dict[str, Any]:
        """A sheet is there, and what was agreed to is what stands in the draft."""
        found = super().clean() or self.cleaned_data
        if found.get("consent") == Consent.SHEET and not (found.get("sheet") or found.get("paper_kept")):
            self.add_error("sheet", gettext("Hãy gửi ảnh phiếu đồng ý đã ký."))
        if found.get("consent") == Consent.CODE and (self.by_code is None or self.by_code.receipt is None):
            self._judge_code(str(found.get("code", "")))
        if not self.is_sent and self.kept.get(OF) != [self.of]:
            self.add_error(
                None, gettext("Nội dung đã thay đổi sau khi đồng ý. Hãy đọc lại rồi ghi lại sự đồng ý.")
            )
        return found

    def _judge_code(self, typed: str) -> None:
        try:
            if self.by_code is None or not typed:
                raise Invalid(*_NO_CODE)
            self.by_code.judge(typed)
        except Invalid as refusal:
            self.add_error("code" if "code" in self.fields else "consent", say(refusal))

    def told(self) -> dict[str, list[str]]:
        """What is kept of it, never a code; the same consent to the same content keeps its moment."""
        told = super().told() | {OF: [self.of]}
        told.pop("code", None)
        before = {name: values for name, values in self.kept.items() if name != AGREED_AT}
        is_same = as_said(CONSENT, told) == as_said(CONSENT, before)
        return told | {AGREED_AT: self.kept[AGREED_AT] if is_same else [utc_text(self.at)]}

    @property
    def agreed_at(self) -> datetime:
        """Since when it is kept."""
        return parse_utc(self.kept[AGREED_AT][0])


def digest_of(pages: Mapping[str, Mapping[str, list[str]]]) -> str:
    """A short word for all that is typed but the consent itself."""
    rest = {page: fields for page, fields in pages.items() if page != CONSENT}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()[:24]


def filing_of(
    kind: FilingKind, form: ConsentForm, *, statement: str, organisation: str, relation: str
) -> Filing:
    """What is recorded of it."""
    told = form.cleaned_data
    is_by_code = told["consent"] == Consent.CODE
    receipt = form.by_code.receipt if is_by_code and form.by_code else None
    return Filing(
        kind=kind,
        consent=Consent(told["consent"]),
        agreed_at=receipt.answered_at if receipt else form.agreed_at,
        receipt=receipt,
        statement=statement,
        organisation=organisation,
        relation=relation,
        sheet=tuple(one.upload for one in told.get("sheet") or ()),
        paper_kept=bool(told.get("paper_kept")),
        notified=told.get("notified", "applicant"),
    )


def statement_of(name: str, *, by: str, procedure: str, agency: str) -> str:
    """What the applicant agrees to, as it is read out and printed."""
    return (
        f"Tôi, {name}, đồng ý để {by} nhập và nộp giúp tôi hồ sơ “{procedure}” đến {agency}. Tôi đã xem hoặc nghe "
        "đọc lại nội dung khai và giấy tờ gửi kèm; nội dung ấy là của tôi và đúng sự thật. Tôi được giao mã hồ sơ và "
        "mã tra cứu để theo dõi; nếu không nhờ nộp, tôi có quyền phản đối hoặc rút hồ sơ."
    )
