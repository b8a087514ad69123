"""What the acts about people and seats share: the agency opened for its administrator, seats, dates."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from motcua.agencies.events import RepresentativePosted
from motcua.agencies.models import Agency, Appointment, Person, Position
from motcua.agencies.operations.stream import append_to, lock
from motcua.agencies.policy import ADMINISTRATOR, StaffAct, apart, on_oneself
from motcua.kernel.actor import SYSTEM, Actor
from motcua.kernel.errors import Denied, Invalid, NotFound
from motcua.kernel.ids import uuid7
from motcua.ledger.operations import claim


def opened(agency: str, act: StaffAct, person: UUID | None, actor: Actor, at: datetime) -> Agency:
    """The agency's row, locked, for an act that `actor` may do for `person`; the request's key is claimed."""
    row = lock(agency)
    _authorise(row, actor, at)
    if person is not None:
        belongs = Q(agency=row) | Q(agency__succeeded_by=row)
        if not Person.objects.filter(belongs, account_id=person).exists():
            raise NotFound("Cơ quan không có người này.", "The agency has no such person.")
        if str(person) in actor.people and (reason := on_oneself(act)) is not None:
            raise Denied(reason.vi, reason.en)
    claim(stream=row.stream, seq=row.head_seq + 1, actor=actor, at=at)
    return row


def _authorise(row: Agency, actor: Actor, at: datetime) -> None:
    if actor == SYSTEM:
        return
    sits = (
        actor.kind == "staff"
        and actor.position is not None
        and (
            Appointment.objects.filter(
                account_id=actor.id,
                account__is_active=True,
                position_id=actor.position,
                position__position_kind=ADMINISTRATOR,
                position__unit__agency=row,
                valid_from__lte=at,
            )
            .exclude(valid_to__lte=at)
            .exists()
        )
    )
    if not sits:
        raise Denied(
            "Chỉ quản trị kỹ thuật của cơ quan làm được việc này.",
            "Only the agency's technical administrator may do this.",
        )


def seat_of(row: Agency, position: UUID) -> Position:
    """A seat of the agency. Raises NotFound."""
    seat = Position.objects.filter(id=position, unit__agency=row).first()
    if seat is None:
        raise NotFound("Cơ quan không có vị trí này.", "The agency has no such seat.")
    return seat


def appointment_of(row: Agency, appointment: UUID) -> Appointment:
    """An appointment to one of its seats. Raises NotFound."""
    held = (
        Appointment.objects.select_related("position")
        .filter(id=appointment, position__unit__agency=row)
        .first()
    )
    if held is None:
        raise NotFound("Cơ quan không có lượt giữ vị trí này.", "The agency has no such appointment.")
    return held


def check_dates(valid_from: datetime, valid_to: datetime | None, at: datetime) -> None:
    """Raise Invalid unless the time begins at `at` or later and ends after its beginning."""
    if valid_from < at:
        raise Invalid(
            "Ngày bắt đầu không thể ở quá khứ.", "The beginning can't be in the past.", field="valid_from"
        )
    if valid_to is not None and valid_to <= valid_from:
        raise Invalid(
            "Ngày kết thúc phải sau ngày bắt đầu.", "The end must be after the beginning.", field="valid_to"
        )


def check_free(account: UUID, seat: Position, valid_from: datetime, valid_to: datetime | None) -> None:
    """Raise Invalid where the person holds this seat, or one that is kept apart from it, in that time."""
    others = (
        Appointment.objects.select_related("position")
        .filter(account_id=account)
        .exclude(valid_to__lte=valid_from)
    )
    if valid_to is not None:
        others = others.filter(valid_from__lt=valid_to)
    held = [each.position for each in others]
    if any(each.id == seat.id for each in held):
        raise Invalid(
            "Người này đã giữ vị trí ấy trong thời gian đó.",
            "The person holds that seat during that time.",
            field="position",
        )
    if (reason := apart(seat.position_kind, [each.position_kind for each in held])) is not None:
        raise Invalid(reason.vi, reason.en, field="position")


def sits(appointment: Appointment) -> Appointment:
    """The appointment, written."""
    appointment.id = uuid7()
    appointment.save(force_insert=True)
    return appointment


def sits_in(account: UUID) -> list[str]:
    """The agencies in which a person has ever had a seat. One statement."""
    seats = Appointment.objects.filter(account_id=account)
    return list(seats.values_list("position__unit__agency_id", flat=True).distinct())


def posted(row: Agency, made: Appointment, actor: Actor, at: datetime) -> None:
    """Write down which agency posted a representative; nothing for every other seat."""
    if made.posted_by_id is not None:
        event = RepresentativePosted(appointment=made.id, account=made.account_id, agency=made.posted_by_id)
        append_to(row, event, actor, at)
