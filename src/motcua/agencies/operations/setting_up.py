"""Setting up agencies and appointing people. Each is an event on the agency's own stream."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from motcua.agencies.bodies import Body
from motcua.agencies.events import (
    AgencyAdded,
    PersonAppointed,
    PositionFact,
    RepresentativePosted,
    UnitFact,
)
from motcua.agencies.models import AdministrativeUnit, Agency, Appointment, Counter, Person, Position, Unit
from motcua.agencies.operations.stream import append_to, lock
from motcua.agencies.positions import POSITION_KINDS, REPRESENTATIVE
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.text import clean, fold, sort_key
from motcua.ledger.chain import GENESIS


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPosition:
    """A seat to set up. `code` is its own in the agency, `kind` a code of agencies.positions."""

    code: str
    kind: str
    name: str
    name_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUnit:
    """A unit to set up, with its seats and, for a desk, the names of its counters in order."""

    code: str
    name: str
    name_en: str = ""
    is_desk: bool = False
    positions: tuple[NewPosition, ...] = ()
    counters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAgency:
    """An agency to set up. `code` is its national identifier (H99.01.01); `serves` are codes of the agencies whose
    places it serves too (the police of a commune)."""

    code: str
    name: str
    level: str
    name_en: str = ""
    parent: str | None = None
    place: str = ""
    address: str = ""
    phone: str = ""
    units: tuple[NewUnit, ...] = ()
    body: Body = Body.COMMITTEE
    serves: tuple[str, ...] = ()


def add_agency(*, agency: NewAgency, actor: Actor, at: datetime) -> None:
    """Set up an agency with its units, seats and counters.

    Raises Invalid when the code is taken, the parent is unknown or a seat's kind is, when two units or two seats
    have one code, or when there are two desks.
    """
    if Agency.objects.filter(code=agency.code).exists():
        raise Invalid(
            f"Mã cơ quan {agency.code} đã có.", f"Agency code {agency.code} is taken.", field="code"
        )
    parent = Agency.objects.filter(code=agency.parent).first() if agency.parent else None
    if agency.parent and parent is None:
        raise Invalid(
            f"Không có cơ quan cấp trên {agency.parent}.",
            f"There is no parent agency {agency.parent}.",
            field="parent",
        )
    _check_served(agency)
    _check_units(agency.units)
    row = Agency(
        code=agency.code,
        stream=uuid7(),
        name=clean(agency.name),
        name_en=clean(agency.name_en),
        level=agency.level,
        body=agency.body.value,
        serves=list(agency.serves),
        parent=parent,
        path=f"{parent.path if parent else '/'}{agency.code}/",
        place=agency.place,
        address=agency.address,
        phone=agency.phone,
        head_hash=GENESIS,
    )
    row.save(force_insert=True)
    units, positions = _add_units(row, agency.units)
    event = AgencyAdded(
        code=row.code,
        name=row.name,
        level=row.level,
        parent=agency.parent,
        units=units,
        positions=positions,
        body=row.body,
        serves=agency.serves,
    )
    append_to(row, event, actor, at)


def _check_served(agency: NewAgency) -> None:
    known = set(Agency.objects.filter(code__in=agency.serves).values_list("code", flat=True))
    if unknown := sorted(set(agency.serves) - known):
        raise Invalid(
            f"Không có cơ quan {', '.join(unknown)} trong hệ thống.",
            f"There is no agency {', '.join(unknown)} here.",
            field="serves",
        )
    alike = Agency.objects.filter(body=agency.body.value)
    for code in agency.serves:
        if (other := alike.filter(serves__contains=[code]).first()) is not None:
            raise Invalid(
                f"{other.name} đã phục vụ địa bàn {code}; mỗi địa bàn chỉ có một cơ quan loại này.",
                f"{other.name_en or other.name} serves {code} already; a place has one agency of this kind.",
                field="serves",
            )


def _check_units(units: Sequence[NewUnit]) -> None:
    seats = [seat for unit in units for seat in unit.positions]
    unknown = {seat.kind for seat in seats} - set(POSITION_KINDS)
    if unknown:
        raise Invalid(
            f"Vị trí không rõ: {sorted(unknown)}.", f"Unknown positions: {sorted(unknown)}.", field="units"
        )
    for codes in ([unit.code for unit in units], [seat.code for seat in seats]):
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise Invalid(f"Mã trùng nhau: {twice}.", f"Codes that stand twice: {twice}.", field="units")
    if sum(unit.is_desk for unit in units) > 1:
        raise Invalid(
            "Một cơ quan chỉ có một bộ phận một cửa.", "An agency has one desk only.", field="units"
        )


def _add_units(row: Agency, new: Sequence[NewUnit]) -> tuple[tuple[UnitFact, ...], tuple[PositionFact, ...]]:
    units: list[UnitFact] = []
    positions: list[PositionFact] = []
    for unit in new:
        unit_row = Unit(
            id=uuid7(), agency=row, code=unit.code, name=unit.name, name_en=unit.name_en, is_desk=unit.is_desk
        )
        unit_row.save(force_insert=True)
        units.append(UnitFact(id=unit_row.id, code=unit.code, name=unit.name, is_desk=unit.is_desk))
        Counter.objects.bulk_create(
            Counter(id=uuid7(), unit=unit_row, number=n, name=name) for n, name in enumerate(unit.counters, 1)
        )
        for seat in unit.positions:
            seat_row = Position(
                id=uuid7(),
                unit=unit_row,
                code=seat.code,
                position_kind=seat.kind,
                name=seat.name,
                name_en=seat.name_en,
            )
            seat_row.save(force_insert=True)
            positions.append(PositionFact(id=seat_row.id, unit=unit_row.id, kind=seat.kind))
    return tuple(units), tuple(positions)


def appoint(
    *,
    account: UUID,
    agency: str,
    seat: str,
    valid_from: datetime,
    actor: Actor,
    at: datetime,
    valid_to: datetime | None = None,
) -> UUID:
    """Give `account` the seat with code `seat` in `agency`; returns the appointment's id.

    Raises NotFound when there is no such seat, Invalid when the end is not after the beginning.
    """
    if valid_to is not None and valid_to <= valid_from:
        raise Invalid(
            "Ngày kết thúc phải sau ngày bắt đầu.", "The end must be after the beginning.", field="valid_to"
        )
    row = lock(agency)
    position = Position.objects.filter(unit__agency=row, code=seat).first()
    if position is None:
        raise NotFound(f"Cơ quan {agency} không có vị trí {seat}.", f"Agency {agency} has no seat {seat}.")
    appointment = Appointment(
        id=uuid7(), account_id=account, position=position, valid_from=valid_from, valid_to=valid_to
    )
    appointment.save(force_insert=True)
    # Who is given a first seat belongs to that agency from then on: its administrator looks after the account.
    Person.objects.get_or_create(account_id=account, defaults={"agency": row, "added_at": at})
    event = PersonAppointed(
        appointment=appointment.id,
        account=account,
        position=position.id,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    append_to(row, event, actor, at)
    return appointment.id


def post(*, agency: str, login: str, posted_by: str, actor: Actor, at: datetime) -> None:
    """Write down which agency posted the representative `login` to the desk of `agency`, where that is not known yet:
    the two agencies may be set up in either order. Raises NotFound where `posted_by` is no agency."""
    row = lock(agency)
    held = Appointment.objects.filter(
        account__login=login,
        position__unit__agency=row,
        position__position_kind=REPRESENTATIVE,
        posted_by=None,
    ).first()
    if held is None:
        return
    sender = Agency.objects.filter(code=posted_by).first()
    if sender is None:
        raise NotFound(f"Không có cơ quan {posted_by}.", f"There is no agency {posted_by}.")
    held.posted_by = sender
    held.save(update_fields=["posted_by"])
    event = RepresentativePosted(appointment=held.id, account=held.account_id, agency=sender.code)
    append_to(row, event, actor, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRecord:
    """An administrative unit as shipped: a fact with dates."""

    code: str
    name: str
    level: str
    unit_kind: str
    parent_code: str
    valid_from: date | None
    valid_to: date | None
    basis: str


def load_administrative_units(*, records: Sequence[UnitRecord]) -> int:
    """Add the administrative units that are not there yet; returns how many. Never changes one that is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, level, valid_from FROM agencies_administrativeunit")
        known = set(cursor.fetchall())
    new = [r for r in records if (r.code, r.level, r.valid_from) not in known]
    AdministrativeUnit.objects.bulk_create(
        [
            AdministrativeUnit(
                code=r.code,
                name=r.name,
                name_folded=fold(r.name),
                sort_key=sort_key(r.name),
                level=r.level,
                unit_kind=r.unit_kind,
                parent_code=r.parent_code,
                valid_from=r.valid_from,
                valid_to=r.valid_to,
                basis=r.basis,
            )
            for r in new
        ],
        batch_size=1000,
    )
    return len(new)
