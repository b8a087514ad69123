"""Cards as scanners type them: each damage fills what is certain and nothing else."""

import unicodedata
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given, strategies as st

from motcua.parties.card import Card, head_of, read

LINE = "001190000001|123456789|Nguyễn Thị Ánh Tuyết|05091990|Nữ|Thôn 1, Xã Mẫu|01012022"
WHOLE = Card(
    number="001190000001",
    old_number="123456789",
    name="Nguyễn Thị Ánh Tuyết",
    born_on=date(1990, 9, 5),
    sex="Nữ",
    address="Thôn 1, Xã Mẫu",
    issued_on=date(2022, 1, 1),
)


def misread(encoding: str) -> str:
    """The line's bytes of UTF-8 as Windows shows them in `encoding`; holes of the page come through."""
    return "".join(bytes([b]).decode(encoding, errors="ignore") or chr(b) for b in LINE.encode())


@pytest.mark.parametrize(
    "scanned",
    [
        LINE,
        f"{LINE}\r\n",
        f"\ufeff{LINE}\t",
        f"{LINE}||Trần Văn A|Lê Thị B",
        f"rác {LINE}",
        f"{LINE}\n{LINE}",
        LINE + LINE,
        LINE + LINE[:40],
        LINE[40:] + LINE,
        unicodedata.normalize("NFD", LINE),
        LINE.swapcase(),
        LINE.replace("|", ""),
        LINE.replace("|", "¦"),
        LINE.replace("|", "\t"),
        LINE.replace("|Nữ|", "|Nữ"),
        LINE.replace("9|N", "9N"),
        misread("cp1252"),
        misread("cp1258"),
        misread("latin-1"),
    ],
)
def test_damage_that_can_be_undone_is(scanned: str) -> None:
    assert read(scanned) == WHOLE


@pytest.mark.parametrize(
    ("scanned", "doubted"),
    [
        (LINE[:13], {"name", "born_on", "address"}),
        (LINE[:40], {"name", "born_on", "address"}),
        (LINE[:47], {"born_on", "address"}),
        (LINE[:62], {"address"}),
        (LINE[3:], {"number"}),
        ("1" + LINE, {"number"}),
        (LINE.replace("Tuyết", "Tuye6t1"), {"name"}),
        (LINE.replace("Tuyết", "Tuy?t"), {"name"}),
        (LINE.replace("Tuyết", "Tuyế\u0301t"), {"name"}),
        (LINE.replace("05091990", "31021990"), {"born_on"}),
        (LINE.replace("05091990", "0509199"), {"born_on"}),
        (LINE.replace("|Nữ|", "|N?|"), {"address"}),
        (LINE.replace("Mẫu", "M?u"), {"address"}),
        (LINE.encode().decode("cp1252", errors="replace"), {"name", "address"}),
        ("001190000001||Nguyen Thi Anh Tuyet|05091990|Nu|Thon 1, Xa Mau|01012022", {"name", "address"}),
        (f"{LINE}\n{LINE.replace('Tuyết', 'Tuyền')}", {"name"}),
    ],
)
def test_what_cannot_be_undone_stays_empty_and_is_told(scanned: str, doubted: set[str]) -> None:
    card = read(scanned)
    assert card is not None
    assert {d.field for d in card.doubts} == doubted
    for field in fields(Card):
        if field.name != "doubts":
            told = getattr(card, field.name)
            assert not told or told == getattr(WHOLE, field.name), field.name
            assert not (field.name in doubted and told), field.name


def test_what_may_be_right_is_filled_and_pointed_at() -> None:
    telex = read(LINE.replace("Tuyết", "Tuyeets"))
    assert telex is not None
    assert (telex.name, [(d.field, d.filled) for d in telex.doubts]) == (
        "Nguyễn Thị Ánh Tuyeets",
        [("name", True)],
    )
    assert "tắt bộ gõ" in telex.doubts[0].why.vi
    # The number says born in 1992.
    unlike = read(LINE.replace("001190", "001192"))
    assert unlike is not None
    assert (unlike.born_on, [(d.field, d.filled) for d in unlike.doubts]) == (
        WHOLE.born_on,
        [("born_on", True)],
    )


