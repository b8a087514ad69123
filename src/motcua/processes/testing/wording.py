"""A test in people's words: what its acts, facts and expectations are called, and "expected …, got …". Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from motcua.dossiers.states import ACTS, LABELS, Act, State
from motcua.kernel.say import Say
from motcua.notifications.says import ABOUT
from motcua.processes.shapes import ProcessVersion
from motcua.processes.testing.shapes import NO_DUE, Does, Expected, SkipUnit
from motcua.processes.wording import joined

DOES: Mapping[Does, Say] = {
    act: Say("Chờ, không ai làm gì", "Wait, nobody does anything")
    if act is Does.WAIT
    else ACTS[Act(act.value)].label
    for act in Does
}
SKIP_UNITS: Mapping[SkipUnit, Say] = {
    SkipUnit.WORKING_HOUR: Say("giờ làm việc", "working hours"),
    SkipUnit.WORKING_DAY: Say("ngày làm việc", "working days"),
    SkipUnit.HOUR: Say("giờ", "hours"),
    SkipUnit.CALENDAR_DAY: Say("ngày", "days"),
}
# Why a dossier is stopped (dossiers.operations.endings.STOP_GROUNDS).
GROUNDS: Mapping[str, Say] = {
    "supplement_window_over": Say("Hết thời gian bổ sung giấy tờ", "The time to supply papers is over"),
    "payment_window_over": Say("Hết thời gian nộp phí, lệ phí", "The time to pay is over"),
    "request_of_applicant": Say("Theo yêu cầu của chủ hồ sơ", "At the applicant's request"),
    "law": Say("Theo quy định của pháp luật", "By law"),
}
WHAT: Mapping[str, Say] = {
    "state": Say("trạng thái", "the state"),
    "steps": Say("bước đang mở", "the open steps"),
    "due": Say("hẹn trả", "the due date"),
    "step_due": Say("hạn của bước", "the step's due"),
    "papers": Say("giấy tờ của bước", "the step's papers"),
    "messages": Say("tin báo cho người dân", "what people are told"),
    "refused": Say("việc này", "this act"),
}
_NOTHING = Say("không có", "none")
_REFUSED, _DONE = Say("bị từ chối", "refused"), Say("làm được", "done")
_MOST_HOURS = 1_000_000  # more is said as it was typed
_BLANK = re.compile(r"[\s:,;]*\{.*")


@dataclass(frozen=True, slots=True)
class Missed:
    """Something that is not as expected; `what` is a key of WHAT."""

    what: str
    expected: Say
    got: Say

    @property
    def said(self) -> Say:
        """In one sentence."""
        name = WHAT[self.what]
        return Say(
            f"{name.vi}: mong đợi {self.expected.vi}, thực tế {self.got.vi}",
            f"{name.en}: expected {self.expected('en')}, got {self.got('en')}",
        )


class Got(Protocol):
    """What came of a row (testing.running.Came)."""

    @property
    def state(self) -> State | None: ...
    @property
    def steps(self) -> tuple[str, ...]: ...
    @property
    def due(self) -> str: ...
    @property
    def step_due(self) -> str: ...
    @property
    def papers(self) -> tuple[str, ...]: ...
    @property
    def messages(self) -> tuple[str, ...]: ...
    @property
    def refusal(self) -> Say | None: ...


def message_words(code: str) -> Say:
    """What a message is called: its subject up to what is filled in."""
    said = ABOUT[code].subject
    return Say(_BLANK.sub("", said.vi), _BLANK.sub("", said.en))


def moment_words(text: str) -> Say:
    """A due moment of a test as people write it."""
    if text == NO_DUE:
        return _NOTHING
    said = f"{datetime.fromisoformat(text):%H:%M %d/%m/%Y}"
    return Say(said, said)


def skip_words(value: str, unit: SkipUnit) -> Say:
    """Some time as people say it: hours with minutes, not as a fraction."""
    words = SKIP_UNITS[unit]
    try:
        number = Decimal(value)
        hours, minutes = divmod(round(number * 60), 60) if abs(number) < _MOST_HOURS else (0, 0)
    except (ArithmeticError, ValueError):  # what a draft holds is not always a number
        hours, minutes = 0, 0
    if not minutes or unit not in (SkipUnit.WORKING_HOUR, SkipUnit.HOUR):
        return Say(f"{value.replace('.', ',')} {words.vi}", f"{value} {words.en}")
    said = Say(f"{minutes} phút", f"{minutes} min")
    if hours:
        said = Say(f"{hours} giờ {said.vi}", f"{hours} h {said.en}")
    return Say(f"{said.vi} làm việc", f"{said.en} of working time") if unit is SkipUnit.WORKING_HOUR else said


def steps_words(codes: Iterable[str], process: ProcessVersion) -> Say:
    """Open steps by what is done in them."""
    names = {step.code: step.work for step in process.steps}
    return _listed(names.get(code, Say(code, code)) for code in codes)


def papers_words(codes: Iterable[str], process: ProcessVersion) -> Say:
    """Papers by their titles."""
    names = {paper.code: paper.title for step in process.steps for paper in step.papers}
    return _listed(names.get(code, Say(code, code)) for code in codes)


def messages_words(codes: Iterable[str]) -> Say:
    """Messages by their titles."""
    return _listed(map(message_words, codes))


def state_words(state: State | None) -> Say:
    """A state; before reception there is none."""
    return _quoted(LABELS[state]) if state is not None else _NOTHING


def _listed(told: Iterable[Say]) -> Say:
    every = [_quoted(each) for each in told]
    return joined(every) if every else _NOTHING


def _quoted(said: Say) -> Say:
    return Say(f"“{said.vi}”", f"“{said('en')}”")


def missed(expect: Expected, came: Got, process: ProcessVersion) -> tuple[Missed, ...]:
    """Where what came of a row is not what was expected. What is refused unexpectedly is told first."""
    return tuple(_missed(expect, came, process))


def _missed(expect: Expected, came: Got, process: ProcessVersion) -> Iterator[Missed]:
    if came.refusal is not None and not expect.refused:
        why = Say(f"{_REFUSED.vi}: {came.refusal.vi}", f"{_REFUSED.en}: {came.refusal('en')}")
        yield Missed("refused", _DONE, why)
    elif came.refusal is None and expect.refused:
        yield Missed("refused", _REFUSED, _DONE)
    if expect.state is not None and expect.state is not came.state:
        yield Missed("state", state_words(expect.state), state_words(came.state))
    if expect.steps is not None and sorted(expect.steps) != sorted(came.steps):
        yield Missed("steps", steps_words(expect.steps, process), steps_words(came.steps, process))
    for what, wanted, got in (("due", expect.due, came.due), ("step_due", expect.step_due, came.step_due)):
        if wanted is not None and wanted != got:
            yield Missed(what, moment_words(wanted), moment_words(got))
    if expect.papers is not None and sorted(expect.papers) != sorted(came.papers):
        yield Missed("papers", papers_words(expect.papers, process), papers_words(came.papers, process))
    if expect.messages is not None and sorted(expect.messages) != sorted(came.messages):
        yield Missed("messages", messages_words(expect.messages), messages_words(came.messages))


def expected_of(came: Got, before: Expected) -> Expected:
    """What came of a row as what is expected of it; papers where they were asked for."""
    if came.refusal is not None:
        return Expected(refused=True)
    return Expected(
        state=came.state,
        steps=came.steps,
        due=came.due,
        step_due=came.step_due if before.step_due is not None else None,
        papers=came.papers if before.papers is not None or came.papers else None,
        messages=came.messages,
    )
