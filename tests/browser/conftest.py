"""One server and one set of dossiers for all browser tests of a run."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker

from tests.support.database import Logins, Restorer
from tests.support.scenes import build
from tests.support.site import served, static_files
from tests.support.visits import Site, Visit

Opens = Callable[..., Visit]


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


@pytest.fixture(scope="session")
def one_tab(browser: Browser, site: Site) -> Iterator[Visit]:
    """A tab that stays: a new one costs the browser more than the page it is opened for."""
    tab = site.visit(browser)
    yield tab
    tab.context.close()


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Opens]:
    """Opens a tab: `visit("tuphap1", width=390)`. What the console says, or the policy stops, fails the test."""
    opened: list[Visit] = []

    def open_tab(login: str | None = None, **options: object) -> Visit:
        opened.append(site.visit(browser, login, **options))
        return opened[-1]

    yield open_tab
    for each in opened:
        each.context.close()
    assert [complaint for each in opened for complaint in each.complaints] == []
