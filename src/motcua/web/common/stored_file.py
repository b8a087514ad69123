"""Files as fields of a form: chosen, dragged, photographed or signed; kept at once, attached by the act.

How to use it, in any form of any surface::

    class HandOverForm(ActForm):
        proof = StoredFileField(label=_("Ảnh phiếu ký nhận"), required=False, capture=True)
        signature = SignatureField(label=_("Chữ ký người nhận"), required=False)

- Give the form its files: `HandOverForm(request.POST, request.FILES, …)`; draw it in
  `{% call post_form(multipart=True) %}` (or `multipart=form.is_multipart()`), and load `motcua/uploads.js`, for a
  signature `motcua/signature.js` too. Without scripts the form sends the files with itself.
- `cleaned_data["proof"]` is a tuple of `files.references.Pending`. Give its `.upload` ids to the flow, which calls
  `files.operations.take(uploads, actor=…, at=…)` in its unit of work (or `dossiers.attachments.attach`, which also
  keeps name and digest with the dossier). Taking works once, and only for the person who sent the file.
- A wrong file is told beside the field; what else was typed, and the files that are right, stay on the page as
  hidden references. A file that nobody takes is swept after a day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, gettext_lazy as _

from motcua.files import kinds
from motcua.files.kinds import FileKind
from motcua.files.operations import keep
from motcua.files.references import Pending, read_reference
from motcua.files.uploads import ReceivedFile
from motcua.kernel.errors import Invalid
from motcua.kernel.text import clean
from motcua.web.common.wording import say

KEPT, DROP = "_kept", "_drop"
MOST_FILES = 30
ANY_KIND = tuple(kinds.KINDS.values())
SIGNED = (kinds.PNG, kinds.JPEG, kinds.WEBP)
SCANNED = (*kinds.PICTURES, kinds.PDF)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form brought for one field: references to files kept before, and files that come with it."""

    kept: tuple[Pending, ...]
    received: tuple[ReceivedFile, ...]

    @property
    def shown(self) -> tuple[Pending, ...]:
        """Every file that is kept by now."""
        fresh = tuple(one.kept for one in self.received if one.kept is not None)
        return self.kept + tuple(one for one in fresh if one not in self.kept)


class StoredFileInput(forms.FileInput):
    """A file input, with what was sent before as hidden fields."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, pad: bool = False, area: str = "") -> None:
        super().__init__(attrs)
        self.pad, self.area = pad, area

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any] | Any, name: str
    ) -> Sent:
        """The references that were not dropped, each once, and the files."""
        dropped = set(_listed(data, name + DROP))
        told = [read_reference(text) for text in _listed(data, name + KEPT)]
        kept = {one.upload: one for one in told if one is not None and str(one.upload) not in dropped}
        received = [one for one in _listed(files, name) if isinstance(one, ReceivedFile)]
        return Sent(tuple(kept.values()), tuple(received))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether the form has nothing of it."""
        return not _listed(files, name) and not _listed(data, name + KEPT)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What the template draws: the control, and the files kept so far."""
        context = super().get_context(name, None, attrs)
        kept = value.shown if isinstance(value, Sent) else ()
        context["widget"] |= {"kept": kept, "pad": self.pad, "area": self.area}
        return context


def largest_file() -> int:
    """The largest file that is taken, in bytes."""
    most: int = settings.LARGEST_FILE
    return most


def _listed(data: Any, name: str) -> Sequence[Any]:
    if hasattr(data, "getlist"):
        found: Sequence[Any] = data.getlist(name)
        return found
    value = data.get(name) if data else None
    return [] if value is None else [value]


class StoredFileField(forms.Field):
    """Files that stream to the store. `capture`: a telephone opens its camera; `multiple`: more than one.

    `accept` are kinds of `motcua.files.kinds`; others are refused by what they hold. `is_needed`: the form asks for it
    by its own rule, so it is not said to be optional. `area`: what stands before the names of the addresses files are
    sent to ahead ("my_" on the citizens' pages).
    """

    widget = StoredFileInput

    def __init__(
        self,
        *,
        multiple: bool = False,
        capture: bool = False,
        accept: Sequence[FileKind] = ANY_KIND,
        pad: bool = False,
        is_needed: bool = False,
        area: str = "",
        **options: Any,
    ) -> None:
        self.multiple, self.accept, self.is_needed = multiple, tuple(accept), is_needed
        attrs: dict[str, Any] = {"accept": kinds.accepted(*self.accept), "multiple": multiple}
        if capture:
            attrs["capture"] = "environment"
        options.setdefault("widget", StoredFileInput(attrs, pad=pad, area=area))
        messages = {"required": _("Hãy chọn tệp hoặc chụp ảnh.")} | options.pop("error_messages", {})
        super().__init__(error_messages=messages, **options)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What came, as it is."""
        return data

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether a file came."""
        return bool(data and (data.kept or data.received))

    def clean(self, value: Any) -> tuple[Pending, ...]:
        """Keep what came with the form. Each wrong file is told; the right ones stay."""
        sent: Sent = value or Sent((), ())
        errors = [error for one in sent.received if (error := self._keep(one, sent))]
        errors += [
            gettext("“%(name)s” là %(kind)s; ở đây chỉ nhận %(wanted)s.")
            % {"name": one.name, "kind": one.kind.label, "wanted": ", ".join(k.label for k in self.accept)}
            for one in sent.shown
            if one.kind not in self.accept
        ]
        most = MOST_FILES if self.multiple else 1
        if len(sent.shown) > most:
            errors.append(gettext("Chỉ gửi được %(most)s tệp ở đây; hãy bỏ bớt.") % {"most": most})
        if errors:
            raise forms.ValidationError(errors)
        if self.required and not sent.shown:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return sent.shown

    def _keep(self, received: ReceivedFile, sent: Sent) -> str:
        """Keep a file that came, once however often the form is read; what is wrong with it, or ""."""
        if received.kept is not None:
            return ""
        twin = next((one for one in sent.shown if one.digest == received.digest.hex()), None)
        if twin is not None:
            return gettext("Tệp này đã có ở đây: “%(name)s”.") % {"name": twin.name}
        if received.owner is None or received.at is None:
            return gettext("Phiên làm việc đã hết; hãy đăng nhập rồi gửi lại tệp.")
        try:
            received.kept = keep(received, owner=received.owner, typist=received.typist, at=received.at)
        except Invalid as refusal:
            return f"{clean(received.name or '')}: {say(refusal)}"
        return ""


class SignatureField(StoredFileField):
    """A signature drawn on the screen, kept as a PNG; without scripts, a photo of the signed paper."""

    def __init__(self, *, accept: Sequence[FileKind] = SIGNED, **options: Any) -> None:
        super().__init__(capture=True, accept=accept, pad=True, **options)
