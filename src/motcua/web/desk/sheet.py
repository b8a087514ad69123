"""What a dossier's own page shows: everything known of it, on one sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from motcua.agencies.mandates import read as read_mandate
from motcua.agencies.positions import POSITION_KINDS, WORKING
from motcua.agencies.selectors import called, unit_name
from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.explain import explain
from motcua.dossiers import policy
from motcua.dossiers.due import not_begun
from motcua.dossiers.events import ApplicantWrote, DossierReceived, StepReturned, StepTaken
from motcua.dossiers.row import Row
from motcua.dossiers.selectors import Shown
from motcua.dossiers.sentences import moment
from motcua.dossiers.sight import PAPERS, PEOPLE
from motcua.dossiers.states import LABELS, Act, State
from motcua.dossiers.windows import supply_by
from motcua.kernel.actor import Viewer
from motcua.kernel.say import Say
from motcua.kernel.time import parse_utc
from motcua.processes.routing import by_number
from motcua.processes.selectors import StepStay, stays, version_at
from motcua.processes.shapes import Step
from motcua.web.common.eform_words import Told as Topic
from motcua.web.common.mending import Mending, mendings
from motcua.web.common.return_ways import RETURN_WAYS
from motcua.web.desk import words
from motcua.web.desk.abreast import AllAbreast, abreast
from motcua.web.desk.acts import Offered, offered
from motcua.web.desk.answered import Reply, answered, replies
from motcua.web.desk.delay_pages import Foreseen, Letter, foreseen, letter
from motcua.web.desk.facts import Facts
from motcua.web.desk.given import Given, Made, evidence, given, made
from motcua.web.desk.helped import Helped, helped
from motcua.web.desk.interest_words import Barred, barred_people, to_think_of
from motcua.web.desk.known import staff_names
from motcua.web.desk.opinions import Consulted, calendars_for, consulted
from motcua.web.desk.people import Person, people_of
from motcua.web.desk.proposals import Proposed, proposed
from motcua.web.desk.second_request import second_by
from motcua.web.desk.told import Told, told

UNTIMED = frozenset({State.SUBMITTED, State.REFUSED, State.WITHDRAWN, State.STOPPED})

# What stands above everything else: the rest is in the history.
MOST_WRITTEN = 3


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the dossier now; `person` is "" while it waits on the list of `seats`."""

    place: Say
    seats: Say | None
    person: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Opinion:
    """What an officer proposed, or a leader approved; `instead` of whom, in whose seat, by which `document`."""

    outcome: Say
    by: str
    seat: Say
    note: str
    basis: str
    instead: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """A line of the routing slip (form 06): a stay in a step. `late`: it ended, or still lasts, past its due."""

    number: int
    step: Step
    opened: Say | None
    started: Say | None
    due: Say | None
    ended: Say | None
    by: str
    outcome: Say | None
    late: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A paper to print."""

    name: Say
    href: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A due moment with the clock's own lines."""

    label: Say
    lines: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Suspension:
    """An open suspension; `is_overdue`: past the longest it may last."""

    ground: Say
    basis: str
    reason: str
    since: datetime
    until: datetime | None
    is_overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The page."""

    facts: Facts
    state: Say
    tone: str
    is_timed: bool
    is_open_to_people: bool
    hidden: list[Say]
    acts: list[Offered]
    abreast: AllAbreast | None
    papers: list[Link]
    holder: Holder | None
    second_by: list[str] | None
    people: list[Person]
    answered: tuple[Topic, ...]
    mendings: tuple[Mending, ...]
    replies: list[Reply]
    consulted: list[Consulted]
    helped: Helped | None
    given: list[Given]
    made: list[Made]
    evidence: list[Given]
    channel: Say
    return_way: Say
    clocks: list[Explained]
    foreseen: Foreseen | None
    letter: Letter | None
    suspension: Suspension | None
    proposal: Opinion | None
    approval: Opinion | None
    returned: Told | None
    written: list[Told]
    proposed: Proposed | None
    answers: bool
    barred: list[Barred]
    think_of: Say | None
    slip: list[Stay]
    history: list[Told]
    desk: Say
    competent: Say | None

    @property
    def row(self) -> Row:
        """The dossier's row."""
        return self.facts.row

    @property
    def may_ask(self) -> bool:
        """Whether the viewer may ask a register about the people."""
        return bool(self.facts.to_ask) and any(one.act in (Act.RECEIVE, Act.BACKFILL) for one in self.acts)

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.row["ended_at"] is not None

    @property
    def supply_by(self) -> date | None:
        """Until when people were told that missing papers may come."""
        return supply_by(self.row)

    @property
    def is_expected(self) -> bool:
        """Whether the competent agency has not accepted it yet, so that its date is only expected."""
        return not_begun(self.row) and not self.is_over


