"""The due date three times: as the dossier's page explains it, as `motcua clock` computes it from a shell, and as the
walk knows it was paused and extended."""

import json
import subprocess
import sys
from datetime import datetime
from typing import Any

from playwright.sync_api import Page

from motcua.kernel.time import local
from tests.support.database import ROOT
from tests.support.lives import plain

LINES = """() => [...document.querySelectorAll('section[aria-labelledby=dates_title] details li')]
  .map(e => e.innerText.replace(/\\s+/g, ' ').trim())"""


def by_the_shell(code: str) -> dict[str, Any]:
    """What `motcua clock` answers, told the dossier's reception, limit, pauses and extensions."""
    row = plain(code)
    asked = {
        "id": code,
        "received_at": moment(row["clock_from"]),
        "limit": {"value": row["promise_value"], "unit": row["promise_unit"]},
        "pauses": [[p["from"], p["to"], p["ground"] or p["kind"]] for p in row["pauses"]],
        "extensions": [[x["at"], x["value"], x["unit"], x["ground"]] for x in row["extensions"]],
    }
    ran = subprocess.run(
        [sys.executable, "-m", "motcua.config.main", "clock"],
        input=json.dumps(asked) + "\n",
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def moment(told: datetime) -> str:
    """A moment with its offset."""
    return local(told).isoformat()


def on_the_page(tab: Page) -> list[str]:
    """The lines of "how it is reckoned", opened."""
    tab.locator("section[aria-labelledby=dates_title] details").evaluate("e => e.open = true")
    found: list[str] = tab.evaluate(LINES)
    return found
