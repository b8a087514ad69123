"""One procedure as the national service LayThuTuc tells it: its keys under our names, every value a text."""

import json
import re
import typing
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from motcua.catalogue.reading import fault
from motcua.kernel.text import nfc

T = TypeVar("T")
LONGEST_LINE = 2_000_000  # characters; the largest record seen has 70,000
CODE = re.compile(r"[0-9]\.[0-9]{6}")
_BROKEN = re.compile("[\ud800-\udfff]")
# Line feeds and tabs are the writer's; what else cannot be seen has no business in a text.
_INVISIBLE = {code: None for code in range(32) if chr(code) not in "\n\t"} | {127: None}


@dataclass(frozen=True, slots=True)
class Fee:
    code: str = ""
    amount: str = ""
    currency: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Time:
    value: str = ""
    unit: str = ""
    text: str = ""
    fees: tuple[Fee, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """`channel`: 1 direct, 2 online, 3 post, blank where the page's row was not understood."""

    channel: str = ""
    times: tuple[Time, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    code: str = ""
    name: str = ""
    originals: str = ""
    copies: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Papers under one heading: a variant, "to be shown", or a note; which of them, the source does not say."""

    heading: str = ""
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    text: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    heading: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class SectorName:
    code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class ResultPaper:
    code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    number: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """`changed`: how the texts had to be altered to be kept ("nfc", "invisible"); `unknown`: keys nobody knows."""

    code: str
    title: str
    status: str = ""
    publisher: str = ""
    kind: str = ""
    sectors: tuple[SectorName, ...] = ()
    levels: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    competent: str = ""
    delegated: str = ""
    coordinating: str = ""
    address: str = ""
    related: str = ""
    orders: tuple[Order, ...] = ()
    ways: tuple[Way, ...] = ()
    groups: tuple[Group, ...] = ()
    requirements: str = ""
    subjects: tuple[str, ...] = ()
    subjects_said: str = ""
    results: tuple[ResultPaper, ...] = ()
    basis: tuple[Basis, ...] = ()
    decision: str = ""
    changed: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()

    @property
    def is_stub(self) -> bool:
        """Only a title."""
        return not (self.ways or self.groups or self.orders or self.results or self.basis)


KEYS: Mapping[type, Mapping[str, str]] = {
    Fee: {"MAPHILEPHI": "code", "SOTIEN": "amount", "DONVI": "currency", "MOTA": "text"},
    Time: {"THOIGIANGIAIQUYET": "value", "DONVITINH": "unit", "MOTA": "text", "PHILEPHI": "fees"},
    Way: {"KENH": "channel", "THOIGIAN": "times"},
    Paper: {
        "MAGIAYTO": "code",
        "TENGIAYTO": "name",
        "SOBANCHINH": "originals",
        "SOBANSAO": "copies",
        "TENMAUDON": "form",
    },
    Group: {"TRUONGHOP": "heading", "GIAYTO": "papers"},
    Step: {"TENTRINHTU": "text"},
    Order: {"TRUONGHOP": "heading", "TRINHTU": "steps"},
    SectorName: {"MALINHVUC": "code", "TENLINHVUC": "name"},
    Office: {"MADONVI": "code", "TENDONVI": "name"},
    ResultPaper: {"MAKETQUA": "code", "TENKETQUA": "name"},
    Basis: {"SOVANBAN": "number", "TENVANBAN": "name"},
    Record: {
        "MATTHC": "code",
        "TENTTHC": "title",
        "TRANGTHAI": "status",
        "COQUANCONGBO": "publisher",
        "LOAITHUTUC": "kind",
        "LINHVUCTHUCHIEN": "sectors",
        "CAPTHUCHIEN": "levels",
        "COQUANTHUCHIEN": "offices",
        "COQUANCOTHAMQUYEN": "competent",
        "COQUANDUOCUYQUYEN": "delegated",
        "COQUANPHOIHOP": "coordinating",
        "DIACHITIEPNHAN": "address",
        "THUTUCLIENQUAN": "related",
        "TRINHTUTHUCHIEN": "orders",
        "CACHTHUCTHUCHIEN": "ways",
        "THANHPHANHOSO": "groups",
        "YEUCAU": "requirements",
        "DOITUONGTHUCHIEN": "subjects",
        "MOTADOITUONGTHUCHIEN": "subjects_said",
        "KETQUATHUCHIEN": "results",
        "CANCUPHAPLY": "basis",
        "SOQUYETDINH": "decision",
    },
}
_HINTS = {kind: typing.get_type_hints(kind) for kind in KEYS}


def raw_record(line: str) -> Mapping[str, Any]:
    """A line of the file as a JSON object. Raises kernel.errors.Invalid, which says what is wrong with the line."""
    if len(line) > LONGEST_LINE:
        raise fault(
            "", f"dòng dài quá {LONGEST_LINE} chữ", f"the line is longer than {LONGEST_LINE} characters"
        )
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise fault("", f"dòng không phải là JSON ({error})", f"the line is no JSON ({error})") from error
    if not isinstance(data, Mapping):
        raise fault("", "cần một đối tượng JSON {…}", "a JSON object {…} is needed here")
    return data


def read_record(data: Mapping[str, Any]) -> Record:
    """The record in a parsed line. A key that is missing is blank, one nobody knows is listed; a code of another
    form, a blank title and a value of another type are kernel.errors.Invalid with the place."""
    reader = _Reader()
    record = reader.one(Record, data, "", changed=reader.changed, unknown=reader.unknown)
    if not CODE.fullmatch(record.code):
        raise fault("MATTHC", "mã thủ tục có dạng 1.234567", "a procedure's code looks like 1.234567")
    if not record.title:
        raise fault("TENTTHC", "thiếu tên thủ tục", "the title is missing")
    return record


class _Reader:
    """Walks one record and remembers what it met on the way."""

    def __init__(self) -> None:
        self._changed: set[str] = set()
        self._unknown: list[str] = []

    def changed(self) -> frozenset[str]:
        return frozenset(self._changed)

    def unknown(self) -> tuple[str, ...]:
        return tuple(self._unknown)

    def one(self, kind: type[T], data: Any, where: str, **told: Any) -> T:
        if not isinstance(data, Mapping):
            raise fault(where, "cần một đối tượng JSON {…}", "a JSON object {…} is needed here")
        keys = KEYS[kind]
        unknown = [self._text(key, where) for key in data if key not in keys]
        self._unknown += [f"{where}.{key}".strip(".")[:200] for key in unknown]
        hints = _HINTS[kind]
        values = {
            name: self._value(hints[name], data[key], f"{where}.{key}".strip("."))
            for key, name in keys.items()
            if key in data
        }
        if kind is Record:
            values = {"code": "", "title": "", **values}
        return kind(**values, **{name: tell() for name, tell in told.items()})

    def _value(self, hint: Any, data: Any, where: str) -> Any:
        if hint is str:
            return self._text(data, where)
        if not isinstance(data, list):
            raise fault(where, "cần một danh sách […]", "a list […] is needed here")
        item = typing.get_args(hint)[0]
        if item is str:
            return tuple(self._text(one, f"{where}[{i}]") for i, one in enumerate(data))
        return tuple(self.one(item, one, f"{where}[{i}]") for i, one in enumerate(data))

    def _text(self, data: Any, where: str) -> str:
        if not isinstance(data, str):
            raise fault(where, "cần một chuỗi", "a text is needed here")
        if _BROKEN.search(data):
            raise fault(where, "chuỗi có ký tự hỏng", "the text holds broken characters")
        if not unicodedata.is_normalized("NFC", data):
            self._changed.add("nfc")
        seen = data.replace("\r\n", "\n").replace("\r", "\n").translate(_INVISIBLE)
        if len(seen) < len(data.replace("\r\n", "\n")):
            self._changed.add("invisible")
        return nfc(seen).strip()
