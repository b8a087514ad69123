"""Forms as pages: what a browser sends for one topic, and the topic drawn with what was answered and what is wrong.

    part = posted(form, page, request.POST, request.FILES)      # into the draft, as typed
    checked = check(form, draft | part, on=today)               # motcua.eforms.answers
    if is_rearranging(request.POST) or unseen(page, request.POST, checked): draw the same topic again
    html = summary(page, checked.faults_on(page.key)) + drawn(form, page, draft | part, checked.faults_on(page.key))

A page is complete without scripts: what a condition shows is shown by the next answer of the server, rows are added and
taken away by buttons. With `motcua/eform.js` it happens at once. A page with files is a multipart form and loads
`motcua/uploads.js`. Names in the page are the paths of fields ("mother.born.day"); names of ours begin with "_".
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from textwrap import shorten
from typing import Any

from django import forms as django_forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from markupsafe import Markup

from motcua.eforms.answers import Checked, Fault, check
from motcua.eforms.kinds import ADDRESS_PARTS, DATE_PARTS, MOST_FILES, MOST_ROWS
from motcua.eforms.rules import ITEM, evaluate, variables
from motcua.eforms.shapes import Field, FieldType, Form, Page, walk
from motcua.kernel.say import Say
from motcua.kernel.text import mask_number
from motcua.web.common import components, wording
from motcua.web.common.eform_controls import SOURCES, Drawing, draw_leaf
from motcua.web.common.eform_words import value_words
from motcua.web.common.stored_file import SCANNED, StoredFileField, StoredFileInput

ADD, REMOVE, SEEN, ROWS = "_add", "_remove", "_seen", "_rows"
LONGEST_LABEL = 90
Files = MultiValueDict[str, Any]


def posted(form: Form, page: Page, data: QueryDict, files: Files | None = None) -> dict[str, Any]:
    """What came for the topic `page`, as it was typed: empty texts too, so that what was wiped out stays empty. Rows
    are added and taken away as the pressed button says."""
    return _object(page.fields, "", data, files)


def is_rearranging(data: QueryDict) -> bool:
    """Whether a button was pressed that adds or takes away a row: the same topic is to be drawn again."""
    return bool(data.get(ADD) or data.get(REMOVE))


def upload_faults(page: Page, data: QueryDict, files: Files | None = None) -> tuple[Fault, ...]:
    """What is wrong with files that came with the page; the right ones are kept by `posted`."""
    found = []
    for path, field in _leaves(page.fields, "", data):
        if field.type is FieldType.FILE:
            _kept, errors = _upload(field, path, data, files)
            found += [Fault(page.key, path, "file", Say(error, error)) for error in errors]
    return tuple(found)


def place_of_row(data: QueryDict) -> str:
    """The id of the row that a button adds, or of the group it takes one from; "" where no such button was pressed."""
    if added := data.get(ADD):
        return _id(f"{added}.{data.get(f'{added}.{ROWS}', '')}")
    return _id(removed.rpartition(".")[0]) if (removed := data.get(REMOVE)) else ""


def unseen(page: Page, data: QueryDict, checked: Checked) -> list[tuple[str, Field]]:
    """What is asked now that the page did not show when it was sent, with its path: only a browser without scripts
    brings that about."""
    known = set(data.get(SEEN, "").split())
    return [
        (path, field)
        for path, field in _leaves(page.fields, "", data)
        if field.visible_if is not None and path in checked.shown and path not in known
    ]


def drawn(
    form: Form,
    page: Page,
    answers: Mapping[str, Any],
    faults: Sequence[Fault] = (),
    *,
    prefilled: Mapping[str, Any] | None = None,
    sources: Mapping[str, Say] = SOURCES,
    on: date | None = None,
    area: str = "my_",
    fixed: frozenset[str] = frozenset(),
) -> Markup:
    """The topic `page` with `answers` (of all topics, as typed or in their one form), with its `faults`.
    `prefilled`: what was taken from where the person's data are known; it is said beside the field while it stands,
    in the words of `sources`. `area`: what stands before the names of the addresses that files are sent to; `fixed`:
    fields that are only to be read."""
    checked = check(form, answers, on=on)
    drawing = Drawing(
        faults={path: [f for f in faults if f.path == path] for path in {f.path for f in faults}},
        shown=checked.shown,
        prefilled=prefilled or {},
        counted=checked.answers,
        sources=sources,
        area=area,
        fixed=fixed,
    )
    sections = [
        {
            "id": f"s_{section.key}",
            "title": section.title,
            "hint": section.hint,
            "fields": [_drawn(field, answers, "", drawing) for field in section.fields],
        }
        for section in page.sections
    ]
    return components.eform(
        {
            "title": page.title,
            "sections": sections,
            "seen": " ".join(_conditional(page.fields, checked)),
            "has_rows": any(field.type is FieldType.GROUP for field in page.fields),
            "beyond": json.dumps(_beyond(page, checked.answers, fixed), ensure_ascii=False),
        }
    )


def summary(page: Page, faults: Sequence[Fault]) -> Markup | str:
    """What is wrong on a topic, each with the way to it; empty where nothing is."""
    linked = list(_linked(page, faults))
    return components.problems(general=[], linked=linked) if linked else ""


def _conditional(fields: tuple[Field, ...], checked: Checked) -> list[str]:
    conditional = {path for path, field in walk(fields) if field.visible_if is not None}
    return sorted(path for path in checked.shown if _shape(path) in conditional)


def _shape(path: str) -> str:
    return ".".join(part for part in path.split(".") if not part.isdigit())


def _beyond(page: Page, answers: Mapping[str, Any], fixed: frozenset[str]) -> dict[str, Any]:
    """The answers of other topics, and of what is only to be read here, that rules of this one read; nothing else."""
    own = {field.key for field in page.fields}
    told: dict[str, Any] = {}
    for _path, field in walk(page.fields):
        for rule in (field.visible_if, field.computed):
            for path in variables(rule):
                first = path.split(".")[0]
                if (first not in own and first != ITEM) or path in fixed:
                    _put(told, path.split("."), evaluate({"var": path}, answers))
    return told


def _put(into: dict[str, Any], keys: list[str], value: Any) -> None:
    for key in keys[:-1]:
        into = into.setdefault(key, {})
    into[keys[-1]] = value


# --- what was sent ------------------------------------------------------------


def _object(fields: tuple[Field, ...], under: str, data: QueryDict, files: Files | None) -> dict[str, Any]:
    return {
        field.key: _sent(field, f"{under}{field.key}", data, files)
        for field in fields
        if field.type not in (FieldType.INFO, FieldType.COMPUTED)
    }


def _sent(field: Field, path: str, data: QueryDict, files: Files | None) -> Any:
    match field.type:
        case FieldType.PERSON:
            return _object(field.fields, f"{path}.", data, files)
        case FieldType.GROUP:
            rows = [
                _object(field.fields, f"{path}.{n}.", data, files) for n in range(_count(field, path, data))
            ]
            return _rearranged(field, path, rows, data)
        case FieldType.DATE:
            return {part: data.get(f"{path}.{part}", "") for part in DATE_PARTS}
        case FieldType.ADDRESS:
            return {part: data.get(f"{path}.{part}", "") for part in ADDRESS_PARTS}
        case FieldType.CHECKBOXES:
            return data.getlist(path)
        case FieldType.FILE:
            return _upload(field, path, data, files)[0]
        case _:
            return data.get(path, "")


def _count(field: Field, path: str, data: QueryDict) -> int:
    told = data.get(f"{path}.{ROWS}", "")
    most = field.limits.most or MOST_ROWS
    return min(int(told), most) if told.isascii() and told.isdigit() and len(told) < 5 else 0


def _rearranged(field: Field, path: str, rows: list[Any], data: QueryDict) -> list[Any]:
    if data.get(ADD) == path and len(rows) < (field.limits.most or MOST_ROWS):
        return [*rows, {}]
    pressed, _dot, place = data.get(REMOVE, "").rpartition(".")
    if pressed == path and place.isascii() and place.isdigit():
        return [row for n, row in enumerate(rows) if str(n) != place]
    return rows


def _leaves(fields: tuple[Field, ...], under: str, data: QueryDict) -> Iterator[tuple[str, Field]]:
    """Every field of a page with the path it was sent under, rows told apart."""
    for field in fields:
        path = f"{under}{field.key}"
        yield path, field
        if field.type is FieldType.PERSON:
            yield from _leaves(field.fields, f"{path}.", data)
        elif field.type is FieldType.GROUP:
            for n in range(_count(field, path, data)):
                yield from _leaves(field.fields, f"{path}.{n}.", data)


def _upload(field: Field, path: str, data: QueryDict, files: Files | None) -> tuple[list[str], list[str]]:
    sent = StoredFileInput().value_from_datadict(data, files or MultiValueDict(), path)
    several = (field.limits.most or MOST_FILES) > 1
    errors: list[str] = []
    try:
        StoredFileField(multiple=several, accept=SCANNED, required=False).clean(sent)
    except django_forms.ValidationError as error:
        errors = error.messages
    return [one.reference for one in sent.shown], errors


# --- what is shown ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """One field as the template draws it: `kind` says how, `parts` what stands in it."""

    kind: str
    type: FieldType
    path: str
    condition: str
    hidden: bool
    drawn: Markup | str = ""
    label: Say | None = None
    hint: Say | None = None
    errors: tuple[Say, ...] = ()
    rows: tuple[tuple["Shown", ...], ...] = ()
    can_add: bool = False
    fixed: bool = False
    computed: str = ""

    @property
    def id(self) -> str:
        """The id of what the summary of errors leads to."""
        return _id(self.path)


def _drawn(field: Field, told: Mapping[str, Any], under: str, drawing: Drawing) -> Shown:
    path = f"{under}{field.key}"
    raw = told.get(field.key)
    shown = Shown(
        kind="leaf",
        type=field.type,
        path=path,
        condition=json.dumps(field.visible_if, ensure_ascii=False) if field.visible_if is not None else "",
        hidden=path not in drawing.shown and field.visible_if is not None,
        label=field.label,
        hint=field.hint,
        errors=tuple(fault.words for fault in drawing.faults.get(path, ())),
    )
    if field.type is FieldType.PERSON:
        inside = raw if isinstance(raw, Mapping) else {}
        row = tuple(_drawn(each, inside, f"{path}.", drawing) for each in field.fields)
        return replace(shown, kind="person", rows=(row,))
    if field.type is FieldType.GROUP:
        return _group(field, raw, shown, drawing)
    if drawing.is_fixed(path):
        said = value_words(field, raw)
        return replace(
            shown, kind="fixed", drawn=mask_number(said) if field.type is FieldType.PERSONAL_ID else said
        )
    if field.type is FieldType.INFO:
        return replace(shown, kind="info")
    if field.type is FieldType.COMPUTED:
        value = drawing.answer(path)
        rule = json.dumps(field.computed, ensure_ascii=False)
        return replace(shown, kind="computed", computed=rule, drawn=value_words(field, value))
    return replace(shown, drawn=draw_leaf(field, raw, path, drawing))


def _group(field: Field, raw: Any, shown: Shown, drawing: Drawing) -> Shown:
    most = field.limits.most or MOST_ROWS
    rows = [row for row in raw if isinstance(row, Mapping)][:most] if isinstance(raw, list | tuple) else []
    least = max(field.limits.least or 0, 1 if field.required else 0)
    rows += [{}] * (least - len(rows))
    drawn_rows = tuple(
        tuple(_drawn(each, row, f"{shown.path}.{n}.", drawing) for each in field.fields)
        for n, row in enumerate(rows)
    )
    fixed = drawing.is_fixed(shown.path)
    return replace(shown, kind="group", rows=drawn_rows, can_add=len(rows) < most and not fixed, fixed=fixed)


def _linked(page: Page, faults: Sequence[Fault]) -> Iterator[dict[str, str]]:
    """The lines of the summary: each leads to the control at fault. A long label is cut after a word, and the page's
    own title is not said again."""
    by_shape = dict(walk(page.fields))
    for fault in faults:
        field = by_shape.get(_shape(fault.path))
        text = wording.say(fault.words)
        if field is None:
            yield {"target": "main", "label": "", "text": text}
            continue
        holder = by_shape.get(_shape(fault.path).rpartition(".")[0])
        told = [each.label for each in (holder, field) if each and each.label != page.title]
        label = shorten(
            ", ".join(wording.say(each).rstrip(" .:;") for each in told), LONGEST_LABEL, placeholder="…"
        )
        row = next((int(part) + 1 for part in fault.path.split(".") if part.isdigit()), 0)
        label = _("%(label)s (mục %(row)s)") % {"label": label, "row": row} if row else label
        ending = "" if label.endswith(("?", "…")) else ":"
        yield {"target": target(field, fault.path, fault.part), "label": label + ending, "text": text}


def _id(path: str) -> str:
    return "f_" + path.replace(".", "-")


def target(field: Field, path: str, part: str = "") -> str:
    """The id of the first control of a field, or of that of its `part`: where the focus goes."""
    base = _id(path)
    if field.type in (FieldType.RADIO, FieldType.CHECKBOXES):
        return f"{base}_0"
    if field.type is FieldType.DATE:
        return f"{base}-day"
    if field.type is FieldType.ADDRESS:
        return f"{base}-{part or 'province'}"
    return base
