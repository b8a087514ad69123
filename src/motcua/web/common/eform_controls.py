"""The controls of a form's fields, by type. Drawn by components/field.html, as the fields of all other pages are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from markupsafe import Markup

from motcua.eforms.answers import Fault
from motcua.eforms.kinds import ADDRESS_PARTS, DATE_PARTS, MOST_FILES, WIDTHS
from motcua.eforms.places import provinces
from motcua.eforms.rules import evaluate
from motcua.eforms.shapes import Field, FieldType
from motcua.files import kinds
from motcua.files.references import read_reference
from motcua.kernel.say import Say
from motcua.web.common import components
from motcua.web.common.fields import FieldParts, Part
from motcua.web.common.stored_file import SCANNED
from motcua.web.common.wording import say

# Where an answer was taken from, said beside it.
SOURCES: Mapping[str, Say] = {
    "account": Say("Lấy từ tài khoản định danh.", "Taken from your identity account."),
    "answers": Say("Theo câu trả lời ở trang câu hỏi.", "As you answered the questions before."),
    "register": Say(
        "Lấy từ cơ sở dữ liệu quốc gia về dân cư.", "Taken from the national population register."
    ),
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """What drawing needs to know beside the field: faults by path, what is asked, what was taken from elsewhere, the
    answers in their one form, and which fields are only to be read (`fixed`). `sources`: in whose words it was taken
    from there, by source, or by all of where."""

    faults: Mapping[str, Sequence[Fault]]
    shown: frozenset[str]
    prefilled: Mapping[str, Any]
    counted: Mapping[str, Any]
    sources: Mapping[str, Say]
    area: str = "my_"  # before the names of the addresses files are sent to
    fixed: frozenset[str] = frozenset()

    def answer(self, path: str) -> Any:
        """The answer that counts at a path outside groups."""
        return evaluate({"var": path}, self.counted)

    def is_fixed(self, path: str) -> bool:
        """Whether the field at a path, or the group it is in, is only to be read."""
        return path in self.fixed or any(path.startswith(f"{one}.") for one in self.fixed)

    def source(self, field: Field, path: str) -> str:
        """Where the answer was taken from, while it is still the same."""
        known = evaluate({"var": path}, self.prefilled)
        taken = known is not None and known == self.answer(path)
        said = self.sources.get(field.prefill) or self.sources.get(field.prefill.split(".")[0])
        return say(said) if taken else ""

    def hint(self, field: Field, path: str) -> str:
        """What helps to answer, and where the answer was taken from, in whole sentences."""
        said = [part for part in (say(field.hint), self.source(field, path)) if part]
        return " ".join(
            [*(part if part.endswith((".", "?", "!")) else f"{part}." for part in said[:-1]), *said[-1:]]
        )


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One field being drawn."""

    field: Field
    raw: Any
    path: str
    errors: tuple[str, ...]
    hint: str
    area: str

    @property
    def id(self) -> str:
        return "f_" + self.path.replace(".", "-")

    @property
    def typed(self) -> str:
        """What stands in a control of one text."""
        return "" if self.raw is None or isinstance(self.raw, Mapping | list | tuple) else str(self.raw)

    @property
    def told_by(self) -> str:
        return " ".join(
            f"{self.id}_{name}" for name, there in (("error", self.errors), ("hint", self.hint)) if there
        )

    def attrs(self, **more: Any) -> dict[str, Any]:
        given = {"id": self.id, **more}
        if self.told_by:
            given["aria-describedby"] = self.told_by
        if self.errors:
            given["aria-invalid"] = "true"
        return given

    def parts(self, kind: str, control: Mapping[str, Any] | None, parts: tuple[Part, ...] = ()) -> FieldParts:
        asked = self.field.required or self.field.required_if is not None or bool(self.field.default)
        return FieldParts(
            kind=kind,
            id=self.id,
            target=parts[0].id if parts else self.id,
            label=say(self.field.label),
            hint=self.hint,
            errors=self.errors,
            described_by=self.told_by,
            optional=not asked and kind != "checkbox",
            condition="",
            control=control,
            parts=parts,
        )


