"""Steps that come near their due, and past it: planned after each event that moves one, told as time goes."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from motcua.calendars.selectors import calendar_of
from motcua.dossiers.notified import row_of
from motcua.dossiers.open_steps import OpenStep, open_steps
from motcua.dossiers.row import Row
from motcua.dossiers.states import State
from motcua.kernel.codec import encode
from motcua.kernel.time import Clock
from motcua.ledger.chain import Envelope
from motcua.processes.routing import by_number
from motcua.processes.selectors import version
from motcua.processes.shapes import Side, Step
from motcua.reactions.words import NEWS, Seats, Word, tell_those, whose
from motcua.workday.operations import reminders
from motcua.workday.operations.reminders import Due, Planned
from motcua.workday.reminding import rule_of, tellings

_PAGE = 500
_TIMED = frozenset({State.RECEIVED, State.IN_PROCESS})


def plan_reminders(envelope: Envelope, *, position: int, clock: Clock) -> None:
    """Plan what is to be told of the open steps of a dossier as they are due now. Idempotent: it plans for the dossier
    as it stands, whatever event it follows."""
    row = row_of(envelope.stream)
    if row is None:
        return
    steps = [(s, s.due_at) for s in open_steps(row) if s.due_at is not None and row["state"] in _TIMED]
    wanted = _wanted(row, steps, since=envelope.at) if steps else ()
    news = clock() - NEWS
    reminders.plan(
        row["id"],
        [one for one in wanted if one.tell_at > news],
        due=[(here.number, due_at) for here, due_at in steps],
    )


def _wanted(row: Row, steps: list[tuple[OpenStep, datetime]], *, since: datetime) -> Iterator[Planned]:
    calendar = calendar_of(row["competent_agency"])
    for here, due_at in steps:
        rules = _step(row, here).escalation
        for one in tellings(rules, due_at=due_at, since=since, calendar=calendar):
            yield Planned(here.number, due_at, one.rule, one.at)


def _step(row: Row, here: OpenStep) -> Step:
    return by_number(version(row["process_version"]), here.number)


def remind_of_steps(*, clock: Clock, origin: str = "live") -> int:
    """Tell what is due to be told; returns how many reminders. Each is noted in the transaction that tells it, so a
    worker that is killed tells again or not at all, and nobody twice; one of a step that is done since is only
    noted."""
    done = 0
    while found := reminders.due_now(at=clock(), limit=_PAGE):
        for one in found:
            with transaction.atomic():
                if reminders.note_told(one, at=clock()):
                    done += _tell(one, clock)
    return done


def _tell(one: Due, clock: Clock) -> bool:
    row = row_of(one.dossier)
    steps = open_steps(row) if row else ()
    here = next((s for s in steps if (s.number, s.due_at) == (one.number, one.due_at)), None)
    if row is None or here is None or row["state"] not in _TIMED:
        return False
    step = _step(row, here)
    if step.escalation and one.rule >= len(step.escalation):
        return False
    rule = rule_of(step.escalation, one.rule)
    what = "due_soon" if rule.when is Side.BEFORE else "overdue"
    facts = {"step": {"vi": step.work.vi, "en": step.work.en}, "due": encode(one.due_at)}
    for to in _whom(rule.tell, here, row):
        by = here.holder.account if isinstance(to, Seats) else None
        tell_those(Word(what, to, facts), row, cause=one.cause, by=by, at=clock())
    return True


def _whom(tell: tuple[str, ...], here: OpenStep, row: Row) -> Iterator[str | Seats]:
    """Who has it, where the rule names nobody or the seat it waits in; of other kinds of seats those in its unit, else
    all of the agency."""
    mine = whose(encode(here.holder))
    if mine is not None and (not tell or set(tell) & set(here.kinds)):
        yield mine
    for kind in tell:
        if kind not in here.kinds:
            unit = str(here.holder.unit or "")
            yield Seats(row["competent_agency"], kinds=(kind,), rather=unit)
