"""Reading a process from JSON, strictly, and telling what is odd about it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from motcua.agencies.positions import POSITION_KINDS
from motcua.catalogue.checking import check_limit
from motcua.catalogue.reading import Fault, fault, read, read_all
from motcua.catalogue.shapes import LimitUnit, ProcedureVersion
from motcua.kernel.say import Say
from motcua.processes.children import children_checks
from motcua.processes.finding_words import found, of_variant
from motcua.processes.judging import Judge
from motcua.processes.shapes import (
    DAYS,
    STEP_POSITIONS,
    Consultation,
    Escalation,
    Finding,
    ProcessVariant,
    ProcessVersion,
    Step,
    StepKind,
    StepTime,
    WrittenUnit,
)
from motcua.processes.sketching import property_at, without
from motcua.processes.testing.checking import check_tests
from motcua.processes.ways import ways

# A time of a row may lack its number, branches may not meet, and be drawn all the same.
_DRAWABLE = re.compile(r"steps\[[0-9]+\]\.(times\[[0-9]+\]|parallel)")
_AREA = re.compile(r"(answers\.[a-z][a-z0-9_-]*|form(\.[a-z][a-z0-9_]*)+)")


def parse(document: Mapping[str, Any]) -> ProcessVersion:
    """`document` (parsed JSON in our format) as a ProcessVersion.

    Strict: kernel.errors.Invalid with the place for unknown keys, a table that does not begin with receive
    and end with return, a step without a known position, a missing time, a way back that does not lead back, branches
    that don't meet, a condition that is none. A row that includes another process is put in first
    (processes.includes).
    """
    process = read(ProcessVersion, document)
    for check in _checks(process):
        check()
    return process


def faults(document: Mapping[str, Any]) -> tuple[ProcessVersion | None, list[Fault]]:
    """All that `parse` would refuse `document` for, with the process where there is nothing. What is wrong in one place
    keeps no other from being judged (`processes.sketching`)."""
    process, told = read_all(ProcessVersion, document)
    drawn = process or read_all(ProcessVersion, without(document, [one.field for one in told]))[0]
    if drawn is None:
        return None, told
    broken = {property_at(one.field) for one in told}
    for check in _checks(drawn):
        try:
            check()
        except Fault as one:
            if property_at(one.field) not in broken:
                told.append(one)
    return None if told else process, told


def sketch(document: Mapping[str, Any], told: Sequence[Fault]) -> ProcessVersion | None:
    """As much of `document`, of which `told` is wrong, as can be drawn; None where not even that can be read."""
    wrong = [one.field for one in told if not _DRAWABLE.fullmatch(one.field)]
    process = read_all(ProcessVersion, without(document, wrong))[0]
    return process if process is not None and process.steps else None


def _checks(process: ProcessVersion) -> Iterator[Callable[[], None]]:
    """What is looked at beyond the shape, each by itself; the frame first."""
    yield from _frame(process)
    variants = [v.code for v in process.variants]
    for i, variant in enumerate(process.variants):
        yield partial(check_limit, variant.limit, f"variants[{i}].limit")
    for i, step in enumerate(process.steps):
        yield partial(_check_step, process, step, f"steps[{i}]")
        yield partial(_check_variants, step, variants, f"steps[{i}].times")
        for k, time in enumerate(step.times):
            yield partial(_check_time, time, f"steps[{i}].times[{k}]", first=i == 0)
    for i, code in enumerate(variants):
        yield partial(_check_units, process, code, variants, f"variants[{i}]")
    yield from ways(process)
    yield from _beside(process)
    yield from children_checks(process)
    yield partial(check_tests, process.tests)
    yield partial(_check_area, process)


def _check_area(process: ProcessVersion) -> None:
    if process.area and not _AREA.fullmatch(process.area):
        raise fault(
            "area",
            "ghi answers. và mã câu hỏi, hoặc form. và mã mục của tờ khai",
            "say answers. and the code of a question, or form. and the key of a field of the form",
        )


def _check_variants(step: Step, variants: Sequence[str], where: str) -> None:
    if sorted(t.variant for t in step.times) != sorted(variants):
        raise fault(
            where,
            f"mỗi trường hợp cần đúng một thời gian: {', '.join(variants)}",
            f"each variant needs exactly one time: {', '.join(variants)}",
        )


def _frame(process: ProcessVersion) -> Iterator[Callable[[], None]]:
    yield partial(_check_orders, process.steps)
    yield partial(_check_codes, [s.code for s in process.steps], "steps")
    yield partial(_check_codes, [v.code for v in process.variants], "variants")
    yield partial(_check_ends, [s.kind for s in process.steps])
    yield partial(_check_approved, [s.kind for s in process.steps])


def _check_orders(steps: Sequence[Step]) -> None:
    if [s.order for s in steps] != list(range(1, len(steps) + 1)):
        raise fault("steps", "thứ tự phải là 1, 2, 3…", "the orders must be 1, 2, 3…")


def _check_codes(codes: Sequence[str], where: str) -> None:
    if not codes:
        raise fault(where, "chưa có dòng nào; hãy thêm ít nhất một", "there are none; add one at least")
    for n, code in enumerate(codes, 1):
        if (first := codes.index(code) + 1) != n:
            raise fault(
                where,
                f"dòng {first} và dòng {n} cùng mã “{code}”; hãy bỏ một dòng rồi thêm lại, hoặc đổi mã trong tệp",
                f"rows {first} and {n} have one code, “{code}”; remove one and add it anew, or change it in the file",
            )


def _check_ends(kinds: Sequence[StepKind]) -> None:
    if not kinds or kinds[0] is not StepKind.RECEIVE or kinds[-1] is not StepKind.RETURN:
        raise fault(
            "steps", "bước đầu là tiếp nhận, bước cuối là trả kết quả", "receive comes first, return last"
        )
    if kinds.count(StepKind.RECEIVE) + kinds.count(StepKind.RETURN) != 2:
        raise fault(
            "steps", "chỉ một bước tiếp nhận và một bước trả", "one receive row and one return row only"
        )


def _check_approved(kinds: Sequence[StepKind]) -> None:
    # D6: `decide` needs the signer of an approval.
    if StepKind.APPROVE not in kinds:
        raise fault("steps", "cần bước phê duyệt của lãnh đạo", "a leader's approve step is needed")


def _check_step(process: ProcessVersion, step: Step, where: str) -> None:
    unknown = [p for p in step.positions if p not in STEP_POSITIONS]
    if not step.positions:
        raise fault(f"{where}.positions", "cần ít nhất một vị trí", "at least one position is needed here")
    if unknown:
        raise fault(
            f"{where}.positions",
            f"cần vị trí trong: {', '.join(sorted(STEP_POSITIONS))}",
            f"a position of these is needed: {', '.join(sorted(STEP_POSITIONS))}",
        )


def _check_time(time: StepTime, where: str, *, first: bool) -> None:
    if time.merged_with_previous:
        if first or time.value is not None or time.unit is not None:
            raise fault(
                where,
                "ô gộp với bước trên thì không có số",
                "a cell merged with the one above has no value of its own",
            )
    elif time.value is None or time.unit is None or time.value <= 0:
        raise fault(
            where,
            "ghi số lớn hơn 0 và đơn vị, hoặc gộp với bước trên",
            "write a value above 0 and a unit, or merge it with the row above",
        )


def _check_units(process: ProcessVersion, code: str, variants: Sequence[str], where: str) -> None:
    if any(sorted(t.variant for t in step.times) != sorted(variants) for step in process.steps):
        return  # told of its row
    families = {t.unit in DAYS for t in process.times(code) if t.unit is not None}
    if len(families) > 1:
        raise fault(
            where,
            f"“{code}” trộn ngày và giờ; hãy ghi mọi bước theo ngày, hoặc mọi bước theo giờ",
            f"“{code}” mixes days and hours; write every row in days, or every row in hours",
        )


def _beside(process: ProcessVersion) -> Iterator[Callable[[], None]]:
    """What is said of a step beside its place in the table."""
    for i, step in enumerate(process.steps):
        where = f"steps[{i}]"
        yield partial(_check_once, [p.code for p in step.papers], f"{where}.papers")
        yield partial(_check_once, [c.code for c in step.consultations], f"{where}.consultations")
        for k, escalation in enumerate(step.escalation):
            yield partial(_check_known, escalation.tell, f"{where}.escalation[{k}].tell")
            yield partial(_check_escalation, escalation, f"{where}.escalation[{k}]")
        for k, consultation in enumerate(step.consultations):
            yield from _consulted(consultation, f"{where}.consultations[{k}]")
    yield partial(_check_once, [s.position for s in process.sees], "sees")
    yield partial(_check_known, [s.position for s in process.sees], "sees", or_none=True)


def _check_escalation(one: Escalation, where: str) -> None:
    if one.unit not in (LimitUnit.WORKING_HOUR, LimitUnit.WORKING_DAY) or one.value <= 0:
        raise fault(
            where,
            "cần số lớn hơn 0, tính bằng giờ hoặc ngày làm việc",
            "a value above 0 in working hours or working days is needed here",
        )


def _consulted(consultation: Consultation, where: str) -> Iterator[Callable[[], None]]:
    yield partial(_check_answer, consultation, f"{where}.limit")
    yield partial(_check_whom, consultation, f"{where}.whom")
    yield partial(_check_pause, consultation, f"{where}.ground")


def _check_answer(consultation: Consultation, where: str) -> None:
    check_limit(consultation.limit, where)
    if consultation.limit.value is None:
        raise fault(where, "cần số và đơn vị", "a value and a unit are needed here")


def _check_whom(consultation: Consultation, where: str) -> None:
    if not consultation.whom:
        raise fault(where, "cần nơi được hỏi ý kiến", "somebody to consult is needed here")
    for n, whom in enumerate(consultation.whom):
        if [whom.agency, whom.unit, whom.position].count(None) != 2:
            raise fault(
                f"{where}[{n}]",
                "ghi đúng một: cơ quan (agency), đơn vị (unit) hoặc vị trí (position)",
                "exactly one of agency, unit, position is needed here",
            )
        if whom.position is not None:
            _check_known([whom.position], f"{where}[{n}].position")


def _check_pause(consultation: Consultation, where: str) -> None:
    if consultation.pauses and consultation.ground is None:
        raise fault(
            where,
            "tạm dừng thời hạn thì cần căn cứ tạm dừng của thủ tục",
            "to pause the clock a suspension ground of the procedure is needed",
        )


def _check_once(codes: Sequence[str], where: str) -> None:
    if len(set(codes)) != len(codes):
        raise fault(where, "mã không được trùng nhau", "codes must differ")


def _check_known(kinds: Sequence[str], where: str, *, or_none: bool = False) -> None:
    unknown = ", ".join(sorted(set(kinds) - POSITION_KINDS.keys()))
    if unknown:
        raise fault(where, f"không có vị trí: {unknown}", f"there is no such position: {unknown}")
    if not (kinds or or_none):
        raise fault(where, "cần ít nhất một vị trí", "at least one position is needed here")


def findings(
    process: ProcessVersion, version: ProcedureVersion | None = None, labels: Mapping[str, Say] = {}
) -> tuple[Finding, ...]:
    """What the table itself tells (its own findings first), what the sums show, and, given the procedure's
    published `version`, where the two do not fit. `labels`: what the codes of variants are called."""
    told = [*process.findings]
    judge = Judge(process)
    of = [f"variants[{i}]" for i in range(len(process.variants))]
    for problem in judge.problems():
        if problem.where in of:
            variant = process.variants[of.index(problem.where)]
            told.append(of_variant(problem.finding, _called(variant.code, labels)))
        else:
            told.append(problem.finding)
    for variant in process.variants:
        told += [of_variant(each, _called(variant.code, labels)) for each in _of_limit(judge, variant)]
    if version is not None:
        told += _against(process, version, labels)
    return tuple(told)


def _called(code: str, labels: Mapping[str, Say]) -> Say:
    return labels.get(code, Say(code, code))


def _of_limit(judge: Judge, variant: ProcessVariant) -> Iterator[Finding]:
    whole, limit = judge.whole(variant), variant.limit
    if limit.value is not None and whole.against is not None and limit.value != whole.against:
        yield found("sum_differs", **whole.words)
    times = judge.process.times(variant.code)
    if limit.unit is LimitUnit.WORKING_DAY and any(t.unit is WrittenUnit.DAY for t in times):
        yield found("days_for_working_days")


def _against(
    process: ProcessVersion, version: ProcedureVersion, labels: Mapping[str, Say]
) -> Iterator[Finding]:
    published = {v.code: v for v in version.variants}
    served = {v.code: v for v in process.variants}
    for code in sorted(published.keys() ^ served.keys()):
        yield of_variant(found("variants_differ"), _called(code, labels))
    for code in sorted(published.keys() & served.keys()):
        if {c.limit for c in published[code].channels} != {served[code].limit}:
            yield of_variant(found("limit_differs"), _called(code, labels))
