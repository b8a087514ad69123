"""Between agencies: received for another, handed on for want of competence, accepted, declined, silent, told."""

import itertools
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from motcua.dossiers import moved, policy, projector as dossiers
from motcua.dossiers.record import as_row
from motcua.dossiers.states import State
from motcua.dossiers.untold import untold
from motcua.flows import progress, transfers
from motcua.flows.reception import receive, submit
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.ledger.selectors import history
from motcua.processes import projector as processes
from motcua.reactions.transfers import end_the_silent
from tests.support.acts import act, moment, open_day
from tests.support.lives import everything, plain, row_of
from tests.support.ruled import ruled
from tests.support.statements import statements
from tests.support.told import owed
from tests.support.world import COMMUNE, DEPARTMENT, OTHER_COMMUNE, intake, viewer

pytestmark = pytest.mark.django_db
AWAY, MINISTRY = "tiepnhan1.mauhai", "G99.10"


def received_for_the_neighbour(day: int = 24, hour: int = 9) -> str:
    return str(
        act("tiepnhan1", moment(day, hour), receive, intake=intake(competent=OTHER_COMMUNE)).row["code"]
    )


def running(day: int = 24, hour: int = 9) -> str:
    return str(act("tiepnhan1", moment(day, hour), receive, intake=intake()).row["code"])


def sent(code: str, at: Any, who: str = "tiepnhan1", to: str = OTHER_COMMUNE, **more: Any) -> Any:
    return act(who, at, transfers.transfer, code=code, to=to, **{"reason": "Không thuộc thẩm quyền.", **more})


