"""Calls end in time, whatever the other side does with them."""

import socket
import time
from collections.abc import Iterator

import pytest
from tests.support.trickles import trickles

from motcua.kernel.wire import Answered, Garbled, call, post

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
HEAD = b"HTTP/1.1 200 OK\r\nX-Slow: "
BODY = b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"


@pytest.fixture
def answering() -> Iterator[object]:
    """Lets a server answer its one caller with some bytes, then a letter now and then until the caller has gone."""
    with trickles() as begin:
        yield lambda first, then=b"": f"http://127.0.0.1:{begin(first, then)}/"


def called(url: str) -> bytes | None:
    return post(url, b"{}", kind="application/json", seconds=0.4, connect=0.4, largest=100)


@pytest.mark.parametrize("first", [HEAD, BODY], ids=["head", "body"])
def test_an_answer_that_trickles_is_given_up(answering, first):
    url, began = answering(first, b" "), time.monotonic()
    with pytest.raises(TimeoutError):
        called(url)
    assert time.monotonic() - began < 2


def test_an_answer_in_time_is_read(answering):
    assert called(answering(WHOLE)) == b"{}"


@pytest.mark.parametrize(
    "answer",
    [b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n", BODY.replace(b"9999", b"200") + b"x" * 200],
    ids=["no success", "too long"],
)
def test_what_is_no_success_or_too_long_is_none(answering, answer):
    assert called(answering(answer)) is None


def test_nobody_there_is_said_so():
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with pytest.raises(ConnectionError):
        called(f"http://127.0.0.1:{port}/")


def fetched(url: str) -> Answered:
    return call("GET", url, headers={}, seconds=0.4, connect=0.4, largest=100)


def test_how_it_was_answered_is_told(answering):
    assert fetched(answering(WHOLE)) == Answered(200, b"{}")


def test_what_is_no_success_is_told_by_its_status(answering):
    assert fetched(answering(b"HTTP/1.1 422 No\r\nContent-Length: 0\r\n\r\n")) == Answered(422, None)


def test_what_is_no_http_is_garbled(answering):
    with pytest.raises(Garbled):
        fetched(answering(b"220 mail.example.vn ESMTP\r\n"))


def test_what_can_t_be_asked_is_no_value():
    with pytest.raises(ValueError, match="ascii"):
        fetched("http://127.0.0.1/ế")
