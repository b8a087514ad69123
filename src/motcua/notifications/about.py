"""What one kind of message says, and what is told before there is a dossier: somebody is asked to confirm a draft, and
its writer learns what they answered (ADR 0043). Names stand in them masked. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.kernel.say import Say


@dataclass(frozen=True, slots=True)
class About:
    """What one kind of message says: its subject, its sentences for reading, and the same as a text message.

    `asked_for`: it answers what the person has just done.
    """

    subject: Say
    sentences: Say
    short: Say
    asked_for: bool = False


UNFILED: Mapping[str, About] = {
    "asked_to_confirm": About(
        Say("{name} chờ ông/bà xác nhận một hồ sơ", "{name} waits for you to confirm a dossier"),
        Say(
            "{name} soạn hồ sơ “{procedure}” và khai ông/bà là người phải xác nhận trước khi nộp. Hãy đăng nhập bằng "
            "tài khoản định danh, mở “Hồ sơ của tôi”, đọc rồi xác nhận hoặc không. Nếu ông/bà không biết việc này thì "
            "không phải làm gì.",
            "{name} is writing a dossier, “{procedure}”, and names you as somebody who has to confirm it before it is "
            "handed in. Sign in with your identity account, open “My dossiers”, read it, and confirm it or not. If you "
            "know nothing of it, you need not do anything.",
        ),
        Say(
            "{name} cho ong/ba dang nhap xac nhan mot ho so. Khong biet viec nay thi bo qua.",
            "{name} waits for you to sign in and confirm a dossier. Unknown to you? Ignore this.",
        ),
    ),
    "was_confirmed": About(
        Say("{name} đã xác nhận hồ sơ ông/bà đang soạn", "{name} has confirmed the dossier you are writing"),
        Say(
            "{name} đã xác nhận hồ sơ “{procedure}” ông/bà đang soạn. Khi mọi người đã xác nhận, hãy mở “Hồ sơ của "
            "tôi” để nộp.",
            "{name} has confirmed your draft of “{procedure}”. Once all have confirmed it, open “My dossiers” and hand "
            "it in.",
        ),
        Say(
            "{name} da xac nhan ho so ong/ba dang soan.",
            "{name} has confirmed the dossier you are writing.",
        ),
    ),
    "was_declined": About(
        Say(
            "{name} không xác nhận hồ sơ ông/bà đang soạn",
            "{name} does not confirm the dossier you are writing",
        ),
        Say(
            "{name} không xác nhận hồ sơ “{procedure}” ông/bà đang soạn. Lý do ghi ở trang kiểm tra của hồ sơ trong “"
            "Hồ sơ của tôi”; hãy sửa rồi gửi lại để xác nhận.",
            "{name} does not confirm your draft of “{procedure}”. The reason stands on its last page in “My dossiers”; "
            "mend it and send it again to be confirmed.",
        ),
        Say(
            "{name} khong xac nhan ho so ong/ba dang soan. Dang nhap xem ly do.",
            "{name} does not confirm the dossier you are writing. Sign in to see why.",
        ),
    ),
}
UNFILED_TITLES: Mapping[str, Say] = {
    "asked_to_confirm": Say("Chờ xác nhận trước khi nộp", "To be confirmed before it is handed in"),
    "was_confirmed": Say("Đã xác nhận", "Confirmed"),
    "was_declined": Say("Không xác nhận", "Not confirmed"),
}
