"""The designer of processes as a person uses it, without a browser."""

import json
from html import unescape
from typing import Any

from tests.support.html import Page

from motcua.kernel.time import now
from motcua.processes.models import Draft
from motcua.processes.starter import DATA

PAGES = "/catalogue"
CODE = "QT-1.004873"


def document(procedure: str = "1.004873") -> dict[str, Any]:
    return dict(json.loads((DATA / f"{procedure}.json").read_text(encoding="utf-8")))


def begun(officer, code: str = CODE) -> str:
    """The address of a draft begun from the first version."""
    page = Page(officer.get(f"{PAGES}/processes/{code}").text)
    form = next(f for f in page.forms if f.fields.get("from") == ["version"])
    answer = officer.post(f"{PAGES}/process-drafts/begin", form.sent({}))
    assert answer.status_code == 302
    return str(answer["Location"])


def node(officer, draft: str, at: str):
    return Page(officer.get(draft, {"at": at}).text).form("node_code")


def typed(officer, draft: str, at: str, told: dict[str, Any], status: int = 302):
    """Type into the properties of a node and keep them."""
    answer = officer.post(draft, {**node(officer, draft, at).sent(told), "do": "keep"})
    assert answer.status_code == status, unescape(answer.text)
    return answer


def press(officer, draft: str, at: str, button: str, **more: str):
    """Press a button of the chosen node."""
    told = {
        "revision": Draft.objects.get().revision,
        "at": at,
        "do": button,
        "idempotency_key": now().isoformat(),
    }
    return officer.post(draft, {**told, **more})


def announce(officer, draft: str, status: int = 302):
    form = Page(officer.get(f"{draft}/publish").text).form("agreed")
    sent = form.sent({"agreed": "on"})
    answer = officer.post(f"{draft}/publish", sent)
    assert answer.status_code == status, unescape(answer.text)
    return sent


def body() -> dict[str, Any]:
    return dict(Draft.objects.get().body)
