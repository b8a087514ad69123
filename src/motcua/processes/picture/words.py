"""What stands on the card of a step. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from motcua.kernel.say import Say
from motcua.processes.conditions import condition_words
from motcua.processes.shapes import Addressee, Consultation, ProcessVersion, Step, StepTime
from motcua.processes.wording import (
    KINDS,
    UNWRITTEN,
    joined,
    number_words,
    position_words,
    positions_words,
    time_words,
)

_LIMIT_UNITS: Mapping[str, Say] = {
    "working_day": Say("ngày làm việc", "working days"),
    "calendar_day": Say("ngày", "days"),
    "working_hour": Say("giờ làm việc", "working hours"),
    "hour": Say("giờ", "hours"),
    "week": Say("tuần", "weeks"),
    "month": Say("tháng", "months"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a card; `strong`: what is done."""

    text: Say
    strong: bool = False


def lines_of(
    process: ProcessVersion, step: Step, variants: Mapping[str, Say], agencies: Mapping[str, Say]
) -> list[Line]:
    """The lines of a step: what is done, by whom, in what time, and what else is said of it."""
    held = [positions_words(step.positions)] if step.positions else []
    return [
        Line(Say(f"{step.order}. {step.work.vi}", f"{step.order}. {step.work('en')}"), strong=True),
        Line(joined([KINDS[step.kind], *held], " · ", " · ")),
        *(Line(each) for each in _times(process, step, variants)),
        *(Line(each) for each in _beside(process, step, variants, agencies)),
    ]


def _times(process: ProcessVersion, step: Step, variants: Mapping[str, Say]) -> Iterator[Say]:
    """One line where all variants take as long, else one for each."""
    told = {v.code: _time(step.time(v.code)) for v in process.variants}
    if len(set(told.values())) == 1:
        (said,) = set(told.values())
        yield Say(f"Thời gian: {said.vi}", f"Time: {said('en')}")
        return
    for code, said in told.items():
        name = variants.get(code, Say(code, code))
        yield Say(f"{name.vi}: {said.vi}", f"{name('en')}: {said('en')}")


def _time(time: StepTime) -> Say:
    if time.value is None and not time.merged_with_previous:
        return UNWRITTEN
    return time_words(time.value, time.unit or "")


def _beside(
    process: ProcessVersion, step: Step, variants: Mapping[str, Say], agencies: Mapping[str, Say]
) -> Iterator[Say]:
    if step.when is not None:
        said = condition_words(step.when, variants)
        yield Say(f"Chỉ làm khi {said.vi}", f"Only if {said.en}")
    for consultation in step.consultations:
        yield _consultation(consultation, agencies)
    if step.papers:
        named = joined([paper.title for paper in step.papers], "; ", "; ")
        yield Say(f"Giấy tờ lập ra: {named.vi}", f"Papers made: {named('en')}")
    if step.apart_from:
        rows = ", ".join(str(process.step(code).order) for code in step.apart_from)
        yield Say(f"Khác người đã làm bước {rows}", f"Not by who did step {rows}")
    for outcome in step.outcomes:
        row = process.step(outcome.to).order
        yield Say(f"→ {outcome.label.vi}: sang bước {row}", f"→ {outcome.label('en')}: to step {row}")
    if step.returns_to:
        rows = ", ".join(str(process.step(code).order) for code in step.returns_to)
        yield Say(f"↩ Trả lại bước {rows}", f"↩ Back to step {rows}")


def _consultation(one: Consultation, agencies: Mapping[str, Say]) -> Say:
    whom = joined(_addressee(each, agencies) for each in one.whom)
    unit = _LIMIT_UNITS.get(one.limit.unit, Say(one.limit.unit, one.limit.unit))
    value = number_words(one.limit.value) if one.limit.value is not None else Say("", "")
    tacit = Say(", im lặng là đồng ý", ", silence agrees") if one.tacit else Say("", "")
    pauses = Say(", tạm dừng thời hạn", ", the clock stops") if one.pauses else Say("", "")
    return Say(
        f"Hỏi ý kiến {whom.vi} về {one.about.vi} ({value.vi} {unit.vi}{tacit.vi}{pauses.vi})",
        f"Consult {whom.en} about {one.about('en')} ({value.en} {unit.en}{tacit.en}{pauses.en})",
    )


def _addressee(whom: Addressee, agencies: Mapping[str, Say]) -> Say:
    if whom.position:
        return position_words(whom.position)
    name = whom.agency or whom.unit or ""
    return agencies.get(name, Say(name, name))
