"""Mail server and gateway, programs of their own, are killed one by one and together, and come back: nothing is lost,
nothing comes twice, and the desk telephones those whom no message reached, and no one else."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from motcua.flows import transfers
from tests.support.acts import act
from tests.support.outlet_processes import Running, outlet_processes
from tests.support.told import (
    MINUTE,
    MORNING,
    in_supplement,
    listed,
    messages,
    nothing_is_news,
    owed,
    tried,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def past() -> None:
    nothing_is_news()


@pytest.fixture
def out() -> Iterator[tuple[Running, Running]]:
    with outlet_processes() as both:
        yield both


def went(code: str) -> dict[tuple[str, str], str]:
    """How the messages of a dossier stand that leave the house."""
    return {(about, channel): state for about, channel, state in messages(code) if channel != "account"}


def test_killed_one_by_one_and_together_and_back(out):
    mail, sms = out
    codes = [in_supplement()]
    tried(MORNING + 4 * MINUTE)
    mail.kill()
    codes.append(in_supplement())
    tried(MORNING + 2 * HOUR)
    assert went(codes[1]) == {
        ("received", "email"): "queued",
        ("received", "sms"): "sent",
        ("papers", "email"): "queued",
        ("papers", "sms"): "sent",
    }
    sms.kill()
    codes.append(in_supplement())
    tried(MORNING + 4 * HOUR, 2)
    assert set(went(codes[2]).values()) == {"queued"}
    assert listed() == [], "an outage delays, and nobody telephones yet"
    mail.start()
    tried(MORNING + 7 * HOUR, 2)
    mail.kill()
    sms.start()
    tried(MORNING + 9 * HOUR, 2)
    mail.start()
    tried(MORNING + 11 * HOUR, 2)
    for outlet in (mail, sms):
        names = [row[0] for row in outlet.came_in]
        assert len(names) == len(set(names)) == 2 * len(codes)
    for code in codes:
        assert {channel: state for (_, channel), state in went(code).items()} == {
            "email": "sent",
            "sms": "delivered",
        }
    assert listed() == []


def test_what_could_not_go_for_a_day_is_telephoned_and_never_comes_late(out):
    mail, sms = out
    told = in_supplement()
    tried(MORNING + 4 * MINUTE)
    mail.kill()
    sms.kill()
    untold = in_supplement()
    only_mail = in_supplement(phone="")
    tried(MORNING + 4 * HOUR)
    mail.start()
    tried(MORNING + 11 * HOUR)
    mail.kill()
    tried(MORNING + 30 * HOUR, 3)
    assert set(went(only_mail).values()) == {"sent"}
    assert went(untold)[("papers", "sms")] == "failed"
    assert listed() == [], "the e-mail told it"
    lost = in_supplement()
    tried(MORNING + 50 * HOUR, 3)
    assert set(went(lost).values()) == {"failed"}
    assert listed() == [(lost, "papers")]
    mail.start()
    sms.start()
    tried(MORNING + 52 * HOUR, 2)
    assert not [row for outlet in (mail, sms) for row in outlet.came_in if lost in "".join(row)]
    assert listed() == [(lost, "papers")]
    act("tiepnhan1", MORNING + 53 * HOUR, transfers.tell, code=lost, words=owed(lost), way="phone")
    assert listed() == []
    assert set(went(told).values()) == {"sent"}, "they took it; whether it arrived could not be asked in time"
