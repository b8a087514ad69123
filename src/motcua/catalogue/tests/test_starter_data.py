"""The shipped procedures and agencies: read by the parser, whole, honest about their gaps."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from motcua.agencies.positions import POSITION_KINDS
from motcua.catalogue.checking import gaps
from motcua.catalogue.completeness import check
from motcua.catalogue.conditions import within
from motcua.catalogue.fees import Quantities, compute
from motcua.catalogue.lacks import GapKind, Part
from motcua.catalogue.shapes import (
    Audience,
    Channel,
    Condition,
    HandledIn,
    Level,
    LimitUnit,
    ProcedureVersion,
    SetBy,
)
from motcua.catalogue.starter import procedures, schedules
from motcua.kernel.text import nfc

SETS_NOT_STATED = ("chung_thuc",)
VERSIONS = {v.code: v for v in procedures()}
EACH = pytest.mark.parametrize("version", VERSIONS.values(), ids=VERSIONS)
PACKAGE = Path(__file__).parents[2]
AGENCIES = PACKAGE / "agencies" / "data"


def test_a_commune_s_desk_is_there() -> None:
    """The desk's everyday matters: births, marriages, deaths, guardianship, certification, adoption."""
    here = [v for v in VERSIONS.values() if v.handled_in is HandledIn.HERE]
    assert len(here) >= 40
    assert all(Level.COMMUNE in v.levels for v in here)
    assert {v.sector.code for v in here} >= {
        *("ho_tich", "chung_thuc", "nuoi_con_nuoi", "hoa_giai"),
        *("giam_ngheo", "ho_kinh_doanh", "hop_tac_xa", "dat_dai", "xay_dung"),
    }
    police = {v.code for v in VERSIONS.values() if v.handled_in is HandledIn.POLICE}
    assert police >= {"1.004194", "1.004222", "1.014061"}
    assert len(here) + len(police) == len(VERSIONS)
    assert VERSIONS.keys() >= {"1.001193", "1.000894", "1.000656", "2.000815", "2.000884", "2.000635"}


def _limits(code: str) -> dict[str, set[tuple[str, str]]]:
    return {
        variant.code: {(str(c.limit.value), c.limit.unit.value) for c in variant.channels}
        for variant in VERSIONS[code].variants
    }


def test_limits_as_announced_or_as_the_process_fills_them() -> None:
    same_day = {("None", "same_day")}
    assert _limits("1.001193") == {"general": same_day}
    assert (
        _limits("1.004859")
        == _limits("2.000748")
        == {
            "addition": same_day,
            "change": {("3", "working_day")},
            "change_verification": {("6", "working_day")},
        }
    )
    assert _limits("1.004873") == {
        "no_verification": {("3", "working_day")},
        "verification": {("23", "calendar_day")},
    }
    assert _limits("2.000815") == {"general": same_day, "extended": {("2", "working_day")}}
    assert _limits("2.001263") == {"general": {("30", "calendar_day")}}


@EACH
def test_every_lawful_part_is_there_but_what_the_sources_lack(version: ProcedureVersion) -> None:
    """ND 63/2010 art. 8(2): some certification sheets do not say how many sets; no source dates its decision."""
    missing = {g.where for g in gaps(version) if g.kind is GapKind.MISSING}
    sets = {"sets"} if version.sets is None else set()
    assert missing == {"decision.issued_on"} | sets
    elsewhere = version.handled_in is not HandledIn.HERE
    assert not sets or elsewhere or version.sector.code in SETS_NOT_STATED


@EACH
def test_what_is_unverified_names_its_sources(version: ProcedureVersion) -> None:
    for gap in version.requirement_gaps:
        assert gap.kind is GapKind.UNVERIFIED
        if gap.part is Part.LIMIT:
            assert gap.sources
        if gap.part is Part.GROUND:
            assert gap.sources


@EACH
def test_every_text_is_in_two_languages_and_short(version: ProcedureVersion) -> None:
    for text in (*version.order, *version.conditions, *(c.name for c in version.components)):
        assert text.vi != text.en
        assert len(text.vi) <= 200
        assert nfc(text.vi) == text.vi


def _own(condition: Condition | None) -> dict[str, str]:
    """The answers that make a variant."""
    return {part.question: part.answers[0] for part in within(condition)}


