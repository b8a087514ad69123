"""Whether what a question was answered of a time limit agrees with the date that the form tells. Pure.

It stands beside the forms (`data/deadlines.json`): the question is the procedure's, the date is the form's, and papers
and fees hang on the answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from motcua.kernel.say import Say

LONGEST_REST = 31  # no run of days off is longer


@dataclass(frozen=True, slots=True)
class Deadline:
    """`days` from the date in `field` (a path of the form); `question` is answered `within` or `beyond`. `began`: what
    happened on that date; `basis`: the law."""

    field: str
    question: str
    within: str
    beyond: str
    days: int
    began: Say
    basis: str


def deadlines(form: str, told: Mapping[str, Any]) -> tuple[Deadline, ...]:
    """The deadlines of the form `form`, out of the document `told`."""
    return tuple(
        Deadline(
            field=one["field"],
            question=one["question"],
            within=one["within"],
            beyond=one["beyond"],
            days=one["days"],
            began=Say(one["began"]["vi"], one["began"]["en"]),
            basis=one["basis"],
        )
        for one in told["deadlines"]
        if one["form"] == form
    )


def is_within(began: date, days: int, *, on: date, is_working: Callable[[date], bool]) -> bool:
    """Whether `on` lies within `days` of `began`, whose own day is not counted; a last day on which nobody works moves
    to the end of the working day that follows (91/2015/QH13 art. 147(2), 148(5))."""
    over = (on - began).days - days
    if over <= 0:
        return True
    return over <= LONGEST_REST and not any(is_working(on - timedelta(back)) for back in range(1, over + 1))


def contradicted(
    deadline: Deadline,
    *,
    told: Mapping[str, Any],
    answers: Mapping[str, str],
    on: date,
    is_working: Callable[[date], bool],
) -> Say | None:
    """What to tell whoever answered the question against the date: `told` are the form's answers in their one form,
    `answers` those of the procedure's questions. None where they agree, or one of them is not there."""
    answer, began = answers.get(deadline.question), _date(told, deadline.field)
    if began is None or answer not in (deadline.within, deadline.beyond):
        return None
    within = is_within(began, deadline.days, on=on, is_working=is_working)
    if within == (answer == deadline.within):
        return None
    day, days, began_vi, began_en = f"{began:%d/%m/%Y}", deadline.days, deadline.began.vi, deadline.began.en
    stands = "còn trong" if within else "đã quá"
    return Say(
        f"{began_vi} {day}, đến nay {stands} {days} ngày. Hãy sửa câu trả lời về thời hạn {days} ngày, hoặc sửa ngày "
        f"trong tờ khai nếu ghi nhầm ({deadline.basis}).",
        f"{began_en} {day}: today is {'within' if within else 'beyond'} {days} days. Mend the answer about the {days} "
        f"days, or the date in the form if it is wrong ({deadline.basis}).",
    )


def _date(told: Mapping[str, Any], path: str) -> date | None:
    value: Any = told
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
