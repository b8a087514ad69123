"""What one step table has that another has not, in sentences. Pure.

Both are documents in our format, of versions or of drafts, which may lack anything. Rows are the same where their codes
are; the number of a row is no difference by itself.
"""

import json
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from motcua.eforms.definition import malformed
from motcua.kernel.say import Say, say_of
from motcua.processes.conditions import condition_words
from motcua.processes.wording import KINDS, UNWRITTEN, joined, limit_words, positions_words, time_words

Document = Mapping[str, Any]
Row = Mapping[str, Any]
LABELS: Mapping[str, Say] = {
    "title": Say("tên quy trình", "the title"),
    "procedure": Say("thủ tục", "the procedure"),
    "level": Say("cấp giải quyết", "the level"),
    "source": Say("nguồn", "the source"),
    "issued_on": Say("ngày ban hành", "the day of issue"),
    "findings": Say("điều cần biết", "what should be known"),
    "sees": Say("ai xem được gì", "who sees what"),
    "area": Say("địa bàn theo câu trả lời", "the answer that gives the area"),
    "children": Say("phần việc của cơ quan khác", "the parts of other agencies"),
    "kind": Say("loại việc", "the kind of work"),
    "work": Say("việc làm", "the work"),
    "positions": Say("vị trí", "the position"),
    "outputs": Say("kết quả của bước", "the output"),
    "returns_to": Say("trả về bước", "the way back"),
    "when": Say("điều kiện", "the condition"),
    "parallel": Say("song song", "the parallel branch"),
    "outcomes": Say("hướng đi tiếp", "the ways on"),
    "papers": Say("giấy tờ của bước", "the papers"),
    "assignment": Say("cách phân công", "the assignment"),
    "apart_from": Say("không cùng người với bước", "who must be another person"),
    "escalation": Say("nhắc và báo cáo", "the escalation"),
    "consultations": Say("lấy ý kiến", "the consultations"),
    "includes": Say("quy trình con", "the process inside"),
}
_PROCESS = ("title", "procedure", "level", "source", "issued_on", "findings", "sees", "area", "children")
_ROW = tuple(LABELS)[tuple(LABELS).index("kind") :]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: `what` is "added", "removed", "changed" or "moved", `code` the row's, "" for the process."""

    what: str
    code: str
    said: Say


def differences(
    before: Document, after: Document, variants: Mapping[str, Say] = {}
) -> tuple[Difference, ...]:
    """Where `after` differs from `before`: the process itself, its variants, row by row as they stand after, its tests;
    `variants`: what their codes are called."""
    return (
        *_of_process(before, after),
        *_of_variants(before, after, variants),
        *_of_rows(_by_code(before.get("steps")), _by_code(after.get("steps")), variants),
        *_of_tests(_by_code(before.get("tests")), _by_code(after.get("tests"))),
    )


def _by_code(told: Any) -> dict[str, Row]:
    """Rows by code, in their order; of two with one code the first."""
    found: dict[str, Row] = {}
    for each in told if isinstance(told, list) else ():
        if isinstance(each, Mapping):
            found.setdefault(str(each.get("code", "")), each)
    return found


def _of_process(before: Document, after: Document) -> Iterator[Difference]:
    for key in _PROCESS:
        if (said := _changed(key, before.get(key), after.get(key), {})) is not None:
            yield Difference("changed", "", Say(f"Quy trình: {said.vi}.", f"The process: {said.en}."))


def _of_variants(before: Document, after: Document, variants: Mapping[str, Say]) -> Iterator[Difference]:
    old, new = _by_code(before.get("variants")), _by_code(after.get("variants"))
    for code, variant in new.items():
        name = _called(code, variants)
        limit = _limit_words(variant.get("limit"))
        if code not in old:
            yield Difference(
                "added",
                "",
                Say(
                    f"Thêm trường hợp “{name.vi}”, thời hạn {limit.vi}.",
                    f"Variant “{name('en')}” is added, limit {limit.en}.",
                ),
            )
        elif (was := _limit_words(old[code].get("limit"))) != limit:
            vi = f"Trường hợp “{name.vi}”: thời hạn đổi từ {was.vi} thành {limit.vi}."
            en = f"Variant “{name('en')}”: the limit changes from {was.en} to {limit.en}."
            yield Difference("changed", "", Say(vi, en))
    for code in old:
        if code not in new:
            name = _called(code, variants)
            said = Say(f"Bỏ trường hợp “{name.vi}”.", f"Variant “{name('en')}” is removed.")
            yield Difference("removed", "", said)


