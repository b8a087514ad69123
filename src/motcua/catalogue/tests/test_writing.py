"""One way of writing a document: what says nothing is left out, what means the same is the same."""

import json

from hypothesis import given, strategies as st

from motcua.catalogue.checking import faults, parse
from motcua.catalogue.conditions import asked, holds
from motcua.catalogue.shapes import Condition
from motcua.catalogue.starter import DATA, procedures
from motcua.catalogue.writing import as_json, plain, tidy

DOCUMENTS = [
    json.loads(each.read_text(encoding="utf-8"))
    for each in sorted((DATA / "procedures").iterdir(), key=lambda each: each.name)
    if each.name.endswith(".json")
]


def test_it_says_what_it_said_and_is_written_so_again():
    for document in DOCUMENTS:
        written = plain(document)
        assert plain(written) == written
        before, after = as_json(parse(document)), as_json(parse(written))
        assert {**before, "components": 0} == {**after, "components": 0}
        assert faults(written) == []


QUESTIONS = st.sampled_from(["a", "b", "c"])
CONDITIONS = st.recursive(
    st.builds(Condition, QUESTIONS, st.lists(st.sampled_from("123"), min_size=1, unique=True).map(tuple)),
    lambda inner: st.builds(
        Condition,
        QUESTIONS,
        st.lists(st.sampled_from("123"), min_size=1, unique=True).map(tuple),
        st.lists(inner, max_size=2).map(tuple),
    ),
    max_leaves=5,
)


def _condition(told):
    return Condition(
        told["question"],
        tuple(told.get("answers", ["yes"])),
        tuple(_condition(one) for one in told.get("also", ())),
    )


def _json(condition):
    return {
        "question": condition.question,
        "answers": list(condition.answers),
        "also": [_json(one) for one in condition.also],
    }


@given(CONDITIONS, st.dictionaries(QUESTIONS, st.sampled_from("123")))
def test_conditions_in_one_row_hold_for_the_same_answers(condition, answers):
    written = plain({"variants": [{"when": _json(condition)}]})["variants"][0]["when"]
    same = _condition(written)
    assert all(not one.also for one in same.also)
    if len(answers) == 3:
        assert holds(same, answers) == holds(condition, answers)
    if holds(condition, answers) is True:
        assert set(asked(same, answers)) == set(asked(condition, answers))


def test_every_fault_is_told_at_once():
    document = json.loads(json.dumps(DOCUMENTS[0]))
    del document["order"]
    document["x"] = 1
    del document["components"][0]["kind"]
    document["components"][1]["originals"] = "hai"
    assert {one.field for one in faults(document)} == {
        "order",
        "x",
        "components[0].kind",
        "components[1].originals",
    }
    document = json.loads(json.dumps(DOCUMENTS[0]))
    document["components"][0]["originals"] = -1
    document["variants"][0]["components"].append("nowhere")
    assert {one.field for one in faults(document)} >= {"components[0]", "variants[0].components"}


def test_texts_are_tidy():
    assert tidy("  a\r\nb\u200b\x00\x07\tc ") == "a\nb\tc"
    assert len(procedures()) == len(DOCUMENTS)
