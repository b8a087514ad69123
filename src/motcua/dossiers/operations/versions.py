"""A running dossier goes on under another version of its procedure, or of its process."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.dossiers import events as e
from motcua.dossiers.operations.common import StepDue, basis_text, reason_content
from motcua.dossiers.operations.mends import due_of
from motcua.dossiers.record import Recorded, record
from motcua.dossiers.row import Row
from motcua.kernel.actor import Actor
from motcua.ledger.operations import claim


@dataclass(frozen=True, slots=True, kw_only=True)
class NextVersion:
    """What a dossier goes on under: the version and why, its limit and promise, the due moments they come to, and the
    fee order where something is less (None: as it stands)."""

    version: UUID
    number: int
    basis: str
    limit: e.LimitFact
    promise: e.LimitFact
    due: e.DueFact
    fee_order: tuple[e.FeeFact, ...] | None


def move_version(
    *, row: Row, following: NextVersion, step_due: StepDue, actor: Actor, at: datetime
) -> Recorded:
    """Let `row` go on under `following`. Start, code, papers and answers stay; both due moments stand in the event.

    The flow has weighed that it favours the applicant (catalogue.transition).
    """
    event = e.VersionMoved(
        before=row["procedure_version"],
        procedure_version=following.version,
        number=following.number,
        basis=following.basis,
        limit=following.limit,
        promise=following.promise,
        old=due_of(row),
        new=following.due,
        step_due_at=step_due(following.due),
        fee_order=following.fee_order,
        occurred_at=max(at, row["head_at"]),
        beside_due=step_due.of_beside(following.due),
    )
    claim(stream=row["id"], seq=row["head_seq"] + 1, actor=actor, at=at)
    return record(row=row, event=event, actor=actor, at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextProcess:
    """The version of its process that a dossier goes on under, by whose order and why; where its open steps go on, the
    leading one first, and the rows that stand in both versions."""

    version: UUID
    number: int
    basis: str
    reason: str
    ordered_by: str
    places: tuple[e.MovedStepFact, ...]
    rows: tuple[e.RowFact, ...]


def move_process(*, row: Row, following: NextProcess, actor: Actor, at: datetime) -> Recorded:
    """Let `row` go on under `following`. Its due moments and what is done stay; the flow has weighed that it can
    (processes.moving). Raises Invalid without a document or a reason."""
    reason = reason_content("process_move", following.reason)
    event = e.ProcessMoved(
        before=row["process_version"],
        process_version=following.version,
        number=following.number,
        basis=basis_text(following.basis),
        reason=reason.ref,
        ordered_by=following.ordered_by,
        places=following.places,
        rows=following.rows,
        occurred_at=max(at, row["head_at"]),
    )
    claim(stream=row["id"], seq=row["head_seq"] + 1, actor=actor, at=at)
    return record(row=row, event=event, actor=actor, at=at, contents=[reason])
