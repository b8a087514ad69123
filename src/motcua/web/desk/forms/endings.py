"""The forms with which a dossier comes to its end, or its result to the desk."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.operations import SHOWN_BY_FILE
from motcua.files.kinds import PNG
from motcua.files.references import Pending
from motcua.kernel.text import fold
from motcua.web.common.fields import needed_when
from motcua.web.common.stored_file import SCANNED, SignatureField
from motcua.web.common.text_field import TidyField
from motcua.web.common.wording import say
from motcua.web.desk import words
from motcua.web.desk.forms.base import ActForm, basis_field, choices_of, radio, reason_field


class AvailableForm(ActForm):
    """Where the result lies."""

    shelf = forms.CharField(
        label=_("Ngăn, kệ để kết quả"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "w10", "autocomplete": "off"}),
    )


class NotifyReadyForm(ActForm):
    """How the applicant was told, and whether they know now."""

    way = radio(_("Cách báo"), initial="phone")
    reached = radio(_("Kết quả"))
    note = reason_field(_("Ghi chú"), required=False)

    def build(self) -> None:
        """The ways to tell."""
        self.offer("way", choices_of(words.TOLD))
        self.offer("reached", choices_of(words.REACHED))

    def arguments(self) -> dict[str, Any]:
        """Reached or not, as a fact."""
        return super().arguments() | {"reached": self.cleaned_data["reached"] == "yes"}


class MovePapersForm(ActForm):
    """Which papers, and where they are from now on."""

    what = radio(_("Giấy tờ"))
    to = radio(_("Nơi đến"), initial="shelf")
    place = TidyField(
        label=_("Ngăn, kệ hoặc tên người giữ"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "w20", "autocomplete": "off"}),
    )
    reason = reason_field(required=False)

    def build(self) -> None:
        """A result can move once it is at the desk; what comes back from the post says why."""
        known = words.MOVED if self.facts.row["available_at"] else {"originals": words.MOVED["originals"]}
        self.offer("what", choices_of(known))
        self.offer("to", choices_of(words.PLACES))
        if self.facts.row["manifest"]:
            self.fields["reason"].label = _("Vì sao bưu chính hoàn về")
            needed_when(self.fields["reason"], _("khi nhận lại kết quả"))


class ReceivedForm(ActForm):
    """Who takes papers, what proved who they are, and what shows that they took them."""

    final = True
    recipient = forms.CharField(
        label=_("Người nhận"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "w20", "autocomplete": "off"}),
        error_messages={"required": _("Hãy ghi người nhận.")},
    )
    checked_by = radio(_("Đã đối chiếu bằng"), initial="citizen_id")
    proof = radio(_("Bằng chứng đã nhận"), initial="paper")
    proof_file = SignatureField(
        label=_("Chữ ký hoặc ảnh"),
        help_text=_(
            "Người nhận ký vào ô rồi bấm “Ký xong”. Máy không có ô ký: ký trên giấy, "
            "chụp ảnh và chọn “Ảnh chụp giấy đã ký”."
        ),
        required=False,
        accept=SCANNED,
        is_needed=True,
    )

    def build(self) -> None:
        """The applicant's name stands there: most collect their own."""
        self.offer("checked_by", choices_of(words.PROOFS))
        self.offer("proof", choices_of(words.RECEIVED_BY))
        self.fields["recipient"].initial = self.facts.name

    def clean(self) -> dict[str, Any]:
        """The file and the kind of proof belong together: neither stands for the other."""
        found = super().clean()
        proof, files = found.get("proof"), found.get("proof_file")
        if "proof_file" not in self.errors and (wrong := _mismatch(proof, files)):
            self.add_error("proof_file", wrong)
        return found

    def arguments(self) -> dict[str, Any]:
        """The file by its digest, as the event names it."""
        files = self.cleaned_data["proof_file"]
        return super().arguments() | {"proof_file": files[0].digest if files else None}


def _mismatch(proof: str | None, files: Sequence[Pending] | None) -> Any:
    if files:
        if proof not in ("", None, *SHOWN_BY_FILE):
            return _("Đã có ảnh hoặc chữ ký: hãy chọn loại bằng chứng ấy, hoặc bỏ tệp.")
        if proof == "screen" and files[0].kind is not PNG:
            return _(
                "Tệp này không phải chữ ký trên màn hình; hãy ký vào ô, hoặc chọn “Ảnh chụp giấy đã ký”."
            )
    elif proof == "screen":
        return _("Chưa có chữ ký: hãy ký vào ô rồi bấm “Ký xong”.")
    elif proof == "photo":
        return _("Chưa có ảnh: hãy chụp hoặc chọn ảnh giấy đã ký.")
    return None


class FittingRadios(forms.RadioSelect):
    """Radios that say which ways of handing over each of them fits, for a script that hides the others."""

    fitting: Mapping[str, Sequence[str]]

    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> dict[str, Any]:
        """The option with its ways."""
        option = super().create_option(name, value, *args, **options)
        option["attrs"]["data-ways"] = " ".join(w for w, codes in self.fitting.items() if str(value) in codes)
        option["attrs"]["data-usual"] = " ".join(
            w for w, codes in self.fitting.items() if str(value) == codes[0]
        )
        return option


