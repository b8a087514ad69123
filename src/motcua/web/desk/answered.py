"""What was answered in the electronic form of a dossier, topic by topic, as the officer reads it beside the papers."""

from motcua.dossiers.selectors import Shown
from motcua.eforms.selectors import form
from motcua.web.common.eform_words import Told, told


def answered(shown: Shown) -> tuple[Told, ...]:
    """The topics with their answers; none where it was handed in without a form, or the answers were erased."""
    given = shown.form
    if given is None or not given.answers:
        return ()
    return told(form(given.form, given.version), given.answers)
