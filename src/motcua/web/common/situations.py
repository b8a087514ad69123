"""A dossier's situation in words for its applicant: what it means, what comes next, what to do. Data."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from motcua.dossiers.row import Row
from motcua.dossiers.states import State
from motcua.kernel.say import Say
from motcua.web.common.children import waits_for


@dataclass(frozen=True, slots=True)
class Situation:
    """`now` is what the state means, `then` what follows, `do` what the applicant should do (None: wait)."""

    now: Say
    then: Say
    do: Say | None = None
    is_over: bool = False


SITUATIONS: dict[str, Situation] = {
    State.SUBMITTED: Situation(
        Say(
            "Hồ sơ đã nộp, bộ phận một cửa đang kiểm tra giấy tờ.",
            "The dossier is handed in; the desk is checking the papers.",
        ),
        Say(
            "Bộ phận một cửa trả lời trong 8 giờ làm việc: tiếp nhận, hoặc nêu một lần tất cả những gì còn thiếu.",
            "The desk answers within 8 working hours: it accepts, or names everything missing at once.",
        ),
    ),
    State.RECEIVED: Situation(
        Say(
            "Hồ sơ đủ và hợp lệ, đã được tiếp nhận và chuyển đến người giải quyết.",
            "The dossier is complete and valid; it was accepted and passed on to be settled.",
        ),
        Say("Người được giao nhận việc và bắt đầu xem xét.", "The officer in charge takes it up."),
    ),
    "expected": Situation(
        Say(
            "Hồ sơ đủ và hợp lệ, đã được tiếp nhận để chuyển đến cơ quan có thẩm quyền giải quyết.",
            "The dossier is complete and valid; it was accepted for the agency that is competent to settle it.",
        ),
        Say(
            "Khi cơ quan đó nhận hồ sơ, thời hạn bắt đầu và ông/bà được báo ngày hẹn trả chính thức.",
            "Once that agency accepts it, the time limit starts and you are told the firm date.",
        ),
    ),
    State.IN_PROCESS: Situation(
        Say("Hồ sơ đang được giải quyết.", "The dossier is being settled."),
        Say(
            "Sau khi xem xét, kết quả được trình lãnh đạo ký, vào sổ rồi chuyển về quầy trả kết quả.",
            "After examination the result is signed, registered and sent to the desk for collection.",
        ),
    ),
    "suspended": Situation(
        Say(
            "Việc giải quyết đang tạm dừng có căn cứ pháp luật; thời hạn chưa tính tiếp.",
            "Settling is suspended on a legal ground; the time limit is not running.",
        ),
        Say(
            "Khi hết lý do tạm dừng, hồ sơ được giải quyết tiếp và ngày hẹn trả được tính lại.",
            "When the ground is gone, settling goes on and the due date is computed anew.",
        ),
    ),
    State.SUPPLEMENT_REQUESTED: Situation(
        Say(
            "Hồ sơ đang chờ ông/bà bổ sung giấy tờ; trong lúc chờ, thời hạn không tính.",
            "The dossier waits for papers from you; meanwhile the time limit does not run.",
        ),
        Say(
            "Nhận đủ giấy tờ, cơ quan giải quyết tiếp và ngày hẹn trả được tính lại.",
            "With all papers in, settling goes on and the due date is computed anew.",
        ),
        Say(
            "Mang những giấy tờ dưới đây, cùng giấy tiếp nhận, đến nơi đã nộp hồ sơ.",
            "Bring the papers listed below, with your receipt, to where you handed in the dossier.",
        ),
    ),
    State.PAYMENT_REQUESTED: Situation(
        Say("Hồ sơ đang chờ ông/bà nộp phí, lệ phí.", "The dossier waits for your payment."),
        Say("Nhận đủ tiền, cơ quan giải quyết tiếp.", "Once it is paid, settling goes on."),
        Say(
            "Nộp tiền tại quầy, mang theo giấy tiếp nhận, nhớ lấy biên lai; hoặc bấm nút Thanh toán để chuyển khoản.",
            "Pay at the desk with your receipt and take the fee receipt with you; or use the payment button below.",
        ),
    ),
    State.TRANSFERRED: Situation(
        Say(
            "Hồ sơ đang được chuyển đến cơ quan có thẩm quyền.",
            "The dossier is on its way to the competent agency.",
        ),
        Say(
            "Cơ quan nhận trả lời trong 8 giờ làm việc. Việc chuyển không làm ông/bà phải nộp lại từ đầu.",
            "That agency answers within 8 working hours. You need not hand anything in again.",
        ),
    ),
    State.DECIDED: Situation(
        Say(
            "Đã có kết quả; kết quả đang được chuyển về quầy.",
            "The result is issued and on its way to the desk.",
        ),
        Say(
            "Khi kết quả về đến quầy, trang này ghi rõ nơi nhận.",
            "Once it is at the desk, this page says where to collect it.",
        ),
    ),
    "ready": Situation(
        Say("Kết quả đã có ở quầy, mời ông/bà đến nhận.", "The result is at the desk: please collect it."),
        Say("Nhận xong là kết thúc hồ sơ.", "With the hand-over the dossier is finished."),
        Say(
            "Mang giấy tiếp nhận và giấy tờ tùy thân; người nhận thay mang thêm giấy ủy quyền.",
            "Bring your receipt and an identity paper; somebody else also brings an authorisation.",
        ),
    ),
    "in_post": Situation(
        Say("Kết quả đang được bưu chính chuyển đến ông/bà.", "The result is on its way to you by post."),
        Say(
            "Nếu bưu chính không gặp được người nhận, kết quả trở lại quầy và trang này ghi như vậy.",
            "If the post meets nobody, the result comes back to the desk and this page says so.",
        ),
    ),
    State.RETURNED: Situation(
        Say("Đã trả kết quả, hồ sơ kết thúc.", "The result was handed over; the dossier is finished."),
        Say(
            "Nếu kết quả có sai sót, hãy mang kết quả trở lại nơi đã nhận để được sửa.",
            "If something in the result is wrong, take it back to the desk to have it mended.",
        ),
        is_over=True,
    ),
    State.REFUSED: Situation(
        Say("Hồ sơ không được tiếp nhận.", "The dossier was not accepted."),
        Say(
            "Lý do ghi trên phiếu từ chối. Ông/bà có thể nộp lại khi đủ điều kiện, hoặc khiếu nại theo luật.",
            "The reason stands on the refusal. You may apply again, or appeal as the law provides.",
        ),
        is_over=True,
    ),
    State.WITHDRAWN: Situation(
        Say("Hồ sơ đã được rút theo yêu cầu của người nộp.", "The dossier was withdrawn at your request."),
        Say("Giấy tờ gốc được trả lại tại quầy.", "Original papers are given back at the desk."),
        is_over=True,
    ),
    State.STOPPED: Situation(
        Say("Cơ quan đã dừng giải quyết hồ sơ.", "The agency stopped settling the dossier."),
        Say(
            "Lý do ghi trên thông báo dừng giải quyết. Giấy tờ gốc được trả lại tại quầy.",
            "The reason stands on the notice. Original papers are given back at the desk.",
        ),
        is_over=True,
    ),
}


SITUATIONS |= {
    "supplied": Situation(
        Say(
            "Đã gửi bổ sung, chờ bộ phận một cửa kiểm tra.",
            "What was asked for is sent; the desk is checking it.",
        ),
        Say(
            "Bộ phận một cửa xem phần bổ sung rồi tiếp nhận, hoặc nêu những gì vẫn còn thiếu.",
            "The desk looks at what was sent, and accepts or names what is still missing.",
        ),
    ),
    "consulting": Situation(
        Say(
            "Đang chờ ý kiến của nơi được hỏi; trong lúc chờ, thời hạn không tính.",
            "The opinion of others is awaited; meanwhile the time limit does not run.",
        ),
        Say(
            "Có ý kiến hoặc hết hạn trả lời, hồ sơ được giải quyết tiếp và ngày hẹn trả được tính lại.",
            "With the opinion, or the end of its time, settling goes on and the due date is computed anew.",
        ),
    ),
    "signed": Situation(
        Say("Hồ sơ đang được giải quyết.", "The dossier is being settled."),
        Say(
            "Lãnh đạo đã ký; kết quả được đóng dấu, vào sổ rồi chuyển về quầy trả kết quả.",
            "It is signed; the result is sealed, registered and sent to the desk for collection.",
        ),
    ),
    "void": Situation(
        Say(
            "Giấy tiếp nhận này đã bị hủy vì cấp nhầm; hồ sơ không được giải quyết.",
            "This receipt is void, it was given by mistake; the dossier is not settled.",
        ),
        Say(
            "Nếu ông/bà vẫn cần giải quyết, hãy đến quầy với giấy tiếp nhận này.",
            "If you still need it settled, come to the desk with this receipt.",
        ),
        is_over=True,
    ),
    "duplicate": Situation(
        Say(
            "Hồ sơ được đóng vì trùng với một hồ sơ khác của cùng yêu cầu.",
            "The dossier is closed: another one is about the same request.",
        ),
        Say("Hồ sơ kia vẫn được giải quyết.", "The other one is still being settled."),
        is_over=True,
    ),
    "reopened": Situation(
        Say(
            "Kết quả có sai sót, cơ quan đang làm lại cho đúng.",
            "Something in the result was wrong; the agency is making it anew.",
        ),
        Say(
            "Ngày hẹn trả cũ vẫn dùng để xét cơ quan đúng hạn hay trễ.",
            "Whether the agency was in time is still judged by the first due date.",
        ),
    ),
    "revoked": Situation(
        Say("Kết quả đã bị thu hồi, không còn giá trị.", "The result is revoked and no longer valid."),
        Say(
            "Căn cứ ghi trong phần “Đã làm những gì”. Hãy liên hệ quầy để được hướng dẫn.",
            "The basis stands under “What was done”. Ask the desk what to do.",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the three parts of a dossier's way, as the bar on the tracking page shows it."""

    label: Say
    is_done: bool
    is_now: bool