@EACH
def test_each_open_channel_can_be_served_with_what_it_asks_for(version: ProcedureVersion) -> None:
    for variant in version.variants:
        for entry in variant.channels:
            answers = {q.code: q.options[-1].code for q in version.questions} | _own(variant.when)
            components = version.components_of(variant.code)
            empty = check(components=components, channel=entry.channel, answers=answers, handed=())
            assert empty.missing, (version.code, variant.code, entry.channel)
            assert not empty.unanswered


@EACH
def test_a_form_to_fill_is_asked_for_once_on_each_channel(version: ProcedureVersion) -> None:
    if version.sector.code != "ho_tich":
        return
    for variant in version.variants:
        for entry in variant.channels:
            answers = {q.code: q.options[0].code for q in version.questions}
            needed = check(
                components=version.components_of(variant.code),
                channel=entry.channel,
                answers=answers,
                handed=(),
                applicant=Audience.CITIZEN,
            ).needed
            forms = [c.code for c in version.components if c.form is not None and c.code in needed]
            both = {"recognition_form"} if version.code in ("1.000689", "1.001695") else set()
            assert len(set(forms) - both) == 1, forms


@EACH
def test_nothing_is_free_where_the_province_decides(version: ProcedureVersion) -> None:
    if version.handled_in is not HandledIn.HERE:
        return  # what the police take is shown, not charged here
    left_open = {r.code for r in version.fees if r.set_by is SetBy.PROVINCIAL_COUNCIL}
    for variant in version.variants:
        for entry in variant.channels:
            fees = compute(
                rules=version.fees_of(variant.code, entry.channel),
                channel=entry.channel,
                applicant=Audience.CITIZEN,
                answers={"matter": "change", "kin": "no", "special_child": "no", "on_time": "no"},
                quantities=Quantities(copies=1, pages=1, signatures=1),
            )
            assert {line.rule for line in fees.unknown} == left_open & {line.rule for line in fees.lines}
            assert (fees.total is None) == bool(fees.unknown)


@pytest.mark.parametrize(
    ("code", "quantities", "expected"),
    [
        ("2.000884", Quantities(), 10_000),
        ("2.000992", Quantities(), 10_000),
        ("2.000908", Quantities(), 0),
        ("2.000635", Quantities(copies=3), 24_000),
        ("2.002516", Quantities(), 8000),
        ("2.001035", Quantities(), 50_000),
        ("2.000913", Quantities(), 30_000),
        ("2.001263", Quantities(), 400_000),
        ("2.000815", Quantities(pages=1, copies=1), 2000),
        ("2.000815", Quantities(pages=2, copies=3), 12_000),
        ("2.000815", Quantities(pages=5, copies=2), 14_000),
        ("2.000815", Quantities(pages=400, copies=2), 400_000),
        ("2.000942", Quantities(pages=3, copies=1), 5000),
    ],
)
def test_what_the_law_itself_sets(code: str, quantities: Quantities, expected: int) -> None:
    """TT 226/2016: 2,000 a page, 1,000 from page 3, at most 200,000 a copy; TT 281/2016: 8,000 a copy."""
    version = VERSIONS[code]
    order = compute(
        rules=version.fees_of(version.variants[0].code, Channel.COUNTER),
        channel=Channel.COUNTER,
        applicant=Audience.CITIZEN,
        quantities=quantities,
        answers={"kin": "no", "special_child": "no"},
    )
    assert order.total == expected


def test_copies_of_a_registration_cost_the_same_everywhere() -> None:
    extracts = [r for v in VERSIONS.values() for r in v.fees if r.code == "extract"]
    assert len(extracts) > 20
    assert {(r.amounts[0].value, r.basis, r.optional) for r in extracts} == {(8000, "281/2016/TT-BTC", True)}


