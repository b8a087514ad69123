"""When a message may go out, when it is tried again, and when it is given up. Pure."""

from datetime import datetime, time, timedelta

from motcua.kernel.time import ZONE, local

EMAIL, SMS, ACCOUNT = "email", "sms", "account"
CHANNELS = (EMAIL, SMS, ACCOUNT)
LEAVES_THE_HOUSE = (EMAIL, SMS)

# Nobody is woken: by the wall clock of the house.
QUIET_FROM, QUIET_UNTIL = 21, 7
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
# An outage delays; what could not go out within a day is no news any more, and somebody telephones.
GIVEN_UP_AFTER = timedelta(hours=24)
# How long it is asked whether a telephone got what the gateway took.
ASKED_FOR_LONG = timedelta(hours=24)
# How long texts and addresses of messages are kept: as long as somebody may still ask what they were told. A rule of
# the house (docs/law.md): the log of what was sent when stays.
KEPT_FOR = timedelta(days=180)


def is_quiet(at: datetime) -> bool:
    """Whether `at` is in the hours in which only what was just asked for goes out."""
    hour = local(at).hour
    return hour >= QUIET_FROM or hour < QUIET_UNTIL


def quiet_until(at: datetime) -> datetime:
    """When the quiet hours that `at` lies in are over."""
    here = local(at)
    day = here.date() + timedelta(days=here.hour >= QUIET_FROM)
    return datetime.combine(day, time(QUIET_UNTIL), ZONE)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: a minute, then twice as long each time, an hour at most."""
    doublings: int = min(max(attempts - 1, 0), 10)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def tried_again_at(*, made_at: datetime, attempts: int, at: datetime) -> datetime | None:
    """When a message that could not go out at `at` is tried again; None once it is given up."""
    return None if at - made_at >= GIVEN_UP_AFTER else at + pause_after(attempts)


def asked_again_at(*, sent_at: datetime, attempts: int, at: datetime) -> datetime | None:
    """When the gateway is asked next whether a message arrived; None once it is left at that."""
    return None if at - sent_at >= ASKED_FOR_LONG else at + pause_after(attempts)