_STAGES = (Say("Tiếp nhận", "Reception"), Say("Giải quyết", "Settling"), Say("Trả kết quả", "Hand-over"))
_STAGE_OF: Mapping[State, int] = {
    State.SUBMITTED: 0,
    State.RECEIVED: 1,
    State.IN_PROCESS: 1,
    State.SUPPLEMENT_REQUESTED: 1,
    State.PAYMENT_REQUESTED: 1,
    State.TRANSFERRED: 1,
    State.DECIDED: 2,
    State.RETURNED: 3,
}


def stages(state: State) -> tuple[Stage, ...]:
    """The three parts with what is done and what is under way; empty for a dossier that ended on the way."""
    if state not in _STAGE_OF:
        return ()
    now = _STAGE_OF[state]
    return tuple(Stage(label, is_done=n < now, is_now=n == now) for n, label in enumerate(_STAGES))


def situation(row: Row) -> Situation:
    """The situation of a dossier row: its state, but what was mended, a limit not begun, a suspension and a
    result on the shelf go before it, and what is signed says so, or which agency it waits for. No statement."""
    state = State(row["state"])
    if row["result_revoked"]:
        return SITUATIONS["revoked"]
    if row["stop_ground"] in ("void", "duplicate"):
        return SITUATIONS[row["stop_ground"]]
    if state is State.IN_PROCESS and row["reopened"] and not row["suspended"]:
        return SITUATIONS["reopened"]
    if state is State.SUBMITTED and row["supplement_count"]:
        return SITUATIONS["supplied"]
    if state is State.RECEIVED and row["clock_from"] is None:
        return SITUATIONS["expected"]
    if state is State.IN_PROCESS and row["suspended"]:
        return SITUATIONS["suspended"]
    if row["consulting"] is not None:
        return SITUATIONS["consulting"]
    if state is State.DECIDED and row["manifest"]:
        return SITUATIONS["in_post"]
    if state is State.DECIDED and row["available_at"] is not None:
        return SITUATIONS["ready"]
    if state is State.IN_PROCESS and row["approval"]:
        parts = waits_for(row)
        return SITUATIONS["signed"] if parts is None else replace(SITUATIONS[state], then=_together(parts))
    return SITUATIONS[state]


def _together(parts: Say) -> Say:
    return Say(
        f"Chờ phần {parts.vi}. Xong thì các kết quả được chuyển chung về quầy trả kết quả.",
        f"It waits for {parts.en}. Then all results go to the desk together for collection.",
    )
