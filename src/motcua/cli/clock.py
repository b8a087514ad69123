"""`motcua clock`: due dates from JSON lines. No database, unless an agency's own calendar is asked for."""

import os
import sys
from concurrent.futures import BrokenExecutor
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from motcua.calendars.calendar import WorkCalendar, national_calendar
from motcua.calendars.jsonl import run
from motcua.kernel.errors import Invalid, Unavailable

_FORK = sys.platform == "linux"  # elsewhere a forked interpreter is not safe, and one process answers alone


def clock(
    file: Annotated[
        str,
        typer.Argument(help="tệp JSON, mỗi dòng một hồ sơ; - là đầu vào · a file of JSON lines; - is stdin"),
    ] = "-",
    agency: Annotated[
        str, typer.Option(help="mã cơ quan: dùng lịch riêng của cơ quan · agency code: use its own calendar")
    ] = "",
) -> int:
    """Compute a due date for every line; returns 1 when a line was bad, else 0."""
    calendar = _agency_calendar(agency) if agency else national_calendar()
    processes = len(os.sched_getaffinity(0)) if _FORK else 1
    with nullcontext(sys.stdin.buffer) if file == "-" else _opened(file) as source:
        try:
            bad = run(source, sys.stdout.buffer, calendar=calendar, processes=processes)
        except BrokenExecutor:
            raise Unavailable(
                "Một tiến trình tính hạn đã bị dừng giữa chừng; hãy chạy lại.",
                "A process that computes due dates was stopped half-way; run the command again.",
            ) from None
        except BrokenPipeError:
            # The reader left (`| head`). Typer would say 1, which here means a bad line.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
    return 1 if bad else 0


def _opened(file: str) -> BinaryIO:
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise Invalid(
            f"Không đọc được tệp {file}: {error.strerror}. Kiểm tra đường dẫn, hoặc đưa dữ liệu qua đầu vào.",
            f"Cannot read {file}: {error.strerror}. Check the path, or send the lines to standard input.",
        ) from error


def _agency_calendar(agency: str) -> WorkCalendar:
    """The calendar in force for `agency`. Django comes only now, and no connection is left to be forked."""
    import_module("motcua.cli.session").open_session()
    import_module("motcua.agencies.selectors").agency(agency)
    calendar: WorkCalendar = import_module("motcua.calendars.selectors").calendar_of(agency)
    import_module("django.db").connections.close_all()
    return calendar
