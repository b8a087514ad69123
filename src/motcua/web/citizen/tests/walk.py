"""Walking through the citizens' pages without a browser."""

from typing import Any

from django.test import Client
from tests.support.html import Form, Page
from tests.support.papers import pdf, sent
from tests.support.world import COMMUNE

ANSWERS = {"delegated": "no"}
Filled = dict[str, str | list[str]]


def send(client: Client, path: str, filled: Any = None, **files: Any) -> Any:
    """Open a page and send its form with `filled` typed into it."""
    form = Page(client.get(path).text).form(*(filled or {}))
    return client.post(path, form.sent(filled or {}) | files)


def received_at_desk(desk: Client, code: str, filled: Any = None) -> Any:
    """Receive what was handed in from home: each paper is looked at and ticked; `filled` beside that."""
    path = f"/dossiers/{code}/receive"
    return desk.post(path, looked_at(Page(desk.get(path).text).form("variant"), filled))


def looked_at(form: Form, filled: Any = None) -> dict[str, list[str]]:
    """The form of a reception with each paper ticked, and `filled` beside that."""
    seen = {name: "on" for name in form.choices if name.startswith("good_")}
    return form.sent(seen | (filled or {}))


def written(client: Client, procedure: str = "2.002516") -> str:
    """A draft of a confirmation of civil status (it has no form), filled in as far as the check; its address."""
    draft = send(client, f"/my/begin/{procedure}", {"agency": COMMUNE})["Location"]
    path = client.get(draft)["Location"]
    path = send(client, path, ANSWERS)["Location"]
    path = send(client, path, {"phone": "0912 345 678"})["Location"]
    files = {
        "paper-online_form": sent(name="to khai.pdf"),
        "paper-related_papers": sent(pdf(mark="so ho tich"), name="trich luc.pdf"),
    }
    return str(send(client, path, **files)["Location"])


def handed_in(client: Client) -> str:
    """The same handed in; its code."""
    return str(send(client, written(client), {"sure": "on"})["Location"]).rpartition("/")[2]
