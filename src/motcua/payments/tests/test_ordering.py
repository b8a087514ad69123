"""Texts of orders as banks hand them on, the state table, and what becomes of money, whatever the order of things."""

from itertools import product

import pytest
from hypothesis import given, strategies as st

from motcua.payments.ordering import (
    LETTERS,
    NEXT,
    PREFIX,
    Outcome,
    State,
    attempt_in,
    outcome,
    text_of,
    texts_in,
)


@given(st.uuids())
def test_a_text_is_short_and_found_however_a_bank_writes_it(order):
    text = text_of(order)
    assert len(text) == 11
    for told in (
        text,
        text.lower(),
        f"MBVCB.123.{text}-CT tu 0011",
        f"{text[:4]} {text[4:]}.",
        f"nộp lệ phí {text}",
    ):
        assert text in list(texts_in(told))


@given(st.uuids(), st.integers(2, 10), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_no_text(order, place, letter):
    text = text_of(order)
    wrong = text[:place] + letter + text[place + 1 :]
    assert list(texts_in(wrong)) == ([text] if wrong == text else [])


@given(st.uuids(), st.integers(2, 8))
def test_two_letters_changed_round_are_no_text(order, place):
    text = text_of(order)
    turned = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    assert list(texts_in(turned)) == ([text] if turned == text else [])


@given(st.uuids(), st.integers(1, 120))
def test_an_attempt_is_known_by_its_figures_and_a_bare_text_is_none(order, n):
    text = text_of(order)
    attempt = f"{text}{n:02}"
    for told in (attempt, attempt.lower(), f"NTTT {text} {n:02}.", f"MBVCB.1 {attempt}-CT tu 0011"):
        assert attempt_in(told) == attempt
    for told in (text, f"{text} CT tu 0011", f"{text} 26/08/2026", f"{text}1", "nop le phi"):
        assert attempt_in(told) == ""


@pytest.mark.parametrize("told", ["", "nop le phi", PREFIX, "MC0000000000", "MCIIIIIIIII", "Ủng hộ đồng bào"])
def test_other_words_are_no_text(told):
    assert list(texts_in(told)) == []


def test_what_is_paid_stays_paid_and_nothing_opens_again():
    assert NEXT[State.PAID] == frozenset()
    assert all(State.OPEN not in after for after in NEXT.values())
    assert set(NEXT) == set(State)


def test_money_pays_only_what_is_owed_to_the_dong_and_only_once():
    for state, amount, owed, before in product(State, (9, 10, 11), (True, False), (True, False)):
        became = outcome(state=state, amount=amount, total=10, owed=owed, told_before=before)
        pays = amount == 10 and owed and state is not State.PAID and not before
        assert (became is Outcome.PAID) is pays
        assert (became is Outcome.SAME) is before
        assert (became is Outcome.AMOUNT) <= (amount != 10 and owed and not before)
