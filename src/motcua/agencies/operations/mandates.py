"""A person acts in another's seat for a time, by a document: back-ups and mandates (30/2020/NĐ-CP art. 13)."""

import re
from datetime import datetime
from uuid import UUID

from motcua.agencies.events import StandInAppointed
from motcua.agencies.mandates import NewMandate, why_not
from motcua.agencies.models import Appointment, Position
from motcua.agencies.operations.common import (
    appointment_of,
    check_dates,
    check_free,
    opened,
    posted,
    seat_of,
    sits,
)
from motcua.agencies.operations.stream import append_to
from motcua.agencies.policy import StaffAct
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.text import clean
from motcua.kernel.time import local

# The number of a document, never a name: it goes into an event.
NUMBER = re.compile(r"\d[\w./-]{0,39}")


def appoint_stand_in(
    *,
    agency: str,
    account: UUID,
    mandate: NewMandate,
    valid_from: datetime,
    valid_to: datetime,
    actor: Actor,
    at: datetime,
    appointment: UUID | None = None,
    position: UUID | None = None,
) -> UUID:
    """Let a person act in the seat another holds (`appointment`) for a time, by the document of `mandate`; what they
    do there is written down as done for the other. Of a head's seat that is vacant (`position`) they are acting head
    (Q.), for nobody. Returns the new appointment.

    What was taken by a mandate is not given on. Raises Denied, NotFound, and Invalid for dates that can't be, a number
    that is no document's, a form of signing that these seats don't have (agencies.mandates), and where the seat is
    given whole to somebody else in that time, or is not vacant.
    """
    row = opened(agency, StaffAct.STAND_IN, account, actor, at)
    held = None if appointment is None else appointment_of(row, appointment)
    seat = held.position if held else seat_of(row, position) if position else None
    if seat is None or (held is not None and (held.acting_for_id is not None or held.account_id == account)):
        raise Invalid(
            "Hãy chọn vị trí do chính một người khác giữ; việc được ủy quyền không ủy quyền tiếp được.",
            "Choose a seat that another person holds as their own; what is held by a mandate is not given on.",
            field="appointment",
        )
    number = _number(mandate, at)
    check_dates(valid_from, valid_to, at)
    if held is None:
        _check_vacant(seat, mandate, valid_from, valid_to)
    elif held.valid_to is not None and valid_to > held.valid_to:
        raise Invalid(
            "Người được thay giữ vị trí không đến ngày này.",
            "The person stood in for does not hold the seat until then.",
            field="valid_to",
        )
    own = Appointment.objects.filter(
        account_id=account, acting_for=None, position__unit__agency=row, valid_from__lte=valid_from
    ).exclude(valid_to__lte=valid_from)
    takers = set(own.values_list("position__position_kind", flat=True))
    if (refusal := why_not(mandate, giver=seat.position_kind, takers=takers)) is not None:
        raise Invalid(refusal[1].vi, refusal[1].en, field=refusal[0])
    check_free(account, seat, valid_from, valid_to)
    if held is not None and mandate.limits is None:
        _check_alone(held, valid_from, valid_to)
    made = sits(
        Appointment(
            account_id=account,
            position=seat,
            valid_from=valid_from,
            valid_to=valid_to,
            acting_for_id=held.account_id if held else None,
            mandate=number,
            mandate_kind=mandate.kind,
            mandate_on=mandate.dated,
            limits=mandate.limits,
            when_absent=mandate.when_absent,
            posted_by_id=held.posted_by_id if held else None,
        )
    )
    event = StandInAppointed(
        appointment=made.id,
        account=account,
        position=seat.id,
        acting_for=made.acting_for_id,
        mandate=number,
        valid_from=valid_from,
        valid_to=valid_to,
        kind=mandate.kind,
        dated=mandate.dated,
        acts=tuple(sorted(mandate.acts)),
        procedures=tuple(sorted(mandate.procedures)),
        when_absent=mandate.when_absent,
        sectors=tuple(sorted(mandate.sectors)),
    )
    append_to(row, event, actor, at)
    posted(row, made, actor, at)
    return made.id


def _check_vacant(seat: Position, mandate: NewMandate, valid_from: datetime, valid_to: datetime) -> None:
    """Nobody holds the seat in that time, and the document makes an acting head."""
    if mandate.kind != "q" or mandate.when_absent:
        raise Invalid(
            "Vị trí trống chỉ giao quyền (Q.), không kèm điều kiện vắng mặt.",
            "A vacant seat is given to an acting head (Q.) only, not on a condition of absence.",
            field="kind",
        )
    others = Appointment.objects.filter(position=seat, acting_for=None, valid_from__lt=valid_to)
    if others.exclude(valid_to__lte=valid_from).exists():
        raise Invalid(
            "Vị trí này có người giữ trong thời gian ấy; hãy chọn người giữ.",
            "Somebody holds this seat in that time; choose who holds it.",
            field="appointment",
        )


def _number(mandate: NewMandate, at: datetime) -> str:
    number = clean(mandate.number)
    if not NUMBER.fullmatch(number):
        raise Invalid(
            "Ghi số văn bản phân công, ví dụ 12/QĐ-UBND.",
            "Give the number of the document, for example 12/QĐ-UBND.",
            field="mandate",
        )
    if mandate.dated is not None and mandate.dated > local(at).date():
        raise Invalid(
            "Ngày của văn bản không thể ở tương lai.",
            "The document's date can't be in the future.",
            field="dated",
        )
    return number


def _check_alone(held: Appointment, valid_from: datetime, valid_to: datetime) -> None:
    """The seat is given whole to one person at a time."""
    other = (
        Appointment.objects.filter(
            position=held.position,
            acting_for_id=held.account_id,
            limits__isnull=True,
            valid_from__lt=valid_to,
            valid_to__gt=valid_from,
        )
        .order_by("valid_from")
        .first()
    )
    if other is not None and other.valid_to is not None:
        since, until = local(other.valid_from), local(other.valid_to)
        span = f"{since:%H:%M %d/%m/%Y} - {until:%H:%M %d/%m/%Y}"
        raise Invalid(
            f"Vị trí này đã giao trọn cho người khác theo {other.mandate} ({span}); hãy kết thúc lượt ấy trước, "
            "hoặc nêu rõ việc được giao.",
            f"The seat is given whole to another by {other.mandate} ({span}); end that first, or name the acts given.",
            field="valid_from",
        )
