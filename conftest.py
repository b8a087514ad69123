"""For all tests: they run against PostgreSQL as the application's own login, never as the owner."""

import gc
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.test import TransactionTestCase, override_settings
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker
from tests.support.chromium import chromium
from tests.support.citizens import ISSUER, identity_of
from tests.support.database import VAR, Logins, Restorer, fresh_database
from tests.support.site import served, static_files

import motcua
from motcua.cli import messages


def pytest_configure() -> None:
    """English pages need the compiled catalogue, which is not committed."""
    messages.compile_all(Path(motcua.__file__).parent)
    # How fast a busy machine draws examples says nothing about a rule; each run draws others.
    settings.register_profile(
        "house", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones first: at the end one process would wait for the other's."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """What was loaded stays to the end: looking through it again and again was a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def settings_of_tests() -> Iterator[None]:
    """What tests never share with an installation that lies beside the source.

    The real password hasher takes a fifth of a second on purpose; hundreds of sign-ins do not need it.
    """
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(
        PASSWORD_HASHERS=hashers,
        VAR=VAR,
        MEDIA_ROOT=VAR / "files",
        INSTALLATION="trial",
        IDENTITY=identity_of(ISSUER),
    ):
        yield


@pytest.fixture(scope="session")
def database_logins(
    django_test_environment: None, settings_of_tests: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Logins]:
    """Conninfo strings of this process's database: `.app`, `.owner`, `.superuser`."""
    with django_db_blocker.unblock(), fresh_database() as logins:
        yield logins


@pytest.fixture(scope="session")
def django_db_setup(database_logins: Logins) -> Iterator[None]:
    """In place of pytest-django's: the application's login cannot empty tables, so the owner does."""
    restorer = Restorer(database_logins.owner)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: restorer.restore())
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of this process: a second beside it finds the first one's event loop in its way."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def served_pages(
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
    database_logins: Logins,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[str]:
    """The address of the pages; what is done there is really committed, and put back after the module's tests."""
    restorer = Restorer(database_logins.owner)
    with django_db_blocker.unblock():
        with static_files(tmp_path_factory.mktemp("static")), served() as url:
            yield url
        restorer.restore()


@pytest.fixture
def owner_cursor(database_logins: Logins, django_db_setup: None) -> Iterator[psycopg.Cursor]:
    """A connection of its own as motcua_owner, autocommit; it sees committed rows only."""
    with psycopg.connect(database_logins.owner, autocommit=True) as session, session.cursor() as cursor:
        yield cursor


@pytest.fixture
def superuser_cursor(database_logins: Logins, django_db_setup: None) -> Iterator[psycopg.Cursor]:
    """As above, as the cluster's superuser: to do what nobody may, and see that it is found out."""
    if database_logins.superuser is None:
        pytest.skip("a server of one's own gives no superuser: set DATABASE_SUPERUSER_URL")
    with psycopg.connect(database_logins.superuser, autocommit=True) as session, session.cursor() as cursor:
        yield cursor
