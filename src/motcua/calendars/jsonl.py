"""`motcua clock`: JSON lines in, JSON lines out, in order, as a stream (D11).

In:  {"id", "received_at", "limit": {"value", "unit"}, "pauses": [[from, to | null, reason]...],
      "extensions": [[at, value, unit, ground]...]}
Out: {"id", "due_at", "remaining", "provisional", "explanation": [{"vi", "en", "basis"}...]}, or {"id",
"error"}.

- `id` is a string, a whole number or null, and comes back as it was.
- Moments are ISO 8601 with date, time and offset; what is finer than a microsecond is cut.
- `value` is a number or a plain decimal string; numbers are read as decimals, never as floats.
- `remaining` is null, or for an open pause {"value", "unit"} in the input's own terms: a whole number, or a
  decimal string for a fraction of an hour; hours also carry the exact whole "seconds" (rounded up).
- Keys that are not known are left aside, and the explanation says so: a misspelt "pauses" must not pass
  unseen.
- Empty lines are skipped. A line is at most 1 MiB.
"""

import json
import re
from codecs import BOM_UTF8
from collections import deque
from collections.abc import Iterator
from concurrent import futures
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from multiprocessing import get_context
from signal import SIG_IGN, SIGINT, signal
from typing import Any, BinaryIO

from motcua.calendars.calendar import WorkCalendar, instant, within_years
from motcua.calendars.clock import HOUR_UNITS, Due, Limit, Remaining, reckon
from motcua.calendars.editions import DAY, SECOND
from motcua.calendars.explain import explain_json
from motcua.calendars.words import hours_text, iso_text
from motcua.kernel.errors import Invalid
from motcua.kernel.text import nfc

_BLOCK = 1 << 18  # bytes asked for at once
_BACKLOG = 1 << 15  # a read this full means that more is waiting: worth sharing out
_SMALL = 1 << 20  # inputs up to here are answered in this process alone
_AHEAD = 8  # blocks answered or given away before the oldest one is waited for
_LONGEST_LINE = 1 << 20
_KEYS = frozenset(("id", "received_at", "limit", "pauses", "extensions"))
_LIMIT_KEYS = frozenset(("value", "unit"))
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"\d\d:\d\d:\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)", re.ASCII)
_Answer = futures.Future[tuple[bytes, int]]
_DECIMAL = re.compile(r"\d+(?:\.\d+)?", re.ASCII)


def run(source: BinaryIO, out: BinaryIO, *, calendar: WorkCalendar, processes: int = 1) -> int:
    """Answer every line of `source` on `out`, in order; returns how many lines were bad.

    What has arrived is answered and flushed at once, so a person or a program may converse with it. When
    lines keep coming faster than they are answered, other processes take blocks of them besides this one,
    a bounded number ahead: memory stays flat however long the input.
    """
    bad = 0
    seen = 0
    pool: futures.ProcessPoolExecutor | None = None
    queue: deque[_Answer] = deque()
    try:
        for block, backlog in _blocks(source):
            seen += len(block)
            if pool is None and backlog and processes > 1 and seen > _SMALL:
                pool = _pool(processes - 1, calendar)
            given_away = sum(1 for answer in queue if not answer.done())
            if pool is not None and backlog and given_away < 2 * (processes - 1):
                queue.append(pool.submit(_answer_in_worker, block))
            else:
                done: _Answer = futures.Future()
                done.set_result(answer_block(block, calendar))
                queue.append(done)
            while queue and (queue[0].done() or not backlog or len(queue) > _AHEAD):
                bad += _write(out, queue.popleft())
            if not backlog:
                out.flush()
        while queue:
            bad += _write(out, queue.popleft())
        out.flush()
    finally:
        if pool is not None:
            pool.shutdown(cancel_futures=True)
    return bad


def _pool(workers: int, calendar: WorkCalendar) -> futures.ProcessPoolExecutor:
    return futures.ProcessPoolExecutor(
        workers, mp_context=get_context("fork"), initializer=_begin_worker, initargs=(calendar,)
    )


_worker_calendar: list[WorkCalendar] = []


def _begin_worker(calendar: WorkCalendar) -> None:
    signal(SIGINT, SIG_IGN)  # the parent stops the work; workers print nothing
    _worker_calendar[:] = [calendar]


def _answer_in_worker(block: bytes) -> tuple[bytes, int]:
    return answer_block(block, _worker_calendar[0])


def _write(out: BinaryIO, answer: _Answer) -> int:
    lines, bad = answer.result()
    out.write(lines)
    return bad


