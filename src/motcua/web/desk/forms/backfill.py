"""The form that fills in by a paper what a register could not say."""

from django.utils.translation import gettext_lazy as _

from motcua.web.common.wording import moment, say
from motcua.web.desk.forms.base import ActForm, radio, reason_field


class BackfillForm(ActForm):
    """Whose particulars, and which paper was looked at."""

    field = radio(_("Thông tin chờ đối chiếu"))
    shown = reason_field(
        _("Giấy tờ đã xem"),
        help_text=_("Tên, số, ngày và nơi cấp; nếu dữ liệu khác với hồ sơ thì ghi rõ vì sao vẫn đúng."),
    )

    def build(self) -> None:
        """Each field that waits."""
        waiting = self.facts.unanswered
        self.offer("field", [(w.field, f"{say(w.role)}, {moment(w.since)}") for w in waiting])
