"""Citizens for tests: the stand-in provider on a free port, and browsers that have signed in by it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
from django.conf import settings
from django.test import Client, override_settings
from stand_ins import identity
from stand_ins.identity import CLIENT, SECRET, Provider, server

from motcua.flows.citizens import sign_in
from motcua.kernel.actor import SYSTEM
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.parties.vneid import introduced

ISSUER = "https://dinh-danh.example"


def identity_of(issuer: str) -> dict[str, str]:
    """What settings.IDENTITY holds for a provider."""
    return {"issuer": issuer, "client": CLIENT, "secret": SECRET}


@contextmanager
def provided() -> Iterator[Provider]:
    """A provider on a free port, configured."""
    provider = Provider()
    with server(provider) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            with override_settings(IDENTITY=identity_of(provider.issuer)):
                yield provider
        finally:
            running.shutdown()
            thread.join()


def chosen(where: str, who: str) -> str:
    """What the provider answers when `who` is chosen on the page at `where`: an address of ours."""
    asked = {name: values[-1] for name, values in parse_qs(urlsplit(where).query).items()}
    answer = httpx.post(where.partition("?")[0], data={**asked, "who": who})
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def come_in(client: Client, who: str = "tuyet", *, following: str = "/my/dossiers") -> str:
    """Sign in through all the pages; where it led."""
    there = client.get("/my/sign-in/ask", {"next": following})
    back = urlsplit(chosen(there["Location"], who))
    answer = client.get(f"{back.path}?{back.query}")
    assert answer.status_code == 302, answer.text
    return str(answer["Location"])


def citizen_session(who: str, *, at: datetime) -> str:
    """The secret of a new session of one of the stand-in's people, without its pages."""
    claims = identity.PEOPLE[who]
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        done = sign_in(who=introduced(claims), issuer=ISSUER, state=str(uuid4()), actor=SYSTEM, at=at)
    return done.secret


def citizen_client(who: str = "tuyet", *, at: datetime) -> Client:
    """A browser of one of the stand-in's people."""
    client = Client()
    client.cookies[settings.CITIZEN_COOKIE] = citizen_session(who, at=at)
    return client
