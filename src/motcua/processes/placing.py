"""Which answers of a procedure say where its matter lies: the land, the building site, the place of an event. Pure.

A process names one of them ("answers.QUESTION", "form.FIELD"; ADR 0067).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from motcua.catalogue.shapes import YES_NO, ProcedureVersion
from motcua.eforms.places import provinces
from motcua.eforms.shapes import Field, FieldType, Form
from motcua.kernel.say import Say

QUESTION, FORM = "answers", "form"
# An address names an area in its words, a choice by its code.
_PLACES = frozenset({FieldType.ADDRESS, FieldType.RADIO, FieldType.SELECT})


def places_of(version: ProcedureVersion, forms: Iterable[Form]) -> dict[str, Say]:
    """The answers that can be an area, by path, with what they are called: questions of the procedure with other
    answers than yes and no, fields of its forms that are an address or one choice, but for those asked of several."""
    yes_no = {option.code for option in YES_NO}
    found = {
        f"{QUESTION}.{each.code}": each.text
        for each in version.questions
        if {option.code for option in each.options} - yes_no
    }
    for form in forms:
        found |= {f"{FORM}.{path}": label for path, label in _fields(form.fields)}
    return found


def _fields(fields: Iterable[Field], under: str = "", above: Say | None = None) -> Iterator[tuple[str, Say]]:
    for field in fields:
        label = (
            Say(f"{above.vi}: {field.label.vi}", f"{above.en}: {field.label.en}") if above else field.label
        )
        if field.type in _PLACES:
            yield f"{under}{field.key}", label
        elif field.type is FieldType.PERSON:
            yield from _fields(field.fields, f"{under}{field.key}.", field.label)


def answer_at(path: str, answers: Mapping[str, Any]) -> Any:
    """What stands at a path of a form's answers; None where nothing does."""
    found: Any = answers
    for key in path.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def in_words(address: Mapping[str, Any]) -> str:
    """An address of a form in words: its detail, its commune, its province."""
    province = provinces().get(str(address.get("province", "")))
    commune = province.communes.get(str(address.get("commune", "")), "") if province else ""
    return ", ".join(
        filter(None, (str(address.get("detail", "")), commune, province.name if province else ""))
    )
