"""What the tracking page shows, put together from the dossier as its applicant may see it."""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.agencies.selectors import agency, unit_name
from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.explain import explain
from motcua.calendars.selectors import calendars_of
from motcua.catalogue.selectors import version
from motcua.dossiers.due import clocks, not_begun
from motcua.dossiers.row import Row
from motcua.dossiers.states import State
from motcua.dossiers.tracked import Tracked, TrackedEntry
from motcua.dossiers.windows import supply_by
from motcua.flows.online_money import payable
from motcua.kernel.say import Say
from motcua.web.common.children import Part, parts_of
from motcua.web.common.opinions import AskedLine, asked_lines
from motcua.web.common.papers import asked_for
from motcua.web.common.situations import Situation, Stage, situation, stages
from motcua.web.common.wording import standing
from motcua.web.portal.hours import Desk, desk_of

# Ends that no due date speaks about: whether they were in time is not a question.
UNTIMED = frozenset({State.REFUSED, State.WITHDRAWN, State.STOPPED})


@dataclass(frozen=True, slots=True)
class Place:
    """Where the dossier is: with a unit of an agency and perhaps a person there, or with its applicant."""

    agency: Say
    unit: Say | None
    person: str
    is_applicant: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackingPage:
    """The page. `explanation` are the clock's own lines; `seen` changes when the page has something new."""

    shown: Tracked
    situation: Situation
    procedure: Say
    variant: Say | None
    place: Place | None
    is_timed: bool
    is_expected: bool
    is_ready: bool
    explanation: list[dict[str, str]]
    desk: Desk
    wanted: list[str]
    payable: int
    parts: list[Part]
    seen: str

    @property
    def row(self) -> Row:
        """The dossier's row."""
        return self.shown.row

    @property
    def supply_by(self) -> date | None:
        """Until when missing papers may come."""
        return supply_by(self.row)

    @property
    def asked(self) -> list[AskedLine]:
        """Whose opinion was asked, from when to when."""
        return asked_lines(self.row)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """How far it has come; nothing where it ended on the way."""
        return stages(State(self.row["state"]))

    @property
    def entries(self) -> tuple[TrackedEntry, ...]:
        """The history, the newest first."""
        return self.shown.entries[::-1]


def tracking_page(shown: Tracked, *, at: datetime) -> TrackingPage:
    """The page of `shown` at `at`. One statement."""
    row = shown.row
    state = State(row["state"])
    calendar, competents = calendars_of(row["desk_agency"], row["competent_agency"])
    published = version(row["procedure_version"])
    waits = not_begun(row)
    stands = standing(row["due_at"], at=at, ended_at=row["decided_at"], paused=row["paused"])
    return TrackingPage(
        shown=shown,
        situation=situation(row),
        procedure=published.title,
        variant=published.variant(row["variant"]).label if len(published.variants) > 1 else None,
        place=_place(shown),
        is_timed=row["received_at"] is not None and not waits and state not in UNTIMED,
        is_expected=waits and state not in UNTIMED,
        is_ready=state is State.DECIDED and row["available_at"] is not None and not row["manifest"],
        explanation=_explanation(row, competents) if state not in UNTIMED else [],
        desk=desk_of(row["desk_agency"], calendar, at=at),
        wanted=asked_for(shown.missing, published),
        parts=parts_of(row),
        payable=sum(line.amount for line in payable(row)),
        seen=f"{row['head_seq']}-{stands}",
    )


def _place(shown: Tracked) -> Place | None:
    row = shown.row
    if row["holder_kind"] == "none":
        return None
    holder = agency(row["holder_agency"] or row["competent_agency"])
    unit = row["holder_unit"]
    return Place(
        agency=holder.called,
        unit=Say(unit_name(unit), unit_name(unit, "en")) if unit else None,
        person=shown.person,
        is_applicant=row["holder_kind"] in ("applicant", "payer"),
    )


def _explanation(row: Row, calendar: WorkCalendar) -> list[dict[str, str]]:
    if row["clock_from"] is None:
        return []
    promise, _limit = clocks(row, calendar)
    return explain(promise)
