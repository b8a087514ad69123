"""Publishing calendar editions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.editions import edition_from
from motcua.calendars.events import CalendarPublished
from motcua.calendars.models import PublishedEdition
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.ids import uuid7
from motcua.ledger.chain import GENESIS, Head, document_digest
from motcua.ledger.operations import append


def publish(*, document: Mapping[str, Any], agency: str, basis: str, actor: Actor, at: datetime) -> UUID:
    """Publish an edition (calendars.editions' JSON) for the nation (agency "") or for one agency.

    `basis` is the decree's or notice's number. Returns the edition's id. Raises Invalid where the document is
    wrong, or when the basis is missing.
    """
    if not basis.strip():
        raise Invalid(
            "Thiếu căn cứ: số văn bản công bố lịch.",
            "The basis is missing: the number of the decree.",
            field="basis",
        )
    edition = edition_from(document)
    WorkCalendar([edition])
    digest = document_digest(document)
    row = PublishedEdition(
        id=uuid7(), agency=agency, body=dict(document), basis=basis, published_at=at, head_hash=GENESIS
    )
    event = CalendarPublished(agency=agency, code=edition.code, body_digest=digest, basis=basis)
    head = append(head=Head(stream=row.id), event=event, agency=agency, actor=actor, at=at).head
    row.head_seq, row.head_hash, row.head_at = head.seq, head.hash, head.at
    row.save(force_insert=True)
    return row.id
