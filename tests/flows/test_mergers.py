"""Agencies are merged: two people say so, the successor takes over all that runs, and nothing else changes."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection

from motcua.agencies import mergers as merged
from motcua.agencies.models import Agency, Merger
from motcua.agencies.operations import confirm_merger, drop_merger, propose_merger
from motcua.cli import ledger
from motcua.dossiers import projector
from motcua.dossiers.policy import Refused
from motcua.dossiers.register import register
from motcua.dossiers.selectors import dossier, dossiers, find_row
from motcua.dossiers.states import Act, State
from motcua.dossiers.worklist import inbox
from motcua.flows import consultations, mergers, progress, results
from motcua.flows.reception import receive
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from motcua.kernel.time import parse_utc
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import history
from motcua.processes import projector as processes
from motcua.reactions import mergers as duty
from motcua.reactions.transfers import end_the_silent
from motcua.web.counter.receipt import receipt_facts, tracking_url
from tests.flows.test_branches import branched
from tests.flows.test_transfers import received_for_the_neighbour, running, sent, transferred
from tests.support.acts import act, moment
from tests.support.lives import PLACES, RESULT, brought_to, opened, plain
from tests.support.opinions import under_way, with_ground
from tests.support.ruled import ruled
from tests.support.world import COMMUNE, OTHER_COMMUNE, actor, intake, viewer

pytestmark = pytest.mark.django_db
DAY = date(2026, 8, 25)
BEFORE, AFTER = moment(24, 16), moment(25, 7, 30)
# What a merger leaves as it was.
STAYS = (
    "code", "procedure_version", "process_version", "variant", "received_at", "clock_from", "pauses", "extensions",
    "due_at", "limit_due_at", "due_on", "step", "step_kinds", "step_due_at", "answer_due_at", "state",
    "tracking_version", "token_digest", "fees", "parties", "proposal", "approval", "limit_value", "promise_value",
    "calendar_edition",
)  # fmt: skip


def do(login, operation, at=BEFORE, **arguments):
    who = actor(login, at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        return operation(actor=who, at=at, **arguments)


def proposed(predecessor=COMMUNE, successor=OTHER_COMMUNE, at=BEFORE, day=DAY):
    told = {"takes_effect": day, "basis": "1656/NQ-UBTVQH15"}
    return do("quantritinh", propose_merger, at, predecessor=predecessor, successor=successor, **told)


def merge(predecessor=COMMUNE, successor=OTHER_COMMUNE, at=BEFORE, day=DAY):
    line = merged.merger(proposed(predecessor, successor, at, day), viewer=viewer("thanhtra"))
    do("thanhtra", mergers.confirm, at, merger=line)
    return line


def all_places():
    return {place: brought_to(place)[0] for place in PLACES}


def take_over(at=AFTER):
    return duty.pass_merged_on(clock=lambda: at, origin="simulated")


def assert_replays(code):
    row, events = plain(code), history(plain(code)["id"])
    rebuilt = projector.replay(events)
    assert rebuilt["dossiers_dossier"] == [row]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency, account, since, until FROM dossiers_holding WHERE dossier = %s ORDER BY seq",
            [row["id"]],
        )
        held = [(h["agency"], h["account"], h["since"], h["until"]) for h in rebuilt["dossiers_holding"]]
        assert cursor.fetchall() == held
        cursor.execute(
            "SELECT seq, agency, account, due_at, ended_at FROM processes_runningstep WHERE dossier = %s"
            " ORDER BY seq, number",
            [row["id"]],
        )
        stays = processes.replay(events)["processes_runningstep"]
        stays.sort(key=lambda s: (s["seq"], s["number"]))
        wanted = [(s["seq"], s["agency"], s["account"], s["due_at"], s["ended_at"]) for s in stays]
        assert cursor.fetchall() == wanted


def test_all_that_runs_goes_over_by_one_event_each_and_nothing_else_moves():
    codes = all_places()
    before = {code: plain(code) for code in codes.values()}
    merge()
    assert take_over(BEFORE) == 0
    running = [code for code in codes.values() if before[code]["ended_at"] is None]
    owing = [code for code in codes.values() if before[code]["papers_owed"]]
    assert take_over() == len({*running, *owing})
    for code in running:
        row = plain(code)
        assert {name: row[name] for name in STAYS} == {name: before[code][name] for name in STAYS}
        assert row["head_seq"] == before[code]["head_seq"] + 1
        named = [
            row["desk_agency"],
            row["competent_agency"],
            row["holder_agency"],
            row["elsewhere"],
            row["gave"],
        ]
        assert COMMUNE not in named
        assert COMMUNE not in str(
            [row[name] for name in ("queue", "supplement", "payment", "transfer", "pending")]
        )
        assert row["numbered_by"] == COMMUNE
        assert row["holder_kind"] == before[code]["holder_kind"]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM dossiers_holding WHERE dossier = %s AND until IS NULL", [row["id"]]
            )
            assert cursor.fetchone() == (1,)
        assert_replays(code)
    assert plain(codes[State.RETURNED]) == before[codes[State.RETURNED]]
    assert take_over(AFTER + timedelta(hours=1)) == 0
    assert ledger.check() == 0


def test_from_its_day_on_the_predecessor_s_people_see_nothing_and_the_successor_s_all():
    codes = all_places()
    merge()
    take_over()
    late = moment(24, 23, 59)
    assert viewer("tuphap1", at=late).capacities
    gone = viewer("tuphap1", at=AFTER)
    assert not gone.capacities
    assert not gone.scope
    with pytest.raises(NotFound):
        find_row(codes[State.IN_PROCESS], viewer=gone)
    chair = viewer("chutich.mauhai", at=AFTER)
    assert {line.code for line in dossiers(viewer=chair, at=AFTER).lines} >= set(codes.values())
    there = viewer("tuphap1.mauhai", at=AFTER)
    assert codes[State.RECEIVED] in {one.line.code for one in inbox(viewer=there, at=AFTER).lines}
    told = {"first": date(2026, 8, 24), "last": date(2026, 8, 24), "viewer": chair}
    books = {desk: register(agency=desk, **told).entries for desk in (COMMUNE, OTHER_COMMUNE)}
    listed = {entry.code for entries in books.values() for entry in entries}
    assert listed == {code for place, code in codes.items() if plain(code)["received_at"]}
    assert all(books.values())


def test_work_goes_on_to_the_end_there_under_the_same_code():
    code = opened(moment(24, 9))
    before = receipt_facts(code, viewer=viewer("tiepnhan1"))
    link = tracking_url(plain(code))
    merge()
    take_over()
    at = AFTER
    act("tuphap1.mauhai", at, progress.start, code=code)
    act("tuphap1.mauhai", at, progress.step, code=code, outcome="granted")
    act("chutich.mauhai", at, progress.step, code=code, outcome="granted")
    clerk = viewer("vanthu.mauhai", at=at)
    seal = clerk.actor(next(c for c in clerk.capacities if c.kind == "clerk"))
    with unit_of_work(actor=seal, at=at, request=Request.fresh(), origin="simulated"):
        progress.decide(code=code, papers=[RESULT], actor=seal, at=at)
    done = act("tiepnhan1.mauhai", at, results.make_available, code=code, shelf="A1")
    assert (done.row["code"], done.row["state"], done.row["desk_agency"]) == (code, "decided", OTHER_COMMUNE)
    after = receipt_facts(code, viewer=viewer("tiepnhan1.mauhai", at=at))
    assert (after.due_at, after.pin, after.officer) == (before.due_at, before.pin, before.officer)
    assert tracking_url(plain(code)) == link
    shown = dossier(code, viewer=viewer("chutich.mauhai", at=at))
    assert any("tiếp nhận từ" in entry.sentence.vi for entry in shown.entries)
    assert_replays(code)


def test_what_waits_for_the_applicant_comes_back_to_the_successor_s_seat():
    code, _ = brought_to(State.SUPPLEMENT_REQUESTED)
    merge()
    take_over()
    act("tiepnhan1.mauhai", AFTER, progress.supply, code=code, items=["1"])
    row = plain(code)
    assert (row["holder_agency"], row["state"]) == (OTHER_COMMUNE, "in_process")
    assert row["queue"].startswith(f"{OTHER_COMMUNE}/")


def test_what_goes_by_a_rule_goes_by_it_there():
    ruled({"examine": {"assignment": "load", "positions": ["justice_officer", "clerk"]}})
    codes = [opened(moment(24, 9, n)) for n in range(2)]
    merge()
    take_over()
    assert len({plain(code)["holder_account"] for code in codes}) == 2, "one each, by who has least"
    assert [one["rule"] for one in history(plain(codes[0])["id"])[-1].data["given"]] == ["load"]


def test_numbers_go_on_in_the_successor_s_series_and_the_predecessor_s_ends():
    opened(moment(24, 9))
    merge()
    take_over()
    with pytest.raises((Denied, NotAllowedNow)):
        act("tiepnhan1", AFTER, receive, intake=intake())
    code = act("tiepnhan1.mauhai", AFTER, receive, intake=intake(agency=OTHER_COMMUNE)).row["code"]
    assert code.startswith(f"{OTHER_COMMUNE}-260825-0001")
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(day) FROM dossiers_number WHERE agency = %s", [COMMUNE])
        assert cursor.fetchone() == (date(2026, 8, 24),)
    assert ledger.check() == 0


def test_killed_on_the_way_it_goes_on_where_it_stopped(monkeypatch):
    codes = [opened(moment(24, 9, n)) for n in range(5)]
    merge()
    whole, passed = duty.pass_on, []

    def dies(**told):
        if len(passed) == 2:
            raise KeyboardInterrupt
        passed.append(told["dossier"])
        return whole(**told)

    monkeypatch.setattr(duty, "pass_on", dies)
    with pytest.raises(KeyboardInterrupt):
        take_over()
    monkeypatch.setattr(duty, "pass_on", whole)
    assert sum(plain(code)["desk_agency"] == OTHER_COMMUNE for code in codes) == 2
    assert take_over(AFTER + timedelta(minutes=1)) == 3
    assert all(plain(code)["head_seq"] == 2 for code in codes)


def test_two_people_of_the_agency_above_say_so():
    merger = proposed()
    line = merged.merger(merger, viewer=viewer("thanhtra"))
    for login in ("quantritinh", "chutich", "kythuat", "danhmuctinh"):
        with pytest.raises(Denied):
            do(login, mergers.confirm, merger=line)
    assert Merger.objects.get(id=merger).answered_at is None
    with pytest.raises(NotAllowedNow):
        proposed()
    do("quantritinh", drop_merger, merger=merger)
    with pytest.raises(NotAllowedNow):
        do("thanhtra", mergers.confirm, merger=line)
    merge()
    with pytest.raises(NotAllowedNow):
        proposed(OTHER_COMMUNE, COMMUNE)


@pytest.mark.parametrize(
    ("login", "more", "error"),
    [
        ("kythuat", {}, Denied),
        ("thanhtra", {}, Denied),
        ("quantritinh", {"successor": COMMUNE}, Invalid),
        ("quantritinh", {"successor": "H99.77"}, NotFound),
        ("quantritinh", {"takes_effect": date(2026, 8, 23)}, Invalid),
        ("quantritinh", {"basis": "theo lời ông Thắng"}, Invalid),
        ("quantritinh", {"predecessor": "H99"}, Denied),
    ],
)
def test_what_cannot_be_proposed(login, more, error):
    told = {"predecessor": COMMUNE, "successor": OTHER_COMMUNE, "takes_effect": DAY, "basis": "12/NQ"}
    with pytest.raises(error):
        do(login, propose_merger, **{**told, **more})
    assert not Merger.objects.exists()


def test_it_waits_until_the_successor_has_somebody_for_what_runs():
    place, _ = brought_to(State.IN_PROCESS)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE dossiers_dossier SET step_kinds = '[\"economic_section\"]' WHERE code = %s", [place]
        )
    line = merged.merger(proposed(), viewer=viewer("thanhtra"))
    assert mergers.foresee(line, at=BEFORE).missing == ("economic_section",)
    with pytest.raises(NotAllowedNow, match="economic_section"):
        do("thanhtra", mergers.confirm, merger=line)
    assert Agency.objects.get(code=COMMUNE).succeeded_by is None


def test_who_is_asked_to_confirm_something_is_asked_in_the_successor():
    code, _ = brought_to(State.DECIDED)
    from motcua.flows import mends  # noqa: PLC0415

    told = {"to": "examine", "fault": "office", "reason": "Sai ngày sinh."}
    seq = act("tuphap1", moment(24, 15), mends.reopen_for_correction, code=code, **told).meta.seq
    merge()
    take_over()
    act("chutich.mauhai", AFTER, mends.confirm, code=code, seq=seq)
    assert plain(code)["holder_agency"] == OTHER_COMMUNE
    assert not isinstance(dossier(code, viewer=viewer("tuphap1.mauhai", at=AFTER)).acts[Act.STEP], Refused)


@pytest.mark.slow
def test_two_communes_with_four_hundred_running_dossiers():
    codes = [opened(moment(24, 8) + timedelta(seconds=n), name=f"Người Số {n}") for n in range(400)]
    for n, code in enumerate(codes):
        at = moment(24, 10) + timedelta(seconds=n)
        if n % 4 > 0:
            act("tuphap1", at, progress.start, code=code)
        if n % 4 > 1:
            act("tuphap1", at, progress.step, code=code, outcome="granted")
        if n % 4 > 2:
            act("chutich", at, progress.step, code=code, outcome="granted")
    before = {code: plain(code) for code in codes}
    merge()
    assert take_over() == 400
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT desk_agency, competent_agency, holder_agency, count(*) FROM dossiers_dossier GROUP BY 1, 2, 3"
        )
        assert cursor.fetchall() == [(OTHER_COMMUNE, OTHER_COMMUNE, OTHER_COMMUNE, 400)]
        cursor.execute("SELECT type, count(*) FROM ledger_event WHERE type = 'dossier_passed_on' GROUP BY 1")
        assert cursor.fetchall() == [("dossier_passed_on", 400)]
    for code in codes:
        after = plain(code)
        assert {name: after[name] for name in STAYS} == {name: before[code][name] for name in STAYS}
        assert_replays(code)
    assert ledger.check() == 0
    assert take_over(AFTER + timedelta(hours=1)) == 0


@pytest.mark.parametrize("more", [{}, {"way": "manifest", "manifest": "X-1"}], ids=["at_once", "on_paper"])
def test_a_transfer_between_the_two_that_are_merged_is_over(more):
    codes = [running(), received_for_the_neighbour()]
    act("tuphap1", moment(24, 10), progress.start, code=codes[0])
    for code in codes:
        sent(code, moment(24, 15), **more)
    told = {"origin": "simulated"}
    assert end_the_silent(clock=lambda: BEFORE, **told) == 0
    merge()
    assert take_over() == 2
    at = AFTER + timedelta(minutes=1)
    assert end_the_silent(clock=lambda: at, **told) == 2
    for code in codes:
        row = plain(code)
        assert (row["state"], row["transfer"], row["paused"]) == ("received", None, False)
        assert (row["competent_agency"], row["holder_agency"]) == (OTHER_COMMUNE, OTHER_COMMUNE)
        (one,) = transferred(row["id"])
        assert (one["answered_at"], one["outcome"]) == (at, "accepted")
        said = dossier(code, viewer=viewer("chutich.mauhai", at=at)).entries[-1].sentence.vi
        assert "đã là một cơ quan" in said
        assert_replays(code)
    assert parse_utc(plain(codes[0])["pauses"][0]["to"]) == plain(codes[1])["clock_from"] == at
    assert end_the_silent(clock=lambda: at, **told) == 0


def test_branches_beside_each_other_go_over_together():
    code = branched()
    before = plain(code)
    line = merged.merger(proposed(at=moment(25, 16), day=date(2026, 8, 27)), viewer=viewer("thanhtra"))
    do("thanhtra", confirm_merger, moment(25, 16), merger=line.id)
    take_over(moment(27, 7))
    row = plain(code)
    assert [entry["number"] for entry in row["beside"]] == [entry["number"] for entry in before["beside"]]
    assert {entry["agency"] for entry in row["beside"]} == {row["holder_agency"]} == {OTHER_COMMUNE}
    assert COMMUNE not in str(row["beside"])
    assert_replays(code)


def test_what_it_was_asked_goes_on_at_the_successor_and_what_it_has_answered_stays():
    with_ground()
    told = {"about": "Đã kết hôn ở xã chưa?", "value": "3", "unit": "working_day"}
    whom = [f"agency:{OTHER_COMMUNE}"]
    codes = [under_way(moment(24, 9, n)) for n in range(2)]
    for code, pauses in zip(codes, (True, False), strict=True):
        act("chutich", moment(24, 10), consultations.consult, code=code, whom=whom, pauses=pauses, **told)
    opinion = {"outcome": "agree", "text": "Không.", "signed": "Dương Văn Khải", "number": "15/UBND"}
    paused, answered = ([one] for one in (plain(code)["consultations"][0] for code in codes))
    given = {"code": codes[1], "consultation": UUID(answered[0]["id"])}
    act("chutich.mauhai", moment(24, 11), consultations.answer, **given, **opinion)
    before = plain(codes[0])
    merge(predecessor=OTHER_COMMUNE, successor=COMMUNE)
    assert take_over() == 1
    row = plain(codes[0])
    (one,) = row["consultations"]
    assert (one["agency"], one["due_at"], one["awaited"]) == (COMMUNE, paused[0]["due_at"], True)
    assert (row["holder_kind"], row["holder_agency"]) == ("consulted", COMMUNE)
    assert {name: row[name] for name in STAYS} == {name: before[name] for name in STAYS}
    assert plain(codes[1])["consultations"][0]["agency"] == OTHER_COMMUNE
    given = {"code": codes[0], "consultation": UUID(one["id"])}
    act("phochutich", AFTER, consultations.answer, **given, **opinion)
    assert (plain(codes[0])["holder_kind"], plain(codes[0])["paused"]) == ("position", False)
    assert_replays(codes[0])


def test_who_has_it_again_after_an_opinion_is_of_the_successor_too():
    with_ground()
    code = under_way()
    told = {"about": "Đã kết hôn ở xã chưa?", "value": "3", "unit": "working_day", "pauses": True}
    act("chutich", moment(24, 10), consultations.consult, code=code, whom=["unit:economy"], **told)
    merge()
    take_over()
    row = plain(code)
    (one,) = row["consultations"]
    assert (one["agency"], one["asked_by"], one["unit"]) == (OTHER_COMMUNE, OTHER_COMMUNE, None)
    opinion = {"outcome": "agree", "text": "Không.", "signed": "Dương Văn Khải", "number": "15/UBND"}
    given = {"code": code, "consultation": UUID(one["id"])}
    act("chutich.mauhai", AFTER, consultations.answer, **given, **opinion)
    assert (plain(code)["holder_kind"], plain(code)["holder_agency"]) == ("position", OTHER_COMMUNE)
    assert_replays(code)
