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
    basis: Say


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A date that lies within the days of `deadline` on the day `on`, or not, where the question was answered that it
    is the other way."""

    deadline: Deadline
    began: date
    on: date
    is_within: bool

    @property
    def for_applicant(self) -> Say:
        """What to tell whoever answered, before it is handed in."""
        one, day = self.deadline, f"{self.began:%d/%m/%Y}"
        stands = "còn trong" if self.is_within else "đã quá"
        return Say(
            f"{one.began.vi} {day}, đến nay {stands} {one.days} ngày. Hãy sửa câu trả lời về thời hạn {one.days} "
            f"ngày, hoặc sửa ngày trong tờ khai nếu ghi nhầm ({one.basis.vi}).",
            f"{one.began.en} {day}: today is {'within' if self.is_within else 'beyond'} {one.days} days. Mend the "
            f"answer about the {one.days} days, or the date in the form if it is wrong ({one.basis.en}).",
        )

    @property
    def for_officer(self) -> Say:
        """What to tell who receives it: papers and fees were reckoned by the answer."""
        one, day, on = self.deadline, f"{self.began:%d/%m/%Y}", f"{self.on:%d/%m/%Y}"
        stands, said = ("còn trong", "quá hạn") if self.is_within else ("đã quá", "trong hạn")
        stands_en, said_en = ("within", "late") if self.is_within else ("beyond", "in time")
        return Say(
            f"{one.began.vi} {day}, đến ngày nộp {on} {stands} {one.days} ngày, nhưng người nộp trả lời là {said}. "
            f"Giấy tờ và lệ phí đang tính theo câu trả lời ấy: hãy hỏi lại người nộp trước khi tiếp nhận "
            f"({one.basis.vi}).",
            f"{one.began.en} {day}: {on}, when it was handed in, is {stands_en} {one.days} days, but the answer given "
            f"is “{said_en}”. Papers and fees are reckoned by that answer: ask who applies before you receive it "
            f"({one.basis.en}).",
        )


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
            basis=Say(one["basis"]["vi"], one["basis"]["en"]),
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
) -> Contradiction | None:
    """How the answer to the question and the date contradict each other: `told` are the form's answers in their one
    form, `answers` those of the procedure's questions. None where they agree, or one of them is not there."""
    answer, began = answers.get(deadline.question), _date(told, deadline.field)
    if began is None or answer not in (deadline.within, deadline.beyond):
        return None
    within = is_within(began, deadline.days, on=on, is_working=is_working)
    return None if within == (answer == deadline.within) else Contradiction(deadline, began, on, within)


def _date(told: Mapping[str, Any], path: str) -> date | None:
    value: Any = told
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
