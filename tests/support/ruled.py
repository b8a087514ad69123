"""The process of the show life, published and adopted again with rules of its own."""

import json
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from motcua.kernel.actor import SYSTEM
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.processes.operations import adopt, publish
from tests.support.world import BEGINNING, COMMUNE

VARIANT = "no_verification"


def document(
    rules: Mapping[str, Mapping[str, Any]], *, before: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The shipped process of 1.004873 with `rules` (step code -> keys), and `before` as a row before the approval."""
    text = (files("motcua.processes") / "data" / "1.004873.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    if before is not None:
        place = next(n for n, step in enumerate(found["steps"]) if step["kind"] == "approve")
        found["steps"].insert(place, {**found["steps"][place - 1], "returns_to": [], **before})
        for order, step in enumerate(found["steps"], 1):
            step["order"] = order
    for step in found["steps"]:
        step |= rules.get(step["code"], {})
    return found


def ruled(
    rules: Mapping[str, Mapping[str, Any]],
    *,
    before: Mapping[str, Any] | None = None,
    agency: str = COMMUNE,
    variant: str = VARIANT,
    **more: Any,
) -> None:
    """Xã Mẫu, or another agency, runs that from February 2026 on; `more`: what the process says of itself."""
    with unit_of_work(actor=SYSTEM, at=BEGINNING, request=Request.fresh(), origin="simulated"):
        version = publish(document=document(rules, before=before) | more, actor=SYSTEM, at=BEGINNING)
        adopt(
            agency=agency,
            process_version=version,
            variant=variant,
            valid_from=date(2026, 2, 1),
            actor=SYSTEM,
            at=BEGINNING,
        )
