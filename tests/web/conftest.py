"""All pages at one moment, over one set of dossiers."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.http import HttpResponse
from django.test import Client

from motcua.web.common.middleware import LANGUAGE_COOKIE
from tests.support.html import Page
from tests.support.pages import plain_static, visitor
from tests.support.scenes import AT, Scene, build
from tests.support.site import pages_at


@dataclass
class Stage:
    """Where scenes are played without a browser: dossiers by situation, and a client for each login (for the
    public, a new one each time)."""

    codes: dict[str, str]
    clients: dict[str | None, Client] = field(default_factory=dict)
    language: str = ""

    def client(self, login: str | None) -> Client:
        if login is None or login not in self.clients:
            self.clients[login] = visitor(login, at=AT)
            if self.language:
                self.clients[login].cookies[LANGUAGE_COOKIE] = self.language
        return self.clients[login]

    def play(self, scene: Scene) -> HttpResponse:
        """The last answer of the scene."""
        client = self.client(scene.login)
        response = client.get(scene.path.format_map(self.codes), follow=True)
        if scene.sends:
            form = Page(response.text).form(*scene.fill)
            target = form.action or response.request["PATH_INFO"]
            response = client.post(target, form.sent(scene.fill), follow=True)
        return response


@pytest.fixture
def stage(db: None) -> Iterator[Stage]:
    with plain_static(), pages_at(AT):
        yield Stage(build())
