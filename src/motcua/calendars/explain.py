"""The clock's arithmetic in words: each `Line` of a `Due` as {"vi", "en", "basis"}, for a citizen to follow.

Rendering is apart from computing, as most due dates are computed to be sorted by and only some are read.
Legal bases are cited as printed law cites them; "Quy tắc vn-2026" is the clock's own rule set (D7).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.clock import Due
from motcua.calendars.editions import Note
from motcua.calendars.words import (
    NAMED_AT_MOST,
    Pair,
    amount_words,
    at_words,
    day_words,
    named_words,
    reason_words,
    why_off,
    years_words,
)

_START = "NĐ 118/2025/NĐ-CP Đ17.3"
_HOUR_ZERO = f"BLDS 2015 Đ147.1; {_START}"
_SAME_DAY = "NĐ 23/2015/NĐ-CP Đ7; NĐ 118/2025/NĐ-CP Đ18.2"
_HOLIDAYS = "BLLĐ 2019 Đ111, Đ112"
_CLOSING = "Quy tắc vn-2026, khoản 1"
_PAUSES = "Quy tắc vn-2026, khoản 4"
_EXTENSIONS = "Quy tắc vn-2026, khoản 5"
_COUNTING = {
    "working_day": "BLDS 2015 Đ148.2; BLLĐ 2019 Đ112",
    "calendar_day": "BLDS 2015 Đ148.2",
    "week": "BLDS 2015 Đ148.3",
    "month": "BLDS 2015 Đ148.4",
    "year": "BLDS 2015 Đ148.5",
}

_KINDS: dict[str, Callable[[Any], Pair]] = {
    "at": at_words,
    "day": day_words,
    "amount": amount_words,
    "reason": reason_words,
    "years": years_words,
}


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A line's template in both languages; `kinds` says how each of its figures is put into words."""

    kinds: tuple[Callable[[Any], Pair], ...]
    vi: str
    en: str
    basis: str


def _sentence(kinds: str, vi: str, en: str, basis: str) -> _Sentence:
    return _Sentence(tuple(_KINDS[kind] for kind in kinds.split()), vi, en, basis)


