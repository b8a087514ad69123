"""Codes from a template, and codes as people type them."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from motcua.dossiers.numbering import DEFAULT_TEMPLATE, format_code, normalise_code

DAY = date(2026, 8, 4)


@pytest.mark.parametrize(
    ("seq", "code"),
    [(1, "0001"), (42, "0042"), (9_999, "9999"), (10_000, "10000"), (123_456, "123456")],
)
def test_the_number_has_four_digits_and_widens(seq, code):
    made = format_code(template=DEFAULT_TEMPLATE, agency="H99.01.01", day=DAY, seq=seq)
    assert made == f"H99.01.01-260804-{code}"


def test_a_template_of_an_agencys_own():
    made = format_code(template="{agency}/{yyyymmdd}/{seq:06}", agency="H99", day=DAY, seq=7)
    assert made == "H99/20260804/000007"


@pytest.mark.parametrize("template", ["{agency}-{number}", "{agency}-{}", "{0}"])
def test_a_template_with_an_unknown_part_is_refused(template):
    with pytest.raises(ValueError, match="unknown part"):
        format_code(template=template, agency="H99", day=DAY, seq=1)


@pytest.mark.parametrize("seq", [0, -1])
def test_numbers_begin_at_one(seq):
    with pytest.raises(ValueError, match="begin at 1"):
        format_code(template=DEFAULT_TEMPLATE, agency="H99", day=DAY, seq=seq)


@given(
    st.lists(
        st.tuples(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 99_999)),
        unique=True,
        max_size=20,
    )
)
def test_two_numbers_never_give_one_code_and_a_code_is_its_own_stored_form(numbers):
    codes = [format_code(template=DEFAULT_TEMPLATE, agency="H99.01.01", day=d, seq=n) for d, n in numbers]
    assert len(set(codes)) == len(numbers)
    assert [normalise_code(code) for code in codes] == codes


@pytest.mark.parametrize(
    "typed",
    [
        "h99.01.01-260804-0001",
        " H99.01.01 - 260804 - 0001 ",
        "H99.01.01–260804–0001",
        "H99.01.01—260804—0001",
    ],
)
def test_a_code_as_typed_or_copied(typed):
    assert normalise_code(typed) == "H99.01.01-260804-0001"


@pytest.mark.parametrize(
    "typed", ["", "abc", "H99/01", "'; DROP TABLE", "Đ99.01.01", "x" * 65, "-999", "H99\n01"]
)
def test_what_cannot_be_a_code(typed):
    assert normalise_code(typed) is None
