"""Filling in what could not be looked up at reception: by a paper somebody looked at, or by the register itself."""

from datetime import datetime

from motcua.dossiers import events as e
from motcua.dossiers.content import text
from motcua.dossiers.degraded import is_waiting
from motcua.dossiers.operations.common import happened_at, reason_content
from motcua.dossiers.policy import check
from motcua.dossiers.projector import standing
from motcua.dossiers.record import Recorded, record
from motcua.dossiers.row import Row
from motcua.dossiers.states import RUNNING, Act, State
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid
from motcua.ledger.operations import claim


def backfill(
    *, row: Row, field: str, shown: str, actor: Actor, at: datetime, paper: e.PaperMark | None = None
) -> Recorded:
    """Fill `field` by a paper that was looked at. Raises Denied, NotAllowedNow; Invalid for a field that does not
    wait, or without a word on what was shown."""
    check(actor, Act.BACKFILL, row, standing(row))
    if not is_waiting(row, field):
        raise Invalid(
            "Thông tin này không chờ đối chiếu.", "This is not waiting to be checked.", field="field"
        )
    kept = reason_content("paper_shown", shown, field="shown")
    event = e.FieldBackfilled(
        field=field,
        outcome="shown",
        number="",
        told=kept.ref,
        occurred_at=happened_at(at, paper, row),
        paper=paper,
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept], paper=paper)


def answered(
    *, row: Row, field: str, outcome: str, number: str, told: str, actor: Actor, at: datetime
) -> Recorded | None:
    """Keep what the register says of `field` now; None where it no longer waits for that. `outcome` is same, differs
    or not_found; only the first fills the field."""
    if State(row["state"]) not in RUNNING or not is_waiting(row, field, unasked=True):
        return None
    kept = [text("register_finding", told)] if told else []
    claim(stream=row["id"], seq=row["head_seq"] + 1, actor=actor, at=at)
    event = e.FieldBackfilled(
        field=field,
        outcome=outcome,
        number=number,
        told=kept[0].ref if kept else None,
        occurred_at=happened_at(at, None, row),
    )
    return record(row=row, event=event, actor=actor, at=at, contents=kept)
