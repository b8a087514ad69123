"""An agency's people, looked after by its technical administrator: accounts, seats, back-ups by date.

Each act locks the agency's row first, sees that the one who acts still sits in the administrator's seat (of two who
take it from each other at once, one is too late), claims the request's key, and is an event on the agency's stream.
"""

import re
from datetime import datetime
from uuid import UUID

from motcua.accounts import operations as accounts
from motcua.agencies.events import (
    AccountLocked,
    AccountUnlocked,
    AppointmentEnded,
    FactorsReset,
    PasswordReset,
    PersonAdded,
    PersonAppointed,
    RepresentativePosted,
    ScreenLockSet,
    StandInAppointed,
)
from motcua.agencies.models import Agency, Appointment, Person, Position
from motcua.agencies.operations.stream import append_to, lock
from motcua.agencies.policy import ADMINISTRATOR, StaffAct, apart, on_oneself
from motcua.agencies.positions import REPRESENTATIVE
from motcua.kernel.actor import SYSTEM, Actor
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.text import clean
from motcua.ledger.operations import claim

SHORTEST_IDLE, LONGEST_IDLE = 2, 120
# The number of a document, never a name: it goes into an event.
MANDATE = re.compile(r"\d[\w./-]{0,39}")


def add_person(*, agency: str, login: str, name: str, password: str, actor: Actor, at: datetime) -> UUID:
    """Give a person an account in `agency`, with a password they must change; returns the account.

    Raises Denied for who is no administrator there, Invalid for a login or password that can't be.
    """
    row = _opened(agency, StaffAct.ADD, None, actor, at)
    account = accounts.add_account(
        login=login, name=name, password=password, at=at, must_change_password=True
    )
    Person.objects.create(account_id=account, agency=row, added_at=at)
    append_to(row, PersonAdded(account=account), actor, at)
    return account


def appoint_person(
    *,
    agency: str,
    account: UUID,
    position: UUID,
    valid_from: datetime,
    valid_to: datetime | None,
    actor: Actor,
    at: datetime,
    posted_by: str = "",
) -> UUID:
    """Give one of the agency's people a seat, from a moment on or for a time; returns the appointment. Of a
    representative `posted_by` is the code of the agency that posted them.

    Raises Denied, NotFound, and Invalid for dates in the wrong order, a seat the person holds then, seats that one
    person never holds together, or a representative of nobody.
    """
    row = _opened(agency, StaffAct.APPOINT, account, actor, at)
    seat = _seat(row, position)
    _check_dates(valid_from, valid_to, at)
    _check_free(account, seat, valid_from, valid_to)
    sender = _sender(row, seat, clean(posted_by))
    made = _sits(
        Appointment(
            account_id=account, position=seat, valid_from=valid_from, valid_to=valid_to, posted_by=sender
        )
    )
    event = PersonAppointed(
        appointment=made.id, account=account, position=seat.id, valid_from=valid_from, valid_to=valid_to
    )
    append_to(row, event, actor, at)
    _posted(row, made, actor, at)
    return made.id


def _sender(row: Agency, seat: Position, code: str) -> Agency | None:
    """The agency that posts a representative; None for every other seat."""
    if seat.position_kind != REPRESENTATIVE and not code:
        return None
    sender = Agency.objects.filter(code=code).exclude(code=row.code).first()
    if sender is None or seat.position_kind != REPRESENTATIVE:
        raise Invalid(
            "Vị trí của cán bộ cơ quan khác cử đến, và chỉ vị trí ấy, cần mã của cơ quan cử đến.",
            "The seat of a representative, and no other, needs the code of the agency that posts them.",
            field="posted_by",
        )
    return sender


def _posted(row: Agency, made: Appointment, actor: Actor, at: datetime) -> None:
    if made.posted_by_id is not None:
        event = RepresentativePosted(appointment=made.id, account=made.account_id, agency=made.posted_by_id)
        append_to(row, event, actor, at)


