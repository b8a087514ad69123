"""The message of the national population database, as provinces' buses carry it. Pure.

A JSON document asks; the answer is JSON with a SOAP document in it. What comes is somebody else's: it is bounded, a
document type (and with it every entity) is refused, and only the person asked for is taken.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.parsers import expat

from motcua.kernel.text import clean, fold
from motcua.parties.registers import Question, Registered

LARGEST = 256 * 1024
DEEPEST = 24
_ROOT = ("Envelope", "Body", "CongdanCollection")
_PERSON = (*_ROOT, "CongDan")
_SEXES = {"1": "male", "2": "female"}
_NAME = ("Ho", "ChuDem", "Ten")


class Unreadable(ValueError):
    """No answer that could be believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who asks, as the register knows us: integration code, service code, the account for what no officer asks."""

    integration: str
    service: str
    account: str


def request_of(question: Question, *, number: str, officer: str, sender: Sender) -> Mapping[str, str]:
    """The document that asks: the name in capitals without accents, the day of birth without separators."""
    asked = {
        "MaYeuCau": number,
        "MaTichHop": sender.integration,
        "MaDVC": sender.service,
        "MaCanBo": officer or sender.account,
        "HoVaTen": fold(question.name).upper(),
        "SoDinhDanh": question.number,
    }
    if question.born_on is not None:
        asked["NgayThangNam"] = f"{question.born_on:%Y%m%d}"
    return asked


def read(body: bytes, *, question: Question) -> Registered | None:
    """The person an answer tells of; None where the register knows nobody. Raises Unreadable."""
    if len(body) > LARGEST:
        raise Unreadable("too large")
    try:
        told: Any = json.loads(body)
    except (ValueError, RecursionError) as error:  # also bytes that are no UTF-8, and a tower of brackets
        raise Unreadable("no JSON") from error
    if not isinstance(told, dict) or not isinstance(told.get("message"), str):
        raise Unreadable("no message")
    if str(told.get("error_code") or "0") != "0":
        raise Unreadable("an error")
    people = _people(told["message"])
    if not people:
        return None
    if len(people) > 1 or people[0].get(("SoDinhDanh",), "") != question.number:
        raise Unreadable("somebody else")
    return _person(people[0])


Fields = dict[tuple[str, ...], str]


def _people(document: str) -> list[Fields]:
    """The texts of each CongDan, by path below it."""
    path: list[str] = []
    people: list[Fields] = []
    roots: list[tuple[str, ...]] = []

    def opened(name: str, _attributes: object) -> None:
        path.append(name.rpartition(":")[2])
        if len(path) > DEEPEST:
            raise Unreadable("too deep")
        if tuple(path) == _PERSON:
            people.append({})
        elif tuple(path) == _ROOT:
            roots.append(_ROOT)

    def text(words: str) -> None:
        if len(path) > len(_PERSON) and tuple(path[: len(_PERSON)]) == _PERSON:
            place = tuple(path[len(_PERSON) :])
            people[-1][place] = people[-1].get(place, "") + words

    def refused(*_told: object) -> None:
        raise Unreadable("a document type")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.CharacterDataHandler = opened, text
    parser.EndElementHandler = lambda _name: path.pop()
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refused
    try:
        parser.Parse(document, True)  # noqa: FBT003 - expat takes no keyword
    except (expat.ExpatError, ValueError) as error:
        raise Unreadable("no XML") from error
    if not roots:
        raise Unreadable("no collection")
    return [{place: clean(words) for place, words in one.items()} for one in people]


def _person(fields: Fields) -> Registered:
    name = " ".join(part for part in (fields.get(("HoVaTen", p), "") for p in _NAME) if part)
    if not name or len(name) > 200:
        raise Unreadable("no name")
    born = _day(fields.get(("NgayThangNamSinh", "NgayThangNam"), ""))
    year = fields.get(("NgayThangNamSinh", "Nam"), "")
    return Registered(
        number=fields[("SoDinhDanh",)],
        name=name,
        born_on=born,
        born_year=int(year) if born is None and len(year) == 4 and year.isdecimal() else None,
        sex=_SEXES.get(fields.get(("GioiTinh",), ""), ""),
        address=fields.get(("ThuongTru", "ChiTiet"), "")[:500],
    )


def _day(digits: str) -> date | None:
    if not digits:
        return None
    try:
        return datetime.strptime(digits, "%Y%m%d").date()  # noqa: DTZ007 - a civil date has no zone
    except ValueError as error:
        raise Unreadable("no date") from error
