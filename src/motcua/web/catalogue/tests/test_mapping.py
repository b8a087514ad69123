"""A part of a document as typed fields, and back."""

import json

import pytest
from hypothesis import given, strategies as st

from motcua.catalogue.starter import DATA
from motcua.catalogue.writing import plain
from motcua.web.catalogue.mapping import indices, name_of, typed_of, written
from motcua.web.catalogue.parts import BY_CODE, PARTS

DOCUMENTS = {
    each.name.removesuffix(".json"): plain(json.loads(each.read_text(encoding="utf-8")))
    for each in (DATA / "procedures").iterdir()
    if each.name.endswith(".json")
}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.code)
def test_all_shipped_documents_come_back_as_they_were(part):
    for code, document in DOCUMENTS.items():
        made = written(part, typed_of(part, document), document)
        assert made.errors == {}
        assert plain(made.document) == document, code


def test_every_key_of_a_document_has_its_place():
    owned = {item.key.partition(".")[0] for part in PARTS for item in part.items}
    assert set().union(*DOCUMENTS.values()) - owned == {"code", "decision"}


TEXTS = st.text(max_size=40)


@given(st.lists(st.dictionaries(st.sampled_from(["vi", "en"]), TEXTS), max_size=5))
def test_whatever_is_typed_into_steps_is_said_once_and_again(steps):
    document = DOCUMENTS["1.004873"]
    typed = {f"order-{i}-{tongue}": [text] for i, step in enumerate(steps) for tongue, text in step.items()}
    part = BY_CODE["order"]
    once = plain(written(part, typed, document).document)
    assert plain(written(part, typed_of(part, once), once).document) == once


@given(
    st.dictionaries(st.from_regex(r"components-\d{1,4}(-[a-z]{1,6}){0,2}", fullmatch=True), st.lists(TEXTS))
)
def test_whatever_is_sent_is_taken_without_a_fall(typed):
    for code in ("papers", "fees", "ways"):
        made = written(BY_CODE[code], typed, {"code": "1.000000"})
        assert isinstance(made.document, dict)


def typed_papers(*rows):
    return {
        f"components-{i}-{name}": value if isinstance(value, list) else [value]
        for i, row in enumerate(rows)
        for name, value in row.items()
    }


def test_rows_are_moved_removed_and_named():
    document = {"code": "1.000000", "components": [], "variants": [{"code": "v", "components": []}]}
    part = BY_CODE["papers"]
    first = {"name-vi": "Đơn đề nghị", "kind": "required", "originals": "1", "at": "1"}
    second = {"name-vi": "Sổ gốc", "kind": "show_only", "originals": "1", "at": "2"}
    made = written(part, typed_papers(first, second, {"at": "3"}), document).document
    assert [one["code"] for one in made["components"]] == ["don_de_nghi", "so_goc"]
    assert made["variants"][0]["components"] == ["don_de_nghi", "so_goc"]
    first, second = (
        {**row, "code": one["code"]} for row, one in zip((first, second), made["components"], strict=True)
    )
    moved = written(part, typed_papers(first, {**second, "at": "1"}), made).document
    assert [one["code"] for one in moved["components"]] == ["so_goc", "don_de_nghi"]
    less = written(part, typed_papers({**first, "remove": "yes"}, second), made).document
    assert [one["code"] for one in less["components"]] == ["so_goc"]
    assert less["variants"][0]["components"] == ["so_goc"]


@pytest.mark.parametrize(
    ("part", "name", "text"),
    [
        ("papers", "sets", "hai"),
        ("papers", "sets", "-1"),
        ("papers", "components-0-originals", "9" * 40),
        ("fees", "fees-0-amounts-0-value", "mười nghìn"),
        ("fees", "fees-0-amounts-0-tiers", "3 1000"),
        ("ways", "variants-0-channels-0-limit-value", "ba ngày"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_control(part, name, text):
    assert set(written(BY_CODE[part], {name: [text]}, {"code": "1.000000"}).errors) == {name}


def test_amounts_are_typed_as_people_write_them():
    made = written(
        BY_CODE["fees"],
        {
            "fees-0-name-vi": ["Phí"],
            "fees-0-amounts-0-value": ["1.000.000"],
            "fees-0-amounts-0-tiers": ["3: 1000"],
        },
        {},
    ).document
    assert made["fees"][0]["amounts"] == [{"value": 1_000_000, "tiers": [{"start": 3, "value": 1000}]}]


def test_places_are_names():
    assert name_of("components[2].name.vi") == "components-2-name-vi"
    assert indices({"a-1-b-2-c": [], "a-10": [], "ab-3": [], "a-x": []}, "a") == [1, 10]