def sheet(shown: Shown, *, viewer: Viewer, at: datetime) -> Sheet:
    """The page of a dossier as `viewer` may see it at `at`. Two statements beside those of `shown`, one where it runs
    towards a result, and one for names this process has not met."""
    facts = Facts.of(shown)
    row = shown.row
    visible = policy.sees_people(viewer, row)
    whole = visible and PEOPLE not in shown.hidden
    open_facts = facts if visible else replace(facts, attachments=())
    walked = stays(row["id"], viewer=viewer) if row["received_at"] else []  # nobody worked on it before
    names = staff_names(_accounts(row, walked))
    acts = offered(facts, viewer=viewer, allowed=shown.acts, at=at)
    calendars = calendars_for(row)
    return Sheet(
        facts=facts,
        state=words.state(
            LABELS[shown.state],
            suspended=row["suspended"],
            stop_ground=row["stop_ground"],
            revoked=row["result_revoked"],
        ),
        tone="suspended" if row["suspended"] else row["state"],
        is_timed=shown.state not in UNTIMED,
        is_open_to_people=visible,
        hidden=[label for part, label in words.HIDDEN.items() if part in shown.hidden],
        papers=_papers(shown) if visible and not shown.hidden and _works_there(viewer, row) else [],
        acts=acts,
        abreast=abreast(facts),
        holder=holder(row, names),
        second_by=second_by(shown, at),
        people=people_of(shown, facts, visible=visible),
        answered=answered(shown) if visible else (),
        mendings=mendings(shown.form) if visible else (),
        replies=replies(shown, facts) if visible and PAPERS not in shown.hidden else [],
        consulted=consulted(facts if visible else Facts(row), at, calendars),
        helped=helped(row, shown.texts if whole else {}, names),
        given=given(open_facts),
        made=made(open_facts),
        evidence=evidence(open_facts),
        channel=words.CHANNELS[row["channel"]],
        return_way=RETURN_WAYS[row["return_way"]],
        clocks=_clocks(shown, calendars[row["competent_agency"]]),
        foreseen=foreseen(
            row,
            calendar=calendars[row["competent_agency"]],
            at=at,
            opened={stay.number: stay.opened_at for stay in walked if stay.ended_at is None},
        ),
        letter=letter(facts, calendar=calendars[row["competent_agency"]], at=at),
        suspension=_suspension(facts, at),
        proposal=_opinion(facts, row["proposal"], names),
        approval=_opinion(facts, row["approval"], names),
        returned=_returned(shown, whole=whole),
        written=_written(shown) if whole else [],
        proposed=proposed(facts),
        barred=barred_people(facts),
        think_of=to_think_of(facts, viewer=viewer),
        answers=bool(policy.proposer(viewer, row) or policy.countersigner(viewer, row)),
        slip=_slip(facts, walked, names, at, shown.acted_for),
        history=[told(entry, whole=whole) for entry in reversed(shown.entries)],
        desk=called(row["desk_agency"]),
        competent=None if row["competent_agency"] == row["desk_agency"] else called(row["competent_agency"]),
    )


def _works_there(viewer: Viewer, row: Row) -> bool:
    """Papers carry the citizen's PIN: they are for those who work at the desk where the dossier came in."""
    return viewer.sees(row["desk_agency"], WORKING) or policy.represented(viewer, row)


def _papers(shown: Shown) -> list[Link]:
    code = shown.row["code"]
    happened = {entry.type for entry in shown.entries}
    papers = (
        [Link(words.RECEIPT, reverse("receipt", args=[code]))] if DossierReceived.TYPE in happened else []
    )
    letters = [letter for kind, letter in words.LETTERS.items() if kind in happened]
    if shown.row["process_version"]:
        letters.append(words.ROUTING_SLIP)
    return papers + [
        Link(letter.name, reverse("form_letter", args=[code, letter.number])) for letter in letters
    ]


