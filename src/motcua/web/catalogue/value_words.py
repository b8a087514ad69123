"""A decision's value in words: for the page of a procedure, the list of who decided what, and the report."""

from collections.abc import Callable, Mapping
from typing import Any

from motcua.catalogue.national import values
from motcua.catalogue.national.findings import FindingKind
from motcua.catalogue.national.values import value_of
from motcua.catalogue.shapes import LimitUnit
from motcua.kernel.say import Say
from motcua.web.catalogue import deciding_words as words
from motcua.web.common.limits import limit_words

SEEN = Say("Đã xem, giữ như bản công bố", "Looked at, left as announced")
BACK = Say("Rút quyết định", "Decision taken back")


def value_lines(kind: FindingKind, value: Mapping[str, Any] | None) -> list[Say]:
    """What was decided, a line for each thing; one that says so for a decision taken back (None)."""
    if value is None:
        return [BACK]
    meant = value_of(kind, value)
    return [SEEN] if meant is None else _SAYS[type(meant)](meant)


def _both(text: str) -> Say:
    return Say(text, text)


def _limit(value: values.LimitValue) -> list[Say]:
    lines = [_measured(value.unit, value.value)]
    if value.channels:
        named = [words.CHANNELS[channel] for channel in value.channels]
        lines.append(Say(", ".join(n.vi for n in named), ", ".join(n.en for n in named)))
    if value.source:
        lines.append(Say(f"Theo {value.source}", f"By {value.source}"))
    return lines


def _measured(unit: LimitUnit, value: Any) -> Say:
    return limit_words(unit.value, value) if value is not None else words.LIMIT_UNITS[unit]


def _fee(value: values.FeeValue) -> list[Say]:
    means, unit, nature = words.MEANS[value.means], words.FEE_UNITS[value.unit], words.NATURES[value.nature]
    amount = f"{value.amount:,}".replace(",", ".") + " đồng" if value.amount else ""
    vi, en = amount or means.vi, amount or means.en
    lines = [
        Say(
            f"{value.name} ({nature.vi.lower()}): {vi}, {unit.vi}",
            f"{value.name} ({nature.en}): {en}, {unit.en}",
        ),
        Say(f"Theo {value.basis}", f"By {value.basis}"),
    ]
    return [*lines, Say(f"Chỉ thu khi: {value.asked}", f"Only if: {value.asked}")] if value.asked else lines


def _variants(value: values.VariantsValue) -> list[Say]:
    said = [(row.label, _measured(row.unit, row.value)) for row in value.rows]
    return [Say(f"{label}: {limit.vi}", f"{label}: {limit.en}") for label, limit in said]


def _groups(value: values.GroupsValue) -> list[Say]:
    lines = []
    for n, row in enumerate(value.groups, 1):
        means, label = words.GROUPS[row.means], f": {row.label}" if row.label else ""
        lines.append(Say(f"Nhóm {n}: {means.vi}{label}", f"Group {n}: {means.en}{label}"))
    return lines


def _papers(value: values.PapersValue) -> list[Say]:
    lines = []
    for part in value.parts:
        kind = words.PAPERS[part.kind]
        more = "; ".join(text for text in (part.asked, part.group) if text)
        count_vi = ", ".join(
            f"{n:02} {w}" for n, w in ((part.originals, "bản chính"), (part.copies, "bản sao")) if n
        )
        count_en = ", ".join(
            f"{n} {w}" for n, w in ((part.originals, "original"), (part.copies, "copy")) if n
        )
        vi = ", ".join(text for text in (_bare(kind.vi), more, count_vi) if text)
        en = ", ".join(text for text in (_bare(kind.en), more, count_en) if text)
        lines.append(Say(f"{part.name}: {vi}", f"{part.name}: {en}"))
    return lines


def _bare(text: str) -> str:
    return text.partition(" (")[0].lower()


def _result(value: values.ResultValue) -> list[Say]:
    code = Say(f"Mã {value.code}", f"Code {value.code}") if value.code else Say("Không có mã", "No code")
    return [_both(value.name), code] if value.name else [code]


def _announcing(value: values.AnnouncingValue) -> list[Say]:
    day = f", {value.issued_on:%d/%m/%Y}" if value.issued_on else ""
    return [_both(f"{value.number}{day}")]


_SAYS: Mapping[type[Any], Callable[[Any], list[Say]]] = {
    values.LimitValue: _limit,
    values.FeeValue: _fee,
    values.VariantsValue: _variants,
    values.GroupsValue: _groups,
    values.PapersValue: _papers,
    values.ResultValue: _result,
    values.LevelValue: lambda value: [words.LEVELS[value.level]],
    values.ChannelValue: lambda value: [words.CHANNELS[value.channel]],
    values.AudienceValue: lambda value: [words.AUDIENCES[one] for one in value.audience],
    values.TextValue: lambda value: [_both(value.text)],
    values.LinesValue: lambda value: [_both(line) for line in value.lines],
    values.AnnouncingValue: _announcing,
}
