"""Who has to confirm what a form says, as they apply too or have to consent: the persons it marks with `confirms` or
`consents`. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.eforms.shapes import Field, Form, walk
from motcua.kernel.say import Say

NUMBER = "personal_id"  # the part of a person by whose number they sign in


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who has to confirm: by the field that names them. `number` is "" for one who told another paper;
    `phone` where the form was told one; `applies`: their dossier too."""

    field: str
    label: Say
    name: str
    number: str
    phone: str = ""
    applies: bool = True


def confirming(form: Form, answers: Mapping[str, Any]) -> tuple[Named, ...]:
    """Those whom the answers (in their one form) name, in the form's order."""
    marked = [
        field
        for field in form.fields
        if (field.confirms or field.consents) and isinstance(answers.get(field.key), Mapping)
    ]
    return tuple(
        Named(
            field.key,
            field.label,
            str(answers[field.key].get("name") or ""),
            str(answers[field.key].get(NUMBER) or ""),
            str(answers[field.key].get("phone") or ""),
            field.confirms,
        )
        for field in marked
    )


def party_of(form: Form, path: str) -> Field | None:
    """Whose own part the field at `path` stands in, of those who apply: their person, and all of a page that asks about
    one of them alone. None for what they declare together."""
    top = path.partition(".")[0]
    page = next(page for page in form.pages if any(field.key == top for field in page.fields))
    parties = [field for field in page.fields if field.confirms]
    if len(parties) == 1:
        return parties[0]
    return next((field for field in parties if field.key == top), None)


def unfit(form: Form) -> list[tuple[str, Say]]:
    """Persons who are to confirm and can't: asked for no name or number, or standing in a group."""
    top = {field.key for field in form.fields}
    return [
        (
            f"{path}.{'confirms' if field.confirms else 'consents'}",
            Say(
                "người xác nhận phải có phần “name” và số định danh, và không nằm trong nhóm",
                "who confirms needs the parts “name” and a personal number, and stands in no group",
            ),
        )
        for path, field in walk(form.fields)
        if (field.confirms or field.consents)
        and not (path in top and {"name", NUMBER} <= {part.key for part in field.fields})
    ]
