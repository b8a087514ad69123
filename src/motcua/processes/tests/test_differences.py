"""Differences between step tables, in sentences of both languages."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, strategies as st

from motcua.processes.differences import differences
from motcua.processes.starter import DATA

BIRTH: dict[str, Any] = json.loads((DATA / "1.001193.json").read_text(encoding="utf-8"))


def told(after: dict[str, Any], before: dict[str, Any] = BIRTH) -> list[tuple[str, str, str]]:
    return [(each.what, each.said.vi, each.said.en) for each in differences(before, after)]


def changed(at: int, **keys: Any) -> dict[str, Any]:
    made = deepcopy(BIRTH)
    made["steps"][at] |= keys
    return made


@pytest.mark.parametrize("name", sorted(e.name for e in DATA.iterdir() if e.name.endswith(".json")))
def test_a_shipped_table_differs_from_itself_in_nothing(name):
    document = json.loads((DATA / name).read_text(encoding="utf-8"))
    assert differences(document, deepcopy(document)) == ()


@pytest.mark.parametrize(
    ("after", "vi", "en"),
    [
        (
            changed(1, positions=["economic_section"]),
            "vị trí đổi từ Công chức Tư pháp - Hộ tịch thành Chuyên viên Phòng Kinh tế.",
            "the position changes from Justice and civil-status officer to Economic section.",
        ),
        (
            changed(1, times=[{"variant": "general", "value": "0.5", "unit": "ngày"}]),
            "thời gian (general) đổi từ gộp với bước trên thành 0,5 ngày.",
            "the time (general) changes from with the step above to 0.5 days.",
        ),
        (
            changed(3, returns_to=["examine"]),
            "trả về bước đổi từ “Duyệt: hợp lệ thì ký; chưa hợp lệ thì trả lại người thụ lý kèm lý do” thành “Thẩm",
            "the way back changes from “Approve: sign if valid, else give back with the reason” to “Examine",
        ),
        (
            changed(3, returns_to=[]),
            "Bước “Đóng dấu, vào số, phát hành”: bỏ trả về bước (",
            "Step “Seal, number and issue”: the way back dropped (",
        ),
        (
            changed(1, kind="verify"),
            "loại việc đổi từ Thẩm tra, thụ lý thành Xác minh.",
            "from Examine to Verify",
        ),
        (
            {**BIRTH, "source": "QT 1"},
            "Quy trình: nguồn đổi từ “Dựng theo QT 15/CX-HCTP” thành “QT 1”.",
            "the source",
        ),
        (
            {**BIRTH, "variants": [{"code": "general", "limit": {"unit": "working_day", "value": "3"}}]},
            "Trường hợp “general”: thời hạn đổi từ trả trong ngày thành 3 ngày làm việc.",
            "the limit changes from the same day to 3 working days.",
        ),
    ],
)
def test_a_change_is_a_sentence_with_what_was_and_what_is(after, vi, en):
    ((what, said, english),) = told(after)
    assert what == "changed"
    assert vi in said
    assert en in english


def test_rows_come_go_and_move():
    made = deepcopy(BIRTH)
    receive, examine, approve, seal, back = made["steps"]
    new = examine | {"code": "verify", "work": {"vi": "Đi xác minh", "en": "Go and verify"}}
    made["steps"] = [receive, new, approve, examine, back]
    assert [(what, said.partition(" (")[0]) for what, said, _en in told(made)] == [
        ("added", "Thêm bước “Đi xác minh” sau bước “" + receive["work"]["vi"] + "”"),
        ("moved", f"Bước “{approve['work']['vi']}” chuyển chỗ: nay đứng sau bước “Đi xác minh”."),
        ("removed", f"Bỏ bước “{seal['work']['vi']}”."),
    ]


def test_a_blank_draft_has_everything_to_add():
    assert {what for what, _vi, _en in told(BIRTH, {})} == {"added", "changed"}
    assert {what for what, _vi, _en in told({}, BIRTH)} == {"removed", "changed"}


@given(st.permutations(range(5)))
def test_as_few_rows_move_as_can(order):
    """A row that is put elsewhere is told, those that only made room are not."""
    made = {**BIRTH, "steps": [BIRTH["steps"][n] for n in order]}
    kept = max(
        (s for s in _rising(list(order))),
        key=len,
    )
    assert [what for what, _vi, _en in told(made)] == ["moved"] * (len(order) - len(kept))


def _rising(order: list[int]) -> list[list[int]]:
    found: list[list[int]] = [[]]
    for each in order:
        found += [one + [each] for one in found if not one or one[-1] < each]
    return found
