"""How a dossier stands, and why an act of the table does not fit it. Pure."""

from dataclasses import dataclass

from motcua.dossiers.states import ACTS, ENDED, LABELS, Act, State
from motcua.kernel.say import Say

NOT_BACKFILLED = Say(
    "Chưa thể ban hành: còn thông tin chưa đối chiếu được với cơ sở dữ liệu dân cư. Hệ thống tự tra lại khi kết nối"
    " được; nếu cần ngay, hãy xem giấy tờ và ghi ở việc “Đối chiếu bằng giấy tờ”.",
    "It can't be issued yet: something has not been held against the population register. It is looked up again as"
    " soon as the register answers; if it can't wait, look at a paper and write it down in “Check by a paper”.",
)


OPINION_AWAITED = Say(
    "Đang chờ ý kiến của nơi được hỏi. Hãy đợi trả lời hoặc hết hạn; nếu không cần nữa, “Rút việc lấy ý kiến” trước.",
    "The opinion of others is awaited. Wait for the answer or the end of its time, or take the request back first.",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the table looks at: the stage, and the things that lie open on it."""

    stage: State
    supplement_open: bool = False
    payment_open: bool = False
    suspended: bool = False
    touched: bool = False
    revoked: bool = False
    degraded: bool = False
    is_child: bool = False
    consulting: bool = False  # an opinion's time runs
    awaiting: bool = False  # or is over, and the opinion may still come
    consult_paused: bool = False
    apology_waits: bool = False  # for a leader
    apologised: bool = False

    @property
    def state(self) -> State:
        """The derived state (design, section 4)."""
        if self.stage in ENDED or self.stage in (State.DECIDED, State.TRANSFERRED):
            return self.stage
        if self.supplement_open:
            return State.SUPPLEMENT_REQUESTED
        if self.payment_open:
            return State.PAYMENT_REQUESTED
        return self.stage


_OF_A_RESULT = frozenset({Act.MAKE_AVAILABLE, Act.NOTIFY_READY, Act.HAND_OVER, Act.REVOKE_RESULT})
# What is done with the applicant, with their papers, money and result, is done on the dossier they have.
_OF_THE_PARENT = _OF_A_RESULT | {
    Act.SUPPLY, Act.REQUEST_PAYMENT, Act.CHARGE_AT_RETURN, Act.TRANSFER, Act.EXPRESS, Act.WITHDRAW,
    Act.GIVE_BACK_PAPERS, Act.MOVE_PAPERS, Act.VOID_RECEIPT, Act.CLOSE_AS_DUPLICATE, Act.CORRECT_RECEPTION,
    Act.REOPEN_FOR_CORRECTION, Act.NOTIFY_DELAY, Act.PREPARE_DELAY, Act.SEND_BACK_DELAY,
}  # fmt: skip
_MONEY = frozenset({Act.PAY, Act.WAIVE, Act.SET_FEE})
_OF_OPINIONS = frozenset({Act.ANSWER_CONSULTATION, Act.HAND_ON_CONSULTATION, Act.REMIND_CONSULTED})
_WHILE_SUSPENDED = (
    _MONEY
    | _OF_OPINIONS
    | {
        Act.MOVE_PAPERS,
        Act.BACKFILL,
        Act.TAKE_BACK_CONSULTATION,
        Act.RESUME,
        Act.WITHDRAW,
        Act.STOP,
        Act.NOTIFY_DELAY,
        Act.PREPARE_DELAY,
        Act.SEND_BACK_DELAY,
        Act.EXTEND,
    }
)
# What does not wait for an opinion that its time was stopped for, and what never goes without the open ones.
_WHILE_ASKED = _WHILE_SUSPENDED | {Act.CONSULT}
_AFTER_OPINIONS = frozenset({Act.DECIDE, Act.TRANSFER})


def why_not(act: Act, standing: Standing) -> Say | None:
    """Why `act` does not fit `standing`; None when it does.

    Only the table speaks here: state, suspension, and rows whose pages come later. Who may act is the
    policy's business.
    """
    row = ACTS[act]
    if not row.built:
        return Say(
            f"Chức năng “{row.label.vi}” chưa mở trong phiên bản này.",
            f"“{row.label.en}” is not open in this version yet.",
        )
    if standing.is_child and act in _OF_THE_PARENT:
        return Say(
            f"Đây là hồ sơ thành phần của thủ tục liên thông: “{row.label.vi}” làm ở hồ sơ chính, do Bộ phận Một cửa đã"
            " tiếp nhận.",
            f"This is a child dossier of an inter-agency procedure: “{row.label.en}” is done on the dossier that the"
            " desk received.",
        )
    if standing.state not in row.sources:
        return Say(
            f"Hồ sơ đang ở trạng thái “{LABELS[standing.state].vi}” nên không thể “{row.label.vi}”.",
            f"The dossier is “{LABELS[standing.state].en}”, so “{row.label.en}” is not possible.",
        )
    if standing.suspended and act not in _WHILE_SUSPENDED:
        return Say(
            f"Hồ sơ đang tạm dừng; hãy “{ACTS[Act.RESUME].label.vi}” trước.",
            f"The dossier is suspended; “{ACTS[Act.RESUME].label.en}” first.",
        )
    if act is Act.RESUME and not standing.suspended:
        return Say("Hồ sơ không tạm dừng.", "The dossier is not suspended.")
    if act is Act.VOID_RECEIPT and standing.touched:
        return Say(
            "Sau khi tiếp nhận hồ sơ đã có việc khác nên không hủy được giấy tiếp nhận.",
            "Something has happened since reception, so the receipt can't be voided.",
        )
    if act in _OF_A_RESULT and standing.revoked:
        return Say("Kết quả đã bị thu hồi.", "The result is revoked.")
    return (
        _why_not_asked(act, standing)
        or _why_not_apologised(act, standing)
        or _why_not_degraded(act, standing)
        or _why_not_for_money(act, standing)
    )


def _why_not_asked(act: Act, standing: Standing) -> Say | None:
    """What waits for opinions that were asked for, and what is done about them (ADR 0056)."""
    held_up = standing.consult_paused and act not in _WHILE_ASKED
    if held_up or (standing.consulting and act in _AFTER_OPINIONS):
        return OPINION_AWAITED
    nothing = not (standing.consulting if act is Act.TAKE_BACK_CONSULTATION else standing.awaiting)
    if nothing and act in _OF_OPINIONS | {Act.TAKE_BACK_CONSULTATION}:
        return Say("Hồ sơ không chờ ý kiến nào.", "The dossier waits for no opinion.")
    return None


def _why_not_apologised(act: Act, standing: Standing) -> Say | None:
    """One letter of apology for each dossier (Decree 61/2018 art. 19; unverified in Decree 118/2025)."""
    if act in (Act.NOTIFY_DELAY, Act.PREPARE_DELAY) and standing.apologised:
        return Say(
            "Hồ sơ đã được xin lỗi và hẹn lại một lần; không được hẹn lại lần nữa.",
            "An apology with a new date was given once; there is no second one.",
        )
    if act is Act.SEND_BACK_DELAY and not standing.apology_waits:
        return Say("Không có văn bản xin lỗi nào chờ ký.", "No letter of apology waits to be signed.")
    return None


def _why_not_degraded(act: Act, standing: Standing) -> Say | None:
    """Until what could not be looked up is filled in, nothing is decided; the rest goes on (design, law 6)."""
    if act is Act.DECIDE and standing.degraded:
        return NOT_BACKFILLED
    if act is Act.BACKFILL and not standing.degraded:
        return Say(
            "Hồ sơ không có thông tin nào chờ đối chiếu.", "Nothing of the dossier waits to be checked."
        )
    return None


def _why_not_for_money(act: Act, standing: Standing) -> Say | None:
    if standing.stage is not State.DECIDED or not standing.payment_open:
        return None
    if act is Act.HAND_OVER:
        return Say(
            "Còn khoản phải thu khi trả kết quả; thu tiền hoặc được miễn rồi mới trả.",
            "A charge waits to be paid at return; it is paid or waived first.",
        )
    if act is Act.CHARGE_AT_RETURN:
        return Say("Đã ghi khoản phải thu khi trả kết quả.", "It is charged at return already.")
    return None
