"""The counter's tests: pages as they are, signed in where a clerk sits. The clock is the server's own, as what
is received through a page must be near it."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client
from tests.support.pages import plain_static, visitor

from motcua.kernel.time import now


@pytest.fixture
def at(db: None) -> Iterator[datetime]:
    """Now; static files need no collecting."""
    with plain_static():
        yield now()


@pytest.fixture
def clerk(at: datetime) -> Client:
    """A reception officer of the commune."""
    return visitor("tiepnhan1", at=at)
