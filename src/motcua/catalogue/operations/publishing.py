"""Publishing procedures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max

from motcua.catalogue.checking import BAR, gaps, parse
from motcua.catalogue.events import (
    ProcedureVersionPublished,
    ProcedureVersionWithdrawn,
    TransitionSettled,
)
from motcua.catalogue.models import Procedure, Schedule, Version
from motcua.catalogue.policy import check_announcer
from motcua.catalogue.schedules import parse_schedule
from motcua.catalogue.shapes import ProcedureVersion
from motcua.catalogue.transition import Transition
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow, NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.text import clean, fold
from motcua.kernel.time import local
from motcua.ledger.chain import Head, document_digest
from motcua.ledger.operations import EventData, append, claim

LONGEST_ACT = timedelta(minutes=1)  # what takes longer is refused


@dataclass(frozen=True, slots=True)
class Publication:
    """A document of ours, what it says (catalogue.checking.parse), the day it is in force from, what else the
    version's stream tells of its making, what becomes of the dossiers that run, and the id it will have."""

    document: Mapping[str, Any]
    version: ProcedureVersion
    effective_from: date
    made_from: tuple[EventData, ...] = ()
    transition: Transition = Transition.STAY
    transition_basis: str = ""
    id: UUID = field(default_factory=uuid7)


def publish(
    *,
    document: Mapping[str, Any],
    effective_from: date,
    actor: Actor,
    at: datetime,
    transition: Transition = Transition.STAY,
    transition_basis: str = "",
) -> UUID:
    """Publish `document` (our JSON format, catalogue.checking) as the next version of its procedure.

    Returns the version's id. Its gaps are listed, not hidden: an imported version is published "as announced by
    decision X" (design, section 5). Raises Invalid where the document is.
    """
    publication = Publication(
        document,
        parse(document),
        effective_from,
        transition=transition,
        transition_basis=transition_basis,
    )
    return publish_all(publications=[publication], actor=actor, at=at)[0]


def publish_all(*, publications: Sequence[Publication], actor: Actor, at: datetime) -> list[UUID]:
    """As `publish`, for versions of different procedures at once; returns their ids in order."""
    one_at_a_time()
    codes = [publication.version.code for publication in publications]
    today = local(at).date()
    numbers = (
        Version.objects.filter(procedure_id__in=codes).values("procedure_id").annotate(last=Max("number"))
    )
    last = {row["procedure_id"]: row["last"] for row in numbers}
    # A list of today names what is in force today; what nobody knew yet is named by what is to come.
    _name([p.version for p in publications if p.effective_from <= today or p.version.code not in last])
    rows = [
        _version(p, last.get(p.version.code, 0) + 1, ahead=p.effective_from > today, actor=actor, at=at)
        for p in publications
    ]
    Version.objects.bulk_create(rows)
    return [row.id for row in rows]


