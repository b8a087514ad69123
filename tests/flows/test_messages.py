"""What people are told: made once for each event, sent outside any transaction, and what became of it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from motcua.dossiers import projector as dossiers, results
from motcua.dossiers.notified import notified
from motcua.dossiers.states import State
from motcua.flows import mends, messages as messages_flows, progress, transfers
from motcua.flows.reception import submit
from motcua.kernel.errors import ClockStepped, Unavailable
from motcua.ledger import duties
from motcua.ledger.models import Cursor
from motcua.ledger.selectors import history
from motcua.notifications import operations
from motcua.notifications.models import Message, Notice
from motcua.notifications.outlets import mail, sms
from motcua.reactions.messages import tell_in_time
from tests.support.acts import act, moment, open_day
from tests.support.lives import brought_to, plain, row_of
from tests.support.outlets import Outlets, outlets
from tests.support.ports import free_port
from tests.support.told import (
    MINUTE,
    MORNING,
    follow,
    in_supplement,
    listed,
    messages,
    nothing_is_news,
    owed,
    received,
    send,
    tried,
)
from tests.support.world import intake, viewer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def past() -> None:
    nothing_is_news()


@pytest.fixture
def out() -> Iterator[Outlets]:
    with outlets() as both:
        yield both


def test_received_is_told_by_each_channel_once_though_everything_runs_twice(out):
    code = received()
    for _ in range(2):
        follow(MORNING)
        Cursor.objects.update(position=0)
        follow(MORNING)
        send(MORNING + MINUTE)
    assert messages(code) == [
        ("received", "account", "delivered"),
        ("received", "email", "sent"),
        ("received", "sms", "sent"),
    ]
    (letter,), (text,) = out.mail.kept, out.sms.kept
    assert letter["to"] == "tuyet@example.vn"
    assert code in letter["subject"]
    assert "17:00 27/08/2026" in letter["text"]
    assert "<p>" in letter["html"]
    assert text["to"] == "+84912345678"
    assert (
        text["text"]
        == f"Ho so {code} da tiep nhan, hen tra 17:00 27/08/2026. Tra cuu: http://localhost:8000/track"
    )
    send(MORNING + timedelta(minutes=5))
    assert messages(code)[2] == ("received", "sms", "delivered")
    assert (out.mail.repeated, out.sms.repeated) == (0, 0)


def kill(out: Outlets, settings: Any) -> None:
    """Both servers are gone."""
    settings.SMTP_PORT, settings.SMS_URL = free_port(), f"http://127.0.0.1:{free_port()}/messages"


@pytest.mark.parametrize("mode", ["busy", "hang", "garbage"])
def test_an_outage_delays_and_repeats_nothing(out, monkeypatch, mode):
    monkeypatch.setattr(mail, "SECONDS", 0.1)
    monkeypatch.setattr(sms, "LONGEST", 0.1)
    code = received()
    follow(MORNING)
    out.mail.mode = out.sms.mode = mode
    tried(MORNING, 3)
    assert {state for _, _, state in messages(code)} == {"queued", "delivered"}
    assert (out.mail.kept, out.sms.kept) == ([], [])
    faults = set(Message.objects.exclude(channel="account").values_list("fault", flat=True))
    assert faults <= {"busy", "timeout", "not_understood"}
    assert "" not in faults
    out.mail.mode = out.sms.mode = "ok"
    tried(MORNING + timedelta(hours=5), 3)
    assert [state for _, _, state in messages(code)] == ["delivered", "sent", "delivered"]
    assert [len(out.mail.kept), len(out.sms.kept), out.mail.repeated, out.sms.repeated] == [1, 1, 0, 0]


def test_servers_killed_one_by_one_then_both_come_back(out, settings):
    first = received()
    follow(MORNING)
    alive = settings.SMTP_PORT, settings.SMS_URL
    kill(out, settings)
    settings.SMTP_PORT = alive[0]
    tried(MORNING)
    assert [state for _, _, state in messages(first)] == ["delivered", "sent", "queued"]
    kill(out, settings)
    second = received(at=MORNING + MINUTE)
    follow(MORNING + MINUTE)
    tried(MORNING + timedelta(hours=2), 2)
    assert [state for _, _, state in messages(second)] == ["delivered", "queued", "queued"]
    settings.SMTP_PORT, settings.SMS_URL = alive
    tried(MORNING + timedelta(hours=5), 2)
    for code in (first, second):
        assert [state for _, _, state in messages(code)] == ["delivered", "sent", "delivered"]
    assert (len(out.mail.kept), len(out.sms.kept)) == (2, 2)


@pytest.mark.parametrize("fell", ["mail", "sms"])
def test_a_kill_between_sending_and_noting_repeats_at_most_and_the_other_side_drops_it(
    out, monkeypatch, fell
):
    code = received(
        email="tuyet@example.vn" if fell == "mail" else "", phone="" if fell == "mail" else "0912345678"
    )
    follow(MORNING)
    with monkeypatch.context() as patch:
        patch.setattr(operations, "note_taken", _killed)
        with pytest.raises(KeyboardInterrupt):
            send(MORNING)
    send(MORNING + MINUTE)
    assert ("received", "email" if fell == "mail" else "sms", "queued") in messages(code), (
        "another's until the lease ends"
    )
    tried(MORNING + timedelta(minutes=3), 2)
    assert {state for _, _, state in messages(code)} <= {"sent", "delivered"}
    server = out.mail if fell == "mail" else out.sms
    assert (len(server.kept), server.repeated) == (1, 1)


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_what_no_message_could_tell_is_telephoned_about_and_then_done(out):
    code = in_supplement()
    out.mail.mode = out.sms.mode = "refuse"
    tried(MORNING + 4 * MINUTE)
    assert [m for m in messages(code) if m[0] == "papers"] == [
        ("papers", "account", "delivered"),
        ("papers", "email", "failed"),
        ("papers", "sms", "failed"),
    ]
    assert listed() == [(code, "papers")]
    assert dossiers.replay(history(row_of(code)["id"]))["dossiers_dossier"] == [plain(code)]
    act("tiepnhan1", MORNING + 9 * MINUTE, transfers.tell, code=code, words=owed(code), way="phone")
    assert listed() == []


@pytest.mark.parametrize("fault", [ClockStepped, Unavailable])
def test_what_can_t_be_noted_now_is_noted_in_the_next_round(out, monkeypatch, fault):
    code = in_supplement(email="", phone="")

    def refuses(**_: object) -> None:
        raise fault("Thử lại sau.", "Try again later.")

    with monkeypatch.context() as patch:
        patch.setattr(messages_flows, "missed", refuses)
        send(MORNING + 4 * MINUTE)
    unsettled = Notice.objects.filter(reference=code, settled_at=None)
    assert ({notice.about for notice in unsettled}, listed()) == ({"received", "papers"}, [])
    send(MORNING + 5 * MINUTE)
    assert (unsettled.all().exists(), listed()) == (False, [(code, "papers")])


def test_an_outage_of_a_day_is_a_failure_and_somebody_telephones(out):
    code = in_supplement()
    out.mail.mode = out.sms.mode = "busy"
    tried(MORNING + 4 * MINUTE, 2)
    assert listed() == []
    tried(MORNING + timedelta(hours=25), 3)
    assert {state for about, channel, state in messages(code) if channel != "account"} == {"failed"}
    assert listed() == [(code, "papers")]


def test_with_the_papers_nobody_is_owed_a_word_any_more(out):
    code = in_supplement(email="", phone="")
    send(MORNING + 4 * MINUTE)
    assert listed() == [(code, "papers")]
    act("tiepnhan1", MORNING + 9 * MINUTE, progress.supply, code=code, items=["1"])
    assert row_of(code)["to_tell"] is None


def test_without_any_address_only_what_a_person_would_telephone_about_is_listed(out):
    code = received(email="", phone="")
    follow(MORNING)
    send(MORNING)
    assert messages(code) == [("received", "account", "delivered")]
    assert listed() == []
    in_supplement(email="", phone="0243 825 1234")
    send(MORNING + 4 * MINUTE)
    assert [about for _, about in listed()] == ["papers"]


def test_who_said_no_gets_no_message_and_no_call(out):
    code = received()
    party = notified(plain(code))[0].party
    operations.prefer(addressee=party, language="vi", channels=[], at=MORNING)
    follow(MORNING)
    send(MORNING)
    assert (messages(code), listed()) == ([], [])
    operations.prefer(addressee=party, language="en", channels=["sms"], at=MORNING)
    act("tiepnhan1", MORNING + MINUTE, progress.withdraw, code=code, shown_by="signed_paper")
    follow(MORNING + MINUTE)
    send(MORNING + MINUTE)
    assert messages(code) == [("withdrawn", "sms", "sent")]
    assert out.sms.kept[0]["text"].startswith(f"Dossier {code} was withdrawn as asked.")


def test_at_night_only_what_was_just_asked_for(out):
    night = moment(24, 23, 59)
    submitted = str(act("tiepnhan1", night, submit, intake=intake(channel="online")).row["code"])
    received_late = received(at=night)
    follow(night)
    send(night)
    assert ("submitted", "sms", "sent") in messages(submitted)
    assert ("received", "sms", "queued") in messages(received_late)
    rests = Message.objects.filter(notice__reference=received_late, state="queued")
    assert {(one.due_at, one.attempts) for one in rests} == {(moment(25, 7), 0)}
    send(moment(25, 6, 59))
    assert ("received", "sms", "queued") in messages(received_late)
    send(moment(25, 7))
    assert ("received", "sms", "sent") in messages(received_late)


def test_a_result_that_a_message_told_is_off_the_list_of_those_to_tell(out):
    code, at = brought_to("ready")
    follow(at)
    assert [line.code for line in results.waiting(viewer=viewer("tiepnhan1"), at=at, show="tell").lines] == [
        code
    ]
    tried(at, 2)
    assert (row_of(code)["reminders"], row_of(code)["state"]) == (1, "decided")
    assert results.waiting(viewer=viewer("tiepnhan1"), at=at, show="tell").lines == ()
    later = moment(31, 9)
    assert [tell_in_time(clock=lambda: later) for _ in range(2)] == [1, 0]
    out.sms.mode = "undelivered"
    tried(later, 3)
    assert ("collect", "sms", "failed") in messages(code)
    assert [
        line.code for line in results.waiting(viewer=viewer("tiepnhan1"), at=later, show="tell").lines
    ] == [code]


def test_a_firm_date_that_a_message_told_is_off_the_list(out):
    code, at = brought_to(State.TRANSFERRED)
    act("tiepnhan1.mauhai", at, transfers.accept, code=code)
    follow(at)
    assert listed() == [(code, "due_date")]
    tried(at, 2)
    assert listed() == []
    last = history(row_of(code)["id"])[-1]
    assert (last.type, last.actor["kind"], last.data["way"]) == ("dossier_applicant_told", "system", "sms")


def test_what_the_system_notes_lets_no_proposal_lapse(out):
    code = received(email="", phone="")
    at = MORNING + MINUTE
    act(
        "chutich",
        at,
        progress.notify_delay,
        code=code,
        apology_date=open_day(moment(28, 9).date()),
        reason="Chờ trả lời.",
    )
    act("tiepnhan1", at + MINUTE, mends.close_as_duplicate, code=code, of=received(), reason="Nộp hai lần.")
    follow(at + 2 * MINUTE)
    send(at + 2 * MINUTE)
    assert listed() == [(code, "delay")]
    assert row_of(code)["pending"] is not None


def test_half_way_is_told_once_and_only_on_its_day(out):
    code = received(variant="verification")
    row = row_of(code)
    half = row["clock_from"] + (row["due_at"] - row["clock_from"]) / 2
    for at, made in (
        (half - MINUTE, 0),
        (half + MINUTE, 1),
        (half + 2 * MINUTE, 0),
        (half + timedelta(days=2), 0),
    ):
        assert duties.run(clock=lambda at=at: at, origin="simulated") == made
    assert [about for about, *_ in messages(code)].count("half_way") == 3


def test_missing_papers_are_reminded_of(out):
    code = in_supplement()
    for days, made in (
        (4, 0),
        (6, 1),
        (7, 0),
        (15.5, 1),
        (20, 0),
        (26, 0),
        (27.5, 1),
        (30.5, 0),
        (31.5, 1),
        (33, 0),
    ):
        at = MORNING + timedelta(days=days)
        assert tell_in_time(clock=lambda at=at: at) == made
    assert [about for about, channel, _ in messages(code) if channel == "sms"].count("papers_again") == 3
    send(MORNING + timedelta(days=33))
    texts = [each["text"] for each in out.sms.kept if "giay to" in each["text"]]
    assert all("23/09/2026" in text for text in texts)
    assert texts[-1].startswith(f"Ho so {code} het thoi gian bo sung giay to ngay 23/09/2026")


def test_what_is_old_or_imported_is_no_news_and_a_replay_tells_nobody(out):
    code = received()
    follow(MORNING + timedelta(days=4))
    dossiers.replay(history(row_of(code)["id"]))
    send(MORNING + timedelta(days=4))
    assert messages(code) == []


def test_a_server_without_encryption_gets_nothing_where_it_is_asked_for(out, settings):
    settings.SMTP_TLS, settings.SMTP_USER, settings.SMTP_PASSWORD = "starttls", "motcua", "mat-khau"
    code = received(phone="")
    follow(MORNING)
    send(MORNING)
    assert ("received", "email", "queued") in messages(code)
    assert (out.mail.tried, out.mail.kept) == (0, [])
    settings.SMTP_TLS = "none"
    send(MORNING + timedelta(hours=1))
    assert ("received", "email", "queued") in messages(code), "this server asks for no account"
    assert Message.objects.get(channel="email").fault == "not_understood"


def test_servers_that_die_in_the_middle_of_a_batch_lose_and_repeat_nothing(out, monkeypatch):
    codes = [received(email=f"n{n}@example.vn", phone=f"091234560{n}") for n in range(6)]
    follow(MORNING)
    with monkeypatch.context() as patch:
        for outlet, server in ((mail, out.mail), (sms, out.sms)):
            patch.setattr(outlet, "send", _dies_after(3, outlet.send, server))
        send(MORNING + MINUTE)
    assert (len(out.mail.kept), len(out.sms.kept)) == (3, 3)
    out.mail.mode = out.sms.mode = "ok"
    tried(MORNING + timedelta(hours=1), 3)
    assert (len(out.mail.kept), len(out.sms.kept)) == (6, 6)
    assert (out.mail.repeated, out.sms.repeated) == (0, 0)
    assert {state for code in codes for _, _, state in messages(code)} <= {"sent", "delivered"}


def _dies_after(many: int, send_one: Any, server: Any) -> Any:
    def sends(outgoing: Any) -> Any:
        server.mode = "busy" if len(server.kept) >= many else "ok"
        return send_one(outgoing)

    return sends
