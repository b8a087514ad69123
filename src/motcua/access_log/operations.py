"""Leaving a line."""

from datetime import datetime
from uuid import UUID

from motcua.access_log.models import Look, RegisterAnswer, RegisterIntake, RegisterQuestion
from motcua.kernel.actor import Actor
from motcua.kernel.ids import uuid7


def note(*, who: str, what: str, at: datetime, subject: str = "", agency: str = "") -> None:
    """Write down that `who` (an account's id) did `what` to `subject` (a code or id, never a name).

    Stands outside units of work on purpose: a look is written even where nothing else is.
    """
    Look.objects.create(who=who, what=what, subject=subject, agency=agency, at=at)


def note_question(
    *, register: str, agency: str, procedure: str, subject: str, actor: Actor, at: datetime
) -> UUID:
    """Write down that `actor` is about to ask `register`, for `procedure`, about `subject` (a dossier's code, or an
    intake's id). Returns the request's number. Outside units of work, like `note`: it stays whatever comes of it."""
    number = uuid7()
    RegisterQuestion.objects.create(
        id=number,
        at=at,
        who=actor.id,
        position=actor.position_kind,
        agency=agency,
        register=register,
        procedure=procedure,
        subject=subject,
    )
    return number


def note_intake(*, intake: str, dossier: str, at: datetime) -> None:
    """Write down which dossier (its code) the intake became about whose people a register was asked; in the unit of
    work that receives it. Once for each intake."""
    RegisterIntake.objects.bulk_create(
        [RegisterIntake(intake=intake, dossier=dossier, at=at)], ignore_conflicts=True
    )


def note_answer(*, number: UUID, outcome: str, at: datetime) -> None:
    """Write down how the question `number` ended."""
    RegisterAnswer.objects.create(question=number, outcome=outcome, at=at)
