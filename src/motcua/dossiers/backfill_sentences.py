"""The sentences of what a register could not say at reception. Pure."""

from motcua.dossiers import events as e
from motcua.kernel.say import Say


def backfilled(event: e.FieldBackfilled) -> Say:
    """What a register, or a paper instead of it, said."""
    return {
        "same": Say(
            f"Cơ sở dữ liệu dân cư đã trả lời, khớp với hồ sơ (yêu cầu {event.number}).",
            f"The population register has answered and agrees with the dossier (request {event.number}).",
        ),
        "differs": Say(
            f"Cơ sở dữ liệu dân cư đã trả lời, khác với hồ sơ, cần xem lại (yêu cầu {event.number}).",
            f"The population register has answered and differs; somebody must look (request {event.number}).",
        ),
        "not_found": Say(
            f"Cơ sở dữ liệu dân cư đã trả lời: không tìm thấy người này, cần xem lại (yêu cầu {event.number}).",
            f"The population register does not know this person; somebody must look (request {event.number}).",
        ),
        "shown": Say(
            "Đối chiếu bằng giấy tờ thay cho cơ sở dữ liệu dân cư.",
            "Checked by a paper instead of the population register.",
        ),
    }[event.outcome]
