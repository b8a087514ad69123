"""Vietnamese text: one normal form, a fold for finding, a key for sorting."""

import unicodedata

import pytest
from hypothesis import given, strategies as st

from motcua.kernel.text import clean, fold, mask_name, mask_number, nfc, sort_key

VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]  # ngang, huyền, hỏi, ngã, sắc, nặng


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Đặng Thị Hường", "dang thi huong"),
        ("NGUYỄN  THỊ\tÁNH\nTUYẾT ", "nguyen thi anh tuyet"),
        ("Y Blŏk Êban", "y blok eban"),
        ("H’Nga Mlô", "h’nga mlo"),
        ("ưỡn ẹo", "uon eo"),
        ("\x00Nguyễn\x07 \u200bAn\u00ad", "nguyen an"),
    ],
)
def test_fold_drops_accents_strokes_and_capitals(typed, folded):
    assert fold(typed) == folded
    assert fold(unicodedata.normalize("NFD", typed)) == folded


def test_all_vowels_with_all_tones_fold_to_their_letter():
    bare = dict(zip(VOWELS, "aaaeeiooouuy", strict=True))
    for vowel in VOWELS:
        for tone in TONES:
            for letter in (nfc(vowel + tone), nfc(vowel + tone).upper()):
                assert fold(letter) == bare[vowel], letter


@given(st.text())
def test_folding_twice_changes_nothing_and_forms_do_not_matter(text):
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_names_sort_as_in_a_vietnamese_register():
    register = [
        "An", "An Bình", "Anh", "Ánh", "Ăn", "Âu", "Bình", "Chi", "Dương", "Đan", "Đặng", "Em", "Êban", "Fa",
        "Giang", "Hà", "Hạ", "Jun", "Khoa", "Oanh", "Ông", "Ơn", "Phan", "Phàn", "Phản", "Phãn", "Phán", "Phạn",
        "Quý", "Uyên", "Ước", "Vân", "Wan", "Xuân", "Y Blok", "Y Blŏn", "Yên", "Zen",
    ]  # fmt: skip
    assert sorted(set(register), key=sort_key) == register
    assert sorted(register, key=lambda name: sort_key(unicodedata.normalize("NFD", name))) == register
    assert [sort_key(name).encode() for name in register] == sorted(sort_key(n).encode() for n in register)


def test_letters_weigh_more_than_tones():
    assert sorted(["Phạm An", "Phan An", "Phàm Bá"], key=sort_key) == ["Phạm An", "Phàm Bá", "Phan An"]


def test_clean_keeps_words_and_drops_the_invisible():
    assert clean("  Lê \u200b Văn\r\nTám\x00 ") == "Lê Văn Tám"
    assert clean(unicodedata.normalize("NFD", "Hải Phòng")) == unicodedata.normalize("NFC", "Hải Phòng")


def test_masks_show_little():
    assert mask_name("NGUYỄN Thị Hoa") == "NGUYỄN T. H."
    assert mask_name("Hoa") == "H…"
    assert mask_name("") == ""
    assert mask_number("001099012345") == "•••••••••345"
    assert mask_number("123") == "•••"
