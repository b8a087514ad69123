"""The acts that have a page here, as one table: form, flow, what the page says, what bars it on a dossier.

Who may act, and in which state, is dossiers' own table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from motcua.dossiers import policy
from motcua.dossiers.delays import waits
from motcua.dossiers.open_steps import open_steps
from motcua.dossiers.projector import standing
from motcua.dossiers.states import ACTS, Act
from motcua.flows import mends, money, progress, registers, results, submissions, transfers
from motcua.kernel.actor import Actor, Viewer
from motcua.kernel.errors import Denied, NotAllowedNow, NotFound, Refusal, denied
from motcua.kernel.say import Say
from motcua.web.desk import bars, capacities, previews, words
from motcua.web.desk.act_page import ActPage as ActPage
from motcua.web.desk.consult_pages import CONSULTING, on_another_page
from motcua.web.desk.delay_pages import DELAYS
from motcua.web.desk.facts import Facts
from motcua.web.desk.focus import STEPWISE, may
from motcua.web.desk.forms import (
    correction,
    endings,
    mends as fix,
    money as money_forms,
    moves,
    pauses,
    reception,
    steps,
)
from motcua.web.desk.forms.backfill import BackfillForm
from motcua.web.desk.hand_pages import HANDS

# In the order in which a dossier's page offers them.
PAGES: Mapping[Act, ActPage] = {
    Act.RECEIVE: ActPage(
        reception.ReceiveForm,
        submissions.accept,
        _("Tiếp nhận hồ sơ đã nộp: giấy tờ đủ và hợp lệ. Thời hạn giải quyết bắt đầu từ lúc này."),
        part="desk/parts/looked_up.html",
        fields="desk/parts/receive_fields.html",
    ),
    Act.START: ActPage(
        steps.StartForm,
        progress.start,
        _("Nhận việc dưới tên mình và bắt đầu giải quyết. Từ lúc này hồ sơ do bạn giữ."),
        part="desk/parts/step.html",
    ),
    Act.STEP: ActPage(
        steps.StepForm,
        progress.step,
        _("Ghi kết quả của bước này và chuyển hồ sơ sang bước tiếp theo."),
        bar=bars.last_step,
        part="desk/parts/step.html",
    ),
    Act.DECIDE: ActPage(
        steps.DecideForm,
        progress.decide,
        _("Ban hành văn bản đã ký: có số, có dấu. Thời hạn giải quyết dừng lại ở đây."),
        bar=bars.not_to_be_issued,
        preview=previews.parts,
        part="desk/parts/approval.html",
    ),
    Act.BACKFILL: ActPage(
        BackfillForm,
        registers.backfill,
        _(
            "Ghi giấy tờ đã xem thay cho cơ sở dữ liệu dân cư khi không tra cứu được, hoặc khi dữ liệu khác với hồ sơ."
            " Xong việc này mới ban hành được kết quả."
        ),
        part="desk/parts/looked_up.html",
    ),
    Act.HAND_OVER: ActPage(
        endings.HandOverForm,
        results.hand_over,
        _("Trả kết quả cho người dân và kết thúc hồ sơ."),
        part="desk/parts/to_hand_over.html",
    ),
    Act.ACCEPT_TRANSFER: ActPage(
        moves.AcceptForm,
        transfers.accept,
        _(
            "Nhận hồ sơ cơ quan khác chuyển đến và giải quyết theo quy trình của cơ quan mình. "
            "Thời hạn bắt đầu, nếu chưa chạy; nếu đã chạy thì tính tiếp."
        ),
        preview=previews.accepted,
        part="desk/parts/accept.html",
    ),
    Act.DECLINE_TRANSFER: ActPage(
        moves.DeclineForm,
        transfers.decline,
        _("Trả hồ sơ về cơ quan chuyển kèm lý do, trong 8 giờ làm việc kể từ khi nhận."),
        bar=bars.silent,
        part="desk/parts/transfer.html",
    ),
    Act.MAKE_AVAILABLE: ActPage(
        endings.AvailableForm,
        results.make_available,
        _("Ghi rằng kết quả đã về quầy, chờ người dân đến nhận."),
        bar=bars.on_the_shelf,
        part="desk/parts/result.html",
    ),
    Act.NOTIFY_READY: ActPage(
        endings.NotifyReadyForm,
        results.notify_ready,
        _("Ghi rằng đã báo (hoặc nhắc) người dân đến nhận kết quả, kể cả khi chưa liên lạc được."),
        bar=bars.not_at_the_desk,
        part="desk/parts/result.html",
    ),
    Act.PAY: ActPage(
        money_forms.PayForm,
        money.pay,
        _("Thu tiền và cấp biên lai có số. Hồ sơ chờ nộp tiền sẽ được giải quyết tiếp."),
        bar=bars.nothing_to_pay,
        part="desk/parts/fees.html",
    ),
    Act.SUPPLY: ActPage(
        pauses.SupplyForm,
        progress.supply,
        _("Ghi nhận giấy tờ người dân vừa nộp bổ sung. Khi đủ, thời hạn tính tiếp."),
        part="desk/parts/supplied.html",
    ),
    Act.RESUME: ActPage(
        pauses.ResumeForm,
        progress.resume,
        _("Kết thúc tạm dừng; thời hạn tính tiếp từ lúc này."),
        preview=previews.resumed,
        part="desk/parts/resume.html",
    ),
    Act.RETURN_STEP: ActPage(
        steps.ReturnForm,
        progress.return_step,
        _("Trả hồ sơ về bước trước kèm lý do. Hạn trả cho người dân không thay đổi."),
        bar=bars.no_way_back,
        part="desk/parts/step.html",
    ),
    **HANDS,
    Act.REQUEST_SUPPLEMENT: ActPage(
        pauses.SupplementForm,
        progress.request_supplement,
        _(
            "Ghi một lần tất cả giấy tờ thiếu hoặc sai (NĐ 118/2025 Đ17.2.a). "
            "Thời hạn tạm dừng cho đến khi nhận đủ."
        ),
        bar=bars.asked_twice,
        part="desk/parts/second_request.html",
        fields="desk/parts/supplement_fields.html",
    ),
    Act.REQUEST_PAYMENT: ActPage(
        money_forms.ChargesForm,
        money.request_payment,
        _(
            "Yêu cầu người dân nộp tiền trước khi giải quyết tiếp. "
            "Thời hạn chỉ tạm dừng khi quy định về khoản thu cho phép."
        ),
        bar=bars.nothing_to_charge,
    ),
    Act.CHARGE_AT_RETURN: ActPage(
        money_forms.ChargesForm,
        money.charge_at_return,
        _("Ghi khoản phải thu khi người dân đến nhận; nộp xong mới trả kết quả."),
        bar=bars.nothing_to_charge,
    ),
    Act.SET_FEE: ActPage(
        money_forms.SetFeeForm,
        money.set_fee,
        _("Nhập mức thu mà Hội đồng nhân dân tỉnh đã quy định, kèm số nghị quyết."),
        bar=bars.all_amounts_known,
    ),
    Act.WAIVE: ActPage(
        money_forms.WaiveForm,
        money.waive,
        _(
            "Cho miễn khoản thu theo quy định, kèm giấy tờ chứng minh. Hồ sơ chờ nộp tiền sẽ được giải quyết tiếp."
        ),
        bar=bars.nothing_open,
        part="desk/parts/fees.html",
    ),
    Act.SUSPEND: ActPage(
        pauses.SuspendForm,
        progress.suspend,
        _("Tạm dừng tính hạn theo một căn cứ mà thủ tục cho phép."),
        bar=bars.no_ground_to_suspend,
    ),
    **CONSULTING,
    Act.EXTEND: ActPage(
        pauses.ExtendForm,
        progress.extend,
        _("Kéo dài thời hạn theo một căn cứ mà thủ tục cho phép, trước khi hết hạn."),
        bar=bars.no_time_to_extend,
        preview=previews.extended,
        part="desk/parts/extend.html",
    ),
    **DELAYS,
    Act.GIVE_BACK_PAPERS: ActPage(
        endings.GiveBackForm,
        results.give_back_papers,
        _("Trả lại giấy tờ đã nộp của hồ sơ kết thúc mà không có kết quả."),
        bar=bars.nothing_owed,
    ),
    Act.MOVE_PAPERS: ActPage(
        endings.MovePapersForm,
        results.move_papers,
        _("Ghi giấy tờ đang ở đâu: mỗi lần chuyển là một dòng, ai giữ cũng thấy được."),
    ),
    Act.TRANSFER: ActPage(
        moves.TransferForm,
        transfers.transfer,
        _(
            "Chuyển hồ sơ đến cơ quan có thẩm quyền. Thời hạn dừng trong lúc chuyển, tính tiếp khi nơi nhận trả lời, "
            "không tính lại từ đầu; lần dừng này ghi là của cơ quan chuyển."
        ),
    ),
    Act.WITHDRAW: ActPage(
        endings.WithdrawForm,
        progress.withdraw,
        _("Kết thúc hồ sơ theo ý muốn của chủ hồ sơ, không có kết quả."),
    ),
    Act.STOP: ActPage(
        endings.StopForm,
        progress.stop,
        _("Dừng giải quyết (mẫu 05); hồ sơ kết thúc mà không có kết quả."),
    ),
    Act.REFUSE: ActPage(
        endings.RefuseForm,
        progress.refuse,
        _("Từ chối tiếp nhận (mẫu 03); hồ sơ kết thúc tại đây."),
        part="desk/parts/looked_up.html",
    ),
    Act.CORRECT_RECEPTION: ActPage(
        correction.CorrectionForm,
        mends.correct_reception,
        _(
            "Sửa người, trường hợp, giấy tờ đã ghi khi tiếp nhận; mã và giờ tiếp nhận không đổi. "
            "Phụ trách Bộ phận Một cửa xác nhận."
        ),
        bar=bars.not_to_be_corrected,
        fields="desk/parts/correction_fields.html",
    ),
    Act.VOID_RECEIPT: ActPage(
        fix.VoidForm,
        mends.void_receipt,
        _(
            "Hủy giấy tiếp nhận vừa cấp; hồ sơ dừng, số đã cấp không dùng lại. Phụ trách Bộ phận Một cửa xác nhận."
        ),
        bar=bars.proposed_already,
    ),
    Act.CLOSE_AS_DUPLICATE: ActPage(
        fix.DuplicateForm,
        mends.close_as_duplicate,
        _("Đóng hồ sơ này vì trùng với hồ sơ khác được giữ lại. Phụ trách Bộ phận Một cửa xác nhận."),
        bar=bars.proposed_already,
    ),
    Act.REOPEN_FOR_CORRECTION: ActPage(
        fix.ReopenForm,
        mends.reopen_for_correction,
        _(
            "Làm lại kết quả đã ban hành từ một bước. Hạn trả và việc trễ hay không vẫn như cũ. Lãnh đạo xác nhận."
        ),
        bar=bars.nothing_to_reopen,
        part="desk/parts/result.html",
    ),
    Act.REVOKE_RESULT: ActPage(
        fix.RevokeForm,
        mends.revoke_result,
        _("Thu hồi hiệu lực của kết quả đã ban hành; hồ sơ ở nguyên trạng thái và ghi rõ đã thu hồi."),
        part="desk/parts/result.html",
    ),
}


def known(name: str) -> Act:
    """The act that stands in an address. Raises NotFound for a word that is none."""
    try:
        return Act(name)
    except ValueError:
        raise NotFound("Không có việc này với hồ sơ.", "There is no such act on a dossier.") from None


def title(act: Act, facts: Facts) -> Say:
    """What the act is called on this dossier: a leader approves where others complete a step, and signs a letter that
    waits."""
    if act is Act.NOTIFY_DELAY and waits(facts.row):
        return words.SIGN_LETTER
    return words.APPROVE if act is Act.STEP and facts.is_approval else ACTS[act].label


def opened(
    act: Act, facts: Facts, *, viewer: Viewer, at: datetime, sign_as: str = ""
) -> tuple[ActPage, Actor]:
    """The page of `act` for `viewer`, and in whose capacity they do it; of a signature the one that is told.

    Raises Denied for a person who may not, NotAllowedNow where the dossier does not allow it, or where the act
    has no page here.
    """
    verdict = policy.allows(viewer, act, facts.row, standing(facts.row))
    if isinstance(verdict, policy.Refused):
        raise _refusal(verdict)
    page = PAGES.get(act)
    if page is None:
        where = on_another_page(act)
        raise NotAllowedNow(where.vi, where.en)
    if (elsewhere := _elsewhere(act, facts, verdict)) is not None:
        raise Denied(elsewhere.vi, elsewhere.en)
    if (barred := page.bar(facts, at)) is not None:
        raise NotAllowedNow(barred.vi, barred.en)
    return page, viewer.actor(capacities.chosen(act, facts, viewer, sign_as) or verdict.capacity)


def _refusal(verdict: policy.Refused) -> Refusal:
    reason = verdict.reason
    return NotAllowedNow(reason.vi, reason.en) if verdict.state else denied(reason)


def _elsewhere(act: Act, facts: Facts, verdict: policy.Allowed) -> Say | None:
    """Why this seat does the act on another page."""
    if act is not Act.HAND_OVER or verdict.capacity is None:
        return None
    return results.by_manifest(facts.row, verdict.capacity.kind)


@dataclass(frozen=True, slots=True)
class Offered:
    """An act that a dossier's page offers."""

    act: Act
    title: Say
    leads: bool  # it brings the dossier on
    number: int | None = None  # of the step, where several are open


