"""Likely late: the forecast, the letter of apology before the date, and who is reminded."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from motcua.calendars.selectors import calendar_of
from motcua.dossiers.delays import stale
from motcua.dossiers.events import DelayPrepared, PaperMark
from motcua.dossiers.likely_late import SHOWS, likely_late, without_letter
from motcua.dossiers.projector import replay
from motcua.dossiers.tracked import tracked
from motcua.dossiers.worklist import LETTERS, Sought, inbox, rooms
from motcua.flows import delays, progress, transfers
from motcua.flows.forecasts import forecast_of, usual_of
from motcua.kernel.codec import decode
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.ledger.selectors import history
from motcua.pads.operations import issue
from motcua.processes.forecast import Verdict
from motcua.reactions.reminders import remind_of_steps
from motcua.workday.models import Reminder
from tests.flows.test_officers_told import told
from tests.support.acts import act, moment
from tests.support.lives import RESULT, brought_to, everything, plain, row_of
from tests.support.told import follow, nothing_is_news
from tests.support.world import COMMUNE, viewer

pytestmark = pytest.mark.django_db
# Received Monday 24 August at 09:00 for three working days: due Thursday 27 August at 17:00. 31 August to 2 September
# are days off.
FRIDAY, HOLIDAY, AFTER = date(2026, 8, 28), date(2026, 8, 31), date(2026, 9, 3)
WHY: dict[str, Any] = {
    "apology_date": FRIDAY,
    "cause": "verification",
    "reason": "Chờ nơi cư trú cũ trả lời.",
}


def prepare(code: str, at: datetime, login: str = "tuphap1", **more: Any) -> int:
    """The event in which the letter was prepared."""
    return act(login, at, delays.prepare, code=code, **{**WHY, **more}).meta.seq


def sign(code: str, at: datetime, seq: int | None, login: str = "chutich") -> Any:
    return act(login, at, delays.notify_delay, code=code, signs=seq)


def listed(login: str, at: datetime, show: str) -> list[str]:
    return [one.line.code for one in likely_late(viewer=viewer(login), at=at, show=show).lines]


def in_room(login: str, at: datetime) -> list[str]:
    page = inbox(viewer=viewer(login), at=at, sought=Sought(room=LETTERS))
    assert rooms(viewer=viewer(login), at=at)[LETTERS] == len(page.lines)
    return [one.line.code for one in page.lines]


def test_a_letter_is_prepared_signed_and_told_before_the_date():
    code, at = brought_to("in_process")
    seq = prepare(code, at)
    row = plain(code)
    assert (row["apology_date"], row["delay"]["signed"], row["state"]) == (None, False, "in_process")
    assert (in_room("chutich", at), in_room("phochutich", at), in_room("tuphap1", at)) == ([code], [code], [])
    shown = tracked(row["id"])
    assert shown.sorry is None
    assert shown.entries[-1].sentence.vi == "Cơ quan xem lại ngày hẹn trả.", (
        "what is not signed is nobody's yet"
    )
    act("tuphap1", at, progress.step, code=code, outcome="granted")  # work goes on
    signed = sign(code, at + timedelta(hours=1), seq)
    assert (signed.event.due_at, signed.event.after_due) == (moment(27, 17), False)
    assert (signed.event.prepared.by, signed.event.prepared.seq) == (row["delay"]["by"], seq)
    row = plain(code)
    assert (row["apology_date"], row["due_at"]) == (FRIDAY, moment(27, 17)), "late stays late"
    assert in_room("chutich", at) == []
    sorry = tracked(row["id"]).sorry
    assert sorry is not None
    assert (sorry.was, sorry.day, sorry.words) == (moment(27, 17), FRIDAY, WHY["reason"])
    assert (sorry.cause.vi, sorry.cause.en) == (
        "việc xác minh cần thêm thời gian",
        "verifying takes more time",
    )
    assert replay(history(row["id"]))["dossiers_dossier"] == [row]
    for login, flow, more in (
        ("tuphap1", delays.prepare, WHY),
        ("chutich", delays.notify_delay, {**WHY, "apology_date": AFTER}),
    ):
        with pytest.raises((NotAllowedNow, Denied), match="hẹn lại một lần|không có quyền"):
            act(login, at + timedelta(hours=2), flow, code=code, **more)


@pytest.mark.parametrize(
    ("login", "more", "error", "says"),
    [
        ("tuphap1", {"apology_date": date(2026, 8, 24)}, Invalid, "phía trước"),
        ("tuphap1", {"apology_date": date(2026, 8, 27)}, Invalid, "sau ngày đã hẹn"),
        ("tuphap1", {"apology_date": HOLIDAY}, Invalid, "kế tiếp là 03/09/2026"),
        ("tuphap1", {"apology_date": date(2200, 1, 6)}, Invalid, "1990-2100"),
        ("tuphap1", {"cause": "tired"}, Invalid, "lý do chậm"),
        ("tuphap1", {"reason": " "}, Invalid, "lý do"),
        ("vanthu", {}, Denied, "không có quyền"),
        ("tiepnhan1", {}, Denied, "không có quyền"),
    ],
)
def test_what_may_not_be_promised_is_refused_and_leaves_nothing(login, more, error, says):
    code, at = brought_to("in_process")
    before = everything(code)
    with pytest.raises(error, match=says):
        prepare(code, at, login, **more)
    assert everything(code) == before


def test_a_leader_signs_what_they_saw_or_gives_it_back():
    code, at = brought_to("in_process")
    first = prepare(code, at)
    second = prepare(code, at, apology_date=AFTER)
    for seq in (first, None):
        with pytest.raises(NotAllowedNow, match="xem lại hồ sơ"):
            act("chutich", at, delays.notify_delay, code=code, **({"signs": seq} if seq else WHY))
    back = act("chutich", at, delays.send_back, code=code, signs=second, reason="Hẹn ngày gần hơn.")
    assert back.event.prepared.seq == second
    assert (plain(code)["delay"], in_room("chutich", at)) == (None, [])
    with pytest.raises(NotAllowedNow, match="chờ ký"):
        act("chutich", at, delays.send_back, code=code, signs=second, reason="x")
    third = prepare(code, at)
    with pytest.raises(Invalid, match="phía trước"):
        sign(code, moment(28, 9), third)
    assert plain(code)["delay"]["seq"] == third


def test_who_prepared_it_does_not_sign_it():
    code, at = brought_to("approving")
    seq = prepare(code, at, "chutich")
    assert (in_room("chutich", at), in_room("phochutich", at)) == ([], [code])
    before = everything(code)
    with pytest.raises(Denied, match="không được tự ký"):
        sign(code, at, seq)
    assert everything(code) == before
    assert sign(code, at, seq, "phochutich").row["apology_date"] == FRIDAY


@pytest.mark.parametrize("ends", ["withdrawn", "sent elsewhere"])
def test_what_ends_first_leaves_no_letter(ends):
    code, at = brought_to("apologising")
    if ends == "withdrawn":
        act("tiepnhan1", at, progress.withdraw, code=code, shown_by="signed_paper")
    else:
        act("chutich", at, transfers.transfer, code=code, to="H99.01.02", reason="Không thuộc thẩm quyền.")
    assert (plain(code)["delay"], in_room("chutich", at)) == (None, [])


def test_after_the_date_it_is_still_possible_and_says_so():
    code, _at = brought_to("in_process")
    late = moment(28, 10)
    assert (listed("chutich", late, "past"), listed("chutich", late, "ahead")) == ([code], [])
    seq = prepare(code, late, apology_date=AFTER)
    assert sign(code, late, seq).event.after_due is True
    assert "sau khi đã quá hẹn" in tracked(row_of(code)["id"]).entries[-1].sentence.vi
    assert (listed("chutich", late, "past"), listed("chutich", late, "sent")) == ([], [code])


def test_who_leads_is_reminded_of_what_is_likely_late_and_has_no_letter():
    """The list is the forecast: whatever the hour, what is listed is what is not foreseen in time."""
    code, at = brought_to("in_process")
    calendar = calendar_of(COMMUNE)
    for hours in range(0, 100, 7):
        now = at + timedelta(hours=hours)
        row = plain(code)
        found = forecast_of(row, calendar=calendar, at=now)
        assert found is not None
        foreseen = found.verdict is not Verdict.FINE
        assert foreseen == (row["late_from"] < now)
        assert [code] * foreseen == listed("chutich", now, "ahead") + listed("chutich", now, "past")
    now = moment(27, 9)
    assert (listed("chutich", now, "ahead"), without_letter(viewer=viewer("chutich"), at=now)) == ([code], 1)
    mine = inbox(viewer=viewer("tuphap1"), at=now, sought=Sought(due="ahead")).lines
    assert [one.line.code for one in mine] == [code]
    assert any(said.vi == "có nguy cơ trễ hẹn" for said in mine[0].why)
    assert without_letter(viewer=viewer("tuphap1"), at=now) == 0
    assert listed("chutich.mauhai", now, "ahead") == []
    with pytest.raises(Denied):
        likely_late(viewer=viewer("tuphap1"), at=now, show="ahead")
    prepare(code, now)
    assert {show for show in SHOWS if listed("chutich", now, show)} == {"unsigned"}


def test_what_steps_usually_take_here_is_learned_from_those_that_went_before(monkeypatch):
    """Each was examined in an hour and approved after twelve; two say nothing where three are asked for."""
    monkeypatch.setattr("motcua.processes.usual.FEWEST", 3)
    calendar = calendar_of(COMMUNE)
    for n in range(3):
        code, at = brought_to("in_process")
        row = plain(code)
        if n < 2:
            assert usual_of(row, calendar=calendar, at=at) == {}
        at = moment(24, 10, n)
        for login, flow, hours, more in (
            ("tuphap1", progress.step, 0, {"outcome": "granted"}),
            ("chutich", progress.step, 28, {"outcome": "granted"}),
            ("vanthu", progress.decide, 1, {"papers": [replace(RESULT, number=f"{n}/UBND")]}),
        ):
            at += timedelta(hours=hours)
            act(login, at, flow, code=code, **more)
    code, at = brought_to("in_process")
    usual = usual_of(plain(code), calendar=calendar, at=at)
    assert usual[row["step"] + 1] == timedelta(hours=10, minutes=30)
    found = forecast_of(plain(code), calendar=calendar, at=at, usual=usual)
    assert found is not None
    assert found.verdict is Verdict.AT_RISK


def test_an_opinion_that_comes_too_late_is_foreseen_at_once():
    code, at = brought_to("consulting")
    row = plain(code)
    found = forecast_of(row, calendar=calendar_of(COMMUNE), at=at)
    assert found is not None
    assert (found.verdict, row["late_from"] < at) == (Verdict.LATE, True)
    act("tuphap1", at, progress.start, code=brought_to("received")[0])
    assert listed("chutich", at, "ahead") == [code]


def test_while_the_clock_stands_still_it_is_told_as_if_it_went_on():
    code, at = brought_to("supplement_requested")
    calendar = calendar_of(COMMUNE)
    found = forecast_of(plain(code), calendar=calendar, at=at + timedelta(days=20))
    assert found is not None
    assert (found.verdict, found.ends_at, plain(code)["late_from"]) == (Verdict.FINE, found.due_at, None)
    suspended, at = brought_to("suspended")
    row = plain(suspended)
    found = forecast_of(row, calendar=calendar, at=at)
    assert found is not None
    assert found.at == datetime.fromisoformat(row["suspension"]["until"])


def test_an_extension_needs_a_ground_that_the_version_has():
    code, at = brought_to("in_process")
    before = everything(code)
    with pytest.raises(Invalid, match="chỉ có: "):
        act("chutich", at, progress.extend, code=code, ground="workload", value="2", reason="Nhiều việc.")
    assert everything(code) == before


def test_a_letter_whose_day_has_passed_is_signed_with_another_or_given_back():
    code, at = brought_to("in_process")
    seq = prepare(code, at)
    late = moment(28, 9)
    (line,) = inbox(viewer=viewer("chutich"), at=late, sought=Sought(room=LETTERS)).lines
    assert "không ký được nữa" in line.why[-1].vi
    assert stale(plain(code), calendar=calendar_of(COMMUNE), at=at) is None
    before = everything(code)
    for day in (None, FRIDAY, HOLIDAY):
        with pytest.raises(Invalid, match="phía trước|kế tiếp"):
            act("chutich", late, delays.notify_delay, code=code, signs=seq, apology_date=day)
    assert everything(code) == before
    signed = act("chutich", late, delays.notify_delay, code=code, signs=seq, apology_date=AFTER)
    assert (signed.event.apology_date, signed.event.cause, signed.event.prepared.seq) == (
        AFTER,
        "verification",
        seq,
    )
    assert signed.event.reason == prepared_reason(row_of(code), seq)


def prepared_reason(row: Any, seq: int) -> Any:
    (found,) = history(row["id"], after=seq - 1, limit=1)
    return decode(DelayPrepared, found.data).reason


@pytest.mark.parametrize("signs", [False, True])
def test_on_paper_a_day_that_has_passed_when_it_is_entered_promises_nothing(signs):
    code, at = brought_to("in_process")
    written = moment(27, 16)
    login, flow = ("chutich", delays.notify_delay) if signs else ("tuphap1", delays.prepare)
    pad = act("truongquay", at, issue, form="act", sheets=25)
    mark = PaperMark(pad=pad.code, number=str(pad.first), occurred_at=written)
    before = everything(code)
    with pytest.raises(Invalid, match="28/08/2026 ghi trên giấy đã qua khi nhập"):
        act(login, moment(28, 17), flow, code=code, paper=mark, **WHY)
    assert everything(code) == before
    act(login, moment(27, 16, 30), flow, code=code, paper=mark, **WHY)
    assert plain(code)["delay"]["apology_date"] == "2026-08-28"


def test_the_forecast_says_what_the_letter_would_say():
    code, at = brought_to("in_process")
    calendar = calendar_of(COMMUNE)
    here = delays.suggested(plain(code), calendar=calendar, at=at)
    assert (here.apology_date, here.cause, here.reason) == (FRIDAY, "", ""), (
        "what nobody knows is not made up"
    )
    late = delays.suggested(plain(code), calendar=calendar, at=moment(28, 16))
    assert late.likely is not None
    assert late.apology_date == late.likely.date() > AFTER
    asked, at = brought_to("consulting")
    there = delays.suggested(plain(asked), calendar=calendar, at=at)
    assert there.cause == "opinion"
    assert there.reason.startswith("Chờ ý kiến hoặc kết quả của Ủy ban nhân dân Xã ")
    assert there.likely is not None
    assert there.apology_date >= there.likely.date()


def test_of_a_letter_its_signers_hear_and_then_who_prepared_it():
    """Prepared, not yet signed before it is too late, given back, signed: each told once, to whom it concerns."""
    code, at = brought_to("in_process")
    nothing_is_news()
    prepare(code, at)
    follow(at)
    said = "Văn bản xin lỗi chờ bạn ký, hẹn lại thứ Sáu 28/08/2026."
    assert (told("chutich"), told("phochutich"), told("tuphap1")) == ([said], [said], [])
    soon = moment(27, 16)
    assert remind_of_steps(clock=lambda: soon, origin="simulated") >= 1
    assert remind_of_steps(clock=lambda: soon, origin="simulated") == 0
    assert told("phochutich") == [
        "Văn bản xin lỗi vẫn chờ ký; chậm nhất 17:00, thứ Năm 27/08/2026 phải ký hoặc trả lại."
    ]
    act(
        "chutich", soon, delays.send_back, code=code, signs=plain(code)["delay"]["seq"], reason="Hẹn gần hơn."
    )
    follow(soon)
    assert "Văn bản xin lỗi bị trả lại, chưa ký, hẹn lại thứ Sáu 28/08/2026." in told("tuphap1")
    seq = prepare(code, soon, apology_date=AFTER)
    sign(code, soon, seq)
    follow(soon)
    assert told("tuphap1") == ["Văn bản xin lỗi đã được ký, hẹn lại thứ Năm 03/09/2026."]
    assert Reminder.objects.filter(number=0).count() == 0, "what is answered is reminded of no more"
