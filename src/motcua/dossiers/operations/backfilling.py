"""Filling in what could not be looked up at once: by a paper somebody looked at, or by the register itself."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers import events as e
from motcua.dossiers.content import text
from motcua.dossiers.degraded import are_waiting
from motcua.dossiers.operations.common import happened_at, reason_content
from motcua.dossiers.policy import check
from motcua.dossiers.projector import standing
from motcua.dossiers.record import Recorded, record
from motcua.dossiers.row import Row
from motcua.dossiers.states import ANSWERED_IN, Act, State
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid
from motcua.ledger.operations import claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How a field stands with a register's answer (dossiers.facts.FieldFact), and what the register has otherwise."""

    field: str
    outcome: str
    told: str = ""


def backfill(
    *,
    row: Row,
    fields: Collection[str],
    shown: str,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Fill `fields` by one paper that was looked at. Raises Denied, NotAllowedNow; Invalid for a field that does not
    wait, or without a word on what was shown."""
    check(actor, Act.BACKFILL, row, standing(row))
    if not are_waiting(row, fields):
        raise Invalid(
            "Thông tin này không chờ đối chiếu. Hãy đánh dấu thông tin mà giấy tờ vừa xem cho thấy.",
            "This is not waiting to be checked. Mark what the paper you looked at shows.",
            field="fields",
        )
    kept = reason_content("paper_shown", shown, field="shown")
    event = e.FieldsBackfilled(
        findings=tuple(e.FieldFact(field=field, outcome="shown") for field in sorted(set(fields))),
        number="",
        shown=kept.ref,
        occurred_at=happened_at(at, paper, row),
        paper=paper,
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept], paper=paper)


def answered(
    *, row: Row, findings: Sequence[Finding], number: str, actor: Actor, at: datetime, claimed: bool = False
) -> Recorded | None:
    """Keep what the register says now, of the fields that still wait; None where none does, or it is no news.
    `claimed`: the act before it in the same unit of work has claimed the request."""
    known = {one["field"]: one["outcome"] for one in row["degraded"] or []}
    there = [one for one in findings if known.get(one.field, one.outcome) != one.outcome]
    if State(row["state"]) not in ANSWERED_IN or not there:
        return None
    kept = {one.field: text("register_finding", one.told) for one in there if one.told}
    if not claimed:
        claim(stream=row["id"], seq=row["head_seq"] + 1, actor=actor, at=at)
    event = e.FieldsBackfilled(
        findings=tuple(
            e.FieldFact(
                field=one.field,
                outcome=one.outcome,
                told=kept[one.field].ref if one.field in kept else None,
            )
            for one in there
        ),
        number=number,
        shown=None,
        occurred_at=happened_at(at, None, row),
    )
    return record(row=row, event=event, actor=actor, at=at, contents=list(kept.values()))
