"""Amounts as people type them."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from motcua.web.common.dong_field import DongField


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("15000", 15_000),
        ("15.000", 15_000),
        ("15,000", 15_000),
        ("1 500 000", 1_500_000),
        (" 8.000 ", 8_000),
        ("0", 0),
    ],
)
def test_an_amount(typed, amount):
    assert DongField().clean(typed) == amount


@pytest.mark.parametrize("typed", ["1.5", "15.00", "-1", "1e3", "mười", "1.000,000", "٣", "9" * 30])
def test_what_is_no_whole_amount_is_refused(typed):
    with pytest.raises(ValidationError):
        DongField().clean(typed)


def test_nothing_is_none_where_it_may_be_left_out():
    assert DongField(required=False).clean(" ") is None
    with pytest.raises(ValidationError):
        DongField().clean("")


def test_what_was_typed_stays_in_the_form():
    class Paying(forms.Form):
        given = DongField()

    assert 'value="9,5"' in str(Paying({"given": "9,5"})["given"])
