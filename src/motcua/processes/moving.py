"""Whether a running dossier can go on under another version of its process, step by step. Pure: the same rule serves
the preview and the act.

The due moment of the dossier does not hang on its process, so it never moves. What is done stays done: an open row is
followed by the row of the same code, and whoever has it keeps it where they sit in one of its seats there, too.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from motcua.dossiers.events import HolderFact
from motcua.dossiers.open_steps import OpenStep, open_steps
from motcua.dossiers.row import Row
from motcua.dossiers.states import State
from motcua.kernel.codec import encode
from motcua.kernel.say import Say
from motcua.processes.assigning import Staff
from motcua.processes.children import expected
from motcua.processes.graph import branches, may_be_met, members
from motcua.processes.routing import Course, held_by, is_approval, shared
from motcua.processes.shapes import ProcessVersion, Step


class Stays(StrEnum):
    """Why a running dossier keeps the version it runs under."""

    NOT_RUN = "not_run"
    WAITS = "waits"
    REOPENED = "reopened"
    STEP_GONE = "step_gone"
    BRANCHES = "branches"
    SIGNED_GONE = "signed_gone"
    UNSIGNED = "unsigned"
    PART_GONE = "part_gone"
    FORMLESS = "formless"
    NOBODY = "nobody"
    LATE_ALREADY = "late_already"
    LATE_AT_ONCE = "late_at_once"
    CHANGED = "changed"
    UNREADABLE = "unreadable"


STAYS: Mapping[Stays, Say] = {
    Stays.NOT_RUN: Say(
        "cơ quan chưa áp dụng phiên bản này cho trường hợp của hồ sơ",
        "the agency does not run this version for the dossier's variant",
    ),
    Stays.WAITS: Say(
        "hồ sơ đang chờ người nộp, cơ quan khác hoặc ý kiến; chuyển được khi hồ sơ trở lại",
        "it waits for the applicant, another agency or an opinion; it can move once it is back",
    ),
    Stays.REOPENED: Say(
        "kết quả đang được làm lại theo quy trình đã ra kết quả ấy",
        "its result is being made anew, by the process that made it",
    ),
    Stays.STEP_GONE: Say("bước đang mở không có trong phiên bản này", "the open step is not in this version"),
    Stays.BRANCHES: Say(
        "các nhánh song song quanh bước đang mở khác nhau",
        "the branches around the open step are not the same",
    ),
    Stays.SIGNED_GONE: Say(
        "bước lãnh đạo đã ký không có trong phiên bản này",
        "the step that was signed already is not in this version",
    ),
    Stays.UNSIGNED: Say(
        "phiên bản này có bước duyệt đứng trước bước đang mở mà hồ sơ chưa qua",
        "this version has an approval before the open step that the dossier has not passed",
    ),
    Stays.PART_GONE: Say(
        "phần việc đã gửi cơ quan khác không có trong phiên bản này",
        "a part that another agency works on is not in this version",
    ),
    Stays.FORMLESS: Say(
        "phiên bản này gửi cơ quan khác phần việc cần tờ khai chung, mà hồ sơ tiếp nhận không có tờ khai ấy",
        "this version has a part at another agency that needs the one form, which the dossier came without",
    ),
    Stays.NOBODY: Say(
        "chưa ai giữ vị trí của bước ấy trong phiên bản này",
        "nobody holds a seat of that step in this version",
    ),
    Stays.LATE_ALREADY: Say(
        "bước đang mở đã quá hạn; trễ vẫn là trễ", "the open step is late already, and late stays late"
    ),
    Stays.LATE_AT_ONCE: Say(
        "hạn mới của bước đã qua; không làm trễ ngược",
        "the step's new date has passed already; nothing is made late backwards",
    ),
    Stays.CHANGED: Say(
        "hồ sơ đã khác so với lúc xem trước; hãy xem trước lại",
        "it is no longer as it was when previewed; preview it again",
    ),
    Stays.UNREADABLE: Say(
        "không tính được: ghi chép của hồ sơ không khớp quy trình của nó; hãy báo quản trị hệ thống",
        "can't be reckoned: what is recorded of it does not fit its own process; tell the system's administrator",
    ),
}


@dataclass(frozen=True, slots=True)
class Place:
    """An open step and the row it goes on in: numbers and due moments under both versions; `keeps`: it stays in the
    hands in which it is, else it lies on the list of the row's seats."""

    before: int
    after: int
    old: datetime | None
    new: datetime | None
    keeps: bool


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a running dossier: `stays` says why it keeps its version, else where each open step goes on."""

    stays: Stays | None
    places: tuple[Place, ...] = ()

    @property
    def told(self) -> list[Any]:
        """As it is kept and compared: what a preview showed is what happens, or nothing does."""
        if self.stays is not None:
            return [self.stays.value]
        return [[p.before, p.after, encode(p.old), encode(p.new), p.keeps] for p in self.places]


def fate(
    row: Row,
    before: ProcessVersion,
    course: Course,
    *,
    staff: Staff,
    runs: Collection[str],
    at: datetime,
) -> Fate:
    """What becomes of `row`, which runs under `before`, when it goes on under the process of `course` at `at`. `staff`:
    of its agency, with who did which step of it; `runs`: the variants for which that agency runs the process."""
    after = course.process
    steps = open_steps(row)
    if row["variant"] not in runs:
        return Fate(Stays.NOT_RUN)
    if (barred := _bar(row, before, course, steps)) is not None:
        return Fate(barred)
    people = replace(staff, own=frozenset())
    places = []
    for one in steps:
        here = after.step(before.steps[one.number - 1].code)
        if not people.of(here):
            return Fate(Stays.NOBODY)
        new = None if one.due_at is None else course.due_of(here, row["due_at"])
        if one.due_at is not None and one.due_at <= at and new != one.due_at:
            return Fate(Stays.LATE_ALREADY)
        if new is not None and new <= at and new != one.due_at:
            return Fate(Stays.LATE_AT_ONCE)
        places.append(Place(one.number, here.order, one.due_at, new, _keeps(one, here, people)))
    taken = {place.before: place.after for place in places}
    if any(number != after and number in taken.values() for number, after in taken.items()):
        return Fate(Stays.BRANCHES)  # who presses late, by the number they looked at, does no other's step
    return Fate(None, tuple(places))


def _bar(row: Row, before: ProcessVersion, course: Course, steps: tuple[OpenStep, ...]) -> Stays | None:
    """Why `row` cannot go on there whoever sits where and whatever is due."""
    after = course.process
    if row["reopened"]:
        return Stays.REOPENED
    if State(row["state"]) not in (State.RECEIVED, State.IN_PROCESS) or row["consulting"] or not steps:
        return Stays.WAITS
    if {one["child"] for one in row["children"]} - {child.code for child in after.children}:
        return Stays.PART_GONE
    # What begins with nothing to work on here already is no reason to stay.
    known = {child.code for child in expected(before, course.facts) if child.needs_form}
    known |= {one["child"] for one in row["children"]}
    if row["submitted_at"] is None and any(
        child.needs_form and child.code not in known for child in expected(after, course.facts)
    ):
        return Stays.FORMLESS
    rows = {step.code: step for step in after.running}
    here = [before.steps[one.number - 1] for one in steps]
    if any(step.code not in rows for step in here):
        return Stays.STEP_GONE
    common = {step.code for step in before.running} & rows.keys()
    if any(_beside(before, s, common) != _beside(after, rows[s.code], common) for s in here):
        return Stays.BRANCHES
    signed = before.steps[row["approval"]["step"] - 1].code if row["approval"] else None
    if signed is not None and signed not in rows:
        return Stays.SIGNED_GONE
    first = min(rows[step.code].order for step in here)
    passed = {step.code for step in before.running if step.order < min(one.order for one in here)}
    ahead = [s for s in after.running if s.order < first and s.code not in passed]
    if any(is_approval(s) and may_be_met(s, course.facts) for s in ahead):
        return Stays.UNSIGNED
    return None


def _beside(process: ProcessVersion, step: Step, common: Collection[str]) -> frozenset[frozenset[str]]:
    """The branches of the group in which a row stands, each as those of its rows that both versions have."""
    lines = branches(members(process, step)).values()
    return frozenset(frozenset(one.code for one in line if one.code in common) for line in lines)


def _keeps(step: OpenStep, here: Step, people: Staff) -> bool:
    """Whether the hands in which `step` is may do `here`: the person's, or of its list."""
    if step.holder.account is not None:
        return any(account == step.holder.account for _, account, _ in people.of(here))
    return bool(set(step.kinds) & {kind for kind, _, _ in people.of(here)}) and step.kinds == here.positions


def holder_after(step: OpenStep, place: Place, here: Step, agency: str, staff: Staff) -> HolderFact:
    """Who holds `here`, the row in which `step` goes on."""
    if place.keeps and step.holder.account is not None:
        return held_by(step.holder.account, here, agency, replace(staff, own=frozenset()))
    return step.holder if place.keeps else shared(here, agency, replace(staff, own=frozenset()))
