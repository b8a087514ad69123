"""Whose opinion was asked on a dossier, as its own pages show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.selectors import calendars_of
from motcua.dossiers.attachments import OPINION
from motcua.dossiers.consulted import Asked, awaited
from motcua.dossiers.row import Row
from motcua.kernel.say import Say
from motcua.kernel.time import parse_utc
from motcua.web.common.opinions import used_minutes, working_time
from motcua.web.desk.facts import Facts
from motcua.web.desk.given import Scan
from motcua.web.desk.opinion_words import STANDS


@dataclass(frozen=True, slots=True)
class Consulted:
    """One body that was asked: what about, how that stands, how long it took, what it said."""

    id: str
    name: Say
    letter: str
    awaited: bool
    about: str
    asked: datetime
    due: datetime
    ended: datetime | None
    stands: Say
    tone: str
    used: Say
    late: bool
    pauses: bool
    reminders: int
    text: str
    signed: str
    number: str
    answered: bool
    scans: Sequence[Scan]


def stands(one: Asked, at: datetime) -> tuple[Say, str]:
    """How it stands in words, and in which tone."""
    if one["outcome"] or one["lapsed"]:
        return STANDS[one["outcome"] or one["lapsed"]]
    if one["ended_at"]:
        return STANDS["over"]
    return STANDS["overdue" if at > parse_utc(one["due_at"]) else ""]


def calendars_for(row: Row) -> dict[str, WorkCalendar]:
    """The calendars of the dossier's agency and of whom is still awaited, by agency. One statement."""
    agencies = [row["competent_agency"], *sorted({one["agency"] for one in awaited(row)})]
    return dict(zip(agencies, calendars_of(*agencies), strict=True))


def consulted(facts: Facts, at: datetime, calendars: Mapping[str, WorkCalendar]) -> list[Consulted]:
    """All that were asked, the first asked first."""
    row = facts.row
    found = []
    for one in row["consultations"]:
        said, answer = stands(one, at), one["answer"] or {}
        calendar = calendars.get(one["agency"])
        minutes = one["used_minutes"] if calendar is None else used_minutes(one, calendar, at)
        found.append(
            Consulted(
                id=one["id"],
                name=Say(one["name"], one["name_en"]),
                letter=one.get("letter", ""),
                awaited=one["awaited"],
                about=facts.text(one["about"]),
                asked=parse_utc(one["asked_at"]),
                due=parse_utc(one["due_at"]),
                ended=parse_utc(one["answered_at"] or one["ended_at"]) if one["ended_at"] else None,
                stands=said[0],
                tone=said[1],
                used=working_time(minutes or 0),
                late=bool(answer.get("late")),
                pauses=one["pauses"],
                reminders=one["reminders"],
                text=facts.text(answer.get("text")),
                signed=facts.text(answer.get("signed")),
                number=answer.get("number", ""),
                answered=bool(answer),
                scans=[
                    Scan(file)
                    for file in facts.attachments
                    if file.component == OPINION and file.seq == answer.get("seq")
                ],
            )
        )
    return found
