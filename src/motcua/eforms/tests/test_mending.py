"""A form mended: whatever is typed, only what was named and what is asked because of it becomes another."""

from datetime import date

from hypothesis import given, settings, strategies as st

from motcua.eforms.answers import check
from motcua.eforms.mending import answer_at, leaves, mended, nameable, named
from motcua.eforms.selectors import forms
from motcua.eforms.tests.whole import BIRTH, birth

ON = date(2026, 11, 23)
BEFORE = check(BIRTH, birth()).answers
PATHS = [path for path, _field in leaves(BIRTH.fields)]
LIKELY = st.sampled_from(
    ["yes", "no", "elsewhere", "clinic", "abroad", "Trần Minh", "", "3", "male", "kinh", None]
)


def laid(values):
    typed: dict = {}
    for path, value in values.items():
        above, _dot, last = path.rpartition(".")
        (typed.setdefault(above, {}) if above else typed)[last] = value
    return typed


@settings(max_examples=300, deadline=None)
@given(
    values=st.dictionaries(st.sampled_from(PATHS), LIKELY), names=st.sets(st.sampled_from(PATHS), max_size=4)
)
def test_nothing_else_becomes_another(values, names):
    result = mended(BIRTH, BEFORE, laid(values), named=frozenset(names), on=ON)
    asked_before = check(BIRTH, BEFORE).shown
    for path in PATHS:
        same = answer_at(result.answers, path) == answer_at(BEFORE, path)
        assert same or path in result.open or answer_at(result.answers, path) is None
        if path in result.open - names:
            assert path not in asked_before, "it is asked only because of what was answered"
    assert not result.fixed & result.open
    if not result.faults:
        assert check(BIRTH, result.answers, on=ON).answers == result.answers, "read again, it stays"
    assert {p for p in PATHS if answer_at(result.answers, p) != answer_at(BEFORE, p)} == set(result.changed)


@given(names=st.sets(st.sampled_from(PATHS)))
def test_the_same_typed_again_changes_nothing(names):
    result = mended(BIRTH, BEFORE, BEFORE, named=frozenset(names), on=ON)
    assert (result.answers, result.changed, result.faults) == (BEFORE, (), ())


def test_an_answer_asks_for_what_it_needs_and_drops_what_it_does_not():
    names = frozenset({"born_at"})
    asks = mended(BIRTH, BEFORE, {"born_at": "clinic"}, named=names, on=ON)
    assert "clinic" in asks.open
    assert [fault.path for fault in asks.faults] == ["clinic"]
    whole = mended(BIRTH, BEFORE, {"born_at": "clinic", "clinic": "Trạm y tế"}, named=names, on=ON)
    assert (whole.faults, whole.changed) == ((), ("born_at", "clinic"))
    abroad = mended(BIRTH, BEFORE, {"born_at": "abroad", "birth_place_abroad": "Seoul"}, named=names, on=ON)
    assert "birth_place" not in abroad.answers
    assert "birth_place" in abroad.changed


def test_what_can_be_named_is_what_was_asked_with_whose_it_is():
    found = nameable(BIRTH, BEFORE)
    assert found["child"]["child.name"].vi.startswith("Trẻ")
    assert "clinic" not in found["child"], "it was not asked"
    assert named(BIRTH, BEFORE, topic="child", fields=()) == set(found["child"])
    assert named(BIRTH, BEFORE, topic="child", fields=("child.name", "mother.name")) == {"child.name"}
    assert named(BIRTH, BEFORE, topic="nowhere", fields=()) == frozenset()


def test_who_confirmed_a_form_stays_who_they_are():
    marriage = forms()["marriage", 2]
    person = next(field for field in marriage.fields if field.confirms)
    told = {person.key: {"name": "Hoàng Văn Hùng", "personal_id": "001090000002", "paper": "identity_card"}}
    paths = {path for fields in nameable(marriage, told).values() for path in fields}
    assert not paths & {f"{person.key}.name", f"{person.key}.personal_id"}
    assert any(path.startswith(f"{person.key}.") for path in paths), "the rest of them can be named"


def test_what_is_wrong_by_now_with_a_field_that_nobody_named_is_no_fault_and_stays():
    before = {**BEFORE, "origin": {"province": "01", "commune": "99999"}}
    assert check(BIRTH, before).faults
    result = mended(BIRTH, before, {"child": {"name": "Trần Minh"}}, named=frozenset({"child.name"}), on=ON)
    assert (result.faults, result.changed) == ((), ("child.name",))
    assert result.answers["origin"] == before["origin"]
    named_too = mended(BIRTH, before, before, named=frozenset({"origin"}), on=ON)
    assert [fault.path for fault in named_too.faults] == ["origin"]
