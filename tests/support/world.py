"""The small world the tests live in: the trial agencies with their people, shipped procedures and processes.

It is built once into the template database, so every test begins with it and leaves it as it was.
"""

import functools
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from importlib.resources import files
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.agencies.selectors import viewer_of
from motcua.catalogue.completeness import Handed, Medium
from motcua.catalogue.shapes import ComponentKind
from motcua.catalogue.starter import linked, procedures
from motcua.flows.reception import Intake
from motcua.flows.setup import (
    adopt_all,
    adopt_what_is_staffed,
    post_representatives,
    publish_linked,
    publish_shipped,
    set_up_agency,
)
from motcua.kernel.actor import SYSTEM, Actor, Viewer
from motcua.kernel.time import ZONE
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.pads.operations import issue
from motcua.parties.operations import Particulars

BEGINNING = datetime(2026, 1, 5, 8, 0, tzinfo=ZONE)
COMMUNE = "H99.01.01"
OTHER_COMMUNE = "H99.01.02"
PROVINCE = "H99"
DEPARTMENT = "H99.10"
POLICE = "G99.20.01"
INSURANCE = "G99.30.01"
PASSWORD = "mat-khau-thu-nghiem"


def trial_agencies() -> list[dict[str, Any]]:
    """The agencies of the trial installation, as shipped."""
    text = (files("motcua.agencies") / "data" / "trial.json").read_text(encoding="utf-8")
    agencies: list[dict[str, Any]] = json.loads(text)["agencies"]
    return agencies


def build_world() -> None:
    """Set the agencies up and publish what is shipped."""
    at = BEGINNING
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        versions = publish_shipped(effective_from=date(2025, 7, 1), actor=SYSTEM, at=at)
        publish_linked(effective_from=date(2025, 7, 1), actor=SYSTEM, at=at)
        for document in trial_agencies():
            passwords = {a["login"]: PASSWORD for a in document["accounts"]}
            set_up_agency(document=document, passwords=passwords, actor=SYSTEM, at=at)
        for document in trial_agencies():
            post_representatives(document=document, actor=SYSTEM, at=at)
    variants = {p.code: [v.code for v in p.variants] for p in procedures()}
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        adopt_all(
            agency=COMMUNE,
            versions=versions,
            variants=variants,
            valid_from=date(2025, 7, 1),
            actor=SYSTEM,
            at=at,
        )
        for document in trial_agencies():
            adopt_what_is_staffed(
                agency=document["code"],
                valid_from=date(2025, 7, 1),
                actor=SYSTEM,
                at=at,
                only=document.get("adopts"),
            )
    issue_pad()


@contextmanager
def next_door_runs_nothing() -> Iterator[None]:
    """As before Xã Mẫu Hai ran any process."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE processes_adoption SET valid_to = valid_from + 1 WHERE agency = %s", [OTHER_COMMUNE]
        )
        yield
        cursor.execute("UPDATE processes_adoption SET valid_to = NULL WHERE agency = %s", [OTHER_COMMUNE])


def issue_pad(login: str = "truongquay", *, at: datetime = BEGINNING, form: str = "act") -> str:
    """A pad of 50 sheets, issued by a desk manager; its code. The world begins with S001, sheets 1 to 50."""
    who = viewer(login, at=at)
    manager = who.actor(next(c for c in who.capacities if c.kind == "desk_manager"))
    with unit_of_work(actor=manager, at=at, request=Request.fresh(), origin="simulated"):
        return issue(form=form, sheets=50, actor=manager, at=at).code


@functools.cache
def logins() -> Mapping[str, Any]:
    """Account ids by login, of those who work here: a citizen signed in by one test is not there in the next."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT login, id FROM accounts_account WHERE NOT is_citizen")
        return dict(cursor.fetchall())


def viewer(login: str, *, at: datetime = BEGINNING) -> Viewer:
    """The person with this login, as they would be seen signed in."""
    return viewer_of(logins()[login], at=at)


def actor(login: str, *, at: datetime = BEGINNING) -> Actor:
    """The person with this login in the first seat they hold, or ("vanthu.mauhai/clerk") in the first of a kind."""
    login, _, kind = login.partition("/")
    who = viewer(login, at=at)
    return who.actor(next((c for c in who.capacities if kind in ("", c.kind)), None))


def everything_handed(procedure: str, variant: str) -> tuple[tuple[Handed, ...], dict[str, str]]:
    """Every paper of a variant, and an answer to every question, so that nothing is missing."""
    version = next(p for p in (*procedures(), *linked()) if p.code == procedure)
    answers = {q.code: q.options[-1].code for q in version.questions}
    handed = []
    for component in version.components_of(variant):
        if component.kind is ComponentKind.NOTE:
            continue
        looked_up = component.kind in (ComponentKind.DATABASE, ComponentKind.VAULT)
        handed.append(
            Handed(
                component.code,
                originals=max(component.originals, 1),
                copies=component.copies,
                medium=Medium.PAPER,
                shown=component.kind is ComponentKind.SHOW_ONLY or looked_up,
            )
        )
    return tuple(handed), answers


def intake(
    procedure: str = "1.004873",
    variant: str | None = None,
    *,
    name: str = "Nguyễn Thị Ánh Tuyết",
    number: str = "",
    agency: str = COMMUNE,
    channel: str = "counter",
    uploads: tuple[UUID, ...] = (),
    visit: UUID | None = None,
    return_way: str = "desk",
    competent: str = "",
    recipient: Particulars | None = None,
    degraded: tuple[str, ...] = (),
    born_on: date | None = None,
) -> Intake:
    """A complete intake for `procedure` at the commune's desk; `uploads` are of its first paper, the post brings the
    result to `recipient`."""
    version = next(p for p in (*procedures(), *linked()) if p.code == procedure)
    chosen = variant or version.variants[0].code
    handed, answers = everything_handed(procedure, chosen)
    person = Particulars(
        name=name,
        paper="citizen_id" if number else "none",
        number=number,
        born_on=born_on,
        phone="0912345678",
        address="Thôn Trung Tâm, Xã Mẫu",
    )
    return Intake(
        agency=agency,
        procedure=procedure,
        variant=chosen,
        channel=channel,
        people=(("applicant", person), *((("recipient", recipient),) if recipient else ())),
        handed=handed,
        answers=answers,
        uploads={handed[0].component: uploads} if uploads else {},
        visit=visit,
        return_way=return_way,
        competent=competent,
        degraded=degraded,
    )