def holdings(code: str) -> list[tuple[str, str, Any, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT h.holder_kind, h.agency, h.since, h.until FROM dossiers_holding h JOIN dossiers_dossier d"
            " ON d.id = h.dossier WHERE d.code = %s ORDER BY h.seq",
            [code],
        )
        return cursor.fetchall()


def stays(code: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.* FROM processes_runningstep s JOIN dossiers_dossier d ON d.id = s.dossier"
            " WHERE d.code = %s ORDER BY s.seq",
            [code],
        )
        names = [c.name for c in cursor.description]
        return [as_row(names, values) for values in cursor.fetchall()]


def transferred(dossier: Any) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM dossiers_transfer WHERE dossier = %s ORDER BY seq", [dossier])
        names = [c.name for c in cursor.description]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def assert_replayed(code: str) -> None:
    """Row, holdings and stays are what the events make of them; the holdings partition the time."""
    row = plain(code)
    events = history(row["id"])
    rebuilt = dossiers.replay(events)
    assert rebuilt["dossiers_dossier"] == [row]
    kept = rebuilt["dossiers_holding"]
    assert [(h["holder_kind"], h["agency"], h["since"], h["until"]) for h in kept] == holdings(code)
    assert all(before["until"] == after["since"] for before, after in itertools.pairwise(kept))
    assert rebuilt["dossiers_transfer"] == transferred(row["id"])
    walked = processes.replay(events)["processes_runningstep"]
    written = stays(code)
    assert [(s["seq"], s["agency"], s["due_at"], s["ended_at"], s["outcome"]) for s in walked] == [
        (s["seq"], s["agency"], s["due_at"], s["ended_at"], s["outcome"]) for s in written
    ]
    assert sum(s["ended_at"] is None for s in walked) == (1 if row["step"] else 0)


def test_received_for_another_agency_the_limit_starts_when_that_one_accepts():
    """ND 118/2025 art. 17(3)."""
    code = received_for_the_neighbour()
    row = plain(code)
    assert (row["state"], row["national"], row["clock_from"], row["due_at"]) == (
        State.RECEIVED,
        2,
        None,
        None,
    )
    assert (row["holder_kind"], row["holder_agency"], row["step"]) == ("desk", COMMUNE, None)
    # 8 working hours to accept (Tuesday 09:00), then the limit of 3 working days
    assert row["expected_at"] == moment(28, 17)

    row = sent(code, moment(24, 10), reason="").row
    assert (row["state"], row["national"], row["competent_agency"]) == (State.TRANSFERRED, 2, OTHER_COMMUNE)
    assert (row["holder_kind"], row["holder_agency"]) == ("desk", OTHER_COMMUNE)

    row = act(AWAY, moment(24, 14), transfers.accept, code=code).row
    assert (row["state"], row["received_at"], row["clock_from"]) == (
        "received",
        moment(24, 9),
        moment(24, 14),
    )
    assert row["due_at"] == moment(27, 17) == row["limit_due_at"]
    assert (row["queue"], row["holder_kind"]) == (f"{OTHER_COMMUNE}/justice_officer", "position")
    assert [word.about for word in untold(row["to_tell"])] == ["due_date"]

    act("tuphap1.mauhai", moment(24, 15), progress.start, code=code)
    row = act("tiepnhan1", moment(24, 16), transfers.tell, code=code, words=owed(code), way="phone").row
    assert row["to_tell"] is None
    assert [kind for kind, *_ in holdings(code)] == ["desk", "desk", "position", "position"]
    assert_replayed(code)


def test_handed_on_the_giver_is_charged_the_pause_and_the_clock_goes_on():
    code = running()
    act("tuphap1", moment(24, 10), progress.start, code=code)
    row = sent(code, moment(25, 10), "chutich").row
    assert (row["state"], row["national"], row["due_at"]) == (State.TRANSFERRED, 4, None)
    assert row["pauses"] == [
        {
            "from": "2026-08-25T03:00:00.000000Z",
            "to": None,
            "kind": "transfer",
            "ground": "",
            "charged_to": COMMUNE,
        }
    ]
    row = act(AWAY, moment(26, 9), transfers.accept, code=code).row
    assert (row["state"], row["competent_agency"], row["elsewhere"]) == (
        "received",
        OTHER_COMMUNE,
        OTHER_COMMUNE,
    )
    assert row["clock_from"] == moment(24, 9)
    assert row["due_at"] == moment(28, 17)  # 3 working days from Monday, and one in transfer
    assert row["earlier"][0]["agency"] == COMMUNE
    assert (row["proposal"], row["approval"], row["step"]) == (None, None, row["step"])
    assert [(s["agency"], s["outcome"]) for s in stays(code)] == [
        (COMMUNE, "transferred"),
        (OTHER_COMMUNE, ""),
    ]
    assert_replayed(code)
    for login in ("tuphap1.mauhai", "tuphap1"):
        assert policy.sees(viewer(login), row)


ROWS = {"examine": "specialist", "approve": "director", "seal": "clerk"}


@pytest.mark.parametrize("level", ["province", "ministry"])
def test_up_to_a_province_or_a_ministry_and_down_again(level):
    """A commune's dossier goes up, is begun there, and comes down; each level under its own process, one clock."""
    agency, town = {"province": (DEPARTMENT, "soxaydung"), "ministry": (MINISTRY, "cucmau")}[level]
    ruled({code: {"positions": [kind]} for code, kind in ROWS.items()}, agency=agency)
    code = running()
    act("tuphap1", moment(24, 10), progress.start, code=code)
    sent(code, moment(24, 11), "chutich", to=agency)
    row = act(f"tiepnhan.{town}", moment(24, 14), transfers.accept, code=code).row
    assert (row["competent_agency"], row["queue"]) == (agency, f"{agency}/specialists")
    worker = {"province": "chuyenvien1.soxaydung", "ministry": "chuyenvien.cucmau"}[level]
    act(worker, moment(24, 15), progress.start, code=code)

    sent(
        code,
        moment(24, 16),
        {"province": "giamdoc.soxaydung", "ministry": "cuctruong.cucmau"}[level],
        COMMUNE,
    )
    row = act("tiepnhan1", moment(25, 9), transfers.accept, code=code).row
    assert (row["competent_agency"], row["clock_from"]) == (COMMUNE, moment(24, 9))
    assert [pause["charged_to"] for pause in row["pauses"]] == [COMMUNE, agency]
    assert [(stay["agency"], stay["outcome"]) for stay in stays(code)] == [
        (COMMUNE, "transferred"),
        (agency, "transferred"),
        (COMMUNE, ""),
    ]
    assert_replayed(code)


def test_papers_by_manifest_are_the_givers_until_they_arrive():
    code = running()
    row = sent(code, moment(24, 15), way="manifest", manifest="BG-07").row
    assert (row["holder_agency"], row["step_due_at"]) == (COMMUNE, None)
    assert end_the_silent(clock=lambda: moment(25, 9), origin="simulated") == 0
    assert row_of(code)["state"] == State.TRANSFERRED
    row = act(AWAY, moment(25, 9), transfers.note_arrival, code=code).row
    assert (row["holder_agency"], row["step_due_at"]) == (OTHER_COMMUNE, moment(26, 9))
    before = everything(code)
    with pytest.raises(NotAllowedNow, match="đã đến"):
        act(AWAY, moment(25, 10), transfers.note_arrival, code=code)
    assert everything(code) == before
    assert [(agency, until) for _, agency, _, until in holdings(code)] == [
        (COMMUNE, moment(24, 15)),
        (COMMUNE, moment(25, 9)),
        (OTHER_COMMUNE, None),
    ]
    assert_replayed(code)


def test_a_decline_puts_everything_back_where_it_was():
    code = running()
    act("tuphap1", moment(24, 10), progress.start, code=code)
    left = plain(code)
    sent(code, moment(24, 14))
    row = act(AWAY, moment(25, 8), transfers.decline, code=code, reason="Vẫn thuộc thẩm quyền xã Mẫu.").row
    same = (
        "state",
        "competent_agency",
        "elsewhere",
        "gave",
        "holder_account",
        "queue",
        "step",
        "step_kinds",
        "earlier",
    )
    assert {name: row[name] for name in same} == {name: left[name] for name in same}
    assert row["due_at"] == moment(28, 17)
    assert row["pauses"][0]["to"] is not None
    assert_replayed(code)
    act("tuphap1", moment(25, 9), progress.step, code=code, outcome="granted")


def test_silence_for_eight_working_hours_is_acceptance_however_late_the_worker_comes():
    code, declined = running(), running()
    sent(code, moment(24, 14))
    sent(declined, moment(24, 14))
    act(AWAY, moment(25, 13, 59), transfers.decline, code=declined, reason="Không phải.")
    assert end_the_silent(clock=lambda: moment(25, 13, 59), origin="simulated") == 0
    assert end_the_silent(clock=lambda: moment(27, 8), origin="simulated") == 1
    row = plain(code)
    assert (row["state"], row["competent_agency"]) == (State.RECEIVED, OTHER_COMMUNE)
    assert row["holder_since"] == moment(25, 14)
    assert history(row["id"])[-1].data["silent"] is True
    assert end_the_silent(clock=lambda: moment(28, 8), origin="simulated") == 0
    assert_replayed(code)


def test_after_the_eight_hours_nobody_declines_and_whoever_accepts_is_late():
    code = running()
    sent(code, moment(24, 14))
    before = everything(code)
    with pytest.raises(NotAllowedNow, match="8 giờ làm việc"):
        act(AWAY, moment(26, 9), transfers.decline, code=code, reason="Muộn.")
    assert everything(code) == before
    row = act(AWAY, moment(26, 9), transfers.accept, code=code).row
    assert row["holder_since"] == moment(25, 14)


def test_a_submitted_dossier_is_handed_on_and_received_where_it_belongs():
    code = str(act("tiepnhan1", moment(24, 9), submit, intake=intake()).row["code"])
    row = sent(code, moment(24, 10)).row
    assert (row["national"], row["answer_due_at"]) == (1, None)
    act(AWAY, moment(24, 11), transfers.decline, code=code, reason="Không phải.")
    assert plain(code)["answer_due_at"] == moment(25, 11)
    sent(code, moment(24, 14))
    row = act(AWAY, moment(24, 15), transfers.accept, code=code).row
    assert (row["state"], row["received_at"], row["due_at"]) == ("received", moment(24, 15), moment(27, 17))
    assert_replayed(code)


def test_withdrawn_on_the_way():
    code = running()
    sent(code, moment(24, 14))
    row = act("tiepnhan1", moment(24, 15), progress.withdraw, code=code, shown_by="signed_paper").row
    assert (row["state"], row["transfer"], row["elsewhere"]) == (State.WITHDRAWN, None, "")
    assert_replayed(code)


def test_handed_on_twice_all_three_read_it_and_it_can_come_back():
    """From the desk to the next commune and back again: the first agency is the competent one again."""
    code = running()
    sent(code, moment(24, 10))
    act(AWAY, moment(24, 11), transfers.accept, code=code)
    row = sent(code, moment(24, 14), AWAY, COMMUNE).row
    assert (row["gave"], row["elsewhere"]) == (OTHER_COMMUNE, "")
    row = act("tiepnhan1", moment(24, 15), transfers.accept, code=code).row
    assert (row["competent_agency"], row["elsewhere"], row["gave"]) == (COMMUNE, "", OTHER_COMMUNE)
    assert [left["agency"] for left in row["earlier"]] == [COMMUNE, OTHER_COMMUNE]
    assert policy.sees(viewer("tuphap1.mauhai"), row)
    assert_replayed(code)


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ({"to": "H99.09.09"}, "to"),
        ({"to": COMMUNE}, "to"),
        ({"to": "H99"}, "to"),
        ({"way": "pigeon"}, "way"),
        ({"reason": " "}, "reason"),
    ],
)
def test_what_cannot_be_sent_says_where(arguments, field):
    code = running()
    before = everything(code)
    with pytest.raises(Invalid) as refusal:
        sent(code, moment(24, 10), **arguments)
    assert refusal.value.field == field
    assert everything(code) == before


