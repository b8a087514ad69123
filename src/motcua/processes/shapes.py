"""A published internal process as a step table (D6): steps, positions, times as written, ways back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from motcua.catalogue.checking import check_limit
from motcua.catalogue.reading import fault, read
from motcua.catalogue.shapes import Level, Limit, LimitUnit, ProcedureVersion
from motcua.kernel.say import Say

# The positions that may hold a step (D4).
STEP_POSITIONS = frozenset(
    {
        "reception_officer",
        "desk_manager",
        "cashier",
        "justice_officer",
        "economic_section",
        "culture_society_section",
        "clerk",
        "chair",
        "vice_chair",
        "specialist",
        "section_head",
        "director",
        "deputy_director",
    }
)


class StepKind(StrEnum):
    """`receive` and `return` are the dossier's own acts; the engine runs what lies between (D6)."""

    RECEIVE = "receive"
    EXAMINE = "examine"
    VERIFY = "verify"
    CONSULT = "consult"
    APPROVE = "approve"
    SEAL = "seal"
    RETURN = "return"


class WrittenUnit(StrEnum):
    """The unit as the approved table writes it; "ngày" does not say whether working or calendar."""

    DAY = "ngày"
    WORKING_DAY = "ngày làm việc"
    HOUR = "giờ"
    WORKING_HOUR = "giờ làm việc"


DAYS = frozenset({WrittenUnit.DAY, WrittenUnit.WORKING_DAY})


@dataclass(frozen=True, slots=True)
class StepTime:
    """The time of one step in one variant; a merged cell has no value, the step above covers it too."""

    variant: str
    value: Decimal | None = None
    unit: WrittenUnit | None = None
    merged_with_previous: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table. `positions` may hold it, the first as a rule; `returns_to` are codes above it."""

    order: int
    code: str
    kind: StepKind
    work: Say
    positions: tuple[str, ...]
    times: tuple[StepTime, ...]
    outputs: tuple[Say, ...] = ()
    returns_to: tuple[str, ...] = ()

    def time(self, variant: str) -> StepTime:
        """The time in `variant`; KeyError where the table has none."""
        return {t.variant: t for t in self.times}[variant]


@dataclass(frozen=True, slots=True)
class ProcessVariant:
    """A variant of the catalogue that this process serves, with the limit as the process states it."""

    code: str
    limit: Limit


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the approved table that an administrator should know."""

    code: str
    text: Say


@dataclass(frozen=True, slots=True)
class ProcessVersion:
    """One published version of an internal process. Published means immutable."""

    code: str
    procedure: str
    title: Say
    level: Level
    source: str
    variants: tuple[ProcessVariant, ...]
    steps: tuple[Step, ...]
    issued_on: date | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def running(self) -> tuple[Step, ...]:
        """The steps the engine runs: without `receive` and `return`."""
        return tuple(s for s in self.steps if s.kind not in (StepKind.RECEIVE, StepKind.RETURN))

    @property
    def deciding(self) -> Step:
        """The step that writes `decide`: the last running one (seal, or approve where none follows)."""
        return self.running[-1]

    def step(self, code: str) -> Step:
        """The step `code`; KeyError when there is none."""
        return {s.code: s for s in self.steps}[code]

    def after(self, code: str) -> Step | None:
        """The running step after `code` (of the receive row: the first); None after the last."""
        order = self.step(code).order
        return next((s for s in self.running if s.order > order), None)

    def times(self, variant: str) -> tuple[StepTime, ...]:
        """The times of all rows in `variant`, in order, for processes.dues."""
        return tuple(s.time(variant) for s in self.steps)

    def total(self, variant: str) -> Decimal:
        """The sum of the times of `variant` as written, merged cells counted once."""
        return sum((t.value for t in self.times(variant) if t.value is not None), Decimal(0))


def parse(document: Mapping[str, Any]) -> ProcessVersion:
    """`document` (parsed JSON in our format) as a ProcessVersion.

    Strict: kernel.errors.Invalid with the place for unknown keys, a table that does not begin with receive
    and end with return, a step without a known position, a missing time, a way back that does not lead back.
    """
    process = read(ProcessVersion, document)
    _check_frame(process)
    variants = [v.code for v in process.variants]
    for i, variant in enumerate(process.variants):
        check_limit(variant.limit, f"variants[{i}].limit")
    for i, step in enumerate(process.steps):
        _check_step(process, step, f"steps[{i}]")
        if sorted(t.variant for t in step.times) != sorted(variants):
            raise fault(
                f"steps[{i}].times",
                f"mỗi trường hợp cần đúng một thời gian: {', '.join(variants)}",
                f"each variant needs exactly one time: {', '.join(variants)}",
            )
        for k, time in enumerate(step.times):
            _check_time(time, f"steps[{i}].times[{k}]", first=i == 0)
    for variant_code in variants:
        _check_units(process, variant_code)
    return process


