"""What of an answer counts: normal form, what is hidden, forged, too much."""

import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from motcua.eforms.answers import check
from motcua.eforms.definition import parse
from motcua.eforms.places import address_in
from motcua.eforms.shapes import Form
from motcua.eforms.tests.whole import BIRTH, birth

TODAY = date(2026, 11, 22)
SAY = {"vi": "Mục", "en": "Item"}


def made(*fields: dict[str, Any]) -> Form:
    named = [{"label": SAY, **field} for field in fields]
    return parse(
        {
            "code": "tried",
            "version": 1,
            "title": SAY,
            "procedures": [{"code": "9.999999"}],
            "valid_from": "2026-01-01",
            "source": {"name": SAY, "verified": False},
            "pages": [
                {"key": "one", "title": SAY, "sections": [{"key": "one", "title": SAY, "fields": named}]}
            ],
        }
    )


def codes(form: Form, answers: Any) -> list[tuple[str, str]]:
    return [(fault.path, fault.code) for fault in check(form, answers, on=TODAY).faults]


def test_answers_come_out_in_their_one_form_and_stay_so():
    checked = check(BIRTH, birth(), on=TODAY)
    assert checked.whole
    assert checked.answers["requester"] == {
        "name": "Nguyễn Văn An",
        "born": "1990-09-05",
        "paper": "identity_card",
        "personal_id": "001090001234",
        "residence_kind": "permanent",
        "residence": {"province": "01", "commune": "00004"},
        "phone": "0912345678",
    }
    assert checked.answers["child"]["nationality"] == "vn"  # the server's default, not the template's
    assert checked.answers["copies"] == 3
    assert check(BIRTH, checked.answers, on=TODAY) == checked


def test_nothing_answered_is_told_page_by_page_and_pages_say_what_they_ask():
    checked = check(BIRTH, {}, on=TODAY)
    assert {fault.page for fault in checked.faults} == {"who", "child", "parents", "end"}
    assert checked.pages == ("who", "child", "parents", "end")
    assert {fault.path for fault in checked.faults_on("end")} == {"wants_copies", "truth"}
    assert "mother" not in checked.shown


def test_what_is_hidden_is_dropped_without_a_word_and_what_nobody_asked_is_told():
    told = birth(father={"name": "Nguyễn Forged"}, clinic="x", decided=True, is_staff="1")
    told["mother"] = told["mother"] | {"residence_abroad": "Paris", "role": "chair"}
    checked = check(BIRTH, told, on=TODAY)
    assert "father" not in checked.answers
    assert "clinic" not in checked.answers
    assert "residence_abroad" not in checked.answers["mother"]
    assert {(f.path, f.code) for f in checked.faults} == {
        ("decided", "unknown"),
        ("is_staff", "unknown"),
        ("mother.role", "unknown"),
    }
    assert checked.answers == check(BIRTH, birth(), on=TODAY).answers