_SENTENCES = {
    "no_due": _sentence(
        "at",
        "Thủ tục không quy định thời hạn; nhận lúc {0}.",
        "No time limit is set; received at {0}.",
        _START,
    ),
    "day_zero": _sentence(
        "at",
        "Mốc tính {0}: ngày này là ngày 0, bắt đầu đếm từ ngày hôm sau.",
        "Counted from {0}: that day is day zero, counting begins the next day.",
        f"BLDS 2015 Đ147.3; {_START}",
    ),
    **{
        f"counted_{unit}": _sentence(
            "amount day", "Thời hạn {0}: đếm đến {1}.", "The limit is {0}: counted to {1}.", basis
        )
        for unit, basis in _COUNTING.items()
    },
    "month_end": _sentence(
        "day",
        "Tháng ấy không có ngày tương ứng nên lấy ngày cuối tháng, {0}.",
        "That month lacks the date, so its last day is taken, {0}.",
        _COUNTING["month"],
    ),
    "hours_open": _sentence(
        "at",
        "Mốc tính {0}, trong giờ làm việc: tính từ lúc ấy.",
        "Counted from {0}, within office hours.",
        _HOUR_ZERO,
    ),
    "hours_closed": _sentence(
        "at at",
        "Mốc {0} ngoài giờ làm việc: tính từ lúc mở cửa kế tiếp, {1}.",
        "{0} is outside office hours: counted from the next opening, {1}.",
        _HOUR_ZERO,
    ),
    "hours_wall": _sentence(
        "at",
        "Mốc tính {0}; giờ đồng hồ, kể cả ngoài giờ làm việc và ngày nghỉ.",
        "Counted from {0}; clock hours, also outside office hours and on days off.",
        _HOUR_ZERO,
    ),
    "hours_counted": _sentence(
        "amount at",
        "Thời hạn {0}: đến {1}.",
        "The limit is {0}: until {1}.",
        "Quy tắc vn-2026, khoản 2",
    ),
    "same_day": _sentence(
        "at at",
        "Trả trong ngày: mốc {0}, tính là nhận lúc {1}, chưa quá giờ chốt.",
        "Same day: from {0}, counts as received at {1}, by the cut-off.",
        _SAME_DAY,
    ),
    "same_day_late": _sentence(
        "at at",
        "Trả trong ngày: mốc {0}, tính là nhận lúc {1}, quá giờ chốt nên trả vào ngày làm việc kế tiếp.",
        "Same day: from {0}, counts as received at {1}, after the cut-off: due on the next working day.",
        _SAME_DAY,
    ),
    "pause_dropped": _sentence(
        "at at reason",
        "Tạm dừng từ {0} đến {1}{2} đã hết trước mốc tính: không xét.",
        "The pause from {0} to {1}{2} was over before the count began: left out.",
        _PAUSES,
    ),
    "pause_without_effect": _sentence(
        "at reason at",
        "Tạm dừng lúc {0}{1} bắt đầu khi đã đến hạn {2}: hạn giữ nguyên.",
        "The pause at {0}{1} began once {2} was reached: no change.",
        _PAUSES,
    ),
    "paused_days": _sentence(
        "at at reason amount day day",
        "Tạm dừng từ {0} đến {1}{2}: không tính {3}, lùi từ {4} sang {5}.",
        "Paused from {0} to {1}{2}: {3} not counted, from {4} to {5}.",
        _PAUSES,
    ),
    "paused_within_day": _sentence(
        "at at reason",
        "Tạm dừng từ {0} đến {1}{2}: không qua ngày phải đếm nào nên không lùi.",
        "Paused from {0} to {1}{2}: no counted day passed, so nothing moves.",
        _PAUSES,
    ),
    "not_before": _sentence(
        "at day",
        "Hết tạm dừng lúc {0}: hạn không sớm hơn ngày làm việc đầu tiên từ đó, {1}.",
        "The pause ended at {0}: not before the first working day from then, {1}.",
        _PAUSES,
    ),
    "not_before_next": _sentence(
        "at day",
        "Hết tạm dừng lúc {0}, đã hết giờ làm việc: hạn không sớm hơn {1}.",
        "The pause ended at {0}, after closing time: not before {1}.",
        _PAUSES,
    ),
    "paused_hours": _sentence(
        "at at reason amount at at",
        "Tạm dừng từ {0} đến {1}{2}: còn {3}, hạn chuyển từ {4} sang {5}.",
        "Paused from {0} to {1}{2}: {3} left, the due moment moves from {4} to {5}.",
        _PAUSES,
    ),
    "paused_same_day": _sentence(
        "at at reason",
        "Tạm dừng từ {0} đến {1}{2}: tính lại từ lúc hết tạm dừng.",
        "Paused from {0} to {1}{2}: counted anew from its end.",
        _PAUSES,
    ),
    "held": _sentence(
        "at reason",
        "Đang tạm dừng từ {0}{1}: chưa xác định được ngày trả.",
        "Paused since {0}{1}: no due date for now.",
        _PAUSES,
    ),
    "extended_days": _sentence(
        "at amount reason day day",
        "Gia hạn {1} lúc {0}{2}: từ {3} sang {4}.",
        "Extended by {1} at {0}{2}: from {3} to {4}.",
        _EXTENSIONS,
    ),
    "extended_hours": _sentence(
        "at amount reason at at",
        "Gia hạn {1} lúc {0}{2}: từ {3} sang {4}.",
        "Extended by {1} at {0}{2}: from {3} to {4}.",
        _EXTENSIONS,
    ),
    "extension_ignored": _sentence(
        "at reason at",
        "Gia hạn lúc {0}{1} sau khi đã hết hạn {2}: không tính.",
        "The extension at {0}{1} came after {2}: ignored.",
        _EXTENSIONS,
    ),
    "provisional": _sentence(
        "years",
        "Tạm tính: chưa có lịch nghỉ được công bố cho năm {0}; tính theo ngày lễ luật định.",
        "Provisional: no calendar is decreed for {0}; computed by the statute's holidays.",
        "BLLĐ 2019 Đ112",
    ),
    "due_at_closing": _sentence(
        "at", "Hạn trả kết quả: {0} (giờ đóng cửa).", "Due: {0} (closing time).", _CLOSING
    ),
    "due": _sentence("at", "Hạn trả kết quả: {0}.", "Due: {0}.", _START),
    "remains": _sentence(
        "amount",
        "Chưa có hạn trả; khi hết tạm dừng còn {0}.",
        "No due date; when the pause ends, {0} remain.",
        _PAUSES,
    ),
    "remains_whole": _sentence(
        "",
        "Chưa có hạn trả; khi hết tạm dừng tính lại trọn thời hạn trong ngày.",
        "No due date; when the pause ends the same-day limit begins anew.",
        _PAUSES,
    ),
}


