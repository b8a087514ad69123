"""Whatever people do, in whatever order, under whatever rules: a dossier that runs has one holder, who may do the step
and has no conflict of interest, and nobody is both ends of an act of two people."""

import random
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from motcua.accounts.models import Account
from motcua.agencies.handovers import sat
from motcua.agencies.models import Absence, Appointment, Position
from motcua.agencies.operations import (
    appoint_person,
    end_absence,
    lock_account,
    note_absence,
    unlock_account,
)
from motcua.agencies.selectors import viewer_of
from motcua.dossiers.events import StepRecalled, StepReturned, StepTaken
from motcua.dossiers.interests import KINDS, barred
from motcua.dossiers.open_steps import open_steps
from motcua.dossiers.operations import MissingPaper, mark_opened
from motcua.dossiers.passing import adrift
from motcua.dossiers.selectors import find_row
from motcua.dossiers.states import ENDED, State
from motcua.flows import interests, mends, progress
from motcua.flows.assignment import SHARED, assign, claim, put_back, recall
from motcua.flows.leaving import Leaving, end_appointment, given, gone, hand_on, hanging, stranded
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import NotAllowedNow, Refusal
from motcua.kernel.ids import uuid7
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import check, history
from motcua.processes.operations import publish
from motcua.processes.routing import able, by_number
from motcua.processes.selectors import staff, stays, version
from tests.flows.test_branch_walks import made_up
from tests.support.acts import moment
from tests.support.lives import MINUTE, RESULT, opened, plain
from tests.support.ruled import ruled
from tests.support.tables import approve, row, run, table
from tests.support.world import BEGINNING, COMMUNE, logins, viewer

pytestmark = pytest.mark.django_db
INNER = "QT-within"
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


def inner() -> dict[str, Any]:
    """A process that others put in: two branches, a way past them and a way back."""
    return table(
        row("look", ways={"enough": "write"}),
        row("land", positions=["economic_section"], branch="in.1"),
        row("tax", positions=["clerk"], branch="in.2", apart_from=["look"]),
        row("write", returns_to=["look"]),
        approve("head"),
    ) | {"code": INNER}


def any_table(dice: random.Random) -> None:
    """Xã Mẫu runs a table that is made up: a rule for each row, rows that stand apart, another process in it."""
    with unit_of_work(actor=SYSTEM, at=BEGINNING, request=Request.fresh(), origin="simulated"):
        publish(document=inner(), actor=SYSTEM, at=BEGINNING)

    def altered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for place, each in enumerate(rows):
            each["assignment"] = dice.choice(RULES)
            if place and dice.random() < 0.3:
                other = dice.choice(rows[:place])
                each["apart_from"] = [other["code"]]
                mine, theirs = each.get("parallel"), other.get("parallel")
                if mine and theirs and mine["group"] == theirs["group"] and mine != theirs:
                    other["apart_from"] = [*other.get("apart_from", ()), each["code"]]
        within = {"code": "within", "includes": {"process": INNER, "number": 1}}
        return [rows[0], within, *rows[1:]] if dice.random() < 0.5 else rows

    while True:
        try:
            run(made_up(dice, altered))
        except NotAllowedNow:  # its seats have too few people for the rows that stand apart
            continue
        return


def something(dice: random.Random, row: dict[str, Any]) -> tuple[Callable[..., Any], dict[str, Any]]:
    """An act, likely as not one that is refused."""
    pending = row["pending"]["seq"] if row["pending"] else 0
    seqs = [str(one["seq"]) for one in row["barred"]] or ["1"]
    opened_ = open_steps(row)
    steps = version(row["process_version"]).steps if row["process_version"] else ()
    here = dice.choice(opened_) if opened_ else None
    table_row = steps[here.number - 1] if here else None
    which = {"number": here.number} if here and dice.random() < 0.7 else {}
    done = {"outcome": dice.choice(["granted", "granted", "refused"]), "note": "Trùng.", "basis": "Đ5"}
    way = (
        {"way": table_row.outcomes[0].code}
        if table_row and table_row.outcomes and dice.random() < 0.4
        else {}
    )
    back = dice.choice(table_row.returns_to) if table_row and table_row.returns_to else "examine"
    if row["state"] == State.RECEIVED and dice.random() < 0.5:
        return progress.start, {}
    return dice.choice(
        [
            (progress.start, {}),
            (claim, {"reason": "Làm thay.", **which}),
            (put_back, {"reason": "Bận.", **which}),
            *[(progress.step, done | which | way)] * 4,
            (recall, {}),
            (progress.return_step, {"to": back, "reason": "Xem lại.", **which}),
            (progress.request_supplement, {"items": [MissingPaper(component=None, text="Bản sao.")]}),
            (
                assign,
                {
                    "to": dice.choice([SHARED, *(str(logins()[one]) for one in PEOPLE)]),
                    "reason": "Phân công.",
                    **which,
                },
            ),
            (interests.declare, {"kind": dice.choice(sorted(KINDS)), "reason": "Người quen."}),
            (interests.lift, {"declared": dice.choice(seqs), "reason": "Không phải."}),
            (mends.confirm, {"seq": pending}),
            (progress.decide, {"papers": [RESULT]}),
        ]
    )


