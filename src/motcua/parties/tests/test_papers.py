"""What numbers of identity papers look like, and whom they tell apart."""

import pytest
from hypothesis import given, strategies as st

from motcua.kernel.errors import Invalid
from motcua.parties.operations import Particulars
from motcua.parties.papers import PAPERS, TAX_WEIGHTS, tax_code_holds

RIGHT = [
    ("citizen_id", "012190678901"),
    ("old_id", "012345678"),
    ("passport", "B1234567"),
    ("birth_certificate", "123/2024"),
    ("birth_certificate", "45/2024/TLKS"),
    ("birth_certificate", "012190678901"),
    ("residence", "TT-0123456789"),
    ("tax_code", "0300588569"),
    ("tax_code", "0300588569-001"),
    ("tax_code", "012190678901"),
]
WRONG = [
    ("citizen_id", "12345678901", "12 chữ số"),
    ("old_id", "0123456789", "9 chữ số"),
    ("passport", "B12", "5 đến 15 chữ cái và chữ số"),
    ("birth_certificate", "năm 2024", "số trong sổ, như 123/2024"),
    ("residence", "12", "5 đến 20 chữ cái và chữ số"),
    ("tax_code", "030058856", "10 chữ số"),
    ("tax_code", "0300588568", "sai chữ số kiểm tra"),
    ("tax_code", "0300588596", "sai chữ số kiểm tra"),
    ("tax_code", "0300588568-001", "sai chữ số kiểm tra"),
]


@pytest.mark.parametrize(("paper", "number"), RIGHT)
def test_what_is_a_number(paper, number):
    assert Particulars(name="Lò Thị Mai", paper=paper, number=number).cleaned().number == number


@pytest.mark.parametrize(("paper", "number", "said"), WRONG)
def test_what_is_none_is_told_with_how_it_should_be(paper, number, said):
    with pytest.raises(Invalid, match=said) as refusal:
        Particulars(name="Lò Thị Mai", paper=paper, number=number).cleaned()
    assert refusal.value.field == "number"


def _with_check(nine: str) -> str:
    return f"{nine}{10 - sum(w * int(d) for w, d in zip(TAX_WEIGHTS, nine, strict=True)) % 11}"


TAX_CODES = st.from_regex(r"[0-9]{9}", fullmatch=True).map(_with_check).filter(lambda code: len(code) == 10)


@given(TAX_CODES, st.integers(0, 9), st.integers(1, 9))
def test_one_digit_mistyped_is_found(code, place, off):
    assert tax_code_holds(code)
    wrong = (int(code[place]) + off) % 10
    assert not tax_code_holds(f"{code[:place]}{wrong}{code[place + 1 :]}")


@given(TAX_CODES, st.integers(0, 7))
def test_two_neighbours_swapped_are_found(code, place):
    swapped = f"{code[:place]}{code[place + 1]}{code[place]}{code[place + 2 :]}"
    assert tax_code_holds(swapped) == (swapped == code)


def test_a_number_of_a_local_register_tells_nobody_apart():
    paper = PAPERS["birth_certificate"]
    assert not paper.identifies("123/2024")
    assert paper.identifies("012190678901")
    assert not PAPERS["none"].identifies("")
