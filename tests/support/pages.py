"""Visiting pages without a browser: a client that is signed in, static files under their plain names."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.test import Client, override_settings

from tests.support.site import cookie_of

PLAIN_STATIC = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@contextmanager
def plain_static() -> Iterator[None]:
    """Pages draw without static files having been collected; none are served."""
    with TemporaryDirectory() as nothing, override_settings(STORAGES=PLAIN_STATIC, STATIC_ROOT=nothing):
        yield


def visitor(login: str | None = None, *, at: datetime, **options: Any) -> Client:
    """A browser without a screen: of the public, or of the person with this login since `at`."""
    client = Client(**options)
    if login is not None:
        name, secret = cookie_of(login, at=at)
        client.cookies[name] = secret
    return client
