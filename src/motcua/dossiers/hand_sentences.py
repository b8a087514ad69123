"""The sentences of the events that say in whose hands the open step is. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from motcua.agencies.positions import POSITION_KINDS
from motcua.dossiers import events as e
from motcua.dossiers.interests import KINDS
from motcua.kernel.say import Say, counted
from motcua.kernel.time import local


def _assigned(event: e.DossierAssigned) -> Say:
    if event.holder.account is None:
        return Say(
            f"Lãnh đạo đưa bước {event.step} về danh sách chung.",
            f"Step {event.step} was given back to the shared list.",
        )
    return Say(
        f"Lãnh đạo phân công người làm bước {event.step}.", f"Step {event.step} was given to a person."
    )


def _claimed(event: e.DossierClaimed) -> Say:
    if event.before is not None:
        return Say(
            f"Nhận bước {event.step} đang đứng tên người khác về mình.",
            f"Step {event.step} was taken over from another person.",
        )
    return Say(
        f"Nhận bước {event.step} từ danh sách chung về mình.",
        f"Step {event.step} was claimed from the shared list.",
    )


def _handed_on(event: e.DossierHandedOn) -> Say:
    to = (
        Say("cho người kế nhiệm", "to a successor")
        if event.holder.account
        else Say("về danh sách chung", "to the shared list")
    )
    after = Say(" khi hết chờ", " once the wait is over") if event.waits else Say("", "")
    return Say(
        f"Bàn giao bước {event.step} {to.vi}{after.vi}, vì người đang giữ không còn ở vị trí.",
        f"Step {event.step} was handed on {to.en}{after.en}, because who had it no longer works in the seat.",
    )


def _put_back(event: e.DossierPutBack) -> Say:
    return Say(
        f"Trả bước {event.step} về danh sách chung.", f"Step {event.step} was put back on the shared list."
    )


def _recalled(event: e.StepRecalled) -> Say:
    number = event.number or event.step.number
    return Say(
        f"Rút lại bước {number} đã chuyển, khi người nhận chưa mở hồ sơ.",
        f"Step {number} was recalled before who got it had opened the dossier.",
    )


def by_rule(given: tuple[e.GivenFact, ...]) -> Say:
    """To whom the rules of the steps that opened gave them, and why, as the end of a sentence; "" where none did."""
    said = [_by_rule(one) for one in given]
    return Say("".join(one.vi for one in said), "".join(one.en for one in said))


def _by_rule(given: e.GivenFact) -> Say:
    if given.rule == "load":
        return Say(
            f" Giao cho người ít việc nhất: đang giữ {given.steps} hồ sơ.",
            f" Given to who has least: {counted(given.steps, 'dossier')}.",
        )
    if given.rule == "rotation":
        if given.since is None:
            return Say(
                " Giao theo lượt: người này chưa được giao lần nào.",
                " Given in turn: nothing was given to this person yet.",
            )
        last = f"{local(given.since):%H:%M %d/%m/%Y}"
        return Say(f" Giao theo lượt: lần giao trước {last}.", f" Given in turn: last time {last}.")
    if given.account is not None:
        return Say(f" Giao theo địa bàn: {given.area}.", f" Given by territory: {given.area}.")
    area = given.area or "chưa rõ"
    return Say(
        f" Địa bàn {area}: không có người phụ trách làm được bước này, để ở danh sách chung.",
        f" Territory {given.area or 'unknown'}: nobody who serves it may do this step; it waits on the shared list.",
    )


def _declared(event: e.InterestDeclared) -> Say:
    kind = KINDS[event.kind]
    return Say(
        f"Khai xung đột lợi ích ({kind.vi}); không tham gia giải quyết hồ sơ này nữa.",
        f"A conflict of interest was declared ({kind.en}); its officer takes no part any more.",
    )


def _lifted(event: e.InterestLifted) -> Say:
    title = POSITION_KINDS[event.proposed.position].title
    return Say(
        f"Người đã khai xung đột lợi ích được tham gia lại ({title.vi} đề nghị).",
        f"Who declared a conflict of interest takes part again (proposed by: {title.en}).",
    )


NOTED = {
    "own": Say("Ghi chú riêng.", "A note for oneself."),
    "unit": Say("Ghi chú của đơn vị.", "A note for the unit."),
}


def _message(event: e.MessageWritten) -> Say:
    to = Say(event.to.name, event.to.name_en)
    if event.answers:
        return Say(f"Trả lời tin nhắn của {to.vi}.", f"A message of {to.en} was answered.")
    return Say(f"Nhắn tin cho {to.vi}.", f"A message to {to.en}.")


# Of these people read that somebody else does the work, not why.
IN_OTHER_WORDS: Mapping[str, Say] = {
    e.InterestDeclared.TYPE: Say(
        "Đổi người giải quyết hồ sơ.", "Somebody else works on the dossier from here on."
    ),
    e.InterestLifted.TYPE: Say(
        "Xem lại việc phân công giải quyết hồ sơ.", "Who works on the dossier was looked at again."
    ),
}
HANDS: Mapping[str, Callable[[Any], Say]] = {
    e.DossierAssigned.TYPE: _assigned,
    e.DossierClaimed.TYPE: _claimed,
    e.DossierPutBack.TYPE: _put_back,
    e.DossierHandedOn.TYPE: _handed_on,
    e.StepRecalled.TYPE: _recalled,
    e.InterestDeclared.TYPE: _declared,
    e.InterestLifted.TYPE: _lifted,
    e.NoteWritten.TYPE: lambda event: NOTED[event.whose],
    e.MessageWritten.TYPE: _message,
}
