"""Whatever people do, in whatever order, under whatever rules: a dossier that runs has one holder, who may do the step
and has no conflict of interest, and nobody is both ends of an act of two people."""

import random
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from motcua.agencies.models import Appointment, Position
from motcua.agencies.operations import appoint_person
from motcua.agencies.selectors import viewer_of
from motcua.dossiers.interests import KINDS, barred
from motcua.dossiers.open_steps import open_steps
from motcua.dossiers.operations import mark_opened
from motcua.dossiers.selectors import find_row
from motcua.dossiers.states import ENDED, State
from motcua.flows import interests, mends, progress
from motcua.flows.assignment import SHARED, assign, claim, put_back, recall
from motcua.flows.leaving import Leaving, end_appointment, given, hand_on, hanging, stranded
from motcua.kernel.errors import Refusal
from motcua.kernel.ids import uuid7
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import check
from motcua.processes.routing import able, by_number
from motcua.processes.selectors import staff, stays, version
from tests.support.acts import moment
from tests.support.lives import MINUTE, RESULT, opened, plain
from tests.support.ruled import ruled
from tests.support.world import BEGINNING, COMMUNE, logins, viewer

pytestmark = pytest.mark.django_db
PEOPLE = ("tuphap1", "tuphap2", "kinhte", "vanhoa", "vanthu", "chutich", "phochutich")
SEATS = ("reception_officer", "justice_officer", "economic_section", "clerk", "chair", "vice_chair")
KINDS_OF_SEATS = ("justice_officer", "clerk", "chair")
RULES = ("shared", "load", "rotation", "territory")
ROWS = ("examine", "verify", "approve", "seal")


