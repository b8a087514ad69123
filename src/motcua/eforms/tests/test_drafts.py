"""A form in the making: whatever is done to a form that was right, it stays one, or it is told what is wrong where."""

import copy
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from motcua.eforms.conditions import COMPARED, Condition, Test as OneTest, put_together, taken_apart
from motcua.eforms.definition import Damaged, parse
from motcua.eforms.drafts import Document, at, blank, key_paths, kind_of, outline, unsound
from motcua.eforms.editing import added, copied, moved, own_key, removed, replaced
from motcua.eforms.judging import drawable, faults
from motcua.eforms.readable import readable, sample
from motcua.eforms.rules import evaluate, holds
from motcua.eforms.selectors import forms, library, shipped_document
from motcua.kernel.errors import NotFound

SHIPPED = sorted(forms())


def document(code: str = "birth", number: int = 1) -> Document:
    found = shipped_document(code, number)
    assert found is not None
    return found


@pytest.mark.parametrize(("code", "number"), SHIPPED)
def test_whatever_is_done_to_a_node_the_rest_stays_right(code, number):
    told, before = document(code, number), document(code, number)
    for line in outline(told):
        node = at(told, line.place)
        assert replaced(told, line.place, node) == told
        assert faults(replaced(told, line.place, node | {"key": f"{line.key}_x"}), library()) == []
        twice, place = copied(told, line.place)
        assert faults(twice, library()) == []
        assert removed(twice, place) == told
        for by in (-1, 1):
            changed, place = moved(told, line.place, by)
            assert at(changed, place) == node
            form, left_out = drawable(changed, library())
            assert form is not None
            assert left_out <= sum(one.kind == "field" for one in outline(changed))
        form, _left_out = drawable(removed(told, line.place), library())
        assert form is not None
    assert told == before


def test_a_field_goes_from_section_to_section_and_page_to_page():
    told = document()
    place, seen = "pages.2.sections.1.fields.0", []
    for _ in range(5):
        told, place = moved(told, place, -1)
        seen.append(place)
    assert seen == [
        "pages.2.sections.0.fields.2",
        "pages.2.sections.0.fields.1",
        "pages.2.sections.0.fields.0",
        "pages.1.sections.0.fields.9",
        "pages.1.sections.0.fields.8",
    ]
    assert at(told, place)["key"] == "father_known"
    first, place = moved(document(), "pages.0", -1)
    assert (first, place) == (document(), "pages.0")


def test_what_is_added_stands_where_it_is_looked_for():
    told = document("household_business")
    field = {"key": "code", "type": "text", "label": {"vi": "Mã", "en": "Code"}}
    group = next(line.place for line in outline(told) if line.type == "group")
    for place, wanted in (
        ("pages.0.sections.0.fields.1", "pages.0.sections.0.fields.2"),
        ("pages.0.sections.0", "pages.0.sections.0.fields.3"),
        ("pages.0", "pages.0.sections.0.fields.3"),
        ("", "pages.0.sections.0.fields.3"),
        (group, f"{group}.fields.3"),
    ):
        made, stands = added(told, place, [field])
        assert stands == wanted
        assert at(made, stands)["key"] == "code"
        assert faults(made, library()) == []
    page = {"key": "who", "title": field["label"], "sections": []}
    made, stands = added(told, "pages.0.sections.0.fields.1", [page])
    assert stands == "pages.1"
    assert at(made, stands)["key"] == "who_2"


def test_a_copied_section_reads_itself():
    told, place = copied(document(), "pages.1.sections.0")
    keys = [line.key for line in outline(told) if line.place.startswith(f"{place}.fields")]
    assert keys[1:3] == ["born_at_2", "clinic_2"]
    assert at(told, f"{place}.fields.2")["visible_if"] == {"==": [{"var": "born_at_2"}, "clinic"]}


def test_each_fault_stands_at_its_node():
    told = document()
    told["pages"][1]["sections"][0]["fields"][2]["visible_if"] = {"==": [{"var": "born_at"}, "nowhere"]}
    told["pages"][0]["sections"][0]["fields"][1]["label"] = {"vi": "", "en": "Relation"}
    assert [(one.place, one.slot) for one in faults(told, library())] == [
        ("pages.0.sections.0.fields.1", "label.vi")
    ]
    told["pages"][0]["sections"][0]["fields"][1]["label"]["vi"] = "Quan hệ"
    found = faults(told, library())
    assert [(one.place, one.slot) for one in found] == [("pages.1.sections.0.fields.2", "visible_if")]
    assert "không câu trả lời nào" in found[0].said.vi


@pytest.mark.parametrize(
    "place", ["x", "pages", "pages.9", "pages.-1", "pages.0.fields.0", "title.0", "pages.²"]
)
def test_a_place_that_is_none_is_told(place):
    with pytest.raises(NotFound):
        at(document(), place)


# --- whatever comes --------------------------------------------------------------

