"""What can be done to a step table in the making: pure changes that leave it a table."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from motcua.catalogue import starter as catalogue
from motcua.kernel.errors import NotFound
from motcua.kernel.say import Say
from motcua.processes.drafted import drawn, faults
from motcua.processes.drafts import added, at, blank, copied, moved, outline, removed, replaced, unsound
from motcua.processes.picture import Look, picture
from motcua.processes.refitting import refitted
from motcua.processes.starter import DATA

TABLE: dict[str, Any] = json.loads((DATA / "1.004873.json").read_text(encoding="utf-8"))
ROW = {"kind": "verify", "work": {"vi": "Đi xem", "en": "Have a look"}, "positions": ["clerk"]}
ASKED = {"about": {"vi": "Thuế", "en": "Tax"}, "whom": [{"position": "clerk"}], "limit": {}}


def nothing(_code: str, _number: int) -> None:
    return None


def places(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each.place, each.slot) for each in faults(document, nothing)[1] if not each.hints]


def test_a_shipped_table_is_sound_and_has_no_fault():
    assert unsound(TABLE) is None
    assert places(TABLE) == []


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ([], "đối tượng"),
        ({"steps": {}}, "steps"),
        ({"steps": [1]}, "steps"),
        ({"steps": [{"work": "x"}]}, "steps.0.work"),
        ({"steps": [{"positions": [1]}]}, "steps.0.positions"),
        ({"steps": [{"consultations": [1]}]}, "steps.0.consultations"),
        ({"steps": [{"consultations": [{"whom": [1]}]}]}, "steps.0.consultations.0.whom"),
        ({"variants": [{"limit": 3}]}, "variants.0.limit"),
        ({"steps": [{}] * 1001}, "1000"),
        ({"title": {"vi": 3}}, "title"),
    ],
)
def test_what_is_no_table_is_told_with_its_place(broken, said):
    told = unsound(broken)
    assert told is not None
    assert said in told.vi


def test_what_is_missing_is_told_at_its_node_all_at_once():
    made = deepcopy(TABLE)
    made["steps"][1]["times"][0].pop("value")
    made["steps"][2]["positions"] = []
    del made["source"]
    lacks = [("steps.1", "times.0"), ("steps.2", "positions")]
    assert places(made) == [("", "source"), *lacks], "what is missing keeps nothing else from being judged"
    made["source"] = "x"
    assert places(made) == lacks
    made["steps"][1] |= {"outcomes": [{"code": "x", "label": {"vi": "a", "en": "a"}, "to": "gone"}]}
    made["steps"].insert(2, {"order": 3, "code": "in", "includes": {"process": "", "number": 0}})
    made["variants"][0]["limit"] = {}
    assert places(made) == [
        ("variants.0", "limit.unit"),
        ("steps.1", "times.0"),
        ("steps.1", "outcomes.0.to"),
        ("steps.2", "includes.process"),
        ("steps.3", "positions"),
    ]


def test_what_is_wrong_alike_in_several_variants_is_told_once_of_a_row():
    made = deepcopy(TABLE)
    for time in made["steps"][1]["times"]:
        time.pop("value")
    (told,) = faults(made, nothing)[1]
    assert (told.place, told.slot, told.also) == ("steps.1", "times.0", ("times.1",))
    assert told.variants == ("no_verification", "verification")


def test_a_draft_says_what_to_fill_in():
    made = {**deepcopy(TABLE), "source": "", "title": {"vi": "Có tên", "en": ""}}
    told = {each.slot: each.said for each in faults(made, nothing)[1]}
    assert told["source"].vi.startswith("chưa ghi; ghi số, ngày")
    assert told["title.en"].en.startswith("the English is not written")


def test_what_is_wrong_with_a_draft_is_drawn_and_marked():
    made = blank("QT-1", "1.004873", {"vi": "", "en": ""}, None) | {"variants": TABLE["variants"]}
    made, _place = added(made, "steps.1", "step", {**ROW, "parallel": {"group": "a", "branch": "1"}})
    made["steps"][1]["outcomes"] = [{"code": "x", "label": {"vi": "a", "en": "a"}, "to": "gone"}]
    made, _place = added(made, "steps.3", "step", {"includes": {"process": "gone", "number": 1}})
    found = drawn(made, nothing)
    assert found is not None
    assert found.wrong == {1, 2, 3, 4, 5, 6}
    told = picture(found.process, Look(wrong=found.wrong))
    assert told.count("⚠ Còn phải sửa") == 2 * 6, "on the card, and in the description"
    assert "Đi xem" in told
    whole = drawn(TABLE, nothing)
    assert whole is not None
    assert not whole.wrong


def test_rows_of_one_code_are_told_by_their_numbers():
    made = deepcopy(TABLE)
    made["steps"][3]["code"] = made["steps"][1]["code"]
    (told, *_others) = [each.said.vi for each in faults(made, nothing)[1] if each.place == ""]
    assert told.startswith("dòng 2 và dòng 4 cùng mã “examine”; hãy bỏ một dòng")


@pytest.mark.parametrize(
    "branches",
    [
        [{"group": "a", "branch": "1"}, {"group": "a", "branch": "2"}, {"group": "a", "branch": "1"}],
        [{"group": "a", "branch": "1"}, {"group": "a"}, None],
    ],
)
def test_branches_that_are_wrong_yet_are_drawn_side_by_side(branches):
    made = deepcopy(TABLE)
    for branch in branches:
        row = {**ROW, "times": [], **({"parallel": branch} if branch else {})}
        made, _place = added(made, f"steps.{len(made['steps']) - 4}", "step", row)
    assert any(place.startswith("steps.") and slot.startswith("parallel") for place, slot in places(made))
    found = drawn(made, nothing)
    assert found is not None
    assert picture(found.process, Look()).count('height="5"') == 2, "where they part, and where they meet"


def test_more_time_than_the_limit_is_wrong_in_a_draft():
    made = deepcopy(TABLE)
    made["steps"][1]["times"][0]["value"] = "9"
    assert places(made) == [("variants.0", "")]


def test_what_is_removed_is_named_nowhere_any_more():
    made = removed(TABLE, "steps.1")
    assert "examine" not in json.dumps(made["steps"])
    assert [step["order"] for step in made["steps"]] == [1, 2, 3, 4]
    one = removed(TABLE, "variants.0")
    assert {time["variant"] for step in one["steps"] for time in step["times"]} == {
        TABLE["variants"][1]["code"]
    }


def test_a_variant_that_is_called_otherwise_keeps_its_times():
    made = replaced(TABLE, "variants.0", TABLE["variants"][0] | {"code": "other"})
    assert [time["variant"] for time in made["steps"][1]["times"]][0] == "other"
    assert places(made) == []


def test_rows_variants_and_consultations_are_put_in_their_places():
    made, place = added(TABLE, "steps.1", "step", ROW)
    assert place == "steps.2"
    assert at(made, place)["code"] == "di_xem"
    assert places(made) == [("steps.2", "times.0")]
    made, place = added(made, place, "consultation", ASKED)
    assert place == "steps.2.consultations.0"
    assert at(removed(made, place), "steps.2").get("consultations") is None
    with pytest.raises(NotFound):
        added(made, "", "consultation", ASKED)
    made, place = added(TABLE, "", "variant", {"code": "third", "limit": {}})
    assert place == "variants.2"
    assert all(step["times"][-1] == {"variant": "third"} for step in made["steps"])
    assert added(TABLE, "", "step", ROW)[1] == f"steps.{len(TABLE['steps']) - 1}", "before the hand-over"


def test_a_blank_table_lacks_only_what_its_writer_knows():
    made = blank("QT-1", "1.004873", {"vi": "Mới", "en": "New"}, None)
    assert unsound(made) is None
    assert ("", "source") in places(made)


_DOES = st.tuples(st.sampled_from(["up", "down", "remove", "copy", "add", "ask"]), st.integers(0, 30))


@given(st.lists(_DOES, max_size=25))
@settings(deadline=None)
def test_whatever_is_done_it_stays_a_table(does):
    """Rows are numbered as they stand, codes are their own, what is named is there; the old one stays as it was."""
    made = deepcopy(TABLE)
    for what, number in does:
        lines = outline(made)
        if not lines:
            break
        place = lines[number % len(lines)].place
        before = deepcopy(made)
        old = made
        if what in ("up", "down"):
            made, _place = moved(made, place, -1 if what == "up" else 1)
        elif what == "remove":
            made = removed(made, place)
        elif what == "copy":
            made, _place = copied(made, place)
        elif what == "add":
            made, _place = added(made, place, "step", ROW)
        elif place.startswith("steps"):
            made, _place = added(made, place, "consultation", ASKED)
        assert old == before, "the old one stays as it was"
        steps = made["steps"]
        codes = [step["code"] for step in steps]
        assert [step["order"] for step in steps] == list(range(1, len(steps) + 1))
        assert len(set(codes)) == len(codes)
        assert {code for step in steps for code in step.get("returns_to", ())} <= set(codes)
        variants = [each["code"] for each in made["variants"]]
        assert all(sorted(t["variant"] for t in step["times"]) == sorted(variants) for step in steps)
        assert unsound(made) is None
    faults(made, nothing)


def test_a_copy_for_another_procedure_keeps_nothing_that_is_foreign_to_it_and_says_so_in_words():
    versions = {each.code: each for each in catalogue.procedures()}
    table = json.loads((DATA / "1.000894.json").read_text(encoding="utf-8")) | {"area": "answers.where"}
    table["steps"][1]["when"] = {"==": [{"var": "answers.where"}, "here"]}
    table["steps"][1]["consultations"] = [
        {
            **ASKED,
            "code": "tax",
            "limit": {"value": "1", "unit": "working_day"},
            "pauses": True,
            "ground": "tax",
        }
    ]
    before = deepcopy(table)
    made, told = refitted(
        table,
        versions["1.011606"],
        was=versions["1.000894"],
        places={},
        called={"answers.where": Say("Nơi ở", "Where")},
    )
    assert table == before
    assert made["procedure"] == "1.011606"
    assert [each["code"] for each in made["variants"]] == ["general"]
    assert {time["variant"] for row in made["steps"] for time in row["times"]} == {"general"}
    row = made["steps"][1]
    assert "when" not in row
    assert row["consultations"][0].keys().isdisjoint({"pauses", "ground"})
    assert not made["tests"]
    assert "area" not in made
    work, label = row["work"]["vi"], versions["1.000894"].variant("verification").label.vi
    said = [each.vi for each in told]
    assert f"bỏ trường hợp “{label}” (verification)" in said
    assert any(each.startswith("thêm trường hợp “") and "(general)" in each for each in said)
    assert f"bỏ điều kiện của bước “{work}” theo câu hỏi “where”" in said
    assert f"bỏ tạm dừng khi lấy ý kiến ở bước “{work}” theo căn cứ “tax”" in said
    assert "bỏ địa bàn theo “Nơi ở” (answers.where)" in said
    assert any(each.startswith("bỏ bài thử “") for each in said)
    assert len(said) == 7
