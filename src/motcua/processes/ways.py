"""Whether the ways through a table fit together: conditions, branches, ways out and back. Pure."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial

from motcua.catalogue.reading import fault
from motcua.eforms.definition import malformed
from motcua.eforms.rules import variables
from motcua.processes.graph import branches, members
from motcua.processes.shapes import FACTS, ProcessVersion, Step, StepKind


def ways(process: ProcessVersion) -> Iterator[Callable[[], None]]:
    """Checks that raise Invalid with the place where a condition is none or stands on a row that must be done, branches
    are not side by side, a way out does not lead on within its branch, or a way back does not lead back."""
    rows = {s.code: s for s in process.running}
    last_approve = max((s.order for s in process.running if s.kind is StepKind.APPROVE), default=0)
    always = {s.order for s in (*process.running[:1], *process.running[-1:])}
    yield partial(_check_groups, process, fixed={*always, last_approve})
    for i, step in enumerate(process.steps):
        where = f"steps[{i}]"
        yield partial(_check_condition, step, {1, *always, len(process.steps)}, f"{where}.when")
        yield partial(_check_outcomes, process, step, rows, last_approve, f"{where}.outcomes")
        yield partial(_check_back, process, step, rows, f"{where}.returns_to")
        yield partial(_check_apart, step, rows, f"{where}.apart_from")


def _check_apart(step: Step, rows: Mapping[str, Step], where: str) -> None:
    for code in step.apart_from:
        if code not in rows or code == step.code:
            raise fault(
                where,
                f"“{code}” không phải bước khác của quy trình",
                f"“{code}” is not another step of the process",
            )
        other = rows[code]
        if _side_by_side(step, other) and step.code not in other.apart_from:
            # Either may be done first: said of one only, whoever did that one might do the other.
            raise fault(
                where,
                f"hai bước làm song song phải khác người ở cả hai phía: bước “{other.work.vi}” cũng phải ghi khác người"
                f" với “{step.work.vi}”",
                f"steps side by side must say so of each other: “{other.work.en}” must be apart from “{step.work.en}”"
                " too",
            )


def _side_by_side(one: Step, other: Step) -> bool:
    """Whether they stand in two branches of one group."""
    if one.parallel is None or other.parallel is None:
        return False
    return one.parallel.group == other.parallel.group and one.parallel.branch != other.parallel.branch


def _check_condition(step: Step, always: Collection[int], where: str) -> None:
    if step.when is None:
        return
    if step.order in always:
        raise fault(
            where,
            "bước tiếp nhận, bước xử lý đầu tiên, bước ban hành và bước trả kết quả luôn phải làm, không đặt điều kiện",
            "reception, the first step after it, the deciding step and the return are always done; no condition there",
        )
    for said in malformed(step.when):
        raise fault(where, said.vi, said.en)
    for path in variables(step.when):
        name, _, key = path.partition(".")
        if name not in FACTS or bool(key) != (name in ("answers", "quantities")):
            raise fault(
                where,
                f"“{path}” không đọc được; dùng: variant, channel, assisted, outside, outcome, answers.CÂU_HỎI,"
                " quantities.SỐ_LƯỢNG",
                f"“{path}” can't be read; use variant, channel, assisted, outside, outcome, answers.QUESTION,"
                " quantities.NAME",
            )


def _check_groups(process: ProcessVersion, fixed: set[int]) -> None:
    seen: set[str] = set()
    number = 0
    while number < len(process.steps):
        step = process.steps[number]
        if step.parallel is None:
            number += 1
            continue
        where = f"steps[{number}].parallel"
        if step.kind in (StepKind.RECEIVE, StepKind.RETURN):
            raise fault(where, "bước này không nằm trong nhánh", "this row can't stand in a branch")
        group = members(process, step)
        name = step.parallel.group
        if name in seen:
            raise fault(
                where,
                f"các bước của nhóm “{name}” phải đứng liền nhau",
                f"the rows of group “{name}” must stand together",
            )
        seen.add(name)
        _check_group(group, name, where, fixed)
        number = group[-1].order


def _check_group(group: tuple[Step, ...], name: str, where: str, fixed: set[int]) -> None:
    lines = branches(group)
    if len(lines) < 2:
        raise fault(
            where,
            f"nhóm “{name}” cần ít nhất hai nhánh; thêm một bước cùng nhóm, nhánh khác, ngay bên cạnh",
            f"group “{name}” needs at least two branches; add a row of this group in another branch, right beside",
        )
    for branch, rows in lines.items():
        if rows[-1].order - rows[0].order != len(rows) - 1:
            raise fault(
                where,
                f"các bước của nhánh “{branch}” phải đứng liền nhau",
                f"the rows of branch “{branch}” must stand together",
            )
        for time in rows[0].times:
            if time.merged_with_previous:
                raise fault(
                    f"steps[{rows[0].order - 1}].times",
                    "bước đầu của một nhánh cần thời gian riêng",
                    "the first row of a branch needs a time of its own",
                )
    if taken := sorted(fixed & {s.order for s in group}):
        raise fault(
            f"steps[{taken[0] - 1}].parallel",
            "bước xử lý đầu tiên, bước phê duyệt cuối và bước ban hành không nằm trong nhánh: hãy thêm một bước trước"
            " nhóm làm song song, hoặc một bước phê duyệt sau nhóm",
            "the first step, the last approval and the deciding step can't stand in a branch: add a step before those "
            "side by side, or an approval after them",
        )


def _check_outcomes(
    process: ProcessVersion, step: Step, rows: Mapping[str, Step], last_approve: int, where: str
) -> None:
    codes = [o.code for o in step.outcomes]
    if len(set(codes)) != len(codes):
        raise fault(where, "mã không được trùng nhau", "codes must differ")
    if codes and (step.code not in rows or step == process.running[-1]):
        raise fault(where, "bước này không có hướng đi khác", "this row has no other way out")
    for k, outcome in enumerate(step.outcomes):
        at, to = f"{where}[{k}].to", rows.get(outcome.to)
        if to is None or to.order <= step.order:
            raise fault(
                at, f"“{outcome.to}” không phải bước sau bước này", f"“{outcome.to}” is not a later step"
            )
        if step.order < last_approve < to.order:
            raise fault(
                at,
                "không được đi vòng qua bước phê duyệt cuối cùng",
                "no way may lead past the last approval",
            )
        begins = to.parallel is None or members(process, to)[0] == to
        if to.parallel != step.parallel and (step.parallel is not None or not begins):
            raise fault(
                at,
                "trong nhánh thì chỉ đi tới bước của cùng nhánh; từ ngoài thì vào nhóm ở bước đầu nhóm",
                "within a branch a way leads to the same branch; from outside, to the first row of a group",
            )


def _check_back(process: ProcessVersion, step: Step, rows: Mapping[str, Step], where: str) -> None:
    for code in step.returns_to:
        to = rows.get(code)
        if to is None or to.order >= step.order:
            raise fault(
                where, f"“{code}” không phải bước trước đó", f"“{code}” is not an earlier running step"
            )
        if to.parallel != step.parallel and to in members(process, step):
            raise fault(
                where,
                f"“{code}” nằm ở nhánh khác; chỉ trả lại trong cùng nhánh, hoặc về bước trước nhóm",
                f"“{code}” stands in another branch; go back within the branch, or to a row before the group",
            )
