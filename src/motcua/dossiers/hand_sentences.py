"""The sentences of the events that say in whose hands the open step is. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from motcua.dossiers import events as e
from motcua.kernel.say import Say


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
    return Say(
        f"Nhận bước {event.step} từ danh sách chung về mình.",
        f"Step {event.step} was claimed from the shared list.",
    )


def _put_back(event: e.DossierPutBack) -> Say:
    return Say(
        f"Trả bước {event.step} về danh sách chung.", f"Step {event.step} was put back on the shared list."
    )


def _recalled(event: e.StepRecalled) -> Say:
    return Say(
        f"Rút lại bước {event.step.number} đã chuyển, khi người nhận chưa mở hồ sơ.",
        f"Step {event.step.number} was recalled before who got it had opened the dossier.",
    )


HANDS: Mapping[str, Callable[[Any], Say]] = {
    e.DossierAssigned.TYPE: _assigned,
    e.DossierClaimed.TYPE: _claimed,
    e.DossierPutBack.TYPE: _put_back,
    e.StepRecalled.TYPE: _recalled,
}
