"""Running dossiers go on under a new version of their process: just as was shown, by order, each told; or they stay."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from motcua.agencies.models import Appointment
from motcua.dossiers import projector
from motcua.dossiers.others import look
from motcua.flows import assignment, progress
from motcua.flows.localising import run_process
from motcua.flows.reception import receive
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import history
from motcua.processes import projector as stays_projector
from motcua.processes.acting import course_of
from motcua.processes.impact import jobs, moves, shown
from motcua.processes.models import Impact, ImpactLine, RunningStep
from motcua.processes.moving import fate
from motcua.processes.operations import publish
from motcua.processes.selectors import office, published_body, version
from motcua.reactions.impact import measure_on, move_on
from motcua.reactions.reminders import remind_of_steps
from motcua.workday.models import Reminder, Word
from tests.flows.test_mandates import acts_as, give
from tests.support.acts import act, moment
from tests.support.situations import dossier_in
from tests.support.tables import approve, row, run, seal, table
from tests.support.told import follow, nothing_is_news
from tests.support.world import BEGINNING, COMMUNE, actor, intake, logins, viewer

pytestmark = pytest.mark.django_db
AT = moment(25, 9)
CODE = "QT-1.004873"
VARIANTS = ("no_verification", "verification")
BASIS = "77/QĐ-UBND"


def as_officer(what, *, at=AT, login="danhmuc", **told):
    who = actor(login, at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        return what(actor=who, at=at, **told)


def adopted(document, *, variants=VARIANTS):
    """The next version, in use at the commune from today on."""
    new = as_officer(publish, login="danhmuctinh", document=document)
    as_officer(
        run_process, procedure=document["procedure"], agency=COMMUNE, process_version=new, variants=variants,
        valid_from=AT.date(),
    )  # fmt: skip
    return new


def previewed(version_id, *, at=AT):
    impact = as_officer(moves.preview, version=version_id, agency=COMMUNE, at=at)
    while measure_on(clock=lambda: at, origin="simulated"):
        pass
    return impact


def ordered(impact, *, at=AT, basis=BASIS, reason="Gộp hai bước.", login="danhmuc"):
    as_officer(moves.order, impact=impact, basis=basis, reason=reason, at=at, login=login)


def moved(*, at=AT):
    while move_on(clock=lambda: at, origin="simulated"):
        pass


def received(variant="no_verification", day=24):
    return act("tiepnhan1", moment(day, 9), receive, intake=intake(variant=variant)).row["code"]


def row_of(code) -> dict[str, Any]:
    found = look(code)
    assert found is not None
    return found


def told(impact):
    """Each dossier: what was shown, and what became of it."""
    return {one.code: (one.told["fate"], one.outcome) for one in ImpactLine.objects.filter(impact=impact)}


def rebuilt(code):
    row, events = row_of(code), history(row_of(code)["id"])
    (again,) = projector.replay(events)["dossiers_dossier"]
    assert again == {**row, **again}
    kept = list(RunningStep.objects.filter(dossier=row["id"]).order_by("seq", "number").values())
    stays = stays_projector.replay(events)["processes_runningstep"]
    assert [{k: str(v) for k, v in one.items()} for one in kept] == [
        {k: str(one[k]) for k in kept[0]} for one in stays
    ]


def changed(rows, **more):
    return published_body(CODE) | {"steps": [s | {"order": n} for n, s in enumerate(rows, 1)]} | more


def with_visit():
    """The shipped table with a row before the examination and other seats for the seal."""
    body = published_body(CODE)
    visit = body["steps"][1] | {"code": "visit", "work": {"vi": "Đi xem", "en": "Visit"}, "returns_to": []}
    visit["times"] = [{"variant": t["variant"], "merged_with_previous": True} for t in visit["times"]]
    steps = [s | {"positions": ["chair"]} if s["kind"] == "seal" else s for s in body["steps"]]
    return changed([steps[0], steps[1], visit, *steps[2:]])


def test_what_came_without_the_form_stays_where_a_part_would_be_made_of_it():
    code = received()
    part = {
        "code": "residence", "title": {"vi": "Thường trú", "en": "Residence"}, "procedure": "1.004222",
        "variant": "general", "body": "police", "limit": {"unit": "working_day", "value": "1"}, "form": ["requester"],
    }  # fmt: skip
    adopted_now = adopted(changed(published_body(CODE)["steps"], children=[part]))
    assert told(previewed(adopted_now))[code] == (["formless"], "")
    row, new = row_of(code), version(adopted_now)
    working = office(agency=COMMUNE, at=AT, row=row)
    course = course_of(row, new, at=AT, calendar=working.calendar)
    bare = replace(new, children=tuple(replace(child, form=()) for child in new.children))
    for before, begun, stays in (
        (bare, [], "formless"),
        (new, [], None),
        (bare, [{"child": "residence"}], None),
    ):
        there = fate({**row, "children": begun}, before, course, staff=working.staff, runs=VARIANTS, at=AT)
        assert there.stays == stays


def test_what_was_shown_is_what_happens_and_it_goes_on_to_its_end():
    old = row_of(received())["process_version"]
    open_one = row_of(received())
    signed = dossier_in("approved", since=moment(24, 8))
    waiting = dossier_in("supplement_requested", since=moment(24, 8))
    new = adopted(with_visit())
    assert row_of(open_one["code"])["process_version"] == old  # nothing moves by itself
    impact = previewed(new)
    before = {code: fate for code, (fate, _) in told(impact).items()}
    assert before[waiting["code"]] == ["waits"]
    (place,) = before[signed["code"]]
    assert place[:2] == [4, 5]
    assert place[4] is False  # the clerk's seat is the chair's now
    ordered(impact)
    moved()
    after = told(impact)
    assert {code: fate for code, (fate, _) in after.items()} == before
    assert {code: outcome for code, (_, outcome) in after.items() if outcome} == dict.fromkeys(
        [c for c, fate in before.items() if fate != ["waits"]], "moved"
    )
    for code in before:
        rebuilt(code)

    stands = row_of(signed["code"])
    assert (stands["process_version"], stands["step"], stands["approval"]["step"]) == (new, 5, 4)
    assert (stands["due_at"], stands["clock_from"]) == (signed["due_at"], signed["clock_from"])
    assert stands["queue"] == f"{COMMUNE}/leaders"
    plain = row_of(open_one["code"])
    assert (plain["holder_account"], plain["queue"]) == (open_one["holder_account"], open_one["queue"])
    assert plain["holder_since"] == open_one["holder_since"]
    assert row_of(waiting["code"])["process_version"] == old
    event = history(plain["id"])[-1]
    assert (event.type, event.data["basis"], event.data["number"]) == ("dossier_process_moved", BASIS, 2)
    assert event.data["ordered_by"] == actor("danhmuc", at=AT).id
    assert "Gộp" not in str(event.data)

    act("tuphap1", moment(25, 10), progress.start, code=plain["code"])
    act("tuphap1", moment(25, 11), progress.step, code=plain["code"], outcome="granted")
    assert row_of(plain["code"])["step"] == 3  # the row that is new
    rebuilt(plain["code"])


def test_who_did_a_step_before_the_move_still_did_it_and_whom_it_was_done_for():
    run(table(row("examine"), row("check"), approve(), seal()))
    code = received(day=24)
    give(to="kinhte", of="tuphap1", until=moment(24, 12))
    acts_as("kinhte", moment(24, 10), progress.start, code=code)
    acts_as("kinhte", moment(24, 11), progress.step, code=code, outcome="granted")
    act("tuphap1", moment(24, 13), assignment.claim, code=code)
    apart = table(row("examine"), row("check", apart_from=["examine"]), approve(), seal())
    impact = previewed(adopted(apart, variants=["no_verification"]))
    ordered(impact)
    moved()
    stands = row_of(code)
    assert (told(impact)[code][1], stands["holder_account"]) == ("moved", None), "it leaves tuphap1, as shown"
    did = office(agency=COMMUNE, at=AT, row=stands).staff.did
    assert did["examine"] == {logins()["kinhte"], logins()["tuphap1"]}
    with pytest.raises(Denied, match="bước trước"):
        act("tuphap1", moment(25, 10), progress.step, code=code, outcome="granted")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda s: [s[0], s[1] | {"code": "other"}, s[2] | {"returns_to": []}, *s[3:]], "step_gone"),
        (lambda s: [s[0], s[1] | {"positions": ["economic_section"]}, *s[2:]], "nobody"),
        (lambda s: [s[0], s[2] | {"code": "first", "returns_to": []}, *s[1:]], "unsigned"),
    ],
)
def test_one_without_its_place_there_stays_and_is_told_why(change, why):
    code = received()
    new = adopted(changed(change(published_body(CODE)["steps"])))
    if why == "nobody":  # the seat is emptied once the version is in use
        Appointment.objects.filter(position__position_kind="economic_section").update(
            valid_to=BEGINNING + timedelta(hours=1)
        )
    impact = previewed(new)
    assert told(impact) == {code: ([why], "")}
    with pytest.raises(NotAllowedNow, match="Chưa có hồ sơ nào"):
        ordered(impact)
    assert row_of(code)["process_version"] != new


def test_nothing_is_late_backwards_and_late_stays_late():
    body = published_body(CODE)
    shorter = [s | {"times": [t | {"value": "0.1"} if "value" in t else t for t in s["times"]]} if n == 1 else s
               for n, s in enumerate(body["steps"])]  # fmt: skip
    code = received()
    due = row_of(code)["step_due_at"]
    new = adopted(changed(shorter))
    just_before = previewed(new, at=due - timedelta(minutes=1))
    assert told(just_before) == {code: (["late_at_once"], "")}
    after = previewed(new, at=due + timedelta(minutes=1))
    assert told(after) == {code: (["late_already"], "")}


def test_what_is_not_as_it_was_shown_stays():
    first, second = received(), received()
    impact = previewed(adopted(with_visit()))
    ordered(impact)
    act("tuphap1", moment(25, 9, 30), progress.start, code=first)
    act("tuphap1", moment(25, 9, 40), progress.step, code=first, outcome="granted")
    moved(at=moment(25, 10))
    assert {code: outcome for code, (_, outcome) in told(impact).items()} == {
        first: "changed",
        second: "moved",
    }


def test_it_is_the_agencys_own_officer_with_document_and_reason_and_is_stopped():
    codes = sorted(received() for _ in range(3))
    impact = previewed(adopted(with_visit()))
    with pytest.raises(Denied):
        ordered(impact, login="danhmuctinh")
    for basis, reason in (("", "x"), (BASIS, " ")):
        with pytest.raises(Invalid):
            ordered(impact, basis=basis, reason=reason)
    ordered(impact)
    order = moves.next_order()
    assert order is not None
    with pytest.raises(NotAllowedNow, match="Đang chuyển"):
        previewed(order.version)
    as_officer(moves.stop, impact=impact)
    moved()
    assert {row_of(code)["process_version"] for code in codes} != {order.version}
    assert Impact.objects.get().state == "stopped"
    assert "reason" not in (Impact.objects.get().ordered or {})
    again = previewed(order.version)
    with pytest.raises(NotFound):
        ordered(impact)
    ordered(again)
    moved()
    found = shown.of_version(order.version, agency=COMMUNE, viewer=viewer("danhmuc", at=AT))
    assert found is not None
    assert found.state == "moved"
    assert [one.outcome for one in shown.listed(found, group="moves").lines] == ["moved"] * 3
    assert version(order.version).code == CODE
    assert jobs.STOPPED == "stopped"


def test_a_reminder_is_told_once_though_its_step_has_another_number_there():
    early = [{"when": "before", "value": "2", "unit": "working_day", "tell": ["chair"]}]
    rows = (row("examine"), approve(escalation=early), seal())
    run(table(*rows))
    nothing_is_news()
    code = act("tiepnhan1", moment(24, 9), receive, intake=intake()).row["code"]
    act("tuphap1", moment(24, 10), progress.start, code=code)
    act("tuphap1", moment(24, 11), progress.step, code=code, outcome="granted")
    due = row_of(code)["step_due_at"]

    def reminded(at):
        follow(at)
        remind_of_steps(clock=lambda: at, origin="simulated")
        return Word.objects.filter(what="due_soon").count()

    assert reminded(moment(25, 8)) == 2, "the chair and the deputy, whose list it waits on"
    merged = [{"variant": "no_verification", "merged_with_previous": True}]
    visit = row("visit", time=None, times=merged)
    impact = previewed(adopted(table(rows[0], visit, *rows[1:]), variants=VARIANTS[:1]))
    ordered(impact)
    moved()
    assert (row_of(code)["step"], row_of(code)["step_due_at"]) == (4, due)
    assert reminded(AT + timedelta(hours=1)) == 2
    (planned,) = Reminder.objects.filter(dossier=row_of(code)["id"])
    assert (planned.number, planned.told_at is not None) == (4, True)
