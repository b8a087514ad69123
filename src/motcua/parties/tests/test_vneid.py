"""What the identity provider tells is taken exactly, or not at all."""

import pytest

from motcua.kernel.errors import Refusal
from motcua.parties.vneid import introduced

PERSON = {"TechID": "VN-1", "LoaiTaiKhoan": "1", "SoDinhDanh": "001190000001", "HoVaTen": "Lò Thị Mây"}
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
