"""Mistakes are mended by acts that show: two people propose and confirm; a result is revoked by the leader."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import events as e
from motcua.dossiers.content import NewContent, snapshot
from motcua.dossiers.countersign import FAULTS, PAIRS
from motcua.dossiers.operations.common import basis_text, happened_at, reason_content
from motcua.dossiers.operations.reception import Person, people_facts
from motcua.dossiers.policy import check, check_countersign, check_takes_back
from motcua.dossiers.projector import standing
from motcua.dossiers.record import Recorded, opened_texts, record, relabel
from motcua.dossiers.row import Row
from motcua.dossiers.standing import why_not
from motcua.dossiers.states import Act
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow


@dataclass(frozen=True, slots=True)
class Proposal:
    """What waits on a dossier for its second person. `sealed`: the personal part, read from content."""

    act: Act
    terms: Mapping[str, str]
    sealed: Mapping[str, Any]
    reason: e.TextRef
    proposer: e.Proposer


def propose(
    *,
    row: Row,
    act: Act,
    reason: str,
    actor: Actor,
    at: datetime,
    terms: Mapping[str, str] | None = None,
    sealed: Mapping[str, Any] | None = None,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Propose a two-person act; nothing else changes until a second person confirms it."""
    check(actor, act, row, standing(row))
    if row["pending"] is not None:
        raise NotAllowedNow(
            "Hồ sơ đang có một đề nghị chờ xác nhận; hãy chờ trả lời, hoặc người đề nghị rút lại trước.",
            "Something is proposed already; wait for the answer, or let its proposer take it back first.",
        )
    contents = [reason_content("proposal_reason", reason)]
    kept: NewContent | None = None
    if sealed is not None:
        kept = snapshot("proposal", sealed)
        contents.append(kept)
    event = e.DossierProposed(
        act=act.value,
        terms=terms or {},
        sealed=None if kept is None else e.SealedTerms(snapshot=kept.id, snapshot_digest=kept.digest),
        reason=contents[0].ref,
        agency=row[PAIRS[act].agency],
        occurred_at=happened_at(at, paper, row),
        paper=paper,
    )
    return record(row=row, event=event, actor=actor, at=at, contents=contents, paper=paper)


def proposal(row: Row, *, seq: int, actor: Actor) -> Proposal:
    """What is proposed on `row`, for `actor` to confirm. Raises NotAllowedNow where it is not what they saw."""
    check_countersign(actor, row)
    pending = row["pending"]
    if pending["seq"] != seq:
        raise NotAllowedNow(
            "Đề nghị bạn xem đã được thay bằng đề nghị khác; hãy xem lại.",
            "What you saw was replaced by another proposal; look again.",
        )
    act = Act(pending["act"])
    if (reason := why_not(act, standing(row))) is not None:
        raise NotAllowedNow(reason.vi, reason.en)
    sealed = pending["sealed"]
    return Proposal(
        act=act,
        terms=pending["terms"],
        sealed=_opened(sealed) if sealed else {},
        reason=e.TextRef(
            content=UUID(pending["reason"]["content"]), digest=bytes.fromhex(pending["reason"]["digest"])
        ),
        proposer=_proposer(pending),
    )


def _opened(sealed: Mapping[str, Any]) -> Mapping[str, Any]:
    (body,) = opened_texts(UUID(sealed["snapshot"]))
    if not body:
        raise NotAllowedNow(
            "Nội dung đề nghị đã bị xóa theo quy định.", "What was proposed has been erased by law."
        )
    told: Mapping[str, Any] = json.loads(body)
    return told


def _proposer(pending: Mapping[str, Any]) -> e.Proposer:
    return e.Proposer(by=pending["by"], position=pending["position"], seq=pending["seq"])


def decline(*, row: Row, seq: int, reason: str, actor: Actor, at: datetime) -> Recorded:
    """Say no to what is proposed, with a reason."""
    found = proposal(row, seq=seq, actor=actor)
    kept = reason_content("proposal_declined", reason)
    event = e.ProposalDeclined(
        act=found.act.value, proposed=found.proposer, reason=kept.ref, occurred_at=happened_at(at, None, row)
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept])


def take_back(*, row: Row, actor: Actor, at: datetime) -> Recorded:
    """The proposer takes the proposal back."""
    check_takes_back(actor, row)
    event = e.ProposalWithdrawn(act=row["pending"]["act"], occurred_at=happened_at(at, None, row))
    return record(row=row, event=event, actor=actor, at=at)


