"""A form's field as the parts its template needs, whatever the widget."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from motcua.web.common.templatetags.wording import say


@dataclass(frozen=True, slots=True)
class Part:
    """One control inside a group: a radio, a checkbox, or the day of a date."""

    id: str
    label: str
    control: SafeString
    css: str = ""


@dataclass(frozen=True, slots=True)
class FieldParts:
    """What templates/common/parts/field.html draws."""

    kind: str  # "input", "checkbox", "choices", "dates" or "hidden"
    id: str
    target: str  # where a link of the error summary goes
    label: str
    hint: str
    errors: tuple[str, ...]
    described_by: str
    optional: bool
    control: SafeString | str
    parts: tuple[Part, ...] = ()


def kind_of(bound: BoundField) -> str:
    """Which of the five shapes the widget takes."""
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, forms.MultiWidget):
        return "dates"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "input"


def _attrs(bound: BoundField, described_by: str, css: str) -> dict[str, Any]:
    classes = " ".join(c for c in (bound.field.widget.attrs.get("class", ""), css) if c)
    attrs: dict[str, Any] = {"class": classes} if classes else {}
    if described_by:
        attrs["aria-describedby"] = described_by
    return attrs


def _choices(bound: BoundField) -> tuple[Part, ...]:
    return tuple(
        Part(str(option.id_for_label), str(option.choice_label), option.tag()) for option in bound.subwidgets
    )


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
            # Django's own widget template, already escaped; its renderer strips the mark.
            SafeString(bound.form.renderer.render(sub["template_name"], {"widget": sub})),
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
    control: SafeString | str = ""
    if kind == "choices":
        parts = _choices(bound)
    elif kind == "dates":
        parts = _dates(bound)
    else:
        control = bound.as_widget(attrs=_attrs(bound, described_by, css))
    return FieldParts(
        kind=kind,
        id=str(bound.auto_id),
        target=parts[0].id if parts else str(bound.auto_id),
        label=say(label) if label is not None else str(bound.label),
        hint=words,
        errors=errors,
        described_by=described_by,
        optional=not bound.field.required and kind != "checkbox",
        control=control,
        parts=parts,
    )
