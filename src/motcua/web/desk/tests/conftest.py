"""Pages are tested without collecting static files."""

from collections.abc import Iterator

import pytest
from tests.support.pages import plain_static


@pytest.fixture(autouse=True)
def pages() -> Iterator[None]:
    """Static files by their own names."""
    with plain_static():
        yield
