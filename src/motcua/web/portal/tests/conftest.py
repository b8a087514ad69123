"""The portal's clock stands still in the middle of the trial week."""

from collections.abc import Iterator

import pytest
from django.test import Client
from tests.support.acts import moment
from tests.support.pages import plain_static, visitor
from tests.support.site import pages_at

AT = moment(26, 9, 30)


@pytest.fixture
def citizen(db: None) -> Iterator[Client]:
    with plain_static(), pages_at(AT):
        yield visitor(at=AT)