def test_the_trial_province_sets_only_what_is_left_to_a_province() -> None:
    (schedule,) = schedules()
    assert schedule.agency == "H99"
    left_open = {
        (v.code, r.code) for v in VERSIONS.values() for r in v.fees if r.set_by is SetBy.PROVINCIAL_COUNCIL
    }
    named = {(f.procedure, f.rule) for f in schedule.fees}
    # One is left out on purpose: a fee nobody has set is unknown, not free.
    assert left_open - named == {("1.004859", "ethnicity")}
    assert named <= left_open
    version = VERSIONS["1.004873"]
    fees = compute(
        rules=version.fees_of("no_verification", Channel.ONLINE),
        channel=Channel.ONLINE,
        applicant=Audience.CITIZEN,
        province=schedule.of("1.004873"),
    )
    assert fees.total == 8000


@EACH
def test_same_day_limits_take_no_extension(version: ProcedureVersion) -> None:
    """D7.5."""
    for variant in version.variants:
        if any(c.limit.unit is LimitUnit.SAME_DAY for c in variant.channels):
            assert version.extension_grounds(variant.code) == ()


def _units() -> Path:
    return AGENCIES / "administrative_units.csv"


def test_34_provinces_and_3321_communes() -> None:
    with _units().open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    kinds = [r["kind"] for r in rows]
    assert {k: kinds.count(k) for k in sorted(set(kinds))} == {
        "city": 9,
        "commune": 2599,
        "province": 25,
        "special_zone": 13,
        "ward": 709,
    }
    provinces = {r["code"] for r in rows if not r["parent"]}
    assert len(provinces) == 34
    assert {r["parent"] for r in rows if r["parent"]} == provinces
    assert len({r["code"] for r in rows}) == 3355
    assert [r["valid_from"] for r in rows].count("") == 14
    assert all(nfc(r["name"]) == r["name"] for r in rows)


def _trial() -> dict[str, Any]:
    return dict(json.loads((AGENCIES / "trial.json").read_text(encoding="utf-8")))


def test_the_trial_agencies_fit_together() -> None:
    agencies = {a["code"]: a for a in _trial()["agencies"]}
    assert list(agencies) == [
        *("H99", "H99.01.01", "H99.01.02", "H99.10"),
        *("G99.10", "G99.20.01", "G99.30.01"),
    ]
    assert agencies["H99.01.01"]["name"]["vi"] == "Xã Mẫu"
    assert {a["parent"] for a in agencies.values()} == {None, "H99"}
    for agency in agencies.values():
        units = {u["code"] for u in agency["units"]}
        positions = {p["code"]: p for p in agency["positions"]}
        assert len(positions) == len(agency["positions"])
        assert {p["unit"] for p in positions.values()} <= units
        assert {p["kind"] for p in positions.values()} <= set(POSITION_KINDS)
        assert {c["unit"] for c in agency["counters"]} <= units
        held = [p for a in agency["accounts"] for p in a["positions"]]
        assert sorted(held) == sorted(positions), f"{agency['code']}: a seat without a person"


def test_every_kind_of_position_can_be_tried() -> None:
    seats = {p["kind"] for a in _trial()["agencies"] for p in a["positions"]}
    assert seats == set(POSITION_KINDS)
    commune = next(a for a in _trial()["agencies"] if a["code"] == "H99.01.01")
    assert {p["kind"] for p in commune["positions"]} == set(POSITION_KINDS) - {
        *("inspector", "specialist", "section_head", "director", "deputy_director"),
    }
    assert len(commune["counters"]) == 4


def test_logins_differ() -> None:
    logins = [a["login"] for agency in _trial()["agencies"] for a in agency["accounts"]]
    assert len(set(logins)) == len(logins) >= 21


def test_the_desk_serves_the_sectors_of_the_catalogue() -> None:
    """The model commune all that is settled here; its small neighbour, without sections, civil status and the like."""
    sectors = {v.sector.code for v in VERSIONS.values() if v.handled_in is HandledIn.HERE}
    served = {
        agency["code"]: {s for counter in agency["counters"] for s in counter["sectors"]}
        for agency in _trial()["agencies"]
    }
    assert served["H99"] == set()
    assert served["H99.01.01"] == sectors
    assert served["H99.01.02"] == {"ho_tich", "chung_thuc", "nuoi_con_nuoi", "hoa_giai"}


@EACH
def test_what_only_the_officer_finds_out_is_asked_of_the_officer(version: ProcedureVersion) -> None:
    for question in version.questions:
        assert question.by_officer == ("trả lời)" in question.text.vi), question.code
