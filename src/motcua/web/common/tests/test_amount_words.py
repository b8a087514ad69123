"""Amounts in words, against what people say and against a reader of those words."""

import pytest
from hypothesis import given, strategies as st

from motcua.web.common.pdf.amount_words import LARGEST, dong_words, number_words

SAID = [
    (0, "không"),
    (5, "năm"),
    (10, "mười"),
    (11, "mười một"),
    (15, "mười lăm"),
    (21, "hai mươi mốt"),
    (25, "hai mươi lăm"),
    (30, "ba mươi"),
    (100, "một trăm"),
    (101, "một trăm lẻ một"),
    (105, "một trăm lẻ năm"),
    (111, "một trăm mười một"),
    (1_000, "một nghìn"),
    (1_001, "một nghìn không trăm lẻ một"),
    (2_010, "hai nghìn không trăm mười"),
    (10_000, "mười nghìn"),
    (125_000, "một trăm hai mươi lăm nghìn"),
    (1_000_000, "một triệu"),
    (1_020_000, "một triệu không trăm hai mươi nghìn"),
    (2_000_000_000, "hai tỷ"),
]
FIGURES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
DIGITS = {word: n for n, word in enumerate(FIGURES)} | {"mốt": 1, "lăm": 5}
PLACES = {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}


@pytest.mark.parametrize(("value", "words"), SAID)
def test_what_people_say(value, words):
    assert number_words(value) == words


def test_a_sum_begins_with_a_capital():
    assert dong_words(8_000) == "Tám nghìn đồng"


@given(st.integers(0, 10**9 - 1))
def test_the_words_read_back_give_the_number(value):
    assert read(number_words(value)) == value


def read(words: str) -> int:
    total = group = digit = 0
    for word in words.split():
        if word in DIGITS:
            digit = DIGITS[word]
        elif word == "trăm":
            group, digit = digit * 100, 0
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "mười":
            group += 10
        elif word in PLACES:
            total, group, digit = total + (group + digit) * PLACES[word], 0, 0
    return total + group + digit


@pytest.mark.parametrize("value", [-1, LARGEST])
def test_what_has_no_words(value):
    with pytest.raises(ValueError, match="no words"):
        number_words(value)
