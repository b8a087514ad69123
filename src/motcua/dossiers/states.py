"""The act table of a dossier (design, section 4) as data, and the pure rules that read it."""

from dataclasses import dataclass
from enum import StrEnum

from motcua.dossiers.stages import (
    ANSWERED_IN as ANSWERED_IN,
    ENDED as ENDED,
    LABELS as LABELS,
    NATIONAL as NATIONAL,
    OPEN as OPEN,
    RUNNING as RUNNING,
    State as State,
)
from motcua.kernel.say import Say


class Act(StrEnum):
    """Everything that can happen to a dossier."""

    SUBMIT = "submit"
    RECEIVE = "receive"
    REFUSE = "refuse"
    REQUEST_SUPPLEMENT = "request_supplement"
    SUPPLY = "supply"
    REQUEST_PAYMENT = "request_payment"
    CHARGE_AT_RETURN = "charge_at_return"
    PAY = "pay"
    WAIVE = "waive"
    SET_FEE = "set_fee"
    BACKFILL = "backfill"
    CONSULT = "consult"
    ANSWER_CONSULTATION = "answer_consultation"
    HAND_ON_CONSULTATION = "hand_on_consultation"
    REMIND_CONSULTED = "remind_consulted"
    TAKE_BACK_CONSULTATION = "take_back_consultation"
    START = "start"
    ASSIGN = "assign"
    CLAIM = "claim"
    PUT_BACK = "put_back"
    RECALL = "recall"
    DECLARE_INTEREST = "declare_interest"
    LIFT_INTEREST = "lift_interest"
    STEP = "step"
    RETURN_STEP = "return_step"
    TRANSFER = "transfer"
    ACCEPT_TRANSFER = "accept_transfer"
    DECLINE_TRANSFER = "decline_transfer"
    SUSPEND = "suspend"
    RESUME = "resume"
    EXTEND = "extend"
    NOTIFY_DELAY = "notify_delay"
    PREPARE_DELAY = "prepare_delay"
    SEND_BACK_DELAY = "send_back_delay"
    DECIDE = "decide"
    MAKE_AVAILABLE = "make_available"
    NOTIFY_READY = "notify_ready"
    MOVE_PAPERS = "move_papers"
    HAND_OVER = "hand_over"
    EXPRESS = "express"
    WITHDRAW = "withdraw"
    STOP = "stop"
    GIVE_BACK_PAPERS = "give_back_papers"
    VOID_RECEIPT = "void_receipt"
    CLOSE_AS_DUPLICATE = "close_as_duplicate"
    CORRECT_RECEPTION = "correct_reception"
    REOPEN_FOR_CORRECTION = "reopen_for_correction"
    REVOKE_RESULT = "revoke_result"
    MIRROR = "mirror"


class Authority(StrEnum):
    """Whose act it is; dossiers.policy names the seats."""

    DESK = "desk"
    APPLICANT = "applicant"
    STEP = "step"
    HOLDER = "holder"
    SENDER = "sender"
    LEADER = "leader"
    CASHIER = "cashier"
    GATEWAY = "gateway"
    POST = "post"
    HELPER = "helper"
    MANAGER = "manager"
    LEAD = "lead"
    CONSULTED = "consulted"
    TWO_PEOPLE = "two_people"
    INTEROP = "interop"


