"""Issued processes are read strictly and made ours row by row; what is odd in them is told, nothing is guessed."""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from tests.support.issued import CLERK, LEADER, OFFICER, ROWS, process, row, time

from motcua.catalogue.shapes import LimitUnit
from motcua.kernel.errors import Invalid
from motcua.processes.checks import findings, parse
from motcua.processes.issued import record as reading
from motcua.processes.issued.making import made_of
from motcua.processes.issued.record import documents, read_record
from motcua.processes.judging import longest

SOURCE = Path(__file__).parents[4].parent / "shared" / "data" / "internal_processes.json"
with_source = pytest.mark.skipif(not SOURCE.is_file(), reason="the sources are not beside the repository")


def made(sharing=1, **changes):
    return parse(made_of(read(process(**changes)), sharing=sharing).document)


def read(data):
    (told,) = documents(json.dumps([data]).encode())
    return read_record(told)


def odd(sharing=1, **changes):
    return [found.code for found in findings(made(sharing, **changes))]


def test_a_whole_table_comes_over_as_it_stands():
    ours = made()
    assert [(s.kind.value, s.positions[0]) for s in ours.steps] == [
        ("receive", "reception_officer"),
        ("examine", "justice_officer"),
        ("approve", "chair"),
        ("seal", "clerk"),
        ("return", "reception_officer"),
    ]
    assert [s.returns_to for s in ours.steps] == [(), (), ("examine",), ("approve",), ()]
    assert longest(ours, "general") == Decimal(3)
    assert (ours.source, str(ours.issued_on), ours.procedure) == ("QT MAU-01", "2025-07-07", "1.005461")
    assert odd() == ["days_for_working_days"]


def test_a_table_without_reception_and_signature_gets_both_within_its_times():
    rows = [row(1, "examine", OFFICER, time("2")), row(2, "seal_and_return", CLERK, time("1"))]
    ours = made(steps=rows)
    assert [s.code for s in ours.steps] == ["receive", "examine", "approve", "seal", "return"]
    assert [str(s.time("general").value) for s in ours.steps] == ["2", "None", "None", "1", "None"]
    assert {"receive_missing", "approve_missing"} <= set(odd(steps=rows))
    assert longest(ours, "general") == Decimal(3)


def test_rows_of_one_kind_have_codes_of_their_own_and_the_signature_goes_back_to_the_draft():
    rows = [
        row(1, "receive", ROWS[0][1], time("1")),
        row(2, "consult", OFFICER, time("10", condition="kể từ ngày nhận đủ hồ sơ")),
        row(3, "wait_external", OFFICER, time("15")),
        row(4, "draft", OFFICER, time("2")),
        row(5, "approve", LEADER, time("1")),
        row(6, "return", ROWS[4][1], time("1")),
    ]
    ours = made(steps=rows)
    assert [s.code for s in ours.steps] == ["receive", "consult", "consult_2", "examine", "approve", "return"]
    assert ours.step("approve").returns_to == ("examine",)
    assert "time_condition" in odd(steps=rows)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"national_code": "", "national_match": "none"}, "no_counterpart"),
        ({"national_match": "near"}, "near_match"),
        ({"time_limit_text": "kéo dài thêm không quá 02 ngày"}, "extension_as_addition"),
        ({"findings": ["limit_is_stage_by_stage: 10 + 15 + 5"]}, "limit_by_stages"),
        ({"findings": ["blank_time_not_a_merged_cell"]}, "blank_read_as_merged"),
        ({"retention": [{"record": "Sổ đăng ký khai tử"}],
          "steps": [*process()["steps"][:4], row(5, *ROWS[4], time("0.5"), outputs=["Sổ đăng ký khai sinh"])]},
         "register_differs"),
        ({"steps": [row(1, *ROWS[0], time("1", unit="", unit_missing_in_source=True)), *process()["steps"][1:]]},
         "unit_missing"),
        ({"steps": [*process()["steps"][:4], row(5, *ROWS[4], time(None))]}, "merged_cells"),
        ({"steps": [process()["steps"][0], row(2, "examine", "Văn phòng HĐND và UBND cấp xã", time("1")),
                    *process()["steps"][2:]]}, "position_mapped"),
        ({"steps": [*process()["steps"][:4], row(5, *ROWS[4], time("9"))]}, "sum_differs"),
    ],
)  # fmt: skip
def test_what_is_odd_is_told(changes, expected):
    assert expected in odd(**changes)
    assert expected not in odd()


