"""What a numbered paper pad says of a reception during an outage."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.events import PaperMark
from motcua.kernel.time import ZONE
from motcua.web.common.day_field import DayField
from motcua.web.common.paper_fields import hour_field, photo_field
from motcua.web.common.text_field import TidyField
from motcua.web.counter.forms import TypedForm


class PadForm(TypedForm):
    """What a numbered paper pad says of a reception during an outage. All or nothing."""

    pad = TidyField(label=_("Quyển số"), required=False, max_length=40)
    number = TidyField(label=_("Tờ số"), required=False, max_length=40)
    day = DayField(label=_("Ngày nhận ghi trên giấy"), required=False)
    time = hour_field(_("Giờ nhận ghi trên giấy"))

    photo = photo_field()
    at_once = ("photo",)

    def __init__(self, data: Mapping[str, Any], files: MultiValueDict[str, Any] | None) -> None:
        super().__init__(data, files, prefix="pad")

    def clean(self) -> dict[str, Any]:
        """Half a paper mark is none."""
        super().clean()
        if self.used:
            for name in ("pad", "number", "day", "time"):
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, _("Ghi đủ quyển, tờ, ngày và giờ như trên giấy."))
        return self.cleaned_data

    @property
    def used(self) -> bool:
        """Whether anything of it was filled in."""
        sent = self["photo"].value()
        return bool(sent and sent.shown) or any(str(self.data.get(n, "")).strip() for n in self._names())

    def _names(self) -> Iterable[str]:
        return (f"pad-{name}" for name in ("pad", "number", "day_0", "day_1", "day_2", "time"))

    @property
    def mark(self) -> PaperMark | None:
        """The paper mark; None when nothing was written on a pad, or not all of it."""
        told = self.told
        if not self.used or not all(told.get(name) for name in ("pad", "number", "day", "time")):
            return None
        return PaperMark(
            pad=told["pad"],
            number=told["number"],
            occurred_at=datetime.combine(told["day"], told["time"], ZONE),
            photo=told["photo"][0].digest if told.get("photo") else None,
        )