def draw_leaf(field: Field, raw: Any, path: str, drawing: Drawing) -> Markup:
    """The field with label, hint, errors, and what was answered or typed."""
    faults = drawing.faults.get(path, ())
    if field.type is FieldType.ADDRESS:
        return _address(field, raw, path, drawing, faults)
    hint = drawing.hint(field, path)
    leaf = _Leaf(field, raw, path, tuple(say(fault.words) for fault in faults), hint, drawing.area)
    return components.field(_CONTROLS[field.type](leaf))


def _input(width: str, **attrs: str) -> Callable[[_Leaf], FieldParts]:
    def made(leaf: _Leaf) -> FieldParts:
        given = leaf.attrs(**{"class": width, **attrs})
        if leaf.field.type is FieldType.TEXT:
            given["maxlength"] = leaf.field.limits.most or WIDTHS[FieldType.TEXT]
        control = {"type": "text", "name": leaf.path, "value": leaf.typed, "attrs": given}
        return leaf.parts("input", control)

    return made


def _line(leaf: _Leaf) -> FieldParts:
    """As wide as what is to be typed."""
    most = leaf.field.limits.most or WIDTHS[FieldType.TEXT]
    return _input("w4" if most <= 5 else "w10" if most <= 15 else "w20" if most <= 40 else "wfull")(leaf)


def _textarea(leaf: _Leaf) -> FieldParts:
    control = {"name": leaf.path, "value": leaf.typed, "attrs": leaf.attrs(rows="4", **{"class": "wfull"})}
    return leaf.parts("textarea", control)


def _date(leaf: _Leaf) -> FieldParts:
    typed = leaf.raw if isinstance(leaf.raw, Mapping) else _day_parts(leaf.typed)
    labels = (_("Ngày"), _("Tháng"), _("Năm"))
    invalid = {"aria-invalid": "true"} if leaf.errors else {}
    parts = tuple(
        Part(
            id=f"{leaf.id}-{name}",
            label=label,
            control={
                "type": "text",
                "name": f"{leaf.path}.{name}",
                "value": _text(typed.get(name)),
                "attrs": {
                    "id": f"{leaf.id}-{name}",
                    "inputmode": "numeric",
                    "autocomplete": "off",
                    "maxlength": 4 if name == "year" else 2,
                    **invalid,
                },
            },
            css=name,
        )
        for name, label in zip(DATE_PARTS, labels, strict=True)
    )
    return leaf.parts("dates", None, parts)


def _day_parts(iso: str) -> Mapping[str, str]:
    year, month, day = (*iso.split("-"), "", "", "")[:3]
    return {"day": day, "month": month, "year": year}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _choices(leaf: _Leaf) -> FieldParts:
    one = leaf.field.type is FieldType.RADIO
    several = leaf.raw if isinstance(leaf.raw, list | tuple) else []
    chosen = (
        {leaf.typed or leaf.field.default} if one else {each for each in several if isinstance(each, str)}
    )
    parts = tuple(
        Part(
            id=f"{leaf.id}_{n}",
            label=say(option.label),
            control={
                "type": "radio" if one else "checkbox",
                "name": leaf.path,
                "value": option.code,
                "attrs": {"id": f"{leaf.id}_{n}", "checked": option.code in chosen},
            },
        )
        for n, option in enumerate(leaf.field.options)
    )
    return leaf.parts("choices", None, parts)


def _select(leaf: _Leaf) -> FieldParts:
    chosen = leaf.field.default if leaf.raw is None else leaf.typed
    options = [(option.code, say(option.label)) for option in leaf.field.options]
    control = {"name": leaf.path, "optgroups": _options(options, chosen), "attrs": leaf.attrs()}
    return leaf.parts("select", control)


def _options(options: Sequence[tuple[str, str]], chosen: str) -> list[tuple[None, list[dict[str, Any]], int]]:
    first = {"value": "", "label": _("Chọn"), "attrs": {}}
    others = [
        {"value": code, "label": label, "attrs": {"selected": code == chosen}} for code, label in options
    ]
    return [(None, [first, *others], 0)]


