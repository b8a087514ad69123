"""It will be late: form 04 is prepared, signed or given back, and goes to the applicant. Order here, rules below."""

from datetime import date, datetime

from motcua.calendars.selectors import calendar_of
from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.delays import OTHER
from motcua.dossiers.operations import Recorded
from motcua.dossiers.states import Act
from motcua.flows.courses import done
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid

Paper = e.PaperMark | None


def prepare(
    *,
    code: str,
    apology_date: date,
    reason: str,
    actor: Actor,
    at: datetime,
    cause: str = OTHER,
    paper: Paper = None,
) -> Recorded:
    """Prepare form 04 for a leader, `cause` a code of dossiers.delays; it replaces one that waits. Raises Invalid for a
    date that is not ahead, not after the promised one, or no working day."""
    row = dossiers.lock(code, act=Act.PREPARE_DELAY, actor=actor, at=at)
    return done(
        dossiers.prepare_delay(
            row=row,
            apology_date=apology_date,
            cause=cause,
            reason=reason,
            calendar=calendar_of(row["competent_agency"]),
            actor=actor,
            at=at,
            paper=paper,
        )
    )


def notify_delay(
    *,
    code: str,
    actor: Actor,
    at: datetime,
    apology_date: date | None = None,
    cause: str = OTHER,
    reason: str = "",
    signs: int | None = None,
    paper: Paper = None,
) -> Recorded:
    """Sign form 04: the one prepared in event `signs`, or where none is, one with this date, cause and reason. The
    message to the applicant follows. Raises as `prepare`, and NotAllowedNow where another one waits by now."""
    row = dossiers.lock(code, act=Act.NOTIFY_DELAY, actor=actor, at=at)
    calendar = calendar_of(row["competent_agency"])
    if signs is not None:
        return done(
            dossiers.sign_delay(row=row, signs=signs, calendar=calendar, actor=actor, at=at, paper=paper)
        )
    if apology_date is None:
        raise Invalid("Hãy ghi ngày hẹn lại.", "Write the new date.", field="apology_date")
    return done(
        dossiers.notify_delay(
            row=row,
            apology_date=apology_date,
            cause=cause,
            reason=reason,
            calendar=calendar,
            actor=actor,
            at=at,
            paper=paper,
        )
    )


def send_back(
    *, code: str, reason: str, actor: Actor, at: datetime, signs: int | None = None, paper: Paper = None
) -> Recorded:
    """Give a prepared letter back unsigned, with a reason; whoever prepared it reads that in the history."""
    row = dossiers.lock(code, act=Act.SEND_BACK_DELAY, actor=actor, at=at)
    return done(
        dossiers.send_back_delay(row=row, signs=signs, reason=reason, actor=actor, at=at, paper=paper)
    )