class ClockEffect(StrEnum):
    """What an act does to the clock."""

    NONE = "none"
    EIGHT_HOURS = "eight_hours"
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    MOVE = "move"
    STOP = "stop"
    ANEW_IF_VARIANT = "anew_if_variant"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the act table. `sources` empty means a draft; `to` None means the state left, or derived."""

    act: Act
    label: Say
    sources: frozenset[State]
    to: State | None
    authority: frozenset[Authority]
    clock: ClockEffect
    built: bool = True
    from_draft: bool = False


_S = State
_A = Authority
_WORKING = frozenset({_S.RECEIVED, _S.IN_PROCESS})
_WAITING = frozenset({_S.SUPPLEMENT_REQUESTED, _S.PAYMENT_REQUESTED})
# A limit runs, and may be over before the result is there.
DELAYED_IN = _WORKING | _WAITING
_CONSULTED = _WAITING | {_S.IN_PROCESS}
# A fee of the reception may be settled at any time, also of what was handed over at once (ADR 0021); one that is paid
# when handing in is paid before it is received (ADR 0038).
_PAYING = _WORKING | _WAITING | {_S.DECIDED, _S.RETURNED}


def _row(
    act: Act,
    vi: str,
    en: str,
    sources: frozenset[State] | set[State],
    to: State | None,
    authority: set[Authority],
    clock: ClockEffect = ClockEffect.NONE,
    **flags: bool,
) -> Row:
    return Row(act, Say(vi, en), frozenset(sources), to, frozenset(authority), clock, **flags)


# fmt: off
_ROWS = (
    _row(
        Act.SUBMIT, "Nộp hồ sơ", "Submit",
        set(), _S.SUBMITTED, {_A.APPLICANT, _A.DESK, _A.HELPER}, ClockEffect.EIGHT_HOURS, from_draft=True,
    ),
    _row(
        Act.RECEIVE, "Tiếp nhận", "Receive",
        {_S.SUBMITTED}, _S.RECEIVED, {_A.DESK}, ClockEffect.START, from_draft=True,
    ),
    _row(Act.REFUSE, "Từ chối tiếp nhận", "Refuse", {_S.SUBMITTED}, _S.REFUSED, {_A.DESK}, ClockEffect.STOP),
    _row(
        Act.REQUEST_SUPPLEMENT, "Yêu cầu bổ sung", "Request a supplement",
        {_S.SUBMITTED, *_WORKING}, _S.SUPPLEMENT_REQUESTED, {_A.DESK, _A.STEP, _A.LEADER}, ClockEffect.PAUSE,
    ),
    _row(
        Act.SUPPLY, "Nhận giấy tờ bổ sung", "Record supplied papers",
        {_S.SUPPLEMENT_REQUESTED}, None, {_A.DESK, _A.APPLICANT}, ClockEffect.RESUME,
    ),
    _row(
        Act.REQUEST_PAYMENT, "Yêu cầu nộp tiền", "Request payment",
        {_S.SUBMITTED, *_WORKING}, _S.PAYMENT_REQUESTED, {_A.DESK, _A.STEP}, ClockEffect.PAUSE,
    ),
    _row(Act.CHARGE_AT_RETURN, "Thu khi trả kết quả", "Charge at return", {_S.DECIDED}, _S.DECIDED, {_A.DESK}),
    _row(
        Act.PAY, "Ghi nhận nộp tiền", "Record a payment",
        {_S.SUBMITTED, *_PAYING}, None, {_A.CASHIER, _A.GATEWAY}, ClockEffect.RESUME,
    ),
    _row(Act.WAIVE, "Miễn, giảm", "Waive", _PAYING, None, {_A.LEADER}, ClockEffect.RESUME),
    _row(Act.SET_FEE, "Nhập mức thu", "Enter the amount", _PAYING, None, {_A.LEADER, _A.MANAGER}),
    _row(Act.START, "Nhận việc", "Start", {_S.RECEIVED}, _S.IN_PROCESS, {_A.STEP}),
    _row(Act.ASSIGN, "Phân công", "Assign", _WORKING, _S.IN_PROCESS, {_A.LEAD}),
    # Not rows of the design's table: who has the work, which changes neither state nor clock (ADR 0058).
    _row(Act.CLAIM, "Nhận về mình", "Claim", _WORKING, None, {_A.STEP}),
    _row(Act.PUT_BACK, "Trả về danh sách chung", "Put back on the list", _WORKING, None, {_A.HOLDER}),
    _row(Act.RECALL, "Rút lại bước vừa chuyển", "Recall the step", {_S.IN_PROCESS}, None, {_A.SENDER}),
    _row(Act.DECLARE_INTEREST, "Khai xung đột lợi ích", "Declare a conflict", _WORKING, None, {_A.STEP, _A.LEAD}),
    _row(Act.LIFT_INTEREST, "Cho tham gia lại", "Let take part again", _WORKING, None, {_A.TWO_PEOPLE}),
    _row(Act.STEP, "Hoàn thành bước", "Complete the step", {_S.IN_PROCESS}, _S.IN_PROCESS, {_A.STEP}),
    _row(
        Act.RETURN_STEP, "Trả lại bước trước", "Return to an earlier step",
        {_S.IN_PROCESS}, _S.IN_PROCESS, {_A.STEP},
    ),
    _row(
        Act.TRANSFER, "Chuyển cơ quan", "Transfer",
        {_S.SUBMITTED, *_WORKING}, _S.TRANSFERRED, {_A.DESK, _A.LEADER}, ClockEffect.PAUSE,
    ),
    _row(
        Act.ACCEPT_TRANSFER, "Nhận chuyển", "Accept the transfer",
        {_S.TRANSFERRED}, _S.RECEIVED, {_A.DESK}, ClockEffect.RESUME,
    ),
    _row(
        Act.DECLINE_TRANSFER, "Từ chối nhận chuyển", "Decline the transfer",
        {_S.TRANSFERRED}, None, {_A.DESK}, ClockEffect.RESUME,
    ),
    _row(
        Act.SUSPEND, "Tạm dừng có căn cứ", "Suspend",
        {_S.IN_PROCESS}, _S.IN_PROCESS, {_A.LEADER}, ClockEffect.PAUSE,
    ),
    _row(Act.RESUME, "Tiếp tục", "Resume", {_S.IN_PROCESS}, _S.IN_PROCESS, {_A.LEADER}, ClockEffect.RESUME),
    _row(Act.EXTEND, "Gia hạn có căn cứ", "Extend", _WORKING, None, {_A.LEADER}, ClockEffect.MOVE),
    _row(Act.NOTIFY_DELAY, "Xin lỗi, hẹn lại", "Notify a delay", DELAYED_IN, None, {_A.LEADER}),
    # Not rows of the design's table: the letter is prepared by who has the dossier (ADR 0061).
    _row(Act.PREPARE_DELAY, "Trình xin lỗi, hẹn lại", "Prepare an apology", DELAYED_IN, None, {_A.STEP}),
    _row(Act.SEND_BACK_DELAY, "Trả lại văn bản xin lỗi", "Give the apology back", DELAYED_IN, None, {_A.LEADER}),
    # Not a row of the design's table: what a register could not say is filled in by a paper (ADR 0040).
    _row(
        Act.BACKFILL, "Đối chiếu bằng giấy tờ", "Check by a paper",
        {*_WORKING, *_WAITING}, None, {_A.DESK, _A.STEP},
    ),
    # Not rows of the design's table: opinions of others, with a clock of their own (ADR 0056). One that pauses the
    # dossier's does so as a suspension does.
    _row(
        Act.CONSULT, "Lấy ý kiến", "Ask for an opinion",
        {_S.IN_PROCESS}, None, {_A.STEP, _A.LEADER}, ClockEffect.PAUSE,
    ),
    _row(
        Act.ANSWER_CONSULTATION, "Trả lời ý kiến", "Answer with an opinion",
        _CONSULTED, None, {_A.CONSULTED}, ClockEffect.RESUME,
    ),
    _row(
        Act.HAND_ON_CONSULTATION, "Giao người trả lời ý kiến", "Say who answers",
        _CONSULTED, None, {_A.CONSULTED},
    ),
    _row(
        Act.REMIND_CONSULTED, "Nhắc cho ý kiến", "Remind of an opinion",
        _CONSULTED, None, {_A.STEP, _A.LEADER},
    ),
    _row(
        Act.TAKE_BACK_CONSULTATION, "Rút việc lấy ý kiến", "Take an opinion's request back",
        _CONSULTED, None, {_A.STEP, _A.LEADER}, ClockEffect.RESUME,
    ),
    _row(Act.DECIDE, "Ban hành kết quả", "Decide", {_S.IN_PROCESS}, _S.DECIDED, {_A.STEP}, ClockEffect.STOP),
    _row(Act.MAKE_AVAILABLE, "Sẵn sàng trả kết quả", "Make available", {_S.DECIDED}, _S.DECIDED, {_A.DESK}),
    _row(Act.NOTIFY_READY, "Báo đã có kết quả", "Notify ready", {_S.DECIDED}, _S.DECIDED, {_A.DESK}),
    # Not a row of the design's table: where papers are, which changes neither state nor clock (ADR 0021).
    _row(Act.MOVE_PAPERS, "Chuyển chỗ giấy tờ", "Move papers", OPEN, None, {_A.DESK, _A.POST}),
    _row(Act.HAND_OVER, "Trả kết quả", "Hand over", {_S.DECIDED}, _S.RETURNED, {_A.DESK, _A.POST}),
    # The desk does it, with the signer on duty named in it, who is never the same person.
    _row(
        Act.EXPRESS, "Giải quyết ngay", "Express",
        set(), _S.RETURNED, {_A.DESK}, ClockEffect.STOP, from_draft=True,
    ),
    _row(
        Act.WITHDRAW, "Rút hồ sơ", "Withdraw",
        {_S.SUBMITTED, *_WORKING, *_WAITING, _S.TRANSFERRED}, _S.WITHDRAWN, {_A.APPLICANT, _A.DESK}, ClockEffect.STOP,
    ),
    _row(Act.STOP, "Dừng giải quyết", "Stop", {*_WAITING, _S.IN_PROCESS}, _S.STOPPED, {_A.LEADER}, ClockEffect.STOP),
    _row(
        Act.GIVE_BACK_PAPERS, "Trả lại giấy tờ", "Give back papers",
        {_S.REFUSED, _S.WITHDRAWN, _S.STOPPED}, None, {_A.DESK},
    ),
    _row(
        Act.VOID_RECEIPT, "Hủy giấy tiếp nhận", "Void the receipt",
        {_S.RECEIVED}, _S.STOPPED, {_A.TWO_PEOPLE}, ClockEffect.STOP,
    ),
    _row(
        Act.CLOSE_AS_DUPLICATE, "Đóng vì trùng", "Close as duplicate",
        {_S.SUBMITTED, *_WORKING}, _S.STOPPED, {_A.TWO_PEOPLE}, ClockEffect.STOP,
    ),
    _row(
        Act.CORRECT_RECEPTION, "Đính chính tiếp nhận", "Correct the reception",
        _WORKING, None, {_A.TWO_PEOPLE}, ClockEffect.ANEW_IF_VARIANT,
    ),
    _row(
        Act.REOPEN_FOR_CORRECTION, "Mở lại để sửa", "Reopen for correction",
        {_S.DECIDED, _S.RETURNED}, _S.IN_PROCESS, {_A.TWO_PEOPLE},
    ),
    _row(
        Act.REVOKE_RESULT, "Thu hồi kết quả", "Revoke the result",
        {_S.DECIDED, _S.RETURNED}, None, {_A.LEADER},
    ),
    _row(Act.MIRROR, "Phản chiếu", "Mirror", frozenset(State), None, {_A.INTEROP}, built=False, from_draft=True),
)
# fmt: on

ACTS: dict[Act, Row] = {row.act: row for row in _ROWS}
# What was received with a slip, because it could not be done at once, ends the same way from here.
FINISHED_AT_ONCE_FROM = _WORKING
MOST_SUPPLEMENT_REQUESTS = 2  # ND 63/2010 art. 20(4)
