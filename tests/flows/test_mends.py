"""Mistakes mended by two people: who proposes and who confirms, what lapses, what each act leaves behind."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from motcua.dossiers import projector
from motcua.dossiers.inspection import contents
from motcua.dossiers.record import as_row
from motcua.dossiers.selectors import dossier, dossiers
from motcua.dossiers.states import Act, State
from motcua.flows import mends, progress
from motcua.flows.corrections import Reception
from motcua.flows.reception import receive
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.ledger.selectors import history
from motcua.processes import projector as processes
from tests.support.acts import act, moment
from tests.support.lives import MINUTE, brought_to, corrected, doings, everything, opened, row_of
from tests.support.world import intake, logins, viewer

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def row(code):
    found = row_of(code)
    return as_row(list(found), list(found.values()))


def proposed(place, what, **more):
    """A dossier in `place` on which `what` is proposed: its code, the moment after, the proposal's seq."""
    code, at = brought_to(place)
    if what is Act.CLOSE_AS_DUPLICATE:
        opened(at)
    doing = doings(at)[what]
    recorded = act(doing.login, at, doing.flow, code=code, **{**doing.arguments, **more})
    return code, at + MINUTE, recorded.meta.seq


def assert_replays(code):
    now, events = row(code), history(row_of(code)["id"])
    assert projector.replay(events)["dossiers_dossier"] == [now]
    assert list(contents([(now["id"], events)])) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dossiers_holding WHERE dossier = %s", [now["id"]])
        assert cursor.fetchone()[0] == len(projector.replay(events)["dossiers_holding"])
        cursor.execute(
            "SELECT seq, ended_at IS NULL FROM processes_runningstep WHERE dossier = %s ORDER BY seq",
            [now["id"]],
        )
        stays = processes.replay(events)["processes_runningstep"]
        assert cursor.fetchall() == [(s["seq"], s["ended_at"] is None) for s in stays]


PLACE = {
    Act.VOID_RECEIPT: State.RECEIVED,
    Act.CLOSE_AS_DUPLICATE: State.IN_PROCESS,
    Act.CORRECT_RECEPTION: State.IN_PROCESS,
    Act.REOPEN_FOR_CORRECTION: State.RETURNED,
}
LEADERS = {"chutich", "phochutich"}
CONFIRM = {
    Act.VOID_RECEIPT: {"truongquay"},
    Act.CLOSE_AS_DUPLICATE: {"truongquay"},
    Act.CORRECT_RECEPTION: {"truongquay"},
    Act.REOPEN_FOR_CORRECTION: LEADERS,
}


@pytest.mark.parametrize("what", PLACE, ids=str)
def test_who_confirms(what):
    code, at, seq = proposed(PLACE[what], what)
    before = everything(code)
    for login in set(logins()) - CONFIRM[what]:
        with pytest.raises(Denied):
            act(login, at, mends.confirm, code=code, seq=seq)
        with pytest.raises(Denied):
            act(login, at, mends.decline, code=code, seq=seq, reason="Không đúng.")
        assert everything(code) == before, login
    for login in sorted(CONFIRM[what])[:1]:
        act(login, at, mends.confirm, code=code, seq=seq)
    written = history(row(code)["id"])[-1]
    first = doings(at)[what].login
    assert written.actor["id"] == str(logins()[login])
    assert written.data["proposed"]["by"] == str(logins()[first])
    assert row(code)["pending"] is None
    assert row(code)["head_seq"] == before["row"]["head_seq"] + 1
    assert_replays(code)


@pytest.mark.parametrize("what", PLACE, ids=str)
def test_a_declined_proposal_changes_nothing_and_says_why(what):
    code, at, seq = proposed(PLACE[what], what)
    before = row(code)
    login = min(CONFIRM[what])
    with pytest.raises(Invalid):
        act(login, at, mends.decline, code=code, seq=seq, reason="  ")
    act(login, at, mends.decline, code=code, seq=seq, reason="Không thấy sai.")
    after = row(code)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"pending", "head_seq", "head_hash", "head_at"}
    shown = dossier(code, viewer=viewer("truongquay", at=at))
    assert shown.entries[-1].texts == ("Không thấy sai.",)
    with pytest.raises(NotAllowedNow):
        act(login, at, mends.confirm, code=code, seq=seq)
    assert_replays(code)


