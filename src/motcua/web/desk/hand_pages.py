"""The pages of the acts that say in whose hands the open step is."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from motcua.dossiers.states import Act
from motcua.flows import assignment, interests
from motcua.web.desk import bars
from motcua.web.desk.act_page import ActPage
from motcua.web.desk.forms import moves

HANDS: Mapping[Act, ActPage] = {
    Act.ASSIGN: ActPage(
        moves.AssignForm,
        assignment.assign,
        _("Giao bước đang mở cho một người giữ vị trí của bước, hoặc đưa về danh sách chung."),
        bar=bars.no_step,
        part="desk/parts/step.html",
    ),
    Act.CLAIM: ActPage(
        moves.ClaimForm,
        assignment.claim,
        _(
            "Nhận bước đang mở về tên mình, chưa bắt đầu làm. Người khác thấy hồ sơ do bạn giữ và không làm thay được"
            " nếu không ghi lý do."
        ),
        bar=bars.no_step,
        part="desk/parts/step.html",
    ),
    Act.PUT_BACK: ActPage(
        moves.PutBackForm,
        assignment.put_back,
        _("Trả bước đang mở về danh sách chung kèm lý do, để người khác giữ cùng vị trí nhận."),
        part="desk/parts/step.html",
    ),
    Act.RECALL: ActPage(
        moves.RecallForm,
        assignment.recall,
        _("Rút lại bước bạn vừa chuyển đi, khi người nhận chưa mở hồ sơ. Bước ấy lại do bạn giữ và làm lại."),
        bar=bars.opened_since,
        part="desk/parts/recall.html",
    ),
    Act.DECLARE_INTEREST: ActPage(
        moves.InterestForm,
        interests.declare,
        _(
            "Khai rằng bạn có xung đột lợi ích: hồ sơ chuyển người khác, và bạn không tham gia bước nào nữa."
            " Hai lãnh đạo mới bỏ được."
        ),
        bar=bars.no_step,
        part="desk/parts/step.html",
    ),
    Act.LIFT_INTEREST: ActPage(
        moves.LiftForm,
        interests.lift,
        _(
            "Cho người đã khai xung đột lợi ích tham gia lại, vì không có xung đột. Một lãnh đạo khác xác nhận."
        ),
        bar=bars.nobody_barred,
    ),
}
