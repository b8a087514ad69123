"""Limits in words."""

from decimal import Decimal

import pytest

from motcua.parties.models import PARTY_KINDS
from motcua.web.common import party_kinds
from motcua.web.common.limits import limit_words


@pytest.mark.parametrize(
    ("unit", "value", "vi", "en"),
    [
        ("working_day", "3", "3 ngày làm việc", "3 working days"),
        ("calendar_day", Decimal(23), "23 ngày", "23 calendar days"),
        ("month", "1", "1 tháng", "1 month"),
        ("working_hour", "2.5", "2,5 giờ làm việc", "2.5 working hours"),
        ("hour", "24", "24 giờ", "24 hours"),
        ("same_day", None, "trả trong ngày", "the same day"),
        ("none", "", "không quy định thời hạn", "no time limit"),
        ("unknown", None, "bản công bố không ghi rõ thời hạn", "the announcement does not say how long"),
    ],
)
def test_limits(unit: str, value: str | Decimal | None, vi: str, en: str) -> None:
    said = limit_words(unit, value)
    assert (said.vi, said.en) == (vi, en)


def test_every_kind_of_party_has_its_words() -> None:
    assert set(party_kinds.PARTY_KINDS) == set(PARTY_KINDS)
