"""What bars an act on a dossier beside the act table: what only its process or pinned version shows, so that nobody
fills in a form that must be refused. Each says why, or None where nothing is in the way."""

from datetime import datetime

from motcua.dossiers.operations import OPENED, silent_since
from motcua.dossiers.states import MOST_SUPPLEMENT_REQUESTS
from motcua.flows.corrections import not_corrected
from motcua.flows.transfers import stuck
from motcua.kernel.say import Say
from motcua.web.common.children import waits_for
from motcua.web.desk.facts import Facts


def nothing(_facts: Facts, _at: datetime) -> None:
    """Never barred."""
    return


def last_step(facts: Facts, _at: datetime) -> Say | None:
    """Its last step is no step to complete."""
    if not facts.row["last_step"]:
        return None
    return Say("Đây là bước cuối: hãy ban hành kết quả.", "This is the last step: issue the result.")


def not_approved(facts: Facts, _at: datetime) -> Say | None:
    """A result is issued once it is approved and signed."""
    if facts.row["last_step"] and facts.row["approval"] is not None:
        return None
    return Say(
        "Chưa thể ban hành: lãnh đạo chưa duyệt, ký kết quả.",
        "It can't be issued yet: no leader has approved and signed the result.",
    )


def parts_awaited(facts: Facts, _at: datetime) -> Say | None:
    """It is at its last step, and no other agency has still to end its part."""
    parts = waits_for(facts.row) if facts.row["last_step"] else None
    if parts is None:
        return None
    return Say(
        f"Chưa ban hành được: còn chờ phần {parts.vi}.", f"It can't be issued yet: it waits for {parts.en}."
    )


def not_to_be_issued(facts: Facts, at: datetime) -> Say | None:
    """It is signed, and waits for no other agency."""
    return not_approved(facts, at) or parts_awaited(facts, at)


def no_way_back(facts: Facts, _at: datetime) -> Say | None:
    """The open step has a way back."""
    if facts.earlier:
        return None
    return Say("Quy trình không cho trả lại từ bước này.", "The process has no way back from this step.")


def asked_twice(facts: Facts, _at: datetime) -> Say | None:
    """Not a third time (ND 63/2010 art. 20(4))."""
    if facts.row["supplement_count"] < MOST_SUPPLEMENT_REQUESTS:
        return None
    return Say(
        "Hồ sơ đã yêu cầu bổ sung hai lần; không được yêu cầu lần thứ ba (NĐ 63/2010 Đ20.4).",
        "Papers were asked for twice; a third request is barred (Decree 63/2010 art. 20.4).",
    )


def no_ground_to_suspend(facts: Facts, _at: datetime) -> Say | None:
    """The version has a ground for a pause."""
    if facts.suspension_grounds:
        return None
    return Say(
        "Thủ tục này không có căn cứ nào để tạm dừng.", "This procedure has no ground for a suspension."
    )


def no_time_to_extend(facts: Facts, at: datetime) -> Say | None:
    """The version has a ground, and the limit has not run out."""
    if (waiting := not_started(facts, at)) is not None:
        return waiting
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


def not_at_the_desk(facts: Facts, _at: datetime) -> Say | None:
    """The result is at the desk."""
    if facts.row["available_at"] is not None:
        return None
    return Say("Kết quả chưa về quầy.", "The result is not at the desk yet.")


def nothing_owed(facts: Facts, _at: datetime) -> Say | None:
    """Papers are left to give back."""
    if facts.row["papers_owed"]:
        return None
    return Say("Không còn giấy tờ nào phải trả lại.", "No papers are left to give back.")


def not_started(facts: Facts, _at: datetime) -> Say | None:
    """Its limit runs: no other agency has still to accept it."""
    if facts.row["clock_from"] is not None:
        return None
    return Say(
        "Thời hạn chưa bắt đầu: cơ quan có thẩm quyền chưa nhận hồ sơ.",
        "The limit has not started: the competent agency has not accepted the dossier yet.",
    )