def appoint_stand_in(
    *,
    agency: str,
    account: UUID,
    appointment: UUID,
    mandate: str,
    valid_from: datetime,
    valid_to: datetime,
    actor: Actor,
    at: datetime,
) -> UUID:
    """Let a person sit in for another (`appointment`: whose seat) for a time, by the document `mandate`; what they
    do there is written down as done for the other. Returns the new appointment.

    Raises Denied, NotFound, and Invalid as `appoint_person` does, and for a mandate that is no document's number.
    """
    row = _opened(agency, StaffAct.STAND_IN, account, actor, at)
    held = _appointment(row, appointment)
    if held.acting_for_id is not None or held.account_id == account:
        raise Invalid(
            "Hãy chọn vị trí do chính một người khác giữ.",
            "Choose a seat that another person holds as their own.",
            field="appointment",
        )
    number = clean(mandate)
    if not MANDATE.fullmatch(number):
        raise Invalid(
            "Ghi số văn bản phân công, ví dụ 12/QĐ-UBND.",
            "Give the number of the document, for example 12/QĐ-UBND.",
            field="mandate",
        )
    _check_dates(valid_from, valid_to, at)
    if held.valid_to is not None and valid_to > held.valid_to:
        raise Invalid(
            "Người được thay giữ vị trí không đến ngày này.",
            "The person stood in for does not hold the seat until then.",
            field="valid_to",
        )
    _check_free(account, held.position, valid_from, valid_to)
    made = _sits(
        Appointment(
            account_id=account,
            position=held.position,
            valid_from=valid_from,
            valid_to=valid_to,
            acting_for_id=held.account_id,
            mandate=number,
            posted_by_id=held.posted_by_id,
        )
    )
    event = StandInAppointed(
        appointment=made.id,
        account=account,
        position=held.position_id,
        acting_for=held.account_id,
        mandate=number,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    append_to(row, event, actor, at)
    _posted(row, made, actor, at)
    return made.id


def end_appointment(*, agency: str, appointment: UUID, actor: Actor, at: datetime) -> UUID:
    """End an appointment now; one that has not begun never does. Back-ups for it end with it. Returns whose it was.

    Raises Denied, NotFound, and NotAllowedNow for one that is over.
    """
    held = Appointment.objects.filter(id=appointment, position__unit__agency_id=agency).first()
    row = _opened(agency, StaffAct.END, held.account_id if held else None, actor, at)
    held = _appointment(row, appointment)
    if held.valid_to is not None and held.valid_to <= at:
        raise NotAllowedNow("Lượt giữ vị trí này đã kết thúc.", "This appointment is over.")
    standing_in = Appointment.objects.filter(
        position=held.position, acting_for_id=held.account_id, valid_to__gt=at
    )
    for each in [held, *(standing_in if held.acting_for_id is None else ())]:
        _ends(each, at)
        event = AppointmentEnded(appointment=each.id, account=each.account_id, position=each.position_id)
        append_to(row, event, actor, at)
    return held.account_id


def _ends(held: Appointment, at: datetime) -> None:
    if held.valid_from >= at:
        held.delete()
        return
    held.valid_to = at
    held.save(update_fields=["valid_to"])


def lock_account(*, agency: str, account: UUID, actor: Actor, at: datetime) -> None:
    """Close a person's account and end their sessions. Raises Denied, NotFound, NotAllowedNow when it is closed."""
    row = _opened(agency, StaffAct.LOCK, account, actor, at)
    accounts.close_account(account=account)
    append_to(row, AccountLocked(account=account), actor, at)


def unlock_account(*, agency: str, account: UUID, actor: Actor, at: datetime) -> None:
    """Open a closed account again. Raises Denied, NotFound, NotAllowedNow when it is open."""
    row = _opened(agency, StaffAct.UNLOCK, account, actor, at)
    accounts.open_account(account=account)
    append_to(row, AccountUnlocked(account=account), actor, at)


def reset_factors(*, agency: str, account: UUID, actor: Actor, at: datetime) -> None:
    """Take a person's second factors away: they are told at the next sign-in, and enrol anew. Raises Denied,
    NotFound."""
    row = _opened(agency, StaffAct.RESET_FACTORS, account, actor, at)
    accounts.reset_factors(account=account, at=at)
    append_to(row, FactorsReset(account=account), actor, at)


def reset_password(*, agency: str, account: UUID, password: str, actor: Actor, at: datetime) -> None:
    """Give a person a new password, to be changed at the first sign-in. Raises Denied, NotFound, Invalid."""
    row = _opened(agency, StaffAct.RESET_PASSWORD, account, actor, at)
    accounts.set_password(account=account, password=password)
    append_to(row, PasswordReset(account=account), actor, at)


def set_screen_lock(*, agency: str, minutes: int, actor: Actor, at: datetime) -> None:
    """After how many idle minutes the agency's screens lock themselves. Raises Denied, Invalid beyond 2 to 120."""
    row = _opened(agency, StaffAct.SET_SCREEN_LOCK, None, actor, at)
    if not SHORTEST_IDLE <= minutes <= LONGEST_IDLE:
        raise Invalid(
            f"Nhập số phút từ {SHORTEST_IDLE} đến {LONGEST_IDLE}.",
            f"Give {SHORTEST_IDLE} to {LONGEST_IDLE} minutes.",
            field="minutes",
        )
    row.lock_after_minutes = minutes
    row.save(update_fields=["lock_after_minutes"])
    append_to(row, ScreenLockSet(minutes=minutes), actor, at)


def reset_by_command(*, account: UUID, password: str, actor: Actor, at: datetime) -> None:
    """A new password and no second factor, by who holds the server: the way back for the last administrator.

    Where the person belongs to no agency yet there is no stream to write it to.
    """
    person = Person.objects.filter(account_id=account).first()
    accounts.set_password(account=account, password=password)
    accounts.reset_factors(account=account, at=at)
    if person is not None:
        row = lock(person.agency_id)
        append_to(row, PasswordReset(account=account), actor, at)
        append_to(row, FactorsReset(account=account), actor, at)


def _opened(agency: str, act: StaffAct, person: UUID | None, actor: Actor, at: datetime) -> Agency:
    """The agency's row, locked, for an act that `actor` may do for `person`; the request's key is claimed."""
    row = lock(agency)
    _authorise(row, actor, at)
    if person is not None:
        if not Person.objects.filter(account_id=person, agency=row).exists():
            raise NotFound("Cơ quan không có người này.", "The agency has no such person.")
        if str(person) == actor.id and (reason := on_oneself(act)) is not None:
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


def _seat(row: Agency, position: UUID) -> Position:
    seat = Position.objects.filter(id=position, unit__agency=row).first()
    if seat is None:
        raise NotFound("Cơ quan không có vị trí này.", "The agency has no such seat.")
    return seat


def _appointment(row: Agency, appointment: UUID) -> Appointment:
    held = (
        Appointment.objects.select_related("position")
        .filter(id=appointment, position__unit__agency=row)
        .first()
    )
    if held is None:
        raise NotFound("Cơ quan không có lượt giữ vị trí này.", "The agency has no such appointment.")
    return held


def _check_dates(valid_from: datetime, valid_to: datetime | None, at: datetime) -> None:
    if valid_from < at:
        raise Invalid(
            "Ngày bắt đầu không thể ở quá khứ.", "The beginning can't be in the past.", field="valid_from"
        )
    if valid_to is not None and valid_to <= valid_from:
        raise Invalid(
            "Ngày kết thúc phải sau ngày bắt đầu.", "The end must be after the beginning.", field="valid_to"
        )


def _check_free(account: UUID, seat: Position, valid_from: datetime, valid_to: datetime | None) -> None:
    """The person holds neither this seat nor one that is kept apart from it in that time."""
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


def _sits(appointment: Appointment) -> Appointment:
    appointment.id = uuid7()
    appointment.save(force_insert=True)
    return appointment
