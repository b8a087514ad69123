"""One message that can't go leaves the others, and the worker, alone; and a server's word is taken for what it is."""

import smtplib
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import override_settings
from tests.support.acts import moment
from tests.support.outlets import Outlets, letter, outlets
from tests.support.trickles import trickles

from motcua.kernel import wire
from motcua.kernel.ids import uuid7
from motcua.notifications.letters import Sealed
from motcua.notifications.models import Letter, Message
from motcua.notifications.operations import NewNotice, make
from motcua.notifications.outlets import mail, sms
from motcua.notifications.sending import send_due

pytestmark = pytest.mark.django_db
AT = moment(24, 9)


@pytest.fixture
def out() -> Iterator[Outlets]:
    with outlets() as both:
        yield both


def waiting(channel: str = "email", to: str = "tuyet@example.vn", subject: str = "Đã tiếp nhận") -> Message:
    """A message that is due."""
    notice = NewNotice(
        reference="H99.01.01-260824-0001",
        cause=str(uuid7()),
        as_of=1,
        about="received",
        agency="H99.01.01",
        asked_for=True,
        letters=[letter(channel, Sealed(to, subject, "Hẹn trả 17:00 27/08/2026."))],
    )
    assert make(notice, at=AT)
    return Message.objects.latest("id")


def texted() -> Message:
    return waiting("sms", "+84912345678", "")


