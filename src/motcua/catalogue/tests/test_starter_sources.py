"""The shipped procedures against the announced pages, where the sources lie beside the repository.

What the pages get wrong is listed here, fault by fault; everything else must agree.
"""

import csv
import gzip
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from motcua.catalogue.lacks import Part
from motcua.catalogue.shapes import (
    Channel,
    ComponentKind,
    HandledIn,
    LimitUnit,
    ProcedureVersion,
    SetBy,
)
from motcua.catalogue.starter import procedures
from motcua.kernel.text import nfc

VERSIONS = {v.code: v for v in procedures()}
EACH = pytest.mark.parametrize("version", VERSIONS.values(), ids=VERSIONS)
PACKAGE = Path(__file__).parents[2]
SHARED = PACKAGE.parents[2] / "shared" / "data"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the sources are not beside the repository")

NUMBER = re.compile(r"[0-9][0-9.]*/20[0-9]{2}/[A-ZĐ]+[0-9]*(?:-[A-ZĐ]+g?)?")
SPACES = re.compile(r"\s+")
CHANNELS = {
    "1": Channel.COUNTER,
    "2": Channel.ONLINE,
    "3": Channel.POST,
    "Trực tiếp": Channel.COUNTER,
    "Trực tuyến": Channel.ONLINE,
    "Dịch vụ bưu chính": Channel.POST,
}
UNITS = {"ngày làm việc": LimitUnit.WORKING_DAY, "ngày": LimitUnit.CALENDAR_DAY}

# Numbers of the pages that are cut, glued to the next word or simply wrong; each has its gap in the version.
WRONG_NUMBERS = {
    "1.000593": {"10/2013/TTLT-BTTTT"},
    "1.013225": {"62/2020/QH1"},
    "2.002189": {"60/2014/QH1", "123/2013/NĐ-CP"},
}
# Results that the page names with a test word, or writes twice in one name.
RESULTS_MENDED = {
    "1.001266": {
        ("KQ.G12.001017", "Văn bản của Cơ quan đăng ký kinh doanh cấp xã thông báo lý do từ chối"),
        (
            "KQ.G12.001349",
            "Tình trạng “đã chấm dứt hoạt động” trong Cơ sở dữ liệu về đăng ký hộ kinh doanh",
        ),
    },
    "2.000942": {("chua-co-ma", "Bản sao giao dịch được chứng thực")},
    "3.000323": {("KQ.G15.000289", "Trích lục đăng ký giám sát việc giám hộ")},
}
# Amounts the page puts in its field and takes back in its words; each has its gap.
AMOUNTS_IN_DOUBT = {("1.001612", 150_000), ("1.001612", 50_000), ("1.002755", 5000)}
# Ours beyond the page's count: told by the page in a sentence, in one row with another, or by post.
IN_WORDS = {
    "1.000689": {"witness_statement", "birth_pledge", "kinship_witnesses"},
    "1.001022": {"kinship_witnesses", "residence"},
    "1.001193": {"witness_statement", "birth_pledge"},
    "1.001669": {"natural_conditions", "agreement"},
    "1.001695": {
        *("birth_pledge", "kinship_pledge", "kinship_witnesses"),
        *("nationality_confirmation", "police_confirmation"),
    },
    "1.003583": {"witness_statement", "birth_pledge"},
    "1.004746": {"related_papers"},
    "1.004837": {"agreement"},
    "1.005461": {"related_papers"},
    "2.000497": {"related_papers"},
    "2.000513": {"related_papers"},
    "2.000528": {"nationality_confirmation"},
    "2.000547": {"form_death", "form_adoption", "form_guardianship", "form_other"},
    "2.000635": {"request"},
    "2.000779": {"kinship_pledge", "kinship_witnesses"},
    "2.000806": {"foreign_capacity"},
    "2.000884": {"translation"},
    "2.000908": {"identity_copy", "envelope"},
    "2.000913": {"ownership_original", "ownership_certified"},
    "2.001016": {"ownership_original", "ownership_copy"},
    "2.001019": {"ownership_original", "ownership_copy"},
    "2.001035": {"ownership_original", "ownership_copy"},
    "2.001263": {
        *("parents_death", "parents_declared_dead", "parents_missing", "parents_incapable", "residence"),
    },
    "2.001406": {"ownership_original", "ownership_copy"},
    "2.002363": {"identity", "residence"},
    "3.000322": {"residence"},
}
# Pages that repeat a paper in every case, or join and split as they like: rows counted there, components here.
# What they come to is tried in test_hard_components and test_receive.
REWRITTEN = {
    "1.001266": (8, 7),
    "1.001570": (8, 7),
    "1.001612": (8, 7),
    "1.005280": (31, 16),
    "1.013225": (53, 17),
    "1.013949": (28, 21),
    "1.013978": (23, 19),
    "2.000720": (12, 10),
}
# Rows the page counts as a paper that are an introduction or a note.
NO_PAPERS = {"2.000547": 1, "2.000806": 2, "2.002363": 1}


