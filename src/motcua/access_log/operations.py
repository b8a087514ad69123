"""Leaving a line."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from motcua.access_log.models import Look, RegisterAnswer, RegisterIntake, RegisterQuestion
from motcua.kernel.actor import Actor
from motcua.kernel.ids import uuid7
from motcua.kernel.seals import mac


def note(*, who: str, what: str, at: datetime, subject: str = "", agency: str = "") -> None:
    """Write down that `who` (an account's id) did `what` to `subject` (a code or id, never a name).

    Stands outside units of work on purpose: a look is written even where nothing else is.
    """
    Look.objects.create(who=who, what=what, subject=subject, agency=agency, at=at)


def note_question(
    *, register: str, agency: str, procedure: str, subject: str, whom: str, actor: Actor, at: datetime
) -> UUID:
    """Write down that `actor` is about to ask `register`, for `procedure` and `subject` (a dossier's code, or an
    intake's id), about `whom` (their number, of which a digest is kept). Returns the request's number. Outside units of
    work, like `note`: it stays whatever comes of it."""
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
        whom=_digest(subject, whom),
    )
    return number


def note_intake(*, intake: str, dossier: str, people: Iterable[str], at: datetime) -> None:
    """Write down which dossier (its code) the intake became, and the digests of the numbers of its `people`; in the
    unit of work that receives it. Once for each intake."""
    digests = [_digest(intake, number) for number in people]
    RegisterIntake.objects.bulk_create(
        [RegisterIntake(intake=intake, dossier=dossier, people=digests, at=at)], ignore_conflicts=True
    )


def _digest(subject: str, number: str) -> str:
    return mac("register-question", f"{subject}/{number}".encode()).hex()


def note_answer(*, number: UUID, outcome: str, at: datetime) -> None:
    """Write down how the question `number` ended."""
    RegisterAnswer.objects.create(question=number, outcome=outcome, at=at)