def _of_rows(
    old: Mapping[str, Row], new: Mapping[str, Row], variants: Mapping[str, Say]
) -> Iterator[Difference]:
    names = {code: work_words(row) for code, row in {**old, **new}.items()}
    moved = _moved([code for code in old if code in new], [code for code in new if code in old])
    above: str | None = None
    for code, row in new.items():
        if code not in old:
            yield Difference(
                "added", code, _added(row, names.get(above) if above is not None else None, variants)
            )
        else:
            name = work_words(old[code])
            if code in moved:
                place = _place(names.get(above) if above is not None else None)
                vi = f"Bước “{name.vi}” chuyển chỗ: nay đứng {place.vi}."
                yield Difference(
                    "moved", code, Say(vi, f"Step “{name('en')}” moves: it now stands {place.en}.")
                )
            for said in _of_row(old[code], row, names, variants):
                yield Difference(
                    "changed",
                    code,
                    Say(f"Bước “{name.vi}”: {said.vi}.", f"Step “{name('en')}”: {said('en')}."),
                )
        above = code
    for code in old:
        if code not in new:
            name = names[code]
            said = Say(f"Bỏ bước “{name.vi}”.", f"Step “{name('en')}” is removed.")
            yield Difference("removed", code, said)


def _of_tests(old: Mapping[str, Row], new: Mapping[str, Row]) -> Iterator[Difference]:
    for code, test in {**old, **new}.items():
        name, why = say_of(test.get("title")), test.get("retired")
        if code not in old:
            what, vi, en = "added", "được thêm", "is added"
        elif code not in new:
            what, vi, en = "removed", "bị bỏ", "is removed"
        elif why and not old[code].get("retired"):
            what, vi, en = "changed", f"thôi dùng: {why}", f"is retired: {why}"
        elif len(test.get("changes") or "") > len(old[code].get("changes") or ""):
            what, vi, en = "changed", f"được sửa: {test['changes'][-1]}", f"is changed: {test['changes'][-1]}"
        else:
            what, vi, en = "changed", "được sửa", "is changed"
        if old.get(code) != new.get(code):
            yield Difference(what, "", Say(f"Bài thử “{name.vi}” {vi}.", f"The test “{name('en')}” {en}."))


def _added(row: Row, above: Say | None, variants: Mapping[str, Say]) -> Say:
    name, place, times = work_words(row), _place(above), times_words(row)
    who = positions_words([str(each) for each in row.get("positions") or ()])
    told = joined(
        [
            *([who] if who.vi else []),
            *(
                Say(f"{name.vi}: {time.vi}", f"{name('en')}: {time.en}")
                for code, time in times.items()
                for name in [_called(code, variants)]
            ),
        ],
        "; ",
        "; ",
    )
    end = Say(f" ({told.vi})", f" ({told.en})") if told.vi else Say("", "")
    return Say(
        f"Thêm bước “{name.vi}” {place.vi}{end.vi}.", f"Step “{name('en')}” is added {place.en}{end.en}."
    )


def _place(above: Say | None) -> Say:
    return (
        Say(f"sau bước “{above.vi}”", f"after “{above('en')}”") if above else Say("ở đầu bảng", "at the top")
    )


def _of_row(old: Row, new: Row, names: Mapping[str, Say], variants: Mapping[str, Say]) -> Iterator[Say]:
    for key in _ROW:
        if (said := _changed(key, old.get(key), new.get(key), names)) is not None:
            yield said
    was, now = times_words(old), times_words(new)
    for variant in [*now, *(each for each in was if each not in now)]:
        if variant in was and variant in now and was[variant] != now[variant]:
            name = _called(variant, variants)
            vi = f"thời gian ({name.vi}) đổi từ {was[variant].vi} thành {now[variant].vi}"
            yield Say(vi, f"the time ({name('en')}) changes from {was[variant].en} to {now[variant].en}")


def _called(variant: str, variants: Mapping[str, Say]) -> Say:
    return variants.get(variant, Say(variant, variant))


def times_words(row: Row) -> dict[str, Say]:
    """The times of a row by variant, in words."""
    found: dict[str, Say] = {}
    for each in row.get("times") or ():
        if isinstance(each, Mapping):
            value = _decimal(each.get("value"))
            blank = value is None and not each.get("merged_with_previous")
            words = UNWRITTEN if blank else time_words(value, str(each.get("unit", "")))
            found[str(each.get("variant", ""))] = words
    return found


