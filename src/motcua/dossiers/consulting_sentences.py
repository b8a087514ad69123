"""What the history says of opinions that were asked for. Pure."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from motcua.dossiers import events as e
from motcua.dossiers.consulted import ANSWERS
from motcua.kernel.say import Say
from motcua.kernel.time import local


def _when(value: datetime) -> str:
    return f"{local(value):%H:%M %d/%m/%Y}"


def _asked(event: e.ConsultationAsked) -> Say:
    vi = "; ".join(f"{body.name}, đến {_when(body.due_at)}" for body in event.bodies)
    en = "; ".join(f"{body.name_en}, by {_when(body.due_at)}" for body in event.bodies)
    if event.pauses:
        return Say(
            f"Lấy ý kiến {vi}. Thời gian chờ không tính vào thời hạn ({event.basis}).",
            f"Asked for an opinion: {en}. The wait is left out of the limit ({event.basis}).",
        )
    return Say(f"Lấy ý kiến {vi}.", f"Asked for an opinion: {en}.")


def _handed_on(event: e.ConsultationHandedOn) -> Say:
    body = event.body
    if event.account is None:
        return Say(
            f"Người được giao trả lời ý kiến của {body.name} không còn ở vị trí; việc về danh sách của nơi ấy.",
            f"Who was to answer for {body.name_en} no longer works in the seat; it is on that body's list again.",
        )
    return Say(f"{body.name} giao người trả lời ý kiến.", f"{body.name_en} said who answers.")


def _reminded(event: e.ConsultationReminded) -> Say:
    return Say(f"Nhắc {event.body.name} cho ý kiến.", f"{event.body.name_en} was reminded of its opinion.")


def _late(event: e.ConsultationAnswered) -> tuple[str, str]:
    return (" (quá hạn)", " (late)") if event.late else ("", "")


def _answered(event: e.ConsultationAnswered) -> Say:
    said, (vi, en) = ANSWERS[event.outcome], _late(event)
    paper = Say(f"; văn bản số {event.number}", f"; paper {event.number}") if event.number else Say("", "")
    return Say(
        f"{event.body.name} trả lời{vi}: {said.vi}{paper.vi}.",
        f"{event.body.name_en} answered{en}: {said.en}{paper.en}.",
    )


def _lapsed(event: e.ConsultationLapsed) -> Say:
    if event.tacit:
        return Say(
            f"{event.body.name} không trả lời trong hạn: coi như đồng ý theo quy trình.",
            f"{event.body.name_en} did not answer in time: agreement, as the process says.",
        )
    return Say(
        f"{event.body.name} không trả lời trong hạn; hồ sơ được giải quyết tiếp.",
        f"{event.body.name_en} did not answer in time; the dossier goes on.",
    )


def _taken_back(event: e.ConsultationTakenBack) -> Say:
    return Say(f"Rút việc lấy ý kiến {event.body.name}.", f"{event.body.name_en} is asked no more.")


CONSULTING: Mapping[str, Callable[[Any], Say]] = {
    e.ConsultationAsked.TYPE: _asked,
    e.ConsultationHandedOn.TYPE: _handed_on,
    e.ConsultationReminded.TYPE: _reminded,
    e.ConsultationAnswered.TYPE: _answered,
    e.ConsultationLapsed.TYPE: _lapsed,
    e.ConsultationTakenBack.TYPE: _taken_back,
}


def answer_heard(event: e.ConsultationAnswered) -> Say:
    """The same as people read it: that an answer came; what it says is the agency's to weigh."""
    vi, en = _late(event)
    return Say(f"{event.body.name} đã trả lời ý kiến{vi}.", f"{event.body.name_en} answered{en}.")
