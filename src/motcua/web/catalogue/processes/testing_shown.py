"""The rows of a test as the outline shows them: in words, what is wrong with each, and what came of it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.processes.shapes import ProcessVersion
from motcua.processes.testing.judging import told
from motcua.processes.testing.running import RowResult, TestResult
from motcua.processes.testing.wording import messages_words, moment_words, state_words, steps_words
from motcua.web.catalogue.processes.testing_form import Row, row_words
from motcua.web.common.wording import say


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of a test in the outline: in words, what is wrong with it, and what came of it."""

    number: int
    words: str
    wrong: list[Say]
    came: list[tuple[str, str]]
    is_chosen: bool


def shown(
    number: int, row: Row, ran: TestResult | None, process: ProcessVersion | None, *, is_chosen: bool
) -> Shown:
    """A row of a test, with what came of it where the test was run."""
    wrong = [said for n, said in wrong_with(ran) if n == number]
    result = ran.rows[number - 1] if ran is not None and len(ran.rows) >= number else None
    came = _came(result, process) if result is not None and process is not None else []
    return Shown(number, row_words(row), wrong, came, is_chosen)


def _came(result: RowResult, process: ProcessVersion) -> list[tuple[str, str]]:
    """What came of a row, in words."""
    came = result.came
    lines = [
        (_("Lúc"), f"{local(came.at):%H:%M %d/%m/%Y}"),
        (_("Trạng thái"), say(state_words(came.state))),
        (_("Bước đang mở"), say(steps_words(came.steps, process))),
        (_("Hẹn trả"), say(moment_words(came.due))),
    ]
    if came.messages:
        lines.append((_("Người dân được báo"), say(messages_words(came.messages))))
    if came.refusal is not None:
        lines.append((_("Bị từ chối"), say(came.refusal)))
    return lines


def wrong_with(result: TestResult | None) -> list[tuple[int, Say]]:
    """What is wrong with a test, by row; nothing where it was not run."""
    return list(told(result)) if result is not None else []
