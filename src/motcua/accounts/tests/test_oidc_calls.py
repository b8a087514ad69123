"""Calls to the identity provider are bounded: one that never ends, or grows, holds nobody at the counter."""

import itertools
from contextlib import ExitStack

import httpx
import pytest

from motcua.accounts import oidc_calls
from motcua.accounts.oidc_calls import MOST_AT_ONCE, Talk, talk
from motcua.kernel.errors import Unavailable

ASKED = "https://dinh-danh.example/jwks"


def test_no_more_talk_to_the_provider_than_may():
    with ExitStack() as busy:
        for _ in range(MOST_AT_ONCE):
            busy.enter_context(talk())
        with pytest.raises(Unavailable), talk():
            pass
    with talk():
        pass


@pytest.mark.parametrize(("longest", "largest"), [(0.02, 1 << 40), (60.0, 1_000)], ids=["time", "size"])
def test_an_answer_without_end_is_given_up(monkeypatch, longest, largest):
    monkeypatch.setattr(oidc_calls, "LONGEST", longest)
    monkeypatch.setattr(oidc_calls, "LARGEST", largest)
    sent = itertools.count()

    class Endless(httpx.SyncByteStream):
        def __iter__(self):
            yield from (b" " for _ in sent)

    transport = httpx.MockTransport(lambda _asked: httpx.Response(200, stream=Endless()))
    with httpx.Client(transport=transport) as client, pytest.raises(Unavailable):
        Talk(client).told(httpx.Request("GET", ASKED))
    assert next(sent) > 1, "the answer was being read"


@pytest.mark.parametrize(
    "issuer", ["https://dinh-danh.example", "https://dinh-danh.example/", "https://dd.example/vn"]
)
def test_an_issuer_is_believed_as_it_names_itself_with_a_slash_or_without(issuer):
    asked = []
    told = dict.fromkeys(oidc_calls._NEEDED, f"{issuer}x") | {"issuer": issuer}

    def answer(request):
        asked.append(str(request.url))
        return httpx.Response(200, json=told)

    oidc_calls.forget()
    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        assert oidc_calls.discovered(issuer, Talk(client)) == told
    assert asked == [f"{issuer.rstrip('/')}/.well-known/openid-configuration"]
    oidc_calls.forget()