def test_who_may():
    """The holder's desk, or its leaders for want of competence; the receiving desk; the desk it came in at."""
    mine, theirs = running(), received_for_the_neighbour()
    for login in ("tuphap1", "vanthu", "truongquay", AWAY, "chutich.mauhai"):
        with pytest.raises(Denied):
            sent(mine, moment(24, 10), login)
    for login in ("chutich", AWAY):  # a leader hands on, but does not receive for others
        with pytest.raises(Denied):
            sent(theirs, moment(24, 10), login)
    sent(mine, moment(24, 10))
    for login in ("tiepnhan1", "chutich", "tuphap1.mauhai", "chutich.mauhai"):
        for flow, more in (
            (transfers.accept, {}),
            (transfers.decline, {"reason": "x"}),
            (transfers.note_arrival, {}),
        ):
            with pytest.raises(Denied):
                act(login, moment(24, 11), flow, code=mine, **more)
    act(AWAY, moment(24, 12), transfers.accept, code=mine)
    for login in (AWAY, "chutich", "truongquay"):
        with pytest.raises(Denied):
            act(login, moment(24, 13), transfers.tell, code=mine, words=owed(mine), way="phone")
    told = {"code": mine, "words": owed(mine), "way": "sms"}
    act("tiepnhan2", moment(24, 13), transfers.tell, **told)
    with pytest.raises(NotAllowedNow):
        act("tiepnhan2", moment(24, 14), transfers.tell, **told)