def test_a_code_that_others_bear_and_limits_of_two_kinds_and_the_same_day():
    assert "code_not_unique" in odd(sharing=2)
    two = [
        {"variant": 1, "label": "Không xác minh", "limit_value": 3.0, "limit_unit": "ngày làm việc"},
        {"variant": 2, "label": "Việc gì đó khác", "limit_value": 25.0, "limit_unit": "ngày"},
    ]
    rows = [row(i + 1, *at, time("1"), time("5", 2)) for i, at in enumerate(ROWS)]
    ours = made(variants=two, steps=rows)
    assert [v.code for v in ours.variants] == ["no_verification", "viec_gi_do_khac"]
    assert "mixed_days" in odd(variants=two, steps=rows)
    day = [
        {
            "variant": 1,
            "label": "Chung",
            "limit_value": 1.0,
            "limit_unit": "ngày làm việc",
            "same_day_rule": True,
        }
    ]
    assert made(variants=day).variants[0].limit.unit is LimitUnit.SAME_DAY
    assert "same_day" in odd(variants=day)


@pytest.mark.parametrize(
    ("changes", "field", "named"),
    [
        ({"level": "district"}, "level", "district"),
        ({"issued": "2025-07-07"}, "issued", "07/7/2025"),
        ({"author": "x"}, "author", ""),
        ({"title": "  "}, "title", ""),
        ({"steps": [row(1, "ponder", LEADER, time("1"))]}, "steps[0].action", "ponder"),
        ({"steps": [row(1, "receive", "Vua", time("1"))]}, "steps[0].role", "Vua"),
        ({"steps": [row(1, *ROWS[0], time("1", 7))]}, "steps[0].times[0].variant", "7"),
        ({"steps": [row(1, *ROWS[0], {"variant": 1})]}, "steps[0].times[0].value", ""),
        ({"steps": [row(1, *ROWS[0], {"variant": 1, "value": "1e9"})]}, "steps[0].times[0].value", ""),
        ({"steps": [row(1, *ROWS[0], time("1", unit="tuần"))]}, "steps[0].times[0].unit", "tuần"),
        ({"variants": [{"variant": 1, "label": "Chung", "limit_unit": "tuần", "limit_value": 1.0}]},
         "variants[0].limit_unit", ""),
        ({"steps": []}, "steps", ""),
    ],
)  # fmt: skip
def test_a_fault_is_refused_with_its_place(changes, field, named):
    with pytest.raises(Invalid) as refused:
        made(**changes)
    assert refused.value.field == field
    assert named in refused.value.en


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"{",
        b"3",
        b'"x"',
        b"[1, NaN]",
        b"[1e999]",
        b"[9007199254740993]",
        b'{"id": "a", "id": "b"}',
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
    ],
)
def test_what_is_no_list_of_processes_is_refused(content):
    with pytest.raises(Invalid):
        documents(content)


def test_a_file_that_is_too_large_is_not_even_read(monkeypatch):
    monkeypatch.setattr(reading, "LARGEST_FILE", 10)
    with pytest.raises(Invalid, match="lớn quá"):
        documents(b"[" + b" " * 10 + b"]")


@pytest.mark.parametrize("data", [3, [], None, "x", {}])
def test_what_is_no_process_is_refused(data):
    with pytest.raises(Invalid):
        read_record(data)


@with_source
def test_the_real_collection_comes_over_whole_with_what_its_makers_remarked():
    """The collection's own remarks are found again by our reading of its lines; two of them say more than those."""
    records = [read_record(one) for one in documents(SOURCE.read_bytes())]
    sharing = Counter(r.process_code for r in records)
    counts: Counter[str] = Counter()
    remarks = {
        "register_in_steps_differs_from_retained_register": "register_differs",
        "extension_expressed_as_addition": "extension_as_addition",
        "time_unit_missing_in_step_table": "unit_missing",
        "steps_do_not_add_up": "sum_differs",
        "no_national_counterpart": "no_counterpart",
        "limit_is_stage_by_stage": "limit_by_stages",
        "blank_time_not_a_merged_cell": "blank_read_as_merged",
    }
    for record in records:
        ours = parse(made_of(record, sharing=sharing[record.process_code]).document)
        found = {f.code for f in findings(ours)}
        counts.update(found)
        said = {remark.partition(":")[0] for remark in record.findings}
        assert {remarks[name] for name in said if name in remarks} == found & set(remarks.values()), record.id
        for stated, variant in zip(record.variants, ours.variants, strict=True):
            assert longest(ours, variant.code) == stated.sum_of_steps
    assert len(records) == 43
    assert counts == {
        "days_for_working_days": 31, "merged_cells": 22, "register_differs": 18, "same_day": 17,
        "code_not_unique": 17, "position_mapped": 13, "mixed_days": 8, "near_match": 8,
        "extension_as_addition": 3, "unit_missing": 3, "receive_missing": 2, "sum_differs": 1,
        "approve_missing": 1, "blank_read_as_merged": 1, "no_counterpart": 1, "time_condition": 1,
        "limit_by_stages": 1,
    }  # fmt: skip
