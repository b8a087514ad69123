"""Publishing procedures."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from motcua.catalogue.checking import BAR, gaps, parse
from motcua.catalogue.events import ProcedureVersionPublished
from motcua.catalogue.models import Procedure, Schedule, Version
from motcua.catalogue.schedules import parse_schedule
from motcua.kernel.actor import Actor
from motcua.kernel.ids import uuid7
from motcua.kernel.text import fold
from motcua.ledger.chain import GENESIS, Head, document_digest
from motcua.ledger.operations import append


def publish(*, document: Mapping[str, Any], effective_from: date, actor: Actor, at: datetime) -> UUID:
    """Publish `document` (our JSON format, catalogue.checking) as the next version of its procedure.

    Returns the version's id. Its gaps are listed, not hidden: an imported version is published "as announced
    by decision X" (design, section 5). Raises Invalid where the document is.
    """
    version = parse(document)
    procedure, _ = Procedure.objects.update_or_create(
        code=version.code,
        defaults={
            "title": version.title.vi,
            "title_folded": fold(version.title.vi),
            "words_folded": _between_bars(version.search_words),
            "sector": version.sector.name.vi,
        },
    )
    last = Version.objects.filter(procedure=procedure).aggregate(Max("number"))["number__max"] or 0
    digest = document_digest(document)
    row = Version(
        id=uuid7(),
        procedure=procedure,
        number=last + 1,
        body=dict(document),
        body_digest=digest,
        decision=version.decision.number,
        effective_from=effective_from,
        published_at=at,
        head_hash=GENESIS,
    )
    event = ProcedureVersionPublished(
        procedure=version.code,
        number=row.number,
        body_digest=digest,
        decision=version.decision.number,
        effective_from=effective_from,
        gaps=tuple(gap.where for gap in gaps(version)),
    )
    head = append(head=Head(stream=row.id), event=event, agency=actor.agency, actor=actor, at=at).head
    row.head_seq, row.head_hash, row.head_at = head.seq, head.hash, head.at
    row.save(force_insert=True)
    return row.id


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
