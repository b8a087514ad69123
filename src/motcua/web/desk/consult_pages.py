"""The acts with which the opinion of others is asked for, as pages of a dossier."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from motcua.dossiers.consulted import open_ones
from motcua.dossiers.states import ACTS, Act, Authority
from motcua.flows import consultations
from motcua.kernel.say import Say
from motcua.web.desk.act_page import ActPage
from motcua.web.desk.facts import Facts
from motcua.web.desk.forms.consult import ConsultForm, RemindForm, TakeBackForm


def none_open(facts: Facts, _at: datetime) -> Say | None:
    """Whose time is over is asked no more by itself."""
    if open_ones(facts.row):
        return None
    return Say("Hồ sơ không chờ ý kiến nào.", "The dossier waits for no opinion.")


def on_another_page(act: Act) -> Say:
    """Where an act is done that a dossier has no page for."""
    label = ACTS[act].label
    if Authority.CONSULTED in ACTS[act].authority:
        return Say(
            f"“{label.vi}” được làm ở trang Lấy ý kiến, không phải ở đây.",
            f"“{label.en}” is done on the page Consultation, not here.",
        )
    return Say(
        f"“{label.vi}” được làm ở quầy tiếp nhận, không phải ở đây.",
        f"“{label.en}” is done at the reception counter, not here.",
    )


CONSULTING: Mapping[Act, ActPage] = {
    Act.CONSULT: ActPage(
        ConsultForm,
        consultations.consult,
        _(
            "Hỏi ý kiến cơ quan khác hoặc bộ phận của cơ quan mình. Mỗi nơi có hạn riêng theo lịch làm việc của nơi ấy "
            "và chỉ thấy những gì bạn chọn dưới đây."
        ),
        part="desk/parts/opinions.html",
        fields="desk/parts/consult_fields.html",
    ),
    Act.REMIND_CONSULTED: ActPage(
        RemindForm,
        consultations.remind,
        _("Nhắc nơi được hỏi chưa trả lời; họ thấy lời nhắc trong danh sách của mình."),
        part="desk/parts/opinions.html",
    ),
    Act.TAKE_BACK_CONSULTATION: ActPage(
        TakeBackForm,
        consultations.take_back,
        _("Thôi hỏi một nơi chưa trả lời. Nếu đang dừng tính hạn vì nơi ấy thì hạn tính tiếp từ lúc này."),
        bar=none_open,
        part="desk/parts/opinions.html",
    ),
}
