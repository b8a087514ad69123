"""The form that fills in by a paper what a register could not say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.web.common.wording import say
from motcua.web.desk.forms.base import ActForm, reason_field


class BackfillForm(ActForm):
    """What of whom the paper shows, and which paper was looked at."""

    fields_shown = forms.MultipleChoiceField(
        label=_("Giấy tờ cho thấy"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Hãy đánh dấu thông tin mà giấy tờ cho thấy."),
            "invalid_choice": _("Thông tin này đã đối chiếu rồi."),
        },
    )
    shown = reason_field(
        _("Giấy tờ đã xem"),
        help_text=_("Tên, số, ngày và nơi cấp; nếu dữ liệu khác với hồ sơ thì ghi rõ vì sao vẫn đúng."),
    )
    FAULTS = {**ActForm.FAULTS, "fields": "fields_shown"}

    def build(self) -> None:
        """Each field that waits."""
        waiting = self.facts.unanswered
        self.offer(
            "fields_shown", [(w.field, f"{say(w.role)}: {say(w.what)}, {say(w.how)}") for w in waiting]
        )

    def arguments(self) -> dict[str, Any]:
        """The fields, and the paper."""
        return {"fields": self.cleaned_data["fields_shown"], "shown": self.cleaned_data["shown"]}
