"""Processes made for tests: a row is told in a few words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from motcua.kernel.actor import SYSTEM
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.processes.operations import adopt, publish
from tests.support.world import BEGINNING, COMMUNE

Row = Mapping[str, Any]


def row(
    code: str,
    kind: str = "examine",
    *,
    positions: Sequence[str] = ("justice_officer",),
    time: str | Mapping[str, str] = "1",
    branch: str = "",
    ways: Mapping[str, str] | None = None,
    **more: Any,
) -> Row:
    """A row of a table. `branch`: "group.branch"; `ways`: code of an outcome -> where it leads; `time` in working days,
    by variant where they differ."""
    told: dict[str, Any] = {
        "code": code,
        "kind": kind,
        "work": {"vi": f"Bước {code}", "en": f"Step {code}"},
        "positions": list(positions),
        "time": time,
        **more,
    }
    if branch:
        group, _, name = branch.partition(".")
        told["parallel"] = {"group": group, "branch": name}
    if ways:
        told["outcomes"] = [
            {"code": c, "label": {"vi": f"Hướng {c}", "en": f"Way {c}"}, "to": to} for c, to in ways.items()
        ]
    return told


def receive() -> Row:
    """The desk's own first row."""
    return row("receive", "receive", positions=["reception_officer"], time="0.5")


def approve(code: str = "approve", **more: Any) -> Row:
    """A leader's row."""
    return row(code, "approve", positions=["chair", "vice_chair"], **more)


def seal(**more: Any) -> Row:
    """The clerk's row, which decides."""
    return row("seal", "seal", positions=["clerk"], time="0.5", **more)


def handed_out() -> Row:
    """The desk's own last row."""
    return row("return", "return", positions=["reception_officer"], time="0.5")


def table(
    *rows: Row,
    procedure: str = "1.004873",
    variants: Mapping[str, Mapping[str, Any]] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A document of a process that has `rows` between reception and return. `variants`: code -> limit."""
    limits = variants or {"no_verification": {"unit": "working_day", "value": "9"}}
    steps = []
    for order, each in enumerate((receive(), *rows, handed_out()), 1):
        told = {**each, "order": order}
        time = told.pop("time", None)
        if time is not None:
            told["times"] = [
                {
                    "variant": variant,
                    "value": time if isinstance(time, str) else time[variant],
                    "unit": "ngày làm việc",
                }
                for variant in limits
            ]
        steps.append(told)
    return {
        "code": f"QT-{procedure}",
        "procedure": procedure,
        "title": {"vi": "Quy trình thử", "en": "A process for tests"},
        "level": "commune",
        "source": "QT thử",
        "variants": [{"code": code, "limit": dict(limit)} for code, limit in limits.items()],
        "steps": steps,
        **more,
    }


def run(document: Mapping[str, Any], *, agency: str = COMMUNE, valid_from: date = date(2026, 8, 20)) -> UUID:
    """Publish `document` and let `agency` run it for all its variants; the version's id."""
    with unit_of_work(actor=SYSTEM, at=BEGINNING, request=Request.fresh(), origin="simulated"):
        version = publish(document=document, actor=SYSTEM, at=BEGINNING)
        for variant in document["variants"]:
            adopt(
                agency=agency,
                process_version=version,
                variant=variant["code"],
                valid_from=valid_from,
                actor=SYSTEM,
                at=BEGINNING,
            )
    return version
