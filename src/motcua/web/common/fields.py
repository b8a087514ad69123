"""A form's field as the parts its template needs, whatever the widget."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input

from motcua.web.common.stored_file import StoredFileInput
from motcua.web.common.wording import say

# A widget's own description of itself: type, name, value, attrs, and optgroups where there is a choice.
Control = Mapping[str, Any]
KINDS: Mapping[str, type[forms.Widget] | tuple[type[forms.Widget], ...]] = {
    "hidden": forms.HiddenInput,
    "files": StoredFileInput,
    "choices": (forms.RadioSelect, forms.CheckboxSelectMultiple),
    "checkbox": forms.CheckboxInput,
    "select": forms.Select,
    "textarea": forms.Textarea,
    "input": Input,
}


@dataclass(frozen=True, slots=True)
class Part:
    """One control inside a group: a radio, a checkbox, or the day of a date."""

    id: str
    label: str
    control: Control
    css: str = ""


@dataclass(frozen=True, slots=True)
class FieldParts:
    """What components/field.html draws."""

    kind: str  # "input", "textarea", "select", "checkbox", "choices", "dates", "files" or "hidden"
    id: str
    target: str  # where a link of the error summary goes
    label: str
    hint: str
    errors: tuple[str, ...]
    described_by: str
    optional: bool
    control: Control | None
    parts: tuple[Part, ...] = ()


def kind_of(bound: BoundField) -> str:
    """Which of the shapes of field.html the widget takes. Raises TypeError for one that it can't draw."""
    widget = bound.field.widget
    if isinstance(widget, forms.MultiWidget):
        return "dates"
    for kind, types in KINDS.items():
        if isinstance(widget, types):
            return kind
    raise TypeError(f"{type(widget).__name__} has no shape in components/field.html")


def _control(bound: BoundField, described_by: str, css: str) -> Control:
    """What Django's own template of the widget would be given (BoundField.as_widget)."""
    widget = bound.field.widget
    classes = " ".join(c for c in (widget.attrs.get("class", ""), css) if c)
    attrs: dict[str, Any] = {"id": bound.auto_id}
    if classes:
        attrs["class"] = classes
    if described_by:
        attrs["aria-describedby"] = described_by
    context = widget.get_context(bound.html_name, bound.value(), bound.build_widget_attrs(attrs))
    control: Control = context["widget"]
    return control


def _choices(bound: BoundField) -> tuple[Part, ...]:
    return tuple(Part(one.id_for_label, str(one.choice_label), one.data) for one in bound.subwidgets)


def _dates(bound: BoundField) -> tuple[Part, ...]:
    labels = getattr(bound.field.widget, "labels", ())
    invalid = {"aria-invalid": "true"} if bound.errors else {}
    context = bound.field.widget.get_context(
        bound.html_name, bound.value(), {**bound.build_widget_attrs({}), "id": bound.auto_id, **invalid}
    )["widget"]
    return tuple(
        Part(
            sub["attrs"]["id"],
            str(labels[i]) if i < len(labels) else "",
            sub,
            ("day", "month", "year")[i] if i < 3 else "",
        )
        for i, sub in enumerate(context["subwidgets"])
    )


def field_parts(bound: BoundField, *, label: object = None, hint: object = None, css: str = "") -> FieldParts:
    """The parts of `bound`; `label` and `hint` replace those of the field, `css` is added to the control.

    The hint has the id `<id>_hint`, the errors `<id>_error`; the control, or the fieldset of a group, names
    them in aria-describedby, the error first because it is what the person has to act on.
    """
    kind = kind_of(bound)
    words = say(hint) if hint is not None else str(bound.help_text or "")
    errors = tuple(str(error) for error in bound.errors)
    described_by = " ".join(
        f"{bound.auto_id}_{name}" for name, there in (("error", errors), ("hint", words)) if there
    )
    parts: tuple[Part, ...] = ()
    control: Control | None = None
    if kind == "choices":
        parts = _choices(bound)
    elif kind == "dates":
        parts = _dates(bound)
    else:
        control = _control(bound, described_by, css)
    return FieldParts(
        kind=kind,
        id=str(bound.auto_id),
        target=parts[0].id if parts else str(bound.auto_id),
        label=say(label) if label is not None else str(bound.label),
        hint=words,
        errors=errors,
        described_by=described_by,
        optional=not (bound.field.required or kind == "checkbox" or getattr(bound.field, "is_needed", False)),
        control=control,
        parts=parts,
    )