@cache
def _national() -> dict[str, Any]:
    with gzip.open(SHARED / "catalogue_national.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {r["MATTHC"]: r for r in map(json.loads, lines) if r["MATTHC"] in VERSIONS}


@cache
def _sheets() -> dict[str, Any]:
    records = json.loads((SHARED / "procedures_starter.json").read_text(encoding="utf-8"))
    return {r["code"]: r for r in records if r["code"] in VERSIONS}


@cache
def _processes() -> list[Any]:
    return list(json.loads((SHARED / "internal_processes.json").read_text(encoding="utf-8")))


def _tidy(name: str) -> str:
    return SPACES.sub(" ", nfc(name)).strip(" .-")


def _page(code: str) -> str:
    """All that the sources say of a procedure, as one text."""
    found = [_national().get(code), _sheets().get(code)]
    found += [p for p in _processes() if p["national_code"] == code]
    return json.dumps(found, ensure_ascii=False)


@EACH
def test_every_procedure_has_its_page(version: ProcedureVersion) -> None:
    assert version.code in _national().keys() | _sheets().keys()


@EACH
def test_titles_decisions_and_sectors_are_the_announced_ones(version: ProcedureVersion) -> None:
    if page := _national().get(version.code):
        assert version.title.vi == _tidy(page["TENTTHC"])
        assert version.decision.number == page["SOQUYETDINH"]
        assert version.sector.name.vi == nfc(page["LINHVUCTHUCHIEN"][0]["TENLINHVUC"])
    if sheet := _sheets().get(version.code):
        assert version.title.vi == _tidy(sheet["name"])
        assert version.decision.number == sheet["decision"]
        assert version.sector.name.vi == nfc(sheet["field"])


@EACH
def test_results_are_the_announced_ones(version: ProcedureVersion) -> None:
    page = _national().get(version.code, {}).get("KETQUATHUCHIEN")
    sheet = _sheets().get(version.code, {}).get("results", ())
    announced = (
        {(r["MAKETQUA"], _tidy(r["TENKETQUA"])) for r in page}
        if page
        else {(r["code"], _tidy(r["name"])) for r in sheet}
    )
    ours = {(r.code, r.name.vi) for r in version.results}
    if version.code in RESULTS_MENDED:
        assert ours == RESULTS_MENDED[version.code] != announced
        assert any(g.part is Part.RESULT for g in version.requirement_gaps)
    else:
        assert ours == announced


@EACH
def test_the_legal_basis_is_that_of_the_page_or_of_the_process(version: ProcedureVersion) -> None:
    page = _page(version.code)
    national = _national().get(version.code)
    cells = (
        [c["SOVANBAN"] for c in national["CANCUPHAPLY"]]
        if national
        else _sheets()[version.code]["legal_basis"]
    )
    wrong = WRONG_NUMBERS.get(version.code, set())
    listed = {n for cell in cells for n in NUMBER.findall(cell)}
    assert wrong <= listed
    glued = {n for n in listed if any(n != m and n.startswith(m) for m in version.legal_basis)}
    assert listed - wrong - glued <= set(version.legal_basis)
    assert [n for n in version.legal_basis if n not in page and not wrong] == []
    assert all(NUMBER.fullmatch(n) for n in version.legal_basis)


def _limit_rows(code: str) -> list[tuple[Channel, str, str]]:
    """Channel, number and unit of each row of the page, as it writes them."""
    if page := _national().get(code):
        return [
            (CHANNELS[c["KENH"]], t["THOIGIANGIAIQUYET"], t["DONVITINH"].strip(" )").lower())
            for c in page["CACHTHUCTHUCHIEN"]
            for t in c["THOIGIAN"]
        ]
    return [
        (CHANNELS[m["channel"]], m["duration"] or "", (m["unit"] or "").strip(" )").lower())
        for m in _sheets()[code]["methods"]
    ]


@EACH
def test_channels_and_limits_are_those_of_the_page(version: ProcedureVersion) -> None:
    rows = _limit_rows(version.code)
    assert {c.channel for v in version.variants for c in v.channels} == {channel for channel, _, _ in rows}
    unverified = {g.where for g in version.requirement_gaps if g.part is Part.LIMIT}
    for channel, value, unit in rows:
        entries = [e for v in version.variants if (e := version.channel(v.code, channel)) is not None]
        limits = {(str(e.limit.value), e.limit.unit) for e in entries}
        if unit:
            assert (value, UNITS[unit]) in limits
        else:
            # A blank unit is ours to fill and to confess; a bare "1" is the same day.
            assert unverified
            assert not value or value in {v for v, _ in limits} | {"1"}


@EACH
def test_no_fee_of_the_page_is_lost_or_made_free(version: ProcedureVersion) -> None:
    for channel in _national().get(version.code, {}).get("CACHTHUCTHUCHIEN", ()):
        kind = CHANNELS[channel["KENH"]]
        rules = [r for v in version.variants for r in version.fees_of(v.code, kind)]
        for item in (p for t in channel["THOIGIAN"] for p in t["PHILEPHI"]):
            amount, text = int(item["SOTIEN"]), item["MOTA"]
            if item["DONVI"] in ("Việt Nam Đồng", "VNĐ"):
                named = {a.value for r in rules for a in r.amounts}
                assert amount in named or (version.code, amount) in AMOUNTS_IN_DOUBT
            if "Hội đồng nhân dân" in text:
                assert any(r.set_by is SetBy.PROVINCIAL_COUNCIL and not r.amounts for r in rules)
            if "281/2016/TT-BTC" in text:
                assert any(r.basis == "281/2016/TT-BTC" and r.optional for r in rules)


@EACH
def test_a_zero_without_words_is_not_free_by_itself(version: ProcedureVersion) -> None:
    """Where we charge nothing, the page itself exempts, or a gap says on what that rests."""
    for rule in version.fees:
        if rule.set_by is SetBy.LAW and not any(a.value for a in rule.amounts):
            confessed = any(g.where == f"fees.{rule.code}" for g in version.requirement_gaps)
            assert confessed or "miễn lệ phí" in _page(version.code).lower()


def _counted_rows(code: str) -> int:
    if page := _national().get(code):
        papers = [g for group in page["THANHPHANHOSO"] for g in group["GIAYTO"]]
        counts = [(g["SOBANCHINH"], g["SOBANSAO"]) for g in papers]
    else:
        counts = [(c["originals"], c["copies"]) for c in _sheets()[code]["components"]]
    return len([1 for originals, copies in counts if int(originals or 0) + int(copies or 0) > 0])


@EACH
def test_each_paper_of_the_page_has_its_component(version: ProcedureVersion) -> None:
    """Papers the page counts, against ours: split or joined rows apart, none may be invented."""
    ours = {c.code for c in version.components if c.originals + c.copies} - {"certified_copies"}
    assert not [c.code for c in version.components if c.kind is ComponentKind.NOTE and c.code in ours]
    if version.handled_in is not HandledIn.HERE:
        return  # only the way there is shown
    if version.code in REWRITTEN:
        assert (_counted_rows(version.code), len(ours)) == REWRITTEN[version.code]
        assert any(g.part is Part.DOSSIER for g in version.requirement_gaps)
        return
    told = IN_WORDS.get(version.code, set())
    assert told <= ours
    assert len(ours - told) == _counted_rows(version.code) - NO_PAPERS.get(version.code, 0), ours


def test_administrative_units_are_those_of_the_source() -> None:
    with (
        (SHARED / "administrative_units.csv").open(encoding="utf-8") as theirs,
        (PACKAGE / "agencies" / "data" / "administrative_units.csv").open(encoding="utf-8") as ours,
    ):
        source = {
            (r["code"], nfc(r["name"]), r["parent_code"], r["valid_from"]) for r in csv.DictReader(theirs)
        }
        assert {(r["code"], r["name"], r["parent"], r["valid_from"]) for r in csv.DictReader(ours)} == source
