"""Opinions of others: each with its own clock and holder, silent or answered, pausing or not; and who sees what."""

from datetime import timedelta
from uuid import UUID

import pytest

from motcua.agencies.models import Appointment
from motcua.dossiers.consultations import overdue_opinions, shared, spent, waiting
from motcua.dossiers.selectors import dossier, find_row
from motcua.flows import consultations as flows, notes, progress
from motcua.flows.reception import receive
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from motcua.kernel.time import parse_utc
from motcua.ledger.selectors import history
from motcua.web.desk.facts import Facts
from motcua.web.desk.forms.consult import HandOnForm
from tests.support.acts import act, moment
from tests.support.lives import RESULT, brought_to, everything, plain
from tests.support.opinions import (
    NEIGHBOUR,
    QUESTION,
    answer,
    ask,
    foreseen,
    lapse,
    replayed,
    under_way,
    with_ground,
)
from tests.support.pages import plain_static, visitor
from tests.support.site import pages_at
from tests.support.world import COMMUNE, OTHER_COMMUNE, actor, intake, logins, viewer

pytestmark = pytest.mark.django_db


def test_a_neighbour_is_asked_and_answers_in_time():
    code, at = brought_to("in_process")
    before = plain(code)
    (one,) = ask(code, at, papers=["form"])
    row = plain(code)
    assert (one["agency"], one["kinds"], one["name"]) == (
        OTHER_COMMUNE,
        ["chair", "deputy_director", "director", "section_head", "vice_chair"],
        "Ủy ban nhân dân Xã Mẫu Hai",
    )
    assert parse_utc(one["due_at"]) == moment(26, 17)
    assert (row["holder_kind"], row["due_at"], row["paused"]) == ("position", before["due_at"], False)
    (line,) = waiting(viewer=viewer("chutich.mauhai", at=at)).lines
    assert (line.code, line.asked_by, line.due_at) == (code, COMMUNE, moment(26, 17))
    answer(code, one, moment(25, 10))
    (one,) = plain(code)["consultations"]
    assert (one["outcome"], one["awaited"], one["answer"]["late"]) == ("agree", False, False)
    # Monday 09:02 to Tuesday 10:00: 6 h 28 min and 2 h 30 min of office hours
    assert one["used_minutes"] == 8 * 60 + 58
    assert waiting(viewer=viewer("chutich.mauhai", at=at)).lines == ()
    replayed(code)


def test_what_the_answer_needs_is_said_beside_its_field():
    code, at = brought_to("consulting")
    (one,) = plain(code)["consultations"]
    before = everything(code)
    for wrong, field in (
        ({"outcome": "perhaps"}, "outcome"),
        ({"text": " "}, "text"),
        ({"signed": ""}, "signed"),
        ({"number": ""}, "number"),
    ):
        with pytest.raises(Invalid) as refusal:
            answer(code, one, at, **wrong)
        assert refusal.value.field == field
        assert everything(code) == before


def test_silence_is_seen_and_the_lead_goes_on_and_a_late_answer_is_marked():
    code, at = brought_to("in_process")
    (one,) = ask(code, at)
    due = parse_utc(one["due_at"])
    assert lapse(due - timedelta(minutes=1)) == 0
    assert lapse(due + timedelta(hours=20)) == 1
    assert lapse(due + timedelta(hours=20)) == 0
    (one,) = plain(code)["consultations"]
    assert (one["lapsed"], one["outcome"], one["awaited"]) == ("silent", "", True)
    assert parse_utc(one["ended_at"]) == due
    assert history(plain(code)["id"])[-1].data["occurred_at"] == one["due_at"]
    (late,) = overdue_opinions(agency=COMMUNE, viewer=viewer("thanhtra", at=at), at=due + timedelta(hours=21))
    assert (late.code, late.due_at) == (code, due)
    for login, flow in (("tuphap1", progress.step), ("chutich", progress.step)):
        act(login, due + timedelta(hours=21), flow, code=code, outcome="granted")
    answer(code, one, due + timedelta(hours=22), outcome="object")
    (one,) = plain(code)["consultations"]
    assert (one["outcome"], one["lapsed"], one["answer"]["late"]) == ("object", "silent", True)
    (figures,) = spent(agency=COMMUNE, viewer=viewer("chutich", at=at), since=at, until=due)
    assert (figures.name.en, figures.count, figures.in_time, figures.late, figures.silent) == (
        "People's Committee of Model Commune Two",
        1,
        0,
        1,
        0,
    )
    assert figures.minutes == plain(code)["consultations"][0]["used_minutes"]
    (given,) = spent(agency=OTHER_COMMUNE, viewer=viewer("thanhtra", at=at), since=at, until=due)
    assert (given.given, given.count) == (True, 1)
    with pytest.raises(Denied):
        spent(agency=COMMUNE, viewer=viewer("chutich.mauhai", at=at), since=at, until=due)
    replayed(code)


