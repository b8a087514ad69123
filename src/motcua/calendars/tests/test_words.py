"""Moments in words."""

from datetime import datetime

from motcua.calendars.words import said_end
from motcua.kernel.time import ZONE


def test_what_lasts_until_midnight_lasts_until_the_end_of_the_day_before() -> None:
    ends = said_end(datetime(2026, 11, 28, tzinfo=ZONE))
    assert (ends.vi, ends.en) == ("hết thứ Sáu 27/11/2026", "the end of Friday 27 November 2026")
    assert said_end(datetime(2026, 11, 27, 17, tzinfo=ZONE)).vi == "17:00, thứ Sáu 27/11/2026"
