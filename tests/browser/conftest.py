"""One browser, one server and one set of dossiers for all browser tests of a run."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django import DjangoDbBlocker

from motcua.web.common.middleware import LANGUAGE_COOKIE
from tests.support.chromium import chromium
from tests.support.database import Logins, Restorer
from tests.support.scenes import AT, Scene, build
from tests.support.site import served, session_of, static_files


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that lies here drives the browser."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@dataclass
class Site:
    """The served pages, dossiers by situation, and sessions by login."""

    url: str
    codes: dict[str, str]
    sessions: dict[tuple[str, datetime], str] = field(default_factory=dict)

    def session(self, login: str, at: datetime) -> str:
        if (login, at) not in self.sessions:
            self.sessions[login, at] = session_of(login, at=at)
        return self.sessions[login, at]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def site(
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
    database_logins: Logins,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Site]:
    """Really committed, for the threads of the server to see; put back at the end."""
    restorer = Restorer(database_logins.owner)
    with django_db_blocker.unblock():
        with static_files(tmp_path_factory.mktemp("static")), served() as url:
            yield Site(url, build())
        restorer.restore()


@dataclass
class Visit:
    """A tab, and what the browser complained about while it was open."""

    context: BrowserContext
    tab: Page
    site: Site
    complaints: list[str]

    def go(self, path: str) -> None:
        self.tab.goto(self.site.url + path.format_map(self.site.codes))

    def play(self, scene: Scene) -> None:
        """Bring the page into the scene's state."""
        self.go(scene.path)
        for name, value in scene.fill.items():
            fill(self.tab, name, value)
        if scene.sends:
            main = self.tab.locator(
                f"main form[method=post]:has([name='{next(iter(scene.fill), 'idempotency_key')}'])"
            )
            button = main.locator("button[data-primary]")
            with self.tab.expect_navigation():
                (button if button.count() else main.locator("button[type=submit]")).first.click()


def fill(tab: Page, name: str, value: str) -> None:
    """Type or choose `value` in the field `name` of the page's own part."""
    control = tab.locator(f"main [name='{name}']")
    kind = control.first.get_attribute("type") or control.first.evaluate("e => e.tagName.toLowerCase()")
    if kind == "radio" or (kind == "checkbox" and control.count() > 1):
        tab.locator(f"main [name='{name}'][value='{value}']").check()
    elif kind == "checkbox":
        control.check()
    elif kind == "select":
        control.select_option(value)
    else:
        control.fill(value)


Opens = Callable[..., Visit]


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Opens]:
    """Opens a tab: `visit("tuphap1", width=390)`. What the console says, or the policy stops, fails the test."""
    opened: list[Visit] = []

    def open_tab(
        login: str | None = None,
        *,
        width: int = 1366,
        language: str = "",
        at: datetime = AT,
        **options: object,
    ) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        cookies = {settings.SESSION_COOKIE: site.session(login, at)} if login else {}
        cookies |= {LANGUAGE_COOKIE: language} if language else {}
        context.add_cookies([{"name": n, "value": v, "url": site.url} for n, v in cookies.items()])
        tab = context.new_page()
        new = Visit(context, tab, site, [])
        tab.on("console", lambda message: _listen(new, message.type, message.text))
        tab.on("pageerror", lambda error: new.complaints.append(f"error: {error}"))
        opened.append(new)
        return new

    yield open_tab
    for each in opened:
        each.context.close()
    assert [complaint for each in opened for complaint in each.complaints] == []


def _listen(visit: Visit, kind: str, text: str) -> None:
    # Chromium notes each answer of 4xx, also those that are a page of ours.
    if not text.startswith("Failed to load resource: the server responded with a status of 4"):
        visit.complaints.append(f"{kind}: {text}")
