"""Who is away: noted by the person, by who leads the agency, or by its administrator."""

from datetime import datetime
from uuid import UUID

from motcua.agencies.absences import REASONS
from motcua.agencies.events import AbsenceEnded, AbsenceNoted
from motcua.agencies.models import Absence, Agency, Appointment
from motcua.agencies.operations.stream import append_to, lock
from motcua.agencies.policy import NOTES_ABSENCE
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.time import local
from motcua.ledger.operations import claim


def note_absence(
    *,
    agency: str,
    account: UUID,
    reason: str,
    valid_from: datetime,
    valid_to: datetime,
    actor: Actor,
    at: datetime,
) -> UUID:
    """Note that a person of `agency` is away from when to when; returns the absence. Mandates that hold while they are
    absent hold in that time.

    Raises Denied for who is neither that person nor leads nor administers the agency, and for who would stand in by it,
    NotFound for who sits nowhere
    in it, Invalid for an unknown reason, times in the wrong order or past, and an absence within another.
    """
    row = _opened(agency, account, actor, at)
    _refuse_stand_in(account, actor, at)
    if reason not in REASONS:
        raise Invalid("Hãy chọn lý do.", "Choose the reason.", field="reason")
    if valid_to <= valid_from or valid_to <= at:
        raise Invalid(
            "Lúc trở lại phải sau lúc bắt đầu vắng và sau bây giờ.",
            "The return comes after the beginning, and after now.",
            field="valid_to",
        )
    other = Absence.objects.filter(
        account_id=account, valid_from__lt=valid_to, valid_to__gt=valid_from
    ).first()
    if other is not None:
        since, until = f"{local(other.valid_from):%H:%M %d/%m/%Y}", f"{local(other.valid_to):%H:%M %d/%m/%Y}"
        raise Invalid(
            f"Người này đã được ghi vắng từ {since} đến {until}.",
            f"This person is noted as absent from {since} to {until}.",
            field="valid_from",
        )
    made = Absence(
        id=uuid7(), agency=row, account_id=account, reason=reason, valid_from=valid_from, valid_to=valid_to
    )
    made.save(force_insert=True)
    event = AbsenceNoted(
        absence=made.id, account=account, reason=reason, valid_from=valid_from, valid_to=valid_to
    )
    append_to(row, event, actor, at)
    return made.id


def _refuse_stand_in(account: UUID, actor: Actor, at: datetime) -> None:
    by_absence = Appointment.objects.filter(
        acting_for_id=account, when_absent=True, account_id__in=actor.people, valid_to__gt=at
    )
    if actor.id != str(account) and by_absence.exists():
        raise Denied(
            "Bạn được giao làm thay người này khi họ vắng nên không tự ghi họ vắng. Hãy để chính họ, lãnh đạo khác "
            "hoặc quản trị kỹ thuật của cơ quan ghi.",
            "You stand in for this person while they are absent, so you don't note that yourself. They, another leader "
            "or the agency's technical administrator notes it.",
        )


def end_absence(*, absence: UUID, actor: Actor, at: datetime) -> None:
    """Note that a person is back now, or does not go. Raises NotFound, Denied, NotAllowedNow for one that is over."""
    known = Absence.objects.filter(id=absence).first()
    if known is None:
        raise NotFound("Không có lần vắng mặt này.", "There is no such absence.")
    row = _opened(known.agency_id, known.account_id, actor, at)
    found = Absence.objects.get(id=absence)
    if found.valid_to <= at:
        raise NotAllowedNow("Lần vắng mặt này đã kết thúc.", "This absence is over.")
    found.valid_to = max(at, found.valid_from)
    found.save(update_fields=["valid_to"])
    append_to(row, AbsenceEnded(absence=found.id, account=found.account_id), actor, at)


def _opened(agency: str, account: UUID, actor: Actor, at: datetime) -> Agency:
    row = lock(agency)
    may = actor.id == str(account) or actor.position_kind in NOTES_ABSENCE
    if actor.kind != "staff" or actor.agency != agency or not may:
        raise Denied(
            "Chỉ chính người vắng, lãnh đạo hoặc quản trị kỹ thuật của cơ quan ghi việc này.",
            "Only the person themselves, who leads the agency or its technical administrator notes this.",
        )
    sits = Appointment.objects.filter(account_id=account, position__unit__agency=row).exclude(
        valid_to__lte=at
    )
    if not sits.exists():
        raise NotFound("Cơ quan không có người này.", "The agency has no such person.")
    claim(stream=row.stream, seq=row.head_seq + 1, actor=actor, at=at)
    return row
