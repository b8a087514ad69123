"""The look is tested alone: no collectstatic, no one signed in; Vietnamese unless a test says otherwise."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation
from tests.support.pages import PLAIN_STATIC

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "motcua.web.common.jinja.environment"},
    }
]


@pytest.fixture
def bare_pages(settings: Any) -> Iterator[None]:
    """Templates with nothing but what the test gives them."""
    settings.STORAGES = PLAIN_STATIC
    settings.TEMPLATES = TEMPLATES
    with translation.override("vi"):
        yield
