"""What can be said of each node of a form, as a table: the forms, what is kept, and where faults stand read it.

A property that was opened and kept unchanged is not written anew, so a form that was looked at is as it was.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from motcua.eforms.drafts import Document, Node, at, kind_of
from motcua.eforms.judging import Fault
from motcua.eforms.kinds import KINDS
from motcua.eforms.readable import readable
from motcua.eforms.selectors import library
from motcua.eforms.shapes import CHOICES, CONTAINERS, FieldType
from motcua.kernel.say import Say
from motcua.kernel.text import clean
from motcua.web.catalogue.designer import shapes
from motcua.web.catalogue.designer.controls import Typed, one
from motcua.web.catalogue.designer.shapes import (
    MOST_ROWS,
    NOTHING,
    Around,
    Mistyped,
    Written,
    inside,
    put,
    same_text,
)
from motcua.web.catalogue.designer.words import SOURCES, TYPES


class Shape(StrEnum):
    """How a property is typed."""

    SAY = "say"
    TEXT = "text"
    CHECK = "check"
    NUMBER = "number"
    CHOICE = "choice"
    LINES = "lines"
    SERVES = "serves"
    OPTIONS = "options"
    PARTS = "parts"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Property:
    """One property. `key`: where it stands in the node ("limits.least"); `always`: kept also when nothing is typed;
    `options`: what a choice offers."""

    key: str
    label: Say
    shape: Shape
    hint: Say | None = None
    always: bool = False
    options: Mapping[str, Say] | None = None

    @property
    def name(self) -> str:
        """The name of its control."""
        return self.key.replace(".", "-")


_KEY_HINT = Say(
    "Chữ thường không dấu, số, gạch dưới; quy tắc và dữ liệu gọi mục bằng tên này",
    "Small letters, figures, underscores; rules and data call it by this name",
)
_KEY = Property("key", Say("Tên trong dữ liệu", "Name in the data"), Shape.TEXT, _KEY_HINT, always=True)
_TITLE = Property("title", Say("Tên gọi", "Title"), Shape.SAY, always=True)
_HINT = Property("hint", Say("Lời giải thích", "Hint"), Shape.SAY)
_SHOWN = Property("visible_if", Say("Chỉ hiện ra", "Only shown"), Shape.RULE)
_OF_FORM = (
    _TITLE,
    Property(
        "procedures",
        Say("Dùng cho thủ tục", "Serves the procedures"),
        Shape.SERVES,
        Say(
            "Mỗi dòng một mã thủ tục; chỉ cho một trường hợp thì ghi thêm mã trường hợp sau dấu cách",
            "One code a line; for one variant only, its code after a space",
        ),
        always=True,
    ),
    Property(
        "source.name",
        Say("Theo mẫu chính thức nào", "Which official form it follows"),
        Shape.SAY,
        Say("Tên mẫu, số và ngày của văn bản", "The form's name, number and date of the document"),
        always=True,
    ),
    Property(
        "source.verified", Say("Đã đối chiếu từng mục với mẫu ấy", "Compared with it item by item"), Shape.CHECK,
        always=True,
    ),
    Property(
        "results",
        Say("Kết quả mà dữ liệu đi vào", "Results that its data go into"),
        Shape.LINES,
        Say("Mỗi dòng một mã kết quả quốc gia, ví dụ KQ.G15.000031", "One national code a line, such as KQ.G15.000031"),
    ),
)  # fmt: skip
_OF_PAGE = (_TITLE, _KEY)
_OF_SECTION = (_TITLE, _HINT, _SHOWN, _KEY)
_LIMITS: Mapping[FieldType, tuple[tuple[str, Say, Shape], ...]] = {
    kind: tuple((f"limits.{name}", label, shape) for name, label, shape in told)
    for kind, told in {
        FieldType.TEXT: (
            ("least", Say("Ít nhất bao nhiêu chữ", "Letters at least"), Shape.NUMBER),
            ("most", Say("Nhiều nhất bao nhiêu chữ", "Letters at most"), Shape.NUMBER),
        ),
        FieldType.NUMBER: (
            ("least", Say("Từ", "From"), Shape.NUMBER),
            ("most", Say("Đến", "To"), Shape.NUMBER),
            ("decimals", Say("Số chữ số thập phân", "Decimals"), Shape.NUMBER),
        ),
        FieldType.MONEY: (
            ("least", Say("Từ", "From"), Shape.NUMBER),
            ("most", Say("Đến", "To"), Shape.NUMBER),
        ),
        FieldType.DATE: (("past", Say("Không sau hôm nay", "Not after today"), Shape.CHECK),),
        FieldType.FILE: (("most", Say("Nhiều nhất bao nhiêu tệp", "Files at most"), Shape.NUMBER),),
        FieldType.GROUP: (
            ("least", Say("Ít nhất bao nhiêu dòng", "Rows at least"), Shape.NUMBER),
            ("most", Say("Nhiều nhất bao nhiêu dòng", "Rows at most"), Shape.NUMBER),
        ),
    }.items()
}
_SAME_LIMITS = {FieldType.TEXTAREA: FieldType.TEXT, FieldType.YEAR: FieldType.DATE}


def properties_of(node: Node, place: str) -> list[Property]:
    """What can be said of the node at a place, in the order of the form."""
    match kind_of(place):
        case "form":
            return list(_OF_FORM)
        case "page":
            return list(_OF_PAGE)
        case "section":
            return list(_OF_SECTION)
    return list(_of_field(node))


def _of_field(node: Node) -> Iterator[Property]:
    told = node.get("type")
    kind = FieldType(told) if isinstance(told, str) and told in set(FieldType) else FieldType.TEXT
    yield Property("label", Say("Câu hỏi, tên mục", "Question, label"), Shape.SAY, always=True)
    types = {str(each): words for each, words in TYPES.items()}
    yield Property("type", Say("Loại", "Type"), Shape.CHOICE, always=True, options=types)
    if kind is FieldType.INFO:
        yield from (_SHOWN, _KEY)
        return
    yield _HINT
    if kind is not FieldType.COMPUTED:
        yield Property("required", Say("Bắt buộc trả lời", "Must be answered"), Shape.CHECK)
    yield from _of_type(kind)
    yield _SHOWN
    if kind not in (FieldType.COMPUTED, *CONTAINERS):
        yield Property("required_if", Say("Bắt buộc", "Must be answered"), Shape.RULE)
    if kind not in (FieldType.COMPUTED, FieldType.GROUP, FieldType.FILE, FieldType.UNDERTAKING):
        hint = Say(
            "Một trong các gợi ý, hoặc answers. và mã một câu hỏi của thủ tục",
            "One of the suggestions, or answers. and the code of a question of the procedure",
        )
        yield Property("prefill", Say("Lấy sẵn từ", "Filled in from"), Shape.TEXT, hint, options=SOURCES)
    yield Property(
        "map_to",
        Say("Mã dữ liệu của kết quả", "Data code of the result"),
        Shape.TEXT,
        Say("Theo bộ mã quốc gia, ví dụ nksHoTen", "Of the national codes, such as nksHoTen"),
    )
    yield _KEY


def _of_type(kind: FieldType) -> Iterator[Property]:
    limits = _LIMITS.get(_SAME_LIMITS.get(kind, kind), ())
    yield from (Property(key, label, shape) for key, label, shape in limits)
    if kind in CHOICES:
        lists = {"": Say("(các câu trả lời ghi bên dưới)", "(the answers written below)")}
        lists |= {name: Say(name, name) for name in library().lists}
        yield Property("list", Say("Danh sách dùng chung", "Shared list"), Shape.CHOICE, options=lists)
        hint = Say(
            "Mỗi dòng một câu: tiếng Việt | tiếng Anh. Mã do máy đặt; muốn mã riêng thì thêm | mã",
            "One a line: Vietnamese | English. The code is made; for one of its own add | code",
        )
        yield Property("options", Say("Các câu trả lời", "Answers"), Shape.OPTIONS, hint)
        yield Property("default", Say("Chọn sẵn (mã)", "Chosen beforehand (code)"), Shape.TEXT)
    if kind is FieldType.FILE:
        hint = Say("Mã thành phần hồ sơ của thủ tục", "The code of the procedure's component")
        yield Property("document", Say("Là giấy tờ nào", "Which paper it is"), Shape.TEXT, hint, always=True)
    if kind is FieldType.COMPUTED:
        yield Property("computed", Say("Được tính", "Computed"), Shape.RULE)
    if kind is FieldType.PERSON:
        yield Property("parts", Say("Hỏi những gì về người ấy", "What is asked of them"), Shape.PARTS)
        told = Say(
            "Cùng đứng tên: tự đăng nhập và xác nhận", "Applies too: signs in and confirms by themselves"
        )
        yield Property("confirms", told, Shape.CHECK)
        told = Say(
            "Phải đồng ý, không đứng tên: tự đăng nhập và xác nhận",
            "Has to consent and does not apply: signs in and confirms by themselves",
        )
        yield Property("consents", told, Shape.CHECK)
        yield Property("prefill_if", Say("Chỉ lấy sẵn khi", "Filled in only"), Shape.RULE)
        hint = Say(
            "Tiền tố mã dữ liệu, ví dụ nks, me, cha", "Beginning of the data codes, such as nks, me, cha"
        )
        yield Property("map", Say("Dữ liệu là của ai", "Whose data they are"), Shape.TEXT, hint)


# --- what is typed --------------------------------------------------------------


def typed_of(document: Document, place: str) -> dict[str, list[str]]:
    """What stands in the form of a node."""
    node, around = at(document, place), around_of(document, place)
    found: dict[str, list[str]] = {}
    for each in properties_of(node, place):
        found |= _typed(each, inside(node, each.key), around)
    return found


def around_of(document: Document, place: str) -> Around:
    """What the properties of a node may have to know."""
    return Around(readable(document, place, library()) if place else ())


def _typed(each: Property, value: Any, around: Around) -> dict[str, list[str]]:
    name = each.name
    match each.shape:
        case Shape.SAY:
            return shapes.say_typed(name, value)
        case Shape.CHECK:
            return {name: ["on"]} if value is True else {}
        case Shape.LINES:
            return {name: ["\n".join(map(str, value)) if isinstance(value, list) else ""]}
        case Shape.SERVES:
            return {name: [shapes.serves_typed(value)]}
        case Shape.OPTIONS:
            return {name: [shapes.options_typed(value)]}
        case Shape.PARTS:
            return shapes.parts_typed(name, value, list(library().parts))
        case Shape.RULE:
            return shapes.rule_typed(name, value, around)
        case _:
            return {name: ["" if value is None else str(value)]}


def written(document: Document, place: str, typed: Typed) -> Written:
    """The node at a place with what was typed. What its type does not have is dropped. Raises NotFound."""
    old, around = at(document, place), around_of(document, place)
    node: Node = {key: _copy(value) for key, value in old.items()}
    errors: dict[str, tuple[Say, ...]] = {}
    for each in properties_of(old, place):
        if _same(each, _typed(each, inside(old, each.key), around), typed):
            continue
        try:
            value = _written(each, typed, around)
        except Mistyped as wrong:
            errors[wrong.name] = (wrong.said,)
            continue
        if value is NOTHING and each.always:
            value = (
                {"vi": "", "en": ""}
                if each.shape is Shape.SAY
                else False
                if each.shape is Shape.CHECK
                else ""
            )
        put(node, each.key, value)
    return Written(_fitting(node) if kind_of(place) == "field" else node, errors)


def _copy(value: Any) -> Any:
    return dict(value) if isinstance(value, dict) else value


def _same(each: Property, before: Typed, typed: Typed) -> bool:
    names = set(before) | {each.name}
    if each.shape is Shape.RULE:
        # A line without a field says nothing, whatever its other controls show.
        names |= {
            name
            for n in range(MOST_ROWS)
            for name in _line(each.name, n)
            if one(typed, _line(each.name, n)[0])
        }
    return all(same_text(one(before, name), one(typed, name)) for name in names)


def _line(name: str, number: int) -> list[str]:
    return [f"{name}-{number}-{part}" for part in ("field", "test", "value")]


def _written(each: Property, typed: Typed, around: Around) -> Any:
    name = each.name
    match each.shape:
        case Shape.SAY:
            return shapes.say_written(name, typed)
        case Shape.CHECK:
            return True if one(typed, name) else NOTHING
        case Shape.NUMBER:
            return shapes.number_written(name, typed)
        case Shape.LINES:
            return shapes.lines_of(one(typed, name))
        case Shape.SERVES:
            return shapes.serves_written(name, typed)
        case Shape.OPTIONS:
            return shapes.options_written(name, typed)
        case Shape.PARTS:
            return shapes.parts_written(name, typed, list(library().parts))
        case Shape.RULE:
            return shapes.rule_written(name, typed, around)
        case _:
            return clean(one(typed, name)) or NOTHING


def _fitting(node: Node) -> Node:
    """A field without what its type does not have; a choice has a shared list or answers of its own."""
    kind = node.get("type")
    if not isinstance(kind, str) or kind not in set(FieldType):
        return node
    made = FieldType(kind)
    own = KINDS[made].takes | ({"map"} if made is FieldType.PERSON else set())
    every = {key for each in KINDS.values() for key in each.takes} | {"map"}
    told = {key: value for key, value in node.items() if key not in every or key in own}
    if "list" in told:
        told.pop("options", None)
    if made is FieldType.GROUP:
        told.setdefault("fields", [])
    return told


def control_of(fault: Fault, names: Mapping[str, Any]) -> str:
    """The control at which a fault of the reader stands; "" for none."""
    name = fault.slot.replace(".", "-")
    while name:
        if name in names or f"{name}-how" in names or f"{name}-vi" in names:
            return name if name in names else f"{name}-how" if f"{name}-how" in names else f"{name}-vi"
        name = name.rpartition("-")[0]
    return ""
