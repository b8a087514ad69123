"""The clock of a dossier that went between agencies, whatever was sent, declined and accepted when."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from motcua.calendars.calendar import national_calendar
from motcua.calendars.clock import compute
from motcua.calendars.terms import Limit, Pause
from motcua.flows import transfers
from tests.flows.test_transfers import AWAY, assert_replayed, running, sent
from tests.support.acts import act, moment
from tests.support.lives import row_of
from tests.support.world import COMMUNE

pytestmark = pytest.mark.django_db


@given(
    minutes=st.lists(st.integers(0, 4_000), min_size=2, max_size=2),
    declines=st.lists(st.integers(1, 400), max_size=2),
)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_transfer_never_starts_the_clock_anew(minutes, declines):
    """Whatever is sent, declined and accepted when: the due moment is the clock's from reception, the ways cut out."""
    start = moment(24, 9)
    code, at = running(), start
    pauses = []
    for way in declines:
        at += timedelta(minutes=minutes[0] + 1)
        sent(code, at)
        back = at + timedelta(minutes=way)
        act(AWAY, back, transfers.decline, code=code, reason="Không phải.")
        pauses.append(Pause(at, back, "transfer"))
        at = back
    at += timedelta(minutes=minutes[0] + 1)
    sent(code, at)
    answer_by = row_of(code)["step_due_at"]
    accepted = at + timedelta(minutes=minutes[1])
    row = act(AWAY, accepted, transfers.accept, code=code).row
    pauses.append(Pause(at, min(accepted, answer_by), "transfer"))
    limit = Limit(3, "working_day")
    wanted = compute(start=start, limit=limit, calendar=national_calendar(), pauses=pauses).due_at
    assert (row["clock_from"], row["due_at"]) == (start, wanted)
    assert {pause["charged_to"] for pause in row["pauses"]} == {COMMUNE}
    assert_replayed(code)