def test_a_leader_who_proposes_needs_another_leader():
    code, at = brought_to(State.DECIDED)
    told = doings(at)[Act.REOPEN_FOR_CORRECTION]
    seq = act("chutich", at, told.flow, code=code, **told.arguments).meta.seq
    before = everything(code)
    with pytest.raises(Denied) as refusal:
        act("chutich", at, mends.confirm, code=code, seq=seq)
    assert refusal.value.vi.startswith("Người đề nghị không được tự xác nhận; cần người thứ hai: Chủ tịch")
    assert everything(code) == before
    act("phochutich", at, mends.confirm, code=code, seq=seq)
    assert row(code)["state"] == State.IN_PROCESS


def test_the_proposer_and_nobody_else_takes_it_back():
    code, at, seq = proposed(State.RECEIVED, Act.VOID_RECEIPT)
    before = everything(code)
    for login in ("tiepnhan2", "truongquay", "chutich"):
        with pytest.raises(Denied):
            act(login, at, mends.take_back, code=code)
    assert everything(code) == before
    act("tiepnhan1", at, mends.take_back, code=code)
    assert row(code)["pending"] is None
    for login, flow, told in (
        ("truongquay", mends.confirm, {"seq": seq}),
        ("tiepnhan1", mends.take_back, {}),
    ):
        with pytest.raises(NotAllowedNow):
            act(login, at, flow, code=code, **told)
    act(
        "tiepnhan1", at, mends.void_receipt, code=code, reason="Nhầm người."
    )  # a proposal is nothing after reception
    assert_replays(code)


def test_one_proposal_at_a_time():
    code, at, _ = proposed(State.RECEIVED, Act.VOID_RECEIPT)
    before = everything(code)
    with pytest.raises(NotAllowedNow):
        act("tiepnhan2", at, mends.void_receipt, code=code, reason="Nhầm.")
    assert everything(code) == before


def test_a_proposal_lapses_when_the_dossier_moves_on():
    code, at, seq = proposed(State.RECEIVED, Act.VOID_RECEIPT)
    act("tuphap1", at, progress.start, code=code)
    assert row(code)["pending"] is None
    with pytest.raises(NotAllowedNow):
        act("truongquay", at, mends.confirm, code=code, seq=seq)
    with pytest.raises(NotAllowedNow):
        act("tiepnhan1", at, mends.void_receipt, code=code, reason="Nhầm.")


def test_what_was_seen_is_what_is_confirmed():
    code, at, seen = proposed(State.RECEIVED, Act.VOID_RECEIPT)
    act("tiepnhan1", at, mends.take_back, code=code)
    act("tiepnhan2", at, mends.void_receipt, code=code, reason="Lý do khác.")
    before = everything(code)
    with pytest.raises(NotAllowedNow) as refusal:
        act("truongquay", at, mends.confirm, code=code, seq=seen)
    assert refusal.value.en == "What you saw was replaced by another proposal; look again."
    assert everything(code) == before


def test_a_void_receipt_keeps_its_number_used():
    code, at, seq = proposed(State.RECEIVED, Act.VOID_RECEIPT)
    act("truongquay", at, mends.confirm, code=code, seq=seq)
    now = row(code)
    assert (now["state"], now["stop_ground"], now["holder_kind"], now["national"]) == (
        "stopped",
        "void",
        "none",
        8,
    )
    following = opened(at + HOUR)
    assert following != code


@pytest.mark.parametrize("what", [Act.REQUEST_SUPPLEMENT, Act.EXTEND, Act.NOTIFY_DELAY])
def test_a_receipt_is_not_void_once_something_came_after_it(what):
    code, at = brought_to(State.RECEIVED)
    told = doings(at)[what]
    login = "tuphap1" if what is Act.REQUEST_SUPPLEMENT else told.login
    act(login, at, told.flow, code=code, **told.arguments)
    if what is Act.REQUEST_SUPPLEMENT:
        act("tiepnhan1", at, progress.supply, code=code, items=["1"])
    assert row(code)["state"] == State.RECEIVED
    before = everything(code)
    with pytest.raises(NotAllowedNow) as refusal:
        act("tiepnhan1", at, mends.void_receipt, code=code, reason="Nhầm.")
    assert "đã có việc khác" in refusal.value.vi
    assert everything(code) == before