def sit_down(dice: random.Random) -> None:
    """More people in more seats, some in two: both ends are in reach of one person."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (p.position_kind) p.position_kind, p.id FROM agencies_position p"
            " JOIN agencies_unit u ON u.id = p.unit_id WHERE u.agency_id = %s ORDER BY p.position_kind, p.id",
            [COMMUNE],
        )
        seats = dict(cursor.fetchall())
        for login in dice.sample(PEOPLE, 4):
            kind = dice.choice(KINDS_OF_SEATS)
            if kind not in viewer(login).kinds(COMMUNE):
                cursor.execute(
                    "INSERT INTO agencies_appointment (id, account_id, position_id, valid_from, mandate, mandate_kind,"
                    " posted_by_id, when_absent) SELECT %s, %s, %s, %s, '', '', NULL, false",
                    [uuid7(), logins()[login], seats[kind], BEGINNING],
                )


def rules(dice: random.Random) -> dict[str, dict[str, Any]]:
    """A rule for each row, and rows that stand apart from earlier ones."""
    found: dict[str, dict[str, Any]] = {code: {"assignment": dice.choice(RULES)} for code in ROWS}
    for place, code in enumerate(ROWS[1:], 1):
        found[code]["apart_from"] = dice.sample(ROWS[:place], dice.choice((0, 0, 1)))
    return found


def something(dice: random.Random, row: dict[str, Any]) -> tuple[Callable[..., Any], dict[str, Any]]:
    """An act, as likely as not one that is refused."""
    pending = row["pending"]["seq"] if row["pending"] else 0
    seqs = [str(one["seq"]) for one in row["barred"]] or ["1"]
    return dice.choice(
        [
            (progress.start, {}),
            (claim, {}),
            (put_back, {"reason": "Bận."}),
            (progress.step, {"outcome": "granted"}),
            (progress.step, {"outcome": "granted"}),
            (progress.step, {"outcome": "granted"}),
            (recall, {}),
            (progress.return_step, {"to": dice.choice(ROWS), "reason": "Xem lại."}),
            (
                assign,
                {
                    "to": dice.choice([SHARED, *(str(logins()[one]) for one in PEOPLE)]),
                    "reason": "Phân công.",
                },
            ),
            (interests.declare, {"kind": dice.choice(sorted(KINDS)), "reason": "Người quen."}),
            (interests.lift, {"declared": dice.choice(seqs), "reason": "Không phải."}),
            (mends.confirm, {"seq": pending}),
            (progress.decide, {"papers": [RESULT]}),
        ]
    )


def somebody_leaves_or_comes(dice: random.Random, at: Any) -> None:
    """A seat is left, with what hangs on it handed on first, or taken; the last one who could do what waits stays."""
    who = viewer_of(logins()["kythuat"], at=at)
    actor = who.actor(who.capacities[0])
    held = Appointment.objects.filter(
        position__unit__agency=COMMUNE, position__position_kind__in=SEATS, valid_to=None, acting_for=None
    )
    one = dice.choice(list(held.select_related("position").order_by("id")))
    kind, told = one.position.position_kind, {"actor": actor, "at": at}
    keeps = viewer_of(one.account_id, at=at).kinds(COMMUNE) - {kind}
    leaver = Leaving(agency=COMMUNE, appointment=one.id, account=one.account_id, kind=kind, keeps=keeps)
    position = dice.choice(
        list(Position.objects.filter(unit__agency=COMMUNE, position_kind__in=SEATS).order_by("id"))
    )
    coming = {
        "account": logins()[dice.choice(PEOPLE)],
        "position": position.id,
        "valid_from": at,
        "valid_to": None,
    }
    try:
        with unit_of_work(actor=actor, at=at, request=Request.fresh(), origin="simulated"):
            if dice.random() < 0.3:
                appoint_person(agency=COMMUNE, **coming, **told)
                return
            for code in {each.code for each in given(hanging(leaver))}:
                hand_on(code=code, leaving=leaver, to=None, **told)
            end_appointment(leaving=leaver, **told)
    except Refusal:
        pass


def is_as_it_should_be(code: str, at: Any) -> None:
    row = plain(code)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM dossiers_holding WHERE dossier = %s AND until IS NULL", [row["id"]]
        )
        holdings = cursor.fetchone()[0]
    assert holdings == (State(row["state"]) not in ENDED), "one holder while it runs"
    assert (row["holder_kind"] == "none") == (State(row["state"]) in ENDED)
    if row["approval"] and row["proposal"] and row["approval"]["step"] != row["proposal"]["step"]:
        assert row["approval"]["by"] != row["proposal"]["by"], "never both ends"
    assert stranded(COMMUNE, at=at) == [], "somebody sits where it waits"
    if row["step"] is None:
        return
    process = version(row["process_version"])
    people = staff(agency=COMMUNE, at=at, row=row)
    for one in open_steps(row):
        step = by_number(process, one.number)
        if one.holder.account is not None:
            assert one.holder.account in able(step, people), "in the name of somebody who may do it"
            assert str(one.holder.account) not in barred(row)
    done = {
        stay.number: UUID(stay.ended_by)
        for stay in stays(row["id"], viewer=viewer("chutich"))
        if stay.outcome == "granted"
    }
    for number, who in done.items():
        for apart in by_number(process, number).apart_from:
            assert done.get(process.step(apart).order) != who, "never a row apart from one's own"


@pytest.mark.parametrize("seed", range(12))
def test_random_people_rules_and_acts(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - to be had again
    sit_down(dice)
    ruled(rules(dice), before={"code": "verify", "kind": "verify"})
    at = moment(24, 9)
    codes = [opened(at) for _ in range(3)]
    sitting = {login: viewer(login).kinds(COMMUNE) for login in PEOPLE}
    done = 0
    for _ in range(80):
        at += MINUTE
        if dice.random() < 0.15:
            somebody_leaves_or_comes(dice, at)
            sitting = {login: viewer_of(logins()[login], at=at).kinds(COMMUNE) for login in PEOPLE}
        code = dice.choice(codes)
        row = plain(code)
        wanted = [login for login in PEOPLE if sitting[login] & set(row["step_kinds"])]
        login = dice.choice(
            wanted if wanted and dice.random() < 0.8 else [one for one in PEOPLE if sitting[one]]
        )
        who = viewer_of(logins()[login], at=at)
        if dice.random() < 0.2:
            mark_opened(find_row(code, viewer=who)[0], viewer=who, at=at)
        seats = [c for c in who.capacities if c.kind in row["step_kinds"]] or who.capacities
        flow, arguments = something(dice, row)
        actor = who.actor(dice.choice(seats))
        try:
            with unit_of_work(actor=actor, at=at, request=Request.fresh(), origin="simulated"):
                flow(code=code, actor=actor, at=at, **arguments)
            done += 1
        except Refusal:
            pass
        is_as_it_should_be(code, at)
    assert done > 5, "something happened"
    assert check().faults == ()
