"""Fields that say what stands on a sheet of a numbered paper pad."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.web.common.stored_file import SCANNED, StoredFileField


def hour_field(label: Any) -> forms.TimeField:
    """The hour that was written on it."""
    return forms.TimeField(
        label=label,
        help_text=_("Ví dụ 09:30"),
        required=False,
        input_formats=["%H:%M", "%Hh%M", "%H.%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "w4", "autocomplete": "off"}),
        error_messages={"invalid": _("Nhập giờ và phút, ví dụ 09:30.")},
    )


def photo_field() -> StoredFileField:
    """The sheet itself, photographed."""
    return StoredFileField(
        label=_("Ảnh tờ giấy đã ghi"),
        help_text=_("Chụp cả tờ, thấy rõ mã quyển và số tờ."),
        required=False,
        capture=True,
        accept=SCANNED,
    )
