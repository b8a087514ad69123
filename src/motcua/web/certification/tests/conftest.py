"""The certification desk's tests: pages as they are; the clock is the server's own."""

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
