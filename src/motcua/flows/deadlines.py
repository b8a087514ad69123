"""Time limits that a question of the procedure asks of and a date in its form decides."""

from collections.abc import Mapping
from datetime import date

from motcua.calendars.selectors import calendar_of
from motcua.dossiers.operations import FormAnswers
from motcua.eforms.deadlines import Contradiction, contradicted
from motcua.eforms.selectors import deadlines_of
from motcua.kernel.errors import Invalid


def contradictions(
    *, form: FormAnswers | None, answers: Mapping[str, str], agency: str, on: date
) -> dict[str, Contradiction]:
    """Question -> how its answer and the date in the form contradict each other, handed in to `agency` on `on`. No
    statement for a form that no time limit hangs on, else one for its calendar."""
    limits = deadlines_of(form.form) if form else ()
    if form is None or not any(one.question in answers for one in limits):
        return {}
    calendar = calendar_of(agency)
    found = {
        one.question: contradicted(
            one, told=form.answers, answers=answers, on=on, is_working=calendar.is_working_day
        )
        for one in limits
    }
    return {question: one for question, one in found.items() if one is not None}


def refuse_contradicted(
    *, form: FormAnswers | None, answers: Mapping[str, str], agency: str, on: date
) -> None:
    """Raise Invalid where an answer and the date contradict each other: papers and fees hang on it."""
    for question, found in contradictions(form=form, answers=answers, agency=agency, on=on).items():
        words = found.for_applicant
        raise Invalid(words.vi, words.en, field=question)
