"""Pages draw without static files having been collected."""

from collections.abc import Iterator

import pytest
from tests.support.pages import plain_static


@pytest.fixture(autouse=True)
def _plain_static() -> Iterator[None]:
    with plain_static():
        yield
