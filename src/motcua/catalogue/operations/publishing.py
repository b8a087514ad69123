"""Publishing procedures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max

from motcua.catalogue.checking import BAR, gaps, parse
from motcua.catalogue.events import ProcedureVersionPublished
from motcua.catalogue.models import Procedure, Schedule, Version
from motcua.catalogue.schedules import parse_schedule
from motcua.catalogue.shapes import ProcedureVersion
from motcua.kernel.actor import Actor
from motcua.kernel.ids import uuid7
from motcua.kernel.text import fold
from motcua.ledger.chain import Head, document_digest
from motcua.ledger.operations import EventData, append


@dataclass(frozen=True, slots=True)
class Publication:
    """A document of ours, what it says (catalogue.checking.parse), the day it is in force from, and what else the
    version's stream tells of its making."""

    document: Mapping[str, Any]
    version: ProcedureVersion
    effective_from: date
    made_from: EventData | None = None


def publish(*, document: Mapping[str, Any], effective_from: date, actor: Actor, at: datetime) -> UUID:
    """Publish `document` (our JSON format, catalogue.checking) as the next version of its procedure.

    Returns the version's id. Its gaps are listed, not hidden: an imported version is published "as announced by
    decision X" (design, section 5). Raises Invalid where the document is.
    """
    publication = Publication(document, parse(document), effective_from)
    return publish_all(publications=[publication], actor=actor, at=at)[0]


def publish_all(*, publications: Sequence[Publication], actor: Actor, at: datetime) -> list[UUID]:
    """As `publish`, for versions of different procedures at once; returns their ids in order."""
    one_at_a_time()
    _name([publication.version for publication in publications])
    codes = [publication.version.code for publication in publications]
    numbers = (
        Version.objects.filter(procedure_id__in=codes).values("procedure_id").annotate(last=Max("number"))
    )
    last = {row["procedure_id"]: row["last"] for row in numbers}
    rows = [_version(p, last.get(p.version.code, 0) + 1, actor=actor, at=at) for p in publications]
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


def _version(made: Publication, number: int, *, actor: Actor, at: datetime) -> Version:
    version, digest = made.version, document_digest(made.document)
    stream = uuid7()
    decision = version.decision.number or ""
    event = ProcedureVersionPublished(
        procedure=version.code,
        number=number,
        body_digest=digest,
        decision=decision,
        effective_from=made.effective_from,
        gaps=tuple(gap.where for gap in gaps(version)),
    )
    head = append(head=Head(stream=stream), event=event, agency=actor.agency, actor=actor, at=at).head
    if made.made_from is not None:
        head = append(head=head, event=made.made_from, agency=actor.agency, actor=actor, at=at).head
    return Version(
        id=stream,
        procedure_id=version.code,
        number=number,
        body=dict(made.document),
        body_digest=digest,
        decision=decision,
        effective_from=made.effective_from,
        published_at=at,
        head_seq=head.seq,
        head_hash=head.hash,
        head_at=head.at,
    )


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
        defaults={"id": uuid7(), "body": dict(document), "basis": schedule.basis},
    )
