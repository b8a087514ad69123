"""Identifiers that rise with time, and moments as the ledger writes them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, strategies as st

from motcua.kernel.ids import uuid7
from motcua.kernel.time import local, parse_utc, utc_text


def test_ids_are_version_7_and_all_different():
    made = [uuid7() for _ in range(5_000)]
    assert len(set(made)) == len(made)
    assert {one.version for one in made} == {7}
    assert {one.variant for one in made} == {"specified in RFC 4122"}


def test_ids_rise_in_the_order_they_are_made():
    before = int(datetime.now(UTC).timestamp() * 1000)
    made = [uuid7() for _ in range(5_000)]
    after = int(datetime.now(UTC).timestamp() * 1000)
    assert made == sorted(made)
    assert before <= made[0].int >> 80 <= made[-1].int >> 80 <= after


def test_the_random_bits_of_an_id_all_move():
    seen_set = seen_clear = 0
    for _ in range(2_000):
        value = uuid7().int
        seen_set |= value
        seen_clear |= ~value
    random_bits = 2**62 - 1
    assert seen_set & random_bits == random_bits
    assert seen_clear & random_bits == random_bits


@given(st.datetimes(timezones=st.just(UTC)), st.integers(-14 * 60, 14 * 60))
def test_a_moment_comes_back_whatever_its_offset(moment, minutes):
    if not datetime.min.replace(tzinfo=UTC) + timedelta(days=1) < moment:
        return
    if not moment < datetime.max.replace(tzinfo=UTC) - timedelta(days=1):
        return
    text = utc_text(moment.astimezone(timezone(timedelta(minutes=minutes))))
    assert len(text) == 27
    assert text.endswith("Z")
    assert parse_utc(text) == moment


def test_texts_of_moments_sort_as_moments():
    start = datetime(2026, 8, 24, 23, 59, 59, 999_999, tzinfo=UTC)
    moments = [start + timedelta(microseconds=n) for n in range(-3, 4)]
    assert [utc_text(m) for m in moments] == sorted(utc_text(m) for m in moments)
    assert utc_text(start) == "2026-08-24T23:59:59.999999Z"


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="needs an offset"):
        utc_text(datetime(2026, 8, 24))  # noqa: DTZ001 - that is the fault


def test_local_is_seven_hours_ahead_all_year():
    assert f"{local(datetime(2026, 1, 1, 17, 30, tzinfo=UTC)):%d/%m %H:%M}" == "02/01 00:30"
    assert f"{local(datetime(2026, 7, 1, 16, 59, tzinfo=UTC)):%d/%m %H:%M}" == "01/07 23:59"
