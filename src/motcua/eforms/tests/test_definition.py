"""A damaged definition is told with its place; the shipped ones are whole."""

import copy
import json
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from motcua.eforms.definition import Damaged, parse
from motcua.eforms.prefill import prefilled
from motcua.eforms.selectors import form, form_for, forms, library
from motcua.eforms.tests.test_answers import SAY, made
from motcua.eforms.tests.whole import BIRTH
from motcua.kernel.errors import NotFound

TODAY = date(2026, 11, 22)
DOCUMENT: dict[str, Any] = json.loads(
    (files("motcua.eforms") / "data" / "forms" / "birth-1.json").read_text(encoding="utf-8")
)
FIELDS = "pages.0.sections.0.fields"


def told(**changed: Any) -> dict[str, Any]:
    return copy.deepcopy(DOCUMENT) | changed


def with_field(**field: Any) -> dict[str, Any]:
    document = told()
    document["pages"][0]["sections"][0]["fields"][1] |= field
    return document


@pytest.mark.parametrize(
    ("document", "place", "words"),
    [
        (told(pages=[]), "pages", "danh sách"),
        (told(title={"vi": "Tờ khai"}), "title.en", "thiếu"),
        (told(version="1"), "version", "số nguyên"),
        (told(valid_from="01/07/2025"), "valid_from", "2026-11-22"),
        (told(colour="red"), "colour", "dùng code"),
        (with_field(type="colour"), f"{FIELDS}.1.type", "dùng text"),
        (with_field(key="Họ tên"), f"{FIELDS}.1.key", "chữ thường"),
        (with_field(key="requester"), FIELDS, "hai lần"),
        (with_field(key="child"), "pages", "hai lần"),
        (with_field(lst="yes_no"), f"{FIELDS}.1.lst", "dùng"),
        (with_field(options=[]), f"{FIELDS}.1.options", "ít nhất 1"),
        (with_field(default="uncle"), f"{FIELDS}.1.default", "lựa chọn"),
        (with_field(visible_if={"==": [{"var": "ghost"}, 1]}), "relation.visible_if", "không có mục “ghost”"),
        (with_field(visible_if={"==": [{"var": "relation"}, 1]}), "relation.visible_if", "đi vòng"),
        (with_field(visible_if={"==": [{"var": "born_at"}, 1]}), "relation.visible_if", "đưa lên trước"),
        (with_field(visible_if={"eval": ["alert(1)"]}), "relation.visible_if", "một phép"),
        (with_field(visible_if={"==": [1]}), "relation.visible_if", "cần 2 đến 2"),
        (with_field(visible_if={"var": "item.name"}), "relation.visible_if", "item"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(document, place, words):
    with pytest.raises(Damaged) as refused:
        parse(document, library())
    found = {where: said.vi for where, said in refused.value.faults}
    assert place in found, found
    assert words in found[place]
    assert all(said.en for _where, said in refused.value.faults)


def test_rules_that_lie_too_deep_are_refused():
    rule: Any = {"var": "requester.name"}
    for _ in range(100):
        rule = {"!": rule}
    with pytest.raises(Damaged, match="sâu quá"):
        parse(with_field(visible_if=rule), library())


def test_computed_fields_that_read_each_other_go_round_in_a_circle():
    with pytest.raises(Damaged, match="đi vòng"):
        made(
            {"key": "a", "type": "computed", "computed": {"+": [{"var": "b"}, 1]}},
            {"key": "b", "type": "computed", "computed": {"+": [{"var": "a"}, 1]}},
        )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ([{"key": "a", "type": "file", "label": SAY}], "thiếu mã giấy tờ"),
        ([{"key": "a", "type": "file", "label": SAY, "document": ""}], "thiếu mã giấy tờ"),
        (
            [
                {
                    "key": "rows",
                    "type": "group",
                    "fields": [{"key": "a", "type": "file", "label": SAY, "document": "x"}],
                }
            ],
            "nhóm không chứa tệp",
        ),
    ],
)
def test_a_file_that_would_never_arrive_is_refused(fields, words):
    with pytest.raises(Damaged, match=words):
        made(*fields)


@pytest.mark.django_db
def test_a_form_is_found_by_procedure_variant_and_day():
    assert form_for(procedure="1.001193", on=TODAY, published=()) is BIRTH
    assert form_for(procedure="1.001193", variant="general", on=TODAY, published=()) is BIRTH
    assert form_for(procedure="1.001193", on=date(2020, 1, 1), published=()) is None
    assert form_for(procedure="1.013225", on=TODAY, published=()) is None
    assert form("birth", 1) is BIRTH
    with pytest.raises(NotFound):
        form("birth", 99)


def test_every_shipped_form_says_where_it_comes_from_and_that_nobody_compared_it_yet():
    for one in forms().values():
        assert one.source.name.vi
        assert one.source.verified is False
        assert one.results


def test_what_is_known_is_taken_where_it_would_count():
    sources = {
        "account": {"name": "NGUYỄN VĂN AN", "personal_id": "not a number", "born": "1990-09-05", "secret": 1}
    }
    assert prefilled(BIRTH, sources, {}) == {"requester": {"name": "NGUYỄN VĂN AN", "born": "1990-09-05"}}


YES_NO = [{"code": "yes", "label": SAY}, {"code": "no", "label": SAY}]
ASKS = {"key": "asks", "type": "radio", "options": YES_NO}


def is_yes(name: str) -> dict[str, Any]:
    return {"==": [{"var": name}, "yes"]}


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ([{"key": "a", "type": "text", "visible_if": {"==": [{"var": "asks"}, "maybe"]}}], "a"),
        ([{"key": "a", "type": "text", "visible_if": {"and": [is_yes("asks"), {"!": is_yes("asks")}]}}], "a"),
        (
            [  # each condition alone can hold; the two fields never stand together
                {"key": "b", "type": "radio", "options": YES_NO, "visible_if": is_yes("asks")},
                {"key": "a", "type": "text", "visible_if": {"and": [is_yes("b"), {"!": is_yes("asks")}]}},
            ],
            "a",
        ),
        (
            [
                {
                    "key": "rows",
                    "type": "group",
                    "fields": [
                        {**ASKS, "key": "own", "label": SAY},
                        {
                            "key": "a",
                            "type": "text",
                            "label": SAY,
                            "visible_if": {"in": [{"var": "item.own"}, ["x"]]},
                        },
                    ],
                }
            ],
            "rows.a",
        ),
    ],
)
def test_a_field_that_nothing_brings_up_is_told(fields, path):
    with pytest.raises(Damaged) as refused:
        made(ASKS, *fields)
    assert [place for place, _said in refused.value.faults] == [f"{path}.visible_if"]


def test_conditions_that_cannot_be_counted_out_are_not_judged():
    made({"key": "n", "type": "number"}, {"key": "a", "type": "text", "visible_if": {">": [{"var": "n"}, 1]}})
    made(ASKS, {"key": "a", "type": "text", "visible_if": {"!": is_yes("asks")}})