def _check_frame(process: ProcessVersion) -> None:
    steps = process.steps
    if [s.order for s in steps] != list(range(1, len(steps) + 1)):
        raise fault("steps", "thứ tự phải là 1, 2, 3…", "the orders must be 1, 2, 3…")
    for where, codes in (
        ("steps", [s.code for s in steps]),
        ("variants", [v.code for v in process.variants]),
    ):
        if not codes or len(set(codes)) != len(codes):
            raise fault(where, "mã phải có và không trùng nhau", "codes must be there and differ")
    kinds = [s.kind for s in steps]
    if kinds[0] is not StepKind.RECEIVE or kinds[-1] is not StepKind.RETURN:
        raise fault(
            "steps", "bước đầu là tiếp nhận, bước cuối là trả kết quả", "receive comes first, return last"
        )
    if kinds.count(StepKind.RECEIVE) + kinds.count(StepKind.RETURN) != 2:
        raise fault(
            "steps", "chỉ một bước tiếp nhận và một bước trả", "one receive row and one return row only"
        )
    # D6: `decide` needs the signer of an approval.
    if StepKind.APPROVE not in kinds:
        raise fault("steps", "cần bước phê duyệt của lãnh đạo", "a leader's approve step is needed")


def _check_step(process: ProcessVersion, step: Step, where: str) -> None:
    unknown = [p for p in step.positions if p not in STEP_POSITIONS]
    if unknown or not step.positions:
        raise fault(
            f"{where}.positions",
            f"cần vị trí trong: {', '.join(sorted(STEP_POSITIONS))}",
            f"a position of these is needed: {', '.join(sorted(STEP_POSITIONS))}",
        )
    back = {s.code for s in process.running if s.order < step.order}
    for code in step.returns_to:
        if code not in back:
            raise fault(
                f"{where}.returns_to",
                f"“{code}” không phải bước trước đó",
                f"“{code}” is not an earlier running step",
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
        raise fault(where, "cần số lớn hơn 0 và đơn vị", "a value above 0 and a unit are needed here")


def _check_units(process: ProcessVersion, variant: str) -> None:
    families = {t.unit in DAYS for t in process.times(variant) if t.unit is not None}
    if len(families) > 1:
        raise fault("steps", f"“{variant}” trộn ngày và giờ", f"“{variant}” mixes days and hours")


def findings(process: ProcessVersion, version: ProcedureVersion | None = None) -> tuple[Finding, ...]:
    """What the table itself tells (its own findings first), what the sums show, and, given the procedure's
    published `version`, where the two do not fit."""
    found = list(process.findings)
    for variant in process.variants:
        found += _of_limit(process, variant)
    if version is not None:
        found += _against(process, version)
    return tuple(found)


def _of_limit(process: ProcessVersion, variant: ProcessVariant) -> list[Finding]:
    found: list[Finding] = []
    total, limit = process.total(variant.code), variant.limit
    if limit.value is not None and limit.value != total:
        found.append(
            Finding(
                "sum_differs",
                Say(
                    f"{variant.code}: các bước cộng lại {total:f}, thời hạn là {limit.value:f}",
                    f"{variant.code}: the steps add up to {total:f}, the limit is {limit.value:f}",
                ),
            )
        )
    if limit.unit is LimitUnit.WORKING_DAY and any(
        t.unit is WrittenUnit.DAY for t in process.times(variant.code)
    ):
        found.append(
            Finding(
                "days_for_working_days",
                Say(
                    f"{variant.code}: bảng ghi “ngày”, thời hạn tính theo ngày làm việc",
                    f"{variant.code}: the table says “ngày”, the limit is in working days",
                ),
            )
        )
    return found


def _against(process: ProcessVersion, version: ProcedureVersion) -> list[Finding]:
    published = {v.code: v for v in version.variants}
    served = {v.code: v for v in process.variants}
    found = [
        Finding(
            "variants_differ",
            Say(f"Trường hợp “{code}” chỉ có ở một bên", f"Variant “{code}” stands on one side only"),
        )
        for code in sorted(published.keys() ^ served.keys())
    ]
    for code in sorted(published.keys() & served.keys()):
        limits = {c.limit for c in published[code].channels}
        if limits != {served[code].limit}:
            found.append(
                Finding(
                    "limit_differs",
                    Say(
                        f"{code}: thời hạn của quy trình khác thời hạn công bố",
                        f"{code}: the limit of the process is not the published one",
                    ),
                )
            )
    return found