def desk(at: Any) -> Any:
    who = viewer_of(logins()["tiepnhan1"], at=at)
    return who.actor(next(iter(who.capacities), None))


def administrator(at: Any) -> Any:
    who = viewer_of(logins()["kythuat"], at=at)
    return who.actor(who.capacities[0])


def send(actor: Any, at: Any, flow: Callable[..., Any], **arguments: Any) -> bool:
    """Whether it was done."""
    try:
        with unit_of_work(actor=actor, at=at, request=Request.fresh(), origin="simulated"):
            flow(actor=actor, at=at, **arguments)
    except Refusal:
        return False
    return True


def somebody_leaves_or_comes(dice: random.Random, at: Any) -> None:
    """A seat is left, with what hangs on it handed on first, or taken; the last one who could do what waits stays."""
    actor = administrator(at)
    seats = {"position__unit__agency": COMMUNE, "position__position_kind__in": SEATS}
    held = Appointment.objects.filter(valid_to=None, acting_for=None, **seats)
    one = dice.choice(list(held.select_related("position").order_by("id")))
    kind, account = one.position.position_kind, one.account_id
    keeps = sat(account, agency=COMMUNE, at=at).sits - {kind}
    leaver = Leaving(agency=COMMUNE, appointment=one.id, account=account, kind=kind, keeps=keeps)
    position = dice.choice(list(Position.objects.filter(id=one.position_id) | _positions()))
    coming = {"account": logins()[dice.choice(PEOPLE)], "position": position.id}
    if dice.random() < 0.3:
        send(actor, at, appoint_person, agency=COMMUNE, **coming, valid_from=at, valid_to=None)
        return

    def leave(**told: Any) -> None:
        for code in sorted({each.code for each in given(hanging(leaver))}):
            hand_on(code=code, leaving=leaver, to=None, **told)
        end_appointment(leaving=leaver, **told)

    send(actor, at, leave)


def _positions() -> Any:
    return Position.objects.filter(unit__agency=COMMUNE, position_kind__in=SEATS).order_by("id")


def somebody_is_locked_or_away(dice: random.Random, at: Any) -> None:
    """An account is locked, whatever hangs on it, or unlocked; somebody goes away, or is back; a lead hands on what
    stands in the name of who can't do it."""
    account = logins()[dice.choice(PEOPLE)]
    actor = administrator(at)
    there = Absence.objects.filter(agency=COMMUNE, valid_to__gt=at).order_by("id").first()
    until = at + dice.choice([10, 200]) * MINUTE
    who = {"agency": COMMUNE, "account": account}
    flow, told = dice.choice(
        [
            (lock_account, who),
            (unlock_account, who),
            (note_absence, {**who, "reason": "leave", "valid_from": at, "valid_to": until}),
            (end_absence, {"absence": there.id if there else uuid7()}),
        ]
    )
    send(actor, at, flow, **told)
    if dice.random() < 0.3:
        all_handed_on(at, to=dice.choice([None, logins()[dice.choice(PEOPLE)]]))


def all_handed_on(at: Any, to: UUID | None = None) -> None:
    for one in adrift(COMMUNE, at=at):
        leaver = gone(one.account, agency=COMMUNE, at=at)
        pieces = hanging(leaver)
        assert len(pieces) == one.count
        for code in sorted({each.code for each in pieces}):
            told = {"code": code, "leaving": leaver, "to": to}
            assert send(administrator(at), at, hand_on, **told)
    assert adrift(COMMUNE, at=at) == []


def locked() -> set[UUID]:
    return set(Account.objects.filter(is_active=False).values_list("id", flat=True))