def _tick(leaf: _Leaf) -> FieldParts:
    ticked = leaf.raw is True or bool(leaf.typed)
    control = {
        "type": "checkbox",
        "name": leaf.path,
        "value": "on",
        "attrs": leaf.attrs(checked=ticked),
    }
    return leaf.parts("checkbox", control)


def _file(leaf: _Leaf) -> FieldParts:
    told = leaf.raw if isinstance(leaf.raw, list | tuple) else []
    kept = [one for each in told if isinstance(each, str) and (one := read_reference(each))]
    attrs = leaf.attrs(accept=kinds.accepted(*SCANNED), multiple=(leaf.field.limits.most or MOST_FILES) > 1)
    sent = {"kept": kept, "pad": False, "area": leaf.area}
    control: dict[str, Any] = {"type": "file", "name": leaf.path, "attrs": attrs, **sent}
    return leaf.parts("files", control)


_CONTROLS: Mapping[FieldType, Callable[[_Leaf], FieldParts]] = {
    FieldType.TEXT: _line,
    FieldType.TEXTAREA: _textarea,
    FieldType.NUMBER: _input("w10", inputmode="decimal", autocomplete="off"),
    FieldType.MONEY: _input("w10", inputmode="numeric", autocomplete="off"),
    FieldType.DATE: _date,
    FieldType.YEAR: _input("w4", inputmode="numeric", autocomplete="off"),
    FieldType.RADIO: _choices,
    FieldType.CHECKBOXES: _choices,
    FieldType.SELECT: _select,
    FieldType.PERSONAL_ID: _input("w20", inputmode="numeric", autocomplete="off"),
    FieldType.PHONE: _input("w20", inputmode="tel"),
    FieldType.EMAIL: _input("w20", inputmode="email"),
    FieldType.FILE: _file,
    FieldType.UNDERTAKING: _tick,
}


def _address(field: Field, raw: Any, path: str, drawing: Drawing, faults: Sequence[Fault]) -> Markup:
    """Province, commune, the rest. The commune is typed: a list of the province's helps where the province is known."""
    typed = {part: _text(raw.get(part)) if isinstance(raw, Mapping) else "" for part in ADDRESS_PARTS}
    province = provinces().get(typed["province"])
    communes = province.communes if province else {}
    labels = {
        "province": Say("Tỉnh, thành phố", "Province or city"),
        "commune": Say("Xã, phường, đặc khu", "Commune, ward, special zone"),
        "detail": Say("Số nhà, đường, thôn, tổ", "House number, street, hamlet"),
    }
    required = field.required or field.required_if is not None
    drawn = []
    for name in ADDRESS_PARTS:
        part = Field(
            key=name,
            type=FieldType.SELECT if name == "province" else FieldType.TEXT,
            label=labels[name],
            required=required and name != "detail",
        )
        errors = tuple(say(f.words) for f in faults if (f.part or "province") == name)
        leaf = _Leaf(part, typed[name], f"{path}.{name}", errors, "", drawing.area)
        drawn.append(components.field(_address_part(leaf, name, communes)))
    hint = drawing.hint(field, path)
    return components.eform_address(
        {
            "id": "f_" + path.replace(".", "-"),
            "label": field.label,
            "optional": not required,
            "hint": hint,
            "parts": drawn,
            "communes": list(communes.values()),
        }
    )


def _address_part(leaf: _Leaf, name: str, communes: Mapping[str, str]) -> FieldParts:
    if name == "province":
        options = [(one.code, one.name) for one in provinces().values()]
        control = {"name": leaf.path, "optgroups": _options(options, leaf.typed), "attrs": leaf.attrs()}
        return leaf.parts("select", control)
    attrs = leaf.attrs(**{"class": "wfull", "maxlength": WIDTHS[FieldType.TEXT], "autocomplete": "off"})
    if name == "commune" and communes:
        attrs["list"] = leaf.id.removesuffix("-commune") + "_communes"
    value = communes.get(leaf.typed, leaf.typed)
    return leaf.parts("input", {"type": "text", "name": leaf.path, "value": value, "attrs": attrs})