def _fitting(part: int) -> FittingRadios:
    radios = FittingRadios()
    radios.is_required = True
    radios.fitting = {way: fits[part] for way, fits in words.FITTING.items()}
    return radios


class HandOverForm(ReceivedForm):
    """To whom, how, and what proved who they are."""

    way = radio(_("Cách trả"), initial="in_person")
    field_order = (
        "way", "recipient", "checked_by", "authority", "proof", "proof_file", "tracking_number", "receipt_lost",
    )  # fmt: skip
    authority = needed_when(
        TidyField(
            label=_("Văn bản ủy quyền"),
            help_text=_("Số, ngày và nơi chứng thực."),
            required=False,
            max_length=300,
            widget=forms.TextInput(
                attrs={"class": "wfull", "autocomplete": "off", "data-ways": "authorised"}
            ),
        ),
        _("khi người được ủy quyền nhận"),
    )
    tracking_number = TidyField(
        label=_("Số hiệu bưu gửi"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "w20", "autocomplete": "off", "data-ways": "post"}),
    )
    receipt_lost = forms.BooleanField(
        label=_("Người nhận đã mất giấy tiếp nhận"),
        help_text=_("Khi đánh dấu: mã tra cứu trên giấy đã mất sẽ hết hiệu lực."),
        required=False,
    )

    def build(self) -> None:
        """What is to come by post begins with the post's recipient and slip; what the post has comes in no other
        way."""
        self.fields["checked_by"].widget, self.fields["proof"].widget = _fitting(0), _fitting(1)
        super().build()
        posted = bool(self.facts.row["manifest"])
        self.offer("way", choices_of({"post": words.WAYS["post"]} if posted else words.WAYS))
        to_post = self.facts.addressee.name or self.facts.name
        names = {"data-name-in-person": self.facts.name, "data-name-post": to_post}
        self.fields["recipient"].widget.attrs.update(names)
        if self.facts.row["return_way"] == "post" or posted:
            checks, proofs = words.FITTING["post"]
            first = {"way": "post", "recipient": to_post, "checked_by": checks[0], "proof": proofs[0]}
            for name, value in first.items():
                self.fields[name].initial = value

    def clean(self) -> dict[str, Any]:
        """Somebody authorised is somebody else: the name that stood there was not replaced. What was checked and
        what shows it fit the way."""
        found = super().clean()
        same = fold(found.get("recipient") or "") == fold(self.facts.name)
        if found.get("way") == "authorised" and same:
            self.add_error("recipient", _("Hãy ghi tên người được ủy quyền, không phải chủ hồ sơ."))
        if found.get("way") == "authorised" and not found.get("authority"):
            self.add_error("authority", _("Hãy ghi văn bản ủy quyền đã xem."))
        if found.get("way"):
            self._refuse_unfitting(found)
        return found

    def _refuse_unfitting(self, found: Mapping[str, Any]) -> None:
        tables = (("checked_by", words.PROOFS), ("proof", words.RECEIVED_BY))
        for (name, labels), fits in zip(tables, words.FITTING[found["way"]], strict=True):
            if found.get(name) and found[name] not in fits:
                told = {
                    "way": say(words.WAYS[found["way"]]),
                    "fitting": "; ".join(f"“{say(labels[code])}”" for code in fits),
                }
                self.add_error(name, _("Không hợp với “%(way)s”. Hãy chọn: %(fitting)s.") % told)


class GiveBackForm(ReceivedForm):
    """Who takes the papers of a dossier that ended without a result."""


class WithdrawForm(ActForm):
    """The applicant's own signed paper, recorded by the desk."""

    final = True
    signed = forms.BooleanField(
        label=_("Đã nhận đơn xin rút hồ sơ có chữ ký của chủ hồ sơ"),
        error_messages={"required": _("Chỉ rút hồ sơ khi có đơn của chủ hồ sơ.")},
    )
    reason = reason_field(_("Lý do người dân nêu"), required=False)

    def arguments(self) -> dict[str, Any]:
        """What shows the applicant's wish."""
        return {"shown_by": "signed_paper", "reason": self.cleaned_data["reason"]}


class StopForm(ActForm):
    """Form 05: ground, basis, reason."""

    final = True
    ground = radio(_("Căn cứ dừng"))
    basis = basis_field(help_text=_("Điều khoản cho phép dừng giải quyết."))
    reason = reason_field()

    def build(self) -> None:
        """The grounds for stopping."""
        self.offer("ground", choices_of(words.STOP_WORDS))


class RefuseForm(ActForm):
    """Form 03: reason and basis."""

    final = True
    reason = reason_field()
    basis = basis_field(help_text=_("Điều khoản làm căn cứ từ chối."))
