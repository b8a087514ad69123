"""Whose address a request has: nobody chooses their own."""

import pytest
from django.test import RequestFactory, override_settings

from motcua.web.common.requests import client_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", "10.0.0.9"),
        (0, "203.0.113.7", "10.0.0.9"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "1.1.1.1, 203.0.113.7", "203.0.113.7"),
        (2, "1.1.1.1, 203.0.113.7, 10.0.0.1", "203.0.113.7"),
        (2, "203.0.113.7", "10.0.0.9"),
        (1, "", "10.0.0.9"),
        (1, "203.0.113.7, ", "10.0.0.9"),
    ],
)
def test_only_our_proxies_are_believed(proxies, forwarded, address):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory(headers=headers).get("/sign-in", REMOTE_ADDR="10.0.0.9")
    with override_settings(PROXIES=proxies):
        assert client_address(request) == address
