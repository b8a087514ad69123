"""What of the answers to a form counts. Pure: the same for a page, a draft, a machine.

In document order, once: a rule reads only what stands before it, already in its one form. What is hidden is dropped
without a word, what nobody asked is told and dropped, what is computed is computed here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field as slot
from datetime import date
from typing import Any

from motcua.eforms.kinds import KINDS, MOST_ROWS, Wrong
from motcua.eforms.rules import evaluate, holds
from motcua.eforms.shapes import Field, FieldType, Form
from motcua.eforms.words import fault_words
from motcua.kernel.say import Say

MOST_UNKNOWN = 20  # keys that nobody asked for are told one by one up to here
Answers = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an answer: on which page, at which field ("mother.born", "witnesses.0.name"), at which part of
    it ("commune")."""

    page: str
    path: str
    code: str
    words: Say
    part: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """The answers in their one form, what is wrong, and which fields are asked. `answers` holds all that is right, also
    when something else is not."""

    answers: Answers
    faults: tuple[Fault, ...]
    shown: frozenset[str]
    pages: tuple[str, ...]  # those with something to ask

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong or missing."""
        return not self.faults

    def faults_on(self, page: str) -> tuple[Fault, ...]:
        """What is wrong on one page."""
        return tuple(fault for fault in self.faults if fault.page == page)


@dataclass(slots=True)
class _Reading:
    on: date | None
    root: Answers = slot(default_factory=dict)
    faults: list[Fault] = slot(default_factory=list)
    shown: set[str] = slot(default_factory=set)
    page: str = ""

    def wrong(self, path: str, code: str, part: str = "", **facts: object) -> None:
        self.faults.append(Fault(self.page, path, code, fault_words(code, facts), part))


def check(form: Form, answers: object, *, on: date | None = None) -> Checked:
    """The answers that count of `answers`, by key. `on`: today, where a day may not lie ahead. Never raises: whatever
    came is told."""
    told: Mapping[str, Any] = answers if isinstance(answers, Mapping) else {}
    reading = _Reading(on)
    pages = []
    for page in form.pages:
        reading.page = page.key
        before = len(reading.shown)
        _fill(page.fields, told, reading.root, "", None, reading)
        if len(reading.shown) > before:
            pages.append(page.key)
    reading.page = form.pages[0].key
    _unknown(form.fields, told, "", reading)
    return Checked(reading.root, tuple(reading.faults), frozenset(reading.shown), tuple(pages))


def _unknown(fields: tuple[Field, ...], told: Mapping[str, Any], under: str, reading: _Reading) -> None:
    known = {field.key for field in fields}
    strange = [key for key in told if key not in known][:MOST_UNKNOWN]
    for key in strange:
        name = str(key)[:60]
        reading.wrong(f"{under}{name}", "unknown", key=name)


def _fill(
    fields: tuple[Field, ...],
    told: Mapping[str, Any],
    into: Answers,
    under: str,
    item: Answers | None,
    reading: _Reading,
) -> None:
    for field in fields:
        if not holds(field.visible_if, reading.root, item):
            continue
        path = under + field.key
        reading.shown.add(path)
        raw = told.get(field.key)
        if field.type is FieldType.PERSON:
            _person(field, raw, into, path, reading)
        elif field.type is FieldType.GROUP:
            _group(field, raw, into, path, reading)
        elif field.type is FieldType.COMPUTED:
            value = evaluate(field.computed, reading.root, item)
            if value is not None:
                into[field.key] = value
        else:
            _leaf(field, raw, into, path, item, reading)


def _leaf(field: Field, raw: Any, into: Answers, path: str, item: Answers | None, reading: _Reading) -> None:
    kind = KINDS[field.type]
    if raw is None and field.default:
        raw = field.default
    try:
        value = None if raw is None else kind.read(field, raw, reading.on)
    except Wrong as wrong:
        reading.wrong(path, wrong.code, wrong.part, **wrong.facts)
        return
    if value is not None:
        into[field.key] = value
    elif _needed(field, reading, item):
        part = "province" if field.type is FieldType.ADDRESS else ""
        reading.wrong(path, kind.missing, part)


def _needed(field: Field, reading: _Reading, item: Answers | None) -> bool:
    if field.required:
        return True
    return field.required_if is not None and holds(field.required_if, reading.root, item)


def _person(field: Field, raw: Any, into: Answers, path: str, reading: _Reading) -> None:
    found: Answers = {}
    into[field.key] = found
    if raw is not None and not isinstance(raw, Mapping):
        reading.wrong(path, "type")
        raw = None
    before = len(reading.faults)
    _fill(field.fields, raw or {}, found, f"{path}.", found, reading)
    _unknown(field.fields, raw or {}, f"{path}.", reading)
    if not _answered(field.fields, found):
        del into[field.key]
        if not _needed(field, reading, None):
            reading.faults[before:] = [f for f in reading.faults[before:] if not _is_lack(f)]


def _group(field: Field, raw: Any, into: Answers, path: str, reading: _Reading) -> None:
    if raw is not None and not isinstance(raw, list | tuple):
        reading.wrong(path, "type")
        raw = None
    rows: list[Answers] = []
    into[field.key] = rows
    most = field.limits.most or MOST_ROWS
    if raw and len(raw) > most:
        reading.wrong(path, "many", most=most)
    for place, told in enumerate((raw or ())[:most]):
        row: Answers = {}
        under = f"{path}.{place}."
        if not isinstance(told, Mapping):
            reading.wrong(f"{path}.{place}", "type")
            continue
        before = len(reading.faults)
        _fill(field.fields, told, row, under, row, reading)
        _unknown(field.fields, told, under, reading)
        if _answered(field.fields, row):
            rows.append(row)
        else:  # a row that was added and left empty
            reading.faults[before:] = [f for f in reading.faults[before:] if not _is_lack(f)]
    if not rows:
        del into[field.key]
    least = max(field.limits.least or 0, 1 if _needed(field, reading, None) else 0)
    if len(rows) < least:
        reading.wrong(path, "few", least=least)


def _answered(fields: tuple[Field, ...], found: Answers) -> bool:
    """Whether a person gave any of it: what the form fills in by itself is no answer."""
    given = {field.key: field.default for field in fields if field.type is not FieldType.COMPUTED}
    return any(key in given and value != given[key] for key, value in found.items())


def _is_lack(fault: Fault) -> bool:
    return fault.code in _LACKS


_LACKS = frozenset(kind.missing for kind in KINDS.values())
