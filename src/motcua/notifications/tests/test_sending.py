"""One message that can't go leaves the others, and the worker, alone; and a server's word is taken for what it is."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from tests.support.acts import moment
from tests.support.outlets import Outlets, letter, outlets

from motcua.kernel.ids import uuid7
from motcua.notifications.letters import Sealed
from motcua.notifications.models import Letter, Message
from motcua.notifications.operations import NewNotice, make
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
    send_due(clock=lambda: at)


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
    monkeypatch.setattr(httpx, "request", lambda *_, **__: httpx.Response(200, text=body))
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