def test_an_answer_that_comes_late_before_the_duty_meets_the_same_rule():
    with_ground()
    code = under_way()
    (one,) = ask(code, moment(24, 10), login="chutich", pauses=True)
    late = parse_utc(one["due_at"]) + timedelta(hours=16)
    answer(code, one, late)
    row = plain(code)
    assert [x.type for x in history(row["id"])[-2:]] == [
        "dossier_consultation_lapsed",
        "dossier_consultation_answered",
    ]
    assert row["pauses"][-1]["to"] == one["due_at"]
    assert row["consultations"][0]["answer"]["late"] is True
    assert lapse(late) == 0
    replayed(code)


def test_nothing_is_decided_while_an_opinion_is_awaited():
    code, at = brought_to("sealing")
    ask(code, at, login="vanthu")
    before = everything(code)
    with pytest.raises(NotAllowedNow) as refusal:
        act("vanthu", at, progress.decide, code=code, papers=[RESULT])
    assert "Rút việc lấy ý kiến" in refusal.value.vi
    assert everything(code) == before
    (one,) = plain(code)["consultations"]
    act("chutich", at, flows.take_back, code=code, consultation=UUID(one["id"]), reason="Đã đủ căn cứ.")
    act("vanthu", at, progress.decide, code=code, papers=[RESULT])
    replayed(code)


def test_what_ends_the_dossier_ends_what_was_asked():
    code, at = brought_to("consulting")
    act("tiepnhan1", at, progress.withdraw, code=code, shown_by="signed_paper")
    (one,) = plain(code)["consultations"]
    assert (one["awaited"], one["outcome"], one["lapsed"]) == (False, "", "")
    assert one["ended_at"] is not None
    assert waiting(viewer=viewer("chutich.mauhai", at=at)).lines == ()
    with pytest.raises((Denied, NotAllowedNow)):
        answer(code, one, at)
    replayed(code)


def test_one_that_pauses_is_held_by_whom_it_asks_and_the_clock_goes_on_with_the_last_answer():
    with_ground()
    code = under_way()
    before = plain(code)
    first, second = ask(
        code, moment(24, 10), login="chutich", whom=[NEIGHBOUR, "unit:economy"], pauses=True, value="3"
    )
    row = plain(code)
    assert (row["holder_kind"], row["holder_agency"]) == ("consulted", OTHER_COMMUNE)
    assert (row["due_at"], row["paused"], row["step_due_at"]) == (None, True, None)
    with pytest.raises(NotAllowedNow):
        act("tuphap1", moment(24, 11), progress.step, code=code, outcome="granted")
    answer(code, first, moment(25, 9))
    row = plain(code)
    assert (row["holder_kind"], row["holder_agency"], row["paused"]) == ("consulted", COMMUNE, True)
    answer(code, second, moment(26, 10), login="kinhte")
    row = plain(code)
    assert (row["holder_kind"], row["holder_account"]) == ("position", before["holder_account"])
    assert (row["paused"], row["consulting"]) == (False, None)
    assert [(p["from"], p["to"]) for p in row["pauses"]] == [
        (first["asked_at"], "2026-08-26T03:00:00.000000Z")
    ]
    assert row["due_at"] > before["due_at"]
    assert row["step_due_at"] is not None
    replayed(code)


def test_only_a_ground_of_the_version_pauses_and_never_past_its_maximum():
    without = intake("1.004859", "addition")
    code = str(act("tiepnhan1", moment(24, 8), receive, intake=without).row["code"])
    act("tuphap1", moment(24, 9), progress.start, code=code)
    with pytest.raises(Invalid):
        ask(code, moment(24, 10), login="chutich", pauses=True)
    code, at = brought_to("in_process")
    before = everything(code)
    with pytest.raises(Denied):  # whoever does the step stops no clock
        ask(code, at, pauses=True)
    assert everything(code) == before
    with_ground(maximum="1")
    code = under_way(moment(25, 9))
    with pytest.raises(Invalid) as refusal:
        ask(code, moment(25, 10), login="chutich", pauses=True, value="2")
    assert refusal.value.field == "value"
    ask(code, moment(25, 10), login="chutich", pauses=True, value="1")
    with pytest.raises(Invalid):  # the pause began with the first
        ask(code, moment(26, 10), login="chutich", whom=["unit:economy"], pauses=True, value="1")


