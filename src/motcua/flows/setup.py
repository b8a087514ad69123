"""Setting up: an installation's own stream, shipped data published, agencies with their people."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from importlib.resources import files
from typing import Any
from uuid import UUID

from motcua.accounts.operations import add_account
from motcua.agencies import operations as agencies
from motcua.agencies.operations import NewAgency, NewPosition, NewUnit
from motcua.catalogue import operations as catalogue
from motcua.kernel.actor import Actor
from motcua.processes import operations as processes


def publish_shipped(*, effective_from: date, actor: Actor, at: datetime) -> Mapping[str, UUID]:
    """Publish the shipped procedures, processes and fee schedules; returns process version ids by procedure."""
    for document in _documents("motcua.catalogue", "data", "procedures"):
        catalogue.publish(document=document, effective_from=effective_from, actor=actor, at=at)
    for document in _documents("motcua.catalogue", "data", "fee_schedules"):
        catalogue.set_fees(document=document)
    return {
        document["procedure"]: processes.publish(document=document, actor=actor, at=at)
        for document in _documents("motcua.processes", "data")
    }


def _documents(package: str, *folders: str) -> list[dict[str, Any]]:
    folder = files(package)
    for name in folders:
        folder = folder / name
    entries = sorted((e for e in folder.iterdir() if e.name.endswith(".json")), key=lambda e: e.name)
    return [json.loads(e.read_text(encoding="utf-8")) for e in entries]


def set_up_agency(
    *, document: Mapping[str, Any], passwords: Mapping[str, str], actor: Actor, at: datetime
) -> None:
    """Set up one agency as `agencies/data/trial.json` describes it, with accounts whose passwords are given by
    login. People are appointed from `at` on."""
    agencies.add_agency(agency=_new_agency(document), actor=actor, at=at)
    for account in document["accounts"]:
        account_id = add_account(
            login=account["login"], name=account["name"], password=passwords[account["login"]], at=at
        )
        for code in account["positions"]:
            agencies.appoint(
                account=account_id,
                agency=document["code"],
                seat=code,
                valid_from=at,
                actor=actor,
                at=at,
            )


def _new_agency(document: Mapping[str, Any]) -> NewAgency:
    return NewAgency(
        code=document["code"],
        name=document["full_name"]["vi"],
        name_en=document["full_name"]["en"],
        level=document["level"],
        parent=document["parent"],
        place=document["name"]["vi"],
        address=document["address"],
        phone=document["phone"],
        units=tuple(_new_unit(unit, document) for unit in document["units"]),
    )


def _new_unit(unit: Mapping[str, Any], document: Mapping[str, Any]) -> NewUnit:
    positions: Sequence[Mapping[str, Any]] = document["positions"]
    counters: Sequence[Mapping[str, Any]] = document["counters"]
    is_desk = unit["kind"] == "desk"
    return NewUnit(
        code=unit["code"],
        name=unit["name"]["vi"],
        name_en=unit["name"]["en"],
        is_desk=is_desk,
        positions=tuple(
            NewPosition(code=p["code"], kind=p["kind"], name=p["title"]["vi"], name_en=p["title"]["en"])
            for p in positions
            if p["unit"] == unit["code"]
        ),
        counters=tuple(c["name"]["vi"] for c in counters) if is_desk else (),
    )


def adopt_all(
    *,
    agency: str,
    versions: Mapping[str, UUID],
    variants: Mapping[str, Sequence[str]],
    valid_from: date,
    actor: Actor,
    at: datetime,
) -> int:
    """Let `agency` adopt each process version for each of its variants; returns how many adoptions."""
    done = 0
    for procedure, version in versions.items():
        for variant in variants[procedure]:
            processes.adopt(
                agency=agency,
                process_version=version,
                variant=variant,
                valid_from=valid_from,
                actor=actor,
                at=at,
            )
            done += 1
    return done
