"""What an administrator does for a person, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.agencies.absences import StandIn
from motcua.agencies.people import PersonLine, SeatHeld
from motcua.agencies.policy import StaffAct
from motcua.dossiers.states import ACTS, Act
from motcua.kernel.say import Say
from motcua.web.common.wording import say

APPROVES = Say("với lãnh đạo là Duyệt và ký", "of a leader: approve and sign")


@dataclass(frozen=True, slots=True)
class ActWords:
    """Its title, what it means, and what is said when it is done."""

    title: Say
    about: Say
    done: Say
    is_hard: bool = False


PERSON_ACTS: Mapping[StaffAct, ActWords] = {
    StaffAct.APPOINT: ActWords(
        Say("Giao vị trí", "Appoint to a seat"),
        Say(
            "Người này làm được việc của vị trí từ ngày bắt đầu. Một người giữ được nhiều vị trí.",
            "From the first day on the person may do what the seat may. One person may hold several seats.",
        ),
        Say("Đã giao vị trí.", "The person was appointed."),
    ),
    StaffAct.STAND_IN: ActWords(
        Say("Giao làm thay, ký thay có thời hạn", "Appoint as back-up, or give a mandate"),
        Say(
            "Trong thời hạn này, việc làm ở vị trí được ghi vào sổ là làm thay, kèm số văn bản phân công. Người làm "
            "thay không giao tiếp cho ai; người giao và người làm thay luôn tính là một người.",
            "During that time, what is done in the seat is written down as done for the other, with the document. "
            "It is not given on to anybody; who gives and who acts always count as one person.",
        ),
        Say("Đã giao làm thay.", "The back-up was appointed."),
    ),
    StaffAct.RESET_FACTORS: ActWords(
        Say("Đặt lại xác thực hai lớp", "Reset the second factor"),
        Say(
            "Dùng khi mất điện thoại, mất khóa và không còn mã khôi phục. Hãy gặp hoặc gọi lại đúng người trước. "
            "Ứng dụng, khóa, mã khôi phục và mã PIN mất hiệu lực; người này được báo và đăng ký lại khi đăng nhập.",
            "For a lost telephone or key with no recovery code left. Meet the person, or call them back, first. App, "
            "passkeys, recovery codes and PIN stop working; the person is told, and enrols anew at the next sign-in.",
        ),
        Say("Đã đặt lại xác thực hai lớp.", "The second factor was reset."),
        is_hard=True,
    ),
    StaffAct.RESET_PASSWORD: ActWords(
        Say("Đặt lại mật khẩu", "Reset the password"),
        Say(
            "Hệ thống đặt một mật khẩu mới, chỉ hiện một lần; người này phải đổi khi đăng nhập. "
            "Các phiên đang mở kết thúc.",
            "A new password is made and shown once; the person must change it at the sign-in. Open sessions end.",
        ),
        Say("Đã đặt lại mật khẩu.", "The password was reset."),
        is_hard=True,
    ),
    StaffAct.LOCK: ActWords(
        Say("Khóa tài khoản", "Lock the account"),
        Say(
            "Người này không đăng nhập được nữa, các phiên đang mở kết thúc, và không việc mới nào giao cho họ. "
            "Việc đang đứng tên họ chờ được bàn giao; mở lại tài khoản thì vị trí trở lại như trước.",
            "The person can no longer sign in, open sessions end, and no new work is given to them. What stands in "
            "their name waits to be handed on; once the account is unlocked, their seats are as before.",
        ),
        Say("Đã khóa tài khoản.", "The account was locked."),
        is_hard=True,
    ),
    StaffAct.UNLOCK: ActWords(
        Say("Mở lại tài khoản", "Unlock the account"),
        Say("Người này lại đăng nhập được.", "The person can sign in again."),
        Say("Đã mở lại tài khoản.", "The account was unlocked."),
    ),
}
ENDED = Say("Đã kết thúc lượt giữ vị trí.", "The appointment was ended.")


def act_words(act: Act) -> str:
    """An act that a mandate names: a leader completes a step by approving and signing."""
    label = say(ACTS[act].label)
    return f"{label} ({say(APPROVES)})" if act is Act.STEP else label


def limit_words(seat: SeatHeld | StandIn) -> str:
    """What a mandate is for alone: its acts, sectors and procedures."""
    limits = seat.limits or {}
    acts = [act_words(Act(act)) for act in limits.get("acts", ())]
    return ", ".join([*acts, *limits.get("sectors", ()), *limits.get("procedures", ())])


def fits(act: StaffAct, person: PersonLine) -> bool:
    """Whether the act makes sense as the person's account stands."""
    if act in (StaffAct.LOCK, StaffAct.UNLOCK):
        return person.is_active == (act is StaffAct.LOCK)
    return True
