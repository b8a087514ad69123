"""A form as data: pages of one topic each, sections, fields. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from motcua.kernel.say import Say

# A rule is JSON: a scalar, a list, or one operator with what it works on (rules.py).
Rule = Any


class FieldType(StrEnum):
    """What a field takes; how each is read, described and drawn stands in tables (kinds.py, web.common.eforms)."""

    TEXT = "text"
    TEXTAREA = "textarea"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    YEAR = "year"
    RADIO = "radio"
    CHECKBOXES = "checkboxes"
    SELECT = "select"
    ADDRESS = "address"
    PERSON = "person"
    PERSONAL_ID = "personal_id"
    PHONE = "phone"
    EMAIL = "email"
    FILE = "file"
    UNDERTAKING = "undertaking"
    GROUP = "group"
    COMPUTED = "computed"
    INFO = "info"


CHOICES = frozenset({FieldType.RADIO, FieldType.CHECKBOXES, FieldType.SELECT})
# The rules that a field may have.
RULES = ("visible_if", "required_if", "prefill_if", "computed")
# Fields that hold fields: a person is one of them, a group is several, each with the same ones.
CONTAINERS = frozenset({FieldType.PERSON, FieldType.GROUP})


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose."""

    code: str
    label: Say


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer must keep to. Letters of a text, size of a number, how many of a group or of files; `decimals`
    of a number that is typed; `past`: a day that is not ahead."""

    least: int | None = None
    most: int | None = None
    decimals: int = 0
    past: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question. `prefill`: where its answer may be taken from ("account.name"); `map_to`: the national code of the
    result's datum; `document`: the kind of paper a file is; `computed`: the rule that gives its value; `confirms`: a
    person who applies too, and has to confirm what is handed in; `consents`: one who has to as well and does not
    apply. `prefill_if`: of whom the answers are that a person is filled in with."""

    key: str
    type: FieldType
    label: Say
    hint: Say | None = None
    required: bool = False
    required_if: Rule = None
    visible_if: Rule = None
    computed: Rule = None
    limits: Limits = Limits()
    options: tuple[Option, ...] = ()
    default: str = ""
    prefill: str = ""
    map_to: str = ""
    document: str = ""
    prefill_if: Rule = None
    confirms: bool = False
    consents: bool = False
    fields: tuple["Field", ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under one heading; its condition stands in each field's own."""

    key: str
    title: Say
    fields: tuple[Field, ...]
    hint: Say | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One topic."""

    key: str
    title: Say
    sections: tuple[Section, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its fields in their order."""
        return tuple(field for section in self.sections for field in section.fields)


@dataclass(frozen=True, slots=True)
class Source:
    """Which official form it follows, and whether somebody has compared the two."""

    name: Say
    verified: bool


@dataclass(frozen=True, slots=True)
class Serves:
    """The procedure a form belongs to, and the variant where only one of them takes it."""

    code: str
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form, immutable by code and version. `results`: national codes of the results its data go into."""

    code: str
    version: int
    title: Say
    procedures: tuple[Serves, ...]
    valid_from: date
    source: Source
    pages: tuple[Page, ...]
    results: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of all pages in their order."""
        return tuple(field for page in self.pages for field in page.fields)

    def page(self, key: str) -> Page:
        """The page `key`. Raises KeyError."""
        return {page.key: page for page in self.pages}[key]


def walk(fields: tuple[Field, ...], under: str = "") -> Iterator[tuple[str, Field]]:
    """Each field with its path, those within fields too; the items of a group share the group's path."""
    for field in fields:
        path = f"{under}{field.key}"
        yield path, field
        yield from walk(field.fields, f"{path}.")
