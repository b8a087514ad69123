"""Who can give which paper, on the words that procedures really use."""

import gzip
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from motcua.catalogue.checking import parse
from motcua.catalogue.national.record import raw_record, read_record
from motcua.catalogue.national.structure import structured
from motcua.catalogue.once_only import HANDED_IN, Givers, Result, asked
from motcua.catalogue.shapes import Component, ComponentKind, Source
from motcua.catalogue.starter import procedures
from motcua.kernel.say import Say

ON = date(2026, 11, 1)
RESULTS = [Result(v.code, v.title, result.name) for v in procedures() for result in v.results]
GIVERS = Givers.of(RESULTS, on=ON)
NATIONAL = Path(__file__).resolve().parents[5] / "shared" / "data" / "catalogue_national.jsonl.gz"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Bản sao Giấy khai sinh", "civil_status.birth"),
        ("- 01 bản sao giấy khai sinh.", "civil_status.birth"),
        ("Trích lục khai sinh (nếu có)", "civil_status.birth"),
        ("Sổ hộ khẩu", "residence.household_book"),
        ("b) Sổ hộ khẩu của người yêu cầu;", "residence.household_book"),
        ("Giấy xác nhận tình trạng hôn nhân còn giá trị", "civil_status.marital_status"),
        ("Bản sao có chứng thực Giấy chứng minh nhân dân hoặc Căn cước công dân", "population.identity_card"),
        ("Bản photo CMND", "population.identity_card"),
        ("Giấy tờ tùy thân", "population.identity_card"),
        ("Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất", "land.land_certificate"),
        ("+ Giấy chứng nhận đăng ký doanh nghiệp mới nhất (bản sao)", "business.business_registration"),
        ("Sổ bảo hiểm xã hội", "insurance.insurance_book"),
        ("a. Giấy chứng nhận hộ cận nghèo hoặc quyết định hưởng trợ cấp", "social.poor_household"),
        ("GIẤY KHAI SINH", "civil_status.birth"),
    ],
)
def test_a_register_gives_it(name, key):
    giver = GIVERS.of_paper(name)
    assert giver is not None
    assert giver.key == key


@pytest.mark.parametrize(
    "name",
    [
        "Tờ khai đăng ký khai sinh theo mẫu",
        "Giấy đề nghị đăng ký hộ kinh doanh",
        "Giấy chứng sinh",
        "Giấy tờ chứng minh quan hệ với người được cấp Giấy khai sinh",
        "Văn bản ủy quyền, kèm bản sao thẻ căn cước",
        "Giấy khai sinh do cơ quan có thẩm quyền nước ngoài cấp",
        "Bản sao hộ chiếu hoặc giấy tờ thay hộ chiếu của người nước ngoài",
        "Lý lịch tư pháp do cơ quan có thẩm quyền của nước mà người đó là công dân cấp",
        "Giấy chứng nhận đăng ký kinh doanh xăng dầu",
        "Giấy chứng nhận sức khỏe",
        "Giấy tờ chứng minh nơi cư trú, khi cơ quan không thể khai thác được thông tin",
        "Xuất trình thẻ căn cước để đối chiếu",
        "",
        "---",
    ],
)
def test_nobody_is_known_to_give_it(name):
    assert GIVERS.of_paper(name) is None


def test_an_earlier_result_of_another_procedure_gives_it():
    license_ = Result(
        "9.000001", Say("Cấp phép", "Licence"), Say("Giấy phép hoạt động sân tập lái", "Permit")
    )
    short = Result("9.000002", Say("Khác", "Other"), Say("Giấy phép", "Permit"))
    givers = Givers.of([license_, short], on=ON)
    found = givers.of_paper("Bản sao Giấy phép hoạt động sân tập lái đã được cấp")
    assert found is not None
    assert found.procedure == "9.000001"
    assert givers.of_paper("Giấy phép hoạt động sân tập lái xe mô tô") is None
    assert givers.of_paper("Giấy phép xây dựng") is None
    assert (
        givers.of_paper("Bản sao Giấy phép hoạt động sân tập lái đã được cấp", apart_from="9.000001") is None
    )


def test_a_register_gives_nothing_before_its_day():
    assert Givers.of([], on=date(2019, 1, 1)).of_paper("Bản sao Giấy khai sinh") is None


def version_with(**changes):
    """A shipped procedure whose first paper is a copy of a birth certificate."""
    version = next(v for v in procedures() if v.code == "1.004873")
    name = Say("Bản sao Giấy khai sinh", "A copy of the birth certificate")
    paper = replace(Component("x", name, ComponentKind.REQUIRED, copies=1), **changes)
    return replace(version, components=(paper, *version.components[1:]))


def test_it_is_asked_for_with_a_reason_only():
    (found,) = asked(version_with(), GIVERS)
    assert (found.index, found.giver.key, found.is_reasoned) == (0, "civil_status.birth", False)
    (found,) = asked(version_with(asked_because=Say("Sổ gốc đã mất", "The register is lost")), GIVERS)
    assert found.is_reasoned


def test_a_register_that_may_stand_in_is_no_reason_to_ask():
    (found,) = asked(version_with(sources=(Source.DATABASE,)), GIVERS)
    assert not found.is_reasoned


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": ComponentKind.DATABASE},
        {"kind": ComponentKind.SHOW_ONLY},
        {"kind": ComponentKind.NOTE, "copies": 0},
    ],
)
def test_what_is_not_handed_in_passes(changes):
    assert asked(version_with(**changes), GIVERS) == ()


def test_an_original_that_is_given_back_for_the_new_one_passes():
    name = Say("Giấy xác nhận tình trạng hôn nhân đã cấp trước đây", "The certificate issued before")
    assert asked(version_with(name=name, originals=1, copies=0), GIVERS) == ()
    assert len(asked(version_with(name=name), GIVERS)) == 1


def test_of_the_shipped_procedures_few_are_asked_why():
    """All are to be reasoned about: what the civil status and land registers hold, and identity cards."""
    found = [one for version in procedures() for one in asked(version, GIVERS)]
    papers = sum(c.kind in HANDED_IN for version in procedures() for c in version.components)
    assert (len(found), papers) == (19, 384)
    assert {one.giver.key.partition(".")[0] for one in found} == {"civil_status", "population", "land"}


@pytest.mark.slow
@pytest.mark.skipif(not NATIONAL.exists(), reason="the national file is not part of the repository")
def test_of_the_national_catalogue_few_are_asked_why():
    with gzip.open(NATIONAL, "rt", encoding="utf-8") as lines:
        versions = [parse(structured(read_record(raw_record(line))).document) for line in lines]
    givers = Givers.of((Result(v.code, v.title, r.name) for v in versions for r in v.results), on=ON)
    papers, found = 0, 0
    for version in versions:
        judged = replace(version, components=tuple(map(_as_handed_in, version.components)))
        papers += sum(c.kind in HANDED_IN for c in judged.components)
        found += len(asked(judged, givers))
    assert papers > 13_000
    assert 0.015 < found / papers < 0.035


def _as_handed_in(component):
    return (
        replace(component, kind=ComponentKind.REQUIRED)
        if component.kind is ComponentKind.ANNOUNCED
        else component
    )
