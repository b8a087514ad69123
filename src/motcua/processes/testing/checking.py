"""What is wrong with a test by itself, whatever the process: refused when a document is read. Pure."""

import re
from collections.abc import Sequence
from datetime import datetime

from motcua.catalogue.reading import fault
from motcua.kernel.text import clean
from motcua.processes.testing.shapes import (
    MOST_PEOPLE,
    MOST_ROWS,
    MOST_TESTS,
    MOST_TOGETHER,
    NO_DUE,
    ActRow,
    Does,
    Expected,
    ProcessTest,
    Skip,
    SkipUnit,
)

MOST_SKIPPED = 1000
_BY_APPLICANT = frozenset({Does.SUPPLY, Does.WITHDRAW, Does.WAIT})
_WHOLE = (SkipUnit.WORKING_DAY, SkipUnit.CALENDAR_DAY)
# From 2020 on, as far back as rules of the house reach (dossiers.windows).
_MOMENT = re.compile(r"20[2-9][0-9]-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")
_CODE = re.compile(r"[A-Za-z0-9._-]{1,60}")
_WHOM = re.compile(r"(agency|unit|position):[A-Za-z0-9._-]{1,60}")


def check_tests(tests: Sequence[ProcessTest]) -> None:
    """Raise Invalid with the place where there are too many tests, two have one code, or one can't be run."""
    if len(tests) > MOST_TESTS:
        raise fault("tests", f"nhiều hơn {MOST_TESTS} bài thử", f"more than {MOST_TESTS} tests")
    if sum(len(one.rows) for one in tests if not one.retired) > MOST_TOGETHER:
        raise fault(
            "tests",
            f"các bài thử có hơn {MOST_TOGETHER} dòng cộng lại; bỏ bớt, hoặc cho thôi dùng bài cũ",
            f"the tests have more than {MOST_TOGETHER} rows together; drop some, or retire old ones",
        )
    if len({one.code for one in tests}) != len(tests):
        raise fault("tests", "mã bài thử không được trùng nhau", "the codes of tests must differ")
    for n, one in enumerate(tests):
        check_test(one, f"tests[{n}]")


def check_test(test: ProcessTest, where: str) -> None:
    """Raise Invalid with the place where one test can't be run, or could not fail."""
    if not _CODE.fullmatch(test.code):
        raise fault(f"{where}.code", "chỉ gồm chữ không dấu, số, . _ -", "plain letters, figures, . _ - only")
    _check_moment(test.begins, f"{where}.begins")
    if test.retired and not clean(test.retired):
        raise fault(f"{where}.retired", "hãy ghi lý do thôi dùng", "write why it is retired")
    if not all(map(clean, test.changes)):
        raise fault(f"{where}.changes", "hãy ghi lý do sửa", "write why it is changed")
    if not test.rows or test.rows[0].act is not Does.RECEIVE:
        raise fault(
            f"{where}.rows", "dòng đầu phải là tiếp nhận", "the first row must be the reception (receive)"
        )
    if len(test.rows) > MOST_ROWS:
        raise fault(f"{where}.rows", f"nhiều hơn {MOST_ROWS} dòng", f"more than {MOST_ROWS} rows")
    for n, row in enumerate(test.rows):
        check_row(row, f"{where}.rows[{n}]", first=n == 0)
    if all(row.expect == Expected() for row in test.rows):
        raise fault(
            f"{where}.rows",
            "bài thử không mong đợi gì nên không bao giờ sai; hãy ghi ít nhất một kết quả mong đợi",
            "the test expects nothing, so it can't fail; write at least one expected result",
        )


def check_row(row: ActRow, where: str, *, first: bool) -> None:
    """Raise Invalid with the place where a row can't be done; `first`: it stands first."""
    if row.act is Does.RECEIVE and not first:
        raise fault(f"{where}.act", "hồ sơ chỉ tiếp nhận một lần", "a dossier is received once")
    if row.position is None and row.act not in _BY_APPLICANT:
        raise fault(
            f"{where}.position", "cần vị trí làm việc này", "the position that does this is needed here"
        )
    if not 1 <= row.person <= MOST_PEOPLE:
        raise fault(f"{where}.person", f"từ 1 đến {MOST_PEOPLE}", f"from 1 to {MOST_PEOPLE}")
    if row.after is not None:
        _check_skip(row.after, f"{where}.after")
    if row.value is not None and not 0 < row.value <= MOST_SKIPPED:
        raise fault(f"{where}.value", f"từ 1 đến {MOST_SKIPPED}", f"from 1 to {MOST_SKIPPED}")
    for n, one in enumerate(row.whom):
        if not _WHOM.fullmatch(one):
            raise fault(f"{where}.whom[{n}]", "dạng position:clerk", "as in position:clerk")
    for name in ("due", "step_due"):
        told = getattr(row.expect, name)
        if told is not None and told != NO_DUE:
            _check_moment(told, f"{where}.expect.{name}")


def _check_skip(skip: Skip, where: str) -> None:
    if skip.value < 0:
        raise fault(
            where,
            "thời gian không đi lùi; hãy ghi số từ 0",
            "time does not go backwards; write a number from 0 on",
        )
    if skip.value > MOST_SKIPPED:
        raise fault(where, f"nhiều nhất {MOST_SKIPPED}", f"at most {MOST_SKIPPED}")
    if skip.unit in _WHOLE and skip.value % 1:
        raise fault(where, "số ngày phải nguyên", "days are whole numbers here")


def _check_moment(text: str, where: str) -> None:
    try:
        if _MOMENT.fullmatch(text):
            datetime.fromisoformat(text)
            return
    except ValueError:
        pass
    raise fault(
        where,
        "cần ngày giờ từ năm 2020, dạng 2026-03-02T08:00",
        "a moment since 2020, like 2026-03-02T08:00, is needed",
    )