NAMES = ["var", "==", "key", "vi", "en", "type", "label", "code", "x"]
STRANGE: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
    | st.sampled_from(["text", "radio", "person", "group", "computed", "item", "name*", "yes_no"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def _spots(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [way] if way else []
    if isinstance(value, dict):
        found += [spot for key, each in value.items() for spot in _spots(each, (*way, key))]
    if isinstance(value, list):
        found += [spot for n, each in enumerate(value) for spot in _spots(each, (*way, n))]
    return found


@pytest.mark.slow
@settings(max_examples=150)
@given(data=st.data())
def test_whatever_stands_in_a_document_is_read_or_told(data):
    """No definition, however strange, makes the reader, the outline or the drawing fail; each fault has a place."""
    code, number = data.draw(st.sampled_from(SHIPPED))
    told = document(code, number)
    spots = _spots(told)
    for _ in range(data.draw(st.integers(1, 3))):
        way = data.draw(st.sampled_from(spots))
        into: Any = told
        try:
            for step in way[:-1]:
                into = into[step]
            into[way[-1]] = data.draw(STRANGE)
        except (KeyError, IndexError, TypeError):
            continue  # what led there was changed before
    with suppress(Damaged):
        parse(told, library())
    if unsound(told) is None:
        for one in faults(told, library()):
            at(told, one.place)
            assert one.said.vi
            assert one.said.en
        drawable(told, library())
        for line in outline(told):
            readable(told, line.place, library())


def test_a_blank_form_lacks_what_it_lacks():
    told = blank("x", {"vi": "", "en": ""})
    assert {one.slot for one in faults(told, library())} == {
        "title.vi", "title.en", "procedures", "source.name.vi", "source.name.en", "fields",
    }  # fmt: skip
    assert drawable(told, library()) == (None, 0)


# --- conditions --------------------------------------------------------------------

PLAIN = st.text(max_size=6) | st.integers(-99, 99) | st.booleans()
PATH = st.sampled_from(["a", "a.b", "item.c"])
TEST = st.one_of(
    st.builds(lambda f, t, v: OneTest(f, t, (v,)), PATH, st.sampled_from(sorted(COMPARED)), PLAIN),
    st.builds(lambda f, v: OneTest(f, "among", tuple(v)), PATH, st.lists(PLAIN, min_size=1, max_size=3)),
    st.builds(lambda f, v: OneTest(f, "has", (v,)), PATH, PLAIN),
    st.builds(OneTest, PATH, st.sampled_from(["answered", "empty"])),
)


@given(st.sampled_from(["and", "or"]), st.lists(TEST, min_size=2, max_size=4))
def test_a_condition_put_together_is_taken_apart_again(join, tests):
    told = Condition(join, tuple(tests))
    assert taken_apart(put_together(told)) == told


@given(TEST)
def test_one_test_alone_is_a_rule(test):
    assert taken_apart(put_together(Condition("and", (test,)))) == Condition("and", (test,))


def test_nearly_all_shipped_rules_are_plain_conditions():
    rules = [
        at(told, line.place)[name]
        for told in (document(*key) for key in SHIPPED)
        for line in outline(told)
        for name in ("visible_if", "required_if", "computed")
        if name in at(told, line.place)
    ]
    beyond = [rule for rule in rules if taken_apart(rule) is None]
    assert len(rules) > 70
    assert all("+" in rule or "*" in rule for rule in beyond)
    assert not [
        rule for rule in rules if rule not in beyond and evaluate(rule, {}) is None and "var" not in rule
    ]


@pytest.mark.parametrize(("code", "number"), SHIPPED)
def test_the_sample_shows_what_is_asked_under_a_plain_condition(code, number):
    form, told = forms()[code, number], document(code, number)
    for path, place in key_paths(told).items():
        rule = at(told, place).get("visible_if")
        condition = taken_apart(rule) if rule is not None else None
        if "." in path or condition is None or any(t.test in ("empty", "above") for t in condition.tests):
            continue
        assert holds(rule, sample(form, path)), path


@given(st.text(max_size=60), st.sets(st.sampled_from(["a", "a_2", "item", "name"])))
def test_a_key_made_of_words_is_a_key_of_its_own(words, taken):
    key = own_key(words, taken)
    assert key not in taken
    told = blank("x", {"vi": "A", "en": "A"}) | {"procedures": [{"code": "1.001193"}]}
    told["source"]["name"] = {"vi": "A", "en": "A"}
    field = {"key": key, "type": "text", "label": {"vi": "A", "en": "A"}}
    told["pages"][0]["sections"][0]["fields"] = [field]
    assert parse(copy.deepcopy(told), library()).fields[0].key == key


def test_kinds_are_told_by_the_place():
    assert [kind_of(each) for each in ("", "pages.0", "pages.0.sections.1", "pages.0.sections.1.fields.2")] == [
        "form", "page", "section", "field",
    ]  # fmt: skip
