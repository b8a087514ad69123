"""Setting up: administrative units, shipped data published, agencies with their people, processes adopted."""

import csv
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from importlib.resources import files
from typing import Any
from uuid import UUID

from motcua.accounts.operations import add_account
from motcua.agencies import operations as agencies
from motcua.agencies.bodies import Body
from motcua.agencies.operations import NewAgency, NewPosition, NewUnit, UnitRecord
from motcua.agencies.policy import ADMINISTRATOR
from motcua.agencies.selectors import administrators_seat
from motcua.catalogue import operations as catalogue
from motcua.catalogue.selectors import published_codes
from motcua.kernel.actor import Actor
from motcua.processes import operations as processes
from motcua.processes.published import offices
from motcua.processes.selectors import adopted_variants, latest_versions, version
from motcua.processes.staffing import vacancies


def load_shipped_units() -> int:
    """Add the shipped administrative units that are not there yet; returns how many."""
    text = (files("motcua.agencies") / "data" / "administrative_units.csv").read_text(encoding="utf-8")
    records = [
        UnitRecord(
            code=row["code"],
            name=row["name"],
            level="commune" if row["parent"] else "province",
            unit_kind=row["kind"],
            parent_code=row["parent"],
            valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            basis=row["basis"],
        )
        for row in csv.DictReader(text.splitlines())
    ]
    return agencies.load_administrative_units(records=records)


def trial_agencies() -> list[dict[str, Any]]:
    """The agencies of a trial installation with their accounts, as shipped; parents come first."""
    (document,) = (d for d in _documents("motcua.agencies", "data") if "agencies" in d)
    found: list[dict[str, Any]] = document["agencies"]
    return found


def publish_shipped(
    *, effective_from: date, actor: Actor, at: datetime, trial_fees: bool = True
) -> Mapping[str, UUID]:
    """Publish the shipped procedures and processes, as announced; returns process version ids by procedure.

    `trial_fees` puts the model province's fee schedule in force too: no real province has one here.
    """
    for document in _documents("motcua.catalogue", "data", "procedures"):
        catalogue.publish(document=document, effective_from=effective_from, actor=actor, at=at)
    for document in _documents("motcua.catalogue", "data", "fee_schedules") if trial_fees else ():
        catalogue.set_fees(document=document)
    return {
        document["procedure"]: processes.publish(document=document, actor=actor, at=at)
        for document in _documents("motcua.processes", "data")
    }


def publish_linked(*, effective_from: date, actor: Actor, at: datetime) -> None:
    """Publish the shipped inter-agency procedures with the parts that other agencies settle, and their processes, as
    far as they are not there yet."""
    published, run = published_codes(), {procedure for procedure, _ in latest_versions()}
    for document in _documents("motcua.catalogue", "data", "linked"):
        if document["code"] not in published:
            catalogue.publish(document=document, effective_from=effective_from, actor=actor, at=at)
    for document in _documents("motcua.processes", "data", "linked"):
        if document["procedure"] not in run:
            processes.publish(document=document, actor=actor, at=at)


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


def post_representatives(*, document: Mapping[str, Any], actor: Actor, at: datetime) -> None:
    """Write down which agencies posted the representatives of an agency set up from `document`, once all are there."""
    for account in document["accounts"]:
        if sender := account.get("posted_by"):
            agencies.post(
                agency=document["code"], login=account["login"], posted_by=sender, actor=actor, at=at
            )


def usual_units(level: str, body: Body = Body.COMMITTEE) -> tuple[NewUnit, ...]:
    """The units and seats that an agency of `level` and kind usually has: those of the model agency like it; else an
    office with a technical administrator."""
    like = (d for d in trial_agencies() if (d["level"], _body(d)) == (level, body))
    document = next(like, None)
    if document is not None:
        return tuple(_new_unit(unit, document) for unit in document["units"])
    seat = NewPosition(
        code="technical", kind=ADMINISTRATOR, name="Quản trị kỹ thuật", name_en="Technical administrator"
    )
    return (NewUnit(code="office", name="Văn phòng", name_en="Office", positions=(seat,)),)


def seat_administrator(*, agency: str, account: UUID, actor: Actor, at: datetime) -> None:
    """Give `account` the seat of the agency's technical administrator. Raises NotFound where it has no such seat."""
    seat = administrators_seat(agency)
    agencies.appoint(account=account, agency=agency, seat=seat, valid_from=at, actor=actor, at=at)


def _body(document: Mapping[str, Any]) -> Body:
    return Body(document.get("body", Body.COMMITTEE))


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
        body=_body(document),
        serves=tuple(document.get("serves", ())),
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
    for procedure, version_id in versions.items():
        for variant in variants[procedure]:
            processes.adopt(
                agency=agency,
                process_version=version_id,
                variant=variant,
                valid_from=valid_from,
                actor=actor,
                at=at,
            )
            done += 1
    return done


def adopt_what_is_staffed(
    *,
    agency: str,
    valid_from: date,
    actor: Actor,
    at: datetime,
    only: Collection[str] | None = None,
) -> int:
    """Let `agency` adopt, for each procedure, the last published process whose every seat it has filled, for the
    variants it runs none for yet; returns how many adoptions. `only`: of these procedures, where it settles no others.
    """
    known, announced = adopted_variants(agency), published_codes()
    latest = latest_versions()
    own = offices([version(each) for _code, each in latest], agency=agency, at=at)
    versions, variants = {}, {}
    for procedure, version_id in latest:
        if only is not None and procedure not in only:
            continue
        process = version(version_id)
        if procedure in announced and not vacancies(process, own):
            versions[procedure] = version_id
            variants[procedure] = [v.code for v in process.variants if (procedure, v.code) not in known]
    return adopt_all(
        agency=agency, versions=versions, variants=variants, valid_from=valid_from, actor=actor, at=at
    )
