"""The acts that have a page here, as one table: form, flow, what the page says, what bars it on a dossier.

Who may act, and in which state, is dossiers' own table; a bar is what only the dossier's process or pinned
version shows, so that nobody fills in a form that must be refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import policy
from motcua.dossiers.operations import Recorded
from motcua.dossiers.projector import standing
from motcua.dossiers.states import ACTS, MOST_SUPPLEMENT_REQUESTS, Act
from motcua.flows import mends, money, progress, results
from motcua.kernel.actor import Actor, Viewer
from motcua.kernel.errors import Denied, NotAllowedNow, NotFound
from motcua.kernel.say import Say
from motcua.web.desk import previews, words
from motcua.web.desk.facts import Facts
from motcua.web.desk.forms import correction, endings, mends as fix, money as money_forms, pauses, steps
from motcua.web.desk.forms.base import ActForm
from motcua.web.desk.previews import Preview

Bar = Callable[[Facts, datetime], Say | None]
Foresight = Callable[[Facts, datetime], Preview | None]


def _nothing(_facts: Facts, _at: datetime) -> None:
    return None


def _last_step(facts: Facts, _at: datetime) -> Say | None:
    if not facts.row["last_step"]:
        return None
    return Say("Đây là bước cuối: hãy ban hành kết quả.", "This is the last step: issue the result.")


def _not_approved(facts: Facts, _at: datetime) -> Say | None:
    if facts.row["last_step"] and facts.row["approval"] is not None:
        return None
    return Say(
        "Chưa thể ban hành: lãnh đạo chưa duyệt, ký kết quả.",
        "It can't be issued yet: no leader has approved and signed the result.",
    )


def _no_way_back(facts: Facts, _at: datetime) -> Say | None:
    if facts.earlier:
        return None
    return Say("Quy trình không cho trả lại từ bước này.", "The process has no way back from this step.")


def _asked_twice(facts: Facts, _at: datetime) -> Say | None:
    if facts.row["supplement_count"] < MOST_SUPPLEMENT_REQUESTS:
        return None
    return Say(
        "Hồ sơ đã yêu cầu bổ sung hai lần; không được yêu cầu lần thứ ba (NĐ 63/2010 Đ20.4).",
        "Papers were asked for twice; a third request is barred (Decree 63/2010 art. 20.4).",
    )


def _no_ground_to_suspend(facts: Facts, _at: datetime) -> Say | None:
    if facts.suspension_grounds:
        return None
    return Say(
        "Thủ tục này không có căn cứ nào để tạm dừng.", "This procedure has no ground for a suspension."
    )


def _no_time_to_extend(facts: Facts, at: datetime) -> Say | None:
    if not facts.extension_grounds:
        return Say(
            "Thủ tục này không có căn cứ nào để gia hạn.", "This procedure has no ground for an extension."
        )
    if facts.row["due_at"] is not None and at > facts.row["due_at"]:
        return Say(
            "Thời hạn đã hết nên không thể gia hạn; hãy xin lỗi và hẹn lại.",
            "The limit has run out, so it can't be extended; notify the delay instead.",
        )
    return None


def _not_at_the_desk(facts: Facts, _at: datetime) -> Say | None:
    if facts.row["available_at"] is not None:
        return None
    return Say("Kết quả chưa về quầy.", "The result is not at the desk yet.")


def _nothing_owed(facts: Facts, _at: datetime) -> Say | None:
    if facts.row["papers_owed"]:
        return None
    return Say("Không còn giấy tờ nào phải trả lại.", "No papers are left to give back.")


def _not_received(facts: Facts, _at: datetime) -> Say | None:
    if facts.row["received_at"] is not None:
        return None
    return Say("Hồ sơ chưa được tiếp nhận.", "The dossier is not received yet.")


def _on_the_shelf(facts: Facts, _at: datetime) -> Say | None:
    if facts.row["available_at"] is None:
        return None
    return Say("Kết quả đã sẵn sàng tại quầy.", "The result is on the shelf already.")


def _proposed_already(facts: Facts, _at: datetime) -> Say | None:
    if facts.row["pending"] is None:
        return None
    return Say("Hồ sơ đang có một đề nghị chờ xác nhận.", "Something is proposed on the dossier already.")


def _nothing_to_reopen(facts: Facts, at: datetime) -> Say | None:
    if facts.process is not None:
        return _proposed_already(facts, at)
    return Say(
        "Hồ sơ giải quyết ngay không có quy trình để làm lại.",
        "What was done at once has no process to go back to.",
    )


def _nothing_to_charge(facts: Facts, _at: datetime) -> Say | None:
    if any(charge.amount is not None for charge in facts.chargeable):
        return None
    return Say(
        "Hồ sơ không có khoản nào đã biết mức thu mà chưa nộp.",
        "The dossier has no charge of a known amount that is still open.",
    )


def _nothing_to_pay(facts: Facts, at: datetime) -> Say | None:
    if facts.open_charges and facts.owed is None:
        return Say(
            "Mức thu chưa có trong hệ thống; lãnh đạo hoặc phụ trách quầy nhập theo nghị quyết rồi mới thu.",
            "The amount is not known here; a leader or the desk manager enters it from the council's decision first.",
        )
    return _nothing_open(facts, at)


def _nothing_open(facts: Facts, _at: datetime) -> Say | None:
    if facts.open_charges:
        return None
    return Say("Hồ sơ không còn khoản nào phải thu.", "The dossier owes nothing.")


def _all_amounts_known(facts: Facts, _at: datetime) -> Say | None:
    if any(charge.amount is None for charge in facts.open_charges):
        return None
    return Say("Mọi khoản thu đều đã có mức thu.", "The amounts of all charges are known.")


@dataclass(frozen=True, slots=True)
class ActPage:
    """The page of one act. `flow` takes code, actor, at, paper and the form's arguments; `about` says what the
    act does, `preview` what becomes of the due date; `part` is the template of what is to be decided upon,
    `fields` that of the fields."""

    form: type[ActForm]
    flow: Callable[..., Recorded]
    about: Promise
    bar: Bar = _nothing
    preview: Foresight = _nothing
    part: str = ""
    fields: str = "desk/parts/fields.html"


# In the order in which a dossier's page offers them.
PAGES: Mapping[Act, ActPage] = {
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
        bar=_last_step,
        part="desk/parts/step.html",
    ),
    Act.DECIDE: ActPage(
        steps.DecideForm,
        progress.decide,
        _("Ban hành văn bản đã ký: có số, có dấu. Thời hạn giải quyết dừng lại ở đây."),
        bar=_not_approved,
        part="desk/parts/approval.html",
    ),
    Act.HAND_OVER: ActPage(
        endings.HandOverForm,
        results.hand_over,
        _("Trả kết quả cho người dân và kết thúc hồ sơ."),
        part="desk/parts/result.html",
    ),
    Act.MAKE_AVAILABLE: ActPage(
        endings.AvailableForm,
        results.make_available,
        _("Ghi rằng kết quả đã về quầy, chờ người dân đến nhận."),
        bar=_on_the_shelf,
        part="desk/parts/result.html",
    ),
    Act.NOTIFY_READY: ActPage(
        endings.NotifyReadyForm,
        results.notify_ready,
        _("Ghi rằng đã báo (hoặc nhắc) người dân đến nhận kết quả, kể cả khi chưa liên lạc được."),
        bar=_not_at_the_desk,
        part="desk/parts/result.html",
    ),
    Act.PAY: ActPage(
        money_forms.PayForm,
        money.pay,
        _("Thu tiền và cấp biên lai có số. Hồ sơ chờ nộp tiền sẽ được giải quyết tiếp."),
        bar=_nothing_to_pay,
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
        bar=_no_way_back,
        part="desk/parts/step.html",
    ),
    Act.REQUEST_SUPPLEMENT: ActPage(
        pauses.SupplementForm,
        progress.request_supplement,
        _(
            "Ghi một lần tất cả giấy tờ thiếu hoặc sai (NĐ 118/2025 Đ17.2.a). "
            "Thời hạn tạm dừng cho đến khi nhận đủ."
        ),
        bar=_asked_twice,
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
        bar=_nothing_to_charge,
    ),
    Act.CHARGE_AT_RETURN: ActPage(
        money_forms.ChargesForm,
        money.charge_at_return,
        _("Ghi khoản phải thu khi người dân đến nhận; nộp xong mới trả kết quả."),
        bar=_nothing_to_charge,
    ),
    Act.SET_FEE: ActPage(
        money_forms.SetFeeForm,
        money.set_fee,
        _("Nhập mức thu mà Hội đồng nhân dân tỉnh đã quy định, kèm số nghị quyết."),
        bar=_all_amounts_known,
    ),
    Act.WAIVE: ActPage(
        money_forms.WaiveForm,
        money.waive,
        _(
            "Cho miễn khoản thu theo quy định, kèm giấy tờ chứng minh. Hồ sơ chờ nộp tiền sẽ được giải quyết tiếp."
        ),
        bar=_nothing_open,
        part="desk/parts/fees.html",
    ),
    Act.SUSPEND: ActPage(
        pauses.SuspendForm,
        progress.suspend,
        _("Tạm dừng tính hạn theo một căn cứ mà thủ tục cho phép."),
        bar=_no_ground_to_suspend,
    ),
    Act.EXTEND: ActPage(
        pauses.ExtendForm,
        progress.extend,
        _("Kéo dài thời hạn theo một căn cứ mà thủ tục cho phép, trước khi hết hạn."),
        bar=_no_time_to_extend,
        preview=previews.extended,
        part="desk/parts/extend.html",
    ),
    Act.NOTIFY_DELAY: ActPage(
        pauses.DelayForm,
        progress.notify_delay,
        _("Ký văn bản xin lỗi (mẫu 04) và hẹn ngày mới. Hồ sơ trễ vẫn tính là trễ."),
        bar=_not_received,
    ),
    Act.GIVE_BACK_PAPERS: ActPage(
        endings.GiveBackForm,
        results.give_back_papers,
        _("Trả lại giấy tờ đã nộp của hồ sơ kết thúc mà không có kết quả."),
        bar=_nothing_owed,
    ),
    Act.MOVE_PAPERS: ActPage(
        endings.MovePapersForm,
        results.move_papers,
        _("Ghi giấy tờ đang ở đâu: mỗi lần chuyển là một dòng, ai giữ cũng thấy được."),
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
    ),
    Act.CORRECT_RECEPTION: ActPage(
        correction.CorrectionForm,
        mends.correct_reception,
        _(
            "Sửa người, trường hợp, giấy tờ đã ghi khi tiếp nhận; mã và giờ tiếp nhận không đổi. "
            "Phụ trách Bộ phận Một cửa xác nhận."
        ),
        bar=_proposed_already,
        fields="desk/parts/correction_fields.html",
    ),
    Act.VOID_RECEIPT: ActPage(
        fix.VoidForm,
        mends.void_receipt,
        _(
            "Hủy giấy tiếp nhận vừa cấp; hồ sơ dừng, số đã cấp không dùng lại. Phụ trách Bộ phận Một cửa xác nhận."
        ),
        bar=_proposed_already,
    ),
    Act.CLOSE_AS_DUPLICATE: ActPage(
        fix.DuplicateForm,
        mends.close_as_duplicate,
        _("Đóng hồ sơ này vì trùng với hồ sơ khác được giữ lại. Phụ trách Bộ phận Một cửa xác nhận."),
        bar=_proposed_already,
    ),
    Act.REOPEN_FOR_CORRECTION: ActPage(
        fix.ReopenForm,
        mends.reopen_for_correction,
        _(
            "Làm lại kết quả đã ban hành từ một bước. Hạn trả và việc trễ hay không vẫn như cũ. Lãnh đạo xác nhận."
        ),
        bar=_nothing_to_reopen,
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
    """What the act is called on this dossier: a leader approves where others complete a step."""
    return words.APPROVE if act is Act.STEP and facts.is_approval else ACTS[act].label


def opened(act: Act, facts: Facts, *, viewer: Viewer, at: datetime) -> tuple[ActPage, Actor]:
    """The page of `act` for `viewer`, and in whose capacity they do it.

    Raises Denied for a person who may not, NotAllowedNow where the dossier does not allow it, or where the act
    has no page here.
    """
    verdict = policy.allows(viewer, act, facts.row, standing(facts.row))
    if isinstance(verdict, policy.Refused):
        refusal = NotAllowedNow if verdict.state else Denied
        raise refusal(verdict.reason.vi, verdict.reason.en)
    page = PAGES.get(act)
    if page is None:
        label = ACTS[act].label
        raise NotAllowedNow(
            f"“{label.vi}” được làm ở quầy tiếp nhận, không phải ở đây.",
            f"“{label.en}” is done at the reception counter, not here.",
        )
    if (barred := page.bar(facts, at)) is not None:
        raise NotAllowedNow(barred.vi, barred.en)
    return page, viewer.actor(verdict.capacity)


@dataclass(frozen=True, slots=True)
class Offered:
    """An act that a dossier's page offers."""

    act: Act
    title: Say


def offered(
    facts: Facts, *, allowed: Mapping[Act, policy.Allowed | policy.Refused], at: datetime
) -> list[Offered]:
    """The acts open to the viewer here and now, the next one first."""
    return [
        Offered(act, title(act, facts))
        for act, page in PAGES.items()
        if isinstance(allowed.get(act), policy.Allowed) and page.bar(facts, at) is None
    ]
