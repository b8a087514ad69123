"""JSON lines in and out: the exact shape, every kind of bad line, order, streaming, sharing out."""

import io
import json
from typing import Any

import pytest

from motcua.calendars import jsonl
from motcua.calendars.calendar import national_calendar
from motcua.calendars.jsonl import answer_line, run

SAMPLE: dict[str, Any] = {
    "id": "a",
    "received_at": "2026-11-16T08:00:00+07:00",
    "limit": {"value": 3, "unit": "working_day"},
    "pauses": [],
    "extensions": [],
}
MEND = "phải là chuỗi"


def ask(**changes: Any) -> Any:
    return ask_raw(json.dumps({**SAMPLE, **changes}).encode())


def ask_raw(line: bytes) -> Any:
    answer, good = answer_line(line, national_calendar())
    assert answer.endswith(b"\n")
    assert answer.count(b"\n") == 1
    told = json.loads(answer)
    assert good is ("error" not in told)
    return told


def test_the_shape_of_an_answer():
    told = ask()
    assert list(told) == ["id", "due_at", "remaining", "provisional", "explanation"]
    assert (told["id"], told["due_at"], told["remaining"], told["provisional"]) == (
        "a", "2026-11-19T17:00:00+07:00", None, False
    )  # fmt: skip
    assert told["explanation"][-1] == {
        "vi": "Hạn trả kết quả: 17:00 thứ Năm 19/11/2026 (giờ đóng cửa).",
        "en": "Due: 17:00 on Thursday 19 November 2026 (closing time).",
        "basis": "Quy tắc vn-2026, khoản 1",
    }


@pytest.mark.parametrize(
    ("value", "unit", "due_at"),
    [
        ("3.0", "working_day", "2026-11-19T17:00:00+07:00"),
        (3.0, "working_day", "2026-11-19T17:00:00+07:00"),
        ("2.5", "working_hour", "2026-11-16T10:30:00+07:00"),
        (2.5, "working_hour", "2026-11-16T10:30:00+07:00"),
        (1e1, "hour", "2026-11-16T18:00:00+07:00"),
        (1.1, "hour", "2026-11-16T09:06:00+07:00"),
        ("0.0001", "hour", "2026-11-16T08:00:01+07:00"),  # 0.36 s: a fraction rounds up
        (None, "same_day", "2026-11-16T17:00:00+07:00"),
        (None, "none", None),
    ],
)
def test_values(value, unit, due_at):
    assert ask(limit={"value": value, "unit": unit})["due_at"] == due_at


def test_absent_keys():
    line = b'{"received_at":"2026-11-16T01:00:00Z","limit":{"unit":"same_day"}}'
    told = ask_raw(line)
    assert (told["id"], told["due_at"]) == (None, "2026-11-16T17:00:00+07:00")


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-16T08:00:00+07:00", "2026-11-16 08:00:00+07:00", "2026-11-16T01:00:00Z", "2026-11-16T01:00Z",
        "2026-11-15T20:00:00-05:00", "2026-11-16T08:00:00.000+0700", "2026-11-16T08:00:00.0000000+07:00",
    ],
)  # fmt: skip
def test_moments_with_an_offset(text):
    assert ask(received_at=text, limit={"value": 1, "unit": "hour"})["due_at"] == "2026-11-16T09:00:00+07:00"


def test_the_date_of_the_event_is_the_one_in_vietnam():
    assert ask(received_at="2026-11-16T17:30:00Z")["due_at"] == "2026-11-20T17:00:00+07:00"


def test_a_fraction_of_a_second_rounds_up():
    told = ask(received_at="2026-11-16T08:00:00.000001+07:00", limit={"value": 1, "unit": "hour"})
    assert told["due_at"] == "2026-11-16T09:00:01+07:00"
    assert told["explanation"][-1]["vi"] == "Hạn trả kết quả: 09:00:01 thứ Hai 16/11/2026."


@pytest.mark.parametrize(
    ("limit", "remaining"),
    [
        ({"value": 3, "unit": "working_day"}, {"value": 2, "unit": "working_day"}),
        ({"value": 1, "unit": "week"}, {"value": 6, "unit": "calendar_day"}),
        ({"value": 30, "unit": "hour"}, {"value": 5, "unit": "hour", "seconds": 18_000}),
        ({"value": "25.5", "unit": "hour"}, {"value": "0.5", "unit": "hour", "seconds": 1_800}),
        ({"value": "25.0001", "unit": "hour"}, {"value": "0.0001", "unit": "hour", "seconds": 1}),
    ],
)
def test_remaining(limit, remaining):
    told = ask(limit=limit, pauses=[["2026-11-17T09:00:00+07:00", None, "x"]])
    assert (told["due_at"], told["remaining"]) == (None, remaining)


def test_remaining_of_the_same_day():
    told = ask(limit={"unit": "same_day"}, pauses=[["2026-11-16T09:00:00+07:00", None, "x"]])
    assert told["remaining"] == {"value": None, "unit": "same_day"}


