"""Where an answer to a question of the procedure and its form contradict each other: a time limit that a date decides,
or the same asked in both."""

from collections.abc import Mapping
from datetime import date

from motcua.calendars.selectors import calendar_of
from motcua.dossiers.operations import FormAnswers
from motcua.eforms.agreeing import Disagreement, disagreements
from motcua.eforms.deadlines import Contradiction, contradicted
from motcua.eforms.selectors import deadlines_of, form as form_version
from motcua.kernel.errors import Invalid


def contradictions(
    *, form: FormAnswers | None, answers: Mapping[str, str], agency: str, on: date
) -> dict[str, Contradiction | Disagreement]:
    """Question -> how its answer and the form contradict each other, handed in to `agency` on `on`. One statement
    for a form that was published here, one for the calendar where a time limit hangs on the form."""
    if form is None:
        return {}
    found: dict[str, Contradiction | Disagreement] = {}
    found |= disagreements(form_version(form.form, form.version), form.answers, answers)
    limits = [one for one in deadlines_of(form.form) if one.question in answers]
    if not limits:
        return found
    is_working = calendar_of(agency).is_working_day
    for one in limits:
        late = contradicted(one, told=form.answers, answers=answers, on=on, is_working=is_working)
        found |= {one.question: late} if late else {}
    return found


def refuse_contradicted(
    *, form: FormAnswers | None, answers: Mapping[str, str], agency: str, on: date
) -> None:
    """Raise Invalid where an answer and the form contradict each other: papers and fees hang on it."""
    for question, found in contradictions(form=form, answers=answers, agency=agency, on=on).items():
        words = found.for_applicant
        raise Invalid(words.vi, words.en, field=question)
