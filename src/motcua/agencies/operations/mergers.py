"""An agency is merged into another: proposed by one person of the agency above, confirmed by another."""

from datetime import date, datetime
from uuid import UUID

from motcua.agencies.events import MergerConfirmed, MergerDropped, MergerProposed
from motcua.agencies.models import Agency, Merger
from motcua.agencies.operations.mandates import NUMBER
from motcua.agencies.operations.stream import append_to, lock
from motcua.agencies.policy import CONFIRMS_MERGER, MERGES
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.text import clean
from motcua.kernel.time import local
from motcua.ledger.operations import claim


def propose_merger(
    *, predecessor: str, successor: str, takes_effect: date, basis: str, actor: Actor, at: datetime
) -> UUID:
    """Propose that `predecessor` is merged into `successor` from a day on, by the document numbered `basis`; returns
    the proposal.

    Raises Denied for who is no administrator of an agency above both, NotFound, Invalid for one agency twice, a day
    that is past or a document that is none, and NotAllowedNow where either is merged already, or to be.
    """
    row = lock(predecessor)
    other = Agency.objects.filter(code=successor).first()
    if other is None:
        raise NotFound(f"Không có cơ quan {successor}.", f"There is no agency {successor}.")
    _authorise(row, actor, MERGES)
    _authorise(other, actor, MERGES)
    claim(stream=row.stream, seq=row.head_seq + 1, actor=actor, at=at)
    if row.code == other.code:
        raise Invalid("Chọn hai cơ quan khác nhau.", "Choose two different agencies.", field="successor")
    if takes_effect < local(at).date():
        raise Invalid(
            "Ngày đã qua; chọn ngày sau.", "The day is past; choose a later one.", field="takes_effect"
        )
    if not NUMBER.fullmatch(clean(basis)):
        raise Invalid(
            "Ghi số nghị quyết hoặc quyết định, ví dụ 1656/NQ-UBTVQH15.",
            "Give the number of the resolution or decision, for example 1656/NQ-UBTVQH15.",
            field="basis",
        )
    _refuse_twice(row, other)
    merger = Merger(
        id=uuid7(),
        predecessor=row,
        successor=other,
        takes_effect=takes_effect,
        basis=clean(basis),
        proposed_by=UUID(actor.id),
        proposed_for=actor.acting_for or "",
        proposed_at=at,
    )
    merger.save(force_insert=True)
    event = MergerProposed(
        merger=merger.id, successor=other.code, takes_effect=takes_effect, basis=merger.basis
    )
    append_to(row, event, actor, at)
    return merger.id


def confirm_merger(*, merger: UUID, actor: Actor, at: datetime) -> None:
    """Confirm a proposed merger: from its day on the successor stands in the predecessor's place.

    Raises NotFound, Denied for who may not or proposed it, NotAllowedNow where it is answered, or its day is past.
    """
    row, found = _opened(merger, actor, CONFIRMS_MERGER, at)
    if actor.people & {str(found.proposed_by), found.proposed_for}:
        raise Denied(
            "Người đề nghị không được tự xác nhận; cần người thứ hai.",
            "Who proposed may not confirm; a second person is needed.",
        )
    if found.takes_effect < local(at).date():
        raise NotAllowedNow(
            "Ngày có hiệu lực đã qua; hãy rút và đề nghị lại.",
            "Its day is past; take it back and propose it anew.",
        )
    found.answered_by, found.answered_at, found.is_confirmed = UUID(actor.id), at, True
    found.save(update_fields=["answered_by", "answered_at", "is_confirmed"])
    row.succeeded_by, row.succeeded_on = found.successor, found.takes_effect
    row.save(update_fields=["succeeded_by", "succeeded_on"])
    event = MergerConfirmed(
        merger=found.id,
        successor=found.successor_id,
        takes_effect=found.takes_effect,
        basis=found.basis,
        proposed_by=found.proposed_by,
    )
    append_to(row, event, actor, at)


def drop_merger(*, merger: UUID, actor: Actor, at: datetime) -> None:
    """Take a proposal back, or decline it. Raises NotFound, Denied, NotAllowedNow where it is answered."""
    row, found = _opened(merger, actor, MERGES | CONFIRMS_MERGER, at)
    found.answered_by, found.answered_at = UUID(actor.id), at
    found.save(update_fields=["answered_by", "answered_at"])
    append_to(row, MergerDropped(merger=found.id), actor, at)


def _opened(merger: UUID, actor: Actor, kinds: frozenset[str], at: datetime) -> tuple[Agency, Merger]:
    known = Merger.objects.filter(id=merger).first()
    if known is None:
        raise NotFound("Không có đề nghị sáp nhập này.", "There is no such merger.")
    row = lock(known.predecessor_id)
    _authorise(row, actor, kinds)
    claim(stream=row.stream, seq=row.head_seq + 1, actor=actor, at=at)
    found = Merger.objects.select_related("successor").get(id=merger)
    if found.answered_at is not None:
        raise NotAllowedNow("Đề nghị này đã được trả lời.", "This proposal was answered.")
    return row, found


def _authorise(row: Agency, actor: Actor, kinds: frozenset[str]) -> None:
    above = actor.agency != row.code and f"/{actor.agency}/" in row.path
    if actor.kind != "staff" or actor.position_kind not in kinds or not above:
        raise Denied(
            "Việc sáp nhập cơ quan do cơ quan cấp trên quyết định.",
            "Agencies are merged by the agency above both.",
        )


def _refuse_twice(row: Agency, other: Agency) -> None:
    waiting = Merger.objects.filter(predecessor__in=[row, other])
    if row.succeeded_by_id or other.succeeded_by_id or waiting.filter(answered_at=None).exists():
        raise NotAllowedNow(
            "Một trong hai cơ quan đã có quyết định hoặc đề nghị sáp nhập.",
            "One of the two agencies is merged, or to be, already.",
        )
