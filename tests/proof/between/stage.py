"""What the commune runs for building permits in this proof: the shipped procedure and process, with what the law on
construction adds (50/2014/QH13 art. 102(1), from memory): others are asked side by side and agree by silence, and what
has to be looked into longer is extended by ten days at most."""

import json
from datetime import datetime
from importlib.resources import files
from typing import Any

from motcua.catalogue import operations as catalogue
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.processes import operations as processes
from tests.support.world import COMMUNE, actor

PERMIT, VARIANT = "1.013225", "house"
DEPARTMENT, MINISTRY = "H99.10", "G99.10"
LAW = "50/2014/QH13, Điều 102 khoản 1"
DAYS = {"unit": "working_day", "value": "5"}


def _shipped(package: str, *folders: str) -> dict[str, Any]:
    place = files(package) / "data"
    for name in (*folders, f"{PERMIT}.json"):
        place = place / name
    found: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    return found


def _asks(code: str, agency: str, vi: str, en: str) -> dict[str, Any]:
    about = {"vi": vi, "en": en}
    whom = [{"agency": agency}]
    return {"code": code, "whom": whom, "about": about, "limit": DAYS, "tacit": True, "required": True}


def publish_permit(day: datetime) -> None:
    """The version of procedure and process that the commune runs from `day` on."""
    procedure, process = _shipped("motcua.catalogue", "procedures"), _shipped("motcua.processes")
    longer = {
        "code": "complex_matter",
        "label": {"vi": "Cần xem xét thêm", "en": "It has to be looked into further"},
        "basis": LAW,
        "maximum": {"unit": "calendar_day", "value": "10"},
    }
    procedure["grounds"] = {"suspension": [], "extension": [longer]}
    steps = {step["code"]: step for step in process["steps"]}
    steps["examine"]["consultations"] = [
        _asks(
            "planning",
            DEPARTMENT,
            "Công trình có phù hợp quy hoạch, chỉ giới không?",
            "Does it keep to the plan?",
        ),
        _asks(
            "corridor",
            MINISTRY,
            "Công trình có vào hành lang an toàn không?",
            "Is it within a safety corridor?",
        ),
    ]
    steps["approve"]["positions"] = ["chair"]
    process |= {"code": "QT-GPXD", "source": LAW}
    who = actor("danhmuctinh", at=day)
    with unit_of_work(actor=who, at=day, request=Request.fresh(), origin="simulated"):
        catalogue.publish(document=procedure, effective_from=day.date(), actor=who, at=day)
        version = processes.publish(document=process, actor=who, at=day)
    with unit_of_work(actor=who, at=day, request=Request.fresh(), origin="simulated"):
        processes.adopt(
            agency=COMMUNE, process_version=version, variant=VARIANT, valid_from=day.date(), actor=who, at=day
        )
