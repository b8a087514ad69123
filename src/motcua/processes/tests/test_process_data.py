"""Step tables: read strictly; the shipped ones fit the catalogue, the trial commune and their sources."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from motcua.agencies.positions import POSITION_KINDS
from motcua.catalogue import starter as catalogue
from motcua.catalogue.shapes import HandledIn, LimitUnit
from motcua.kernel.errors import Invalid
from motcua.processes.checks import findings, parse
from motcua.processes.judging import longest
from motcua.processes.shapes import (
    STEP_POSITIONS,
    ProcessVersion,
    Step,
    StepKind,
)
from motcua.processes.starter import DATA, processes

Document = dict[str, Any]
PROCESSES = {p.procedure: p for p in processes()}
VERSIONS = {v.code: v for v in catalogue.procedures()}
# Registered at home: the officer who comes has examined before the first row ends.
MOBILE = frozenset({"1.000419", "1.000593", "1.003583"})
EACH = pytest.mark.parametrize("process", PROCESSES.values(), ids=PROCESSES)
PACKAGE = Path(__file__).parents[2]
SOURCE = PACKAGE.parents[2] / "shared" / "data" / "internal_processes.json"
with_sources = pytest.mark.skipif(not SOURCE.is_file(), reason="the sources are not beside the repository")


@pytest.fixture
def document() -> Document:
    return dict(json.loads((DATA / "1.004873.json").read_text(encoding="utf-8")))


def test_each_shipped_procedure_has_its_process() -> None:
    """Every procedure received here; what the police or others settle has no process of ours."""
    assert PROCESSES.keys() == {v.code for v in VERSIONS.values() if v.handled_in is HandledIn.HERE}
    assert len({p.code for p in PROCESSES.values()}) == len(PROCESSES) >= 40


def test_the_show_process() -> None:
    process = PROCESSES["1.004873"]
    assert [s.kind.value for s in process.steps] == ["receive", "examine", "approve", "seal", "return"]
    assert [s.code for s in process.running] == ["examine", "approve", "seal"]
    assert process.deciding.code == "seal"
    assert process.step("approve").positions == ("chair", "vice_chair")
    assert [str(t.value) for t in process.times("no_verification")] == ["0.5", "1", "0.5", "0.5", "0.5"]
    assert longest(process, "verification") == Decimal(23)
    first = process.after("receive")
    assert first is not None
    assert first.code == "examine"
    assert process.after("seal") is None


@EACH
def test_variants_are_those_of_the_catalogue(process: ProcessVersion) -> None:
    assert [v.code for v in process.variants] == [v.code for v in VERSIONS[process.procedure].variants]


@EACH
def test_ways_back(process: ProcessVersion) -> None:
    """An approval may go back to who drafted it, the seal to the leader; whoever came to a home drafted there."""
    drafted = [s.code for s in process.running if s.kind is StepKind.EXAMINE]
    expected = {"approve": (drafted[-1],)} if drafted else {}
    assert {s.code: s.returns_to for s in process.steps if s.returns_to} == {**expected, "seal": ("approve",)}
    assert bool(drafted) == (process.procedure not in MOBILE)


@EACH
def test_positions_exist_in_the_trial_commune(process: ProcessVersion) -> None:
    trial = json.loads((PACKAGE / "agencies" / "data" / "trial.json").read_text(encoding="utf-8"))
    commune = next(a for a in trial["agencies"] if a["code"] == "H99.01.01")
    seats = {p["kind"] for p in commune["positions"]}
    assert all(seats & set(step.positions) for step in process.steps)


def test_positions_are_kinds_of_the_agencies() -> None:
    assert set(POSITION_KINDS) >= STEP_POSITIONS


def test_what_the_tables_show() -> None:
    """2.000908: the page says one working day, the process the same day; two land pages say another limit for each
    channel. No sum differs from its limit."""
    found = {code: {f.code for f in findings(p, VERSIONS[code])} for code, p in PROCESSES.items()}
    assert {code for code, codes in found.items() if "limit_differs" in codes} == {
        *("1.012812", "1.013978", "2.000908"),
    }
    assert not any(codes & {"sum_differs", "variants_differ"} for codes in found.values())
    assert {code for code, codes in found.items() if "mixed_days" in codes} == {
        *("1.000893", "1.004746", "1.004772", "1.004873", "1.004884"),
        *("2.000513", "2.000522", "2.001263", "2.002516"),
    }
    assert {code for code, codes in found.items() if "approve_missing" in codes} == {"2.002516"}


@EACH
def test_what_is_not_approved_says_so(process: ProcessVersion) -> None:
    """A borrowed shape is never shown as an approved process: no day of issue, a finding, another source."""
    borrowed = "shape_borrowed" in {f.code for f in process.findings}
    assert borrowed == (process.issued_on is None) == process.source.startswith("Dựng theo QT ")


@EACH
def test_sums_equal_the_limits(process: ProcessVersion) -> None:
    for variant in process.variants:
        total = longest(process, variant.code)
        assert total == (1 if variant.limit.unit is LimitUnit.SAME_DAY else variant.limit.value)


def test_a_sum_that_differs_and_variants_that_do_not_fit_are_told(document: Document) -> None:
    document["steps"][1]["times"][0]["value"] = "2"
    process = parse(document)
    told = [f for f in findings(process, VERSIONS["1.005461"]) if f.code in ("sum_differs", "limit_differs")]
    assert [f.code for f in told] == ["sum_differs", "limit_differs", "limit_differs"]
    assert told[0].text.vi == "no_verification: các bước cộng lại 4 ngày, thời hạn là 3 ngày làm việc"
    other = findings(process, VERSIONS["2.000884"])
    assert [f.text.en for f in other if f.code == "variants_differ"] == [
        f"{code}: this variant stands on one side only, in the process or in the procedure"
        for code in ("general", "no_verification", "verification")
    ]


def _set(path: str, value: object) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        at: Any = document
        *parents, last = path.split(".")
        for key in parents:
            at = at[int(key)] if key.isdigit() else at[key]
        at[int(last) if last.isdigit() else last] = value

    return change


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (_set("steps", []), "steps"),
        (_set("steps.1.order", 7), "steps"),
        (_set("steps.1.code", "receive"), "steps"),
        (_set("steps.0.kind", "examine"), "steps"),
        (_set("steps.4.kind", "seal"), "steps"),
        (_set("steps.2.kind", "receive"), "steps"),
        (_set("steps.2.kind", "seal"), "steps"),
        (_set("steps.2.kind", "ponder"), "steps[2].kind"),
        (_set("steps.1.positions", ["king"]), "steps[1].positions"),
        (_set("steps.1.positions", ["inspector"]), "steps[1].positions"),
        (_set("steps.1.positions", []), "steps[1].positions"),
        (_set("steps.2.returns_to", ["seal"]), "steps[2].returns_to"),
        (_set("steps.2.returns_to", ["receive"]), "steps[2].returns_to"),
        (_set("steps.1.times", []), "steps[1].times"),
        (_set("steps.1.times.0.variant", "ghost"), "steps[1].times"),
        (_set("steps.1.times.0.value", "0"), "steps[1].times[0]"),
        (_set("steps.1.times.0.value", 0.5), "steps[1].times[0].value"),
        (_set("steps.1.times.0.unit", "tuần"), "steps[1].times[0].unit"),
        (_set("steps.1.times.0.unit", "giờ"), "variants[0]"),
        (_set("steps.1.times.0.merged_with_previous", True), "steps[1].times[0]"),
        (
            _set("steps.0.times.0", {"variant": "no_verification", "merged_with_previous": True}),
            "steps[0].times[0]",
        ),
        (_set("variants.0.limit", {"unit": "same_day", "value": 1}), "variants[0].limit.value"),
        (_set("author", "x"), "author"),
    ],
)
def test_a_fault_is_refused_with_its_place(
    document: Document, change: Callable[[Document], None], field: str
) -> None:
    change(document)
    with pytest.raises(Invalid) as refused:
        parse(document)
    assert refused.value.field == field


# The source's own words for two rows of the adoption table.
_KINDS = {"wait_external": "consult", "draft": "examine"}
_UNITS = {"ngày làm việc": LimitUnit.WORKING_DAY, "ngày": LimitUnit.CALENDAR_DAY}


def _source(process: ProcessVersion) -> Document | None:
    """The approved process of the source; None where it has none for this procedure."""
    records = json.loads(SOURCE.read_text(encoding="utf-8"))
    found = [
        p for p in records if (p["national_code"], p["process_code"]) == (process.procedure, process.source)
    ]
    assert len(found) <= 1
    return found[0] if found else None


def _rows(process: ProcessVersion) -> list[Step]:
    """Our rows that the source has too."""
    put_in = "approve_missing" in {f.code for f in process.findings}
    return [s for s in process.steps if not (put_in and s.kind is StepKind.APPROVE)]


@with_sources
@EACH
def test_the_table_is_that_of_the_source(process: ProcessVersion) -> None:
    """Kinds, times, merged cells, limits, the code on the paper."""
    source = _source(process)
    if source is None:
        assert "shape_borrowed" in {f.code for f in process.findings}
        return
    rows = _rows(process)
    assert [_KINDS.get(s["action"], s["action"]) for s in source["steps"]] == [s.kind.value for s in rows]
    for theirs, ours in zip(source["steps"], rows, strict=True):
        for time, variant in zip(theirs["times"], process.variants, strict=True):
            mine = ours.time(variant.code)
            assert time["merged_with_previous"] is mine.merged_with_previous
            assert (None if time["value"] is None else Decimal(str(time["value"]))) == mine.value
            assert (time["unit"] or None) == (mine.unit and mine.unit.value)
    for stated, ours_variant in zip(source["variants"], process.variants, strict=True):
        if stated["same_day_rule"]:
            assert ours_variant.limit.unit is LimitUnit.SAME_DAY
        else:
            assert ours_variant.limit.value == Decimal(str(stated["limit_value"]))
            assert ours_variant.limit.unit is _UNITS[stated["limit_unit"]]


@with_sources
def test_a_shape_is_borrowed_only_where_the_source_has_none() -> None:
    records = json.loads(SOURCE.read_text(encoding="utf-8"))
    approved = {p["national_code"] for p in records if p["level"] == "commune"}
    borrowed = {p.procedure for p in PROCESSES.values() if p.issued_on is None}
    assert not borrowed & approved
    assert {p.procedure for p in PROCESSES.values() if _source(p)} == PROCESSES.keys() - borrowed


@with_sources
@EACH
def test_leaders_approve_and_the_clerk_seals(process: ProcessVersion) -> None:
    source = _source(process)
    expected = {StepKind.APPROVE: "lãnh đạo", StepKind.SEAL: "văn thư"}
    seats = {StepKind.APPROVE: ("chair", "vice_chair"), StepKind.SEAL: ("clerk",)}
    assert all(s.positions == seats[s.kind] for s in process.steps if s.kind in expected)
    for theirs, ours in zip(source["steps"] if source else (), _rows(process), strict=source is not None):
        if ours.kind in expected:
            assert expected[ours.kind] in theirs["role"].lower()