def is_as_it_should_be(code: str, at: Any) -> None:
    row = plain(code)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM dossiers_holding WHERE dossier = %s AND until IS NULL", [row["id"]]
        )
        holdings = cursor.fetchone()[0]
    assert holdings == (State(row["state"]) not in ENDED), "one holder while it runs"
    assert (row["holder_kind"] == "none") == (State(row["state"]) in ENDED)
    shut = {kind for one in locked() for kind in seats_of(one, at)}
    for waits in stranded(COMMUNE, at=at):
        assert waits.without or shut & set(waits.kinds), (
            "somebody may do it where it waits, but for who was locked and who takes no part"
        )
    if row["step"] is None:
        return
    process = version(row["process_version"])
    people = staff(agency=COMMUNE, at=at, row=row)
    lost = {one.account for one in adrift(COMMUNE, at=at)}
    for one in open_steps(row):
        step = by_number(process, one.number)
        if one.holder.account is not None:
            may = one.holder.account in able(step, people)
            assert may or one.holder.account in lost, (
                "in the name of somebody who may do it, or seen as adrift"
            )
            assert str(one.holder.account) not in barred(row)
    done = {
        stay.number: UUID(stay.ended_by)
        for stay in stays(row["id"], viewer=viewer_of(logins()["thanhtra"], at=at))
        if stay.outcome == "granted"
    }
    for number, who in done.items():
        for apart in by_number(process, number).apart_from:
            assert done.get(process.step(apart).order) != who, "never a row apart from one's own"


def never_both_ends(dossier: UUID) -> None:
    """Whoever signs has proposed at no step that was not done anew since. Who signed on the way may propose later on;
    somebody else signs that."""
    proposed: dict[int, set[str | None]] = {}
    for event in history(dossier):
        told, who = event.data, {event.actor["id"], event.actor["for"] or event.actor["id"]}
        if event.type == StepTaken.TYPE and told["signed"]:
            assert not who & set().union(*proposed.values()), "never both ends"
        elif event.type == StepTaken.TYPE:
            proposed[told["done"]] = who
        elif event.type == StepReturned.TYPE:
            for step in (told["step"], *(one["step"] for one in told["beside"])):
                proposed.pop(step["number"], None)
        elif event.type == StepRecalled.TYPE:
            proposed.pop(told["number"], None)


def seats_of(account: UUID, at: Any) -> set[str]:
    held = Appointment.objects.filter(account_id=account, position__unit__agency=COMMUNE, valid_from__lte=at)
    return set(held.exclude(valid_to__lte=at).values_list("position__position_kind", flat=True))


def hands(codes: list[str]) -> set[tuple[str, int, UUID]]:
    return {
        (code, one.number, one.holder.account)
        for code in codes
        for one in open_steps(plain(code))
        if one.holder.account
    }


def sitting_now(at: Any) -> dict[str, frozenset[str]]:
    out = locked()
    return {
        login: frozenset() if logins()[login] in out else viewer_of(logins()[login], at=at).kinds(COMMUNE)
        for login in PEOPLE
    }


def lived(seed: int) -> int:
    """A house in which people come, leave, are locked out and away while they work on three dossiers; how many acts
    were done."""
    dice = random.Random(seed)  # noqa: S311 - to be had again
    sit_down(dice)
    if seed % 3:
        any_table(dice)
    else:
        ruled(rules(dice), before={"code": "verify", "kind": "verify"})
    at = moment(24, 9)
    codes = [opened(at) for _ in range(3)]
    done = 0
    for _ in range(80):
        at += MINUTE
        chance = dice.random()
        before = hands(codes)
        if chance < 0.12:
            somebody_leaves_or_comes(dice, at)
        elif chance < 0.24:
            somebody_is_locked_or_away(dice, at)
        sitting = sitting_now(at)
        code = dice.choice(codes)
        row = plain(code)
        wanted = [login for login in PEOPLE if sitting[login] & {k for s in open_steps(row) for k in s.kinds}]
        there = [one for one in PEOPLE if sitting[one]]
        if not there:
            continue
        login = dice.choice(wanted if wanted and dice.random() < 0.8 else there)
        who = viewer_of(logins()[login], at=at)
        if row["state"] == State.SUPPLEMENT_REQUESTED and dice.random() < 0.7:
            done += send(desk(at), at, progress.supply, code=code, items=["1"])
            is_as_it_should_be(code, at)
            continue
        if dice.random() < 0.2:
            mark_opened(find_row(code, viewer=who)[0], viewer=who, at=at)
        seats = [c for c in who.capacities if c.kind in row["step_kinds"]] or who.capacities
        flow, arguments = something(dice, row)
        done += send(who.actor(dice.choice(seats)), at, flow, code=code, **arguments)
        given_to = {account for _code, _number, account in hands(codes) - before}
        assert not given_to & locked(), "nothing is given to who is locked"
        is_as_it_should_be(code, at)
    all_handed_on(at)
    for account in locked():
        assert send(administrator(at), at, unlock_account, agency=COMMUNE, account=account)
    assert all(one.without for one in stranded(COMMUNE, at=at)), "unlocking gives the seats back"
    for code in codes:
        never_both_ends(plain(code)["id"])
    assert check().faults == ()
    return done


@pytest.mark.parametrize("seed", range(9))
def test_random_people_tables_and_acts(seed: int) -> None:
    assert lived(seed) > 5, "something happened"


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(1_000, 1_100))
def test_a_hundred_houses(seed: int) -> None:
    lived(seed)