def test_a_duplicate_names_a_real_twin():
    code, at = brought_to(State.IN_PROCESS)
    elsewhere = act("tiepnhan1", at, receive, intake=intake("2.000908")).row["code"]
    before = everything(code)
    for of in ("H99.01.01-260824-0999", "%%%", code, elsewhere):
        with pytest.raises(Invalid) as refusal:
            act("tiepnhan1", at, mends.close_as_duplicate, code=code, of=of, reason="Trùng.")
        assert refusal.value.field == "of"
    assert everything(code) == before


def test_a_duplicate_s_twin_goes_on():
    """What ended without a result stands in for nothing, and of two that are proposed one has to stay."""
    at = moment(24, 9)
    one, other = opened(at), opened(at)
    seq = act("tiepnhan1", at, mends.close_as_duplicate, code=one, of=other, reason="Trùng.").meta.seq
    with pytest.raises(Invalid, match="đang được đề nghị") as refusal:
        act("tiepnhan1", at, mends.close_as_duplicate, code=other, of=one, reason="Trùng.")
    assert refusal.value.field == "of"
    act("tiepnhan1", at + MINUTE, progress.withdraw, code=other, shown_by="signed_paper")
    before = everything(one)
    with pytest.raises(Invalid, match="đã rút"):
        act("truongquay", at + 2 * MINUTE, mends.confirm, code=one, seq=seq)
    assert everything(one) == before
    act("tiepnhan1", at + 2 * MINUTE, mends.take_back, code=one)
    with pytest.raises(Invalid, match="đã rút"):
        act("tiepnhan1", at + 3 * MINUTE, mends.close_as_duplicate, code=one, of=other, reason="Trùng.")


def test_a_duplicate_says_whether_the_applicant_is_the_same():
    at = moment(24, 9)
    first, second = (opened(at, number="001099012345") for _ in range(2))
    seq = act(
        "tiepnhan1", at, mends.close_as_duplicate, code=second, of=first.lower(), reason="Nộp hai lần."
    ).meta.seq
    act("truongquay", at, mends.confirm, code=second, seq=seq)
    told = history(row(second)["id"])[-1].data
    assert (told["of"], told["same_applicant"]) == (first, True)
    assert (row(second)["state"], row(second)["stop_ground"]) == ("stopped", "duplicate")
    third = opened(at)
    with pytest.raises(Invalid):  # a closed one is nobody's twin
        act("tiepnhan1", at, mends.close_as_duplicate, code=third, of=second, reason="Trùng.")
    assert_replays(second)


def test_a_corrected_name_is_listed_and_found_and_the_first_one_no_more():
    code, at, seq = proposed(State.IN_PROCESS, Act.CORRECT_RECEPTION)
    due = row(code)["due_at"]
    act("truongquay", at, mends.confirm, code=code, seq=seq)
    now = row(code)
    assert (now["corrections"], now["due_at"], now["state"]) == (1, due, State.IN_PROCESS)
    who = viewer("tiepnhan1", at=at)
    assert [line.code for line in dossiers(viewer=who, at=at, words="tuyet").lines] == []
    assert [line.code for line in dossiers(viewer=who, at=at, words="nguyệt").lines] == [code]
    assert dossier(code, viewer=who).parties[0].fields["name"] == "Nguyễn Thị Ánh Nguyệt"
    assert_replays(code)


def test_another_variant_is_due_anew_from_the_same_start():
    code, at = brought_to(State.IN_PROCESS)
    before = row(code)
    other = intake(variant="verification")
    reception = Reception(
        variant="verification", people=other.people, handed=other.handed, answers=other.answers
    )
    seq = act(
        "tiepnhan1", at, mends.correct_reception, code=code, reception=reception, reason="Nhầm."
    ).meta.seq
    assert row(code)["due_at"] == before["due_at"]
    act("truongquay", at + HOUR, mends.confirm, code=code, seq=seq)
    now, event = row(code), history(before["id"])[-1].data
    assert (now["variant"], now["clock_from"], now["code"]) == ("verification", before["clock_from"], code)
    assert now["due_at"] > before["due_at"]
    assert event["old"]["due_at"] != event["due"]["due_at"]
    assert (event["variant_before"], event["variant"]) == (before["variant"], "verification")
    assert_replays(code)


