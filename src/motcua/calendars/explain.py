"""The clock's arithmetic in words: each `Line` of a `Due` as {"vi", "en", "basis"}, for a citizen to follow.

Rendering is apart from computing, as most due dates are computed to be sorted by and only some are read.
Legal bases are cited as printed law cites them; "Quy tắc vn-2026" is the clock's own rule set (D7).
"""

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.clock import Due
from motcua.calendars.words import (
    NAMED_AT_MOST,
    Pair,
    amount_words,
    at_words,
    day_words,
    named_words,
    number_words,
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
    "number": number_words,
}


# A line as a JSON template, and how each of its figures is put into words.
_Sentence = tuple[tuple[Callable[[Any], Pair], ...], str]


def _sentence(kinds: str, vi: str, en: str, basis: str) -> _Sentence:
    return tuple(_KINDS[kind] for kind in kinds.split()), _line(vi, en, basis)


def _line(vi: str, en: str, basis: str) -> str:
    return json.dumps({"vi": vi, "en": en, "basis": basis}, ensure_ascii=False, separators=(",", ":"))


_SENTENCES = {
    "no_due": _sentence(
        "at",
        "Thủ tục không quy định thời hạn; nhận lúc %s.",
        "No time limit is set; received at %s.",
        _START,
    ),
    "day_zero": _sentence(
        "at",
        "Mốc tính %s: ngày này là ngày 0, bắt đầu đếm từ ngày hôm sau.",
        "Counted from %s: that day is day zero, counting begins the next day.",
        f"BLDS 2015 Đ147.3; {_START}",
    ),
    **{
        f"counted_{unit}": _sentence(
            "amount day", "Thời hạn %s: đếm đến %s.", "The limit is %s: counted to %s.", basis
        )
        for unit, basis in _COUNTING.items()
    },
    "month_end": _sentence(
        "day",
        "Tháng ấy không có ngày tương ứng nên lấy ngày cuối tháng, %s.",
        "That month lacks the date, so its last day is taken, %s.",
        _COUNTING["month"],
    ),
    "hours_open": _sentence(
        "at",
        "Mốc tính %s, trong giờ làm việc: tính từ lúc ấy.",
        "Counted from %s, within office hours.",
        _HOUR_ZERO,
    ),
    "hours_closed": _sentence(
        "at at",
        "Mốc %s ngoài giờ làm việc: tính từ lúc mở cửa kế tiếp, %s.",
        "%s is outside office hours: counted from the next opening, %s.",
        _HOUR_ZERO,
    ),
    "hours_wall": _sentence(
        "at",
        "Mốc tính %s; giờ đồng hồ, kể cả ngoài giờ làm việc và ngày nghỉ.",
        "Counted from %s; clock hours, also outside office hours and on days off.",
        _HOUR_ZERO,
    ),
    "hours_counted": _sentence(
        "amount at",
        "Thời hạn %s: đến %s.",
        "The limit is %s: until %s.",
        "Quy tắc vn-2026, khoản 2",
    ),
    "same_day": _sentence(
        "at at",
        "Trả trong ngày: mốc %s, tính là nhận lúc %s, chưa quá giờ chốt.",
        "Same day: from %s, counts as received at %s, by the cut-off.",
        _SAME_DAY,
    ),
    "same_day_late": _sentence(
        "at at",
        "Trả trong ngày: mốc %s, tính là nhận lúc %s, quá giờ chốt nên trả vào ngày làm việc kế tiếp.",
        "Same day: from %s, counts as received at %s, after the cut-off: due on the next working day.",
        _SAME_DAY,
    ),
    "pause_dropped": _sentence(
        "at at reason",
        "Tạm dừng từ %s đến %s%s đã hết trước mốc tính: không xét.",
        "The pause from %s to %s%s was over before the count began: left out.",
        _PAUSES,
    ),
    "pause_without_effect": _sentence(
        "at reason at",
        "Tạm dừng lúc %s%s bắt đầu khi đã đến hạn %s: hạn giữ nguyên.",
        "The pause at %s%s began once %s was reached: no change.",
        _PAUSES,
    ),
    "skipped_weekend": _sentence(
        "number",
        "Trong đó không tính %s ngày nghỉ cuối tuần.",
        "On the way, weekend days not counted: %s.",
        _HOLIDAYS,
    ),
    "paused_days": _sentence(
        "at at reason amount day day",
        "Tạm dừng từ %s đến %s%s: không tính %s, lùi từ %s sang %s.",
        "Paused from %s to %s%s: %s not counted, from %s to %s.",
        _PAUSES,
    ),
    "paused_within_day": _sentence(
        "at at reason",
        "Tạm dừng từ %s đến %s%s: không qua ngày phải đếm nào nên không lùi.",
        "Paused from %s to %s%s: no counted day passed, so nothing moves.",
        _PAUSES,
    ),
    "not_before": _sentence(
        "at day",
        "Hết tạm dừng lúc %s: hạn không sớm hơn ngày làm việc đầu tiên từ đó, %s.",
        "The pause ended at %s: not before the first working day from then, %s.",
        _PAUSES,
    ),
    "not_before_next": _sentence(
        "at day",
        "Hết tạm dừng lúc %s, đã hết giờ làm việc: hạn không sớm hơn %s.",
        "The pause ended at %s, after closing time: not before %s.",
        _PAUSES,
    ),
    "paused_hours": _sentence(
        "at at reason amount at at",
        "Tạm dừng từ %s đến %s%s: còn %s, hạn chuyển từ %s sang %s.",
        "Paused from %s to %s%s: %s left, the due moment moves from %s to %s.",
        _PAUSES,
    ),
    "paused_same_day": _sentence(
        "at at reason",
        "Tạm dừng từ %s đến %s%s: tính lại từ lúc hết tạm dừng.",
        "Paused from %s to %s%s: counted anew from its end.",
        _PAUSES,
    ),
    "held": _sentence(
        "at reason",
        "Đang tạm dừng từ %s%s: chưa xác định được ngày trả.",
        "Paused since %s%s: no due date for now.",
        _PAUSES,
    ),
    "extended_days": _sentence(
        "at amount reason day day",
        "Gia hạn lúc %s, thêm %s%s: từ %s sang %s.",
        "Extended at %s by %s%s: from %s to %s.",
        _EXTENSIONS,
    ),
    "extended_hours": _sentence(
        "at amount reason at at",
        "Gia hạn lúc %s, thêm %s%s: từ %s sang %s.",
        "Extended at %s by %s%s: from %s to %s.",
        _EXTENSIONS,
    ),
    "extension_ignored": _sentence(
        "at reason at",
        "Gia hạn lúc %s%s sau khi đã hết hạn %s: không tính.",
        "The extension at %s%s came after %s: ignored.",
        _EXTENSIONS,
    ),
    "provisional": _sentence(
        "years",
        "Tạm tính: chưa có lịch nghỉ được công bố cho năm %s; tính theo ngày lễ luật định.",
        "Provisional: no calendar is decreed for %s; computed by the statute's holidays.",
        "BLLĐ 2019 Đ112",
    ),
    "due_at_closing": _sentence(
        "at", "Hạn trả kết quả: %s (giờ đóng cửa).", "Due: %s (closing time).", _CLOSING
    ),
    "due": _sentence("at", "Hạn trả kết quả: %s.", "Due: %s.", _START),
    "remains": _sentence(
        "amount",
        "Chưa có hạn trả; khi hết tạm dừng còn %s.",
        "No due date; when the pause ends, %s remain.",
        _PAUSES,
    ),
    "remains_whole": _sentence(
        "",
        "Chưa có hạn trả; khi hết tạm dừng tính lại trọn thời hạn trong ngày.",
        "No due date; when the pause ends the same-day limit begins anew.",
        _PAUSES,
    ),
}


