"""When messages go, and when they are given up."""

from datetime import timedelta

import pytest
from hypothesis import given, strategies as st
from tests.support.acts import moment

from motcua.notifications.addresses import abroad, mail_address, mobile
from motcua.notifications.letters import masked
from motcua.notifications.rules import (
    GIVEN_UP_AFTER,
    LONGEST_PAUSE,
    is_quiet,
    pause_after,
    quiet_until,
    tried_again_at,
)

MADE = moment(24, 9)


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"),
    [(20, 59, False), (21, 0, True), (23, 59, True), (0, 0, True), (6, 59, True), (7, 0, False)],
)
def test_quiet_hours_by_the_clock_of_the_house(hour, minute, quiet):
    assert is_quiet(moment(24, hour, minute)) is quiet


@given(minutes=st.integers(min_value=0, max_value=3 * 1440))
def test_quiet_hours_are_over_at_seven_and_not_before(minutes):
    at = MADE + timedelta(minutes=minutes)
    over = quiet_until(at)
    if is_quiet(at):
        assert at < over <= at + timedelta(hours=10)
        assert is_quiet(over - timedelta(seconds=1))
        assert not is_quiet(over)


@given(attempts=st.integers(min_value=1, max_value=32_000))
def test_pauses_grow_and_are_bounded(attempts):
    assert timedelta(minutes=1) <= pause_after(attempts) <= pause_after(attempts + 1) <= LONGEST_PAUSE


@given(attempts=st.integers(min_value=1, max_value=60), late=st.integers(min_value=0, max_value=200_000))
def test_it_is_tried_again_until_it_is_too_old(attempts, late):
    at = MADE + timedelta(seconds=late)
    again = tried_again_at(made_at=MADE, attempts=attempts, at=at)
    assert (again is None) is (at - MADE >= GIVEN_UP_AFTER)
    assert again is None or again > at


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0912345678", "+84912345678"),
        ("+84 91 234 5678", "+84912345678"),
        ("0243 825 1234", ""),
        ("+44 7400 123456", ""),
        ("+856 20 5555 1234", ""),
        ("0100123456", ""),
        ("không có", ""),
        ("", ""),
    ],
)
def test_only_a_mobile_telephone_gets_text_messages(typed, number):
    assert mobile(typed) == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [("+44 7400 123456", "+447400123456"), ("0912345678", ""), ("+84912345678", ""), ("x", "")],
)
def test_a_mobile_abroad_is_kept_to_be_called(typed, number):
    assert abroad(typed) == number


@pytest.mark.parametrize(
    ("typed", "address"),
    [(" a@b.vn ", "a@b.vn"), ("a@b", ""), ("a b@c.vn", ""), ("a@b.vn\nBcc: c@d.vn", ""), ("", "")],
)
def test_only_an_address_gets_e_mail(typed, address):
    assert mail_address(typed) == address


def test_masks_show_neither_number_nor_name():
    assert masked("sms", "+84912345678") == "•••••••678"
    assert masked("email", "tuyet@example.vn") == "t•••@example.vn"