def _decimal(told: Any) -> Decimal | None:
    try:
        return None if told is None else Decimal(str(told))
    except InvalidOperation:
        return None


def _changed(key: str, was: Any, now: Any, names: Mapping[str, Say]) -> Say | None:
    """What became of one key, without the subject; None where nothing did."""
    if (was or None) == (now or None):
        return None
    label = LABELS[key]
    words = _WORDS.get(key, _plain)
    old, new = words(was, names), words(now, names)
    if not was:
        return Say(f"thêm {label.vi}: {new.vi}", f"{label.en} added: {new('en')}")
    if not now:
        return Say(f"bỏ {label.vi} ({old.vi})", f"{label.en} dropped ({old('en')})")
    return Say(
        f"{label.vi} đổi từ {old.vi} thành {new.vi}",
        f"{label.en} changes from {old('en')} to {new('en')}",
    )


# --- words of values --------------------------------------------------------------

_Words = Callable[[Any, Mapping[str, Say]], Say]


def work_words(row: Row) -> Say:
    """What a row is called: its work, else its code."""
    said, code = say_of(row.get("work")), str(row.get("code", ""))
    return said if said.vi else Say(code, code)


def _plain(told: Any, _names: Mapping[str, Say]) -> Say:
    said = told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)
    return Say(f"“{said}”", f"“{said}”")


def _said(told: Any, _names: Mapping[str, Say]) -> Say:
    said = say_of(told)
    return Say(f"“{said.vi}”", f"“{said('en')}”")


def _kind(told: Any, _names: Mapping[str, Say]) -> Say:
    return KINDS.get(str(told), Say(str(told), str(told)))


def _positions(told: Any, _names: Mapping[str, Say]) -> Say:
    return positions_words([str(each) for each in told or ()])


def _rows(told: Any, names: Mapping[str, Say]) -> Say:
    return joined(
        _said({"vi": names[c].vi, "en": names[c].en}, {}) if c in names else Say(c, c) for c in _list(told)
    )


def _list(told: Any) -> Sequence[str]:
    return [str(each) for each in told] if isinstance(told, list) else []


def _entries(told: Any, _names: Mapping[str, Say]) -> Say:
    """Outputs, papers, outcomes and the like: what each is called."""
    return joined(_entry(each) for each in told or () if isinstance(each, Mapping))


def _entry(told: Row) -> Say:
    named = next(
        (say_of(told[key]) for key in ("label", "title", "about", "text") if key in told), say_of(told)
    )
    rest = {k: v for k, v in told.items() if k not in ("label", "title", "about", "text", "vi", "en", "code")}
    more = f" {json.dumps(rest, ensure_ascii=False)}" if rest else ""
    return Say(f"“{named.vi}”{more}", f"“{named('en')}”{more}") if named.vi else _plain(told, {})


def _limit_words(told: Any) -> Say:
    limit = told if isinstance(told, Mapping) else {}
    return limit_words(_decimal(limit.get("value")), str(limit.get("unit", "")))


def _condition(told: Any, _names: Mapping[str, Say]) -> Say:
    if told is None or malformed(told):
        return _plain(told, {})
    said = condition_words(told, {})
    return Say(f"“{said.vi}”", f"“{said.en}”")


_WORDS: Mapping[str, _Words] = {
    "when": _condition,
    "title": _said,
    "work": _said,
    "kind": _kind,
    "positions": _positions,
    "returns_to": _rows,
    "apart_from": _rows,
    "outputs": _entries,
    "outcomes": _entries,
    "papers": _entries,
    "consultations": _entries,
    "findings": _entries,
    "children": _entries,
}


# --- order ------------------------------------------------------------------------


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The fewest rows whose moving makes the one order of the other: those outside the longest that kept theirs."""
    place = {code: n for n, code in enumerate(old)}
    tails: list[int] = []
    ends: list[str] = []
    before: dict[str, str | None] = {}
    for code in new:
        at = bisect_left(tails, place[code])
        before[code] = ends[at - 1] if at else None
        tails[at:], ends[at:] = ([place[code], *tails[at + 1 :]], [code, *ends[at + 1 :]])
    kept: set[str] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return set(new) - kept
