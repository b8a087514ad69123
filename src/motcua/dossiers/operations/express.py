"""Received, decided, handed over at once: certified copies and the like, done while the person waits."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from motcua.dossiers import events as e
from motcua.dossiers.content import text
from motcua.dossiers.operations.common import happened_at
from motcua.dossiers.operations.reception import Opening, code_of, may_open, people_facts
from motcua.dossiers.operations.steps import IssuedPaper
from motcua.dossiers.policy import may
from motcua.dossiers.projector import standing
from motcua.dossiers.record import Recorded, open_stream, record
from motcua.dossiers.row import Row
from motcua.dossiers.standing import NOT_BACKFILLED
from motcua.dossiers.states import FINISHED_AT_ONCE_FROM, LABELS, Act
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow

HANDED_TO = "requester"


def express(
    *,
    dossier: UUID,
    opening: Opening,
    limit: e.LimitFact,
    fee_order: Sequence[e.FeeFact],
    papers: Sequence[IssuedPaper],
    signer: e.Signer,
    basis: str,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Receive, decide and hand over `dossier` in one event; national 10, due at that moment.

    `opening.people` may be empty: who asks for a certified copy need not say their name. The caller has claimed the
    request. Raises Denied for anybody but the desk; Invalid where the desk would sign its own, or nothing was issued.
    """
    people, contents, label = people_facts(opening.people, opening.desk_agency, nameless=True)
    may_open(actor, Act.EXPRESS, opening)
    _refuse_own_signature(signer, actor)
    when = happened_at(at, paper)
    event = e.DossierExpress(
        code=code_of(opening, when),
        procedure=opening.procedure,
        procedure_version=opening.procedure_version,
        variant=opening.variant,
        channel=opening.channel,
        desk_agency=opening.desk_agency,
        competent_agency=opening.competent_agency,
        parties=people,
        components=opening.components,
        limit=limit,
        fee_order=tuple(fee_order),
        visit=opening.visit,
        tracking_version=1,
        outcome="granted",
        papers=_issued(papers),
        signer=signer,
        basis=basis,
        handed_to=HANDED_TO,
        occurred_at=when,
        paper=paper,
    )
    return open_stream(
        dossier=dossier, event=event, actor=actor, at=at, contents=contents, label=label, paper=paper
    )


def finish_express(
    *,
    row: Row,
    papers: Sequence[IssuedPaper],
    signer: e.Signer,
    basis: str,
    recipient: str,
    holder: e.HolderFact,
    actor: Actor,
    at: datetime,
) -> tuple[Recorded, Recorded]:
    """Decide and hand over a dossier that was received with a slip because it could not be done at once.

    `row` is the locked row. Raises Denied, NotAllowedNow, Invalid.
    """
    check_finish(row, actor)
    _refuse_own_signature(signer, actor)
    decided = e.DossierDecided(
        outcome="granted",
        papers=_issued(papers),
        signer=signer,
        basis=basis,
        reasons_digest=None,
        reasons=None,
        step=row["step"],
        holder=holder,
        occurred_at=happened_at(at, None, row),
    )
    first = record(row=row, event=decided, actor=actor, at=at)
    kept = text("recipient", recipient)
    given = e.DossierHandedOver(
        way="in_person",
        recipient=kept.ref,
        checked_by="",
        receipt_lost=False,
        occurred_at=happened_at(at, None, first.row),
    )
    return first, record(row=first.row, event=given, actor=actor, at=at, contents=[kept])


def check_finish(row: Row, actor: Actor) -> None:
    """Raise Denied or NotAllowedNow unless `actor` may finish the locked dossier at once."""
    if (denied := may(actor, Act.EXPRESS, row)) is not None:
        raise Denied(denied.vi, denied.en)
    now = standing(row)
    if now.state not in FINISHED_AT_ONCE_FROM or now.suspended:
        raise NotAllowedNow(
            f"Hồ sơ đang ở trạng thái “{LABELS[now.state].vi}” nên không thể trả ngay.",
            f"The dossier is “{LABELS[now.state].en}”, so it can't be handed over at once.",
        )
    if now.degraded:
        raise NotAllowedNow(NOT_BACKFILLED.vi, NOT_BACKFILLED.en)


def _issued(papers: Sequence[IssuedPaper]) -> tuple[e.ResultPaper, ...]:
    if not papers:
        raise Invalid("Kết quả cần ít nhất một văn bản.", "A result needs a paper.", field="papers")
    return tuple(
        e.ResultPaper(role=p.role, kind=p.kind, number=p.number, date=p.date, medium=p.medium) for p in papers
    )


def _refuse_own_signature(signer: e.Signer, actor: Actor) -> None:
    # Never both ends of a two-person act (design, section 4).
    if signer.person in actor.people:
        raise Invalid(
            "Người tiếp nhận không được tự ký chứng thực; hãy chọn người ký khác.",
            "Who receives does not sign the certification; choose another signer.",
            field="signer",
        )
