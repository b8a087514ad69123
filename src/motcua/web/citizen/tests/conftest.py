"""The citizens' pages. The clock is the server's own, as what is handed in through a page must be near it."""

import pytest
from tests.support.citizens import provided
from tests.support.pages import plain_static

from motcua.kernel.time import now


@pytest.fixture
def at(db):
    """Now; static files need no collecting."""
    with plain_static():
        yield now()


@pytest.fixture
def provider(db):
    """A provider that answers."""
    with plain_static(), provided() as running:
        yield running