def no_step(facts: Facts, _at: datetime) -> Say | None:
    """A step is open."""
    if facts.row["step"] is not None:
        return None
    return Say("Hồ sơ không có bước nào đang mở.", "The dossier has no open step.")


def opened_since(facts: Facts, _at: datetime) -> Say | None:
    """Whom it came to has not opened it."""
    row = facts.row
    return OPENED if all(one["seq"] in row["opened"] for one in row["sent"]) else None


def nobody_barred(facts: Facts, at: datetime) -> Say | None:
    """Somebody declared a conflict of interest, and nothing is proposed."""
    if facts.row["barred"]:
        return proposed_already(facts, at)
    return Say(
        "Hồ sơ không có ai khai xung đột lợi ích.", "Nobody declared a conflict of interest on the dossier."
    )


def silent(facts: Facts, at: datetime) -> Say | None:
    """The 8 working hours are not over, or nobody could take it over."""
    if silent_since(facts.row, at) is None or stuck(facts.row, at, at):
        return None
    return Say(
        "Đã quá 8 giờ làm việc kể từ khi nhận chuyển; hồ sơ coi như đã được chấp nhận.",
        "More than 8 working hours have passed since delivery; the dossier counts as accepted.",
    )


def not_received(facts: Facts, _at: datetime) -> Say | None:
    """It is received."""
    if facts.row["received_at"] is not None:
        return not_started(facts, _at)
    return Say("Hồ sơ chưa được tiếp nhận.", "The dossier is not received yet.")


def on_the_shelf(facts: Facts, _at: datetime) -> Say | None:
    """It is not on the shelf yet."""
    if facts.row["available_at"] is None:
        return None
    return Say("Kết quả đã sẵn sàng tại quầy.", "The result is on the shelf already.")


def proposed_already(facts: Facts, _at: datetime) -> Say | None:
    """Nothing is proposed on it yet."""
    if facts.row["pending"] is None:
        return None
    return Say("Hồ sơ đang có một đề nghị chờ xác nhận.", "Something is proposed on the dossier already.")


def not_to_be_corrected(facts: Facts, at: datetime) -> Say | None:
    """It is none of the certification desk's, and nothing is proposed."""
    return not_corrected(facts.row) or proposed_already(facts, at)


def nothing_to_reopen(facts: Facts, at: datetime) -> Say | None:
    """It has a process to go back to, and nothing is proposed."""
    if facts.process is not None:
        return proposed_already(facts, at)
    return Say(
        "Hồ sơ giải quyết ngay không có quy trình để làm lại.",
        "What was done at once has no process to go back to.",
    )


def nothing_to_charge(facts: Facts, _at: datetime) -> Say | None:
    """Something of a known amount is open."""
    if any(charge.amount is not None for charge in facts.chargeable):
        return None
    return Say(
        "Hồ sơ không có khoản nào đã biết mức thu mà chưa nộp.",
        "The dossier has no charge of a known amount that is still open.",
    )


def nothing_to_pay(facts: Facts, at: datetime) -> Say | None:
    """Something is open, and all its amounts are known."""
    if facts.open_charges and facts.owed is None:
        return Say(
            "Mức thu chưa có trong hệ thống; lãnh đạo hoặc phụ trách quầy nhập theo nghị quyết rồi mới thu.",
            "The amount is not known here; a leader or the desk manager enters it from the council's decision first.",
        )
    return nothing_open(facts, at)


def nothing_open(facts: Facts, _at: datetime) -> Say | None:
    """Something is open."""
    if facts.open_charges:
        return None
    return Say("Hồ sơ không còn khoản nào phải thu.", "The dossier owes nothing.")


def all_amounts_known(facts: Facts, _at: datetime) -> Say | None:
    """An amount is not known."""
    if any(charge.amount is None for charge in facts.open_charges):
        return None
    return Say("Mọi khoản thu đều đã có mức thu.", "The amounts of all charges are known.")