def became(message: Message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, message.fault


def send(at: Any = AT) -> None:
    send_due(clock=lambda: at, hindrance=lambda _claimed, _to: "")


@pytest.mark.parametrize("sealed", [b"", b"sealed by nobody, and long enough for a nonce and a tag"])
def test_a_damaged_message_holds_no_other_up_and_is_given_up_after_a_day(out, sealed):
    damaged, whole = waiting(), waiting()
    Letter.objects.filter(message=damaged).update(sealed=sealed)
    send()
    assert became(damaged) == ("queued", "unreadable")
    assert became(whole) == ("sent", "")
    send(AT + timedelta(hours=25))
    assert became(damaged) == ("failed", "unreadable")
    assert len(out.mail.kept) == 1


def test_a_heading_that_no_mail_can_bear_holds_no_other_up(out):
    split, whole = waiting(subject="Đã tiếp nhận\r\nBcc: ke.la@example.vn"), waiting()
    send()
    assert became(split) == ("queued", "unreadable")
    assert became(whole) == ("sent", "")
    assert [letter["to"] for letter in out.mail.kept] == ["tuyet@example.vn"]


@pytest.mark.parametrize(
    "body",
    [
        *(f'{{"id": "{name}"}}' for name in ("a\\nb", "a\\u0000b", "../other", "a?b", "x" * 101, "")),
        '{"id": 7}',
        "[" * 200_000,
    ],
)
def test_a_gateway_s_answer_that_is_none_costs_one_attempt(out, monkeypatch, body):
    message = texted()
    monkeypatch.setattr(wire, "call", lambda *_, **__: wire.Answered(200, body.encode()))
    send()
    assert became(message) == ("queued", "not_understood")


def test_a_kept_id_that_can_t_be_asked_after_is_left_at_that(out):
    asked, whole = texted(), waiting()
    Message.objects.filter(pk=asked.pk).update(state="sent", sent_at=AT, provider_id="a\nb")
    send()
    assert became(asked) == ("sent", "unreadable")
    assert became(whole) == ("sent", "")
    send(AT + timedelta(hours=25))
    asked.refresh_from_db()
    assert (asked.state, asked.due_at) == ("sent", None)


@pytest.mark.parametrize(
    ("stage", "answer", "fault"),
    [
        ("MAIL", "550 5.1.8 sender unknown", "refused_us"),
        ("MAIL", "451 later", "busy"),
        ("DATA", "554 5.6.0 not taken", "refused_us"),
        ("RCPT", "554 5.7.1 Relay access denied", "refused_us"),
    ],
)
def test_a_server_that_refuses_us_fails_nobody_for_good(out, stage, answer, fault):
    message = waiting()

    async def refuse(*_: object) -> Any:
        return answer

    setattr(out.mail, f"handle_{stage}", refuse)
    send()
    assert became(message) == ("queued", fault)
    delattr(out.mail, f"handle_{stage}")
    send(AT + timedelta(hours=1))
    assert became(message) == ("sent", "")


def test_an_address_that_does_not_exist_is_final(out):
    message = waiting()
    out.mail.mode = "refuse"
    send()
    assert became(message) == ("failed", "bad_address")


def test_what_the_server_took_is_sent_whatever_it_says_to_our_parting(out):
    message = waiting()

    async def sulk(*_: object) -> str:
        return "500 what"

    out.mail.handle_QUIT = sulk
    for hours in (0, 1, 2):
        send(AT + timedelta(hours=hours))
    assert became(message) == ("sent", "")
    assert (len(out.mail.kept), out.mail.repeated) == (1, 0)


def test_a_gateway_that_trickles_keeps_the_others_waiting_no_longer_than_a_call(out, monkeypatch):
    monkeypatch.setattr(sms, "LONGEST", 0.4)
    slow, other = texted(), waiting()
    with trickles() as begin:
        port, began = begin(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x"), time.monotonic()
        with override_settings(SMS_URL=f"http://127.0.0.1:{port}/messages"):
            send()
    assert time.monotonic() - began < 3
    assert became(slow) == ("queued", "timeout")
    assert became(other) == ("sent", "")


def test_a_gateway_s_answer_without_end_is_read_no_further_than_it_may_be(out):
    message = texted()
    with trickles() as begin:
        endless = begin(b"HTTP/1.1 200 OK\r\nContent-Length: 400000000\r\n\r\n" + b" " * (sms.LARGEST + 1))
        with override_settings(SMS_URL=f"http://127.0.0.1:{endless}/messages"):
            send()
    assert became(message) == ("queued", "not_understood")


@pytest.mark.parametrize(
    ("first", "then", "encrypted"),
    [
        (b"220-", b"x", "none"),
        (b"", b"220-x\r\n", "none"),
        (b"220 here\r\n250-", b"x", "none"),
        (b"\x16\x03\x03\x40\x00", b"x", "implicit"),
        (b"220 here\r\n250-here\r\n250 STARTTLS\r\n220 go\r\n", b"\x16\x03\x03", "starttls"),
    ],
    ids=["banner", "lines", "greeting", "implicit", "starttls"],
)
def test_a_mail_server_that_trickles_keeps_the_others_waiting_no_longer_than_a_conversation(
    out, monkeypatch, first, then, encrypted
):
    monkeypatch.setattr(mail, "LONGEST", 0.4)
    slow, other = waiting(), texted()
    with trickles(speaks_first=True) as begin:
        began = time.monotonic()
        with override_settings(SMTP_PORT=begin(first, then), SMTP_TLS=encrypted):
            send()
    assert time.monotonic() - began < 3
    assert became(slow) == ("queued", "timeout")
    assert became(other) == ("sent", "")


def no_wide_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server without SMTPUTF8."""
    had = smtplib.SMTP.has_extn
    monkeypatch.setattr(smtplib.SMTP, "has_extn", lambda self, opt: opt != "smtputf8" and had(self, opt))


def test_a_domain_with_accents_is_written_as_every_server_takes_it(out, monkeypatch):
    no_wide_letters(monkeypatch)
    message = waiting(to="a@việt.vn")
    send()
    assert became(message) == ("sent", "")
    assert [kept["to"] for kept in out.mail.kept] == ["a@xn--vit-5kz.vn"]


@pytest.mark.parametrize("address", ["đào@example.vn", "a@việt..vn", "a@" + "ệ" * 70 + ".vn"])
def test_an_address_that_can_t_be_written_is_final_and_holds_no_other_up(out, monkeypatch, address):
    no_wide_letters(monkeypatch)
    message, other = waiting(to=address), waiting()
    send()
    assert became(message) == ("failed", "bad_address")
    assert became(other) == ("sent", "")
    assert [kept["to"] for kept in out.mail.kept] == ["tuyet@example.vn"]


def test_a_server_that_can_t_encrypt_fails_no_address_for_good(out):
    message = waiting(to="đào@example.vn")
    with override_settings(SMTP_TLS="starttls"):
        send()
    assert became(message) == ("queued", "not_understood")