@pytest.mark.parametrize(
    ("field", "typed", "wanted"),
    [
        ({"type": "text"}, "Nguyễn\u0000 \u200bVăn\tAn\u202e", "Nguyễn Văn An"),
        ({"type": "text"}, unicodedata.normalize("NFD", "Đặng Thị Ngọc Ánh"), "Đặng Thị Ngọc Ánh"),
        ({"type": "text"}, "<script>alert(1)</script>", "<script>alert(1)</script>"),
        ({"type": "textarea"}, "một \r\n\r\nhai ba\x00", "một\n\nhai ba"),
        ({"type": "number"}, " 12 ", 12),
        ({"type": "number", "limits": {"decimals": 2}}, "2,5", 2.5),
        ({"type": "money"}, "15.000.000", 15_000_000),
        ({"type": "year"}, "1990", 1990),
        ({"type": "date"}, {"day": "29", "month": "2", "year": "2024"}, "2024-02-29"),
        ({"type": "phone"}, "(0234) 3.822.222", "02343822222"),
        ({"type": "phone"}, "+33 6 12 34 56 78", "+33612345678"),
        ({"type": "email"}, " ten@example.vn ", "ten@example.vn"),
        ({"type": "personal_id"}, "001-090-001234", "001090001234"),
        (
            {"type": "address"},
            {"province": "79", "commune": "  sai gon", "detail": ""},
            {"province": "79", "commune": "26740"},
        ),
        ({"type": "file", "document": "a"}, ["abc-_1", "abc-_1"], ["abc-_1"]),
    ],
)
def test_each_type_has_one_form(field, typed, wanted):
    form = made({"key": "it", **field})
    checked = check(form, {"it": typed}, on=TODAY)
    assert checked.faults == ()
    assert checked.answers == {"it": wanted}
    assert check(form, checked.answers, on=TODAY).answers == {"it": wanted}


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ({"type": "text"}, "x" * 100_000, "long"),
        ({"type": "text"}, "阮文安", "letter"),
        ({"type": "textarea"}, "Nguyễn 😀", "letter"),
        ({"type": "text"}, 5, "type"),
        ({"type": "text"}, {"a": 1}, "type"),
        ({"type": "text", "limits": {"least": 2}}, "x", "short"),
        ({"type": "textarea"}, "x" * 2_001, "long"),
        ({"type": "number"}, "1e5", "number"),
        ({"type": "number"}, "٣", "number"),
        ({"type": "number"}, True, "type"),
        ({"type": "number"}, float("nan"), "number"),
        ({"type": "number"}, float("inf"), "number"),
        ({"type": "number"}, 10**400, "above"),
        ({"type": "number"}, "-1", "below"),
        ({"type": "number", "limits": {"decimals": 1}}, "2,55", "number"),
        ({"type": "money"}, "1,5", "money"),
        ({"type": "money"}, "9" * 30, "money"),
        ({"type": "date"}, {"day": "31", "month": "2", "year": "2024"}, "no_such_day"),
        ({"type": "date"}, {"day": "1", "month": "2", "year": "90"}, "no_such_day"),
        ({"type": "date"}, {"day": "1"}, "day_parts"),
        ({"type": "date"}, "20240101", "no_such_day"),
        ({"type": "date", "limits": {"past": True}}, "2026-11-23", "ahead"),
        ({"type": "year"}, "90", "year"),
        ({"type": "radio", "options": [{"code": "a", "label": SAY}]}, "b", "choice"),
        ({"type": "checkboxes", "options": [{"code": "a", "label": SAY}]}, ["a", "b"], "choice"),
        ({"type": "checkboxes", "options": [{"code": "a", "label": SAY}]}, ["a"] * 10_000, "choice"),
        ({"type": "phone"}, "123", "phone"),
        ({"type": "email"}, "ten@", "email"),
        ({"type": "personal_id"}, "12345678901", "personal_id"),
        ({"type": "personal_id"}, "１２３４５６７８９０１２", "personal_id"),
        ({"type": "address"}, {"province": "99", "commune": "x"}, "province"),
        ({"type": "address"}, {"province": "01", "commune": "Ba Dinhh"}, "no_commune"),
        ({"type": "address"}, {"province": "01", "commune": "00004", "detail": "路 3"}, "letter"),
        ({"type": "address"}, {"province": "01"}, "commune"),
        ({"type": "address"}, {"province": "01", "ward": "x"}, "unknown"),
        ({"type": "file", "document": "a", "limits": {"most": 1}}, ["a", "b"], "files"),
        ({"type": "file", "document": "a"}, ["../../etc/passwd"], "type"),
        ({"type": "undertaking"}, "maybe", "type"),
    ],
)
def test_what_does_not_do_is_told_and_left_out(field, typed, code):
    checked = check(made({"key": "it", **field}), {"it": typed}, on=TODAY)
    assert [(fault.path, fault.code) for fault in checked.faults] == [("it", code)]
    assert "it" not in checked.answers
    assert all(said and "{" not in said for said in (checked.faults[0].words.vi, checked.faults[0].words.en))


