"""What can be added to a draft: a page, a section, a field of each type, a shared block."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from motcua.eforms.conditions import Condition, put_together, taken_apart
from motcua.eforms.definition import Library
from motcua.eforms.drafts import Node
from motcua.eforms.editing import own_key
from motcua.eforms.rules import ITEM
from motcua.eforms.shapes import CHOICES, FieldType
from motcua.kernel.say import Say
from motcua.kernel.text import clean
from motcua.web.catalogue.designer.controls import Drawing, Typed, one
from motcua.web.catalogue.designer.words import KINDS, TYPES
from motcua.web.common.fields import FieldParts
from motcua.web.common.wording import say

BLOCK = "block:"
_PERSON = ("name*", "born*", "paper*", "residence*", "phone")
Groups = Sequence[tuple[str, Sequence[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class Adding:
    """What is to be added, and what it is called."""

    what: str = str(FieldType.TEXT)
    vi: str = ""
    en: str = ""

    @classmethod
    def of(cls, typed: Typed) -> "Adding":
        """As typed."""
        return cls(one(typed, "what"), clean(one(typed, "new-vi"))[:500], clean(one(typed, "new-en"))[:500])

    @property
    def label(self) -> str:
        """What it is called, or what it is."""
        return self.vi or self.what.removeprefix(BLOCK)

    def wrong(self) -> Mapping[str, tuple[Say, ...]]:
        """What is missing."""
        if self.what.startswith(BLOCK) or self.vi:
            return {}
        return {
            "new-vi": (
                Say("Ghi câu hỏi hoặc tên gọi của mục mới.", "Write the question or name of the new item."),
            )
        }

    def drawn(self, groups: Groups, errors: Mapping[str, Sequence[Say]]) -> "Drawn":
        """Its controls."""
        drawing = Drawing({"what": [self.what], "new-vi": [self.vi], "new-en": [self.en]}, errors)
        flat = [option for _label, options in groups for option in options]
        select = drawing.select("what", _("Thêm gì"), flat)
        control = dict(select.control or {})
        options = {each["value"]: each for each in control["optgroups"][0][1]}
        control["optgroups"] = [
            (label, [options[value] for value, _words in told], n) for n, (label, told) in enumerate(groups)
        ]
        return Drawn(
            replace(select, control=control),
            drawing.text("new-vi", _("Câu hỏi, tên gọi"), lang="vi"),
            drawing.text("new-en", _("Bằng tiếng Anh"), lang="en"),
        )


@dataclass(frozen=True, slots=True)
class Drawn:
    """The controls of what is to be added."""

    what: FieldParts
    vi: FieldParts
    en: FieldParts


def choices(library: Library) -> Groups:
    """What can be added, in groups."""
    parts = [(f"{BLOCK}{name}", _block_words(fields)) for name, fields in library.parts.items()]
    return [
        (_("Mục hỏi"), [(str(kind), say(words)) for kind, words in TYPES.items()]),
        (
            _("Khối dùng chung"),
            [(f"{BLOCK}{FieldType.PERSON}", _("Một người, đủ các mục thường hỏi")), *parts],
        ),
        (_("Trang, phần"), [(kind, say(KINDS[kind])) for kind in ("section", "page")]),
    ]


def _block_words(fields: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(say(Say(one["label"]["vi"], one["label"]["en"])) for one in fields)


def new_nodes(adding: Adding, library: Library) -> list[Node]:
    """The nodes to be added; their keys are still to be made their own."""
    said = {"vi": adding.vi, "en": adding.en}
    key = own_key(adding.vi, set())
    if adding.what == "page":
        section = {"key": key, "title": said, "fields": []}
        return [{"key": key, "title": said, "sections": [section]}]
    if adding.what == "section":
        return [{"key": key, "title": said, "fields": []}]
    if adding.what == f"{BLOCK}{FieldType.PERSON}":
        label = said if adding.vi else {"vi": "Người yêu cầu", "en": "Who requests"}
        told = {"key": own_key(label["vi"], set()), "type": "person", "label": label, "required": True}
        return [told | {"parts": list(_PERSON), "prefill": "account"}]
    if adding.what.startswith(BLOCK):
        return list(_freed(library.parts.get(adding.what.removeprefix(BLOCK), ())))
    return [_field(adding.what, key, said)]


def _field(kind: str, key: str, said: dict[str, str]) -> Node:
    node: Node = {"key": key, "type": kind, "label": said}
    if kind == FieldType.PERSON:
        return node | {"required": True, "parts": ["name*"]}
    if kind == FieldType.GROUP:
        return node | {"fields": [], "limits": {"least": 1, "most": 10}}
    if kind in CHOICES:
        node |= {"list": "yes_no"}
    if kind == FieldType.FILE:
        node |= {"document": ""}
    return node | (
        {"required": True} if kind not in (FieldType.INFO, FieldType.COMPUTED, FieldType.FILE) else {}
    )


def _freed(fields: Sequence[Mapping[str, Any]]) -> Iterator[Node]:
    """The fields of a shared part outside a person: they read each other by their own names."""
    for each in fields:
        node = {key: value for key, value in each.items() if key not in ("follows", "prefill", "map_to")}
        for rule in ("visible_if", "required_if"):
            condition = taken_apart(node.get(rule)) if rule in node else None
            if condition is not None:
                tests = tuple(
                    type(test)(test.field.removeprefix(f"{ITEM}."), test.test, test.values)
                    for test in condition.tests
                )
                node[rule] = put_together(Condition(condition.join, tests))
        yield node