@pytest.mark.parametrize(
    "name", ["Y Blŏk Êban", "H'Mer Ksor", "Cao Minh Quang", "ĐẶNG THỊ ƯNG", "Rơ Châm Ƀêñ"]
)
def test_names_of_all_peoples_are_names(name: str) -> None:
    card = read(LINE.replace("Nguyễn Thị Ánh Tuyết", name))
    assert card is not None
    assert (card.name, card.doubts) == (name, ())


@pytest.mark.parametrize(
    "text", ["", "Tuyết", "012190678901", "0912 345 678", "H99.01.01-260824-0001", "|||||"]
)
def test_what_is_no_card_is_none(text: str) -> None:
    assert read(text) is None


def test_what_stood_in_the_field_before_is_told_apart() -> None:
    assert head_of(f"Lê Văn {LINE}") == "Lê Văn"
    assert head_of(LINE) == ""


NAMES = st.sampled_from(["Nguyễn", "Trần", "Lê", "Đặng", "Thị", "Văn", "Ánh", "Ưng", "Hoà", "Tuyết", "Quỳnh"])
PLACES = st.sampled_from(["Thôn 1, Xã Mẫu", "12/3 Đường Láng, Hà Nội", "Nam Định", "Tổ 7 Ấp Nữ, Cà Mau"])


@st.composite
def cards(draw: st.DrawFn) -> tuple[str, Card]:
    born = draw(st.dates(date(1920, 1, 1), date(2020, 12, 31)))
    sex = draw(st.sampled_from(["Nam", "Nữ"]))
    century = 2 * ((born.year - 1900) // 100) + (sex == "Nữ")
    number = f"{draw(st.integers(1, 96)):03}{century}{born.year % 100:02}{draw(st.integers(0, 999999)):06}"
    old = draw(st.sampled_from(["", "123456789"]))
    name = " ".join(draw(st.lists(NAMES, min_size=2, max_size=5)))
    issued = draw(st.dates(date(2016, 1, 1), date(2026, 1, 1)))
    card = Card(
        number=number,
        old_number=old,
        name=name,
        born_on=born,
        sex=sex,
        address=draw(PLACES),
        issued_on=issued,
    )
    parts = (number, old, name, f"{born:%d%m%Y}", sex, card.address, f"{issued:%d%m%Y}")
    return "|".join(parts), card


def never_wrong(found: Card | None, truth: Card) -> None:
    for field in ("number", "name", "born_on", "address") if found else ():
        told = getattr(found, field)
        assert not told or told == getattr(truth, field), field


@given(cards())
def test_every_card_is_read_whole(one: tuple[str, Card]) -> None:
    line, card = one
    assert read(line) == card


@given(cards(), st.data())
def test_a_cut_line_says_nothing_wrong(one: tuple[str, Card], data: st.DataObject) -> None:
    line, card = one
    begin = data.draw(st.integers(0, 12))
    end = data.draw(st.integers(begin, len(line)))
    never_wrong(read(line[begin:end]), card)


@given(cards(), st.data())
def test_lost_bars_say_nothing_wrong(one: tuple[str, Card], data: st.DataObject) -> None:
    line, card = one
    kept = "".join(c for c in line if c != "|" or data.draw(st.booleans()))
    never_wrong(read(kept), card)


@given(cards(), st.data())
def test_a_lost_or_doubled_digit_is_never_believed(one: tuple[str, Card], data: st.DataObject) -> None:
    line, card = one
    places = [i for i, c in enumerate(line[: line.index(card.name)]) if c.isdigit()]
    at = data.draw(st.sampled_from(places))
    changed = line[:at] + line[at] * data.draw(st.sampled_from([0, 2])) + line[at + 1 :]
    never_wrong(read(changed), card)


@given(st.text(max_size=300))
def test_anything_at_all_is_answered(text: str) -> None:
    read(text)
