"""The sentences of the events that bring a dossier through its process. Pure."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from motcua.dossiers import events as e
from motcua.kernel.say import Say

OUTCOMES = {
    "granted": Say("đồng ý giải quyết", "granted"),
    "partly": Say("đồng ý một phần", "partly granted"),
    "refused": Say("không đồng ý", "refused"),
}


def _taken(event: e.StepTaken) -> Say:
    said = OUTCOMES[event.outcome]
    told = Say(
        f"Hoàn thành bước {event.done}, trình: {said.vi}.", f"Step {event.done} done, proposed: {said.en}."
    )
    if event.done_kind == "seal" and event.outcome == "granted":
        told = Say(f"Hoàn thành bước {event.done}.", f"Step {event.done} done.")
    if event.signed:
        told = Say(f"Lãnh đạo duyệt, ký: {said.vi}.", f"Approved and signed: {said.en}.")
    more = [*_made(event), *_passed_over(event), *_opened(event)]
    return Say("".join([told.vi, *(one.vi for one in more)]), "".join([told.en, *(one.en for one in more)]))


def _made(event: e.StepTaken) -> list[Say]:
    count = sum(len(each.file_digests) for each in event.files)
    return [Say(f" Kèm {count} tệp.", f" With {count} files.")] if count else []


def _numbers(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def _passed_over(event: e.StepTaken) -> list[Say]:
    if event.way:
        return [
            Say(f" Chuyển thẳng đến bước {event.step.number}.", f" Straight to step {event.step.number}.")
        ]
    if not event.passed_over:
        return []
    numbers = _numbers(event.passed_over)
    return [Say(f" Không phải làm bước {numbers}.", f" Not needed: step {numbers}.")]


def _opened(event: e.StepTaken) -> list[Say]:
    opened = [] if event.goes_on else [event.step.number]
    opened += [one.step.number for one in event.beside]
    if len(opened) > 1:
        numbers = _numbers(opened)
        return [Say(f" Các bước {numbers} làm song song.", f" Steps {numbers} go on side by side.")]
    if not opened:
        return [Say(" Còn chờ bước song song.", " Steps beside it are waited for.")]
    return []


def _returned(event: e.StepReturned) -> Say:
    to = event.beside[0].step.number if event.goes_on else event.step.number
    told = Say(f"Trả từ bước {event.done} về bước {to}.", f"Returned from step {event.done} to step {to}.")
    if not event.left:
        return told
    numbers = _numbers(event.left)
    return Say(f"{told.vi} Bước {numbers} dừng theo.", f"{told.en} Step {numbers} ended with it.")


def _moved(event: e.ProcessMoved) -> Say:
    rows = [f"{one.before} → {one.step.number}" for one in event.places if one.before != one.step.number]
    told = Say(
        f"Chuyển sang phiên bản {event.number} của quy trình ({event.basis}); hạn trả giữ nguyên.",
        f"Goes on under version {event.number} of the process ({event.basis}); its due date stays.",
    )
    if not rows:
        return told
    return Say(f"{told.vi} Bước {', '.join(rows)}.", f"{told.en} Step {', '.join(rows)}.")


STEPS: Mapping[str, Callable[[Any], Say]] = {
    e.StepTaken.TYPE: _taken,
    e.StepReturned.TYPE: _returned,
    e.ProcessMoved.TYPE: _moved,
}
