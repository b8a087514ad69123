"""A form's field as the parts its template needs, whatever the widget."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input

from motcua.web.common.stored_file import StoredFileInput
from motcua.web.common.wording import say

Needed = TypeVar("Needed", bound=forms.Field)
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
    condition: str  # when it has to be filled in, where it need not always be
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
    options = list(bound.subwidgets)
    chosen = next((one for one in options if one.data["selected"]), next(iter(options), None))
    for one in options:
        _focus_only(one.data, is_it=one is chosen)
    return tuple(Part(one.id_for_label, str(one.choice_label), one.data) for one in options)


def _focus_only(control: Control, *, is_it: bool) -> None:
    """A page has one control with the focus: of a group, the one that is chosen, or the first."""
    if not is_it:
        control["attrs"].pop("autofocus", None)


def _dates(bound: BoundField) -> tuple[Part, ...]:
    labels = getattr(bound.field.widget, "labels", ())
    invalid = {"aria-invalid": "true"} if bound.errors else {}
    context = bound.field.widget.get_context(
        bound.html_name, bound.value(), {**bound.build_widget_attrs({}), "id": bound.auto_id, **invalid}
    )["widget"]
    for i, sub in enumerate(context["subwidgets"]):
        _focus_only(sub, is_it=i == 0)
    return tuple(
        Part(
            sub["attrs"]["id"],
            str(labels[i]) if i < len(labels) else "",
            sub,
            ("day", "month", "year")[i] if i < 3 else "",
        )
        for i, sub in enumerate(context["subwidgets"])
    )


def needed_when(field: Needed, condition: Any) -> Needed:
    """`field`, which says beside its label under which condition it has to be filled in ("khi …")."""
    field.condition = condition  # type: ignore[attr-defined]
    return field


def focus_first(form: forms.BaseForm, names: Iterable[str]) -> bool:
    """Give the first control in sight among `names` the focus on arrival; whether there is one. A form with errors
    leaves it to their summary."""
    if form.errors:
        return True
    first = next((form[name] for name in names if not form[name].is_hidden), None)
    if first is not None:
        first.field.widget.attrs["autofocus"] = True
    return first is not None


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
        condition="" if bound.field.required else str(getattr(bound.field, "condition", "")),
        control=control,
        parts=parts,
    )