def one_at_a_time() -> None:
    """Who publishes now is followed by the next: the numbers of versions have no gap and no double."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('catalogue'))")


def _name(versions: Sequence[ProcedureVersion]) -> None:
    """The row of a procedure says what its newest version says."""
    Procedure.objects.bulk_create(
        [
            Procedure(
                code=version.code,
                title=version.title.vi,
                title_folded=fold(version.title.vi),
                words_folded=_between_bars(version.search_words),
                sector=version.sector.name.vi,
            )
            for version in versions
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["title", "title_folded", "words_folded", "sector"],
    )


def _version(made: Publication, number: int, *, ahead: bool, actor: Actor, at: datetime) -> Version:
    version, digest, stream = made.version, document_digest(made.document), made.id
    decision = version.decision.number or ""
    event = ProcedureVersionPublished(
        procedure=version.code,
        number=number,
        body_digest=digest,
        decision=decision,
        effective_from=made.effective_from,
        gaps=tuple(gap.where for gap in gaps(version)),
        transition=made.transition.value,
        transition_basis=made.transition_basis,
    )
    head = append(head=Head(stream=stream), event=event, agency=actor.agency, actor=actor, at=at).head
    for told in made.made_from:
        head = append(head=head, event=told, agency=actor.agency, actor=actor, at=at).head
    return Version(
        id=stream,
        procedure_id=version.code,
        number=number,
        body=dict(made.document),
        body_digest=digest,
        decision=decision,
        effective_from=made.effective_from,
        published_at=at,
        transition=made.transition.value,
        transition_basis=made.transition_basis,
        ahead=ahead,
        head_seq=head.seq,
        head_hash=head.hash,
        head_at=head.at,
    )


def withdraw(*, version: UUID, basis: str, actor: Actor, at: datetime) -> None:
    """Take a published version back before its day comes, on `basis` (a document's number).

    Raises Denied for anybody but a catalogue officer; NotFound; Invalid without a basis; NotAllowedNow once it is in
    force, in the minute before, or where it was withdrawn before.
    """
    one_at_a_time()
    check_announcer(actor)
    row = _locked(version)
    if not clean(basis):
        raise Invalid(
            "Hãy ghi số văn bản làm căn cứ thu hồi.", "Name the document it is withdrawn on.", field="basis"
        )
    if row.withdrawn_at is not None:
        raise NotAllowedNow("Phiên bản này đã thu hồi.", "This version has been withdrawn already.")
    # A minute before, as it may be written that much later: what is received after midnight stands on it.
    if row.effective_from <= local(at + LONGEST_ACT).date():
        raise NotAllowedNow(
            "Phiên bản đã có hiệu lực thì không thu hồi được; hãy công bố phiên bản tiếp theo.",
            "A version in force cannot be withdrawn; publish the next one instead.",
        )
    event = ProcedureVersionWithdrawn(procedure=row.procedure_id, number=row.number, basis=clean(basis))
    _told(row, event, actor=actor, at=at, withdrawn_at=at)


def settle(*, version: UUID, moved: int, stayed: int, actor: Actor, at: datetime) -> None:
    """Note that every running dossier of the versions before was seen to. Once: again it does nothing."""
    row = _locked(version)
    if row.settled_at is None:
        event = TransitionSettled(procedure=row.procedure_id, number=row.number, moved=moved, stayed=stayed)
        _told(row, event, actor=actor, at=at, settled_at=at)


def name_what_came_into_force(*, at: datetime) -> int:
    """Name procedures whose version published ahead has come to its day by what is in force now, which somebody may
    have published since; returns how many came. Again it does nothing."""
    one_at_a_time()
    begun = Version.objects.filter(effective_from__lte=local(at).date(), withdrawn_at=None)
    come = dict(begun.filter(ahead=True).select_for_update().values_list("id", "procedure_id"))
    rows = begun.filter(procedure_id__in=come.values()).order_by("effective_from", "number")
    _name(list({row.procedure_id: parse(row.body) for row in rows}.values()))
    Version.objects.filter(id__in=come).update(ahead=False)
    return len(come)


def _locked(version: UUID) -> Version:
    row = Version.objects.select_for_update().filter(id=version).first()
    if row is None:
        raise NotFound("Không có phiên bản thủ tục này.", "There is no such procedure version.")
    return row


def _told(row: Version, event: EventData, *, actor: Actor, at: datetime, **columns: datetime) -> None:
    """Write what befell a published version on its stream, and `columns` on its row."""
    claim(stream=row.id, seq=row.head_seq + 1, actor=actor, at=at)
    head = Head(stream=row.id, seq=row.head_seq, hash=bytes(row.head_hash), at=row.head_at)
    new = append(head=head, event=event, agency=actor.agency, actor=actor, at=at).head
    Version.objects.filter(id=row.id).update(head_seq=new.seq, head_hash=new.hash, head_at=new.at, **columns)


def _between_bars(words: tuple[str, ...]) -> str:
    return BAR + "".join(fold(name) + BAR for name in words) if words else ""


def set_fees(*, document: Mapping[str, Any]) -> None:
    """Put a provincial fee schedule (catalogue.schedules' JSON) in force from its day on, once.

    Raises Invalid where the document is wrong.
    """
    schedule = parse_schedule(document)
    Schedule.objects.get_or_create(
        agency=schedule.agency,
        valid_from=schedule.valid_from,
        basis=schedule.basis,
        defaults={"id": uuid7(), "body": dict(document)},
    )