# What brings a dossier on, where it can be done; the rest is there for when it is needed.
LEADS = frozenset(
    {
        Act.RECEIVE,
        Act.START,
        Act.STEP,
        Act.DECIDE,
        Act.HAND_OVER,
        Act.ACCEPT_TRANSFER,
        Act.MAKE_AVAILABLE,
        Act.NOTIFY_READY,
        Act.PAY,
        Act.SUPPLY,
        Act.RESUME,
        Act.GIVE_BACK_PAPERS,
    }
)


def offered(
    facts: Facts, *, viewer: Viewer, allowed: Mapping[Act, policy.Allowed | policy.Refused], at: datetime
) -> list[Offered]:
    """The acts open to the viewer here and now, what leads on first; an act on one step for each that is open."""
    found = []
    for act, page in PAGES.items():
        if act in STEPWISE and facts.row["beside"]:
            found += _on_each(act, page, facts, viewer, at)
        elif (
            isinstance(verdict := allowed.get(act), policy.Allowed)
            and _elsewhere(act, facts, verdict) is None
            and page.bar(facts, at) is None
        ):
            leads = act in LEADS or _leads_here(act, facts)
            found.append(Offered(act, title(act, facts), leads))
    return sorted(found, key=lambda one: not one.leads)


def _on_each(act: Act, page: ActPage, facts: Facts, viewer: Viewer, at: datetime) -> list[Offered]:
    found = []
    for step in open_steps(facts.row):
        seen = facts.from_step(step)
        if may(act, seen, viewer) and page.bar(seen, at) is None:
            named = title(act, seen)
            said = Say(f"{named.vi}, bước {step.number}", f"{named.en}, step {step.number}")
            found.append(Offered(act, said, act in LEADS, step.number))
    return found


def _leads_here(act: Act, facts: Facts) -> bool:
    """What was received for another agency is to be sent, as its clock starts there; a letter that waits, signed."""
    if act is Act.NOTIFY_DELAY:
        return waits(facts.row)
    if act is not Act.TRANSFER:
        return False
    return facts.row["expected_at"] is not None and facts.row["clock_from"] is None
