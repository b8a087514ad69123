"""Publishing calendar editions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.editions import edition_from
from motcua.calendars.events import CalendarPublished
from motcua.calendars.models import PublishedEdition
from motcua.calendars.policy import check_publisher
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.ids import uuid7
from motcua.ledger.chain import GENESIS, Head, document_digest
from motcua.ledger.operations import append, claim

# Any number that no other program of this database locks.
_LOCK = 0x63616C65


def begin(*, actor: Actor, at: datetime) -> UUID:
    """The id of an edition about to be published; whoever else publishes waits from here on. Raises AlreadyDone for
    a request that published before."""
    edition = uuid7()
    claim(stream=edition, seq=1, actor=actor, at=at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    return edition


def publish(
    *, edition: UUID, document: Mapping[str, Any], agency: str, basis: str, actor: Actor, at: datetime
) -> UUID:
    """Publish an edition (calendars.editions' JSON) that was begun, for the nation (agency "") or for one agency.

    `basis` is the decree's or notice's number. Returns the edition's id. Raises Denied for who may not, Invalid where
    the document is wrong, or when the basis is missing.
    """
    check_publisher(actor, agency)
    if not basis.strip():
        raise Invalid(
            "Thiếu căn cứ: số văn bản công bố lịch.",
            "The basis is missing: the number of the decree.",
            field="basis",
        )
    parsed = edition_from(document)
    WorkCalendar([parsed])
    digest = document_digest(document)
    row = PublishedEdition(
        id=edition, agency=agency, body=dict(document), basis=basis, published_at=at, head_hash=GENESIS
    )
    event = CalendarPublished(agency=agency, code=parsed.code, body_digest=digest, basis=basis)
    head = append(head=Head(stream=row.id), event=event, agency=agency, actor=actor, at=at).head
    row.head_seq, row.head_hash, row.head_at = head.seq, head.hash, head.at
    row.save(force_insert=True)
    return row.id