def _account(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None  # the system itself


def _accounts(row: Row, walked: list[StepStay]) -> set[UUID | None]:
    found = {row["holder_account"]}
    found |= {_account(text) for stay in walked for text in (stay.account, stay.ended_by)}
    said = [one for one in (row["proposal"], row["approval"], row["filing"]) if one]
    return found | {_account(who) for one in said for who in (one["by"], one.get("for", ""))}


def holder(row: Row, names: Mapping[UUID | None, str]) -> Holder | None:
    """Who has the dossier of `row` now; None once it has ended."""
    kind, unit = row["holder_kind"], row["holder_unit"]
    if kind == "none":
        return None
    if kind in ("applicant", "payer"):
        return Holder(words.APPLICANT, None, "", row["holder_since"])
    place = Say(unit_name(unit), unit_name(unit, "en")) if unit else words.DESK
    if kind == "consulted" and not unit:
        place = called(row["holder_agency"])
    at_step = kind == "position" and row["step_kinds"]
    seats = words.seats(row["step_kinds"]) if at_step else None
    return Holder(place, seats, names.get(row["holder_account"], ""), row["holder_since"])


def _clocks(shown: Shown, calendar: WorkCalendar) -> list[Explained]:
    dues = shown.explain(calendar)
    if dues is None:
        return []
    promise, limit = (explain(due) for due in dues)
    if promise == limit:
        return [Explained(words.LIMIT, limit)]
    return [Explained(words.PROMISE, promise), Explained(words.LIMIT, limit)]


def _suspension(facts: Facts, at: datetime) -> Suspension | None:
    open_one = facts.row["suspension"]
    if open_one is None:
        return None
    labels = {g.code.value: g.label for g in facts.suspension_grounds}
    until = parse_utc(open_one["until"]) if open_one["until"] else None
    return Suspension(
        ground=labels.get(open_one["ground"], Say(open_one["ground"], open_one["ground"])),
        basis=open_one["basis"],
        reason=facts.text(open_one["reason"]),
        since=parse_utc(open_one["since"]),
        until=until,
        is_overdue=until is not None and at > until,
    )


def _opinion(
    facts: Facts, said: Mapping[str, Any] | None, names: Mapping[UUID | None, str]
) -> Opinion | None:
    if said is None:
        return None
    return Opinion(
        outcome=words.OUTCOMES[said["outcome"]],
        by=names.get(_account(said["by"]), ""),
        seat=POSITION_KINDS[said["position"]].title,
        note=facts.text(said["note"]),
        basis=said["basis"],
        instead=names.get(_account(said.get("for", "")), ""),
        document=read_mandate(said["mandate"])[1] if said.get("mandate") else "",
    )


def opinions(facts: Facts) -> dict[str, Opinion | None]:
    """What was proposed and approved so far, for the page of an act."""
    said = {name: facts.row[name] for name in ("proposal", "approval")}
    names = staff_names(
        _account(who) for one in said.values() if one for who in (one["by"], one.get("for", ""))
    )
    return {name: _opinion(facts, one, names) for name, one in said.items()}


def _stamp(value: datetime | None) -> Say | None:
    return None if value is None else moment(value)


def _slip(
    facts: Facts,
    walked: list[StepStay],
    names: Mapping[UUID | None, str],
    at: datetime,
    acted_for: Mapping[datetime, str],
) -> list[Stay]:
    return [
        Stay(
            number=stay.number,
            step=by_number(process, stay.number),
            opened=_stamp(stay.opened_at),
            started=_stamp(stay.started_at),
            due=_stamp(stay.due_at),
            ended=_stamp(stay.ended_at),
            by=(acted_for.get(stay.ended_at) if stay.ended_at else None)
            or names.get(_account(stay.ended_by or stay.account), ""),
            outcome=words.STAY_ENDS.get(stay.outcome),
            late=stay.due_at is not None and (stay.ended_at or at) > stay.due_at,
        )
        for stay in walked
        if (process := version_at(facts.row, stay.seq)) is not None
    ]


def _returned(shown: Shown, *, whole: bool) -> Told | None:
    """Why the open step came back; None when it did not, or has been done since."""
    if shown.row["step"] is None:
        return None
    moved = next((x for x in reversed(shown.entries) if x.type in (StepTaken.TYPE, StepReturned.TYPE)), None)
    return told(moved, whole=whole) if moved and moved.type == StepReturned.TYPE else None


def _written(shown: Shown) -> list[Told]:
    """What the applicant wrote to the agency, the newest first; nothing once it is over."""
    found = [x for x in reversed(shown.entries) if x.type == ApplicantWrote.TYPE]
    return [] if shown.row["ended_at"] else [told(entry) for entry in found[:MOST_WRITTEN]]
