"""Steps that come near their due, and past it: planned after each event that moves one, told as time goes."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.calendars.selectors import calendar_of
from motcua.dossiers import events as e
from motcua.dossiers.delays import sign_by, waits
from motcua.dossiers.interests import kept_out
from motcua.dossiers.notified import row_of
from motcua.dossiers.open_steps import OpenStep, open_steps
from motcua.dossiers.row import Row
from motcua.dossiers.states import State
from motcua.kernel.codec import encode
from motcua.kernel.time import Clock
from motcua.ledger.chain import Envelope
from motcua.processes.projector import MOVES
from motcua.processes.routing import by_number
from motcua.processes.selectors import version
from motcua.processes.shapes import Side, Step
from motcua.reactions.words import NEWS, Seats, Word, signers, tell_those, whose
from motcua.workday.operations import reminders
from motcua.workday.operations.reminders import Due, Planned
from motcua.workday.reminding import OF_LETTERS, OF_THE_HOUSE, rule_of, tellings

PLANS = MOVES | {e.DelayPrepared.TYPE, e.DelayNotified.TYPE, e.DelaySentBack.TYPE}
# In the place of a step's number: the letter of apology that waits.
LETTER = 0
_PAGE = 500
_TIMED = frozenset({State.RECEIVED, State.IN_PROCESS})


def plan_reminders(envelope: Envelope, *, position: int, clock: Clock) -> None:
    """Plan what is to be told of a dossier's open steps as they are due now, and of a letter of apology that waits.
    Idempotent: it plans for the dossier as it stands, whatever event it follows."""
    row = row_of(envelope.stream)
    if row is None:
        return
    steps = [(s, s.due_at) for s in open_steps(row) if s.due_at is not None and row["state"] in _TIMED]
    dues = {(here.number, due_at): _step(row, here).escalation for here, due_at in steps}
    if not steps and not waits(row):
        reminders.plan(row["id"], (), due=())
        return
    calendar, news = calendar_of(row["competent_agency"]), clock() - NEWS
    dues |= {(LETTER, moment): OF_LETTERS for moment in sign_by(row, calendar)}
    wanted = [
        Planned(number, due_at, one.rule, one.at)
        for (number, due_at), rules in dues.items()
        for one in tellings(rules, due_at=due_at, since=envelope.at, calendar=calendar)
        if one.at > news
    ]
    reminders.plan(row["id"], wanted, due=list(dues))


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
    if row is None:
        return False
    if one.number == LETTER:
        return _tell_of_letter(one, row, clock())
    here = next((s for s in open_steps(row) if (s.number, s.due_at) == (one.number, one.due_at)), None)
    if here is None or row["state"] not in _TIMED:
        return False
    step = _step(row, here)
    if one.rule >= len(step.escalation or OF_THE_HOUSE):
        return False
    rule = rule_of(step.escalation, one.rule)
    what = "due_soon" if rule.when is Side.BEFORE and clock() <= one.due_at else "overdue"
    facts = {"step": {"vi": step.work.vi, "en": step.work.en}, "due": encode(one.due_at)}
    # A dossier that goes on under another version keeps the step and its due, not their number or the rule's.
    cause = f"due/{one.dossier}/{step.code}/{one.due_at.isoformat()}/{rule.when} {rule.value} {rule.unit}"
    for to in _whom(rule.tell, here, row):
        by = here.holder.account if isinstance(to, Seats) else None
        tell_those(Word(what, to, facts), row, cause=cause, by=by, at=clock())
    return True


def _tell_of_letter(one: Due, row: Row, at: datetime) -> bool:
    if not waits(row) or one.due_at not in sign_by(row, calendar_of(row["competent_agency"])):
        return False
    cause = f"letter/{one.dossier}/{row['delay']['seq']}/{one.due_at.isoformat()}"
    word = Word("letter_due", signers(row), {"due": encode(one.due_at)})
    tell_those(word, row, cause=cause, by=UUID(row["delay"]["by"]), at=at)
    return True


def _whom(tell: tuple[str, ...], here: OpenStep, row: Row) -> Iterator[str | Seats]:
    """Who has it, where the rule names nobody or the seat it waits in; of other kinds of seats those in its unit, else
    all of the agency."""
    mine = whose(encode(here.holder), row)
    if mine is not None and (not tell or set(tell) & set(here.kinds)):
        yield mine
    for kind in tell:
        if kind not in here.kinds:
            unit = str(here.holder.unit or "")
            yield Seats(row["competent_agency"], kinds=(kind,), rather=unit, but=kept_out(row))
