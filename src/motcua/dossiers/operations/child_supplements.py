"""What a child dossier lacks is asked for by the one the applicant has, once, and goes on to the child from there."""

from collections.abc import Sequence
from datetime import datetime

from motcua.calendars.calendar import WorkCalendar
from motcua.dossiers import events as e
from motcua.dossiers.attachments import NewAttachment, files_of
from motcua.dossiers.content import NewContent
from motcua.dossiers.due import due_fact
from motcua.dossiers.operations.common import StepDue, happened_at
from motcua.dossiers.operations.supplements import MissingPaper, asked
from motcua.dossiers.projections.base import holder_before
from motcua.dossiers.projector import standing
from motcua.dossiers.record import Recorded, record
from motcua.dossiers.row import Row, ended_pauses
from motcua.dossiers.standing import why_not
from motcua.dossiers.states import Act
from motcua.kernel.actor import Actor
from motcua.kernel.errors import NotAllowedNow


def ask_for_child(
    *,
    parent: Row,
    child: str,
    items: Sequence[MissingPaper],
    calendar: WorkCalendar,
    actor: Actor,
    at: datetime,
) -> Recorded:
    """Ask the applicant, by the locked `parent`, for what its part `child` lacks; its clock pauses too. The caller has
    recorded the child's own request, which says who may. Raises NotAllowedNow where they are asked already, or the
    parent stands where nobody is asked."""
    if parent["supplement"] is not None:
        raise NotAllowedNow(
            "Người dân đang được yêu cầu bổ sung cho hồ sơ chính; bổ sung xong hãy yêu cầu, để chỉ có một lần hỏi.",
            "The applicant is being asked for papers of this dossier already; ask once these have come, so that they"
            " are asked one thing at a time.",
        )
    if (refusal := why_not(Act.REQUEST_SUPPLEMENT, standing(parent))) is not None:
        raise NotAllowedNow(f"Hồ sơ chính: {refusal.vi}", f"The parent dossier: {refusal.en}")
    event, contents = asked(parent, items, calendar=calendar, when=happened_at(at, None, parent), child=child)
    return record(row=parent, event=event, actor=actor, at=at, contents=contents)


def supplied_by_parent(
    *,
    row: Row,
    attached: Sequence[NewAttachment],
    replies: Sequence[e.ReplyFact],
    contents: Sequence[NewContent],
    calendar: WorkCalendar,
    step_due: StepDue,
    actor: Actor,
    at: datetime,
) -> Recorded:
    """Record on the locked child that everything it asked for came in by the parent; its clock goes on."""
    when, request = happened_at(at, None, row), row["supplement"]
    due = due_fact(row, calendar, pauses=ended_pauses(row["pauses"], when))
    event = e.Supplied(
        items=tuple(one["item"] for one in request["items"]),
        complete=True,
        answer_due_at=None,
        holder=holder_before(request["back_to"]),
        due=due,
        step_due_at=step_due(due),
        occurred_at=when,
        files=files_of(attached),
        replies=tuple(replies),
    )
    return record(row=row, event=event, actor=actor, at=at, contents=contents, attached=attached)
