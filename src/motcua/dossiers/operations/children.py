"""A dossier and its children: begun at other agencies, ended there, their results back at the lead's desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.calendars.calendar import WorkCalendar
from motcua.dossiers import events as e
from motcua.dossiers.attachments import Attachment, copies, with_files
from motcua.dossiers.content import NewContent, text
from motcua.dossiers.due import due_fact
from motcua.dossiers.operations.common import StepDue
from motcua.dossiers.operations.reception import FormAnswers, Person, form_fact, people_facts
from motcua.dossiers.projections.base import holder_before
from motcua.dossiers.record import Recorded, open_stream, opened_texts, record
from motcua.dossiers.row import Row, ended_pauses
from motcua.dossiers.states import ENDED, State
from motcua.kernel.actor import Actor
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.ids import uuid7
from motcua.ledger.operations import claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Branching:
    """What a child begins with: which part, what of the parent goes with it, and what its agency pins. `files`: of the
    parent, by the child's component."""

    child: str
    agency: str
    procedure: str
    procedure_version: UUID
    variant: str
    process_version: UUID
    limit: e.LimitFact
    people: tuple[Person, ...]
    components: tuple[e.ComponentFact, ...]
    files: Mapping[str, Sequence[Attachment]]
    answers: Mapping[str, str]
    form: FormAnswers | None
    holder: e.HolderFact
    given: tuple[e.GivenFact, ...]


def child_code(parent: Row) -> str:
    """The code of the parent's next child: its own with a number, so that no counter is touched."""
    return f"{parent['code']}.{len(parent['children']) + 1}"


def open_child(
    *,
    parent: Row,
    branching: Branching,
    step: Any,
    calendar: WorkCalendar,
    actor: Actor,
    at: datetime,
) -> tuple[Recorded, Recorded]:
    """Begin a part of the locked `parent` at another agency: its first event, and the parent's. `step`: the first
    step's fact from the due moments. Its clock starts here, by that agency's calendar."""
    people, contents, label = people_facts(branching.people, branching.agency)
    dossier = uuid7()
    claim(stream=dossier, seq=1, actor=actor, at=at)
    clock = {
        "clock_from": at,
        "pauses": [],
        "extensions": [],
        **{f"{which}_value": branching.limit.value or "" for which in ("limit", "promise")},
        **{f"{which}_unit": branching.limit.unit for which in ("limit", "promise")},
    }
    due = due_fact(clock, calendar)
    attached = copies(branching.files)
    code = child_code(parent)
    event = e.ChildReceived(
        code=code,
        parent=parent["id"],
        child=branching.child,
        lead_agency=parent["desk_agency"],
        procedure=branching.procedure,
        procedure_version=branching.procedure_version,
        variant=branching.variant,
        channel=parent["channel"],
        desk_agency=branching.agency,
        competent_agency=branching.agency,
        process_version=branching.process_version,
        limit=branching.limit,
        promise=branching.limit,
        calendar_edition=due.calendar_edition,
        due_at=due.due_at,
        limit_due_at=due.limit_due_at,
        provisional=due.provisional,
        parties=people,
        components=with_files(branching.components, attached),
        tracking_version=1,
        occurred_at=at,
        holder=branching.holder,
        step=step(due),
        answers=branching.answers,
        form=form_fact(branching.form, contents),
        given=branching.given,
    )
    begun = open_stream(
        dossier=dossier,
        event=event,
        actor=actor,
        at=at,
        contents=contents,
        label=label,
        attached=attached,
    )
    opened = e.ChildOpened(
        child=branching.child,
        dossier=dossier,
        code=code,
        agency=branching.agency,
        due_at=due.due_at,
        occurred_at=at,
    )
    return begun, record(row=parent, event=opened, actor=actor, at=at)


def open_entry(parent: Row, child: Row) -> Row | None:
    """What the parent knows of `child` while it runs; None once its end was noted."""
    entries: list[Row] = parent["children"]
    return next((c for c in entries if c["dossier"] == str(child["id"]) and c["ended_at"] is None), None)


def end_child(
    *,
    parent: Row,
    child: Row,
    papers: Sequence[e.ResultPaper],
    reasons: UUID | None,
    calendar: WorkCalendar,
    step_due: StepDue,
    actor: Actor,
    at: datetime,
) -> tuple[Recorded, ...]:
    """Note that a part has ended: its result goes back to the lead's desk, the siblings go on. Both rows are locked.
    Nothing where it was noted before, or where the part still runs."""
    if open_entry(parent, child) is None:
        return ()
    decided = child["stage"] == State.DECIDED
    if not decided and child["stage"] not in ENDED:
        return ()
    contents: list[NewContent] = []
    if reasons is not None:
        contents = [text("child_reasons", opened_texts(reasons)[0])]
    event = e.ChildEnded(
        child=child["child"],
        outcome=child["outcome"] if decided else "stopped",
        papers=tuple(papers),
        basis="",
        reasons=contents[0].ref if contents else None,
        occurred_at=at,
    )
    if (parent["supplement"] or {}).get("child") == child["child"]:
        due = e.DueFact(due_at=None, limit_due_at=None)
        if parent["clock_from"] is not None:
            due = due_fact(parent, calendar, pauses=ended_pauses(parent["pauses"], at))
        event = replace(
            event,
            goes_on=True,
            due=due,
            step_due_at=step_due(due),
            beside_due=step_due.of_beside(due),
            holder=holder_before(parent["supplement"]["back_to"]),
        )
    noted = [record(row=parent, event=event, actor=actor, at=at, contents=contents)]
    if decided:
        returned = e.ChildReturned(to=parent["desk_agency"], occurred_at=at)
        noted.append(record(row=child, event=returned, actor=actor, at=at))
    return tuple(noted)


def call_off(*, parent: Row, child: Row, actor: Actor, at: datetime) -> Recorded | None:
    """End a running child of a parent that has ended; None where it has ended already."""
    if child["stage"] in ENDED or parent["stage"] not in ENDED:
        return None
    event = e.ChildCalledOff(how=parent["stage"], occurred_at=at)
    return record(row=child, event=event, actor=actor, at=at)


def running_children(row: Row) -> list[Row]:
    """The children that have not ended yet, as the parent's row tells of them."""
    return [one for one in row["children"] if one["ended_at"] is None]


def fallen_short(row: Row) -> list[Row]:
    """The children that ended without all that was asked for."""
    return [one for one in row["children"] if one["ended_at"] is not None and one["outcome"] != "granted"]


def waited_for(row: Row, outcome: str, *, expected: Sequence[str]) -> list[str]:
    """The parts that a parent whose own part has `outcome` waits for: those that run, and of `expected`, which its
    process asks for, those not begun; of what was refused these are not waited for."""
    waiting = [str(one["child"]) for one in running_children(row)]
    if outcome != "refused":
        begun = {one["child"] for one in row["children"]}
        waiting += [child for child in expected if child not in begun]
    return waiting


def outcome_with(row: Row, outcome: str, *, expected: Sequence[str]) -> str:
    """The outcome of a parent whose own part has `outcome`: partly granted where a part fell short. `expected`: the
    parts its process asks for. Raises NotAllowedNow while one of them is waited for."""
    if waited_for(row, outcome, expected=expected):
        raise NotAllowedNow(
            "Chưa ban hành được: còn phần việc của cơ quan khác chưa xong. Theo dõi ở mục “Các cơ quan cùng giải quyết”"
            " của hồ sơ.",
            "It can't be issued yet: another agency's part is not finished. See “Agencies that settle it together” of"
            " the dossier.",
        )
    return "partly" if outcome == "granted" and fallen_short(row) else outcome
