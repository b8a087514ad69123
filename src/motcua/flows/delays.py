"""It will be late: form 04 is prepared, signed or given back, and goes to the applicant. Order here, rules below."""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.agencies.selectors import called
from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.selectors import calendar_of
from motcua.calendars.words import said_moment
from motcua.catalogue.shapes import GroundKind
from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.consulted import open_ones
from motcua.dossiers.delays import OTHER, first_day
from motcua.dossiers.operations import Recorded
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act
from motcua.flows.courses import done
from motcua.flows.forecasts import forecast_of, usual_of
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.time import parse_utc

Paper = e.PaperMark | None


@dataclass(frozen=True, slots=True)
class Suggested:
    """What form 04 would say by the forecast: when it is `likely` done, the first date that keeps to that, and the
    cause and the words, both empty where it waits for nothing that the dossier knows of."""

    likely: datetime | None
    apology_date: date
    cause: str
    reason: str


def suggested(row: Row, *, calendar: WorkCalendar, at: datetime) -> Suggested:
    """What form 04 of the dossier of `row` would say by its forecast. One statement, none where no limit runs."""
    found = forecast_of(row, calendar=calendar, at=at, usual=usual_of(row, calendar=calendar, at=at))
    likely = None if found is None else found.ends_at
    cause, reason = _awaited(row)
    return Suggested(likely, first_day(row, calendar=calendar, at=at, likely=likely), cause, reason)


def _awaited(row: Row) -> tuple[str, str]:
    """For whom it waits as the forecast reckons, as a cause and in words for the applicant."""
    waits = [(one["name"], one["due_at"]) for one in open_ones(row)]
    waits += [
        (called(child["agency"]).vi, child["due_at"])
        for child in row["children"]
        if child["due_at"] and not child["ended_at"]
    ]
    if waits:
        said = (f"{name} (chậm nhất {said_moment(parse_utc(until)).vi})" for name, until in waits)
        return "opinion", f"Chờ ý kiến hoặc kết quả của {', '.join(said)}."
    if row["suspension"] and row["suspension"]["ground"] == GroundKind.VERIFICATION:
        return "verification", ""
    return "", ""


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
    """Sign form 04: the one prepared in event `signs`, with `apology_date` instead of its own where one is given; or
    where none is, one with this date, cause and reason. The message to the applicant follows. Raises as `prepare`, and
    NotAllowedNow where another one waits by now."""
    row = dossiers.lock(code, act=Act.NOTIFY_DELAY, actor=actor, at=at)
    calendar = calendar_of(row["competent_agency"])
    if signs is not None:
        return done(
            dossiers.sign_delay(
                row=row,
                signs=signs,
                apology_date=apology_date,
                calendar=calendar,
                actor=actor,
                at=at,
                paper=paper,
            )
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