# Lines that speak of days, not of moments, come back often: a day's dossiers of one kind share them.
_DAILY = frozenset(
    (
        *(f"counted_{unit}" for unit in _COUNTING),
        "skipped",
        "skipped_weekend",
        "rolled",
        "month_end",
        "provisional",
        "due_at_closing",
    )
)


def explain(due: Due) -> list[dict[str, str]]:
    """The lines of `due` in order, each {"vi", "en", "basis"}; the last one states the answer."""
    told: list[dict[str, str]] = json.loads(explain_json(due))
    return told


def explain_json(due: Due) -> str:
    """The same as JSON text. Templates are JSON already, so that a line in bulk costs one substitution."""
    calendar = due.calendar
    told = [
        (_tell_daily if code in _DAILY else _tell)(calendar, code, figures) for code, figures in due.lines
    ]
    return f"[{','.join(told)}]"


def _tell(calendar: WorkCalendar, code: str, figures: tuple[Any, ...]) -> str:
    if (teller := _TELLERS.get(code)) is not None:
        return teller(calendar, *figures)
    kinds, template = _SENTENCES[code]
    if len(kinds) == 1:
        return template % kinds[0](*figures)
    if len(kinds) == 2:
        (one_vi, one_en), (two_vi, two_en) = kinds[0](figures[0]), kinds[1](figures[1])
        return template % (one_vi, two_vi, one_en, two_en)
    pairs = [kind(figure) for kind, figure in zip(kinds, figures, strict=True)]
    return template % (*[vi for vi, _ in pairs], *[en for _, en in pairs])


def _rolled(calendar: WorkCalendar, day: int, rolled: int) -> str:
    why_vi, why_en = why_off(calendar, day)
    (day_vi, day_en), (next_vi, next_en) = day_words(day), day_words(rolled)
    return _line(
        f"Ngày cuối, {day_vi}, là ngày nghỉ ({why_vi}): chuyển sang ngày làm việc sau, {next_vi}.",
        f"The last day, {day_en}, is a day off ({why_en}): moved to the next working day, {next_en}.",
        "BLDS 2015 Đ148.6",
    )


def _skipped(calendar: WorkCalendar, zero: int, day: int) -> str:
    """Which days on the way to `day` were not counted, and which Saturdays were."""
    noted = calendar.notes_between(zero, day)
    off = [(when, note) for when, note in noted if not calendar.is_working(when)]
    worked = [(when, note) for when, note in noted if calendar.is_working(when)]
    weekend = day - zero - calendar.count(zero, day) - len(off)
    parts = [(f"không tính {weekend} ngày nghỉ cuối tuần", f"weekend days not counted: {weekend}")]
    if off:
        vi, en = named_words(off)
        parts.append((f"không tính {vi}", f"not counted: {en}"))
    if worked:
        vi, en = named_words(worked)
        parts.append((f"có tính {vi}", f"counted: {en}"))
    said = parts if weekend else parts[1:]
    bases = dict.fromkeys(note.basis for _, note in noted if note.basis)
    return _line(
        f"Trong đó {'; '.join(vi for vi, _ in said)}.",
        f"On the way: {'; '.join(en for _, en in said)}.",
        "; ".join(list(bases)[:NAMED_AT_MOST]) or _HOLIDAYS,
    )


_tell_daily = lru_cache(maxsize=1 << 15)(_tell)

_TELLERS: dict[str, Callable[..., str]] = {"rolled": _rolled, "skipped": _skipped}
