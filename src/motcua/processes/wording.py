"""People's words for the codes of a step table. Pure."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from motcua.agencies.positions import POSITION_KINDS
from motcua.catalogue.lengths import LIMIT_UNITS
from motcua.kernel.say import Say, counted
from motcua.processes.shapes import StepKind, WrittenUnit

KINDS: Mapping[str, Say] = {
    StepKind.RECEIVE: Say("Tiếp nhận", "Receive"),
    StepKind.EXAMINE: Say("Thẩm tra, thụ lý", "Examine"),
    StepKind.VERIFY: Say("Xác minh", "Verify"),
    StepKind.CONSULT: Say("Lấy ý kiến", "Consult"),
    StepKind.APPROVE: Say("Phê duyệt, ký", "Approve and sign"),
    StepKind.SEAL: Say("Đóng dấu, vào số", "Seal and number"),
    StepKind.RETURN: Say("Trả kết quả", "Hand over"),
}
UNITS: Mapping[str, Say] = {
    WrittenUnit.DAY: Say("ngày", "days"),
    WrittenUnit.WORKING_DAY: Say("ngày làm việc", "working days"),
    WrittenUnit.HOUR: Say("giờ", "hours"),
    WrittenUnit.WORKING_HOUR: Say("giờ làm việc", "working hours"),
}
MERGED = Say("gộp với bước trên", "with the step above")
UNWRITTEN = Say("chưa ghi", "not written")


def position_words(kind: str) -> Say:
    """A position's title; a code that is none stands as it is."""
    return POSITION_KINDS[kind].title if kind in POSITION_KINDS else Say(kind, kind)


def joined(told: Iterable[Say], vi: str = ", ", en: str = ", ") -> Say:
    """Several sayings in one."""
    every = list(told)
    return Say(vi.join(each.vi for each in every), en.join(each("en") for each in every))


def positions_words(kinds: Collection[str]) -> Say:
    """Who may hold a step: "Chủ tịch UBND hoặc Phó Chủ tịch UBND"."""
    return joined(map(position_words, kinds), " hoặc ", " or ")


def number_words(value: Decimal) -> Say:
    """A number as each language writes it: "0,5", "0.5"."""
    said = f"{value.normalize():f}"
    return Say(said.replace(".", ","), said)


def limit_words(value: Decimal | None, unit: str) -> Say:
    """A time limit: "3 ngày làm việc"; without a number its unit says it all."""
    words = LIMIT_UNITS.get(unit, Say(unit, unit))
    return words if value is None else _measured(value, words)


def _measured(value: Decimal, words: Say) -> Say:
    said = number_words(value)
    english = counted(1, words.en[:-1]) if value == 1 and words.en.endswith("s") else f"{said.en} {words.en}"
    return Say(f"{said.vi} {words.vi}", english)


def time_words(value: Decimal | None, unit: str) -> Say:
    """A time as the table writes it."""
    return MERGED if value is None else _measured(value, UNITS.get(unit, Say(unit, unit)))