def test_each_only_once_and_in_its_time():
    code = running()
    for flow, more in ((transfers.accept, {}), (transfers.decline, {"reason": "x"})):
        with pytest.raises((Denied, NotAllowedNow)):
            act(AWAY, moment(24, 10), flow, code=code, **more)
    sent(code, moment(24, 10))
    with pytest.raises((Denied, NotAllowedNow)):
        sent(code, moment(24, 10, 1))
    act(AWAY, moment(24, 11), transfers.accept, code=code)
    with pytest.raises((Denied, NotAllowedNow)):
        act(AWAY, moment(24, 11, 1), transfers.accept, code=code)
    act("chutich", moment(24, 9, 0) + timedelta(hours=3), progress.notify_delay, code=running(24, 8),
        apology_date=open_day(moment(28, 9).date()), reason="Chậm.")  # fmt: skip


def test_before_acceptance_there_is_nothing_to_extend_nor_to_be_sorry_for():
    code = received_for_the_neighbour()
    for flow, more in (
        (progress.extend, {"ground": "verification", "value": "2", "reason": "x"}),
        (progress.notify_delay, {"apology_date": open_day(moment(28, 9).date()), "reason": "x"}),
    ):
        with pytest.raises(NotAllowedNow, match="chưa bắt đầu"):
            act("chutich.mauhai", moment(24, 10), flow, code=code, **more)


def test_the_lists_of_a_desk():
    away, home = viewer(AWAY), viewer("tiepnhan1")
    code, other = running(), received_for_the_neighbour()
    sent(code, moment(24, 10), way="manifest", manifest="BG-07")
    sent(other, moment(24, 10))
    with statements(most=1):
        waiting = moved.moved("waiting", viewer=away).lines
    assert [(line.code, line.answer_by is None) for line in waiting] == [(code, True), (other, False)]
    assert [line.code for line in moved.moved("sent", viewer=home).lines] == [code, other]
    assert moved.moved("sent", viewer=away).lines == moved.moved("waiting", viewer=home).lines == ()
    act(AWAY, moment(24, 11), transfers.accept, code=other)
    assert [line.code for line in moved.moved("to_tell", viewer=home).lines] == [other]
    with pytest.raises(Denied):
        moved.moved("waiting", viewer=viewer("tuphap1"))
