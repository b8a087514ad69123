"""A conflict of interest is declared, and lifted by two leads."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import events as e
from motcua.dossiers.interests import KINDS
from motcua.dossiers.open_steps import OpenStep
from motcua.dossiers.operations.common import happened_at, reason_content
from motcua.dossiers.operations.mends import Proposal
from motcua.dossiers.policy import check
from motcua.dossiers.projector import standing
from motcua.dossiers.record import Recorded, record
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid


def declare_interest(
    *,
    row: Row,
    step: OpenStep,
    kind: str,
    reason: str,
    holder: e.HolderFact,
    given: tuple[e.GivenFact, ...],
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Say that one has a conflict of interest: one takes no part in the dossier from here on, `holder` has its open
    `step`. The reason is sealed. Raises Invalid for a kind that is none of `KINDS`."""
    check(actor, Act.DECLARE_INTEREST, row, standing(row))
    if kind not in KINDS:
        raise Invalid("Hãy chọn loại xung đột lợi ích.", "Choose the kind of conflict.", field="kind")
    kept = reason_content("interest_reason", reason)
    event = e.InterestDeclared(
        account=UUID(actor.id),
        kind=kind,
        reason=kept.ref,
        step=step.number,
        holder=holder,
        given=given,
        occurred_at=happened_at(at, paper, row),
        paper=paper,
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept], paper=paper)


def release(*, row: Row, step: OpenStep, holder: e.HolderFact, actor: Actor, at: datetime) -> Recorded:
    """Put the open `step` of who stands in the dossier by now back on the list that `holder` names, with that reason:
    what `actor` did made it so, they need no seat of the step."""
    kept = reason_content(
        "put_back_reason",
        "Sau khi sửa tiếp nhận, người đang giữ là người trong hồ sơ theo số định danh: xung đột lợi ích.",
    )
    event = e.DossierPutBack(
        step=step.number, holder=holder, reason=kept.ref, occurred_at=happened_at(at, None, row)
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept])


def declaration(row: Row, declared: str) -> Mapping[str, Any]:
    """The declaration that the event `declared` wrote and that still bars. Raises Invalid where there is none."""
    for one in row["barred"]:
        if str(one["seq"]) == declared:
            found: Mapping[str, Any] = one
            return found
    raise Invalid(
        "Hãy chọn người đã khai xung đột lợi ích.",
        "Choose who declared a conflict of interest.",
        field="whom",
    )


def lift_interest(*, row: Row, proposal: Proposal, actor: Actor, at: datetime) -> Recorded:
    """Let who declared a conflict of interest take part again, as two leads see none."""
    one = declaration(row, proposal.terms["declared"])
    event = e.InterestLifted(
        account=UUID(one["account"]),
        declared=one["seq"],
        reason=proposal.reason,
        proposed=proposal.proposer,
        occurred_at=happened_at(at, None, row),
    )
    return record(row=row, event=event, actor=actor, at=at)
