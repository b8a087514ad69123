"""Walking through the citizens' pages without a browser."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from tests.support.html import Page
from tests.support.papers import sent
from tests.support.world import COMMUNE

ANSWERS = {"reissue": "no", "married_before": "no", "delegated": "no"}
Filled = dict[str, str | list[str]]


def send(client: Client, path: str, filled: Any = None, **files: Any) -> HttpResponse:
    """Open a page and send its form with `filled` typed into it."""
    form = Page(client.get(path).text).form(*(filled or {}))
    return client.post(path, form.sent(filled or {}) | files)


def written(client: Client, procedure: str = "1.004873") -> str:
    """A draft of a certificate of marital status, filled in as far as the check; the address of that."""
    draft = send(client, f"/my/begin/{procedure}", {"agency": COMMUNE})["Location"]
    path = client.get(draft)["Location"]
    path = send(client, path, {"variant": "no_verification"})["Location"]
    path = send(client, path, ANSWERS)["Location"]
    path = send(client, path, {"phone": "0912 345 678"})["Location"]
    return send(client, path, **{"paper-online_form": sent(name="to khai.pdf")})["Location"]


def handed_in(client: Client) -> str:
    """The same handed in; its code."""
    return send(client, written(client), {"sure": "on"})["Location"].rpartition("/")[2]
