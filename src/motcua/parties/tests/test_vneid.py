"""What the identity provider tells is taken exactly, or not at all."""

import pytest

from motcua.kernel.errors import Refusal
from motcua.parties.vneid import introduced

NAMED = {"TechID": "VN-1", "LoaiTaiKhoan": "1", "SoDinhDanh": "001190000001", "HoVaTen": "Lò Thị Mây"}
PERSON = {**NAMED, "IAL": "2"}
FIRM = {"MaSoThue": "0100109106", "TenDoanhNghiep": "Công ty Mẫu"}


@pytest.mark.parametrize(
    ("kind", "expected"), [("1", "citizen"), (1, "citizen"), ("2", "business"), (2, "business")]
)
def test_the_kind_of_account_may_be_a_number(kind, expected):
    told = introduced({**PERSON, **FIRM, "LoaiTaiKhoan": kind}).particulars
    assert (told.kind, told.paper) in {("citizen", "citizen_id"), ("business", "tax_code")}
    assert told.kind == expected


@pytest.mark.parametrize("kind", ["3", "", "1.0", True, None, ["2"]])
def test_an_unknown_kind_of_account_is_nobody(kind):
    with pytest.raises(Refusal):
        introduced({**PERSON, **FIRM, "LoaiTaiKhoan": kind})


@pytest.mark.parametrize("number", ["", "không có", 1190000001])
def test_a_number_that_names_nobody_is_refused(number):
    with pytest.raises(Refusal):
        introduced({**PERSON, "SoDinhDanh": number})


@pytest.mark.parametrize(
    "told",
    [
        {"IAL": "2"},
        {"IAL": 3},
        {"loAs": "2"},
        {"acr": "urn:vn:loa:2"},
        {"IAL": "2", "acr": "1"},
        {"IAL": "02"},
    ],
    ids=str,
)
def test_the_level_is_taken_wherever_it_is_told(told):
    assert introduced({**NAMED, **told}).subject == "VN-1"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"IAL": "1"}, "mức độ 1"),
        ({"loAs": 1}, "mức độ 1"),
        ({"IAL": "1", "loAs": "2"}, "mức độ 1"),
        ({}, "không cho biết mức độ"),
        ({"IAL": "cao"}, "không cho biết mức độ"),
        ({"IAL": True}, "không cho biết mức độ"),
    ],
    ids=str,
)
def test_a_level_too_low_or_untold_is_refused_and_says_which_is_needed(told, said):
    with pytest.raises(Refusal) as refused:
        introduced({**NAMED, **told})
    assert said in refused.value.vi
    assert "cần mức độ 2" in refused.value.vi
    assert "level 2" in refused.value.en


def test_where_no_level_is_demanded_none_need_be_told():
    assert introduced(NAMED, least=0).subject == "VN-1"
    with pytest.raises(Refusal):
        introduced({**NAMED, "IAL": "2"}, least=3)


def test_an_organisation_has_no_level():
    assert introduced({**FIRM, "TechID": "VN-4", "LoaiTaiKhoan": "2"}).particulars.kind == "business"


@pytest.mark.parametrize(
    ("told", "sex"),
    [
        ({}, ""),
        ({"GioiTinh": 2}, "female"),
        ({"GioiTinh": "Nam"}, "male"),
        ({"GioiTinh": "NỮ"}, "female"),
        ({"GioiTinh": "3"}, ""),
        ({"GioiTinh": "1", "LoaiTaiKhoan": "2", **FIRM}, ""),
    ],
    ids=str,
)
def test_the_sex_is_taken_where_it_is_told(told, sex):
    assert introduced({**PERSON, **told}).particulars.sex == sex