def _blocks(source: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Whole lines as they arrive, and whether more is surely waiting. A line too long comes cut."""
    read = getattr(source, "read1", source.read)
    rest = b""
    first, skipping = True, False
    while data := read(_BLOCK):
        full = len(data) >= _BACKLOG
        if first:
            data, first = data.removeprefix(BOM_UTF8), False
        if skipping:
            _, newline, data = data.partition(b"\n")
            skipping = not newline
        head, newline, tail = data.rpartition(b"\n")
        if newline:
            yield rest + head + newline, full
            rest = tail
        elif not skipping:
            rest += data
        if len(rest) > _LONGEST_LINE:
            yield rest[: _LONGEST_LINE + 1] + b"\n", False
            rest, skipping = b"", True
    if rest:
        yield rest, False


def answer_block(block: bytes, calendar: WorkCalendar) -> tuple[bytes, int]:
    """The answers to whole lines, and how many of the lines were bad."""
    answers: list[bytes] = []
    bad = 0
    for line in block.split(b"\n"):
        if line and not line.isspace():
            answer, good = answer_line(line, calendar)
            answers.append(answer)
            bad += not good
    return b"".join(answers), bad


def answer_line(line: bytes, calendar: WorkCalendar) -> tuple[bytes, bool]:
    """The answer to one line, with its line end, and whether the line was good."""
    name: str | int | None = None
    try:
        asked = _read(line)
        name = _name(asked)
        due = _compute(asked, calendar)
    except Invalid as refusal:
        where = f"{refusal.field}: " if refusal.field else ""
        error = f"{where}{refusal.vi} / {refusal.en}"
        return _encode(f'{{"id":{_dump(name)},"error":{_dump(error)}}}\n'), False
    told = explain_json(due)
    if strange := _strange_keys(asked):
        told = f"[{_dump(strange)},{told[1:]}"
    due_at = "null" if due.due is None else f'"{iso_text(due.due)}"'
    remaining = "null" if due.remaining is None else _dump(_left(due.remaining))
    provisional = "true" if due.provisional else "false"
    return _encode(
        f'{{"id":{_dump(name)},"due_at":{due_at},"remaining":{remaining},'
        f'"provisional":{provisional},"explanation":{told}}}\n'
    ), True


def _refuse(where: str, vi: str, en: str) -> Invalid:
    return Invalid(vi, en, field=where)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _refuse(twice, "khóa có hai lần; hãy bỏ một.", "the key stands twice; leave one out.")
    return found


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise _not_json(f"{text[:20]}...") from None


def _not_json(what: str) -> Invalid:
    return _refuse(
        "",
        f"Dòng không phải JSON đọc được ({what}); mỗi dòng là một đối tượng JSON, mã UTF-8.",
        f"The line is no readable JSON ({what}); each line is one JSON object in UTF-8.",
    )


_decode = json.JSONDecoder(object_pairs_hook=_pairs, parse_float=_decimal, parse_constant=_decimal).raw_decode
_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _encode(answer: str) -> bytes:
    try:
        return answer.encode()
    except UnicodeEncodeError:  # half a surrogate pair has no UTF-8 form: it goes back escaped, as it came
        return (json.dumps(json.loads(answer), separators=(",", ":")) + "\n").encode()


def _read(line: bytes) -> dict[str, Any]:
    if len(line) > _LONGEST_LINE:
        raise _refuse("", "Dòng dài quá 1 MiB; hãy tách ra.", "The line is longer than 1 MiB; split it.")
    try:
        text = line.decode().strip()
        asked, end = _decode(text)
        if end < len(text):
            raise _not_json(f"Extra data, {end}")
    except UnicodeDecodeError:
        raise _not_json("UTF-8") from None
    except json.JSONDecodeError as error:
        raise _not_json(f"{error.msg}, {error.pos}") from None
    except (ValueError, RecursionError) as error:
        raise _not_json(type(error).__name__) from None
    if not isinstance(asked, dict):
        raise _not_json(type(asked).__name__)
    return asked


def _name(asked: dict[str, Any]) -> str | int | None:
    name = asked.get("id")
    if name is None or (isinstance(name, str | int) and not isinstance(name, bool)):
        return name
    raise _refuse("id", "phải là chuỗi hoặc số nguyên.", "must be a string or a whole number.")


def _compute(asked: dict[str, Any], calendar: WorkCalendar) -> Due:
    limit = asked.get("limit")
    if not isinstance(limit, dict):
        raise _refuse(
            "limit",
            'cần {"value": ..., "unit": ...}.',
            'must be {"value": ..., "unit": ...}.',
        )
    value = limit.get("value")
    return reckon(
        event=_instant(asked.get("received_at"), "received_at"),
        limit=Limit(
            None if value is None else _number(value, "limit.value"), _text(limit.get("unit"), "limit.unit")
        ),
        calendar=calendar,
        pauses=[
            (
                _instant(start, "pauses"),
                None if end is None else _instant(end, "pauses"),
                _text(reason, "pauses"),
            )
            for start, end, reason in _rows(asked, "pauses", 3)
        ],
        extensions=[
            (
                _instant(at, "extensions"),
                _number(value, "extensions"),
                _text(unit, "extensions"),
                _text(ground, "extensions"),
            )
            for at, value, unit, ground in _rows(asked, "extensions", 4)
        ],
    )


def _rows(asked: dict[str, Any], key: str, width: int) -> list[list[Any]]:
    rows = asked.get(key)
    if rows is None or rows == []:
        return []
    if not isinstance(rows, list) or any(not isinstance(row, list) or len(row) != width for row in rows):
        shape = "[from, to | null, reason]" if width == 3 else "[at, value, unit, ground]"
        raise _refuse(key, f"phải là danh sách các {shape}.", f"must be a list of {shape}.")
    return rows


def _text(raw: object, where: str) -> str:
    if not isinstance(raw, str):
        raise _refuse(where, f"{_short(raw)} phải là chuỗi.", f"{_short(raw)} must be a string.")
    return raw if raw.isascii() else nfc(raw)


def _number(raw: object, where: str) -> Decimal:
    if isinstance(raw, Decimal):
        return raw
    if isinstance(raw, int) and not isinstance(raw, bool):
        return Decimal(raw)
    if isinstance(raw, str) and _DECIMAL.fullmatch(raw):
        return Decimal(raw)
    raise _refuse(
        where,
        f'{_short(raw)} không phải là số; viết 3 hoặc "2.5".',
        f'{_short(raw)} is no number; write 3 or "2.5".',
    )


def _instant(raw: object, where: str) -> int:
    """A moment of the input as an instant of calendar.py; the usual form by its parts, which repeat."""
    if isinstance(raw, str):
        try:
            if len(raw) == len("2026-11-23T09:00:00+07:00") and raw[10] == "T" and raw[19:] == "+07:00":
                return within_years(_day_start(raw[:10]) + _time_of_day(raw[11:19]), where)
            if _MOMENT.fullmatch(raw):
                return instant(datetime.fromisoformat(raw), where)
        except ValueError:
            pass  # the shape is right, the date is not: 30 February
    raise _refuse(
        where,
        f"{_short(raw)} không phải mốc thời gian có múi giờ; viết như 2026-11-23T09:00:00+07:00.",
        f"{_short(raw)} is no moment with an offset; write it like 2026-11-23T09:00:00+07:00.",
    )


@lru_cache(maxsize=1 << 16)
def _day_start(text: str) -> int:
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text).toordinal() * DAY


@lru_cache(maxsize=1 << 17)
def _time_of_day(text: str) -> int:
    if not _TIME.fullmatch(text):
        raise ValueError(text)
    clock = time.fromisoformat(text)
    return (clock.hour * 3600 + clock.minute * 60 + clock.second) * SECOND


def _short(raw: object) -> str:
    shown = (
        "null" if raw is None else str(raw) if isinstance(raw, str | int | Decimal) else type(raw).__name__
    )
    return f"“{shown[:40]}”"


def _strange_keys(asked: dict[str, Any]) -> dict[str, str] | None:
    if asked.keys() <= _KEYS and asked["limit"].keys() <= _LIMIT_KEYS:
        return None
    strange = [key for key in asked if key not in _KEYS]
    strange += [f"limit.{key}" for key in asked["limit"] if key not in _LIMIT_KEYS]
    names = ", ".join(key[:40] for key in strange[:5])
    return {
        "vi": f"Có khóa lạ, không được xét: {names}.",
        "en": f"Unknown keys, left aside: {names}.",
        "basis": "",
    }


def _left(remaining: Remaining) -> dict[str, Any]:
    if remaining.value is None or remaining.unit not in HOUR_UNITS:
        return {"value": remaining.value, "unit": remaining.unit}
    text = hours_text(remaining.value)
    return {
        "value": int(text) if text.isdigit() else text,
        "unit": remaining.unit,
        "seconds": -(-remaining.value // SECOND),
    }
