"""A process of an issued collection in our format, and what an administrator has to know of it. Pure.

The table is taken as it stands. Where it lacks a row that the law and the engine need (nobody receives, nobody signs),
the row is put in within the time of its neighbour, so that no sum moves, and a finding says so.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from motcua.catalogue.reading import fault
from motcua.catalogue.shapes import Level, LimitUnit
from motcua.kernel.say import Say
from motcua.kernel.text import fold
from motcua.processes.issued.findings import findings_of, put_in
from motcua.processes.issued.record import Record, Row, Time, Variant
from motcua.processes.issued.roles import role
from motcua.processes.shapes import Finding, StepKind, WrittenUnit

_LEVELS = {"commune": Level.COMMUNE, "provincial": Level.PROVINCE, "ministry": Level.MINISTRY}
_KINDS = {
    **{kind.value: (kind,) for kind in StepKind},
    "draft": (StepKind.EXAMINE,),
    "wait_external": (StepKind.CONSULT,),
    "seal_and_return": (StepKind.SEAL, StepKind.RETURN),
}
_UNITS = {"ngày làm việc": LimitUnit.WORKING_DAY, "ngày": LimitUnit.CALENDAR_DAY}
# The variants of the catalogue by the labels of the documents.
_VARIANTS = {
    "chung": "general",
    "thong thuong": "general",
    "truong hop khac": "extended",
    "khong xac minh": "no_verification",
    "co xac minh": "verification",
    "giam ho cu": "appointed",
    "giam ho duong nhien": "natural",
    "bo sung ho tich": "addition",
    "thay doi, cai chinh, xac dinh lai dan toc - khong xac minh": "change",
    "thay doi, cai chinh, xac dinh lai dan toc - co xac minh": "change_verification",
}
_LEADERS = {
    Level.COMMUNE: ("chair", "vice_chair"),
    Level.PROVINCE: ("director", "deputy_director"),
    Level.MINISTRY: ("director", "deputy_director"),
}
_RECEIVING = Say("Nhận hồ sơ, kiểm tra, hẹn trả kết quả", "Receive the dossier, check it, give the date")
_SIGNING = Say("Duyệt, ký kết quả", "Approve and sign the result")


@dataclass(frozen=True, slots=True)
class Made:
    """A document of ours (processes.shapes.parse reads it) made of a record."""

    code: str
    document: Mapping[str, Any]


@dataclass(slots=True)
class _Line:
    """A row on its way into our format."""

    kind: StepKind
    work: Mapping[str, str]
    positions: tuple[str, ...]
    times: list[dict[str, Any]]
    outputs: Sequence[str] = ()


def made_of(record: Record, *, sharing: int = 1) -> Made:
    """`record` as a document of ours; `sharing`: how many processes of the file bear its process code.

    Raises kernel.errors.Invalid with the place for a level, kind of row, unit or role that nobody entered here.
    """
    for where, listed in (("steps", record.steps), ("variants", record.variants)):
        if not listed:
            raise fault(where, "danh sách này không được trống", "this list must not be empty")
    level = _level(record)
    variants = _variants(record)
    lines, added = _whole(_lines(record, variants), level)
    document: dict[str, Any] = {
        "code": record.id,
        "procedure": record.national_code or record.id,
        "title": {"vi": record.title},
        "level": level.value,
        "source": record.process_code,
        "variants": [
            {"code": variants[v.variant], "limit": _limit(v, f"variants[{i}]")}
            for i, v in enumerate(record.variants)
        ],
        "steps": _steps(lines),
        "findings": [
            {"code": found.code, "text": _said(found.text)}
            for found in [*added, *findings_of(record, sharing=sharing)]
        ],
    }
    if record.issued:
        document["issued_on"] = _day(record.issued)
    return Made(record.id, document)


def _level(record: Record) -> Level:
    if record.level not in _LEVELS:
        raise fault(
            "level",
            f"“{record.level}” không có trong: {', '.join(_LEVELS)}",
            f"“{record.level}” is none of: {', '.join(_LEVELS)}",
        )
    return _LEVELS[record.level]


def _day(text: str) -> str:
    try:
        return datetime.strptime(text, "%d/%m/%Y").date().isoformat()  # noqa: DTZ007 - a day on paper
    except ValueError:
        raise fault("issued", "cần ngày dạng 07/7/2025", "a day like 07/7/2025 is needed here") from None


def _variants(record: Record) -> dict[int, str]:
    """Our code of each variant; labels that say the same would be one code, and the format refuses those."""
    return {
        v.variant: _VARIANTS.get(fold(v.label)) or re.sub(r"[^a-z0-9]+", "_", fold(v.label)).strip("_")
        for v in record.variants
    }


def _limit(variant: Variant, where: str) -> dict[str, str]:
    if variant.same_day_rule:
        return {"unit": LimitUnit.SAME_DAY.value}
    unit = _UNITS.get(variant.limit_unit or "")
    if unit is None or variant.limit_value is None:
        raise fault(
            f"{where}.limit_unit",
            f"cần số và đơn vị trong: {', '.join(_UNITS)}",
            f"a number and a unit of these are needed: {', '.join(_UNITS)}",
        )
    return {"unit": unit.value, "value": _number(variant.limit_value)}


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _lines(record: Record, variants: Mapping[int, str]) -> list[_Line]:
    return [
        line
        for i, row in enumerate(sorted(record.steps, key=lambda row: row.order))
        for line in _of_row(row, variants, f"steps[{i}]")
    ]


def _of_row(row: Row, variants: Mapping[int, str], where: str) -> list[_Line]:
    kinds = _KINDS.get(row.action)
    if kinds is None:
        raise fault(
            f"{where}.action",
            f"“{row.action}” không có trong: {', '.join(sorted(_KINDS))}",
            f"“{row.action}” is none of: {', '.join(sorted(_KINDS))}",
        )
    positions = role(row.role, f"{where}.role").kinds
    times = [_time(time, variants, f"{where}.times[{k}]") for k, time in enumerate(row.times)]
    first = _Line(kinds[0], {"vi": row.content}, positions, times, row.outputs)
    rest = [_Line(kind, {"vi": row.content}, positions, _merged(times), row.outputs) for kind in kinds[1:]]
    return [first, *rest]


def _time(time: Time, variants: Mapping[int, str], where: str) -> dict[str, Any]:
    if time.variant not in variants:
        raise fault(
            f"{where}.variant", f"không có trường hợp {time.variant}", f"there is no variant {time.variant}"
        )
    told: dict[str, Any] = {"variant": variants[time.variant]}
    if time.merged_with_previous:
        return told | {"merged_with_previous": True}
    if time.value is None:
        raise fault(
            f"{where}.value",
            "cần số, hoặc merged_with_previous cho ô gộp",
            "a number is needed, or merged_with_previous for a merged cell",
        )
    return told | {"value": _number(time.value), "unit": time.unit or WrittenUnit.DAY.value}


def _merged(times: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"variant": time["variant"], "merged_with_previous": True} for time in times]


def _whole(lines: list[_Line], level: Level) -> tuple[list[_Line], list[Finding]]:
    """With a row of receiving and one of signing, and what was put in."""
    added: list[Finding] = []
    if StepKind.RECEIVE not in [line.kind for line in lines]:
        lines[0:0] = [_Line(StepKind.RECEIVE, _said(_RECEIVING), ("reception_officer",), lines[0].times)]
        lines[1].times = _merged(lines[1].times)
        added.append(put_in("receive_missing"))
    kinds = [line.kind for line in lines]
    if StepKind.APPROVE not in kinds:
        before = next(
            (i for i, kind in enumerate(kinds) if kind in (StepKind.SEAL, StepKind.RETURN)), len(lines)
        )
        signing = _Line(StepKind.APPROVE, _said(_SIGNING), _LEADERS[level], _merged(lines[0].times))
        lines.insert(before, signing)
        added.append(put_in("approve_missing"))
    return lines, added


def _steps(lines: Sequence[_Line]) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = []
    codes: list[str] = []
    for order, line in enumerate(lines, start=1):
        count = sum(1 for before in lines[: order - 1] if before.kind is line.kind) + 1
        code = line.kind.value if count == 1 else f"{line.kind.value}_{count}"
        step = {
            "order": order,
            "code": code,
            "kind": line.kind.value,
            "work": line.work,
            "positions": list(line.positions),
            "times": line.times,
            "outputs": [{"vi": output} for output in line.outputs],
        }
        back = _way_back(line.kind, lines[: order - 1], codes)
        steps.append(step | ({"returns_to": [back]} if back else {}))
        codes.append(code)
    return steps


def _way_back(kind: StepKind, above: Sequence[_Line], codes: Sequence[str]) -> str | None:
    """Who signs gives back to who drafted, who seals to who signed, as the words of those rows have it."""
    wanted = {StepKind.APPROVE: {StepKind.EXAMINE, StepKind.VERIFY}, StepKind.SEAL: {StepKind.APPROVE}}.get(
        kind
    )
    ways = [code for line, code in zip(above, codes, strict=True) if wanted and line.kind in wanted]
    return ways[-1] if ways else None


def _said(say: Say) -> dict[str, str]:
    return {"vi": say.vi, "en": say.en}