def test_who_was_not_asked_sees_and_answers_nothing():
    code, at = brought_to("in_process")
    (one,) = ask(code, at, papers=["form"])
    before = everything(code)
    asked = UUID(one["id"])
    for login in sorted(logins()):
        if login == "chutich.mauhai":
            continue
        with pytest.raises(NotFound):
            shared(asked, viewer=viewer(login, at=at))
        with pytest.raises((Denied, NotAllowedNow)):
            answer(code, one, at, login=login)
        with pytest.raises((Denied, NotAllowedNow)):
            act(login, at, flows.hand_on, code=code, consultation=asked, to=str(logins()[login]))
        assert everything(code) == before
    with pytest.raises(NotFound):  # the dossier itself stays closed to whom is asked
        find_row(code, viewer=viewer("chutich.mauhai", at=at))
    act(
        "chutich.mauhai", at, flows.hand_on, code=code, consultation=asked, to=str(logins()["tuphap1.mauhai"])
    )
    assert shared(asked, viewer=viewer("tuphap1.mauhai", at=at)).one["account"] == str(
        logins()["tuphap1.mauhai"]
    )
    with pytest.raises(Invalid):  # nobody of another agency
        act("chutich.mauhai", at, flows.hand_on, code=code, consultation=asked, to=str(logins()["tuphap1"]))
    answer(code, one, at, login="tuphap1.mauhai")
    replayed(code)


def test_they_see_only_what_was_shared():
    code, at = brought_to("in_process")
    (people,) = ask(code, at, parts=["people"])
    row = plain(code)
    seen = shared(UUID(people["id"]), viewer=viewer("chutich.mauhai", at=at))
    assert seen.text(seen.one["about"]) == QUESTION
    assert UUID(row["parties"][0]["snapshot"]) in seen.texts
    ask(code, at, whom=["unit:economy"])
    nothing = plain(code)["consultations"][-1]
    seen = shared(UUID(nothing["id"]), viewer=viewer("kinhte", at=at))
    assert set(seen.texts) == {UUID(nothing["about"]["content"])}
    assert seen.files == ()


@pytest.mark.parametrize(
    ("whom", "field"),
    [
        ([], "whom"),
        (["agency:X99"], "whom"),
        ([f"agency:{COMMUNE}"], "whom"),
        (["unit:nowhere"], "whom"),
        (["position:postal_officer"], "whom"),
        (["agency:H99"], "whom"),  # nobody leads there
    ],
)
def test_whom_there_is_not_is_not_asked(whom, field):
    code, at = brought_to("in_process")
    before = everything(code)
    with pytest.raises(Invalid) as refusal:
        ask(code, at, whom=whom)
    assert refusal.value.field == field
    assert everything(code) == before


def test_nobody_is_asked_twice_at_once():
    code, at = brought_to("consulting")
    before = everything(code)
    with pytest.raises(NotAllowedNow):
        ask(code, at)
    assert everything(code) == before
    assert len(ask(code, at, whom=["unit:economy", "position:clerk"])) == 3


def test_what_the_process_foresees_is_asked_first_and_silence_is_agreement_where_it_says_so():
    foreseen(required=True, tacit=True)
    code = under_way()
    with pytest.raises(NotAllowedNow) as refusal:
        act("tuphap1", moment(24, 10), progress.step, code=code, outcome="granted")
    assert "Tình trạng hôn nhân" in refusal.value.vi
    first, second = ask(code, moment(24, 10), plan="neighbour", value="9")
    assert (first["tacit"], first["limit"]["value"]) == (True, "1")
    assert (first["agency"], second["unit"] is not None) == (OTHER_COMMUNE, True)
    answer(code, second, moment(24, 11), login="kinhte")
    with pytest.raises(NotAllowedNow):  # the other's time still runs
        act("tuphap1", moment(24, 12), progress.step, code=code, outcome="granted")
    assert lapse(moment(25, 18)) == 1
    assert plain(code)["consultations"][0]["lapsed"] == "tacit"
    act("tuphap1", moment(26, 8), progress.step, code=code, outcome="granted")
    replayed(code)


def test_the_process_may_let_whoever_does_the_step_pause():
    with_ground()
    foreseen(pauses=True, ground="pausing_consultation")
    code = under_way()
    ask(code, moment(24, 10), plan="neighbour")
    assert plain(code)["holder_kind"] == "consulted"
    assert lapse(moment(25, 18)) == 2
    row = plain(code)
    assert (row["holder_kind"], row["paused"]) == ("position", False)
    assert row["pauses"][-1]["to"] == "2026-08-25T10:00:00.000000Z"
    with pytest.raises(Invalid):
        ask(code, moment(26, 8), plan="nowhere")
    replayed(code)


def test_in_place_of_whom_the_process_names_and_nobody_sits_any_more_another_is_asked():
    foreseen(required=True)
    code = under_way()
    Appointment.objects.filter(position__unit__agency=COMMUNE, position__unit__code="economy").update(
        valid_to=moment(24, 9)
    )
    before = everything(code)
    with pytest.raises(Invalid, match="Chưa có ai ở .* chọn nơi khác"):
        ask(code, moment(24, 10), plan="neighbour", whom=[])
    assert everything(code) == before
    first, second = ask(code, moment(24, 10), plan="neighbour", whom=["position:clerk"])
    assert (first["agency"], second["kinds"]) == (OTHER_COMMUNE, ["clerk"])
    assert {one["plan"] for one in (first, second)} == {"neighbour"}


