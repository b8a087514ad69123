"""Running dossiers of an agency are moved to a version of their process: previewed, ordered, done one by one, told.

Who moves each of them is `flows.process_moves`; here stands what is asked, ordered and left to do.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.agencies.events import ProcessMoveEnded, ProcessMoveOrdered
from motcua.agencies.operations import claim_decision, decide_on_stream
from motcua.catalogue.policy import check_officer
from motcua.dossiers.operations.common import LONGEST_REASON, basis_text
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow, NotFound
from motcua.kernel.text import clean
from motcua.kernel.time import local
from motcua.processes.impact.jobs import AT_WORK, DONE, STOPPED, begun
from motcua.processes.models import Impact, ImpactLine, Version
from motcua.processes.published import variants_of_version

MOVING, MOVED = "moving", "moved"


@dataclass(frozen=True, slots=True)
class Order:
    """Which dossiers are moved to which version, by whose order and why."""

    id: UUID
    agency: str
    version: UUID
    number: int
    basis: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Due:
    """A dossier that is still to be moved, and as what it was shown (moving.Fate.told)."""

    id: int
    code: str
    fate: list[Any]


def preview(*, version: UUID, agency: str, actor: Actor, at: datetime) -> UUID:
    """Begin to reckon what becomes of the running dossiers of `agency` when they go on under `version`; returns the
    measurement's id. What was previewed before is gone.

    Raises Denied for anybody but the agency's catalogue officer, NotFound, and NotAllowedNow where the agency does not
    run the version, or its dossiers are being moved.
    """
    check_officer(actor, agency)
    found = Version.objects.filter(id=version).first()
    if found is None:
        raise NotFound("Không có phiên bản quy trình này.", "There is no such process version.")
    if not variants_of_version(version, agency=agency, on=local(at).date()):
        raise NotAllowedNow(
            "Cơ quan chưa áp dụng phiên bản này; hãy áp dụng trước.",
            "The agency does not run this version; adopt it first.",
        )
    before = Impact.objects.select_for_update().filter(version=version, agency=agency).first()
    if before is not None and before.state == MOVING:
        raise _at_it()
    Impact.objects.filter(version=version, agency=agency).delete()
    return begun(Impact(version=found, agency=agency, document=dict(found.body)), actor, at)


def _at_it() -> NotAllowedNow:
    return NotAllowedNow(
        "Đang chuyển hồ sơ. Hãy đợi xong, hoặc dừng trước.",
        "Dossiers are being moved. Wait, or stop that first.",
    )


def order(*, impact: UUID, basis: str, reason: str, actor: Actor, at: datetime) -> None:
    """Order that the dossiers move which the preview `impact` shows to, as it shows them, by the document `basis`.

    Raises Denied, NotFound where it was previewed anew meanwhile, NotAllowedNow where nothing is to be moved or the
    preview is not done, Invalid without a document or a reason.
    """
    row = _own(impact, actor)
    claim_decision(agency=row.agency, actor=actor, at=at)
    count, shown = _shown(row)
    if row.state != DONE or not count:
        raise NotAllowedNow(
            "Chưa có hồ sơ nào để chuyển: hãy xem trước xong đã.",
            "There is nothing to move: have the preview done first.",
        )
    told = clean(reason)[:LONGEST_REASON]
    if not told:
        raise Invalid("Hãy ghi lý do.", "Write the reason.", field="reason")
    event = ProcessMoveOrdered(
        process=row.document["code"],
        process_version=row.version_id,
        number=row.version.number,
        basis=basis_text(basis),
        dossiers=count,
        shown=shown,
    )
    decide_on_stream(agency=row.agency, event=event, actor=actor, at=at)
    row.state, row.ended_at = MOVING, None
    row.ordered = {"basis": event.basis, "reason": told, "by": actor.id, "at": at.isoformat()}
    row.save(update_fields=["state", "ended_at", "ordered"])


def _own(impact: UUID, actor: Actor) -> Any:
    """The preview of a version, locked, for the catalogue officer of its agency."""
    row = Impact.objects.select_for_update(of=("self",)).select_related("version").filter(id=impact).first()
    if row is None or row.version_id is None:
        raise NotFound(
            "Bản xem trước này không còn: đã được tính lại. Hãy xem lại rồi chuyển.",
            "This preview is no more: it was reckoned anew. Look at it again, then move.",
        )
    check_officer(actor, row.agency)
    return row


def _shown(row: Impact) -> tuple[int, bytes]:
    """How many dossiers a preview shows to move, and the digest of what it shows of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), sha256(convert_to(coalesce(string_agg(code || (told->'fate')::text, ' ' ORDER BY code),"
            " ''), 'UTF8')) FROM processes_impactline WHERE impact_id = %s AND groups @> '[\"moves\"]'",
            [row.id],
        )
        count, digest = cursor.fetchone()
        return count, bytes(digest)


def stop(*, impact: UUID, actor: Actor, at: datetime) -> None:
    """Stop previewing or moving: what went on under the version stays there, the others stay where they are. Raises
    Denied, NotFound."""
    row = _own(impact, actor)
    if row.state in AT_WORK:
        row.state, row.ended_at = STOPPED, at
        row.save(update_fields=["state", "ended_at"])
    elif row.state == MOVING:
        claim_decision(agency=row.agency, actor=actor, at=at)
        _end(row, STOPPED, actor, at)


def next_order() -> Order | None:
    """What was ordered first and is not done. One statement."""
    row = Impact.objects.select_related("version").filter(state=MOVING).order_by("asked_at", "id").first()
    if row is None or row.version is None or row.ordered is None:
        return None
    told = row.ordered
    return Order(
        row.id, row.agency, row.version.id, row.version.number, told["basis"], told["reason"], told["by"]
    )


def due(order: Order, *, limit: int) -> Iterator[Due]:
    """The next dossiers to be moved, by code. One statement."""
    left = ImpactLine.objects.filter(impact=order.id, outcome="", groups__contains=["moves"]).order_by("code")
    return (Due(n, code, told["fate"]) for n, code, told in left.values_list("id", "code", "told")[:limit])


def claim_line(order: Order, one: Due) -> bool:
    """Whether `one` is still to be moved: locked until the end of the unit of work, so that it is moved once, and none
    is after a stop. Two statements."""
    at_work = Impact.objects.select_for_update(no_key=True).filter(id=order.id, state=MOVING)
    return at_work.exists() and ImpactLine.objects.filter(id=one.id, outcome="").exists()


def note(one: Due, outcome: str) -> None:
    """Say what became of a dossier: MOVED, or why it stayed."""
    ImpactLine.objects.filter(id=one.id).update(outcome=outcome)


def finish(order: Order, *, actor: Actor, at: datetime) -> None:
    """Note that all that was ordered is done."""
    row = Impact.objects.select_for_update().filter(id=order.id, state=MOVING).first()
    if row is not None:
        _end(row, MOVED, actor, at)


def _end(row: Any, state: str, actor: Actor, at: datetime) -> None:
    lines = ImpactLine.objects.filter(impact=row.id, groups__contains=["moves"])
    moved = lines.filter(outcome=MOVED).count()
    event = ProcessMoveEnded(
        process_version=row.version_id,
        basis=row.ordered["basis"],
        moved=moved,
        stayed=lines.count() - moved,
        stopped=state == STOPPED,
    )
    decide_on_stream(agency=row.agency, event=event, actor=actor, at=at)
    row.state, row.ended_at = state, at
    row.ordered = {name: value for name, value in row.ordered.items() if name != "reason"}
    row.save(update_fields=["state", "ended_at", "ordered"])