def test_an_incomplete_correction_is_refused_with_all_that_is_missing():
    code, at = brought_to(State.IN_PROCESS)
    before = everything(code)
    with pytest.raises(Invalid) as refusal:
        act(
            "tiepnhan1",
            at,
            mends.correct_reception,
            code=code,
            reception=corrected(handed=()),
            reason="Nhầm.",
        )
    assert refusal.value.field == "components"
    with pytest.raises(Invalid):
        act(
            "tiepnhan1",
            at,
            mends.correct_reception,
            code=code,
            reception=corrected(variant="none"),
            reason="Nhầm.",
        )
    nameless = tuple((role, replace(p, name=" ")) for role, p in corrected().people)
    with pytest.raises(Invalid):
        act(
            "tiepnhan1",
            at,
            mends.correct_reception,
            code=code,
            reception=corrected(people=nameless),
            reason="Nhầm.",
        )
    assert everything(code) == before


@pytest.mark.parametrize("place", [State.DECIDED, State.RETURNED])
def test_a_reopened_result_is_made_anew_and_as_late_as_it_was(place):
    code, at, seq = proposed(place, Act.REOPEN_FOR_CORRECTION)
    before = row(code)
    late = before["due_at"] + timedelta(days=30)
    act("chutich", late, mends.confirm, code=code, seq=seq)
    now = row(code)
    assert (now["state"], now["ended_at"], now["approval"], now["result_number"]) == (
        State.IN_PROCESS,
        None,
        None,
        "",
    )
    assert (now["due_at"], now["decided_at"]) == (before["due_at"], before["decided_at"])
    assert now["reopened"]["fault"] == "office"
    lines = dossiers(viewer=viewer("chutich", at=late), at=late, show="late").lines
    assert lines == ()
    assert_replays(code)
    for login, what in (("tuphap1", Act.STEP), ("chutich", Act.STEP), ("vanthu", Act.DECIDE)):
        late += HOUR
        told = doings(late)[what]
        act(login, late, told.flow, code=code, **told.arguments)
    assert row(code)["decided_at"] == before["decided_at"]
    assert row(code)["state"] == State.DECIDED
    assert_replays(code)


def test_reopening_names_a_step_of_the_process_and_whose_fault_it_was():
    code, at = brought_to(State.DECIDED)
    before = everything(code)
    for told in ({"to": "receive", "fault": "office"}, {"to": "examine", "fault": "nobody"}):
        with pytest.raises(Invalid):
            act("tuphap1", at, mends.reopen_for_correction, code=code, reason="Sai.", **told)
    assert everything(code) == before


@pytest.mark.parametrize("place", [State.DECIDED, State.RETURNED])
def test_a_revoked_result_stays_where_it_is_and_is_not_handed_over(place):
    code, at = brought_to(place)
    told = doings(at)[Act.REVOKE_RESULT]
    before = row(code)
    with pytest.raises(Invalid):
        act("chutich", at, told.flow, code=code, basis=" ", reason="Sai.")
    act("chutich", at, told.flow, code=code, **told.arguments)
    now = row(code)
    assert now["result_revoked"]
    assert [now[n] for n in ("state", "due_at", "decided_at")] == [
        before[n] for n in ("state", "due_at", "decided_at")
    ]
    after = everything(code)
    for login, what in (
        ("chutich", Act.REVOKE_RESULT),
        ("tiepnhan1", Act.HAND_OVER),
        ("tiepnhan1", Act.MAKE_AVAILABLE),
    ):
        again = doings(at)[what]
        with pytest.raises(NotAllowedNow):
            act(login, at, again.flow, code=code, **again.arguments)
    assert everything(code) == after
    assert_replays(code)