def test_a_commune_that_is_not_there_any_more_is_answered_with_what_is():
    (fault,) = check(
        made({"key": "it", "type": "address"}), {"it": {"province": "01", "commune": "Ba Dinhh"}}
    ).faults
    assert fault.part == "commune"
    assert "Phường Ba Đình" in fault.words.vi


ROWS = made(
    {
        "key": "rows",
        "type": "group",
        "limits": {"least": 1, "most": 5},
        "fields": [
            {"key": "name", "type": "text", "label": SAY, "required": True},
            {"key": "kind", "type": "radio", "label": SAY, "options": [{"code": "a", "label": SAY}]},
            {
                "key": "why",
                "type": "text",
                "label": SAY,
                "required": True,
                "visible_if": {"==": [{"var": "item.kind"}, "a"]},
            },
        ],
    },
    {"key": "n", "type": "number"},
    {"key": "sum", "type": "computed", "computed": {"*": [{"var": "n"}, 2]}},
)


def test_rows_are_counted_empty_ones_forgotten_and_each_has_its_own_conditions():
    assert codes(ROWS, {}) == [("rows", "few")]
    assert codes(ROWS, {"rows": [{}, {"name": "", "kind": ""}]}) == [("rows", "few")]
    checked = check(ROWS, {"rows": [{}, {"name": "A", "why": "dropped"}, {"name": "B", "kind": "a"}]})
    assert checked.answers == {"rows": [{"name": "A"}, {"name": "B", "kind": "a"}]}
    assert [(f.path, f.code) for f in checked.faults] == [("rows.2.why", "required")]


def test_ten_thousand_rows_are_no_more_work_than_the_form_allows():
    checked = check(ROWS, {"rows": [{"name": "A"}] * 10_000})
    assert [f.code for f in checked.faults] == ["many"]
    assert len(checked.answers["rows"]) == 5


def test_what_is_computed_is_computed_here():
    assert check(ROWS, {"rows": [{"name": "A"}], "n": "4", "sum": 1_000_000}).answers["sum"] == 8


def test_what_lies_deep_or_is_no_form_at_all_is_told():
    deep: Any = "x"
    for _ in range(5_000):
        deep = [deep]
    for told in (deep, {"requester": deep}, {"child": {"born": deep}}, {"origin": deep}, None, "x", 5, [1]):
        assert not check(BIRTH, told).whole
    many = check(BIRTH, {f"k{n}": 1 for n in range(100_000)})
    assert sum(fault.code == "unknown" for fault in many.faults) == 20


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
keys = st.sampled_from([field.key for field in BIRTH.fields])


@given(st.dictionaries(keys, anything, max_size=8))
@settings(max_examples=150, deadline=None)
def test_whatever_comes_is_told_and_what_counts_counts_again(told):
    once = check(BIRTH, birth() | told, on=TODAY)
    again = check(BIRTH, once.answers, on=TODAY)
    assert again.answers == once.answers
    assert {f.code for f in again.faults} <= {f.code for f in once.faults} | {
        "required",
        "choose",
        "few",
        "province",
        "day_parts",
        "year",
        "attach",
        "undertake",
    }
    assert {f.key for f in BIRTH.fields} >= once.answers.keys()


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("Số 3, ngõ 5, Phường Ba Đình, Thành phố Hà Nội", "Số 3, ngõ 5"),
        ("phuong ba dinh, TP. Ha Noi", None),
        ("Số 3, Phường Ba Đình", ""),
        ("Số 3, Phường Trúc Bạch, Quận Ba Đình, Hà Nội", ""),
        ("00004, Hà Nội", ""),
        ("Bản Mẫu", ""),
        ("", ""),
    ],
)
def test_a_line_of_text_is_an_address_where_it_ends_with_a_commune_of_today(text, detail):
    """A district of before 2025 has the name of a ward of today, and is none."""
    found = address_in(text)
    if detail == "":
        assert found == {}
    else:
        assert (found["province"], found.get("detail")) == ("01", detail)