AT = "2026-11-17T09:00:00+07:00"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"received_at": "2026-11-16T08:00:00"}, "received_at"),
        ({"received_at": "2026-11-16"}, "received_at"),
        ({"received_at": "2026-02-30T08:00:00+07:00"}, "received_at"),
        ({"received_at": "2026-11-16T24:00:00+07:00"}, "received_at"),
        ({"received_at": "2026-W47-1T08:00:00+07:00"}, "received_at"),
        ({"received_at": "٢٠٢٦-11-16T08:00:00+07:00"}, "received_at"),
        ({"received_at": 1_800_000_000}, "received_at"),
        ({"received_at": None}, "received_at"),
        ({"received_at": "1989-12-31T23:59:59+07:00"}, "received_at"),
        ({"received_at": "2100-12-31T23:00:00Z"}, "received_at"),
        ({"received_at": "0001-01-01T00:00:00+07:00"}, "received_at"),
        ({"received_at": "9999-12-31T23:59:59-12:00"}, "received_at"),
        ({"limit": None}, "limit"),
        ({"limit": 3}, "limit"),
        ({"limit": {"value": 3}}, "limit.unit"),
        ({"limit": {"value": 3, "unit": 3}}, "limit.unit"),
        ({"limit": {"value": 3, "unit": "days"}}, "limit.unit"),
        ({"limit": {"value": True, "unit": "working_day"}}, "limit.value"),
        ({"limit": {"value": "three", "unit": "working_day"}}, "limit.value"),
        ({"limit": {"value": "1e3", "unit": "hour"}}, "limit.value"),
        ({"limit": {"value": "-1", "unit": "hour"}}, "limit.value"),
        ({"limit": {"value": " 1", "unit": "hour"}}, "limit.value"),
        ({"limit": {"value": "1\n", "unit": "hour"}}, "limit.value"),
        ({"limit": {"value": "٣", "unit": "hour"}}, "limit.value"),
        ({"limit": {"value": [3], "unit": "hour"}}, "limit.value"),
        ({"limit": {"value": 0, "unit": "hour"}}, "limit.value"),
        ({"limit": {"value": 10**400, "unit": "hour"}}, "limit.value"),
        ({"limit": {"unit": "working_day"}}, "limit.value"),
        ({"pauses": "none"}, "pauses"),
        ({"pauses": False}, "pauses"),
        ({"pauses": {}}, "pauses"),
        ({"pauses": [[AT, AT]]}, "pauses"),
        ({"pauses": [["a", "b", "c"]]}, "pauses"),
        ({"pauses": ["abc"]}, "pauses"),
        ({"pauses": [[AT, AT, 7]]}, "pauses"),
        ({"pauses": [[None, AT, "x"]]}, "pauses"),
        ({"pauses": [[AT, "2026-11-17T08:59:59+07:00", "x"]]}, "pauses"),
        ({"pauses": [["1989-11-17T08:59:59+07:00", AT, "x"]]}, "pauses"),
        ({"extensions": [[AT, 1, "working_day"]]}, "extensions"),
        ({"extensions": [[AT, "1.5", "working_day", "x"]]}, "extensions"),
        ({"extensions": [[AT, 1, "hour", "x"]]}, "extensions"),
        ({"extensions": [[AT, 1, "working_day", None]]}, "extensions"),
    ],
)
def test_a_bad_line_says_where_and_how_to_mend_it(changes, field):
    told = ask(**changes)
    assert list(told) == ["id", "error"]
    assert told["id"] == "a"
    assert told["error"].startswith(f"{field}: ")
    vietnamese, _, english = told["error"].partition(" / ")
    assert vietnamese
    assert english


@pytest.mark.parametrize(
    "line",
    [
        b"nonsense",
        b"[1, 2]",
        b"null",
        b'"text"',
        b"{",
        b'{"id": "a"} {"id": "b"}',
        b'{"id": "a", "received_at": "\xff"}',
        b'{"id": NaN}',
        b'{"id": Infinity}',
        b"[" * 100_000,
        b'{"id": "a", "limit": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"id": ' + b"9" * 5_000 + b"}",
        b'{"id": "a", "limit": {"value": 1e' + b"9" * 30 + b', "unit": "hour"}}',
        b'{"id": "a", "id": "a"}',
        b'{"id": "a", "limit": {"unit": "none", "unit": "hour"}}',
        b'{"id": 1.5}',
        b'{"id": true}',
        b'{"id": ["a"]}',
        b'{"id": "' + b"a" * (1 << 20) + b'"}',
    ],
)
def test_an_unreadable_line_has_no_id(line):
    told = ask_raw(line)
    assert list(told) == ["id", "error"]
    assert told["id"] is None
    assert " / " in told["error"]