def void_receipt(*, row: Row, proposal: Proposal, actor: Actor, at: datetime) -> Recorded:
    """End a dossier that should not have been received; its number stays used."""
    event = e.ReceiptVoided(
        reason=proposal.reason, proposed=proposal.proposer, occurred_at=happened_at(at, None, row)
    )
    return record(row=row, event=event, actor=actor, at=at)


def close_as_duplicate(
    *, row: Row, proposal: Proposal, of: str, same_applicant: bool, actor: Actor, at: datetime
) -> Recorded:
    """End a dossier because another one, `of`, is the same request."""
    event = e.DossierClosedAsDuplicate(
        of=of,
        same_applicant=same_applicant,
        reason=proposal.reason,
        proposed=proposal.proposer,
        occurred_at=happened_at(at, None, row),
    )
    return record(row=row, event=event, actor=actor, at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A reception as it should have been. `step` and `holder` are set where another process applies; `same` and
    `degraded` as in the event."""

    variant: str
    process_version: UUID | None
    limit: e.LimitFact
    promise: e.LimitFact
    due: e.DueFact
    step_due_at: datetime | None
    holder: e.HolderFact | None
    step: e.StepFact | None
    people: tuple[Person, ...]
    components: tuple[e.ComponentFact, ...]
    answers: Mapping[str, str]
    fee_order: tuple[e.FeeFact, ...]
    same: Mapping[str, str] = field(default_factory=dict)
    degraded: tuple[str, ...] = ()
    beside_due: tuple[e.StepDueFact, ...] = ()
    given: tuple[e.GivenFact, ...] = ()


def due_of(row: Row) -> e.DueFact:
    """The due moments as they stand on the row."""
    return e.DueFact(
        due_at=row["due_at"],
        limit_due_at=row["limit_due_at"],
        provisional=row["provisional"],
        calendar_edition=row["calendar_edition"],
    )


def correct_reception(
    *, row: Row, proposal: Proposal, corrected: Corrected, actor: Actor, at: datetime
) -> Recorded:
    """Put parties, components and variant right; never start or code. Both dates stand in the event."""
    parties, contents, label = people_facts(corrected.people, row["desk_agency"])
    event = e.ReceptionCorrected(
        number=row["corrections"] + 1,
        variant_before=row["variant"],
        variant=corrected.variant,
        process_version=corrected.process_version,
        limit=corrected.limit,
        promise=corrected.promise,
        old=due_of(row),
        due=corrected.due,
        step_due_at=corrected.step_due_at,
        holder=corrected.holder,
        step=corrected.step,
        parties=parties,
        components=corrected.components,
        answers=corrected.answers,
        fee_order=corrected.fee_order,
        reason=proposal.reason,
        proposed=proposal.proposer,
        occurred_at=happened_at(at, None, row),
        same=corrected.same,
        degraded=corrected.degraded,
        beside_due=corrected.beside_due,
        given=corrected.given,
    )
    recorded = record(row=row, event=event, actor=actor, at=at, contents=contents)
    relabel(row["id"], label)
    return recorded


def reopen(
    *,
    row: Row,
    proposal: Proposal,
    fault: str,
    holder: e.HolderFact,
    given: tuple[e.GivenFact, ...],
    step: e.StepFact,
    actor: Actor,
    at: datetime,
) -> Recorded:
    """Work on a decided result again, from `step` on; due date and lateness do not change."""
    event = e.DossierReopened(
        fault=known_fault(fault),
        reason=proposal.reason,
        holder=holder,
        step=step,
        proposed=proposal.proposer,
        occurred_at=happened_at(at, None, row),
        given=given,
    )
    return record(row=row, event=event, actor=actor, at=at)


def known_fault(fault: str) -> str:
    """`fault` when it is one of FAULTS. Raises Invalid."""
    if fault not in FAULTS:
        raise Invalid("Hãy ghi lỗi do bên nào.", "Say whose fault it was.", field="fault")
    return fault


def revoke_result(
    *, row: Row, basis: str, reason: str, actor: Actor, at: datetime, paper: e.PaperMark | None = None
) -> Recorded:
    """Take the force of an issued result away, with basis and reason. The state stays."""
    check(actor, Act.REVOKE_RESULT, row, standing(row))
    kept = reason_content("revocation", reason)
    event = e.ResultRevoked(
        result=row["result_number"],
        basis=basis_text(basis),
        reason=kept.ref,
        occurred_at=happened_at(at, paper, row),
        paper=paper,
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept], paper=paper)
