"""Forms of signing for another: what each needs, and how who signs is named."""

from datetime import date

import pytest

from motcua.agencies.mandates import KINDS, NewMandate, read, signed_as, why_not, written
from motcua.agencies.positions import POSITION_KINDS


@pytest.mark.parametrize(
    ("kind", "giver", "takers", "acts", "field"),
    [
        ("kt", "chair", {"vice_chair"}, (), None),
        ("kt", "chair", {"justice_officer"}, (), "kind"),
        ("kt", "vice_chair", {"vice_chair"}, (), "kind"),
        ("tuq", "chair", {"justice_officer"}, ("step",), None),
        ("tuq", "chair", {"justice_officer"}, (), "acts"),
        ("tl", "director", {"section_head"}, (), "acts"),
        ("tl", "director", {"section_head"}, ("step",), None),
        ("tm", "director", {"deputy_director"}, (), "kind"),
        ("q", "chair", {"vice_chair"}, (), None),
        ("q", "chair", {"vice_chair"}, ("step",), "acts"),
        ("", "clerk", {"justice_officer"}, (), None),
        ("xx", "chair", {"vice_chair"}, (), "kind"),
    ],
)
def test_what_each_form_needs(kind, giver, takers, acts, field):
    told = why_not(NewMandate(number="1/QĐ", kind=kind, acts=acts), giver=giver, takers=takers)
    assert (told and told[0]) == field


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_is_read_again(kind):
    assert read(written(kind, "12/QĐ-UBND")) == (kind, "12/QĐ-UBND")


@pytest.mark.parametrize(
    ("seat", "kind", "own", "lines"),
    [
        ("chair", "", "", ("CHỦ TỊCH",)),
        ("vice_chair", "", "", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("chair", "kt", "vice_chair", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("chair", "tm", "vice_chair", ("TM. ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH")),
        ("chair", "q", "vice_chair", ("Q. CHỦ TỊCH",)),
        ("director", "tl", "section_head", ("TL. THỦ TRƯỞNG", "TRƯỞNG PHÒNG CHUYÊN MÔN")),
        ("chair", "tuq", "clerk", ("TUQ. CHỦ TỊCH", "VĂN THƯ")),
    ],
)
def test_how_who_signs_is_named(seat, kind, own, lines):
    assert signed_as(seat, kind=kind, own=own) == lines


def test_every_seat_signs_by_some_title():
    assert all(signed_as(kind)[-1] for kind in POSITION_KINDS)


def test_a_mandate_without_acts_and_procedures_is_for_all():
    assert NewMandate(number="1/QĐ", dated=date(2026, 8, 1)).limits is None
    assert NewMandate(number="1/QĐ", procedures=("2", "1")).limits == {
        "acts": [],
        "procedures": ["1", "2"],
        "sectors": [],
    }