@pytest.mark.parametrize("name", ["", "Hồ sơ số 1", 7, -1, 10**30, None, '"\\\n\u2028', "\ud800", "\x00"])
def test_an_id_comes_back_as_it_was(name):
    assert ask(id=name)["id"] == name
    assert ask(id=name, limit=None)["id"] == name


def test_text_of_people_is_kept_and_safe():
    reason = 'thiếu "giấy khai sinh" \\ bản chính %s {0}\n'
    told = ask(pauses=[[AT, AT, reason]])
    assert any(f"({reason})" in line["vi"] and f"({reason})" in line["en"] for line in told["explanation"])


def test_text_is_composed():
    decomposed = "bô\u0309 sung"
    told = ask(pauses=[[AT, AT, decomposed]])
    assert any("(bổ sung)" in line["vi"] for line in told["explanation"])


def test_unknown_keys_are_told():
    told = ask(pause=[], limit={"value": 3, "unit": "working_day", "rule": "x"})
    assert told["due_at"] == "2026-11-19T17:00:00+07:00"
    assert told["explanation"][0]["en"] == "Unknown keys, left aside: pause, limit.rule."


def lines_of(count: int) -> bytes:
    rows = [{**SAMPLE, "id": n, "limit": {"value": n % 40, "unit": "working_day"}} for n in range(count)]
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def answers(source: Any, processes: int = 1) -> tuple[list[Any], int]:
    out = io.BytesIO()
    bad = run(source, out, calendar=national_calendar(), processes=processes)
    return [json.loads(line) for line in out.getvalue().splitlines()], bad


def test_lines_are_answered_in_order_and_bad_ones_counted():
    told, bad = answers(io.BytesIO(lines_of(100)))
    assert [answer["id"] for answer in told] == list(range(100))
    assert bad == 3
    assert [answer["id"] for answer in told if "error" in answer] == [0, 40, 80]


def test_line_ends_empty_lines_and_a_last_line_without_an_end():
    one = json.dumps(SAMPLE).encode()
    told, bad = answers(io.BytesIO(b"\xef\xbb\xbf" + one + b"\r\n\r\n  \n\n" + one))
    assert [answer["due_at"] for answer in told] == ["2026-11-19T17:00:00+07:00"] * 2
    assert bad == 0
    assert answers(io.BytesIO(b"")) == ([], 0)


def test_a_line_without_end_is_refused_and_the_next_one_answered():
    one = json.dumps(SAMPLE).encode()
    told, bad = answers(io.BytesIO(b'{"id":"' + b"a" * (5 << 20) + b'"}\n' + one + b"\n"))
    assert [answer["id"] for answer in told] == [None, "a"]
    assert "1 MiB" in told[0]["error"]
    assert bad == 1


def test_several_processes_give_the_same_bytes(monkeypatch):
    monkeypatch.setattr(jsonl, "_BLOCK", 4096)
    monkeypatch.setattr(jsonl, "_BACKLOG", 4096)
    monkeypatch.setattr(jsonl, "_SMALL", 8192)
    given, one, two = lines_of(3_000), io.BytesIO(), io.BytesIO()
    assert run(io.BytesIO(given), one, calendar=national_calendar()) == 75
    assert run(io.BytesIO(given), two, calendar=national_calendar(), processes=2) == 75
    assert one.getvalue() == two.getvalue()


class Talker(io.RawIOBase):
    """Sends a line only when the one before has been answered, as a person at a terminal does."""

    def __init__(self, lines: list[bytes], out: "Flushed") -> None:
        self.lines, self.out, self.sent = lines, out, 0

    def read1(self, _size: int) -> bytes:
        assert self.out.flushed.count(b"\n") == self.sent
        if self.sent == len(self.lines):
            return b""
        self.sent += 1
        return self.lines[self.sent - 1]


class Flushed(io.BytesIO):
    flushed = b""

    def flush(self) -> None:
        self.flushed = self.getvalue()


def test_a_line_in_a_line_out():
    out = Flushed()
    line = json.dumps(SAMPLE).encode() + b"\n"
    assert run(Talker([line] * 5, out), out, calendar=national_calendar(), processes=2) == 0  # type: ignore[arg-type]
    assert out.flushed.count(b"\n") == 5


def test_memory_does_not_grow_with_the_input():
    """A source of endless blocks is taken block by block: what is read ahead is bounded."""
    block = lines_of(200)

    class Counting(io.BytesIO):
        reads = 0

        def read1(self, _size: int | None = -1, /) -> bytes:
            self.reads += 1
            return block if self.reads <= 30 else b""

    class Watching(io.BytesIO):
        behind = 0

        def write(self, data: Any, /) -> int:
            written = super().write(data)
            answered = self.getbuffer().nbytes and self.getvalue().count(b"\n") // 200
            self.behind = max(self.behind, source.reads - answered)
            return written

    source, out = Counting(), Watching()
    run(source, out, calendar=national_calendar())
    assert out.getvalue().count(b"\n") == 6_000
    assert out.behind <= 10
