"""What was answered in the electronic form of a dossier, topic by topic, as the officer reads it beside the papers; and
what was asked for, with its answers."""

from dataclasses import dataclass

from motcua.dossiers.operations import FormAnswers
from motcua.dossiers.selectors import Shown
from motcua.dossiers.supplements import Asked
from motcua.eforms.selectors import form
from motcua.flows.deadlines import contradictions
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.web.common.eform_words import Told, told
from motcua.web.desk.facts import Facts
from motcua.web.desk.given import Scan


def answered(shown: Shown) -> tuple[Told, ...]:
    """The topics with their answers; none where it was handed in without a form, or the answers were erased."""
    given = shown.form
    if given is None or not given.answers:
        return ()
    return told(form(given.form, given.version), given.answers)


def contradicted(shown: Shown) -> list[Say]:
    """Where an answer to the procedure's questions and the form, which may have been mended since,
    contradict each other on the day it was handed in. No statement where none can, else one."""
    given, row = shown.form, shown.row
    if given is None or not given.answers or row["submitted_at"] is None:
        return []
    form = FormAnswers(form=given.form, version=given.version, answers=given.answers)
    on = local(row["submitted_at"]).date()
    found = contradictions(form=form, answers=row["answers"] or {}, agency=row["desk_agency"], on=on)
    return [one.for_officer for one in found.values()]


@dataclass(frozen=True, slots=True)
class Reply:
    """An item of the last supplement request with its answer, and the files that came with it."""

    item: Asked
    paper: Say | None
    scans: tuple[Scan, ...]


def replies(shown: Shown, facts: Facts) -> list[Reply]:
    """What was asked for last, item by item, once something of it was answered."""
    names = {c.code: c.name for c in facts.procedure.components}
    return [
        Reply(
            one,
            names.get(one.component or ""),
            tuple(Scan(file) for file in facts.attachments if file.digest.hex() in one.digests),
        )
        for one in shown.asked
        if any(each.at for each in shown.asked)
    ]
