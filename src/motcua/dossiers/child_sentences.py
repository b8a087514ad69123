"""The sentences of a dossier and its children at other agencies. Pure. What people read names no code but theirs."""

from collections.abc import Callable, Mapping
from typing import Any

from motcua.dossiers import events as e
from motcua.dossiers.states import State
from motcua.kernel.say import Say

Names = Callable[[str], Say]
ENDED_AS = {
    "granted": Say("đã có kết quả", "has its result"),
    "partly": Say("đã có kết quả, đồng ý một phần", "has its result, partly granted"),
    "refused": Say("không được giải quyết", "was refused"),
    "stopped": Say("dừng giải quyết", "was stopped"),
}


def _opened(event: e.ChildOpened, names: Names) -> Say:
    who = names(event.agency)
    return Say(f"Phần việc liên thông chuyển đến {who.vi}.", f"A part went to {who.en}.")


def _received(event: e.ChildReceived, names: Names) -> Say:
    lead = names(event.lead_agency)
    return Say(
        f"Nhận phần việc liên thông từ {lead.vi}.",
        f"A part of an inter-agency procedure came from {lead.en}.",
    )


def _ended(event: e.ChildEnded) -> Say:
    how = ENDED_AS[event.outcome]
    return Say(f"Một phần việc liên thông {how.vi}.", f"A part {how.en}.")


def _called_off(event: e.ChildCalledOff) -> Say:
    if event.how == State.WITHDRAWN:
        return Say(
            "Chủ hồ sơ rút hồ sơ chính; phần việc này kết thúc theo.",
            "The applicant withdrew the dossier; this part ends with it.",
        )
    return Say(
        "Hồ sơ chính không được giải quyết nữa; phần việc này kết thúc theo.",
        "The dossier is settled no more; this part ends with it.",
    )


CHILDREN: Mapping[str, Callable[[Any], Say]] = {
    e.ChildEnded.TYPE: _ended,
    e.ChildReturned.TYPE: lambda _: Say(
        "Kết quả về Bộ phận Một cửa đã tiếp nhận hồ sơ.", "The result went back to the desk that received it."
    ),
    e.ChildCalledOff.TYPE: _called_off,
}
BETWEEN: Mapping[str, Callable[[Any, Names], Say]] = {
    e.ChildOpened.TYPE: _opened,
    e.ChildReceived.TYPE: _received,
}
