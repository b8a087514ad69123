"""What a draft would change, measured over dossiers: just the planted ones, batch by batch, and written to none."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from motcua.flows.reception import receive
from motcua.kernel.errors import Denied, Invalid
from motcua.kernel.say import Say
from motcua.kernel.time import now, parse_utc
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.processes.drafting import Origin, begin
from motcua.processes.impact import jobs, shown
from motcua.processes.models import Draft, Impact, ImpactLine
from motcua.processes.selectors import published_body
from motcua.reactions.impact import measure_on
from tests.support.acts import act, moment
from tests.support.lives import everything
from tests.support.pages import plain_static, visitor
from tests.support.situations import dossier_in
from tests.support.tables import approve, row, run, seal, table
from tests.support.world import actor, intake, viewer

pytestmark = pytest.mark.django_db
AT = moment(26, 9)
CODE = "QT-1.004873"
LIMITS = {
    "no_verification": {"unit": "working_day", "value": "4"},
    "verification": {"unit": "working_day", "value": "4"},
}


def draft_of(document: dict[str, Any]):
    who = actor("danhmuctinh", at=AT)
    with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
        return begin(document=document, origin=Origin(process=CODE, version=1), actor=who, at=AT)


def asked(draft, what=jobs.measure, *, login="danhmuctinh", at=AT):
    who = actor(login, at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        what(draft=draft, actor=who, at=at)


def measured(draft, *, at=AT):
    asked(draft, at=at)
    while measure_on(clock=lambda: at, origin="simulated"):
        pass
    return found(draft)


def found(draft):
    got = shown.of_draft(draft, viewer=viewer("danhmuctinh", at=AT))
    assert got is not None
    return got


def codes(of, group):
    return [line.code for line in shown.listed(of, group=group).lines]


def received(variant, day=24):
    return act("tiepnhan1", moment(day, 9), receive, intake=intake(variant=variant)).row["code"]


def changed(body, n, **news):
    return body | {"steps": [s | news if i == n else dict(s) for i, s in enumerate(body["steps"])]}


def test_the_planted_dossiers_change_and_no_others_and_nothing_is_written(monkeypatch):
    monkeypatch.setattr(jobs, "BATCH", 2)
    plain = [received("no_verification"), dossier_in("returned", since=moment(17, 8))["code"]]
    planted = [received("verification") for _ in range(3)]
    before = {code: everything(code) for code in (*plain, *planted)}
    body = published_body(CODE, 1)
    assert body is not None

    draft = draft_of(body)
    same = measured(draft)
    assert (same.state, same.total, same.sums.counts["seen"]) == ("done", 5, 5)
    assert same.sums.counts["running"] == 4
    assert same.sums.counts["touched"] == 0
    assert not ImpactLine.objects.exists()
    assert all(now == then for now, _, then, _ in same.sums.work.values())

    only = {"==": [{"var": "variant"}, "verification"]}
    merged = [{"variant": each["code"], "merged_with_previous": True} for each in body["variants"]]
    more = {"code": "visit", "kind": "verify", "work": {"vi": "Đi xem", "en": "Visit"}, "positions": ["clerk"],
            "when": only, "times": merged}  # fmt: skip
    steps = [*body["steps"][:2], more, *body["steps"][2:]]
    Draft.objects.update(body=body | {"steps": [s | {"order": n} for n, s in enumerate(steps, 1)]})
    told = measured(draft)
    assert told.sums.counts["rerouted"] == 3
    assert codes(told, "route:0") == codes(told, "any") == sorted(planted)
    assert told.result["routes"] == [{"before": [], "after": [["visit", ["clerk"]]]}]
    clerk = told.sums.work["clerk"]
    assert clerk[2] - clerk[0] == 3
    assert {code: everything(code) for code in before} == before


def test_dates_that_move_and_what_would_be_late_are_told_by_row():
    run(table(row("examine", time="2"), approve(), seal(), variants=LIMITS))
    code = received("no_verification")
    body = published_body(CODE)
    assert body is not None
    draft = draft_of(changed(body, 1, times=[{"variant": v, "value": "0.5", "unit": "ngày"} for v in LIMITS]))
    told = measured(draft, at=moment(24, 10))
    assert codes(told, "date:examine:earlier") == [code]
    assert not codes(told, "late:examine")
    (line,) = shown.listed(told, group="any").lines
    (old, new) = next(map(parse_utc, dates) for row, *dates in line.told["dates"] if row == "examine")
    assert codes(measured(draft, at=new + (old - new) / 2), "late:examine") == [code]
    assert not codes(measured(draft, at=old + timedelta(seconds=1)), "late:examine")
    assert line.is_running
    assert {row for row, _old, _new in line.told["dates"]} >= {"examine"}
    assert not shown.listed(told, group="any", agency="H99.01.02").lines
    assert "due" not in line.told


def test_an_opinion_that_stops_the_clock_moves_the_dossiers_own_date():
    code = received("no_verification")
    body = published_body(CODE, 1)
    assert body is not None
    asks = {"code": "tax", "whom": [{"unit": "desk"}], "about": {"vi": "Thuế", "en": "Tax"}, "pauses": True,
            "ground": "verification", "limit": {"unit": "working_day", "value": "2"}}  # fmt: skip
    told = measured(draft_of(changed(body, 1, consultations=[asks])))
    assert codes(told, "due:later") == codes(told, "asked:0") == [code]
    assert told.result["asked"][0]["sign"] == "added"


def test_it_is_stopped_goes_stale_and_is_for_who_announces_alone(monkeypatch):
    monkeypatch.setattr(jobs, "BATCH", 1)
    for _ in range(3):
        received("no_verification")
    body = published_body(CODE, 1)
    assert body is not None
    draft = draft_of(body)
    with pytest.raises(Denied):
        asked(draft, login="danhmuc")
    asked(draft)
    assert measure_on(clock=lambda: AT, origin="simulated") == 1
    assert found(draft).is_at_work
    asked(draft, what=jobs.stop)
    assert measure_on(clock=lambda: AT, origin="simulated") == 0
    stopped = found(draft)
    assert (stopped.state, stopped.sums.counts["seen"], stopped.total) == ("stopped", 1, 3)
    assert stopped.fingerprint == jobs.fingerprint(body)
    Draft.objects.update(body=changed(body, 1, positions=["clerk"]))
    assert found(draft).fingerprint != jobs.fingerprint(Draft.objects.get().body)
    Draft.objects.update(body=changed(body, 1, times=[]))
    with pytest.raises(Invalid):
        asked(draft)
    assert Impact.objects.get().id == stopped.id


def test_one_whose_table_can_t_be_read_is_put_aside_saying_why_and_the_next_goes_on():
    received("no_verification")
    body = published_body(CODE, 1)
    assert body is not None
    unreadable, next_one = draft_of(body | {"code": "QT-MAU"}), draft_of(body)
    asked(unreadable)
    Impact.objects.update(document=changed(body, 1, kind="dance"))
    assert measured(next_one, at=AT + timedelta(minutes=1)).state == "done"
    aside = found(unreadable)
    assert (aside.state, aside.ended_at, aside.sums.counts["seen"]) == (
        "stopped",
        AT + timedelta(minutes=1),
        0,
    )
    assert aside.trouble is not None
    with plain_static():
        page = visitor("danhmuctinh", at=now()).get(f"/catalogue/process-drafts/{unreadable}/impact")
    assert Say(**aside.trouble).vi in unescape(page.text)
