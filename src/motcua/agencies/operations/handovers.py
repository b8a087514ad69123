"""The work of who leaves a seat is handed over: each piece is noted, and a numbered record ends it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from motcua.agencies.events import HandoverRecorded, StaysFact, WorkHandedOver
from motcua.agencies.models import Agency, Appointment, Handover
from motcua.agencies.operations.common import appointment_of
from motcua.agencies.operations.stream import append_to, lock
from motcua.agencies.policy import NOTES_ABSENCE
from motcua.agencies.series import next_in_series
from motcua.kernel.actor import SYSTEM, Actor
from motcua.kernel.errors import Denied, NotAllowedNow
from motcua.kernel.ids import uuid7
from motcua.kernel.time import local
from motcua.ledger.operations import claim

SERIES = "BBBG"


def alone_with_seats(*agencies: str) -> None:
    """Let nothing of `agencies` be given to who sits there until the unit of work is over: waits for the acts under
    way, and those that come wait (the function `agencies_seats` of the database takes the other side)."""
    with connection.cursor() as cursor:
        for agency in sorted(agencies):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('seats'), hashtext(%s))", [agency])


def note_handed_over(
    *, agency: str, appointment: UUID, what: str, code: str, to: UUID | None, actor: Actor, at: datetime
) -> None:
    """Note that a piece of the work of who leaves went to `to` (None: to the seats' shared list). Raises NotFound for
    an appointment that the agency does not have. Who may is the caller's to know."""
    row = lock(agency)
    kept = _kept(row, appointment_of(row, appointment))
    kept.lines.append({"what": what, "code": code, "to": str(to) if to else ""})
    kept.save()
    event = WorkHandedOver(
        handover=kept.id, appointment=appointment, account=kept.account_id, what=what, code=code, to=to
    )
    append_to(row, event, actor, at)


def record_handover(*, agency: str, appointment: UUID, actor: Actor, at: datetime) -> None:
    """Number the record of what was handed on for who can't do it, their account being locked, or their time over. The
    appointment stays as it is.

    Raises Denied for who neither leads nor administers the agency, NotFound, and NotAllowedNow where nothing was.
    """
    row = lock(agency)
    if actor.kind != "staff" or actor.agency != agency or actor.position_kind not in NOTES_ABSENCE:
        raise Denied(
            "Chỉ lãnh đạo hoặc quản trị kỹ thuật của cơ quan bàn giao việc của người khác.",
            "Only who leads the agency or its technical administrator hands on the work of another.",
        )
    held = appointment_of(row, appointment)
    if not Handover.objects.filter(appointment=appointment, number="").exists():
        raise NotAllowedNow("Chưa có việc nào được bàn giao.", "Nothing was handed on.")
    claim(stream=row.stream, seq=row.head_seq + 1, actor=actor, at=at)
    recorded(row, held, (), actor, at)


def recorded(row: Agency, held: Appointment, stays: Sequence[StaysFact], actor: Actor, at: datetime) -> None:
    """Number the record of who leaves the seat `held`, with what others answer without them."""
    kept = _kept(row, held)
    year = str(local(at).year)
    kept.number = f"{next_in_series(agency=row.code, series=SERIES, period=year):02}/{year}/{SERIES}"
    kept.lines += [{"what": one.what, "code": one.code, "to": "", "stays": True} for one in stays]
    kept.recorded_at, kept.recorded_by = at, UUID(actor.id) if actor != SYSTEM else held.account_id
    kept.save()
    event = HandoverRecorded(
        handover=kept.id,
        appointment=held.id,
        account=held.account_id,
        position=held.position_id,
        number=kept.number,
        stays=tuple(stays),
    )
    append_to(row, event, actor, at)


def _kept(row: Agency, held: Appointment) -> Handover:
    """The record that is under way for this appointment, or a new one."""
    found = Handover.objects.filter(appointment=held.id, number="").first()
    return found or Handover(
        id=uuid7(), agency=row, appointment=held.id, account_id=held.account_id, position_id=held.position_id
    )