def test_one_s_own_agency_answers_without_a_letter_and_another_with_its_number():
    code, at = brought_to("in_process")
    inside, outside = ask(code, at, whom=["unit:economy", NEIGHBOUR])
    with pytest.raises(Invalid) as refusal:
        answer(code, outside, at, number="")
    assert refusal.value.field == "number"
    answer(code, inside, at, login="kinhte", signed="", number="")
    shown = dossier(code, viewer=viewer("tuphap1", at=at))
    said = shown.row["consultations"][0]["answer"]
    assert shown.texts[UUID(said["signed"]["content"])] == viewer("kinhte").name
    assert shown.entries[-1].sentence.vi.endswith("trả lời: Đồng ý.")
    replayed(code)


def test_an_opinion_stays_with_those_asked_and_never_comes_to_who_asked_or_has_the_dossier():
    code, at = brought_to("in_process")
    (one,) = ask(code, at, whom=["unit:office"], login="chutich")
    has, asked = plain(code)["holder_account"], UUID(one["id"])
    assert has == logins()["tuphap1"], "the dossier is in a name of the unit that is asked"
    offered = HandOnForm(one=one, facts=Facts(plain(code)), at=at, actor=actor("tuphap2", at=at)).fields["to"]
    there = {account for account, _name in offered.choices}
    assert str(logins()["tuphap2"]) in there
    before = everything(code)
    for login in ("chutich", "tuphap1", "kinhte"):
        assert str(logins()[login]) not in there
        with pytest.raises(Invalid):
            act("tuphap2", at, flows.hand_on, code=code, consultation=asked, to=str(logins()[login]))
    assert everything(code) == before
    (_, own) = ask(code, at, whom=["position:justice_officer"])  # asked by tuphap1, of their own kind of seat
    assert waiting(viewer=viewer("tuphap1", at=at)).lines == (), "what they may not answer"
    assert len(waiting(viewer=viewer("tuphap2", at=at)).lines) == 2
    before = everything(code)
    with pytest.raises(Denied, match="không phải người hỏi|không có quyền"):
        answer(code, own, at, login="tuphap1")
    assert everything(code) == before
    answer(code, own, at, login="tuphap2")
    with pytest.raises(Invalid, match="Chưa có ai"):
        ask(code, at, whom=["position:chair"], login="chutich")


@pytest.mark.parametrize("way", ["taken back", "dossier ended"])
def test_of_one_that_ends_unanswered_the_question_is_read_and_nothing_of_the_dossier(way):
    code, at = brought_to("in_process")
    (one,) = ask(code, at, parts=["people", "form"])
    key, theirs = UUID(one["id"]), viewer("chutich.mauhai", at=at)
    open_still = shared(key, viewer=theirs)
    assert len(open_still.texts) > 1
    act("tuphap1", at, notes.write, code=code, to=NEIGHBOUR, body="Gấp, trong hôm nay.")
    with plain_static(), pages_at(at):
        assert (
            "Gấp, trong hôm nay." in visitor("chutich.mauhai", at=at).get(f"/consultations/{key}/notes").text
        )
    if way == "taken back":
        act("chutich", at, flows.take_back, code=code, consultation=key, reason="Gửi nhầm nơi.")
    else:
        act("tiepnhan1", at, progress.withdraw, code=code, shown_by="signed_paper")
    found = shared(key, viewer=theirs)
    assert (found.text(one["about"]), len(found.texts), found.form) == (QUESTION, 1, None)
    assert (found.files, found.opinion) == ((), ())
    with plain_static(), pages_at(at):
        reader = visitor("chutich.mauhai", at=at)
        assert QUESTION in reader.get(f"/consultations/{key}").text
        assert "Gấp, trong hôm nay." not in reader.get(f"/consultations/{key}/notes").text
        answered = reader.post(f"/consultations/{key}/notes", {"text": "Đã rõ.", "to": f"agency:{COMMUNE}"})
        assert answered.status_code == 403


def test_who_answered_reads_what_was_shared_after_the_dossier_has_ended_too():
    code, at = brought_to("in_process")
    (one,) = ask(code, at, parts=["people"])
    answer(code, one, at)
    seen = shared(UUID(one["id"]), viewer=viewer("chutich.mauhai", at=at)).texts
    act("tiepnhan1", at, progress.withdraw, code=code, shown_by="signed_paper")
    assert shared(UUID(one["id"]), viewer=viewer("chutich.mauhai", at=at)).texts == seen