def explain(due: Due) -> list[dict[str, str]]:
    """The lines of `due` in order, each {"vi", "en", "basis"}; the last one states the answer."""
    told: list[dict[str, str]] = []
    for code, figures in due.lines:
        if (tell := _TOLD_BY_CALENDAR.get(code)) is not None:
            told += tell(due.calendar, *figures)
            continue
        sentence = _SENTENCES[code]
        pairs = [kind(figure) for kind, figure in zip(sentence.kinds, figures, strict=True)]
        told.append(
            {
                "vi": sentence.vi.format(*[vi for vi, _ in pairs]),
                "en": sentence.en.format(*[en for _, en in pairs]),
                "basis": sentence.basis,
            }
        )
    return told


def _rolled(calendar: WorkCalendar, day: int, rolled: int) -> list[dict[str, str]]:
    why = why_off(calendar, day)
    (day_vi, day_en), (next_vi, next_en) = day_words(day), day_words(rolled)
    return [
        {
            "vi": f"Ngày cuối, {day_vi}, là ngày nghỉ ({why[0]}): chuyển sang ngày làm việc kế tiếp, {next_vi}.",
            "en": f"The last day, {day_en}, is a day off ({why[1]}): moved to the next working day, {next_en}.",
            "basis": "BLDS 2015 Đ148.6",
        }
    ]


def _skipped(calendar: WorkCalendar, zero: int, day: int) -> list[dict[str, str]]:
    """Which days on the way were not counted, and which Saturdays were; nothing when none stands out."""
    off: list[tuple[int, Note]] = []
    worked: list[tuple[int, Note]] = []
    for when, note in calendar.notes_between(zero, day):
        (worked if calendar.is_working(when) else off).append((when, note))
    weekend = day - zero - calendar.count(zero, day) - len(off)
    parts: list[Pair] = []
    if weekend:
        parts.append((f"không tính {weekend} ngày nghỉ cuối tuần", f"{weekend} weekend day(s) not counted"))
    if off:
        vi, en = named_words(off)
        parts.append((f"không tính {vi}", f"not counted: {en}"))
    if worked:
        vi, en = named_words(worked)
        parts.append((f"có tính {vi}", f"counted: {en}"))
    if not parts:
        return []
    bases = dict.fromkeys(note.basis for _, note in (*off, *worked) if note.basis)
    return [
        {
            "vi": f"Trong đó {'; '.join(vi for vi, _ in parts)}.",
            "en": f"On the way: {'; '.join(en for _, en in parts)}.",
            "basis": "; ".join(list(bases)[:NAMED_AT_MOST]) or _HOLIDAYS,
        }
    ]


_TOLD_BY_CALENDAR: dict[str, Callable[..., list[dict[str, str]]]] = {"rolled": _rolled, "skipped": _skipped}
